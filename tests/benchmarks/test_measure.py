"""A row is printed with its ratio, and what could not be filled is named."""

from __future__ import annotations

from tests.benchmarks.measure import MISSING, Measure, rows_as_text


def test_ratio_is_the_others_time_over_ours() -> None:
    printed = rows_as_text([Measure("x", 2.0, 5.0, "y", "at least 2")])
    assert printed[1].split()[:5] == ["x", "2.000", "ms", "5.000", "2.50"]
    assert not any("could not be filled without" in line for line in printed)


def test_what_could_not_be_run_is_named() -> None:
    printed = rows_as_text([Measure("x", None, None, MISSING, "z"), Measure("w", 1.0, 2.0, "y", "z")])
    assert printed[1].split()[:4] == ["x", "?", "ms", "?"]
    assert printed[-1] == "could not be filled without peers: x"
