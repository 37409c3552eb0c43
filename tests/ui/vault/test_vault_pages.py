"""What is due when a wallet was opened, and that a lock closes every dialog about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tests.ui.frame.conftest import PASSPHRASE
from tests.ui.online.conftest import Life
from wallet.operations import library, schedule
from wallet.operations.schedule import BackupPlan
from wallet.operations.wallets import Passphrase
from wallet.ui.sidebar import Section


def test_opening_clears_the_bin_of_a_month_ago_and_makes_a_backup(life: Life, tmp_path: Path) -> None:
    window, folder = life.desktop.window, tmp_path / "stick"
    folder.mkdir()
    library.delete(life.session, life.ids[:1])
    schedule.set_backup_plan(life.session, BackupPlan(folder))
    window.lock()
    life.wait()
    assert len(list(folder.iterdir())) == 1
    life.clock.now += timedelta(days=31)
    window.unlock.unlock_requested.emit(Passphrase(PASSPHRASE))
    life.wait()
    work = window.workspace
    assert work is not None
    assert library.credentials(work._session, binned=True) == ()
    assert len(list(folder.iterdir())) == 2
    assert "A backup was made" in work._note.text


def test_a_folder_that_is_gone_is_told(life: Life, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    schedule.set_backup_plan(life.session, BackupPlan(folder))
    folder.rmdir()
    life.work.vault.begin()
    life.wait()
    assert "planned backup could not be made" in life.work._note.text


def test_locking_closes_what_was_asked(life: Life) -> None:
    life.work.show_section(Section.SETTINGS)
    for name in ("change_passphrase", "new_recovery_code"):
        life.press(name)
    assert len(life.dialogs()) == 2
    life.desktop.window.change_settings(replace(life.desktop.window.settings, lock_minutes=15))
    life.desktop.window.lock()
    life.wait()
    assert life.dialogs() == []
