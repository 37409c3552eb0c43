"""The command that prints the table."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY, plain_databases
from tests.faults import __main__ as command
from tests.faults.campaigns import Row


def run_command(*arguments: str) -> str:
    """Run the command in a process of its own and return the table."""
    done = subprocess.run([sys.executable, "-m", "tests.faults", *arguments], cwd=REPOSITORY, text=True,
                          capture_output=True, check=False, timeout=240)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="death is tried in a forked process")
def test_the_table_has_a_row_for_every_act() -> None:
    told = run_command("sweep", "--steps", "1", "--seed", "20261122")
    assert told.splitlines()[-1].startswith("14 rows, 0 violations")
    assert told.startswith("seed 20261122")


def test_a_campaign_that_breaks_down_is_a_finding_and_the_others_go_on(
        monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(*_: object) -> Iterator[Row]:
        yield Row("first", "one", "tried", (), 0)
        raise RuntimeError("made to break")

    def fine(*_: object) -> Iterator[Row]:
        yield Row("second", "other", "tried", (), 0)

    monkeypatch.setattr(command, "CAMPAIGNS", {"keychain": broken, "situations": fine})
    assert command.main(["all", "--quick", "--seed", "7"]) == 1
    told = capsys.readouterr()
    assert told.out.splitlines()[0].startswith("seed 7, a sample")
    assert "made to break" in told.out
    assert "second" in told.out
    assert told.out.splitlines()[-1].startswith("4 rows, 1 violations")
    assert "keychain ..." in told.err


def test_a_run_that_is_stopped_says_what_was_tried(monkeypatch: pytest.MonkeyPatch,
                                                   capsys: pytest.CaptureFixture[str]) -> None:
    def stopped(*_: object) -> Iterator[Row]:
        yield Row("first", "one", "tried", (), 0)
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "CAMPAIGNS", {"keychain": stopped})
    assert command.main(["all"]) == 130
    told = capsys.readouterr().out
    assert "first" in told
    assert "stopped before its end" in told


def test_a_row_says_how_many_violations_there_were() -> None:
    row = Row("sweep", "merge", "168 steps", ("one is lost",), 3.2)
    assert "1 VIOLATIONS" in str(row)


def test_a_database_that_is_not_encrypted_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    plain = tmp_path / "below" / "some.db"
    plain.write_bytes(b"SQLite format 3\x00 and more")
    (tmp_path / "other").write_bytes(b"SQLite format 4\x00")
    assert plain_databases(tmp_path) == [str(plain.relative_to(tmp_path))]
    plain.unlink()  # the whole run is looked over, too
    assert plain_databases(tmp_path) == []
