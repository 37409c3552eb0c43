"""A seeded sample of the kill campaign; `python -m tests.faults kills` runs it at full size."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.kills import KillResult, _checked, run_kills
from tests.vault.vaults import Template


@pytest.mark.parametrize("programs", [("writer",), ("writer", "writer"), ("importer",),
                                      ("window", "command")], ids=" and ".join)
def test_what_was_acknowledged_before_a_kill_is_there(template: Template, tmp_path: Path,
                                                      programs: tuple[str, ...]) -> None:
    result = run_kills(template, tmp_path, count=4, seed=20261121, programs=programs)
    assert result.kills == 4
    assert result.acknowledged > 0 or "window" in programs  # on a slow machine a window shows nothing by then
    assert (result.lost, result.unopened) == (0, 0)


def test_the_harness_notices_what_is_lost(template: Template, tmp_path: Path) -> None:
    folder = template.copy(tmp_path / "vault")
    found = _checked(KillResult(0, 0, 0, 0), template, folder, {"never kept"}, kills=1, said=1)
    assert found == KillResult(kills=1, acknowledged=1, lost=1, unopened=0)


def test_the_harness_notices_what_does_not_open(template: Template, tmp_path: Path) -> None:
    folder = template.copy(tmp_path / "vault")
    (folder / "vault.db").write_bytes(b"x")
    found = _checked(KillResult(0, 0, 0, 0), template, folder, set(), kills=1, said=0)
    assert found.unopened == 1
