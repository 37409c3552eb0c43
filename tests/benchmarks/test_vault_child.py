"""What is measured in other processes answers with every figure that its table needs."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.filling import Mint, fill, new_wallet
from tests.benchmarks.vault_child import at_size, best, keystrokes, mean, take_in
from tests.simulators.issuer import SimulatedIssuer


def test_one_size_is_measured(tmp_path: Path) -> None:
    filled = new_wallet(tmp_path)
    fill(filled, Mint(), range(60))
    found = at_size(tmp_path, filled.code)
    assert {"unlock", "search", "search_worst", "add", "integrity", "backup", "memory"} <= set(found)
    assert all(value >= 0 for value in found.values())


def test_an_import_tells_what_was_broken(tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    issuer = SimulatedIssuer("did:key")
    for number in range(9):
        (files / f"{number}").write_bytes(b"{" if number == 4 else issuer.badge_jwt(number=number))
    found = take_in(tmp_path, files)
    assert (found["added"], found["refused"]) == (8, 1)


def test_what_stands_in_the_field_after_each_key() -> None:
    assert keystrokes()[:3] == ["d", "da", "dat"]
    assert "data analysis" in keystrokes()


def test_the_shortest_time_and_the_mean() -> None:
    seen: list[int] = []
    assert best(lambda: seen.append(1), 3) >= 0
    assert mean(lambda: seen.append(1), 4) >= 0
    assert len(seen) == 7
