"""Issuer lists: who says whom they know, as of when, and whether that can still be asked.

A list answers in one of several ways, and they are never mixed up: it names the issuer, it does not, it did
and has ended, it could not be looked into. Here are the words for that and the lists that are one file:

- the legacy registry of the Digital Credentials Consortium, `{"meta", "registry": {id: {name, location,
  url}}}`; the lists at registries.learncard.com have the same shape, as their documentation shows it
  ("Trust Registries" of the LearnCard guide);
- an array of `{"name", "id", "url", "note"}`, and the same under `issuers` beside `name`, `version`, `date`
  and `expires`, which a school or an employer can write by hand;
- that last one as a compact JWS. Whatever claims to be sealed must be, by a key that was pinned before.

Federations are in `federation`, lists of lists in `list_of_lists`, web domains in `domains`. What being
listed means for a verdict is in `verify.checks.recognition`: nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum, unique
from typing import TYPE_CHECKING, Any, Final, Protocol

from wallet.codec.dates import format_datetime, parse_datetime
from wallet.codec.encoding import split_jws
from wallet.codec.strict_json import parse_json
from wallet.model.errors import CodecError, ProofError, TrustError
from wallet.model.evidence import EvidenceUsed, Grade, Wanted
from wallet.model.limits import MAX_EVIDENCE_BYTES, MAX_URL_CHARS
from wallet.model.reasons import Reason, ReasonCode, reason

from .anchors import Anchor, is_trust_list, trust_list

if TYPE_CHECKING:  # most lists are sealed by nobody
    from wallet.keys.keypair import PublicKey

MAX_NAME_CHARS: Final = 300  # a name is one line
_MAX_LIST_NODES: Final = 400_000  # about fifty thousand issuers
#: Members by which a document says that it is sealed.
_CLAIMS_A_SEAL: Final = ("proof", "signature", "signatures", "payload")


@unique
class Listing(StrEnum):
    """What a list answers about one issuer."""

    LISTED = "listed"
    DOMAIN = "domain"  # the list knows to whom the web address belongs, and nothing more
    SILENT = "silent"  # a list of web addresses that does not know this one
    ABSENT = "absent"
    ENDED = "ended"  # it named the issuer, and what it said has passed its own end
    UNCHECKED = "unchecked"  # the list, or its answer, is not here or cannot be believed


@dataclass(frozen=True, slots=True)
class ListedIssuer:
    """What a list says about one issuer. All of it is untrusted plain text."""

    id: str
    name: str
    url: str = ""
    note: str = ""
    legal_name: str = ""
    ror: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One list's answer.

    Attributes:
        list: What the list is called.
        issuer: What it says; None unless it names the issuer or its web address.
        date: As of when it says so.
        until: When what it says ends, None where it does not.
        origin: "shipped" where the list came with the program, "federation" where it was asked, else "".
        because: Why it could not be looked into.
        evidence: What the answer rests on.
        wanted: What would have answered.
    """

    listing: Listing
    list: str
    issuer: ListedIssuer | None = None
    date: datetime | None = None
    until: datetime | None = None
    origin: str = ""
    because: Reason | None = None
    evidence: tuple[EvidenceUsed, ...] = ()
    wanted: tuple[Wanted, ...] = ()


class IssuerList(Protocol):
    """A list that can be asked. Never fetches."""

    @property
    def name(self) -> str:
        """Return what the list is called here."""
        ...

    @property
    def date(self) -> datetime | None:
        """Return when it says it was updated; None where it does not say."""
        ...

    @property
    def anchors(self) -> tuple[Anchor, ...]:
        """Return certificates that the list vouches for; empty for a list of issuers."""
        ...

    def ask(self, issuer_id: str, at: datetime) -> Answer:
        """Answer for that exact id, at that time. Never raises for what is in the list."""
        ...


@dataclass(frozen=True, slots=True)
class ListFile:
    """A list that is one file.

    Attributes:
        issuers: By exact issuer id.
        version: Its number, 0 where it has none.
        expires: When it ends, None where it does not say.
        signer: Thumbprint of the key that sealed it, "" for a list that is not sealed.
        used: The document it was read from, None for one that is in no store.
    """

    name: str
    date: datetime | None
    issuers: Mapping[str, ListedIssuer]
    anchors: tuple[Anchor, ...] = ()
    version: int = 0
    expires: datetime | None = None
    signer: str = ""
    used: EvidenceUsed | None = field(default=None, compare=False)

    def find(self, issuer_id: str) -> ListedIssuer | None:
        """Return what the list says about that exact id, or None."""
        return self.issuers.get(issuer_id)

    def ask(self, issuer_id: str, at: datetime) -> Answer:
        """Answer for that exact id; a list that has ended names nobody any more."""
        found = self.find(issuer_id)
        evidence = (self.used,) if self.used else ()
        origin = "shipped" if self.used and self.used.grade is Grade.SHIPPED else ""
        if self.expires and at >= self.expires:
            why = reason(ReasonCode.LIST_ENDED, name=self.name, date=format_datetime(self.expires))
            listing = Listing.ENDED if found else Listing.UNCHECKED
            return Answer(listing, self.name, found, self.date, self.expires, origin, why, evidence)
        listing = Listing.LISTED if found else Listing.ABSENT
        return Answer(listing, self.name, found, self.date, self.expires, origin, evidence=evidence)


