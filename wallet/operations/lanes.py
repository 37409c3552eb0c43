"""Threads that bring documents side by side, and know nothing else.

The vault's connection belongs to the thread that asks: whatever is read from it or written to it is done
there, before an order is handed over here and after its answer came back. Which order may be handed over when
is decided in `batch`. A thread that still waits for a host when nobody wants its answer any more ends by
itself, within the time that one document has; it keeps nobody from leaving.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Final, TypeAlias

from wallet.model.network import Fetched, Order
from wallet.net.fetch import FetchError

#: A commit takes about as long: less would be written more often, more would be waited for.
_TOGETHER_S: Final = 0.005
#: What became of an order; anything but the first two is a mistake of ours.
_Came: TypeAlias = Fetched | FetchError | BaseException


class Lanes:
    """A few threads, begun when they are needed."""

    def __init__(self, bring: Callable[[Order], Fetched]) -> None:
        self._bring = bring
        self._ordered: SimpleQueue[tuple[int, Order] | None] = SimpleQueue()
        self._came: SimpleQueue[tuple[int, _Came]] = SimpleQueue()
        self._threads = 0
        self._busy = 0

    @property
    def busy(self) -> int:
        """How many orders have no answer yet."""
        return self._busy

    def send(self, number: int, order: Order) -> None:
        """Hand over an order; its answer comes back under the same number."""
        self._busy += 1
        if self._busy > self._threads:
            self._threads += 1
            Thread(target=self._work, daemon=True, name="fetch").start()
        self._ordered.put((number, order))

    def came(self, wait_s: float) -> list[tuple[int, Fetched | FetchError]]:
        """Return what has come, after waiting for the first of it; nothing if the time is over before.

        What comes at nearly the same moment is returned together, so that it can be written together.
        """
        found: list[tuple[int, Fetched | FetchError]] = []
        until = time.monotonic() + wait_s
        while self._busy:
            try:
                number, came = self._came.get(timeout=max(0.0, until - time.monotonic()))
            except Empty:
                break
            until = until if found else time.monotonic() + _TOGETHER_S
            self._busy -= 1
            if not isinstance(came, Fetched | FetchError):
                raise came
            found.append((number, came))
        return found

    def close(self) -> None:
        """Let the threads end: those that wait now, those that fetch when they have."""
        for _ in range(self._threads):
            self._ordered.put(None)

    def _work(self) -> None:
        while (task := self._ordered.get()) is not None:
            number, order = task
            try:
                came: _Came = self._bring(order)
            except BaseException as problem:  # noqa: BLE001 - raised where it is waited for, or it would hang
                came = problem
            self._came.put((number, came))
