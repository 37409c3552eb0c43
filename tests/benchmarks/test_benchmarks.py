"""The benchmark table can be printed, and its floor is the floor."""

from __future__ import annotations

import pytest

from tests.benchmarks.__main__ import main, measured


def test_table_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--quick"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].split() == ["what", "median", "ms", "x", "bare", "runs"]
    assert any(line.startswith("check a file, from bytes to report") for line in printed)


def test_median_is_of_the_runs_after_the_warm_up() -> None:
    seen: list[int] = []
    line = measured("x", lambda: seen.append(1), 3)
    assert len(seen) == 4
    assert line.repetitions == 3
    assert line.milliseconds >= 0


def test_help_is_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == main(["verify", "-h"]) == 0
    assert "bench vault" in capsys.readouterr().out


@pytest.mark.parametrize("given", ["--fast", "vualt"])
def test_what_it_does_not_know_it_does_not_run(given: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([given]) == 2
    assert given in capsys.readouterr().err
