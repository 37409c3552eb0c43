"""Where the window checks what somebody sent: the desk, what lies on it, and one look at it. No widget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from wallet.model.evidence import EvidenceDocument
from wallet.model.reasons import Reason
from wallet.operations.checking import CheckedFile, Desk, Expectation, check_bytes, check_inputs, check_paths
from wallet.operations.desk_online import DeskWeb, desk_with
from wallet.operations.inputs import Input
from wallet.operations.progress import Progress
from wallet.operations.sheet import Sheet
from wallet.ui.background import Lane
from wallet.ui.incoming import Incoming


@dataclass(frozen=True, slots=True)
class CheckingDesk:
    """Where checks are done.

    Attributes:
        desk: Made on the worker, since an opened wallet belongs to its thread.
        lane: That worker.
        now: The clock.
        supplied: Makes a desk with documents that the person who checks adds for this run; None where
            she keeps them in a wallet.
        web: The way to ask for what a check lacks; None where there is none.
    """

    desk: Callable[[], Desk]
    lane: Lane
    now: Callable[[], datetime]
    supplied: Callable[[Sequence[Path]], Desk] | None = None
    web: DeskWeb | None = None


@dataclass(frozen=True, slots=True)
class Thing:
    """What is being checked, and what was brought for it.

    Attributes:
        brought: What web addresses answered with.
        documents: What came from the web to check by.
    """

    incoming: Incoming
    brought: tuple[Input, ...] = ()
    documents: tuple[EvidenceDocument, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """What one look found, what the web could answer still, and why what was kept was not used."""

    checked: tuple[CheckedFile, ...]
    sheet: Sheet = field(default_factory=lambda: Sheet(()))
    left_out: Reason | None = None


def made_desk(desk: CheckingDesk, sources: Sequence[Path]) -> Desk:
    """Return the desk for one check, with what the person supplied. Runs on a worker."""
    return desk.supplied(sources) if sources and desk.supplied is not None else desk.desk()


def judged(desk: CheckingDesk, made: Desk, thing: Thing, wanted: Expectation,
           progress: Progress) -> Judged:
    """Judge it by everything at hand, and look what the web could answer still. Runs on a worker."""
    used, incoming = desk_with(made, thing.documents), thing.incoming
    if thing.brought:
        checked = tuple(check_inputs(used, thing.brought, desk.now(), wanted))
    elif incoming.paths:
        checked = check_paths(used, incoming.paths, at=desk.now(), expectation=wanted, progress=progress)
    else:
        checked = check_bytes(used, incoming.data, incoming.name, at=desk.now(), expectation=wanted)
    web = desk.web
    return Judged(checked, web.sheet(checked), web.left_out) if web is not None else Judged(checked)
