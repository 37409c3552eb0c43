"""Asking federations about issuers: what would be asked, the asking itself, and everything judged by it.

Whoever keeps a federation learns from such a request which issuer somebody has something from. So it stands
on the sheet with a purpose of its own, is asked only by a wish that showed it, and never by a mere check.
What a host says is kept under its address, also that it does not know an issuer; whether it holds is found
out along the chain of statements each time it is looked at (`trust.federation`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from wallet.model.errors import CancelledError
from wallet.model.evidence import EvidenceDocument, EvidenceKind, Wanted
from wallet.model.network import FetchOutcome, Purpose
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.trust.federation import Federation
from wallet.trust.issuer_keys import wanted_document
from wallet.trust.registry import Answer as Said
from wallet.trust.registry import Listing

from .list_refresh import bring_statement, keep_statement
from .lists import lists_in_force
from .network import Door, FetchError
from .online import Answer, FetchSummary, fetch_wanted, wanted_requests
from .progress import Progress, SilentProgress, stop_if_cancelled
from .requests import Need, Request, plan

if TYPE_CHECKING:
    from .session import Session

__all__ = ["MAX_LOOKUPS", "ask_about", "fetch_and_look_up", "issuers_of", "look_up", "lookup_requests",
           "open_requests"]

MAX_LOOKUPS: Final = 200  # requests of one wish; an issuer below intermediates takes several
_MAX_SILENCES: Final = 2  # a host that does not answer twice in a row is left alone
_SILENT: Final = (FetchOutcome.UNREACHABLE, FetchOutcome.TIMED_OUT)
_UNKNOWN: Final = (FetchOutcome.MISSING, FetchOutcome.GONE)
_NOT_FOUND: Final = b'{"error":"not_found"}'  # OpenID Federation 1.0 §8.9, as the host said it with its 404
#: A no has no end of its own. After this long, about what a statement usually counts, it may be another.
_NO_COUNTS: Final = timedelta(days=1)


def lookup_requests(session: Session, issuer_ids: Iterable[str], *,
                    everywhere: bool = False) -> tuple[Request, ...]:
    """Return what would be asked of the federations in force about these issuers, as far as is known now.

    What a statement leads to is known only when it is here; a later wish asks further.

    Args:
        session: The opened wallet.
        issuer_ids: Their exact ids.
        everywhere: Whether federations behind the first list that names an issuer are asked too.
    """
    if not any(isinstance(one, Federation) for one in session.lists):
        return ()
    needs = (Need(wanted) for one in dict.fromkeys(issuer_ids) if one
             for wanted in _wanted(session, one, everywhere=everywhere))
    return tuple(replace(one, purpose=Purpose.LOOKUP) for one in plan(needs))


def look_up(session: Session, door: Door, issuer_ids: Sequence[str], *, everywhere: bool = False,
            progress: Progress | None = None) -> FetchSummary:
    """Ask the federations in force about issuers, step by step, and keep what they signed.

    A host that does not know an issuer has answered: that is kept too, with its date.

    Args:
        session: The opened wallet.
        door: By whose leave.
        issuer_ids: Their exact ids.
        everywhere: As `lookup_requests`.
        progress: Is told, and asked whether to stop.

    Raises:
        VaultError: As `Vault.transaction`; what came is kept.
    """
    batch = _Batch(session, door)
    watched = progress or SilentProgress()
    cancelled = False
    try:
        while new := [one for one in lookup_requests(session, issuer_ids, everywhere=everywhere)
                      if one.wanted not in batch.answers]:
            for number, request in enumerate(new):
                stop_if_cancelled(watched)
                watched.step(number, len(new), request.host)
                batch.ask(request)
            session.lists = lists_in_force(session)
    except CancelledError:
        cancelled = True
    session.lists = lists_in_force(session)
    return FetchSummary(tuple(batch.answers.values()), cancelled)


def issuers_of(session: Session, credential_ids: Iterable[str]) -> tuple[str, ...]:
    """Return who awarded these credentials, each once.

    Raises:
        VaultError: CREDENTIAL_NOT_FOUND.
    """
    found = dict.fromkeys(session.vault.get(one).issuer_id for one in credential_ids)
    return tuple(one for one in found if one)


def ask_about(session: Session, door: Door, issuer_id: str, *,
              progress: Progress | None = None) -> FetchSummary:
    """Ask every federation in force about one issuer, and judge its credentials by the answers.

    Raises:
        VaultError: As `Vault.transaction`; what came is kept.
    """
    from .library import check_again  # noqa: PLC0415 - a library is needed for what is kept only

    asked = look_up(session, door, (issuer_id,), everywhere=True, progress=progress)
    if asked.kept:
        check_again(session, [one.id for one in session.vault.list() if one.issuer_id == issuer_id])
    return asked


def open_requests(session: Session, ids: Sequence[str]) -> tuple[Request, ...]:
    """Return what would be asked to answer what is open about these credentials: the sheet before it.

    Raises:
        VaultError: CREDENTIAL_NOT_FOUND.
    """
    return (*wanted_requests(session, ids), *lookup_requests(session, issuers_of(session, ids)))


def fetch_and_look_up(session: Session, ids: Sequence[str], door: Door, *,
                      progress: Progress | None = None) -> FetchSummary:
    """Fetch what these credentials want, ask federations about who awarded them, and judge them again.

    Raises:
        VaultError: CREDENTIAL_NOT_FOUND before anything is asked; DISK_FULL and kin. What came is kept.
    """
    from .library import check_again  # noqa: PLC0415 - as above

    done = fetch_wanted(session, ids, door, progress=progress)
    if done.cancelled:
        return done
    told = look_up(session, door, issuers_of(session, ids), progress=progress)
    if told.kept:
        check_again(session, ids)
    return done | told


def _wanted(session: Session, issuer_id: str, *, everywhere: bool) -> Iterator[Wanted]:
    """Yield what is lacking, in the lists' order; behind the first that names the issuer nobody need ask."""
    for one in session.lists:
        if one.anchors:
            continue
        said = one.ask(issuer_id, session.now())
        if isinstance(one, Federation):
            yield from said.wanted
            yield from _doubtful(session, said)
        if said.listing is Listing.LISTED and not everywhere:
            return


