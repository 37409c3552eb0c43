"""A seeded sample of the power-cut campaign; `python -m tests.faults unsynced` runs it at full size."""

from __future__ import annotations

from pathlib import Path

from tests.faults.unsynced import run_power_cuts
from tests.vault.vaults import Template


def test_a_power_cut_loses_nothing_that_was_acknowledged(template: Template, tmp_path: Path) -> None:
    result = run_power_cuts(template, tmp_path, acts=12, seed=20261121, at_most=60)
    assert result.violations == ()
    assert result.points == 120
    assert result.syncs > result.acts  # one at each commit, and those of the store itself


def test_the_harness_notices_a_vault_that_does_not_sync(template: Template, tmp_path: Path) -> None:
    result = run_power_cuts(template, tmp_path, acts=6, seed=1, at_most=40, unsafe_without_sync=True)
    assert result.violations != ()
