"""Documents of one party, and the addresses they are found at: who may be believed, which version is newest.

What they say about a single method is in `issuer_keys`; nothing here fetches. did:web §3.2, SD-JWT VC §5.1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum, unique
from functools import lru_cache
from types import MappingProxyType
from typing import Final, TypeAlias

from wallet.codec.strict_json import parse_object
from wallet.keys.controller import ControllerDocument, VerificationMethod, controller_document
from wallet.keys.did import is_did, resolve_pure, split_did_url, web_location
from wallet.model.errors import KeysError, WalletError
from wallet.model.evidence import EvidenceDocument, EvidenceKind, EvidenceUsed, Grade, Said, Wanted
from wallet.model.limits import MAX_DID_DOCUMENT_BYTES, MAX_URL_CHARS
from wallet.model.reasons import Reason

from .evidence_store import newest_first, used

Lookup: TypeAlias = Callable[[str], tuple[EvidenceDocument, ...]]

_PURE: Final = ("did:key:", "did:jwk:")
_ISSUER_METADATA: Final = "/.well-known/jwt-vc-issuer"
_KEY_SET: Final = "jwks_uri"
#: What the sender brought, and what anybody on the way could have changed: no word of the party's about keys.
_NOBODYS: Final = (Grade.SENDER, Grade.FETCHED_PLAIN)
_OWN: Final = (Grade.SHIPPED, Grade.FETCHED)
_UNDATED: Final = datetime(1970, 1, 1, tzinfo=UTC)  # behind all that is dated
_MAX_REMEMBERED: Final = 1024  # identifiers that are keys
_MAX_VERSIONS: Final = 8  # that say different things about keys
_MAX_LOOKED_AT: Final = 256  # documents of one party; some carry the time of day and are new every day


@unique
class Relationship(StrEnum):
    """What a method must be listed for."""

    ASSERTION = "assertionMethod"
    AUTHENTICATION = "authentication"


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a party's document that may be believed.

    Attributes:
        first_at: When it first got here; None where nobody knows.
        line: Which of its places it is a version of: what is kept at one replaces nothing at another.
        is_newest: Whether no later one of its line is here.
        is_elsewhere: Whether it only says where the keys are, and those are not at hand.
    """

    document: ControllerDocument
    evidence: tuple[EvidenceUsed, ...]
    first_at: datetime | None = None
    line: int = 0
    is_newest: bool = True
    is_elsewhere: bool = False

    @property
    def is_partys_own(self) -> bool:
        """Whether it came from the party's own address, or with the program; else from somebody's hand."""
        return all(one.grade in _OWN for one in self.evidence)

    def keys(self, relationship: Relationship) -> dict[str, str]:
        """The methods it lists, each with the thumbprint of its key where that is known."""
        known = {canonical_method(one.id): one.key.thumbprint for one in self.document.methods if one.key}
        return {one: known.get(one, "") for one in self.related(relationship)}

    def related(self, relationship: Relationship) -> frozenset[str]:
        """The methods it lists for that, by their full ids."""
        listed = (self.document.assertion if relationship is Relationship.ASSERTION
                  else self.document.authentication)
        return frozenset(canonical_method(one) for one in listed)

    def method(self, method: str) -> VerificationMethod | None:
        """The method it describes under a full id, None if it does not."""
        return next((one for one in self.document.methods if canonical_method(one.id) == method), None)


_Dated: TypeAlias = tuple[datetime | None, Version]  # with the moment it is as old as


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


def unreadable(party_id: str) -> Reason | None:
    """Return why an identifier that is a key cannot be used as one; None where it can, or is none."""
    if not is_pure(party_id):
        return None
    try:
        resolve_pure(party_id)
    except WalletError as error:
        return error.reason
    return None


def controller_versions(address: str, lookup: Lookup) -> tuple[Version, ...]:
    """Return the documents of a controller that may be believed, newest first.

    What came from the sender or over an open line, cannot be read, or names another subject is left out.
    """
    if is_pure(address):
        return _of_itself(address)
    return _read_versions(address, lookup)


@lru_cache(maxsize=_MAX_REMEMBERED)
def _of_itself(address: str) -> tuple[Version, ...]:
    try:
        return (Version(resolve_pure(address), ()),)
    except WalletError:
        return ()


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


def party_of_metadata(place: str) -> str:
    """Return whose metadata is published at an address; any other address as it is."""
    return place.replace(_ISSUER_METADATA, "", 1)


def key_set_address(party_id: str, metadata: bytes) -> str:
    """Return where an issuer's metadata says its keys are, "" if it holds them, or is no such document.

    SD-JWT VC §5.2: it must name the issuer it was asked for; the keys and their address exclude each other.
    """
    if f'"{_KEY_SET}"'.encode() not in metadata:
        return ""
    try:
        stated = parse_object(metadata, max_bytes=MAX_DID_DOCUMENT_BYTES)
    except WalletError:
        return ""
    address = stated.get(_KEY_SET)
    if stated.get("issuer") != party_id or not isinstance(address, str) or "jwks" in stated:
        return ""
    is_web = address.startswith("https://") and len(address) <= MAX_URL_CHARS
    return address if is_web and address.isprintable() and " " not in address else ""


