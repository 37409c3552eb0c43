"""What the vault is compared with does the same work."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.plain import PlainStore
from tests.vault.vaults import numbered


def test_it_keeps_finds_checks_and_copies(tmp_path: Path) -> None:
    store = PlainStore(tmp_path / "plain.db")
    store.add([numbered(number) for number in range(10)])
    assert store.newest(4) == 4
    assert store.search(("bad", "7"), 50) == 1
    assert store.search(("bad",), 3) == 3
    store.look_over()
    assert store.back_up(tmp_path / "copy.db") > 0
    store.close()
    for left in tmp_path.iterdir():  # nothing unencrypted may be left by a test
        left.unlink()
