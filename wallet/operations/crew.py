"""The processes that work through runs of files, as they are seen from the one that began them.

Which may be one of them. Two pipes each and nothing else between them: what a library would put there (locks
with names, threads that hand on) has to be cleaned up when a program ends, and is not always.

A process can be ended by the system at any moment, for want of memory above all. What it had answered stays;
what it had not begun goes to others; what it was at is gone through once more, one file at a time and by a
fresh process, and the file that ends that one too is answered by a reason of its own.
"""

from __future__ import annotations

import atexit
import gc
import os
import signal
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias, TypeVar

from wallet.codec.linked_data.worker import interrupts_later
from wallet.model.reasons import Reason, ReasonCode, reason

from .inputs import Frames, Input, Names, inputs_from_file
from .progress import Progress, stop_if_cancelled
from .spawned import begin

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

Answer_co = TypeVar("Answer_co", covariant=True)
#: Answers of one run, and the frames that were seen in it.
Run: TypeAlias = tuple[list[Any], Frames]
Files: TypeAlias = tuple[Path, ...]

_WAITING_FILES: Final = 192  # per process; bounds what is held in memory
_AHEAD: Final = 2  # runs that a process has: it never waits for the next
_AHEAD_OF_BUSY: Final = 4  # short ones, where whoever hands them out may be at something long
_LOOK_SECONDS: Final = 0.2  # so soon is it seen that somebody asks to stop
_BUSY_SECONDS: Final = 0.008  # so long does nobody look who works too
_SECONDS_TO_END: Final = 10.0
_IN_VAIN: Final = 3  # processes in turn that ended before they did anything: the system wants no more
_OUR_FAULT: Final = 1  # as what a process ends with


class Work(Protocol[Answer_co]):
    """What is done with each input; everything in it can be handed to another process."""

    def answers(self, inputs: Iterable[Input]) -> Iterator[Answer_co]:
        """Yield the answers of inputs in their order. Never raises for an input."""


#: What a process is told once: what is done, and what the files are called.
Told: TypeAlias = tuple[Work[Any], Names]


