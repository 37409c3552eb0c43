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
    typed = _typed(text)
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


def wrong_groups(text: str, code: str) -> tuple[int, ...]:
    """Return which groups of a typed code differ from this one, counted from 1; empty if none does.

    What is missing or too much shifts all that follows. Where somebody typed the groups apart, each is
    compared with its own; else only the first that differs is certain to be wrong.
    """
    wanted, run = _grouped(_typed(code)), _grouped(_typed(text))
    if run == wanted:
        return ()
    apart = ["".join(_typed(part)) for part in _parts(text)]
    typed = [_digits(part) for part in apart] if len(apart) == len(wanted) else run
    wrong = tuple(number for number, group in enumerate(wanted, 1)
                  if number > len(typed) or typed[number - 1] != group)
    if not wrong and len(typed) > len(wanted):
        return (len(wanted),)
    shifted = len(apart) != len(wanted) and sum(map(len, typed)) != sum(map(len, wanted))
    return wrong[:1] if shifted else wrong


def _parts(text: str) -> list[str]:
    """Split where a person left room between groups."""
    normal = unicodedata.normalize("NFKC", text)
    return "".join(" " if _separates(char) else char for char in normal).split()


def _typed(text: str) -> list[str]:
    """Return the signs of a typed code, without what stands between groups."""
    return [char for char in unicodedata.normalize("NFKC", text).upper() if not _separates(char)]


def _separates(char: str) -> bool:
    return char.isspace() or char in "_." or unicodedata.category(char) == "Pd"  # dashes


def _grouped(typed: list[str]) -> list[str]:
    return [_digits("".join(typed[start:start + _GROUP])) for start in range(0, len(typed), _GROUP)]


def _digits(group: str) -> str:
    """Return a group with the digits of signs that people write for each other."""
    return "".join(_ALPHABET[_VALUES[char]] if char in _VALUES else char for char in group)


def _checksum(entropy: bytes) -> int:
    digest = hashlib.sha256(b"learner-wallet recovery code" + entropy).digest()
    return int.from_bytes(digest[:4]) >> 32 - _CHECK_BITS


def _typo(what: str) -> VaultError:
    return VaultError(reason(ReasonCode.RECOVERY_CODE_TYPO, what=what))
