"""Fetching what a judgement wanted: asked through the door, recognised, and kept under the address wanted.

One document's failure never stops the others, and what fails is told, never counted against a credential.
Keys come before lists, so that a list can be judged when it arrives; within each kind the order is shuffled,
so that a host does not learn from the order what was looked at. Where nothing is fetched, nothing here runs:
the rules of judging know no network. What is asked for is planned in `requests`.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from wallet.model.credential import Parsed
from wallet.model.errors import CancelledError
from wallet.model.events import KeyChange
from wallet.model.evidence import EvidenceDocument, Grade
from wallet.model.network import Fetched, FetchOutcome, Purpose
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.trust.evidence_store import LayeredEvidence, MemoryEvidence

from .arrivals import Arrival, Refusal, Shelf, key_set_address, received
from .checking import Desk, desk_of
from .network import Door, FetchError
from .progress import Progress, SilentProgress, stop_if_cancelled
from .requests import Need, Request, askable, missing_needs, plan

if TYPE_CHECKING:
    from .session import Session

__all__ = ["Answer", "Basket", "FetchSummary", "fetch_documents", "fetch_for_desk", "fetch_wanted", "plan",
           "session_shelf", "wanted_requests"]

#: A fetched document may name another that is wanted: a key's home, the key of a list.
MAX_ROUNDS: Final = 4
MAX_PER_HOST: Final = 200  # documents in one pass
_MAX_SILENCES: Final = 2  # a host that does not answer twice in a row is left alone
_SILENT: Final = (FetchOutcome.UNREACHABLE, FetchOutcome.TIMED_OUT)


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one request.

    Attributes:
        document: As it is kept now, None if nothing came or it was not taken.
        reason: Why not, None if it was.
        change: The change of an issuer's keys that it brought.
    """

    request: Request
    outcome: FetchOutcome
    document: EvidenceDocument | None = None
    reason: Reason | None = None
    change: KeyChange | None = None


@dataclass(frozen=True, slots=True)
class FetchSummary:
    """What became of a whole wish.

    Attributes:
        cancelled: Whether the person stopped it; what came before is kept.
    """

    answers: tuple[Answer, ...] = ()
    cancelled: bool = False

    @property
    def kept(self) -> tuple[Answer, ...]:
        """Answers that brought a document, new or confirmed."""
        return tuple(one for one in self.answers if one.document is not None)

    @property
    def failed(self) -> tuple[Answer, ...]:
        """Requests that brought nothing."""
        return tuple(one for one in self.answers if one.document is None)

    @property
    def silent_hosts(self) -> tuple[str, ...]:
        """Hosts that could not be reached."""
        return tuple(sorted({one.request.host for one in self.failed if one.outcome in _SILENT}))

    @property
    def changes(self) -> tuple[KeyChange, ...]:
        """Issuers that list other keys than before."""
        return tuple(one.change for one in self.answers if one.change is not None)

    def __or__(self, other: FetchSummary) -> FetchSummary:
        """Return both together."""
        return FetchSummary(self.answers + other.answers, self.cancelled or other.cancelled)


@dataclass(slots=True)
class Basket:
    """What somebody without a wallet fetched in this run; an `EvidenceStore` that can be added to."""

    _documents: dict[str, tuple[EvidenceDocument, ...]] = field(default_factory=dict)

    def documents(self, address: str) -> tuple[EvidenceDocument, ...]:
        """Return what was fetched from an address, newest first."""
        return MemoryEvidence(self._documents.get(address, ())).documents(address)

    def add(self, document: EvidenceDocument) -> KeyChange | None:
        """Keep a document for this run; nothing was known before, so nothing has changed."""
        self._documents[document.address] = (*self._documents.get(document.address, ()), document)
        return None

    def etag(self, address: str, sha256: str) -> str:  # noqa: ARG002 - the port's signature
        """Return "": nothing was fetched before."""
        return ""

    def keep_etag(self, address: str, etag: str, sha256: str) -> None:
        """Do nothing: the run ends before it could be asked again."""

    def all(self) -> tuple[EvidenceDocument, ...]:
        """Return everything that was fetched."""
        return tuple(one for documents in self._documents.values() for one in documents)