def _doubtful(session: Session, said: Said) -> Iterator[Wanted]:
    """Yield where a host said that it does not know an issuer, if that is a while ago."""
    if said.listing is Listing.ABSENT and (said.date is None or session.now() - said.date >= _NO_COUNTS):
        yield from (wanted_document(one.address, EvidenceKind.REGISTRY) for one in said.evidence)


@dataclass(slots=True)
class _Batch:
    """The requests of one wish, each address once."""

    session: Session
    door: Door
    answers: dict[str, Answer] = field(default_factory=dict)
    silences: Counter[str] = field(default_factory=Counter)

    def ask(self, request: Request) -> None:
        """Ask for one statement, or say why not."""
        self.answers[request.wanted] = self._refused(request) or self._asked(request)

    def _refused(self, request: Request) -> Answer | None:
        why: Reason | None = request.refused
        if why is None and self.silences[request.host] >= _MAX_SILENCES:
            why = next(one.reason for one in reversed(self.answers.values())
                       if one.request.host == request.host and one.outcome in _SILENT)
        if why is None and len(self.answers) >= MAX_LOOKUPS:
            why = reason(ReasonCode.REQUEST_TOO_MANY, host=request.host, limit=str(MAX_LOOKUPS))
        return Answer(request, FetchOutcome.REFUSED, reason=why) if why else None

    def _asked(self, request: Request) -> Answer:
        address = request.places[0]
        try:
            is_new = bring_statement(self.session, self.door, address, Purpose.LOOKUP)
        except FetchError as error:
            self.silences[request.host] = self.silences[request.host] + 1 if error.outcome in _SILENT else 0
            if error.outcome not in _UNKNOWN:
                return Answer(request, error.outcome, reason=error.reason)
            keep_statement(self.session, address, _NOT_FOUND, request.host)
            return Answer(request, error.outcome, self._kept(address))
        self.silences[request.host] = 0
        return Answer(request, FetchOutcome.FETCHED if is_new else FetchOutcome.UNCHANGED,
                      self._kept(address))

    def _kept(self, address: str) -> EvidenceDocument | None:
        return next(iter(self.session.kept.documents(address)), None)
