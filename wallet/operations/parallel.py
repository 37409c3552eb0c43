"""Checking many files, one after the other or in several processes; the answers are the same.

Each process works through a run of files and finishes every answer there (into a line, a row, a code), since
a whole report costs more to hand over than to make. Answers come out in the order of the files. Numbered QR
frames may lie in files of different runs: they come back unjoined and are joined at the end, as always.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from .checking import CheckedFile, Desk, Expectation, check_inputs
from .files import walk
from .inputs import Frames, Input, Names, inputs_from_paths
from .progress import Progress, SilentProgress

if TYPE_CHECKING:
    from .crew import Work

Answer = TypeVar("Answer")

MAX_JOBS: Final = 64
FEW_FILES: Final = 64  # so few are done before another process has loaded
_RUN_FILES: Final = 64  # enough that handing over costs little, few enough that the last run is short
_SHORT_RUN: Final = 16  # its answers fit into a pipe: nobody waits for one who has work of his own
_LAST_RUN: Final = 4  # so that all are done at the same time
_LOOK_AFTER: Final = 16  # answers


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
    """
    watched = progress or SilentProgress()
    if jobs > 1:
        files = walk(paths, into_folders=into_folders)
        first = tuple(islice(files, FEW_FILES + 1))
        if len(first) > FEW_FILES:
            yield from in_processes(task, chain(first, files), jobs, watched, also_here=True,
                                    names=Names.among(paths))
            return
    yield from task.answers(inputs_from_paths(paths, watched, into_folders=into_folders))


def in_processes(work: Work[Answer], files: Iterable[Path], jobs: int, progress: Progress, *,
                 also_here: bool = False, names: Names | None = None) -> Iterator[Answer]:
    """Yield the answers of files that several processes work through. Raises as `check_many`.

    Args:
        work: What to do with each.
        files: The files.
        jobs: How many processes.
        progress: Is told, and asked whether to stop.
        also_here: Whether this process is one of them. For those who have nothing else to do, and nobody
            who waits for this process: it works while the others still load.
        names: What the files are called; by their own names if not given.
    """
    from .crew import Crew  # noqa: PLC0415 - a single file, which most runs are, needs none of this

    walked, most = iter(files), min(jobs, MAX_JOBS)
    first = tuple(islice(walked, most * FEW_FILES))
    processes = min(most, -(-len(first) // FEW_FILES))
    frames = Frames()
    crew = Crew(work, processes, also_here=also_here, names=names or Names())
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
