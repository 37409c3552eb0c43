"""One row of the verification table, and how rows are printed. Nothing is measured here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

MISSING: Final = "not run: no peers here"


@dataclass(frozen=True, slots=True)
class Measure:
    """One row.

    Attributes:
        work: What was done.
        ours: Milliseconds, or what `unit` says; None if it could not be run.
        other: Of the one it is compared with; None if that could not be run.
        against: Who that is.
        bar: What the ratio should be: other divided by ours at least, or ours by other at most.
        unit: Of both.
    """

    work: str
    ours: float | None
    other: float | None
    against: str
    bar: str
    unit: str = "ms"


def rows_as_text(found: Iterable[Measure]) -> list[str]:
    """Return the rows as lines, and by name those that could not be filled."""
    rows = tuple(found)
    lines = [f"{'work':<64} {'ours':>10} {'other':>10} {'ratio':>7}  against (bar)"]
    for row in rows:
        ours = "?" if row.ours is None else f"{row.ours:.3f}"
        other = "?" if row.other is None else f"{row.other:.3f}"
        ratio = "?" if not row.other or not row.ours else f"{row.other / row.ours:.2f}"
        numbers = f"{ours:>7} {row.unit:<2} {other:>10} {ratio:>7}"
        lines.append(f"{row.work:<64} {numbers}  {row.against} ({row.bar})")
    lines.append("ratio: the other's time divided by ours; \"?\" could not be filled")
    empty = [row.work for row in rows if row.against == MISSING]
    if empty:
        lines.append("could not be filled without peers: " + "; ".join(empty))
    return lines