def wanted_requests(session: Session, ids: Iterable[str]) -> tuple[Request, ...]:
    """Return what would be asked to decide about these credentials: the sheet before a wish.

    Raises:
        VaultError: CREDENTIAL_NOT_FOUND.
    """
    return plan(need for credential_id in ids for need in _missing(session, credential_id))


def fetch_wanted(session: Session, ids: Sequence[str], door: Door, *, besides: Collection[str] = (),
                 progress: Progress | None = None) -> FetchSummary:
    """Fetch what these credentials want, keep it, and judge them again.

    Args:
        session: The opened wallet.
        ids: Which credentials.
        door: By whose leave.
        besides: Addresses that are not asked for, because they were a moment ago.
        progress: Is told, and asked whether to stop.

    Raises:
        VaultError: CREDENTIAL_NOT_FOUND before anything is asked; DISK_FULL and kin. What came is kept.
    """
    from .library import check_again  # noqa: PLC0415 - a library is needed for what is kept only

    for credential_id in ids:
        session.vault.get(credential_id)
    shelf = session_shelf(session)
    summary = _rounds(lambda: (need for one in ids for need in _missing(session, one)), shelf, door,
                      lambda: desk_of(session), progress or SilentProgress(), besides)
    if summary.kept:
        check_again(session, ids)
    return summary


def fetch_for_desk(desk: Desk, things: Iterable[Parsed], door: Door, *, saved: Shelf | None = None,
                   progress: Progress | None = None) -> tuple[Desk, FetchSummary]:
    """Fetch what these things want, for somebody without a wallet; return a desk that has it.

    Args:
        desk: What she knows already.
        things: What is to be judged; gone through once a round, so that many files need not be held at once.
        door: By whose leave.
        saved: What was kept on this computer before. It is asked for anew, and stands in for what does not
            come; the caller keeps what did.
        progress: Is told, and asked whether to stop.
    """
    basket = Basket()
    asking = replace(desk, evidence=LayeredEvidence((basket, desk.evidence)))
    fuller = replace(desk, evidence=LayeredEvidence((basket, desk.evidence, saved))) if saved else asking

    def needs() -> Iterable[Need]:
        for thing in things:
            yield from missing_needs(thing, asking.gather(thing))

    summary = _rounds(needs, basket, door, lambda: fuller, progress or SilentProgress())
    return fuller, summary


def session_shelf(session: Session) -> Shelf:
    """Return where an opened wallet keeps what it fetched."""
    from .arrivals import SessionShelf  # noqa: PLC0415 - who only checks a file loads nothing of a vault

    return SessionShelf(session)


def fetch_documents(requests: Sequence[Request], shelf: Shelf, door: Door, desk: Callable[[], Desk], *,
                    progress: Progress | None = None) -> FetchSummary:
    """Ask for each of these, keys first, otherwise in no order; refused ones come back with their reason.

    Raises:
        VaultError: The ledger or the shelf cannot be written; what came before is kept.
    """
    watched = progress or SilentProgress()
    answers = [Answer(one, FetchOutcome.REFUSED, reason=one.refused) for one in requests if one.refused]
    batch = _Batch(shelf, door, desk)
    todo = _shuffled(askable(requests))
    for number, request in enumerate(todo):
        try:
            stop_if_cancelled(watched)
        except CancelledError:
            return FetchSummary(tuple(answers), cancelled=True)
        watched.step(number, len(todo), request.host)
        answers.append(batch.ask(request))
    watched.step(len(todo), len(todo), "")
    return FetchSummary(tuple(answers))


