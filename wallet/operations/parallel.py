"""Checking many files, one after the other or in several processes; the answers are the same.

Each process works through a run of files and finishes every answer there (into a line, a row, a code), since
a whole report costs more to hand over than to make. Answers come out in the order of the files. Numbered QR
frames may lie in files of different runs: they come back unjoined and are joined at the end, as always.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, Protocol, TypeAlias, TypeVar

from wallet.model.errors import OperationError
from wallet.model.reasons import ReasonCode, reason

from .checking import CheckedFile, Desk, Expectation, check_inputs
from .files import walk
from .inputs import Frames, Input, inputs_from_file, inputs_from_paths
from .progress import Progress, SilentProgress, stop_if_cancelled

if TYPE_CHECKING:
    from concurrent.futures import Future
    from multiprocessing.queues import Queue

Answer = TypeVar("Answer")
Answer_co = TypeVar("Answer_co", covariant=True)
#: Answers of one run, and the frames that were seen in it.
_Run: TypeAlias = tuple[list[Any], Frames]

MAX_JOBS: Final = 64
_RUN_FILES: Final = 64  # enough that handing over costs little, few enough that the last run is short
_WAITING_RUNS: Final = 3  # per process; bounds what is held in memory


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
        files = tuple(walk(paths, into_folders=into_folders))
        if len(files) > _RUN_FILES:
            yield from in_processes(task, files, jobs, watched)
            return
    yield from task.answers(inputs_from_paths(paths, watched, into_folders=into_folders))


def in_processes(work: Work[Answer], files: tuple[Path, ...], jobs: int, progress: Progress,
                 ) -> Iterator[Answer]:
    """Yield the answers of files that several processes work through. Raises as `check_many`."""
    # Loaded here: a single file, which most runs are, is checked sooner without them.
    import multiprocessing  # noqa: PLC0415
    from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor  # noqa: PLC0415

    # Fresh processes on every system: a copy of this one would share its open files and its signals.
    fresh = multiprocessing.get_context("spawn")
    jobs = min(jobs, MAX_JOBS)
    # What is to be done goes through a queue: handed over at the start, it would let each process wait until
    # the one before has loaded the program.
    told: Queue[Work[Answer]] = fresh.Queue()
    pool = ProcessPoolExecutor(jobs, mp_context=fresh, initializer=_Worker.begin, initargs=(told,))
    for _ in range(jobs):
        told.put(work)
    runs = iter([files[start : start + _RUN_FILES] for start in range(0, len(files), _RUN_FILES)])
    waiting: deque[Future[_Run]] = deque()
    frames, done = Frames(), 0
    try:
        while True:
            stop_if_cancelled(progress)
            while len(waiting) < jobs * _WAITING_RUNS and (run := next(runs, None)):
                waiting.append(pool.submit(_Worker.run, run))
            if not waiting:
                break
            answers, seen = waiting.popleft().result()
            frames.add(seen)
            yield from answers
            done += _RUN_FILES
            progress.step(min(done, len(files)), len(files), "")
    except BrokenProcessPool as error:
        raise OperationError(reason(ReasonCode.INTERNAL_ERROR, kind=type(error).__name__)) from None
    finally:
        pool.shutdown(cancel_futures=True)
        told.cancel_join_thread()  # a process that never began has not fetched its own
        told.close()
    yield from work.answers(frames.joined())


class _Worker:
    """One of the processes: keeps what it is to do, so that a run is handed over as nothing but paths."""

    work: ClassVar[Work[Any]]

    @classmethod
    def begin(cls, told: Queue[Work[Any]]) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asks to stop, asks the process that began us
        threading.Thread(target=_end_with_parent, daemon=True).start()
        cls.work = told.get()

    @classmethod
    def run(cls, files: tuple[Path, ...]) -> _Run:
        frames = Frames()
        inputs = (one for path in files for one in inputs_from_file(path, frames))
        return list(cls.work.answers(inputs)), frames


def _end_with_parent() -> None:
    """End when the process that began this one is gone, killed perhaps: what it was told must not stay."""
    import multiprocessing  # noqa: PLC0415 - as above

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