def key_set_addresses(party_id: str, lookup: Lookup) -> tuple[tuple[str, EvidenceDocument], ...]:
    """Return where a party's metadata at hand says its keys are, each with what says so, the newest first."""
    place = issuer_metadata(party_id)
    found: dict[str, EvidenceDocument] = {}
    for one in _believable((place,), lookup)[:_MAX_VERSIONS]:
        found.setdefault(key_set_address(party_id, one.data), one)
    return tuple((address, one) for address, one in found.items() if address)


def awaited_key_set(party_id: str, lookup: Lookup) -> str:
    """Return where a party's newest metadata says its keys are, if nothing from there is at hand; else ""."""
    place = issuer_metadata(party_id)
    told = _believable((place,), lookup) if place else ()
    named = key_set_address(party_id, told[0].data) if told else ""
    return "" if _believable((named,), lookup) else named


def web_address(party_id: str) -> str:
    """Return where a `did:web` is served, "" for anything else."""
    if not party_id.startswith("did:web:"):
        return ""
    try:
        return web_location(party_id)
    except KeysError:
        return ""


def _read_versions(address: str, lookup: Lookup) -> tuple[Version, ...]:
    # A did:web and the address that serves it are one place; an issuer's metadata is another document, and
    # a key set that is kept at the issuer's own address came by the metadata.
    at_home = _believable((address, web_address(address)), lookup)
    metadata = issuer_metadata(address)
    if not metadata:
        return tuple(version for _, version in _line(0, address, at_home))
    own = tuple(one for one in at_home if one.kind is not EvidenceKind.JWK_SET)
    told = _believable((metadata,), lookup)
    sets = tuple(_named_sets(address, lookup, told[0])) if told else ()
    together = newest_first((*told, *(one for one in at_home if one not in own), *(one for one, _ in sets)))
    found = list(_line(1, address, together, {one.sha256: metadata for one, metadata in sets}))
    if (found or own) and awaited_key_set(address, lookup):
        found = _awaiting(address, told[0], found)
    found += _line(0, address, own)
    return tuple(version for _, version in sorted(found, key=_age, reverse=True))


def _awaiting(address: str, told: EvidenceDocument, line: list[_Dated]) -> list[_Dated]:
    """Put what says only where the keys are before what is older: that may be gone, and others be there.

    A set that was asked for by it may be as old.
    """
    is_followed = [(_age(one), one[1].evidence[0].address != told.address) for one in line[:1]]
    if is_followed > [(told.as_of or _UNDATED, False)]:
        return line
    says = Version(ControllerDocument(address, is_silent=True), (used(told),), told.first_seen, 1,
                   is_elsewhere=True)
    return [(told.as_of, says), *((moment, replace(one, is_newest=False)) for moment, one in line)]


def _age(one: _Dated) -> datetime:
    return one[0] or _UNDATED


def _named_sets(address: str, lookup: Lookup,
                newest: EvidenceDocument) -> Iterator[tuple[EvidenceDocument, EvidenceDocument]]:
    """Yield the key sets that a party's metadata names, each with what names it.

    One that only older metadata names is no newer than that: the party has gone elsewhere since.
    """
    for place, metadata in key_set_addresses(address, lookup):
        for one in _believable((place,), lookup):
            moments = (one.as_of, metadata.as_of)
            last = min(moment for moment in moments if moment) if all(moments) else None
            is_left = metadata.sha256 != newest.sha256
            yield replace(one, said=Said(one.grade, fetched_at=last)) if is_left else one, metadata


def _line(line: int, address: str, documents: tuple[EvidenceDocument, ...],
          told_by: Mapping[str, EvidenceDocument] = MappingProxyType({})) -> Iterator[_Dated]:
    """Yield the versions of one document, the newest first, each with the moment it is as old as.

    Args:
        line: Which.
        address: The party's id.
        documents: All that is here of it, the newest first.
        told_by: Of a document at another address, by its hash: what says that it is the party's.
    """
    found: list[_Dated] = []
    for document in documents[:_MAX_LOOKED_AT]:
        try:
            parsed = controller_document(parse_object(document.data, max_bytes=MAX_DID_DOCUMENT_BYTES),
                                         address=address)
        except WalletError:
            continue
        said = told_by.get(document.sha256)
        evidence = (used(document), used(said)) if said else (used(document),)
        version = Version(parsed, evidence, document.first_seen, line, not found)
        last = found[-1][1] if found else None
        if last and last.document == parsed and last.first_at and version.first_at:
            # The same keys in other bytes are the same version: it came when the first of them did.
            found[-1] = found[-1][0], replace(last, first_at=min(last.first_at, version.first_at))
        elif len(found) == _MAX_VERSIONS:
            break
        else:
            found.append((document.as_of, version))
    yield from found


def _believable(places: tuple[str, ...], lookup: Lookup) -> tuple[EvidenceDocument, ...]:
    found = (one for place in places if place for one in lookup(place))
    return newest_first(one for one in found if one.grade not in _NOBODYS)
