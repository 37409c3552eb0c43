"""Fetching what a judgement wanted: asked through the door, recognised, and kept under the address wanted.

One document's failure never stops the others, and what fails is told, never counted against a credential.
Where nothing is fetched, nothing here runs: the rules of judging know no network. What is asked for is
planned in `requests`; how many hosts are asked side by side, and in what order, is in `batch`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from wallet.model.credential import Parsed
from wallet.model.events import KeyChange
from wallet.model.evidence import EvidenceDocument
from wallet.trust.evidence_store import LayeredEvidence, MemoryEvidence

from .arrivals import Shelf
from .batch import SILENT, Answer, Batch
from .checking import Desk, desk_of
from .network import Door
from .progress import Progress, SilentProgress
from .requests import Need, Request, missing_needs, plan

if TYPE_CHECKING:
    from .session import Session

__all__ = ["Answer", "Basket", "FetchSummary", "fetch_documents", "fetch_for_desk", "fetch_wanted", "plan",
           "session_shelf", "wanted_requests"]

#: A fetched document may name another that is wanted: a key's home, the key of a list.
MAX_ROUNDS: Final = 4


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
        return tuple(sorted({one.request.host for one in self.failed if one.outcome in SILENT}))

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
    return plan(_missing(session, ids))


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
    summary = _rounds(lambda: _missing(session, ids), shelf, door, lambda: desk_of(session),
                      progress or SilentProgress(), besides)
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
    """Ask for each of these (see `batch`); refused ones come back with their reason.

    Raises:
        VaultError: The ledger or the shelf cannot be written; what came before is kept.
    """
    answers, cancelled = Batch(shelf, door, desk, progress or SilentProgress()).run(requests)
    return FetchSummary(answers, cancelled)


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


def _missing(session: Session, ids: Iterable[str]) -> Iterator[Need]:
    from .one_pass import Pass, kept_credential  # noqa: PLC0415 - as above

    over = Pass(session)
    for stored in map(session.vault.get, ids):
        credential = kept_credential(session, stored)
        yield from missing_needs(credential, over.evidence(stored, credential))
