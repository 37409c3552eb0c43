"""Checking many files, one after the other or in several processes; the answers are the same.

Each process works through a run of files and finishes every answer there (into a line, a row, a code), since
a whole report costs more to hand over than to make. Answers come out in the order of the files. Numbered QR
frames may lie in files of different runs: they come back unjoined and are joined at the end, as always.
"""

from __future__ import annotations

import atexit
import gc
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Final, Generic, Protocol, TypeAlias, TypeVar

from wallet.model.errors import OperationError
from wallet.model.reasons import ReasonCode, reason

from .checking import CheckedFile, Desk, Expectation, check_inputs
from .files import walk
from .inputs import Frames, Input, inputs_from_file, inputs_from_paths
from .progress import Progress, SilentProgress, stop_if_cancelled

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

Answer = TypeVar("Answer")
Answer_co = TypeVar("Answer_co", covariant=True)
#: Answers of one run, and the frames that were seen in it.
_Run: TypeAlias = tuple[list[Any], Frames]

MAX_JOBS: Final = 64
FEW_FILES: Final = 64  # so few are done before another process has loaded
_RUN_FILES: Final = 64  # enough that handing over costs little, few enough that the last run is short
_SHORT_RUN: Final = 16  # its answers fit into a pipe: nobody waits for one who has work of his own
_LAST_RUN: Final = 4  # so that all are done at the same time
_WAITING_FILES: Final = 192  # per process; bounds what is held in memory
_AHEAD: Final = 2  # runs that a process has: it never waits for the next
_AHEAD_OF_BUSY: Final = 4  # short ones, where whoever hands them out may be at something long
_LOOK_AFTER: Final = 16  # answers
_LOOK_SECONDS: Final = 0.2  # so soon is it seen that somebody asks to stop
_BUSY_SECONDS: Final = 0.008  # so long does nobody look who works too
_SECONDS_TO_END: Final = 10.0


class Work(Protocol[Answer_co]):
    """What is done with each input; everything in it can be handed to another process."""

    def answers(self, inputs: Iterable[Input]) -> Iterator[Answer_co]:
        """Yield the answers of inputs in their order. Never raises for an input."""


@dataclass(frozen=True, slots=True)
class Task(Generic[Answer]):
    """What to do with each file; everything in it can be handed to another process.

    Attributes:
        desk: What is known.
        at: The one now of every report.
        expectation: What the person who checks brings.
        finish: Makes the answer of one checked file; a function of a module, or an object of its class.
    """

    desk: Desk
    at: datetime
    expectation: Expectation
    finish: Callable[[CheckedFile], Answer]

    def answers(self, inputs: Iterable[Input]) -> Iterator[Answer]:
        """Yield the finished answer of each input."""
        for checked in check_inputs(self.desk, inputs, self.at, self.expectation):
            yield self.finish(checked)


def check_many(task: Task[Answer], paths: Sequence[Path], *, jobs: int = 1, into_folders: bool = True,
               progress: Progress | None = None) -> Iterator[Answer]:
    """Yield the answer of each file behind the paths, in order, as soon as it is there.

    Args:
        task: What to do with each.
        paths: Files and folders.
        jobs: How many processes; a handful of files is done in this one.
        into_folders: Whether folders are looked into.
        progress: Is told, and asked whether to stop.

    Raises:
        CancelledError: The person has asked to stop; what came out before stays true.
        OperationError: INTERNAL_ERROR: the system has ended one of the processes.
    """
    watched = progress or SilentProgress()
    if jobs > 1:
        files = walk(paths, into_folders=into_folders)
        first = tuple(islice(files, FEW_FILES + 1))
        if len(first) > FEW_FILES:
            yield from in_processes(task, chain(first, files), jobs, watched, also_here=True)
            return
    yield from task.answers(inputs_from_paths(paths, watched, into_folders=into_folders))


