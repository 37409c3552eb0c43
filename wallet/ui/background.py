"""The one thread door: work leaves the window here and its answer comes back here, on the main thread.

Two lanes of one worker each. The vault's connection belongs to one thread, so everything that touches
an open wallet runs in `Lane.VAULT`, in the order it was asked for; checking what somebody sent runs in
`Lane.CHECKS` beside it. Answers come back through one long-lived relay object with one signal, so no
object is made or destroyed per task. A callback whose owner is gone is dropped.

Nothing else in the window starts threads, and this is its only `except Exception`: whatever the work
raises becomes a `Reason` that the window puts into words.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from enum import Enum, unique
from time import monotonic
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from wallet.model.errors import WalletError
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.operations.progress import Progress

_log = logging.getLogger(__name__)

#: Progress reaches the window at most this often; a person cannot read faster.
PROGRESS_INTERVAL_S = 0.05

T = TypeVar("T")


@unique
class Lane(Enum):
    """Which worker does it."""

    VAULT = "vault"
    CHECKS = "checks"


class Task:
    """One piece of work under way: the window's handle, and the progress the work reports to.

    `cancel` and `drop` are for the window, `step` and `cancelled` for the work. A cancelled task still
    brings its answer (what was done stays done); a dropped one never does.
    """

    def __init__(self, owner: QObject, on_progress: Callable[[int, int, str], None] | None,
                 post: Callable[[Callable[[], None]], None], *, lasting: bool = False) -> None:
        self._lasting = lasting
        self._owner = owner
        self._on_progress = on_progress
        self._post = post
        self._stop = threading.Event()
        self._dropped = False
        self._reported_at = 0.0

    @property
    def wanted(self) -> bool:
        """Whether somebody still waits for the answer."""
        return not self._dropped and shiboken6.isValid(self._owner)

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._stop.set()

    def drop(self) -> None:
        """Ask the work to stop, and let nothing of it arrive any more. Not begun, it never begins."""
        if not self._lasting:
            self._dropped = True
            self._stop.set()

    @property
    def dropped(self) -> bool:
        """Whether it was dropped."""
        return self._dropped

    def cancelled(self) -> bool:
        """Return whether the work should stop."""
        return self._stop.is_set()

    def step(self, done: int, total: int, label: str) -> None:
        """Report progress from the worker; repeated reports within a moment are left out."""
        now = monotonic()
        on_progress = self._on_progress
        if on_progress is None or (done < total and now - self._reported_at < PROGRESS_INTERVAL_S):
            return
        self._reported_at = now
        self._post(lambda: on_progress(done, total, label) if self.wanted else None)


class _Relay(QObject):
    """Carries closures from the workers to the main thread."""

    arrived = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _on_arrived(self, deliver: Callable[[], None]) -> None:
        deliver()


class Background:
    """The workers and the way back from them. Made once, closed with the window."""

    def __init__(self) -> None:
        self._relay = _Relay()
        self._workers = {lane: ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"wallet-{lane.value}")
                         for lane in Lane}
        self._tasks: set[Task] = set()

    @property
    def busy(self) -> bool:
        """Whether anything asked for has not been answered yet."""
        return bool(self._tasks)

    def run(self, owner: QObject, work: Callable[[Progress], T], *, done: Callable[[T], None],
            failed: Callable[[Reason], None], progress: Callable[[int, int, str], None] | None = None,
            lane: Lane = Lane.VAULT, lasting: bool = False) -> Task:
        """Do `work` on a worker; `done` or `failed` is called on the main thread while `owner` lives.

        Args:
            owner: The object whose life bounds the callbacks.
            work: Called with the `Progress` of this task. Must touch no widget.
            done: Gets what `work` returned.
            failed: Gets the reason, of a `WalletError` or of anything unexpected.
            progress: Gets done, total and label now and then.
            lane: Which worker.
            lasting: Whether it is done even when everything else is dropped: closing a wallet.
        """
        task = Task(owner, progress, self._relay.arrived.emit, lasting=lasting)
        self._tasks.add(task)

        def answer(deliver: Callable[[], None]) -> None:
            self._tasks.discard(task)
            if task.wanted:
                deliver()

        def job() -> None:
            if task.dropped:
                self._relay.arrived.emit(lambda: answer(lambda: None))
                return
            try:
                result = work(task)
            except WalletError as error:
                why = error.reason
                self._relay.arrived.emit(lambda: answer(lambda: failed(why)))
            except Exception as error:  # noqa: BLE001 -- the one place where the unexpected becomes a sentence
                why = _unexpected(error)
                self._relay.arrived.emit(lambda: answer(lambda: failed(why)))
            else:
                self._relay.arrived.emit(lambda: answer(lambda: done(result)))

        self._workers[lane].submit(job)
        return task

    def drop_all(self) -> None:
        """Cancel everything under way and let none of it arrive: the wallet is being locked."""
        for task in tuple(self._tasks):
            task.drop()

    def close(self) -> None:
        """Drop everything and wait for the workers to end; what is lasting is done before."""
        self.drop_all()
        for worker in self._workers.values():
            worker.shutdown(wait=True)
        self._tasks.clear()


def _unexpected(error: Exception) -> Reason:
    """Turn a fault of ours into a reason. Its message may hold claims, so only its type is kept."""
    _log.error("unexpected %s in the background", type(error).__name__)
    return reason(ReasonCode.INTERNAL_ERROR, kind=type(error).__name__)