class Crew:
    """The processes, and what each of them has.

    Args:
        work: What is done with each file.
        size: How many processes there are to be.
        also_here: Whether this process is one of them.
        names: What the files are called.
    """

    def __init__(self, work: Work[Any], size: int, *, also_here: bool, names: Names) -> None:
        self._work = work
        self._names = names
        self._size = size
        self._also_here = also_here
        self._members: list[_Member] = []
        self._own: _Own | None = None
        self._answered: dict[int, Run] = {}
        self._taken = 0  # runs that were handed out
        self._again: list[int] = []  # of those, what whoever had them did not come to
        self._suspect: list[int] = []  # and what somebody was at when he was ended
        self._in_vain = 0

    def begin(self) -> None:
        """Begin them all, or as many as the system lets us."""
        import multiprocessing.util  # noqa: F401, PLC0415 - a single file, which most runs are, needs none

        # At the end that waits for processes which wait for us: it comes first here, and so last there.
        atexit.register(self.end)
        for _ in range(self._size - self._also_here):
            if self._begun() is None:
                return

    def answered(self, number: int, runs: tuple[Files, ...], progress: Progress) -> Run:
        """Hand out runs until that one is answered, and return it.

        Raises:
            CancelledError: The person has asked to stop.
        """
        waiting = self._size * _WAITING_FILES // len(runs[0])
        bound = min(number + waiting, len(runs))
        while True:
            stop_if_cancelled(progress)
            if self._own is None and (self._also_here or not self._members):
                mine = self._next(bound)
                self._own = None if mine is None else _Own(self._work, self._names, mine, runs[mine])
            self._hand_out(runs, bound)
            if number in self._answered:
                return self._answered.pop(number)
            if self._own is None:
                self.collect(_LOOK_SECONDS)
            else:
                self._go_on(self._own)
                self.collect(0)
            while self._suspect:
                doubtful = self._suspect.pop()
                self._answered[doubtful] = self._one_by_one(runs[doubtful], progress)

    def collect(self, seconds: float) -> None:
        """Take the answers that are there, or come in that time; tell those who have loaded what to do."""
        from multiprocessing.connection import wait  # noqa: PLC0415 - for the type checker above only

        by_pipe: dict[object, _Member] = {one.answers: one for one in self._members}
        for pipe in wait([one.answers for one in self._members], seconds):
            member = by_pipe[pipe]
            try:
                run = member.heard((self._work, self._names))
            except (EOFError, OSError):
                self._lose(member)
                continue
            if run is not None:
                self._answered[member.has.pop(0)] = run
                self._in_vain = 0

    def dismiss(self) -> None:
        """Let them end by themselves; who still loads has nothing to bring to an end."""
        told = [member for member in self._members if member.is_told]
        for member in told:
            member.send(None)
        for member in told:
            member.process.join(_SECONDS_TO_END)

    def end(self) -> None:
        """End those that are still there, and whatever they began; nothing interrupts this."""
        with interrupts_later():
            for member in self._members:
                member.kill()
            for member in self._members:
                member.close()
            self._members = []
        atexit.unregister(self.end)

    def _begun(self) -> _Member | None:
        """Begin one more; None if the system lets us begin none."""
        import multiprocessing  # noqa: PLC0415 - as above

        # Fresh processes on every system: a copy of this one would share its open files and its signals.
        fresh = multiprocessing.get_context("spawn")
        try:
            theirs, orders = fresh.Pipe(duplex=False)
            answers, mine = fresh.Pipe(duplex=False)
            process = fresh.Process(target=_serve, args=(theirs, mine))
            member = _Member(process, orders, answers)
            self._members.append(member)
            begin(process)
        except OSError:
            self._members = [one for one in self._members if one.process.pid is not None]
            return None
        theirs.close()
        mine.close()
        return member

    def _next(self, bound: int) -> int | None:
        """Take a run; None if all up to there are taken."""
        if self._again:
            return self._again.pop(0)
        if self._taken >= bound:
            return None
        self._taken += 1
        return self._taken - 1

    def _hand_out(self, runs: tuple[Files, ...], bound: int) -> None:
        left = len(runs) - self._taken + len(self._again)
        ahead = min(_AHEAD_OF_BUSY, 1 + left // (2 * self._size)) if self._also_here else _AHEAD
        for member in self._members:
            while member.is_told and len(member.has) < ahead:
                number = self._next(bound)
                if number is None:
                    return
                member.has.append(number)
                if not member.send(runs[number]):
                    break  # that it is gone is seen where its answers would come

    def _go_on(self, own: _Own) -> None:
        """Work for a moment on what this process has taken."""
        if own.is_done(_BUSY_SECONDS):
            self._answered[own.number] = own.run
            self._own = None

    def _lose(self, member: _Member) -> None:
        """Put what somebody had who is gone where it is found; begin another in his place."""
        self._drop(member)
        if member.has:
            self._suspect.append(member.has[0])  # whoever goes through it one by one takes his place
            self._again = sorted((*self._again, *member.has[1:]))
        else:
            self._in_vain += 1
            if self._in_vain < _IN_VAIN:
                self._begun()

    def _drop(self, member: _Member) -> None:
        self._members.remove(member)
        member.kill()
        member.close()

    # --- what ended a process ---

    def _one_by_one(self, files: Files, progress: Progress) -> Run:
        """Return the answers of files that one process alone is given, each when the last is answered."""
        answers, seen = list[Any](), Frames()
        alone: _Member | None = None
        for path in files:
            found, alone = self._alone(path, alone, progress)
            answers += found[0]
            seen.add(found[1])
        if alone is None and self._in_vain < _IN_VAIN:
            self._begun()  # else every such file would leave one fewer, and in the end this process alone
        return answers, seen

    def _alone(self, path: Path, member: _Member | None, progress: Progress) -> tuple[Run, _Member | None]:
        why = reason(ReasonCode.CHECK_STOPPED)
        while member is not None or self._in_vain < _IN_VAIN:
            member = member or self._begun()
            if member is None:
                break
            try:
                run = self._waited(member, path, progress)
            except (EOFError, OSError):
                self._drop(member)
                if member.is_told:
                    why = member.why
                    break
                member, self._in_vain = None, self._in_vain + 1
            else:
                self._in_vain = 0
                return run, member
        lost = Input(self._names.of(path), b"", path, why)
        return (list(self._work.answers([lost])), Frames()), None

    def _waited(self, member: _Member, path: Path, progress: Progress) -> Run:
        """Give one file to a process that has nothing else, and wait.

        Raises:
            CancelledError: The person has asked to stop.
            EOFError, OSError: The process is gone.
        """
        while True:
            if member.is_told and not member.has:
                member.has.append(-1)
                member.send((path,))
            while not member.answers.poll(_LOOK_SECONDS):
                stop_if_cancelled(progress)
            run = member.heard((self._work, self._names))
            if run is not None:
                member.has.clear()
                return run


class _Own:
    """A run that this process works through, a little at a time.

    Attributes:
        number: Which one it is.
        run: Its answers, and the frames that were seen in it; so far.
    """

    def __init__(self, work: Work[Any], names: Names, number: int, files: Files) -> None:
        self.number = number
        self.run: Run = [], Frames()
        self._coming = work.answers(_inputs(files, names, self.run[1]))

    def is_done(self, seconds: float) -> bool:
        """Go on for so long, a file at least; return whether that was all."""
        until = time.monotonic() + seconds
        for answer in self._coming:
            self.run[0].append(answer)
            if time.monotonic() > until:
                return False
        return True


@dataclass(slots=True, eq=False)
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

    @property
    def why(self) -> Reason:
        """Why it is gone."""
        ours = self.process.exitcode == _OUR_FAULT
        return reason(ReasonCode.INTERNAL_ERROR if ours else ReasonCode.CHECK_STOPPED)

    def heard(self, task: Told) -> Run | None:
        """Take what it says: a run, or that it has loaded, whereupon it is told what to do.

        Raises:
            EOFError, OSError: It is gone.
        """
        run: Run | None = self.answers.recv()
        if run is None:
            self.orders.send(task)
            self.is_told = True
        return run

    def send(self, order: Files | None) -> bool:
        """Tell it what to do; return whether it is still there."""
        try:
            self.orders.send(order)
        except OSError:
            return False
        return True

    def kill(self) -> None:
        """End it at once, with everything it began itself."""
        if self.process.pid is None:  # interrupted before it was begun
            return
        with suppress(AttributeError, OSError):  # not on Windows; or it still loads, and has begun nothing
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()

    def close(self) -> None:
        """Wait until it is gone, and let go of it."""
        if self.process.pid is not None:
            self.process.join()
        self.orders.close()
        self.answers.close()


def _serve(orders: Connection, answers: Connection) -> None:
    """Work through runs until there are no more. Runs in a process of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asks to stop, asks the process that began us
    if hasattr(os, "setpgrp"):
        os.setpgrp()  # so that what is begun here is ended with us
    told: SimpleQueue[Any] = SimpleQueue()
    threading.Thread(target=_listen, args=(orders, told), daemon=True).start()
    answers.send(None)  # it has loaded: now there is somebody who listens
    work, names = told.get()
    gc.freeze()  # what was loaded stays until the end
    is_done = False
    try:
        while (files := told.get()) is not None:
            frames = Frames()
            answers.send((list(work.answers(_inputs(files, names, frames))), frames))
        is_done = True
        gc.freeze()  # and nothing is gained by one more look at it
    finally:
        if not is_done:  # a fault of ours: whoever began us sees that nobody answers
            os._exit(_OUR_FAULT)


def _inputs(files: Iterable[Path], names: Names, frames: Frames) -> Iterator[Input]:
    return (one for path in files for one in inputs_from_file(path, frames, names))


def _listen(orders: Connection, told: SimpleQueue[Any]) -> None:
    """Hear what is to be done, also while something is done: then nobody waits until it is heard.

    Ends the process when the one that began it is gone, killed perhaps: what was told must not stay.
    """
    try:
        while True:
            told.put(orders.recv())
    finally:  # also where an order cannot be read: nobody would ever hear of the next
        if hasattr(os, "killpg"):
            os.killpg(0, signal.SIGKILL)
        os._exit(_OUR_FAULT)
