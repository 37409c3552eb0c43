"""Seals that were found good before: the same arithmetic over the same bytes need not be done again.

Only what a signature came to is remembered, and only where it was good. Whose key it is, dates, lists and
withdrawals are judged anew every time. A seal is known by everything its answer rests on: the bytes, the
proof, what its vocabularies say, the key, and the rules of this program. Where it rests is in
`vault.verdicts`: anywhere else than inside the vault, whoever can write there could make a seal good.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from wallet import __version__
from wallet.codec.jcs import canonical_json
from wallet.codec.linked_data.contexts import ContextSet
from wallet.keys.keypair import PublicKey
from wallet.model.credential import JsonObject

from .data_integrity import ProofFacts
from .prepared import Prepared

_RULES: Final = 3  # raise it whenever a seal that was good may no longer be
_CACHED_SETS: Final = 64


@dataclass(slots=True)
class KnownSeals:
    """What is remembered of seals, and what was learned on the way.

    Attributes:
        look_up: Returns what a seal of that name came to, None if nobody knows.
        learned: Seals found good here that were not known; whoever judged may keep them.
    """

    look_up: Callable[[str], ProofFacts | None]
    learned: dict[str, ProofFacts] = field(default_factory=dict)

    def check(self, name: str, verify: Callable[[], ProofFacts]) -> ProofFacts:
        """Return what the seal of that name came to; what is not known is checked, and remembered if good.

        Raises:
            ProofError: As the check.
            LinkedDataError: As the check.
        """
        facts = self.learned.get(name) or self.look_up(name)
        if facts is None:
            facts = self.learned[name] = verify()
        return facts


def seal_name(data: bytes, key: PublicKey, *, proof: JsonObject | None = None,
              prepared: Prepared | None = None, kind: str = "") -> str:
    """Return the name of one seal: a hash of everything that its answer rests on.

    Args:
        data: The bytes as they came.
        key: That it is checked with.
        proof: For an embedded one.
        prepared: Likewise: the document, with the vocabularies in force.
        kind: Tells ways of checking apart.
    """
    parts = (
        f"{__version__} {_RULES} {kind} {key.kind.value} {key.algorithm}".encode(),
        key.thumbprint.encode(),
        hashlib.sha256(data).digest(),
        hashlib.sha256(canonical_json(proof)).digest() if proof else b"",
        _vocabularies(prepared.choices) if prepared else b"",
    )
    # Each with its length, so that no two lists of parts run together to the same bytes.
    return hashlib.sha256(b"".join(len(one).to_bytes(4) + one for one in parts)).hexdigest()


@lru_cache(maxsize=_CACHED_SETS)
def _vocabularies(choices: tuple[ContextSet, ...]) -> bytes:
    return hashlib.sha256(canonical_json([[list(pair) for pair in one.key] for one in choices])).digest()
