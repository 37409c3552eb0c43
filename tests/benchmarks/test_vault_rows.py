"""The vault's table can be printed; the slow computer is slow."""

from __future__ import annotations

import pytest

from tests.benchmarks.vault_rows import main


def test_the_table_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--quick"]) == 0
    printed = capsys.readouterr().out
    assert "60 credentials, 1/4 core (" in printed
    assert "297 kept and 3 refused" in printed
    assert "200 credentials," in printed
    assert "plain sqlite3 (at most 10 ms)" in printed
    assert "growth | search, a keystroke |" in printed
