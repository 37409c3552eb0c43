"""Death in a process of its own, as the attack table has it; the sweep goes over every step of every act."""

from __future__ import annotations

from pathlib import Path

from tests.faults.deaths import die_during
from tests.vault.vaults import NOW, Template
from wallet.vault.container import RecoveryCode, open_vault, vault_exists


def test_a_process_dies_before_the_step_it_was_told(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    assert die_during("make", 1, folder) == (True, "")
    assert not vault_exists(folder)


def test_without_that_step_it_lives_and_says_what_it_did(tmp_path: Path, template: Template) -> None:
    assert template.folder.exists()
    died, code = die_during("make", 10_000, tmp_path / "vault")
    assert not died
    open_vault(tmp_path / "vault", RecoveryCode(code), now=NOW).close()
