"""The verification table can be made without peers, and says which rows it could not fill."""

from __future__ import annotations

from tests.benchmarks.engine_rows import measures, table


def test_rows_without_peers_say_so() -> None:
    found = list(measures(None, quick=True))
    assert all(row.ours is None or row.ours > 0 for row in found)
    empty = [row.work for row in found if row.other is None]
    missing = {work.split(", ")[1] if "report" in work else "cold" for work in empty}
    assert missing == {"eddsa-rdfc-2022", "ecdsa-sd-2023", "bbs-2023", "cold"}
    printed = table(found, None)
    assert "not run: no peers here" in printed
    assert "could not be filled without peers: full report, eddsa-rdfc-2022" in printed
    assert "cryptography" in printed
