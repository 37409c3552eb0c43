"""The rows of the verification benchmark can be made without peers, and say so."""

from __future__ import annotations

from tests.benchmarks.verify_rows import rows, table


def test_rows_without_peers_say_which_could_not_be_filled() -> None:
    found = list(rows(None, rounds=1, repetitions=1))
    missing = [row.name for row in found if row.milliseconds is None]
    assert missing == ["@digitalbazaar/vc, from text to verdict (not run: no peers here)"]
    assert all(row.milliseconds > 0 for row in found if row.milliseconds is not None)
    printed = table(found)
    assert "cryptography" in printed
    assert "proof check, compiled contexts" in printed