@dataclass(frozen=True, slots=True)
class MissingList:
    """A list that should be asked and cannot be: not here yet, unreadable, of a kind we do not know."""

    name: str
    because: Reason
    wanted: tuple[Wanted, ...] = ()
    date: datetime | None = None
    anchors: tuple[Anchor, ...] = ()

    def ask(self, issuer_id: str, at: datetime) -> Answer:  # noqa: ARG002 - the port's signature
        """Say that nobody looked."""
        return Answer(Listing.UNCHECKED, self.name, because=self.because, wanted=self.wanted)


@dataclass(frozen=True, slots=True)
class Recognition:
    """What all lists together say about one issuer.

    Attributes:
        best: The first list that names it; else one that did until it ended; else a known web address.
        unchecked: The lists that could not be looked into.
        asked: How many lists of issuers answered.
    """

    best: Answer | None
    unchecked: tuple[Answer, ...] = ()
    asked: int = 0


_NOBODY_ASKED: Final = Recognition(None)


def recognise(lists: Sequence[IssuerList], issuer_id: str, at: datetime) -> Recognition:
    """Ask every list; their order is their authority, and the first that names the issuer speaks."""
    if not lists:
        return _NOBODY_ASKED
    answers = [one.ask(issuer_id, at) for one in lists if not one.anchors]
    best = next((one for wanted in (Listing.LISTED, Listing.ENDED, Listing.DOMAIN)
                 for one in answers if one.listing is wanted), None)
    unchecked = tuple(one for one in answers if one.listing is Listing.UNCHECKED)
    asked = sum(one.listing in (Listing.LISTED, Listing.ABSENT) for one in answers)
    return Recognition(best, unchecked, asked)


def issuer_list(data: bytes, *, name: str, key: PublicKey | None = None,
                used: EvidenceUsed | None = None) -> ListFile:
    """Read a list that is one file.

    Args:
        data: The file's bytes.
        name: What to call the list.
        key: The pinned key of those who keep it; None for a list that nobody seals.
        used: Where the bytes are kept.

    Raises:
        TrustError: EVIDENCE_UNREADABLE, with what is wrong in `found`; LIST_KEY_MISSING, LIST_SEAL or
            LIST_UNSEALED, where its seal is missing, is not by that key, or cannot be checked.
    """
    if is_trust_list(data):
        found = trust_list(data, name=name)
        return ListFile(name, found.date, {}, found.anchors, used=used)
    if data.strip()[:1] not in (b"{", b"["):
        return _sealed(data, name, key, used)
    document = _json(data, name)
    if isinstance(document, dict) and any(member in document for member in _CLAIMS_A_SEAL):
        why = ReasonCode.PROOF_UNSUPPORTED  # a seal that we cannot check is not a seal that holds
        raise TrustError(reason(ReasonCode.LIST_SEAL, name=name, because=why.value))
    if key is not None:
        raise TrustError(reason(ReasonCode.LIST_UNSEALED, name=name))
    return _from_document(document, name, used)


def demand_successor(kept: ListFile, offered: ListFile) -> None:
    """Refuse a version that may not take the place of the one at hand.

    Raises:
        TrustError: LIST_UNSEALED where the one at hand is sealed; LIST_OLDER where it is newer by its number,
            or by its date where it has no number.
    """
    if kept.signer and not offered.signer:
        raise TrustError(reason(ReasonCode.LIST_UNSEALED, name=offered.name))
    if offered.version < kept.version or (offered.version == kept.version and offered != kept
                                          and bool(kept.version)):
        raise TrustError(reason(ReasonCode.LIST_OLDER, name=offered.name, found=str(offered.version),
                                kept=str(kept.version)))
    if not kept.version and kept.date and (offered.date is None or offered.date < kept.date):
        dated = format_datetime(offered.date) if offered.date else ""
        raise TrustError(reason(ReasonCode.LIST_OLDER, name=offered.name, dated=dated,
                                recorded=format_datetime(kept.date)))


def unreadable(name: str, found: str) -> TrustError:
    """Return the error for a list that cannot be read."""
    return TrustError(reason(ReasonCode.EVIDENCE_UNREADABLE, name=name, found=found))