def in_processes(work: Work[Answer], files: Iterable[Path], jobs: int, progress: Progress, *,
                 also_here: bool = False) -> Iterator[Answer]:
    """Yield the answers of files that several processes work through. Raises as `check_many`.

    Args:
        work: What to do with each.
        files: The files.
        jobs: How many processes.
        progress: Is told, and asked whether to stop.
        also_here: Whether this process is one of them. For those who have nothing else to do, and nobody
            who waits for this process: it works while the others still load.
    """
    walked, most = iter(files), min(jobs, MAX_JOBS)
    first = tuple(islice(walked, most * FEW_FILES))
    processes = min(most, -(-len(first) // FEW_FILES))
    frames = Frames()
    crew = _Crew(work, processes, also_here=also_here)
    try:
        crew.begin()
        files = (*first, *walked)  # the rest of a large folder is looked through while they load
        runs = tuple(_short_runs(files, processes) if also_here else _runs(files, _RUN_FILES))
        done = 0
        for number, run in enumerate(runs):
            answers, seen = crew.answered(number, runs, progress)
            frames.add(seen)
            for place, answer in enumerate(answers):
                if place % _LOOK_AFTER == 0:
                    crew.collect(0)  # whoever takes these may be slow, and nobody shall wait for that
                yield answer
            done += len(run)
            progress.step(done, len(files), "")
        crew.dismiss()
    except (EOFError, OSError) as error:  # one of them is gone, or could not begin
        raise OperationError(reason(ReasonCode.INTERNAL_ERROR, kind=type(error).__name__)) from None
    finally:
        crew.end()
    yield from work.answers(frames.joined())


def _runs(files: tuple[Path, ...], length: int) -> Iterator[tuple[Path, ...]]:
    for start in range(0, len(files), length):
        yield files[start : start + length]


def _short_runs(files: tuple[Path, ...], processes: int) -> Iterator[tuple[Path, ...]]:
    """Cut into runs, the last of them shorter still."""
    last = max(0, len(files) - processes * 2 * _SHORT_RUN)
    yield from _runs(files[:last], _SHORT_RUN)
    yield from _runs(files[last:], _LAST_RUN)


class _Crew:
    """The processes, as they are seen from the one that began them, which may be one of them.

    Two pipes each and nothing else between them: what a library would put there (locks with names, threads
    that hand on) has to be cleaned up when a program ends, and is not always.
    """

    def __init__(self, work: Work[Any], size: int, *, also_here: bool) -> None:
        self._work = work
        self._size = size
        self._also_here = also_here
        self._members: list[_Member] = []
        self._own: _Own | None = None
        self._answered: dict[int, _Run] = {}
        self._taken = 0  # runs that were handed out

    def begin(self) -> None:
        """Begin them all."""
        import multiprocessing  # noqa: PLC0415 - a single file, which most runs are, needs none of this

        # Fresh processes on every system: a copy of this one would share its open files and its signals.
        fresh = multiprocessing.get_context("spawn")
        atexit.register(self.end)  # before anybody waits for processes that wait for us
        for _ in range(self._size - self._also_here):
            theirs, orders = fresh.Pipe(duplex=False)
            answers, mine = fresh.Pipe(duplex=False)
            process = fresh.Process(target=_serve, args=(theirs, mine))
            self._members.append(_Member(process, orders, answers))
            with _interrupts_later():
                process.start()
            theirs.close()
            mine.close()

    def answered(self, number: int, runs: tuple[tuple[Path, ...], ...], progress: Progress) -> _Run:
        """Hand out runs until that one is answered, and return it.

        Raises:
            CancelledError: The person has asked to stop.
            EOFError, OSError: A process is gone.
        """
        waiting = self._size * _WAITING_FILES // len(runs[0])
        bound = min(number + waiting, len(runs))
        while True:
            stop_if_cancelled(progress)
            if self._also_here and self._own is None and self._taken < bound:
                self._own = _Own(self._work, self._taken, runs[self._taken])
                self._taken += 1
            self._hand_out(runs, bound)
            if number in self._answered:
                return self._answered.pop(number)
            if self._own is None:
                self.collect(_LOOK_SECONDS)
            else:
                self._go_on(self._own)
                self.collect(0)

    def _hand_out(self, runs: tuple[tuple[Path, ...], ...], bound: int) -> None:
        left = len(runs) - self._taken
        ahead = min(_AHEAD_OF_BUSY, 1 + left // (2 * self._size)) if self._also_here else _AHEAD
        for member in self._members:
            while member.is_told and len(member.has) < ahead and self._taken < bound:
                member.orders.send(runs[self._taken])
                member.has.append(self._taken)
                self._taken += 1

    def _go_on(self, own: _Own) -> None:
        """Work for a moment on what this process has taken."""
        if own.is_done(_BUSY_SECONDS):
            self._answered[own.number] = own.run
            self._own = None

    def collect(self, seconds: float) -> None:
        """Take the answers that are there, or come in that time; tell those who have loaded what to do."""
        from multiprocessing.connection import wait  # noqa: PLC0415 - as above

        by_pipe: dict[object, _Member] = {one.answers: one for one in self._members}
        for pipe in wait([one.answers for one in self._members], seconds):
            member = by_pipe[pipe]
            run: _Run | None = member.answers.recv()
            if run is None:
                member.orders.send(self._work)
                member.is_told = True
            else:
                self._answered[member.has.pop(0)] = run

    def dismiss(self) -> None:
        """Let them end by themselves; who still loads has nothing to bring to an end."""
        told = [member for member in self._members if member.is_told]
        for member in told:
            member.orders.send(None)
        for member in told:
            member.process.join(_SECONDS_TO_END)

    def end(self) -> None:
        """End those that are still there."""
        for member in self._members:
            if member.process.is_alive():
                member.process.terminate()
        for member in self._members:
            member.process.join()
            member.orders.close()
            member.answers.close()
        self._members = []
        atexit.unregister(self.end)


class _Own:
    """A run that this process works through, a little at a time.

    Attributes:
        number: Which one it is.
        run: Its answers, and the frames that were seen in it; so far.
    """

    def __init__(self, work: Work[Any], number: int, files: tuple[Path, ...]) -> None:
        self.number = number
        self.run: _Run = [], Frames()
        self._coming = work.answers(_inputs(files, self.run[1]))

    def is_done(self, seconds: float) -> bool:
        """Go on for so long, a file at least; return whether that was all."""
        until = time.monotonic() + seconds
        for answer in self._coming:
            self.run[0].append(answer)
            if time.monotonic() > until:
                return False
        return True


@dataclass(slots=True)
class _Member:
    """One of the processes.

    Attributes:
        process: Itself.
        orders: Where it is told what to do.
        answers: Where it answers.
        has: The runs it was given and has not answered, in order.
        is_told: Whether it has loaded, and knows what is to be done.
    """

    process: BaseProcess
    orders: Connection
    answers: Connection
    has: list[int] = field(default_factory=list)
    is_told: bool = False


@contextmanager
def _interrupts_later() -> Iterator[None]:
    """Begin a process that never hears an interruption, not even while it loads; this one hears it later.

    A terminal interrupts everybody who was begun in it. Where signals cannot be held back, a process that
    still loads would end with a trace of its own.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing.resource_tracker import ensure_running  # noqa: PLC0415 - as above

    ensure_running()  # else it is begun with the first process, and lets interruptions through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(orders: Connection, answers: Connection) -> None:
    """Work through runs until there are no more. Runs in a process of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asks to stop, asks the process that began us
    told: SimpleQueue[Any] = SimpleQueue()
    threading.Thread(target=_listen, args=(orders, told), daemon=True).start()
    answers.send(None)  # it has loaded: now there is somebody who listens
    work: Work[Any] = told.get()
    gc.freeze()  # what was loaded stays until the end
    is_done = False
    try:
        while (files := told.get()) is not None:
            frames = Frames()
            answers.send((list(work.answers(_inputs(files, frames))), frames))
        is_done = True
        gc.freeze()  # and nothing is gained by one more look at it
    finally:
        if not is_done:  # a fault of ours: whoever began us sees that nobody answers
            os._exit(1)


def _inputs(files: Iterable[Path], frames: Frames) -> Iterator[Input]:
    return (one for path in files for one in inputs_from_file(path, frames))


def _listen(orders: Connection, told: SimpleQueue[Any]) -> None:
    """Hear what is to be done, also while something is done: then nobody waits until it is heard.

    Ends the process when the one that began it is gone, killed perhaps: what was told must not stay.
    """
    try:
        while True:
            told.put(orders.recv())
    except (EOFError, OSError):
        os._exit(1)
