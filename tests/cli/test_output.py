"""Where things are printed, and what a terminal adds."""

from __future__ import annotations

import io
import json
import os
import signal
import sys

import pytest

from wallet.cli import output
from wallet.model.report import Level


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_every_level_has_a_shape_of_its_own() -> None:
    assert set(output.MARKS) == set(Level)
    assert len(set(output.MARKS.values())) == len(Level)


def test_no_colour_away_from_a_terminal() -> None:
    assert output.marked(Level.PROBLEM, "Withdrawn") == "✕ Withdrawn"


def test_colour_on_a_terminal_unless_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Terminal())
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[" in output.marked(Level.GOOD, "Genuine")
    monkeypatch.setenv("NO_COLOR", "1")
    assert output.marked(Level.GOOD, "Genuine") == "✓ Genuine"


def test_json_keeps_values_and_names_its_schema(capsys: pytest.CaptureFixture[str]) -> None:
    output.print_json(results=[{"title": "a\u202eb\n"}])
    printed = json.loads(capsys.readouterr().out)
    assert printed == {"schemaVersion": 1, "results": [{"title": "a\u202eb\n"}]}


def test_table_is_aligned_and_harmless(capsys: pytest.CaptureFixture[str]) -> None:
    output.print_table(("A", "B"), [("x\x1b[2J\n", "1"), ("long", "2")])
    assert capsys.readouterr().out == "A     B\nx[2J  1\nlong  2\n"


def test_drawn_table_reads_no_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    output.print_table(("Title",), [("[red]Danger[/red]",)])
    assert "[red]Danger[/red]" in terminal.getvalue()


def test_progress_is_silent_at_first_and_away_from_terminals(capsys: pytest.CaptureFixture[str]) -> None:
    with output.progress(quiet=False) as watched:
        watched.step(1, 10, "badge.png")
    assert capsys.readouterr().err == ""


def test_progress_on_a_terminal_after_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    watched = output.TerminalProgress()
    watched._started -= 2
    watched.step(3, 10, "badge\x1b.png")
    assert "3 of 10  badge.png" in terminal.getvalue()
    output.TerminalProgress(quiet=True, _started=0.0).step(4, 10, "x")
    assert "4 of 10" not in terminal.getvalue()


@pytest.mark.skipif(os.name == "nt", reason="a process cannot interrupt itself alone on Windows")
def test_first_interrupt_asks_to_stop_and_the_second_insists() -> None:
    before = signal.getsignal(signal.SIGINT)
    with output.progress(quiet=True) as watched:
        assert not watched.cancelled()
        os.kill(os.getpid(), signal.SIGINT)
        assert watched.cancelled()
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.skipif(os.name == "nt", reason="a process cannot interrupt itself alone on Windows")
@pytest.mark.parametrize("asked", output.STOPPING)
def test_where_nothing_is_kept_the_first_wish_ends_it(asked: signal.Signals) -> None:
    before = signal.getsignal(asked)
    with output.progress(quiet=True, at_once=True) as watched:
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), asked)
        assert watched.cancelled()
    assert signal.getsignal(asked) is before


def test_a_line_is_wiped_once(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    watched = output.TerminalProgress(_started=-9.0)
    watched.step(3, 10, "x")
    for _ in range(3):
        watched.clear()
    assert terminal.getvalue().count("\r\x1b[K") == 2