@dataclass(slots=True)
class _Batch:
    """One batch of requests, polite to each host."""

    shelf: Shelf
    door: Door
    desk: Callable[[], Desk]
    asked: Counter[str] = field(default_factory=Counter)
    silences: Counter[str] = field(default_factory=Counter)
    closed: dict[str, Answer] = field(default_factory=dict)

    def ask(self, request: Request) -> Answer:
        """Ask for one document, at each of its places in turn."""
        last = self._closed(request)
        for place in request.places if last is None else ():
            answer = self._ask_at(request, place)
            if answer.document is not None or request.host in self.closed:
                return answer
            # What the first place said is told: the others were only worth a try.
            last = last or answer
        return last or Answer(request, FetchOutcome.REFUSED, reason=request.refused)

    def _ask_at(self, request: Request, place: str) -> Answer:
        kept = (*self.shelf.documents(request.wanted), *self.shelf.documents(place))
        fetched_before = (one for one in kept if one.grade is Grade.FETCHED)
        before = next((one for one in fetched_before if self.shelf.etag(place, one.sha256)), None)
        etag = self.shelf.etag(place, before.sha256) if before else ""
        self.asked[request.host] += 1
        try:
            fetched = self.door.get(request.order(place, etag))
            self.silences[request.host] = 0
            return self._arrived(request, place, fetched, before)
        except FetchError as error:
            return self._failed(request, error)

    def _arrived(self, request: Request, place: str, fetched: Fetched,
                 before: EvidenceDocument | None) -> Answer:
        further = key_set_address(request, fetched)
        if further:  # an issuer's metadata that only names where its keys are
            # Its mark is for that address, which may be another host's, and not for this place.
            fetched = replace(self.door.get(request.order(further)), etag="")
        arrival = received(request, place, fetched, before, self.desk(), self.door.clock())
        if isinstance(arrival, Refusal):
            return Answer(request, FetchOutcome.REFUSED, reason=arrival.reason)
        return self._kept(request, place, arrival)

    def _kept(self, request: Request, place: str, arrival: Arrival) -> Answer:
        change = self.shelf.add(arrival.document)
        if not arrival.unchanged:
            self.shelf.keep_etag(place, arrival.etag, arrival.document.sha256)
        outcome = FetchOutcome.UNCHANGED if arrival.unchanged else FetchOutcome.FETCHED
        return Answer(request, outcome, arrival.document, change=change)

    def _failed(self, request: Request, error: FetchError) -> Answer:
        answer = Answer(request, error.outcome, reason=error.reason)
        host = request.host
        self.silences[host] = self.silences[host] + 1 if error.outcome in _SILENT else 0
        too_often = error.reason.code is ReasonCode.ANSWER_TOO_OFTEN
        if self.silences[host] >= _MAX_SILENCES or too_often:
            self.closed[host] = answer
        return answer

    def _closed(self, request: Request) -> Answer | None:
        """Return the answer without asking, where a host has said or not said enough."""
        known = self.closed.get(request.host)
        if known is not None:
            return replace(known, request=request)
        if self.asked[request.host] >= MAX_PER_HOST:
            why = reason(ReasonCode.REQUEST_TOO_MANY, host=request.host, limit=str(MAX_PER_HOST))
            return Answer(request, FetchOutcome.REFUSED, reason=why)
        return None


def _rounds(needs: Callable[[], Iterable[Need]], shelf: Shelf, door: Door, desk: Callable[[], Desk],
            progress: Progress, besides: Collection[str] = ()) -> FetchSummary:
    """Fetch, look what is wanted now, fetch again: until nothing new is, a few times at most."""
    done = FetchSummary()
    asked = set(besides)
    for _ in range(MAX_ROUNDS):
        new = [one for one in plan(needs()) if one.wanted not in asked]
        if not new:
            break
        asked |= {one.wanted for one in new}
        done |= fetch_documents(new, shelf, door, desk, progress=progress)
        if done.cancelled:
            break
    return done


def _shuffled(requests: Sequence[Request]) -> list[Request]:
    """Mix the requests, keys before everything else."""
    mixed = random.SystemRandom().sample(list(requests), len(requests))
    return sorted(mixed, key=lambda one: one.purpose is not Purpose.ISSUER_KEY)


def _missing(session: Session, credential_id: str) -> tuple[Need, ...]:
    from .library import evidence_for, load_credential  # noqa: PLC0415 - as above

    credential = load_credential(session, credential_id)
    return missing_needs(credential, evidence_for(session, credential_id, credential))
