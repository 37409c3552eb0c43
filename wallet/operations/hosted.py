"""Badges that have no seal: their records on the issuer's website, brought in, kept with dates, compared.

An award before Open Badges 3.0 is three documents and a picture: assertion, badge class, issuer, image. Each
is asked for once, through the door, and kept under its own address as it came; every version stays. A later
look compares them member by member: what changed is named, and what is gone leaves the copy there was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum, unique
from typing import Final

from wallet.codec.strict_json import dump_json, parse_object
from wallet.formats.openbadges2 import record_address
from wallet.formats.parse import parse
from wallet.formats.pictures import JPEG_MAGIC, PNG_MAGIC
from wallet.model.credential import Carrier, Credential, EvidenceClass, JsonObject
from wallet.model.errors import CodecError, TrustError, WalletError
from wallet.model.evidence import EvidenceDocument, EvidenceKind, Grade
from wallet.model.limits import MAX_FILE_BYTES, MAX_PICTURE_BYTES
from wallet.model.links import Link, LinkKind
from wallet.model.network import Fetched, FetchOutcome, Order, Purpose
from wallet.model.reasons import Reason, ReasonCode
from wallet.model.stored import Changes, StoredCredential
from wallet.trust.badge_records import badge_records, completed
from wallet.trust.evidence_store import evidence_document
from wallet.trust.issuer_keys import wanted_document
from wallet.vault.links import VaultLinks
from wallet.verify.gather import gather

from .arrivals import speaks_for_itself
from .checking import desk_of
from .intake import ImportOutcome, ImportRow, import_bytes
from .library import check_again, evidence_for, load_credential
from .network import Door, FetchError, host_of
from .online import Answer, FetchSummary, fetch_documents, session_shelf
from .progress import Progress, SilentProgress
from .requests import Need, missing_needs, plan
from .session import Session

__all__ = ["Brought", "HostedOutcome", "HostedRefresh", "HostedRow", "bring_badge", "bring_picture",
           "keep_data", "keep_fetched", "refresh_hosted"]

#: An award names its badge class, that its issuer, that its keys.
_MAX_ROUNDS: Final = 4
_PICTURES: Final = ("image/png", "image/jpeg", "image/*")
_GONE: Final = frozenset({FetchOutcome.MISSING, FetchOutcome.GONE})
_HERE: Final = frozenset({ImportOutcome.ADDED, ImportOutcome.KNOWN, ImportOutcome.REPLACES})


@dataclass(frozen=True, slots=True)
class Brought:
    """What one address brought.

    Attributes:
        rows: One per credential that was found, kept or not.
        asked: What became of the requests for its records.
        page: The title of a page that holds no credential; it can be kept as a document with its link.
        address: The address, without what would tell who asks.
        problem: Why there are no rows, None if there are.
    """

    rows: tuple[ImportRow, ...] = ()
    asked: FetchSummary = field(default_factory=FetchSummary)
    page: str = ""
    address: str = ""
    problem: Reason | None = None

    @property
    def changes(self) -> Changes:
        """What it changed."""
        ids = {one for row in self.rows for one in (row.credential_id, row.replaced_id) if one}
        return Changes(frozenset(ids), evidence=bool(ids))


@unique
class HostedOutcome(StrEnum):
    """What a later look at the records of one badge found, worst first."""

    GONE = "gone"  # nothing is at its address any more; the copy stays
    CHANGED = "changed"
    UNREACHABLE = "unreachable"  # nobody answered, or not with a record; the copy stays
    NEW = "new"  # there was no copy before
    SAME = "same"


@dataclass(frozen=True, slots=True)
class HostedRow:
    """One badge after a later look.

    Attributes:
        changed: Members that differ from the copy before, as `badge.criteria`.
        reason: Why something did not come, None if all of it did.
    """

    credential_id: str
    title: str
    outcome: HostedOutcome
    changed: tuple[str, ...] = ()
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class HostedRefresh:
    """A later look at all badges without a seal."""

    rows: tuple[HostedRow, ...] = ()
    asked: FetchSummary = field(default_factory=FetchSummary)
    changes: Changes = field(default_factory=Changes)

    def count(self, outcome: HostedOutcome) -> int:
        """Return how many ended so."""
        return sum(row.outcome is outcome for row in self.rows)


def bring_badge(session: Session, address: str, door: Door) -> Brought:
    """Ask for the record of one badge and for everything it names, and keep the badge.

    Args:
        session: The opened wallet.
        address: Of the record itself, or of a picture with the badge in it.
        door: By whose leave.

    Raises:
        FetchError: The record did not come.
        VaultError: As `Vault.transaction`.
    """
    return keep_fetched(session, ask(door, address), door)


def ask(door: Door, address: str) -> Fetched:
    """Ask for something that may be a credential, a page or a picture. Raises as `Door.get`."""
    plain = address.lower().startswith("http:")
    return door.get(Order(address, Purpose.CREDENTIAL, max_bytes=MAX_FILE_BYTES, legacy_http=plain))


def keep_fetched(session: Session, fetched: Fetched, door: Door) -> Brought:
    """Keep what came from an address, with the records and the picture it names.

    Raises:
        VaultError: As `Vault.transaction`.
    """
    _keep_as_record(session, fetched)
    name = fetched.final_address.partition("?")[0].rstrip("/").rpartition("/")[2] or fetched.host
    brought = keep_data(session, fetched.data, name, door)
    links = VaultLinks(session.vault)
    for row in brought.rows:
        if row.outcome in _HERE:
            links.add(row.credential_id, [Link(fetched.address, LinkKind.PAGE)])
    return replace(brought, address=fetched.address)


def keep_data(session: Session, data: bytes, name: str, door: Door) -> Brought:
    """Keep a credential that is at hand, after asking for what it names. Raises as `keep_fetched`."""
    try:
        parsed = parse(data, name=name)
    except WalletError:
        parsed = None
    asked = _ask_for_records(session, parsed, door) if isinstance(parsed, Credential) else FetchSummary()
    rows = import_bytes(session, data, name).rows
    known = [row.credential_id for row in rows if row.outcome is ImportOutcome.KNOWN]
    if known:
        check_again(session, known)
    for row in rows:
        if row.outcome in _HERE:
            bring_picture(session, row.credential_id, door)
    problem = next((row.reason for row in rows if row.reason), None)
    return Brought(rows, asked, problem=None if any(row.outcome in _HERE for row in rows) else problem)


def bring_picture(session: Session, credential_id: str, door: Door) -> bool:
    """Ask for the picture of a badge and keep it; return whether it is here now.

    Nothing that is shown ever asks for it: only this wish does. A picture that does not come is no fault.
    """
    credential = load_credential(session, credential_id)
    named = completed(credential, evidence_for(session, credential_id, credential).lookup)
    address = named.achievement.picture_url
    if not address.startswith("https://") or named.achievement.picture:
        return False
    if session.kept.documents(address):
        return True
    try:
        fetched = door.get(Order(address, Purpose.PICTURE, _PICTURES, MAX_PICTURE_BYTES))
    except FetchError:
        return False
    if not fetched.data.startswith((PNG_MAGIC, JPEG_MAGIC)):
        return False
    digest = hashlib.sha256(fetched.data).hexdigest()
    session.kept.add(EvidenceDocument(address, EvidenceKind.PICTURE, fetched.data, digest, Grade.FETCHED,
                                      fetched.host, session.now()))
    return True


def refresh_hosted(session: Session, door: Door, *, ids: Iterable[str] | None = None,
                   progress: Progress | None = None) -> HostedRefresh:
    """Look again at the records of badges without a seal, compare them with the copies, and judge anew.

    Each document is asked for once, however many badges name it.

    Args:
        session: The opened wallet.
        door: By whose leave.
        ids: Which; None for all in the library.
        progress: Is told, and asked whether to stop.

    Raises:
        VaultError: CREDENTIAL_NOT_FOUND, DISK_FULL and kin; what came before is kept.
    """
    chosen = None if ids is None else {session.vault.get(one).id for one in ids}
    stored = [one for one in session.vault.list() if one.evidence_class is EvidenceClass.HOSTED
              and (chosen is None or one.id in chosen)]
    before: dict[str, EvidenceDocument | None] = {}
    asked = FetchSummary()
    badges = [_Badge.of(session, one) for one in stored]
    for _ in range(_MAX_ROUNDS):
        new = {address for badge in badges for address in badge.parts} - before.keys()
        if not new or asked.cancelled:
            break
        before |= {address: next(iter(session.kept.documents(address)), None) for address in sorted(new)}
        needs = [Need(wanted_document(address, EvidenceKind.BADGE_RECORD)) for address in sorted(new)]
        asked |= fetch_documents(plan(needs), session_shelf(session), door, lambda: desk_of(session),
                                 progress=progress or SilentProgress())
        badges = [_Badge.of(session, one) for one in stored]
    answers = {one.request.wanted: one for one in asked.answers}
    for badge in badges:
        answer = answers.get(badge.record)
        if answer is not None and answer.outcome in _GONE:
            _mark_gone(session, badge.record)
    touched = [badge for badge in badges if any(one in answers for one in badge.parts)]
    check_again(session, [badge.stored.id for badge in touched])
    rows = tuple(badge.row(before, answers) for badge in touched)
    changes = Changes(frozenset(row.credential_id for row in rows), evidence=bool(asked.kept))
    return HostedRefresh(rows, asked, changes)


@dataclass(frozen=True, slots=True)
class _Badge:
    """One kept badge and where its documents are.

    Attributes:
        record: The address of its own record.
        parts: What each address is called in a comparison.
    """

    stored: StoredCredential
    record: str
    parts: dict[str, str]

    @classmethod
    def of(cls, session: Session, stored: StoredCredential) -> _Badge:
        credential = load_credential(session, stored.id)
        records = badge_records(credential, evidence_for(session, stored.id, credential).lookup)
        if records is None:
            return cls(stored, "", {})
        named = ((records.assertion.address, ""), (records.badge.address, "badge."),
                 (records.issuer.address, "badge.issuer."))
        return cls(stored, records.assertion.address, {address: name for address, name in named if address})

    def row(self, before: dict[str, EvidenceDocument | None], answers: dict[str, Answer]) -> HostedRow:
        changed: list[str] = []
        found = {HostedOutcome.SAME}
        why: Reason | None = None
        for address, prefix in self.parts.items():
            answer, copy = answers.get(address), before[address]
            if answer is None:
                continue
            if answer.document is None:
                gone = address == self.record and answer.outcome in _GONE
                found.add(HostedOutcome.GONE if gone else HostedOutcome.UNREACHABLE)
                why = why or answer.reason
            elif copy is None:
                found.add(HostedOutcome.NEW)
            else:
                changed += [prefix + name for name in _differing(copy.data, answer.document.data)]
        if changed:
            found.add(HostedOutcome.CHANGED)
        worst = next(one for one in HostedOutcome if one in found)
        return HostedRow(self.stored.id, self.stored.title, worst, tuple(changed), why)


def _ask_for_records(session: Session, credential: Credential, door: Door) -> FetchSummary:
    """Ask for what a credential names, then for what that names, until nothing new is named."""
    done = FetchSummary()
    asked: set[str] = set()
    for _ in range(_MAX_ROUNDS):
        evidence = gather(credential, session.evidence, session.contexts, session.lists)
        new = [one for one in plan(missing_needs(credential, evidence)) if one.wanted not in asked]
        if not new:
            break
        asked |= {one.wanted for one in new}
        done |= fetch_documents(new, session_shelf(session), door, lambda: desk_of(session))
    return done


def _keep_as_record(session: Session, fetched: Fetched) -> None:
    """Keep what came as the record of its address, if that is what it says it is."""
    try:
        parsed = parse(fetched.data)
    except WalletError:
        return
    if not isinstance(parsed, Credential) or parsed.evidence_class is not EvidenceClass.HOSTED:
        return
    address = record_address(parsed)
    itself = (fetched.address, fetched.final_address) if speaks_for_itself(fetched) else (
        fetched.final_address,)
    if parsed.original.carrier is not Carrier.JSON or address not in itself:
        return  # it names another place: that is asked for, like any record
    grade = Grade.FETCHED if fetched.secure else Grade.FETCHED_PLAIN
    try:
        session.kept.add(evidence_document(address, fetched.data, grade=grade, source=fetched.host,
                                           fetched_at=session.now()))
    except TrustError:
        return


def _mark_gone(session: Session, address: str) -> None:
    """Put a note of ours in the place of a record that is gone; the copies before it stay.

    The newest document at an address is what its host says now. That it says nothing is an answer too.
    """
    if not session.kept.documents(address):
        return
    data = dump_json({"note": ReasonCode.HOSTED_GONE.value})
    session.kept.add(evidence_document(address, data, grade=Grade.FETCHED, source=host_of(address),
                                       fetched_at=session.now()))


def _differing(before: bytes, after: bytes) -> Sequence[str]:
    """Name the members that differ between two copies of a record."""
    old, new = _members(before), _members(after)
    return [name for name in sorted({**old, **new}) if old.get(name) != new.get(name)]


def _members(data: bytes) -> JsonObject:
    try:
        return parse_object(data)
    except CodecError:
        return {}
