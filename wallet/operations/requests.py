"""What would be asked of the web: of whom, why, and where nothing is asked at all. Nothing is sent here.

From the addresses a judgement wanted (`wallet.verify.gather`) to requests, each distinct, each for one whole
document. Vocabularies and schemas are never loaded. A withdrawal list that seems to be made for one person is
not asked for: whoever keeps it would learn each time that this one credential is looked at (Bitstring Status
List 1.0 §5.1). What a host learns from a request is said in `wording.requesting`, by purpose.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

from wallet.keys.did import web_location
from wallet.model.credential import Credential, Parsed, Presentation
from wallet.model.errors import KeysError
from wallet.model.evidence import EvidenceKind, Grade, Wanted
from wallet.model.limits import MAX_DID_DOCUMENT_BYTES, MAX_URL_CHARS, MIB
from wallet.model.network import Order, Purpose
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.trust.issuer_keys import issuer_metadata, wanted_document, web_address
from wallet.verify.evidence import Evidence

from .network import host_of

_KEYS: Final = frozenset({EvidenceKind.DID_DOCUMENT, EvidenceKind.ISSUER_PROFILE, EvidenceKind.KEY,
                          EvidenceKind.JWK_SET})
_LISTS: Final = frozenset({EvidenceKind.STATUS_LIST, EvidenceKind.REVOCATION_LIST})
_PURPOSES: Final = {**dict.fromkeys(_KEYS, Purpose.ISSUER_KEY), **dict.fromkeys(_LISTS, Purpose.STATUS_LIST),
                    EvidenceKind.REGISTRY: Purpose.REGISTRY}
_JSON: Final = ("application/json", "application/ld+json")
_ACCEPT: Final = {
    Purpose.ISSUER_KEY: ("application/did+json", "application/did+ld+json", "application/jwk-set+json",
                         *_JSON),
    Purpose.STATUS_LIST: ("application/vc", "application/vc+jwt", "application/statuslist+jwt",
                          "application/jwt", *_JSON, "application/statuslist+cwt"),
    Purpose.BADGE_RECORD: ("application/ld+json", "application/json"),
}
_MAX_LIST_BYTES: Final = 8 * MIB
_MAX_RECORD_BYTES: Final = 4 * MIB
#: Shorter names occur in other people's addresses by chance.
_MIN_NAME_CHARS: Final = 12
#: In the query a token this long marks one person; in a path a list may have a name of its own, up to a UUID.
_QUERY_TOKEN: Final = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9_.~-]{16,}")
_PATH_TOKEN: Final = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9_~-]{43,}")
_PERSONAL: Final = frozenset({"credential", "credentialid", "vc", "vcid", "subject", "holder", "user",
                              "userid", "learner", "student", "recipient", "email"})


@dataclass(frozen=True, slots=True)
class Need:
    """An address that is wanted, and what the credential that wants it is called.

    Attributes:
        wanted: The address.
        names: Of this one credential and its subject: no list address may hold one of them.
        preferred: A place that answered before, asked first; "" if none.
    """

    wanted: Wanted
    names: tuple[str, ...] = ()
    preferred: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """One document that would be asked for.

    Attributes:
        wanted: Under which address it will be kept: a DID, or a web address.
        kind: What is expected there.
        places: Web addresses that may have it, asked in turn until one does.
        host: Who is asked.
        purpose: Why; what the host learns follows from it.
        refused: Why it is not asked for, None if it may be.
    """

    wanted: str
    kind: EvidenceKind
    places: tuple[str, ...]
    host: str
    purpose: Purpose
    refused: Reason | None = None

    def order(self, place: str, etag: str = "") -> Order:
        """Return the order for one of the places."""
        sizes = {Purpose.ISSUER_KEY: MAX_DID_DOCUMENT_BYTES, Purpose.STATUS_LIST: _MAX_LIST_BYTES}
        return Order(
            place, self.purpose, _ACCEPT.get(self.purpose, _JSON), sizes.get(self.purpose, _MAX_RECORD_BYTES),
            same_origin=self.purpose is Purpose.ISSUER_KEY,
            legacy_http=self.purpose is Purpose.BADGE_RECORD, etag=etag)


@dataclass(frozen=True, slots=True)
class HostRequests:
    """What would be asked of one host: a line of the sheet that a learner sees before."""

    host: str
    requests: tuple[Request, ...]

    @property
    def purposes(self) -> tuple[Purpose, ...]:
        """Why, each once."""
        return tuple(dict.fromkeys(one.purpose for one in self.requests))


def plan(needs: Iterable[Need]) -> tuple[Request, ...]:
    """Return what would be asked, each document once, by host; what is not asked has its reason in it."""
    distinct: dict[str, Request] = {}
    for need in needs:
        address = need.wanted.address
        before = distinct.get(address)
        if before and before.refused and before.purpose is not Purpose.ISSUER_KEY:
            continue  # one reason against it is enough
        request = _request(need)
        if before is None or _decides(request, before):
            distinct[address] = request
    return tuple(sorted(distinct.values(), key=lambda one: (one.host, one.purpose.value, one.wanted)))


def _decides(request: Request, before: Request) -> bool:
    """Tell which of two requests for one document is made: a refused one is not, and keys are read strictest.

    A key document that may not be asked for may still be a badge's record, which proves no key.
    """
    kinds = (request.purpose, before.purpose)
    if kinds == (Purpose.ISSUER_KEY, Purpose.BADGE_RECORD):
        return request.refused is None
    if kinds == (Purpose.BADGE_RECORD, Purpose.ISSUER_KEY):
        return before.refused is not None
    return request.refused is not None


def askable(requests: Iterable[Request]) -> tuple[Request, ...]:
    """Return those that may be asked for."""
    return tuple(one for one in requests if one.refused is None)


def by_host(requests: Iterable[Request]) -> tuple[HostRequests, ...]:
    """Return what may be asked for, host by host."""
    hosts: dict[str, list[Request]] = {}
    for one in askable(requests):
        hosts.setdefault(one.host, []).append(one)
    return tuple(HostRequests(host, tuple(asked)) for host, asked in sorted(hosts.items()))


def missing_needs(parsed: Parsed, evidence: Evidence) -> tuple[Need, ...]:
    """Return what a judgement wanted and did not have."""
    names = names_of(parsed)
    return tuple(Need(one, names) for one in evidence.wanted)


def standing_needs(parsed: Parsed, evidence: Evidence) -> tuple[Need, ...]:
    """Return what a judgement looks at and time may change: what is missing, and what is kept.

    Records of hosted badges are left out: their snapshots are compared, which is another wish.
    """
    names = names_of(parsed)
    found = {address: documents[0].kind for address, documents in evidence.documents.items()
             if any(one.grade is not Grade.SENDER for one in documents)}
    homes = {place: address for address in evidence.documents
             for place in (web_address(address), issuer_metadata(address)) if place}
    needs = [*missing_needs(parsed, evidence)]
    for address, kind in found.items():
        if kind in _KEYS | _LISTS:
            home = homes.get(address, address)
            needs.append(Need(wanted_document(home, kind), names, address if home != address else ""))
    return tuple(one for one in needs if one.wanted.kind is not EvidenceKind.BADGE_RECORD)


def names_of(parsed: Parsed) -> tuple[str, ...]:
    """Return what only this credential, or its subject, is called."""
    if isinstance(parsed, Presentation):
        return tuple(name for item in parsed.credentials if isinstance(item, Credential)
                     for name in names_of(item))
    identifiers = (one.value.rpartition("$")[2] for one in parsed.subject.identifiers)
    digest = hashlib.sha256(parsed.original.payload).hexdigest()
    stated = (parsed.id, parsed.subject.id, *identifiers, digest)
    parts = (part for one in stated for part in (one.partition("://")[2] or one, *_last_parts(one)))
    return tuple(dict.fromkeys(part for part in parts if len(part) >= _MIN_NAME_CHARS))


def tracks(address: str, names: Iterable[str]) -> bool:
    """Tell whether a list's address seems to be made for one person."""
    parts = urlsplit(address)
    behind = unquote(f"{parts.path}?{parts.query}").lower()
    whole = f"{parts.netloc.lower()}{behind}"
    for name in (unquote(one).lower() for one in names):
        # A host's own name is nobody's mark, though a subject may be called after it.
        if name in (whole if "/" in name or any(map(str.isdigit, name)) else behind):
            return True
    asked = parse_qsl(parts.query, keep_blank_values=True)
    if any(re.sub("[^a-z]", "", name.lower()) in _PERSONAL or _QUERY_TOKEN.search(value)
           for name, value in asked):
        return True
    return any(_PATH_TOKEN.fullmatch(part) for part in re.split(r"[/.]", parts.path + "/" + parts.netloc))


