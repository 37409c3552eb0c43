"""Whose key: what an issuer's own documents say about a verification method.

A key never speaks for itself. The issuer's newest document in evidence must list the method under the
asked relationship: as its own, or by reference to a method of another document that lists it too. Keys
from anywhere else (a fragment, a header, the method's own document) may open a seal and so tell an altered
file from an intact one, but they stand for nobody. Controlled Identifiers 1.0 §3.3; `verify` judges.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum, unique
from functools import lru_cache
from itertools import pairwise
from typing import Final

from wallet.keys.certificates import leaf_key
from wallet.keys.controller import VerificationMethod
from wallet.keys.did import is_did
from wallet.keys.keypair import PublicKey, public_key_from_jwk, public_key_from_multibase
from wallet.model.credential import JsonObject
from wallet.model.errors import WalletError
from wallet.model.evidence import EvidenceDocument, EvidenceUsed, Grade
from wallet.model.reasons import Reason, ReasonCode, reason

from .controllers import (
    Lookup,
    Relationship,
    Version,
    canonical_method,
    check_method_url,
    controller_versions,
    is_pure,
    issuer_metadata,
    method_base,
    unreadable,
    wanted_document,
    web_address,
)

__all__ = [
    "Candidate", "IssuerKeys", "KeysChanged", "Lookup", "Relationship", "Standing", "canonical_method",
    "check_method_url", "controller_versions", "is_pure", "issuer_metadata", "method_base", "wanted_document",
    "web_address",
]

_MAX_TRIED: Final = 16  # keys tried for a token that names none
_MAX_REMEMBERED: Final = 1024  # methods of keys that name themselves


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
_TRUST: Final = (Standing.AUTHORISED, Standing.SELF_MADE, Standing.RETIRED, Standing.UNKNOWN,
                 Standing.FROM_SENDER, Standing.NOT_LISTED)


_LISTED: Final = (Standing.AUTHORISED, Standing.SELF_MADE, Standing.RETIRED)
_FULL: Final = ("did:", "https:", "http:")  # what begins so names a method wherever it lives


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


class IssuerKeys:
    """The keys of one party, as far as the evidence tells.

    Attributes:
        id: The party's identifier.
        relationship: What its methods must be listed for.
        seen_at: When what is judged first got here, by our own clock; None where nobody knows.
    """

    def __init__(self, party_id: str, relationship: Relationship, lookup: Lookup, *,
                 seen_at: datetime | None = None) -> None:
        """Read the party's documents from the evidence; nothing here raises for a bad one."""
        self.id = party_id
        self.seen_at = seen_at
        self.relationship = relationship
        self._lookup = lookup
        self._versions = controller_versions(party_id, lookup) if party_id else ()

    @property
    def known(self) -> bool:
        """Whether a document of the party is there and may be believed."""
        return bool(self._versions)

    @property
    def evidence(self) -> tuple[EvidenceUsed, ...]:
        """The newest document of the party."""
        return self._versions[0].evidence if self._versions else ()

    @property
    def absent(self) -> Standing:
        """The standing of a method that no document of the party lists."""
        if self._versions:
            return Standing.NOT_LISTED
        from_sender = any(one.grade is Grade.SENDER for one in self._lookup(self.id))
        return Standing.FROM_SENDER if from_sender else Standing.UNKNOWN

    @property
    def listed(self) -> tuple[tuple[str, str, bool], ...]:
        """Every usable key the party lists or listed: method, thumbprint, and whether it still does."""
        found: dict[tuple[str, str], bool] = {}
        for place, version in enumerate(self._versions):
            for method, thumbprint in sorted(version.keys(self.relationship).items()):
                if thumbprint:
                    found.setdefault((method, thumbprint), place == 0)
        return tuple((method, thumbprint, current) for (method, thumbprint), current in found.items())

    @property
    def changed(self) -> KeysChanged | None:
        """The last change of the party's keys, None if every version lists the same."""
        if len(self._versions) < 2:
            return None
        for newer, older in pairwise(self._versions):
            if newer.keys(self.relationship) != older.keys(self.relationship):
                return KeysChanged(newer.first_at)
        return None

    def may_list_since(self, method: str, moment: datetime | None) -> bool:
        """Whether the party may have listed a method of its own after the newest document at hand was served.

        Args:
            method: What a seal names: a full id, or a fragment; "" never may.
            moment: When the seal, or what it seals, says it was made.
        """
        served = next((one.fetched_at for one in self.evidence), None)
        if not method or moment is None or served is None or moment <= served:
            return False
        is_full = method.startswith(_FULL)
        wanted = canonical_method(method) if is_full else f"{self.id}#{method.removeprefix('#')}"
        return method_base(wanted) == self.id and all(one.method(wanted) is None for one in self._versions)

    @property
    def to_try(self) -> tuple[Candidate, ...]:
        """Every key that the party lists or listed, as many as are tried."""
        return self._all()[:_MAX_TRIED] or tuple(self._unlisted(self.id))

    def owns(self, method: str) -> bool:
        """Whether a proof by that method is the party's own: by name, or because its documents list it."""
        wanted = canonical_method(method)
        if method_base(wanted) == self.id:
            return True
        return any(wanted in version.related(self.relationship) for version in self._versions)

    def for_method(self, method: str) -> tuple[Candidate, ...]:
        """Return the keys for a method named by its id, the most trusted first."""
        if self.id.startswith("did:key:"):
            known = _of_itself(self.id, self.relationship, method)
            if known:
                return known
        return self._for_method(method)

    def _for_method(self, method: str) -> tuple[Candidate, ...]:
        wanted = canonical_method(method)
        notes = (reason(ReasonCode.QUIRK_BARE_DID_KEY, which=method),) if wanted != method else ()
        listed = [found for place, version in enumerate(self._versions)
                  for found in self._from_version(version, wanted, place)]
        unlisted = () if listed else self._unlisted(wanted)
        found = (*listed, *unlisted)
        if notes:
            found = tuple(replace(one, notes=notes + one.notes) for one in found)
        return _without_doubles(found)

    def for_header(self, header: JsonObject) -> tuple[Candidate, ...]:
        """Return the keys for a token.

        By its `kid` (a method's id, its fragment, or the JWK's own), else by the thumbprint of its `jwk` or
        of the key in its certificate, or, where it names none, every key the party lists.

        Raises:
            KeysError: The key in its `jwk` or certificate cannot be used.
        """
        kid, jwk = header.get("kid"), header.get("jwk")
        found: tuple[Candidate, ...] = ()
        if isinstance(kid, str) and kid:
            found = self._for_kid(kid)
        if not found and isinstance(jwk, dict):
            found = self._for_jwk(jwk)
        if not found and not isinstance(jwk, dict) and "x5c" in header:
            found = self._for_key(leaf_key(header["x5c"]))
        if not found and not isinstance(jwk, dict) and not kid:
            found = self.to_try
        return found[:_MAX_TRIED]

    # --- inside ---

    def _for_kid(self, kid: str) -> tuple[Candidate, ...]:
        if ":" not in kid:
            return self._by_name(kid)
        found = self.for_method(kid)
        if not any(one.standing in _LISTED for one in found):
            # Any text may name a JWK (RFC 7517 §4.5): an address of a key store, a thumbprint as URN.
            found = self._by_name(kid) or found
        is_party = not found and "#" not in kid and canonical_method(kid) == self.id
        return self._all() if is_party else found

    def _by_name(self, kid: str) -> tuple[Candidate, ...]:
        # In every version: a new key under the name of the old one makes no forgery of what that one sealed.
        named = f"{self.id}#{kid.removeprefix('#')}"
        return _without_doubles(tuple(
            found for place, version in enumerate(self._versions) for one in version.document.methods
            if one.id == named or kid in (one.kid, one.key.thumbprint if one.key else "")
            for found in self._from_version(version, canonical_method(one.id), place)))

    def _for_jwk(self, jwk: JsonObject) -> tuple[Candidate, ...]:
        """A key in a header proves only that the token agrees with itself (RFC 7515 §4.1.3)."""
        return self._for_key(public_key_from_jwk(jwk))

    def _for_key(self, key: PublicKey) -> tuple[Candidate, ...]:
        same = [one for one in self._all() if one.key and one.key.thumbprint == key.thumbprint]
        return tuple(same) or (Candidate("", key, self.absent, evidence=self.evidence, missing=self.id),)

    def _all(self) -> tuple[Candidate, ...]:
        return _without_doubles(tuple(
            found for place, version in enumerate(self._versions)
            for method in sorted(version.related(self.relationship))
            for found in self._from_version(version, method, place)))

    def _dated(self, listed: Candidate, place: int) -> Candidate:
        """Retire what only an earlier version lists, and say when; a later one may have revoked it."""
        if not place:
            return listed
        retired = replace(listed, standing=Standing.RETIRED)
        newer = self._versions[:place]
        moments = [one.first_at for one in newer]
        known = [one for one in moments if one]
        again = [entry for one in newer if (entry := one.method(retired.method)) is not None]
        # What somebody handed over is no sight of what the party listed, once the party itself was heard.
        told = self._versions[place]
        is_hearsay = not told.is_partys_own and any(one.is_partys_own for one in newer)
        return replace(retired, listed_at=None if is_hearsay else told.first_at,
                       gone_at=min(known) if len(known) == len(moments) else None,
                       revoked=_earliest(retired.revoked, *(one.revoked for one in again)),
                       expires=_earliest(retired.expires, *(one.expires for one in again)))

    def _from_version(self, version: Version, wanted: str, place: int) -> Iterator[Candidate]:
        entry = version.method(wanted)
        if wanted not in version.related(self.relationship):
            if entry is not None:  # described, but not listed for this
                yield _candidate(wanted, entry, Standing.NOT_LISTED, version.evidence)
            return
        if entry is not None and entry.controller in ("", self.id):
            good = Standing.SELF_MADE if is_pure(self.id) else Standing.AUTHORISED
            yield self._dated(_candidate(wanted, entry, good, version.evidence), place)
            return
        yield from self._by_reference(version, wanted, entry, place)

    def _by_reference(self, version: Version, wanted: str, entry: VerificationMethod | None,
                      place: int) -> Iterator[Candidate]:
        """Both documents must agree: the party's names the method, the method's own lists it too."""
        home = entry.controller if entry is not None else method_base(wanted)
        others = controller_versions(home, self._lookup)
        if not others:
            yield _candidate(wanted, entry, Standing.UNKNOWN, version.evidence, missing=home)
            return
        agreed = [one for one in others if self._agrees(one, wanted, entry)]
        if not agreed:
            yield _candidate(wanted, others[0].method(wanted) or entry, Standing.NOT_LISTED,
                             version.evidence + others[0].evidence)
        for one in agreed:
            both = version.evidence + one.evidence
            found = _candidate(wanted, one.method(wanted), Standing.AUTHORISED, both)
            if entry is not None:  # the party may have taken back what its home still stands by
                found = replace(found, revoked=_earliest(found.revoked, entry.revoked),
                                expires=_earliest(found.expires, entry.expires))
            # What its home has dropped since is retired; since when is not asked for, so no sight proves it.
            yield self._dated(found, place) if one is others[0] else replace(found, standing=Standing.RETIRED)

    def _agrees(self, other: Version, wanted: str, entry: VerificationMethod | None) -> bool:
        theirs = other.method(wanted)
        return (theirs is not None and wanted in other.related(self.relationship)
                and theirs.controller in ("", other.document.id, self.id) and _same_key(entry, theirs))

    def _unlisted(self, wanted: str) -> Iterator[Candidate]:
        """Keys that no document of the party lists; they can open a seal and prove nothing about it."""
        home = method_base(wanted)
        missing = "" if self.known else self.id or home
        for version in controller_versions(home, self._lookup) if home != self.id else ():
            entry = version.method(wanted)
            if entry is not None:
                both = version.evidence + self.evidence
                yield _candidate(wanted, entry, self.absent, both, missing=missing)
                return
        key, why = _fragment_key(wanted), unreadable(home)
        if key is not None or why is not None:
            yield Candidate(wanted, key, self.absent, why, evidence=self.evidence, missing=missing)


