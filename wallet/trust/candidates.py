"""Keys that may open a seal, each with what the issuer's documents say of it. Values, and how they add up.

Which documents list a method is read in `issuer_keys`; what a standing means for a credential is judged in
`verify`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum, unique
from typing import Final

from wallet.keys.controller import VerificationMethod
from wallet.keys.keypair import PublicKey
from wallet.model.evidence import EvidenceUsed
from wallet.model.reasons import Reason, ReasonCode, reason

from .controllers import canonical_method


@unique
class Standing(StrEnum):
    """What the issuer's documents say about a method and its key."""

    AUTHORISED = "authorised"
    SELF_MADE = "self_made"  # the issuer's id is the key
    RETIRED = "retired"  # only an earlier version lists it
    NOT_LISTED = "not_listed"
    UNKNOWN = "unknown"  # a document that would tell is missing
    FROM_SENDER = "from_sender"  # the only such document came with the thing to be checked


#: Best first. That a newer version describes a key without listing it makes the key a retired one.
TRUST: Final = (Standing.AUTHORISED, Standing.SELF_MADE, Standing.RETIRED, Standing.UNKNOWN,
                Standing.FROM_SENDER, Standing.NOT_LISTED)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A key that may open the seal, and what it would be worth.

    Attributes:
        method: Id of the method, absolute where it has one.
        key: None where the documents list the method but its key cannot be used.
        standing: What the issuer's documents say.
        problem: Why the key cannot be used, or is in doubt.
        revoked, expires: Of the method, as its document says.
        evidence: The documents this rests on.
        missing: The address whose document would settle an unknown standing.
        notes: Allowances.
        listed_at, gone_at: Of a retired one: when a version that lists it, and the first that does not, got
            here; None where nobody knows.
    """

    method: str
    key: PublicKey | None
    standing: Standing
    problem: Reason | None = None
    revoked: datetime | None = None
    expires: datetime | None = None
    evidence: tuple[EvidenceUsed, ...] = ()
    missing: str = ""
    notes: tuple[Reason, ...] = ()
    listed_at: datetime | None = None
    gone_at: datetime | None = None

    def was_listed(self, seen_at: datetime | None) -> bool:
        """Whether something that was seen then was sealed while the issuer listed the key.

        True if a version that lists it was here, and the thing was, before any version without it came. What
        the seal says of its own date is no part of this: whoever has an old key can write any date.
        """
        if seen_at is None or self.listed_at is None or self.gone_at is None:
            return False
        return max(seen_at, self.listed_at) < self.gone_at


@dataclass(frozen=True, slots=True)
class KeysChanged:
    """The party listed other keys before.

    Attributes:
        at: When the version with the other keys first got here; None where nobody knows.
    """

    at: datetime | None


def candidate(method: str, entry: VerificationMethod | None, standing: Standing,
              evidence: tuple[EvidenceUsed, ...], *, missing: str = "") -> Candidate:
    """Return what a document's entry is worth under a standing; without an entry there is no key."""
    if entry is None:
        return Candidate(method, None, standing, evidence=evidence, missing=missing)
    return Candidate(method, entry.key, standing, entry.problem, entry.revoked, entry.expires, evidence,
                     missing)


def as_said_since(listed: Candidate, entries: Iterable[VerificationMethod]) -> Candidate:
    """Return a key with the ends that other words of the party about it say.

    What is revoked is that somebody else has the key. Under another name the party contradicts itself where
    it stands by this one, and the key is in doubt.

    Args:
        listed: The key.
        entries: Those that may count, of any method and key.
    """
    revoked, in_doubt, expires = listed.revoked, None, listed.expires
    for one in entries:
        is_same_key = listed.key is None or one.key is None or one.key.thumbprint == listed.key.thumbprint
        if is_same_key and canonical_method(one.id) == listed.method:
            revoked = earliest(revoked, one.revoked if one.problem is None else None)
            expires = earliest(expires, one.expires)
        if is_same_key and listed.key and one.key:
            in_doubt = earliest(in_doubt, one.revoked)
    if in_doubt and not revoked:
        return replace(listed, revoked=in_doubt, expires=expires, problem=reason(ReasonCode.KEY_REVOKED))
    return replace(listed, revoked=earliest(revoked, in_doubt), expires=expires)


def earliest(*moments: datetime | None) -> datetime | None:
    """Return the first of those moments that are known, None if none is."""
    return min((one for one in moments if one), default=None)


def without_doubles(candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Keep the most trusted mention of a method with its key; the most trusted come first."""
    if len(candidates) < 2:
        return candidates
    seen: dict[tuple[str, str], Candidate] = {}
    for one in sorted(candidates, key=lambda one: TRUST.index(one.standing)):
        seen.setdefault((one.method, one.key.thumbprint if one.key else ""), one)
    return tuple(seen.values())
