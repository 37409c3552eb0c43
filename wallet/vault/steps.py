"""How far a long piece of work in the vault is, and whether it is to go on.

Whoever waits gives a function that is told now and then; what it raises stops the work, which then leaves
nothing behind.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

#: Told how much is done, of how much.
Step: TypeAlias = Callable[[int, int], None]
WHOLE: Final = 100


def unwatched(_done: int, _total: int) -> None:
    """Tell nobody and go on."""


def part(step: Step, start: int, end: int) -> Step:
    """Return what a part of the work tells: from `start` to `end` of `WHOLE`."""
    def told(done: int, total: int) -> None:
        step(start + (end - start) * min(done, total) // max(total, 1), WHOLE)

    return told
