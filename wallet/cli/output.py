"""What is printed where: results on standard output, everything else on standard error.

Colour, tables with lines and a moving progress line exist on a terminal only. Text from files is made
harmless by `wording.text.tidy` before it gets here; nothing here reads markup.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import Any, Final

import click

from wallet.model.report import Level
from wallet.wording.labels import tidy

SCHEMA_VERSION: Final = 1
#: Shape and colour of a level; the word beside it always says the same.
MARKS: Final = {Level.GOOD: "✓", Level.CARE: "!", Level.PROBLEM: "✕", Level.UNKNOWN: "?", Level.INFO: "i"}
_COLOURS: Final = {
    Level.GOOD: "green",
    Level.CARE: "yellow",
    Level.PROBLEM: "red",
    Level.UNKNOWN: "white",
    Level.INFO: "blue",
}
#: What a terminal sends for Ctrl+C, and what a system sends to whom it wants to end.
STOPPING: Final = (signal.SIGINT, signal.SIGTERM)
_QUIET_SECONDS: Final = 1.0  # a wish that is done sooner shows no progress
_REDRAW_SECONDS: Final = 0.1


def use_utf8() -> None:
    """Print in UTF-8 whatever the system's habit; what a terminal cannot show is escaped, never a fault."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if stream.isatty():
            reconfigure(errors="backslashreplace")
        else:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def result(text: str = "") -> None:
    """Print one line of the result."""
    click.echo(text, color=has_colour())


def say(text: str) -> None:
    """Print one line that is not the result."""
    click.echo(text, err=True, color=has_colour())


def has_colour() -> bool:
    """Tell whether colour is welcome. NO_COLOR, set to anything, says no."""
    return not os.environ.get("NO_COLOR") and sys.stdout.isatty()


def marked(level: Level, text: str) -> str:
    """Return a text behind the shape of its level, in its colour where colour is welcome."""
    line = f"{MARKS[level]} {text}"
    return click.style(line, fg=_COLOURS[level], bold=level is Level.PROBLEM) if has_colour() else line


def print_json(**members: Any) -> None:
    """Print one JSON document with its schema version; untrusted text in it is data, escaped as JSON does."""
    result(json.dumps({"schemaVersion": SCHEMA_VERSION, **members}, ensure_ascii=False, indent=1))


def json_line(row: dict[str, Any]) -> str:
    """Return one JSON row as the one line it is printed on."""
    return json.dumps({"schemaVersion": SCHEMA_VERSION, **row}, ensure_ascii=False)


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table: drawn on a terminal, else aligned columns."""
    clean = [[tidy(cell, 60) for cell in row] for row in rows]
    if sys.stdout.isatty():
        _draw_table(headings, clean)
        return
    widths = [max(map(len, column)) for column in zip(headings, *clean, strict=True)]
    for row in (headings, *clean):
        result("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _draw_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.console import Console  # noqa: PLC0415 - its import costs more than most commands
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console(no_color=not has_colour(), highlight=False).print(table)


@dataclass(slots=True)
class TerminalProgress:
    """Says how far a long wish is, on a terminal and only after a second; Ctrl+C asks it to stop.

    Attributes:
        quiet: Whether to say nothing at all.
        at_once: Whether what is under way is given up: nothing is kept that could be left half done.
    """

    quiet: bool = False
    at_once: bool = False
    _stopped: bool = False
    _started: float = field(default_factory=time.monotonic)
    _drawn: float = 0.0
    _is_shown: bool = False

    def step(self, done: int, total: int, label: str) -> None:
        """Draw the line again, at most ten times a second."""
        now = time.monotonic()
        long_enough = now - self._started > _QUIET_SECONDS and now - self._drawn > _REDRAW_SECONDS
        if self.quiet or not long_enough or not sys.stderr.isatty():
            return
        self._drawn, self._is_shown = now, True
        click.echo(f"\r\033[K{done} of {total}  {tidy(label, 50)}", err=True, nl=False)

    def cancelled(self) -> bool:
        """Return whether Ctrl+C was pressed."""
        return self._stopped

    def stop(self, _signal: int, _frame: FrameType | None) -> None:
        """Take the first Ctrl+C as a wish to stop after this file; the second ends the program."""
        ends_now = self._stopped or self.at_once
        self._stopped = True
        if ends_now:
            raise KeyboardInterrupt

    def clear(self) -> None:
        """Wipe the line, if one was drawn."""
        if self._is_shown:
            self._is_shown = False
            click.echo("\r\033[K", err=True, nl=False)


@contextmanager
def progress(*, quiet: bool, at_once: bool = False) -> Iterator[TerminalProgress]:
    """Watch a long wish; Ctrl+C stops it between two files, and what was done stays done.

    Args:
        quiet: Whether to say nothing at all.
        at_once: Whether it need not wait for the end of a file.
    """
    watched = TerminalProgress(quiet, at_once)
    before = [(one, signal.signal(one, watched.stop)) for one in STOPPING]
    try:
        yield watched
    finally:
        for one, handler in before:
            signal.signal(one, handler)
        watched.clear()
