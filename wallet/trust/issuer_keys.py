"""Whose key: what an issuer's own documents say about a verification method.

A key never speaks for itself. The issuer's newest document in evidence must list the method under the
asked relationship: as its own, or by reference to a method of another document that lists it too. Keys
from anywhere else (a fragment, a header, the method's own document) may open a seal and so tell an altered
file from an intact one, but they stand for nobody. Controlled Identifiers 1.0 §3.3; `verify` judges.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum, unique
from typing import Final, TypeAlias

from wallet.codec.strict_json import parse_object
from wallet.keys.certificates import leaf_key
from wallet.keys.controller import ControllerDocument, VerificationMethod, controller_document
from wallet.keys.did import is_did, resolve_pure, split_did_url, web_location
from wallet.keys.keypair import PublicKey, public_key_from_jwk, public_key_from_multibase
from wallet.model.credential import JsonObject
from wallet.model.errors import KeysError, WalletError
from wallet.model.evidence import EvidenceDocument, EvidenceKind, EvidenceUsed, Grade, Wanted
from wallet.model.limits import MAX_DID_DOCUMENT_BYTES
from wallet.model.reasons import Reason, ReasonCode, reason

from .evidence_store import newest_first, used

Lookup: TypeAlias = Callable[[str], tuple[EvidenceDocument, ...]]

_PURE: Final = ("did:key:", "did:jwk:")
_ISSUER_METADATA: Final = "/.well-known/jwt-vc-issuer"
_MAX_TRIED: Final = 16  # keys tried for a token that names none
_MAX_VERSIONS: Final = 8  # versions of one document that are looked at


@unique
class Relationship(StrEnum):
    """What a method must be listed for."""

    ASSERTION = "assertionMethod"
    AUTHENTICATION = "authentication"


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


@dataclass(frozen=True, slots=True)
class Candidate:
    """A key that may open the seal, and what it would be worth.

    Attributes:
        method: Id of the method, absolute where it has one.
        key: None where the documents list the method but its key cannot be used.
        standing: What the issuer's documents say.
        problem: Why the key cannot be used.
        revoked, expires: Of the method, as its document says.
        evidence: The documents this rests on.
        missing: The address whose document would settle an unknown standing.
        notes: Allowances.
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


@dataclass(frozen=True, slots=True)
class _Version:
    document: ControllerDocument
    evidence: tuple[EvidenceUsed, ...]

    def related(self, relationship: Relationship) -> frozenset[str]:
        listed = (self.document.assertion if relationship is Relationship.ASSERTION
                  else self.document.authentication)
        return frozenset(canonical_method(one) for one in listed)

    def method(self, method: str) -> VerificationMethod | None:
        return next((one for one in self.document.methods if canonical_method(one.id) == method), None)


class IssuerKeys:
    """The keys of one party, as far as the evidence tells.

    Attributes:
        id: The party's identifier.
        relationship: What its methods must be listed for.
    """

    def __init__(self, party_id: str, relationship: Relationship, lookup: Lookup) -> None:
        """Read the party's documents from the evidence; nothing here raises for a bad one."""
        self.id = party_id
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

    def owns(self, method: str) -> bool:
        """Whether a proof by that method is the party's own: by name, or because its documents list it."""
        wanted = canonical_method(method)
        if method_base(wanted) == self.id:
            return True
        return any(wanted in version.related(self.relationship) for version in self._versions)

    def for_method(self, method: str) -> tuple[Candidate, ...]:
        """Return the keys for a method named by its id, the most trusted first."""
        wanted = canonical_method(method)
        notes = (reason(ReasonCode.QUIRK_BARE_DID_KEY, which=method),) if wanted != method else ()
        listed = [found for place, version in enumerate(self._versions)
                  for found in self._from_version(version, wanted, newest=place == 0)]
        unlisted = () if listed else self._unlisted(wanted)
        return _without_doubles((*(replace(one, notes=notes + one.notes) for one in (*listed, *unlisted)),))

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
            found = self._all()
        return found[:_MAX_TRIED]

    # --- inside ---

    def _for_kid(self, kid: str) -> tuple[Candidate, ...]:
        if ":" in kid:
            found = self.for_method(kid)
            if found or "#" in kid or canonical_method(kid) != self.id:
                return found
            return self._all()  # the kid is the party itself
        named = f"{self.id}#{kid.removeprefix('#')}"
        for place, version in enumerate(self._versions):
            for one in version.document.methods:
                if one.id == named or kid in (one.kid, one.key.thumbprint if one.key else ""):
                    return tuple(self._from_version(version, canonical_method(one.id), newest=place == 0))
        return ()

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
            for found in self._from_version(version, method, newest=place == 0)))

    def _from_version(self, version: _Version, wanted: str, *, newest: bool) -> Iterator[Candidate]:
        entry = version.method(wanted)
        if wanted not in version.related(self.relationship):
            if entry is not None:  # described, but not listed for this
                yield _candidate(wanted, entry, Standing.NOT_LISTED, version.evidence)
            return
        if entry is not None and entry.controller in ("", self.id):
            pure = self.id.startswith(_PURE)
            good = Standing.SELF_MADE if pure else Standing.AUTHORISED
            yield _candidate(wanted, entry, good if newest else Standing.RETIRED, version.evidence)
            return
        yield from self._by_reference(version, wanted, entry, newest=newest)

    def _by_reference(self, version: _Version, wanted: str, entry: VerificationMethod | None, *,
                      newest: bool) -> Iterator[Candidate]:
        """Both documents must agree: the party's names the method, the method's own lists it too."""
        home = entry.controller if entry is not None else method_base(wanted)
        others = controller_versions(home, self._lookup)
        if not others:
            yield _candidate(wanted, entry, Standing.UNKNOWN, version.evidence, missing=home)
            return
        other = others[0]
        theirs = other.method(wanted)
        both = version.evidence + other.evidence
        agreed = (theirs is not None and wanted in other.related(self.relationship)
                  and theirs.controller in ("", other.document.id, self.id) and _same_key(entry, theirs))
        if not agreed:
            yield _candidate(wanted, theirs or entry, Standing.NOT_LISTED, both)
            return
        yield _candidate(wanted, theirs, Standing.AUTHORISED if newest else Standing.RETIRED, both)

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
        key = _fragment_key(wanted)
        if key is not None:
            yield Candidate(wanted, key, self.absent, evidence=self.evidence, missing=missing)


