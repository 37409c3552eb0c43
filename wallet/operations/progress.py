"""Progress and cancel: how a long operation talks to whoever started it, without knowing who that is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from wallet.model.errors import CancelledError


class Progress(Protocol):
    """What a long operation may say and ask. Implemented by both shells."""

    def step(self, done: int, total: int, label: str) -> None:
        """Say how far it is: `done` of `total`, now at `label` (a file's name, untrusted text)."""

    def cancelled(self) -> bool:
        """Return whether the person has asked to stop."""


class SilentProgress:
    """Says nothing and is never cancelled."""

    def step(self, done: int, total: int, label: str) -> None:
        """Do nothing."""

    def cancelled(self) -> bool:
        """Return False."""
        return False


def stepping(progress: Progress | None, label: str = "") -> Callable[[int, int], None]:
    """Return what a room below tells, that knows no `Progress`; it raises `CancelledError` to stop."""
    watched = progress or SilentProgress()

    def step(done: int, total: int) -> None:
        stop_if_cancelled(watched)
        watched.step(done, total, label)

    return step


def stop_if_cancelled(progress: Progress) -> None:
    """Raise `CancelledError` if the person has asked to stop."""
    if progress.cancelled():
        raise CancelledError
