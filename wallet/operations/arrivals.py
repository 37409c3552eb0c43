"""What came over the network: recognised, compared with what is known, and taken or refused.

A host's word is believed only about what belongs to it: a key document must name the one it was asked for
(DID resolution; attack D06), a withdrawal list must hold by its own seal and be no older than the one that is
kept (V11). Whatever is refused is not kept, and what was kept before stays.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final, Protocol

from wallet.codec.dates import format_datetime
from wallet.codec.strict_json import parse_object
from wallet.formats.parse import parse
from wallet.formats.revocation import read_revocation_list
from wallet.formats.statuslist import decode_status_list
from wallet.formats.tokenlist import decode_token_list
from wallet.keys.controller import controller_document
from wallet.model.credential import Credential
from wallet.model.errors import FormatError, TrustError, WalletError
from wallet.model.events import KeyChange
from wallet.model.evidence import EvidenceDocument, EvidenceKind, Grade, Verified
from wallet.model.limits import MAX_DID_DOCUMENT_BYTES
from wallet.model.network import Fetched, Purpose
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.model.report import Outcome, Report, Verdict
from wallet.trust import controllers
from wallet.trust.evidence_store import EvidenceStore, LayeredEvidence, MemoryEvidence, evidence_document
from wallet.trust.issuer_keys import issuer_metadata
from wallet.verify.pipeline import Expectation, judge

from .checking import Desk
from .network import host_of
from .requests import Request

if TYPE_CHECKING:  # who only checks a file loads nothing of a vault
    from .session import Session

_KEY_KINDS: Final = frozenset({EvidenceKind.DID_DOCUMENT, EvidenceKind.ISSUER_PROFILE, EvidenceKind.JWK_SET,
                               EvidenceKind.KEY})
_PROVEN_BAD: Final = frozenset({Verdict.INVALID, Verdict.MALFORMED, Verdict.UNSIGNED})
_IN_FORCE: Final = frozenset({Verdict.VALID, Verdict.EXPIRED, Verdict.NOT_YET_VALID})
#: Lists before Open Badges 2.0 are maps of names without a type; so are the apologies of many sites.
_ERROR_MEMBERS: Final = frozenset({"error", "errors", "message", "detail", "status", "code", "title", "id"})


class Shelf(EvidenceStore, Protocol):
    """Where fetched documents are kept, with each host's mark of its version."""

    def add(self, document: EvidenceDocument) -> KeyChange | None:
        """Keep a document; other versions stay. Return the change of keys it brings."""
        ...

    def etag(self, address: str, sha256: str) -> str:
        """Return the host's mark of these bytes, "" if there is none."""
        ...

    def keep_etag(self, address: str, etag: str, sha256: str) -> None:
        """Keep the host's mark of these bytes."""
        ...


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document that may be kept.

    Attributes:
        etag: The host's mark of it, "" if none.
        unchanged: Whether it is the version that was kept, confirmed today.
    """

    document: EvidenceDocument
    etag: str = ""
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an answer is not taken."""

    reason: Reason


class SessionShelf:
    """What an opened wallet keeps, and its ledger's marks of versions."""

    def __init__(self, session: Session) -> None:
        """Open the shelf of a session's vault."""
        from wallet.vault.ledger import VaultLedger  # noqa: PLC0415 - see above

        self._kept = session.kept
        self._ledger = VaultLedger(session.vault)

    def documents(self, address: str) -> tuple[EvidenceDocument, ...]:
        """Return the versions kept for an address, newest first."""
        return self._kept.documents(address)

    def add(self, document: EvidenceDocument) -> KeyChange | None:
        """Keep a document. Raises as `Vault.transaction`."""
        return self._kept.add(document)

    def etag(self, address: str, sha256: str) -> str:
        """Return the host's mark of these bytes."""
        return self._ledger.etag(address, sha256)

    def keep_etag(self, address: str, etag: str, sha256: str) -> None:
        """Keep it. Raises as `Vault.transaction`."""
        self._ledger.keep_etag(address, etag, sha256)


