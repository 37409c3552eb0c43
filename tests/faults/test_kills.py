"""A seeded sample of the kill campaign; `python -m tests.faults kills` runs it at full size."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.kills import KillResult, _checked, run_kills
from tests.vault.vaults import Template


@pytest.mark.parametrize("writers", [1, 2])
def test_what_was_acknowledged_before_a_kill_is_there(template: Template, tmp_path: Path,
                                                      writers: int) -> None:
    result = run_kills(template, tmp_path, count=6, seed=20261121, writers=writers)
    assert result.kills == 6
    assert result.acknowledged > 0
    assert (result.lost, result.unopened) == (0, 0)


def test_a_killed_import_loses_nothing_it_acknowledged(template: Template, tmp_path: Path) -> None:
    result = run_kills(template, tmp_path, count=4, seed=20261122, writers=1, program="importer")
    assert result.kills == 4
    assert result.acknowledged > 0
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
