"""One pass over the wallet: ask anew what time may have changed, judge everything by it, say what differs.

Withdrawal lists are asked for as a whole and all in one batch, in no order, never because somebody looked at
a credential. Each document is asked for once; one that came since the pass began is not asked for again, so
that a pass which was interrupted goes on where it stopped. Reports before it are laid by (`changes`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from wallet.codec.dates import format_datetime, parse_datetime
from wallet.model.changes import Change
from wallet.model.credential import EvidenceClass
from wallet.model.errors import CancelledError, CodecError
from wallet.model.evidence import Grade
from wallet.model.network import FetchOutcome, Purpose
from wallet.model.stored import Changes, StoredCredential
from wallet.vault.reports import VaultReports

from .changes import what_changed
from .checking import desk_of
from .later_look import HostedLook, HostedRefresh
from .library import check_again
from .logged import logged
from .lookups import look_up, lookup_requests
from .network import Door
from .one_pass import Pass, kept_credential
from .online import Answer, FetchSummary, fetch_documents, fetch_wanted, session_shelf
from .progress import Progress, SilentProgress, stop_if_cancelled
from .requests import Need, Request, plan, standing_needs
from .session import Session

_BEGAN: Final = "refresh_began"
#: A pass that was interrupted longer ago is begun anew: what it fetched is no news any more.
_RESUMABLE: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RefreshSummary:
    """What one pass found.

    Attributes:
        asked: What became of the requests for keys and lists, and of what these wanted in turn.
        hosted: A later look at badges without a seal.
        changes: Credentials whose answer is another than before the pass, the most urgent first.
        judged: How many were judged anew; 0 if nothing came or the person stopped it.
        cancelled: Whether she did; what came is kept, and the next pass goes on there.
    """

    asked: FetchSummary
    hosted: HostedRefresh = field(default_factory=HostedRefresh)
    changes: tuple[Change, ...] = ()
    judged: int = 0
    cancelled: bool = False

    @property
    def everything_asked(self) -> FetchSummary:
        """All requests of the pass."""
        return self.asked | self.hosted.asked

    @property
    def touched(self) -> Changes:
        """What views should show anew."""
        ids = frozenset(one.credential_id for one in self.changes)
        return Changes(ids, evidence=bool(self.everything_asked.kept)) | self.hosted.changes


def refresh_requests(session: Session, ids: Sequence[str] = ()) -> tuple[Request, ...]:
    """Return what a pass would ask now: the sheet before it. What came in an interrupted pass is left out.

    Args:
        session: The opened wallet.
        ids: Which credentials; none for all in the library.

    Raises:
        VaultError: CREDENTIAL_NOT_FOUND.
    """
    chosen, resumed = _chosen(session, ids), _began(session)
    look = HostedLook(session, chosen, resumed)
    open_now = _open_requests(session, chosen, look, resumed, SilentProgress())
    return (*open_now, *lookup_requests(session, _issuers(chosen)))


@logged
def refresh(session: Session, door: Door, *, ids: Sequence[str] = (),
            progress: Progress | None = None) -> RefreshSummary:
    """Ask anew, judge anew, and say what changed.

    Args:
        session: The opened wallet.
        door: By whose leave.
        ids: Which credentials; none for all in the library.
        progress: Is told, and asked whether to stop.

    Raises:
        VaultError: CREDENTIAL_NOT_FOUND before anything is asked; VAULT_READ_ONLY, DISK_FULL and kin. What
            came is kept.
    """
    watched = progress or SilentProgress()
    chosen = _chosen(session, ids)
    every = tuple(one.id for one in chosen)
    resumed = _began(session)
    session.vault.set_setting(_BEGAN, format_datetime(resumed or session.now()))
    done = FetchSummary()
    try:
        look = HostedLook(session, chosen, resumed)
        requests = _open_requests(session, chosen, look, resumed, watched)
        done = fetch_documents(requests, session_shelf(session), door, lambda: desk_of(session),
                               progress=watched)
        if not done.cancelled:
            done |= look_up(session, door, _issuers(chosen), progress=watched)
        if done.cancelled:
            return RefreshSummary(done, cancelled=True)
        if done.failed and not (resumed or any(map(_says_something, done.answers))):
            session.vault.set_setting(_BEGAN, "")
            return RefreshSummary(done)  # nothing to judge by, and what was said last time stays
        VaultReports(session.vault).lay_by(every, now=session.now(), since=resumed)
        hosted = look.finish(door, done, watched)
        stop_if_cancelled(watched)
        check_again(session, every, progress=watched)
        done |= _further(session, every, door, done, watched)
    except CancelledError:
        return RefreshSummary(done, cancelled=True)
    session.vault.set_setting(_BEGAN, "")
    ours = frozenset(every)
    changes = tuple(one for one in what_changed(session) if one.credential_id in ours)
    return RefreshSummary(done, hosted, changes, len(every))


def _chosen(session: Session, ids: Sequence[str]) -> tuple[StoredCredential, ...]:
    if ids:
        return tuple({one.id: one for one in map(session.vault.get, ids)}.values())
    return session.vault.list()


def _issuers(chosen: Sequence[StoredCredential]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.issuer_id for one in chosen if one.issuer_id))


def _says_something(answer: Answer) -> bool:
    """Whether an answer is news: a document, or that a badge's record is gone."""
    gone = answer.outcome in (FetchOutcome.MISSING, FetchOutcome.GONE)
    return answer.document is not None or (gone and answer.request.purpose is Purpose.BADGE_RECORD)


def _open_requests(session: Session, chosen: Sequence[StoredCredential], look: HostedLook,
                   resumed: datetime | None, progress: Progress) -> tuple[Request, ...]:
    """Plan the pass; a document that a badge without a seal names and a sealed one too is asked for once."""
    needs: list[Need] = []
    over = Pass(session)
    for number, stored in enumerate(chosen):
        stop_if_cancelled(progress)
        progress.step(number, len(chosen), "")
        if stored.evidence_class is not EvidenceClass.HOSTED:
            credential = kept_credential(session, stored)
            needs += standing_needs(credential, over.evidence(stored, credential))
    asked = plan((*needs, *look.needs))
    return tuple(one for one in asked if resumed is None or not _came(session, one, resumed))


def _came(session: Session, request: Request, began: datetime) -> bool:
    """Whether a document came since the pass began."""
    places = (request.wanted, *request.places)
    return any(one.grade is Grade.FETCHED and one.fetched_at is not None and one.fetched_at >= began
               for place in dict.fromkeys(places) for one in session.kept.documents(place))


def _further(session: Session, chosen: Sequence[str], door: Door, done: FetchSummary,
             progress: Progress) -> FetchSummary:
    """Ask for what the new judgement wants in turn, but for nothing twice; what comes is judged by."""
    asked = {one.request.wanted for one in done.answers}
    ours = frozenset(chosen)
    lacking = [one.id for one in session.vault.list()
               if one.id in ours and one.evidence_class is not EvidenceClass.HOSTED
               and {wanted.address for wanted in one.report.wanted} - asked]
    return fetch_wanted(session, lacking, door, besides=asked, progress=progress) if lacking \
        else FetchSummary()


def _began(session: Session) -> datetime | None:
    """Return when the pass began that was interrupted, None if none was, or too long ago."""
    text = session.vault.setting(_BEGAN) or ""
    try:
        began = parse_datetime(text)[0]
    except CodecError:
        return None
    return began if timedelta(0) <= session.now() - began <= _RESUMABLE else None
