"""The verification table can be made without peers, and says which rows it could not fill."""

from __future__ import annotations

from tests.benchmarks.engine_rows import Measure, measures, table


def test_rows_without_peers_say_so() -> None:
    found = list(measures(None, quick=True))
    assert all(row.ours > 0 for row in found)
    missing = {row.work.partition(",")[0] for row in found if row.other is None}
    assert missing == {"full report", "cold process: wallet verify FILE"}
    printed = table(found, None)
    assert "not run: no peers here" in printed
    assert "cryptography" in printed


def test_ratio_is_the_others_time_over_ours() -> None:
    printed = table([Measure("x", 2.0, 5.0, "y", "at least 2")], None).splitlines()
    assert printed[1].split()[:5] == ["x", "2.000", "ms", "5.000", "2.50"]