def plain_text(value: Any) -> str:
    """Return one bounded line of untrusted text, "" for anything that is none."""
    return value.strip()[:MAX_NAME_CHARS] if isinstance(value, str) else ""


def list_date(value: Any) -> datetime | None:
    """Read a list's own date. Days alone, and offsets without a colon, are common in these files."""
    if not isinstance(value, str):
        return None
    for shape in ("", "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d"):
        try:
            # A day has no zone; it gets UTC below.
            moment = (datetime.strptime(value, shape) if shape  # noqa: DTZ007 - see above
                      else parse_datetime(value)[0])
        except (ValueError, CodecError):
            continue
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None


def _sealed(data: bytes, name: str, key: PublicKey | None, used: EvidenceUsed | None) -> ListFile:
    try:
        jws = split_jws(data.strip().decode("ascii"))
    except UnicodeDecodeError as error:
        raise unreadable(name, "shape") from error
    except CodecError as error:
        if error.reason.code is ReasonCode.ALGORITHM_REFUSED:
            raise TrustError(reason(ReasonCode.LIST_SEAL, name=name,
                                    because=error.reason.code.value)) from error
        raise unreadable(name, error.reason.code.value) from error
    if key is None:
        raise TrustError(reason(ReasonCode.LIST_KEY_MISSING, name=name))
    from wallet.proofs.jws import verify_jws  # noqa: PLC0415 - see above

    try:
        verify_jws(jws, key)
    except ProofError as error:
        raise TrustError(reason(ReasonCode.LIST_SEAL, name=name, because=error.reason.code.value)) from error
    document = _json(jws.payload, name)
    # RFC 8725 §3.11 in spirit: what was sealed as something else, by the same key, is no list.
    if not isinstance(document, dict) or not isinstance(document.get("issuers"), list):
        raise unreadable(name, "issuers")
    found = _from_document(document, name, used)
    if not found.version or found.expires is None:
        raise unreadable(name, "expires" if found.version else "version")
    return ListFile(found.name, found.date, found.issuers, (), found.version, found.expires, key.thumbprint,
                    used)


def _json(data: bytes, name: str) -> Any:
    try:
        return parse_json(data, max_bytes=MAX_EVIDENCE_BYTES, max_nodes=_MAX_LIST_NODES)
    except CodecError as error:
        raise unreadable(name, error.reason.code.value) from error


def _from_document(document: Any, name: str, used: EvidenceUsed | None) -> ListFile:
    if isinstance(document, list):
        return ListFile(name, None, _index(_plain(document, name), name), used=used)
    if isinstance(document, dict) and isinstance(document.get("registry"), dict):
        meta = document.get("meta")
        updated = meta.get("updated", meta.get("created")) if isinstance(meta, dict) else None
        return ListFile(name, list_date(updated), _index(_legacy(document["registry"], name), name),
                        used=used)
    if isinstance(document, dict) and isinstance(document.get("issuers"), list):
        version, expires = document.get("version", 0), document.get("expires")
        if isinstance(version, bool) or not isinstance(version, int) or version < 0:
            raise unreadable(name, "version")
        ends = list_date(expires)
        if expires is not None and ends is None:  # an end that cannot be read may have passed
            raise unreadable(name, "expires")
        issuers = _index(_plain(document["issuers"], name), name)
        return ListFile(name, list_date(document.get("date")), issuers, (), version, ends, used=used)
    raise unreadable(name, "shape")


def _plain(entries: list[Any], name: str) -> Iterator[ListedIssuer]:
    for entry in entries:
        if not isinstance(entry, dict):
            raise unreadable(name, "entry")
        yield _issuer(entry.get("id"), entry, name)


def _legacy(registry: dict[str, Any], name: str) -> Iterator[ListedIssuer]:
    for issuer_id, entry in registry.items():
        if not isinstance(entry, dict):
            raise unreadable(name, issuer_id[:100])
        yield _issuer(issuer_id, entry, name)


def _issuer(issuer_id: Any, entry: dict[str, Any], name: str) -> ListedIssuer:
    if not isinstance(issuer_id, str) or ":" not in issuer_id or len(issuer_id) > MAX_URL_CHARS:
        raise unreadable(name, "id")
    title = plain_text(entry.get("name"))
    if not title:
        raise unreadable(name, issuer_id[:100])
    note = entry.get("note", entry.get("location"))
    return ListedIssuer(issuer_id, title, plain_text(entry.get("url")), plain_text(note))


def _index(issuers: Iterable[ListedIssuer], name: str) -> Mapping[str, ListedIssuer]:
    table: dict[str, ListedIssuer] = {}
    for issuer in issuers:
        if issuer.id in table:
            raise unreadable(name, issuer.id[:100])  # two names for one id: neither can be believed
        table[issuer.id] = issuer
    return table

