"""Whose turn it is: one request at a time to one host, with a pause in between.

Politeness, not safety: a refresh of many documents must not look like an attack on the host that has them.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from wallet.model.limits import MIN_SPACING_S


@dataclass(slots=True)
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0


class Turns:
    """The turns of every host asked so far."""

    def __init__(self, pause: Callable[[float], None] = time.sleep) -> None:
        self._pause = pause
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    @contextmanager
    def of(self, host: str) -> Iterator[None]:
        """Wait for this host's turn, and keep it until the block ends."""
        with self._lock:
            turn = self._hosts.setdefault(host, _Host())
        with turn.lock:
            wait = turn.free_at - time.monotonic()
            if wait > 0:
                self._pause(wait)
            try:
                yield
            finally:
                turn.free_at = time.monotonic() + MIN_SPACING_S
