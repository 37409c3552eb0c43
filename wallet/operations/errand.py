"""One errand on the web for somebody without a wallet: addresses to check, and what the checks want.

Everything is asked in one go before anything is judged; then it is judged as offline, by what came. What was
asked of whom is handed back, to be shown: there is no wallet whose ledger could keep it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from wallet.formats.parse import parse
from wallet.model.credential import Parsed
from wallet.model.errors import CancelledError, OperationError, WalletError
from wallet.model.limits import MAX_FILE_BYTES
from wallet.model.network import LedgerEntry, Order, Purpose
from wallet.model.reasons import Reason

from .arrivals import Shelf
from .checking import Desk
from .inputs import Input, inputs_from_bytes, inputs_from_paths, opened
from .network import Door, FetchError, RunLedger, desk_door
from .online import FetchSummary, fetch_for_desk
from .progress import Progress, SilentProgress, stop_if_cancelled
from .session import Services


@dataclass(frozen=True, slots=True)
class Errand:
    """What one errand brought.

    Attributes:
        desk: What she knows now.
        inputs: What the addresses answered with, or why nothing came, in their order.
        asked: What became of the documents that the checks wanted.
        lines: Every request, oldest first.
        not_saved: Why what came could not be kept for the next run, None if it was, or was not to be.
    """

    desk: Desk
    inputs: tuple[Input, ...] = ()
    asked: FetchSummary = field(default_factory=FetchSummary)
    lines: tuple[LedgerEntry, ...] = ()
    not_saved: Reason | None = None


def run_errand(services: Services, desk: Desk, files: Sequence[Path], addresses: Sequence[str] = (), *,
               pasted: bytes = b"", saved: Shelf | None = None, door: Door | None = None,
               brought: Sequence[Input] = (), progress: Progress | None = None) -> Errand:
    """Bring what is at the addresses, and whatever its checks and those of the files want.

    Args:
        services: The program's; its fetcher decides whether anything can be asked.
        desk: What is known already.
        files: Files and folders to be checked.
        addresses: Web addresses to be checked.
        pasted: Something else to be checked, as it came in.
        saved: Where public documents are kept for the next run, if anywhere; `desk` is without them.
        door: By whose leave; None for that of a command, which may ask anybody.
        brought: What addresses answered with before, to be checked too.
        progress: Is told, and asked whether to stop.

    Raises:
        CancelledError: The person has asked to stop.
    """
    watched = progress or SilentProgress()
    lines = RunLedger()
    door = door or desk_door(services, lines)
    inputs = tuple(one for address in addresses for one in _brought(address, door, watched))
    things = _Things(tuple(files), (*brought, *inputs), pasted, watched)
    fuller, asked = fetch_for_desk(desk, things, door, saved=saved, progress=watched)
    if asked.cancelled:
        raise CancelledError
    asked, not_saved = _kept(asked, saved) if saved else (asked, None)
    return Errand(fuller, inputs, asked, tuple(lines.entries), not_saved)


def _kept(asked: FetchSummary, saved: Shelf) -> tuple[FetchSummary, Reason | None]:
    """Keep what came for the next run, and note which issuers list other keys than before."""
    answers = []
    try:
        for one in asked.answers:
            change = saved.add(one.document) if one.document is not None else None
            answers.append(replace(one, change=change))
    except OperationError as error:  # a folder that cannot be written spoils no check
        return asked, error.reason
    return replace(asked, answers=tuple(answers)), None


@dataclass(frozen=True, slots=True)
class _Things:
    """Everything that is to be judged, read anew each time it is gone through."""

    files: tuple[Path, ...]
    inputs: tuple[Input, ...]
    pasted: bytes
    progress: Progress

    def __iter__(self) -> Iterator[Parsed]:
        yield from _readable(iter(self.inputs))
        if self.pasted:
            yield from _readable(inputs_from_bytes(self.pasted, ""))
        yield from _readable(inputs_from_paths(self.files, self.progress))


def _brought(address: str, door: Door, progress: Progress) -> Iterator[Input]:
    stop_if_cancelled(progress)
    progress.step(0, 0, address)
    place = address.strip()
    try:
        fetched = door.get(Order(place.partition("#")[0], Purpose.CREDENTIAL, max_bytes=MAX_FILE_BYTES))
    except FetchError as error:
        yield Input(place, b"", problem=error.reason)
        return
    yield from inputs_from_bytes(fetched.data, place)


def _readable(inputs: Iterator[Input]) -> Iterator[Parsed]:
    for one in chain.from_iterable(map(opened, inputs)):
        if one.problem is None:
            try:
                yield parse(one.data, name=one.name)
            except CancelledError:
                raise
            except WalletError:
                continue  # said when it is judged
