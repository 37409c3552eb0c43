"""A later look at badges without a seal: their web records, compared member by member with the copies before.

What changed is named, and what is gone leaves the copy there was. Each change also leaves a line in the log
when it is kept (`vault.evidence`). How such a badge is brought in is in `hosted`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum, unique
from typing import Final

from wallet.model.credential import EvidenceClass
from wallet.model.evidence import EvidenceDocument, EvidenceKind, Grade
from wallet.model.network import FetchOutcome, Purpose
from wallet.model.reasons import Reason
from wallet.model.stored import Changes, StoredCredential
from wallet.trust.badge_records import badge_records
from wallet.trust.evidence_store import evidence_document
from wallet.trust.issuer_keys import wanted_document
from wallet.trust.record_changes import GONE_NOTE, differing

from .batch import Answer
from .checking import desk_of
from .library import check_again
from .network import Door, host_of
from .one_pass import Pass, kept_credential
from .online import FetchSummary, fetch_documents, session_shelf
from .progress import Progress, SilentProgress
from .requests import Need, plan
from .session import Session

_MAX_ROUNDS: Final = 4  # an award names its badge class, that its issuer, that its keys
_FROM_THE_WEB: Final = (Grade.FETCHED, Grade.FETCHED_PLAIN)
_GONE: Final = frozenset({FetchOutcome.MISSING, FetchOutcome.GONE})


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
    look = HostedLook(session, [one for one in session.vault.list() if chosen is None or one.id in chosen])
    found = look.finish(door, FetchSummary(), progress or SilentProgress())
    check_again(session, [row.credential_id for row in found.rows])
    return found


class HostedLook:
    """One look, begun before anything is asked, so that what comes can be compared with the copies."""

    def __init__(self, session: Session, among: Iterable[StoredCredential],
                 since: datetime | None = None) -> None:
        """Note what is kept now.

        Args:
            session: The opened wallet.
            among: Credentials; those with a seal are left out.
            since: When the pass began that this goes on with: what came since is what came in it. None for
                a new pass.
        """
        self._session, self._since = session, since
        self._stored = [one for one in among if one.evidence_class is EvidenceClass.HOSTED]
        self._before: dict[str, EvidenceDocument | None] = {}
        self._badges = self._read()
        self._note(self.addresses)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where the records of these badges are, as far as their copies say."""
        return tuple(dict.fromkeys(address for badge in self._badges for address in badge.parts))

    @property
    def needs(self) -> tuple[Need, ...]:
        """What is to be asked for."""
        return tuple(Need(wanted_document(one, EvidenceKind.BADGE_RECORD)) for one in self.addresses)

    def finish(self, door: Door, done: FetchSummary, progress: Progress) -> HostedRefresh:
        """Ask for what was not asked for yet, and compare. Judging again is left to the caller.

        Args:
            door: By whose leave.
            done: What became of requests that were made since this was begun; they are not made again.
            progress: Is told, and asked whether to stop.

        Raises:
            VaultError: As `fetch_documents`; what came before is kept.
        """
        session, asked = self._session, FetchSummary()
        for _ in range(_MAX_ROUNDS):
            self._badges = self._read()
            self._note(self.addresses)
            known = {one.request.wanted for one in (done | asked).answers if not _only_no_key(one)}
            new = [one for one in self.needs if one.wanted.address not in known
                   and not self._came(one.wanted.address)]
            if not new or asked.cancelled:
                break
            asked |= fetch_documents(plan(new), session_shelf(session), door, lambda: desk_of(session),
                                     progress=progress)
        answers = {one.request.wanted: one for one in (done | asked).answers}
        for badge in self._badges:
            answer = answers.get(badge.record)
            if answer is not None and answer.outcome in _GONE:
                _mark_gone(session, badge.record)
        came = {address: document for address in self.addresses if (document := self._came(address))}
        touched = [one for one in self._badges if any(part in answers or part in came for part in one.parts)]
        rows = tuple(badge.row(self._before, answers, came) for badge in touched)
        changes = Changes(frozenset(row.credential_id for row in rows), evidence=bool(asked.kept))
        return HostedRefresh(rows, asked, changes)

    def _read(self) -> list[_Badge]:
        over = Pass(self._session)
        return [_Badge.of(self._session, one, over) for one in self._stored]

    def _note(self, addresses: Iterable[str]) -> None:
        for address in addresses:
            if address not in self._before:
                kept = self._session.kept.documents(address)
                self._before[address] = next((one for one in kept if not self._is_new(one)), None)

    def _came(self, address: str) -> EvidenceDocument | None:
        """Return what came in the interrupted pass that this goes on with."""
        newest = next(iter(self._session.kept.documents(address)), None) if self._since else None
        arrived = newest.fetched_at if newest and newest.grade in _FROM_THE_WEB else None
        return newest if arrived and self._since and arrived >= self._since else None

    def _is_new(self, document: EvidenceDocument) -> bool:
        first = document.first_seen
        return self._since is not None and first is not None and first >= self._since


def _only_no_key(answer: Answer) -> bool:
    """Whether a document was asked for as one of keys and not taken as that: as a record it may be good."""
    return (answer.document is None and answer.outcome is FetchOutcome.REFUSED
            and answer.request.purpose is Purpose.ISSUER_KEY)


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
    def of(cls, session: Session, stored: StoredCredential, over: Pass) -> _Badge:
        credential = kept_credential(session, stored)
        records = badge_records(credential, over.evidence(stored, credential).lookup)
        if records is None:
            return cls(stored, "", {})
        named = ((records.assertion.address, ""), (records.badge.address, "badge."),
                 (records.issuer.address, "badge.issuer."))
        return cls(stored, records.assertion.address, {address: name for address, name in named if address})

    def row(self, before: dict[str, EvidenceDocument | None], answers: dict[str, Answer],
            came: dict[str, EvidenceDocument]) -> HostedRow:
        changed: list[str] = []
        found = {HostedOutcome.SAME}
        why: Reason | None = None
        for address, prefix in self.parts.items():
            answer, copy = answers.get(address), before[address]
            document = answer.document if answer else came.get(address)
            if answer is not None and document is None:
                gone = address == self.record and answer.outcome in _GONE
                found.add(HostedOutcome.GONE if gone else HostedOutcome.UNREACHABLE)
                why = why or answer.reason
            elif document is not None and copy is None:
                found.add(HostedOutcome.NEW)
            elif document is not None and copy is not None:
                changed += [prefix + name for name in differing(copy.data, document.data)]
        if changed:
            found.add(HostedOutcome.CHANGED)
        worst = next(one for one in HostedOutcome if one in found)
        return HostedRow(self.stored.id, self.stored.title, worst, tuple(changed), why)


def _mark_gone(session: Session, address: str) -> None:
    """Put a note of ours in the place of a record that is gone; the copies before it stay.

    The newest document at an address is what its host says now. That it says nothing is an answer too.
    """
    if not session.kept.documents(address):
        return
    session.kept.add(evidence_document(address, GONE_NOTE, grade=Grade.FETCHED, source=host_of(address),
                                       fetched_at=session.now()))