@lru_cache(maxsize=_MAX_REMEMBERED)
def _of_itself(party_id: str, relationship: Relationship, method: str) -> tuple[Candidate, ...]:
    """Return what a key that names itself says, if no other document has a word in it."""
    found = IssuerKeys(party_id, relationship, _nothing)._for_method(method)  # noqa: SLF001 - of this module
    return found if all(one.standing is Standing.SELF_MADE for one in found) else ()


def _nothing(_address: str) -> tuple[EvidenceDocument, ...]:
    return ()


def _candidate(method: str, entry: VerificationMethod | None, standing: Standing,
               evidence: tuple[EvidenceUsed, ...], *, missing: str = "") -> Candidate:
    if entry is None:
        return Candidate(method, None, standing, evidence=evidence, missing=missing)
    return Candidate(method, entry.key, standing, entry.problem, entry.revoked, entry.expires, evidence,
                     missing)


def _earliest(*moments: datetime | None) -> datetime | None:
    return min((one for one in moments if one), default=None)


def _same_key(entry: VerificationMethod | None, theirs: VerificationMethod) -> bool:
    if entry is None or entry.key is None:
        return True
    return theirs.key is not None and entry.key.thumbprint == theirs.key.thumbprint


def _fragment_key(method: str) -> PublicKey | None:
    """Read `https://issuer#<multikey>`: the key is in its own name, so it proves self-consistency only."""
    base, _, fragment = method.partition("#")
    if is_did(base) or not fragment.startswith("z"):
        return None
    try:
        return public_key_from_multibase(fragment)
    except WalletError:
        return None


def _without_doubles(candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Keep the most trusted mention of a method with its key; the most trusted come first."""
    if len(candidates) < 2:
        return candidates
    seen: dict[tuple[str, str], Candidate] = {}
    for one in sorted(candidates, key=lambda one: _TRUST.index(one.standing)):
        seen.setdefault((one.method, one.key.thumbprint if one.key else ""), one)
    return tuple(seen.values())