def received(request: Request, place: str, fetched: Fetched, before: EvidenceDocument | None, desk: Desk,
             now: datetime) -> Arrival | Refusal:
    """Take an answer in.

    Args:
        request: What was asked for.
        place: Where it was asked.
        fetched: What came.
        before: The version whose mark was sent along, None if none was.
        desk: Everything known, to judge a list by.
        now: The time it came.
    """
    if fetched.unchanged:
        if before is None:
            return Refusal(reason(ReasonCode.ANSWER_BROKEN, host=fetched.host))
        return Arrival(replace(before, fetched_at=now), unchanged=True)
    # What came without protection on its way could be anybody's: it is kept as that, and said to be.
    grade = Grade.FETCHED if fetched.secure else Grade.FETCHED_PLAIN
    # A key set that metadata names answers for it: what was in the metadata before is replaced by it.
    address = place if place == issuer_metadata(request.wanted) else request.wanted
    try:
        document = evidence_document(address, fetched.data, grade=grade, source=fetched.host, fetched_at=now)
    except TrustError as error:
        return _unusable(fetched, error.reason)
    if request.purpose is Purpose.ISSUER_KEY:
        problem = _key_problem(document, request.wanted, fetched)
    elif request.purpose is Purpose.STATUS_LIST:
        return _list(document, fetched, desk, now)
    else:
        problem = _elsewhere(fetched) or _record_problem(document, fetched)
    return problem or Arrival(document, fetched.etag)


def speaks_for_itself(fetched: Fetched) -> bool:
    """Tell whether the host that was asked is the one that answered, but for a "www.".

    Many sites send anybody on to wherever an address of theirs says. What comes from there has no seal and
    would be taken for the word of the site that sent us on.
    """
    asked, came = (host_of(one).removeprefix("www.") for one in (fetched.address, fetched.final_address))
    return asked == came


def has_no_keys(request: Request, document: EvidenceDocument) -> bool:
    """Tell whether keys were asked for and what came has no word about any, as a badge's profile need not."""
    if request.purpose is not Purpose.ISSUER_KEY:
        return False
    try:
        parsed = controller_document(parse_object(document.data, max_bytes=MAX_DID_DOCUMENT_BYTES),
                                     address=request.wanted)
    except WalletError:
        return True
    return parsed.is_silent


def key_set_address(request: Request, fetched: Fetched) -> str:
    """Return where an issuer's metadata says its keys are, "" unless it is such a document."""
    if request.purpose is not Purpose.ISSUER_KEY or fetched.address != issuer_metadata(request.wanted):
        return ""
    address = controllers.key_set_address(request.wanted, fetched.data)
    return address if host_of(address) else ""


def _key_problem(document: EvidenceDocument, wanted: str, fetched: Fetched) -> Refusal | None:
    try:
        controller_document(parse_object(document.data, max_bytes=MAX_DID_DOCUMENT_BYTES), address=wanted)
    except WalletError as error:
        why = error.reason
        if why.code is ReasonCode.DID_DOCUMENT_MALFORMED and why["what"] in ("id", "issuer"):
            found = why["found"]
            return Refusal(reason(ReasonCode.ANSWER_OTHER_ID, host=fetched.host, found=found[:200])) \
                if found != str(None) else _unusable(fetched, why)
        return _unusable(fetched, why)
    if document.kind not in _KEY_KINDS:
        return _unusable(fetched, reason(ReasonCode.EVIDENCE_UNREADABLE))
    return None


def _elsewhere(fetched: Fetched) -> Refusal | None:
    if speaks_for_itself(fetched):
        return None
    return Refusal(reason(ReasonCode.REDIRECT_ELSEWHERE, host=host_of(fetched.address),
                          found=host_of(fetched.final_address)))