def canonical_method(method: str) -> str:
    """Return the full id: a bare `did:key` means its single key, whose fragment repeats it."""
    if method.startswith("did:key:") and "#" not in method:
        return f"{method}#{method.removeprefix('did:key:')}"
    return method


def method_base(method: str) -> str:
    """Return the document a method lives in: its id without the fragment."""
    return method.partition("#")[0]


def check_method_url(method: str) -> None:
    """Refuse an id that is no absolute DID URL or URL with at most one fragment.

    Raises:
        KeysError: DID_MALFORMED.
    """
    split_did_url(canonical_method(method))


def is_pure(party_id: str) -> bool:
    """Whether the identifier is its own document, so that nothing need be looked up."""
    return party_id.startswith(_PURE)


def controller_versions(address: str, lookup: Lookup) -> tuple[_Version, ...]:
    """Return the documents of a controller that may be believed, newest first.

    What came from the sender, cannot be read, or names another subject is left out.
    """
    if is_pure(address):
        try:
            return (_Version(resolve_pure(address), ()),)
        except WalletError:
            return ()
    return tuple(_read_versions(address, lookup))


def wanted_document(address: str, kind: EvidenceKind = EvidenceKind.DID_DOCUMENT) -> Wanted:
    """Return the wish for a document, with the host that would learn of the request."""
    scheme, _, rest = (web_address(address) or address).partition("://")
    # RFC 3986 §3.2: whichever of these comes first ends the host; an "@" behind it belongs to something else.
    host = re.split(r"[/?#\\]", rest, maxsplit=1)[0].rpartition("@")[2]
    if kind is EvidenceKind.DID_DOCUMENT and not is_did(address):
        kind = EvidenceKind.ISSUER_PROFILE
    return Wanted(address, kind, host if scheme in ("https", "http") else "")


def issuer_metadata(party_id: str) -> str:
    """Return where an https issuer of tokens publishes its keys (SD-JWT VC §5.1), "" for anything else."""
    scheme, _, rest = party_id.partition("://")
    host, slash, path = rest.partition("/")
    if scheme != "https" or not host or any(sign in rest for sign in "?#"):
        return ""
    return f"https://{host}{_ISSUER_METADATA}{slash}{path}".rstrip("/")


def web_address(party_id: str) -> str:
    """Return where a `did:web` is served, "" for anything else."""
    if not party_id.startswith("did:web:"):
        return ""
    try:
        return web_location(party_id)
    except KeysError:
        return ""


def _read_versions(address: str, lookup: Lookup) -> Iterator[_Version]:
    for document in _believable(address, lookup)[:_MAX_VERSIONS]:
        try:
            parsed = controller_document(parse_object(document.data, max_bytes=MAX_DID_DOCUMENT_BYTES),
                                         address=address)
        except WalletError:
            continue
        yield _Version(parsed, (used(document),))


def _believable(address: str, lookup: Lookup) -> tuple[EvidenceDocument, ...]:
    places = (address, web_address(address), issuer_metadata(address))
    found = (one for place in places if place for one in lookup(place))
    return newest_first(one for one in found if one.grade is not Grade.SENDER)


def _candidate(method: str, entry: VerificationMethod | None, standing: Standing,
               evidence: tuple[EvidenceUsed, ...], *, missing: str = "") -> Candidate:
    if entry is None:
        return Candidate(method, None, standing, evidence=evidence, missing=missing)
    return Candidate(method, entry.key, standing, entry.problem, entry.revoked, entry.expires, evidence,
                     missing)


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
    seen: dict[tuple[str, str], Candidate] = {}
    for one in sorted(candidates, key=lambda one: _TRUST.index(one.standing)):
        seen.setdefault((one.method, one.key.thumbprint if one.key else ""), one)
    return tuple(seen.values())
