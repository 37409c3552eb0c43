"""Whose key: what an issuer's own documents say about a verification method.

A key never speaks for itself. The issuer's newest document in evidence must list the method under the
asked relationship: as its own, or by reference to a method of another document that lists it too. Keys
from anywhere else (a fragment, a header, the method's own document) may open a seal and so tell an altered
file from an intact one, but they stand for nobody. Controlled Identifiers 1.0 §3.3; `verify` judges.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
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
from wallet.model.reasons import ReasonCode, reason

from .candidates import Candidate, KeysChanged, Standing, as_said_since, candidate, earliest, without_doubles
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

_MAX_TRIED: Final = 64  # keys tried for a token that names none
#: Of keys of a set that say themselves that they are for something else.
_NOT_TO_VERIFY: Final = ("use", "key_ops")
_MAX_REMEMBERED: Final = 1024  # methods of keys that name themselves


_LISTED: Final = (Standing.AUTHORISED, Standing.SELF_MADE, Standing.RETIRED)
_FULL: Final = ("did:", "https:", "http:")  # what begins so names a method wherever it lives


class IssuerKeys:
    """The keys of one party, as far as the evidence tells.

    Attributes:
        id: The party's identifier.
        relationship: What its methods must be listed for.
        seen_at: When what is judged first got here, by our own clock; None where nobody knows.
    """

    def __init__(self, party_id: str, relationship: Relationship, lookup: Lookup, *,
                 seen_at: datetime | None = None, silence_counts: bool = False) -> None:
        """Read the party's documents from the evidence; nothing here raises for a bad one.

        Args:
            party_id: The party's identifier.
            relationship: What its methods must be listed for.
            lookup: Where documents are looked up.
            seen_at: When what is judged first got here, by our own clock; None where nobody knows.
            silence_counts: Whether a document without a word about keys says that there are none.
        """
        self._silence_counts = silence_counts
        self.id = party_id
        self.seen_at = seen_at
        self.relationship = relationship
        self._lookup = lookup
        self._versions = controller_versions(party_id, lookup) if party_id else ()

    @property
    def known(self) -> bool:
        """Whether a document of the party is there that may be believed and has a word about keys."""
        return not any(one.is_elsewhere for one in self._versions) and any(
            self._silence_counts or not one.document.is_silent for one in self._versions)

    @property
    def evidence(self) -> tuple[EvidenceUsed, ...]:
        """The newest document of the party."""
        return self._versions[0].evidence if self._versions else ()

    @property
    def served_at(self) -> datetime | None:
        """When the oldest of the party's newest documents was served; None where nobody knows that of all."""
        newest = [one.fetched_at for version in self._versions if version.is_newest
                  for one in version.evidence]
        return min((one for one in newest if one), default=None) if all(newest) else None

    @property
    def absent(self) -> Standing:
        """The standing of a method that no document of the party lists."""
        if self.known:
            return Standing.NOT_LISTED
        from_sender = any(one.grade is Grade.SENDER for one in self._lookup(self.id))
        return Standing.FROM_SENDER if from_sender else Standing.UNKNOWN

    @property
    def listed(self) -> tuple[tuple[str, str, bool], ...]:
        """Every usable key the party lists or listed: method, thumbprint, and whether it still does."""
        found: dict[tuple[str, str], bool] = {}
        for version in sorted(self._versions, key=lambda one: not one.is_newest):
            for method, thumbprint in sorted(version.keys(self.relationship).items()):
                if thumbprint:
                    found.setdefault((method, thumbprint), version.is_newest)
        return tuple((method, thumbprint, current) for (method, thumbprint), current in found.items())

    @property
    def changed(self) -> KeysChanged | None:
        """The last change of the party's keys, None if every version lists the same."""
        if len(self._versions) < 2:
            return None
        for newer, older in pairwise(sorted(self._versions, key=lambda one: one.line)):
            is_later = newer.line == older.line and not newer.is_elsewhere
            if is_later and newer.keys(self.relationship) != older.keys(self.relationship):
                return KeysChanged(newer.first_at)
        return None

    def may_list_since(self, method: str, moment: datetime | None) -> bool:
        """Whether the party may have listed a method of its own after the newest document at hand was served.

        Args:
            method: What a seal names: a full id, or a fragment; "" never may.
            moment: When the seal, or what it seals, says it was made.
        """
        served = self.served_at
        if not method or moment is None or served is None or moment <= served:
            return False
        is_full = method.startswith(_FULL)
        wanted = canonical_method(method) if is_full else f"{self.id}#{method.removeprefix('#')}"
        return method_base(wanted) == self.id and all(one.method(wanted) is None for one in self._versions)

    @property
    def to_try(self) -> tuple[Candidate, ...]:
        """Every key that the party lists or listed, as many as are tried; of more, that there are more."""
        found = tuple(one for one in self._all() if one.problem is None or not (
            one.problem.code is ReasonCode.KEY_MALFORMED and one.problem["found"] in _NOT_TO_VERIFY))
        return self._bounded(found) or tuple(self._unlisted(self.id))

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
        listed = [found for version in self._versions for found in self._from_version(version, wanted)]
        unlisted = () if listed else self._unlisted(wanted)
        found = (*listed, *unlisted)
        if notes:
            found = tuple(replace(one, notes=notes + one.notes) for one in found)
        return without_doubles(found)

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
        return self._bounded(found)

    # --- inside ---

    def _bounded(self, found: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        """Return as many as are tried, and behind them that there are more: one of those may be the key."""
        if len(found) <= _MAX_TRIED:
            return found
        more = reason(ReasonCode.LIMIT_ITEMS, what="keys", limit=str(_MAX_TRIED))
        return (*found[:_MAX_TRIED], Candidate("", None, Standing.UNKNOWN, more, evidence=self.evidence))

    def _for_kid(self, kid: str) -> tuple[Candidate, ...]:
        if ":" not in kid:
            return self._by_name(kid)
        found = self.for_method(kid)
        if not any(one.standing in _LISTED for one in found):
            # Any text may name a JWK (RFC 7517 §4.5): an address of a key store, a thumbprint as URN.
            found = self._by_name(kid) or found
        is_party = not found and "#" not in kid and canonical_method(kid) == self.id
        return self.to_try if is_party else found

    def _by_name(self, kid: str) -> tuple[Candidate, ...]:
        # In every version: a new key under the name of the old one makes no forgery of what that one sealed.
        named = f"{self.id}#{kid.removeprefix('#')}"
        return without_doubles(tuple(
            found for version in self._versions for one in version.document.methods
            if one.id == named or kid in (one.kid, one.key.thumbprint if one.key else "")
            for found in self._from_version(version, canonical_method(one.id))))

    def _for_jwk(self, jwk: JsonObject) -> tuple[Candidate, ...]:
        """A key in a header proves only that the token agrees with itself (RFC 7515 §4.1.3)."""
        return self._for_key(public_key_from_jwk(jwk))

    def _for_key(self, key: PublicKey) -> tuple[Candidate, ...]:
        same = [one for one in self._all() if one.key and one.key.thumbprint == key.thumbprint]
        return tuple(same) or (Candidate("", key, self.absent, evidence=self.evidence, missing=self.id),)

    def _all(self) -> tuple[Candidate, ...]:
        return without_doubles(tuple(
            found for version in self._versions
            for method in sorted(version.related(self.relationship))
            for found in self._from_version(version, method)))

    def _dated(self, listed: Candidate, told: Version) -> Candidate:
        """Retire what only an earlier version lists, and say when; another may have revoked it."""
        before = self._versions[:self._versions.index(told)]
        newer = [one for one in before if one.line == told.line]
        speaking = (told, *newer, *(one for one in self._versions if one.is_newest and one.line != told.line))
        dated = as_said_since(listed, (entry for one in speaking for entry in one.document.methods))
        if told.is_newest:
            return dated
        moments = [one.first_at for one in newer]
        known = [one for one in moments if one]
        # What somebody handed over is no sight of what the party listed, once the party itself was heard.
        is_hearsay = not told.is_partys_own and any(one.is_partys_own for one in newer)
        retired = replace(dated, standing=Standing.RETIRED, listed_at=None if is_hearsay else told.first_at,
                          gone_at=min(known) if len(known) == len(moments) else None)
        if any(one.is_elsewhere for one in newer) and not retired.was_listed(self.seen_at):
            return replace(dated, standing=Standing.UNKNOWN, missing=self.id)  # it may be listed there
        return retired

    def _from_version(self, version: Version, wanted: str) -> Iterator[Candidate]:
        entry = version.method(wanted)
        if wanted not in version.related(self.relationship):
            if entry is not None:  # described, but not listed for this
                yield candidate(wanted, entry, Standing.NOT_LISTED, version.evidence)
            return
        if entry is not None and entry.controller in ("", self.id):
            good = Standing.SELF_MADE if is_pure(self.id) else Standing.AUTHORISED
            own = candidate(wanted, entry, good, version.evidence)
            # What a single document says of its own methods was put together when it was read.
            yield own if len(self._versions) == 1 else self._dated(own, version)
            return
        yield from self._by_reference(version, wanted, entry)

    def _by_reference(self, version: Version, wanted: str,
                      entry: VerificationMethod | None) -> Iterator[Candidate]:
        """Both documents must agree: the party's names the method, the method's own lists it too."""
        home = entry.controller if entry is not None else method_base(wanted)
        others = controller_versions(home, self._lookup)
        agreed = [one for one in others if self._agrees(one, wanted, entry)]
        if not others or (not agreed and any(one.is_elsewhere for one in others)):
            yield candidate(wanted, entry, Standing.UNKNOWN, version.evidence, missing=home)
            return
        if not agreed:
            yield candidate(wanted, others[0].method(wanted) or entry, Standing.NOT_LISTED,
                             version.evidence + others[0].evidence)
        for one in agreed:
            both = version.evidence + one.evidence
            found = candidate(wanted, one.method(wanted), Standing.AUTHORISED, both)
            if entry is not None:  # the party may have taken back what its home still stands by
                found = replace(found, revoked=earliest(found.revoked, entry.revoked),
                                expires=earliest(found.expires, entry.expires))
            # What its home has dropped since is retired; since when is not asked for, so no sight proves it.
            yield self._dated(found, version) if one.is_newest else replace(found, standing=Standing.RETIRED)

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
                yield candidate(wanted, entry, self.absent, both, missing=missing)
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
