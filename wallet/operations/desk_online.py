"""The web for a desk in the window: what a check lacks, asked through a sheet, kept, and checked by at once.

What is lacking is asked for, and what came long enough ago to be another by now; a kept copy stands in for
what does not come. Two kinds of desk: of somebody without a wallet, whose public documents are kept in one
plain file for the next check where she says so, and of an opened wallet, which keeps documents and requests
inside itself. Neither keeps what was sent to be checked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Protocol

from wallet.model.credential import Credential, Parsed, Presentation
from wallet.model.errors import OperationError
from wallet.model.evidence import EvidenceDocument, EvidenceKind, EvidenceUsed, Grade
from wallet.model.network import Permission, Purpose
from wallet.model.reasons import Reason
from wallet.model.report import Report
from wallet.trust.evidence_store import EvidenceStore, LayeredEvidence, MemoryEvidence
from wallet.trust.issuer_keys import wanted_document

from .checking import CheckedFile, Desk, desk_of
from .desk import supplied_desk
from .errand import Errand, run_errand
from .inputs import Input
from .network import RunLedger, desk_door
from .online import session_shelf
from .progress import Progress
from .requests import Need, Request, names_of, plan
from .saved import SavedEvidence, saved_evidence
from .session import Services, Session
from .sheet import Sheet, open_door, sheet_of, sheet_without_wallet

#: A copy that came earlier is offered to be asked for anew.
_ANEW_AFTER: Final = timedelta(hours=12)
_ASKED_ANEW: Final = frozenset({
    EvidenceKind.DID_DOCUMENT, EvidenceKind.ISSUER_PROFILE, EvidenceKind.JWK_SET, EvidenceKind.KEY,
    EvidenceKind.STATUS_LIST, EvidenceKind.REVOCATION_LIST, EvidenceKind.BADGE_RECORD})


@dataclass(frozen=True, slots=True)
class Checked:
    """What is to be checked by what the web answers.

    Attributes:
        pasted: A text or a picture.
        addresses: Web addresses that were not asked yet.
        brought: What others answered with before.
        sources: Documents of the person who checks, for this run.
        came: What the web answered before in this run.
    """

    files: tuple[Path, ...] = ()
    pasted: bytes = b""
    addresses: tuple[str, ...] = ()
    brought: tuple[Input, ...] = ()
    sources: tuple[Path, ...] = ()
    came: tuple[EvidenceDocument, ...] = ()


@dataclass(frozen=True, slots=True)
class Leave:
    """What was said on the sheet.

    Attributes:
        hosts: That were ticked.
        for_keeps: Whether they may always be asked; a wallet remembers that.
        keep: Whether somebody without a wallet wants to keep public documents for the next check.
    """

    hosts: frozenset[str]
    for_keeps: bool = False
    keep: bool = True


class DeskWeb(Protocol):
    """The web, as a desk may use it."""

    @property
    def may_keep(self) -> bool:
        """Whether there is a question about keeping what comes."""
        ...

    @property
    def remembers(self) -> bool:
        """Whether leave can be given for keeps, and requests are listed."""
        ...

    @property
    def left_out(self) -> Reason | None:
        """Why what earlier checks kept was not used, None if it was, or nothing is kept so."""
        ...

    def sheet(self, checked: Sequence[CheckedFile], addresses: Sequence[str] = ()) -> Sheet:
        """Return what would be asked to answer what is open."""
        ...

    def run(self, wish: Checked, leave: Leave, progress: Progress) -> Errand:
        """Ask. Raises as `errand.run_errand`; `VaultError` where a wallet cannot be written."""
        ...


class PublicWeb:
    """For somebody without a wallet."""

    remembers = False

    def __init__(self, services: Services) -> None:
        self._services = services
        self._saved: SavedEvidence | None = None

    @property
    def may_keep(self) -> bool:
        """Whether this program has a folder for it."""
        return self._services.cache_folder is not None

    @property
    def left_out(self) -> Reason | None:
        """Why the plain file was not used, as it was found when it was last read."""
        return self._saved.problem if self._saved is not None else None

    def desk(self, sources: Sequence[Path] = ()) -> Desk:
        """Return a desk with what was kept by earlier checks, and with these documents before it.

        Raises:
            OperationError: As `supplied_desk`.
            TrustError: A list cannot be read.
        """
        return supplied_desk(self._services, sources, saved=self._kept())

    def sheet(self, checked: Sequence[CheckedFile], addresses: Sequence[str] = ()) -> Sheet:
        """Return what would be asked to answer what is open."""
        asked = _requests(checked, addresses, self._services.clock())
        return sheet_without_wallet(self._services, asked)

    def run(self, wish: Checked, leave: Leave, progress: Progress) -> Errand:
        """Ask, and keep public documents where she said so. Raises as `errand.run_errand`."""
        lines = RunLedger()
        door = replace(desk_door(self._services, lines), allowed=Permission.ONCE, hosts=leave.hosts)
        self._saved = None  # another window or command may have kept more
        kept = self._kept(always=True)
        desk = _asking(supplied_desk(self._services, wish.sources, saved=kept), wish, self._services.clock())
        done = run_errand(self._services, desk, wish.files, wish.addresses, pasted=wish.pasted,
                          saved=kept if leave.keep else None, door=door, brought=wish.brought,
                          progress=progress)
        return replace(done, lines=tuple(lines.entries))

    def _kept(self, *, always: bool = False) -> SavedEvidence | None:
        """Return the plain file, read once; None without a folder, and for one that was never written."""
        if self._saved is None:
            try:
                self._saved = saved_evidence(self._services)
            except OperationError:
                return None
        return self._saved if always or self._saved.all() else None


class WalletWeb:
    """For a desk inside an opened wallet, whose ledger has every request."""

    may_keep = False
    remembers = True
    left_out: Reason | None = None  # a wallet says by itself that it is damaged

    def __init__(self, session: Session) -> None:
        self._session = session

    def sheet(self, checked: Sequence[CheckedFile], addresses: Sequence[str] = ()) -> Sheet:
        """Return what would be asked to answer what is open."""
        return sheet_of(self._session, _requests(checked, addresses, self._session.now()))

    def run(self, wish: Checked, leave: Leave, progress: Progress) -> Errand:
        """Ask, and keep in the wallet what proves something. Raises as `DeskWeb.run`."""
        door = open_door(self._session, leave.hosts, for_keeps=leave.for_keeps)
        desk = _asking(desk_of(self._session), wish, self._session.now())
        return run_errand(self._session.services, desk, wish.files, wish.addresses, pasted=wish.pasted,
                          saved=session_shelf(self._session), door=door, brought=wish.brought,
                          progress=progress)


def desk_with(desk: Desk, documents: Collection[EvidenceDocument]) -> Desk:
    """Return the desk with these documents before what it has."""
    if not documents:
        return desk
    store: EvidenceStore = LayeredEvidence((MemoryEvidence(documents), desk.evidence))
    return replace(desk, evidence=store)


@dataclass(frozen=True, slots=True)
class _Recent:
    """A store without what came from the web so long ago that it is asked for anew."""

    store: EvidenceStore
    since: datetime

    def documents(self, address: str) -> tuple[EvidenceDocument, ...]:
        """Return the versions kept for an address, newest first; none if the newest is old."""
        found = self.store.documents(address)
        return () if found and _is_old(found[0], self.since) else found


def _asking(desk: Desk, wish: Checked, now: datetime) -> Desk:
    return desk_with(replace(desk, evidence=_Recent(desk.evidence, now - _ANEW_AFTER)), wish.came)


def _is_old(one: EvidenceDocument | EvidenceUsed, since: datetime) -> bool:
    return one.grade is Grade.FETCHED and one.fetched_at is not None and one.fetched_at < since


def _requests(checked: Iterable[CheckedFile], addresses: Sequence[str],
              now: datetime) -> tuple[Request, ...]:
    """Return what would be asked: the addresses themselves, what judgements lacked, and what is old."""
    needs = [need for one in checked for need in _needs(one.parsed, one.report, now - _ANEW_AFTER)]
    named = (wanted_document(one.partition("#")[0], EvidenceKind.BADGE_RECORD) for one in addresses)
    places = plan(map(Need, named))
    return (*(replace(one, purpose=Purpose.CREDENTIAL) for one in places), *plan(needs))


def _needs(parsed: Parsed | None, report: Report, since: datetime) -> Iterator[Need]:
    """Yield what one report lacked, and what those of its items did; and on what old copies they rest."""
    names = names_of(parsed) if isinstance(parsed, Credential | Presentation) else ()
    reports = [report]
    while reports:
        one = reports.pop()
        yield from (Need(wanted, names) for wanted in one.wanted)
        yield from (Need(wanted_document(used.address, used.kind), names) for check in one.checks
                    for used in check.evidence if used.kind in _ASKED_ANEW and _is_old(used, since))
        reports += one.items