def _record_problem(document: EvidenceDocument, fetched: Fetched) -> Refusal | None:
    try:
        parse_object(document.data)
    except WalletError as error:
        return _unusable(fetched, error.reason)
    if document.kind is EvidenceKind.CONTEXT:
        return Refusal(reason(ReasonCode.REQUEST_VOCABULARY, address=document.address[:200]))
    return None


def _list(document: EvidenceDocument, fetched: Fetched, desk: Desk, now: datetime) -> Arrival | Refusal:
    """Take a withdrawal list that holds, and is no older than what is kept."""
    try:
        read = _read_list(document, desk, now)
    except WalletError as error:
        return _unusable(fetched, error.reason)
    if read is None:  # a kind that nobody seals: its host's word is all there is
        return _elsewhere(fetched) or Arrival(document, fetched.etag)
    dated, report = read
    if report.verdict in _PROVEN_BAD:
        return _unusable(fetched, _first_problem(report))
    known = _newer(document.address, dated, desk, now) if dated is not None else None
    if dated is not None and known is not None:
        return Refusal(reason(ReasonCode.ANSWER_OLDER, host=fetched.host, dated=format_datetime(dated),
                              date=format_datetime(known)))
    if report.verdict in _IN_FORCE:
        document = replace(document, verified=(*document.verified, Verified.OWN_SEAL))
    return Arrival(document, fetched.etag)


def _read_list(document: EvidenceDocument, desk: Desk,
               now: datetime) -> tuple[datetime | None, Report] | None:
    """Return a list's own date and what is to be said of its seal, None for a kind without a seal.

    Raises:
        WalletError: It is no list, or cannot be decoded.
    """
    if document.kind is not EvidenceKind.STATUS_LIST:
        record = read_revocation_list(document.data)
        if record is None or (document.kind is EvidenceKind.OTHER and _ERROR_MEMBERS & record.revoked.keys()):
            raise FormatError(reason(ReasonCode.STATUS_LIST_MALFORMED))
        return None
    listed = parse(document.data)
    if not isinstance(listed, Credential):
        raise FormatError(reason(ReasonCode.STATUS_LIST_MALFORMED))
    if "status_list" in listed.document:
        decode_token_list(listed.document)
    else:
        decode_status_list(listed.document)
    # Its own list, if it names one, is not looked at: a list about a list could go on for ever (V16).
    alone = replace(listed, statuses=())
    with_it = replace(desk, evidence=LayeredEvidence((MemoryEvidence((document,)), desk.evidence)))
    evidence = with_it.gather(alone)
    return listed.valid_from, judge(alone, evidence, at=now, expectation=Expectation())


def _newer(address: str, dated: datetime, desk: Desk, now: datetime) -> datetime | None:
    """Return the date of the newest list at hand that may be believed, if it is newer than another's.

    A list from the future says nothing. Many versions may be kept, and hardly ever one that is newer: only
    that one is judged.
    """
    found = []
    for document in desk.evidence.documents(address):
        if document.grade is Grade.SENDER or document.kind is not EvidenceKind.STATUS_LIST:
            continue
        try:
            listed = parse(document.data)
        except WalletError:
            continue
        if isinstance(listed, Credential) and listed.valid_from and dated < listed.valid_from <= now:
            found.append((listed.valid_from, document))
    for moment, document in sorted(found, key=lambda one: one[0], reverse=True):
        try:
            read = _read_list(document, desk, now)
        except WalletError:
            continue
        if read and read[1].verdict not in _PROVEN_BAD:
            return moment
    return None


def _first_problem(report: Report) -> Reason:
    failed = next((check for check in report.checks if check.outcome is Outcome.FAILED), report.checks[0])
    return failed.reason


def _unusable(fetched: Fetched, why: Reason) -> Refusal:
    return Refusal(reason(ReasonCode.ANSWER_UNUSABLE, host=fetched.host, because=why.code.value))
