"""Whether time is linear is told by the time of one file, and a remembered seal beside one that is not."""

from __future__ import annotations

from tests.benchmarks.growth_rows import growth, repeated_imports


def test_each_step_stands_beside_the_one_before() -> None:
    first, second = growth(lambda count: (count / 500, 80.0), (1_000, 10_000))
    assert (first.ours, first.other) == (2.0, None)
    assert (second.ours, second.other) == (2.0, 2.0)


def test_known_bytes_are_imported_with_and_without_memory() -> None:
    (row,) = repeated_imports(None, quick=True)
    assert row.ours
    assert row.other
