"""A seeded sample of the campaigns on key changes; `python -m tests.faults keys` runs them at full size."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from tests.faults.disks import FileDisk, FileEvent, Step
from tests.faults.key_changes import Act, run_cuts, run_errors
from tests.vault.vaults import Template


@pytest.mark.parametrize("act", Act, ids=lambda act: act.name)
def test_a_disk_that_fails_leaves_the_old_or_the_new_secret(act: Act, template: Template,
                                                            tmp_path: Path) -> None:
    found = run_errors(template, tmp_path, act, seed=20261122, at_most=12)
    assert found.violations == []
    assert found.points == found.kept + found.changed == 12
    assert found.kept


@pytest.mark.skipif(sys.platform != "linux", reason="names of open files are read from /proc")
@pytest.mark.parametrize("act", Act, ids=lambda act: act.name)
def test_a_power_cut_leaves_the_old_or_the_new_secret(act: Act, template: Template, tmp_path: Path) -> None:
    found = run_cuts(template, tmp_path, act, seed=20261122, at_most=12)
    assert found.violations == []
    assert found.points == found.kept + found.changed
    assert found.kept
    assert found.changed


def test_the_disk_forgets_what_was_never_synced() -> None:
    disk = FileDisk({"head": b"old"})
    disk.apply(FileEvent(Step.MADE, "head.tmp"))
    disk.apply(FileEvent(Step.SYNCED, "head.tmp", data=b"new"))
    disk.apply(FileEvent(Step.RENAMED, "head.tmp", "head"))
    chance = random.Random(1)
    assert disk.after_power_cut(0, chance)["head"] == b"old"
    assert disk.after_power_cut(1, chance) == {"head": b"new"}
    disk.apply(FileEvent(Step.FOLDER_SYNCED))
    assert disk.after_power_cut(0, chance) == {"head": b"new"}
