"""The recovery code: 128 random bits as text that survives paper, handwriting and typing.

Thirty characters of Crockford's base32 in six groups of five: 128 bits and a checksum of 22 bits. The
checksum tells a typing error from the code of another vault before any key is derived.
"""

from __future__ import annotations

import hashlib
import os
import unicodedata
from typing import Final

from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode, reason

ENTROPY_BYTES: Final = 16
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES: Final = {char: value for value, char in enumerate(_ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_CHECK_BITS: Final = 22
_CHARS: Final = (8 * ENTROPY_BYTES + _CHECK_BITS) // 5
_GROUP: Final = 5


def new_entropy() -> bytes:
    """Make the random part of a new code."""
    return os.urandom(ENTROPY_BYTES)


def recovery_text(entropy: bytes) -> str:
    """Write the code as people see it: six groups of five, capital letters."""
    number = int.from_bytes(entropy) << _CHECK_BITS | _checksum(entropy)
    chars = [_ALPHABET[number >> 5 * place & 31] for place in reversed(range(_CHARS))]
    groups = ["".join(chars[start:start + _GROUP]) for start in range(0, _CHARS, _GROUP)]
    return "-".join(groups)


def recovery_entropy(text: str) -> bytes:
    """Read a typed code: any case, any grouping, O for 0 and I or L for 1.

    Raises:
        VaultError: RECOVERY_CODE_TYPO, with what is wrong: `length`, `character` or `checksum`.
    """
    typed = [char for char in unicodedata.normalize("NFKC", text).upper()
             if not (char.isspace() or char in "_." or unicodedata.category(char) == "Pd")]  # Pd: dashes
    if any(char not in _VALUES for char in typed):
        raise _typo("character")
    if len(typed) != _CHARS:
        raise _typo("length")
    number = 0
    for char in typed:
        number = number << 5 | _VALUES[char]
    entropy = (number >> _CHECK_BITS).to_bytes(ENTROPY_BYTES)
    if number & (1 << _CHECK_BITS) - 1 != _checksum(entropy):
        raise _typo("checksum")
    return entropy


def _checksum(entropy: bytes) -> int:
    digest = hashlib.sha256(b"learner-wallet recovery code" + entropy).digest()
    return int.from_bytes(digest[:4]) >> 32 - _CHECK_BITS


def _typo(what: str) -> VaultError:
    return VaultError(reason(ReasonCode.RECOVERY_CODE_TYPO, what=what))