def _last_parts(identifier: str) -> tuple[str, ...]:
    """Return the path of a web address, and what stands behind the last separator of any identifier."""
    _, _, rest = identifier.partition("://")
    last = re.split("[:/#]", identifier.rstrip("/"))[-1]
    return (last, rest[rest.index("/") :]) if "/" in rest.rstrip("/") else (last,)


def _request(need: Need) -> Request:
    address, kind = need.wanted.address, need.wanted.kind
    # Whatever is kept there, it is asked for once: the rest of a host's records has no purpose of its own.
    purpose = _PURPOSES.get(kind, Purpose.BADGE_RECORD)
    places, refused = _places(address, kind, purpose)
    if need.preferred in places:
        places = (need.preferred, *(one for one in places if one != need.preferred))
    host = host_of(places[0]) if places else ""
    if refused is None and purpose is Purpose.STATUS_LIST and tracks(places[0], need.names):
        refused = reason(ReasonCode.REQUEST_TRACKING, host=host, address=address[:200])
    return Request(address, kind, places, host, purpose, refused)


def _places(address: str, kind: EvidenceKind, purpose: Purpose) -> tuple[tuple[str, ...], Reason | None]:
    """Return where a document may be asked for, or why it is not."""
    if kind is EvidenceKind.CONTEXT:
        return (), reason(ReasonCode.REQUEST_VOCABULARY, address=address[:200])
    if address.startswith("did:"):
        try:
            return (web_location(address),), None
        except KeysError as error:
            return (), error.reason
    return _web_places(address, purpose)


def _web_places(address: str, purpose: Purpose) -> tuple[tuple[str, ...], Reason | None]:
    scheme = address.partition(":")[0].lower()
    if scheme not in ("https", "http"):
        return (), reason(ReasonCode.REQUEST_SCHEME, found=f"{scheme}:"[:40])
    place = address.partition("#")[0]
    host = host_of(place)
    if not host or len(address) > MAX_URL_CHARS:
        return (), reason(ReasonCode.ADDRESS_UNREADABLE, found=address[:200])
    if scheme == "http" and purpose is not Purpose.BADGE_RECORD:
        return (place,), reason(ReasonCode.ADDRESS_INSECURE, host=host)
    metadata = issuer_metadata(address) if purpose is Purpose.ISSUER_KEY else ""
    return (place, metadata) if metadata else (place,), None
