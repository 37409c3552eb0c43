"""A seeded sample of the corruption campaign; `python -m tests.faults corruption` runs it at full size."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.corruption import Damage, Finding, answers, fill, run_corruption
from tests.vault.vaults import NOW, Template
from wallet.vault.container import open_vault
from wallet.vault.database import Database


def test_no_damage_ever_returns_wrong_data(template: Template, tmp_path: Path) -> None:
    result = run_corruption(template, tmp_path, count=150, seed=20261122)
    assert result.wrong == []
    assert result.total == 150
    assert result.found(Finding.REFUSED) > 40


def test_a_vault_that_nobody_damaged_answers_as_before(template: Template, tmp_path: Path) -> None:
    filled = fill(template, tmp_path)
    for folder in (one for pair in filled.folders for one in pair):
        vault = open_vault(folder, template.secret, now=NOW)
        assert answers(vault) in filled.states
        vault.close()
    vault = open_vault(filled.folders[-1][1], template.secret, now=NOW)
    assert answers(vault) == filled.states[-1]
    vault.close()


def test_the_harness_notices_wrong_data(template: Template, tmp_path: Path,
                                        monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that answers with other words than were ever kept is found out."""
    def lying(folder: Path) -> None:
        vault = open_vault(folder, template.secret, now=NOW)
        database: Database = vault.database
        with database.transaction():
            database.rows("UPDATE setting SET value = 'never' WHERE name = 'step'")
        vault.close()

    filled = fill(template, tmp_path / "f")
    monkeypatch.setattr("tests.faults.corruption._do_damage",
                        lambda path, _old, _damage, _chance: lying(path.parent))
    monkeypatch.setattr("tests.faults.corruption.fill", lambda *_arguments: filled)
    result = run_corruption(template, tmp_path, count=12, seed=1)
    assert any("step" in one for one in result.wrong)
    assert set(Damage) >= {damage for _, damage, _ in result.counts}
