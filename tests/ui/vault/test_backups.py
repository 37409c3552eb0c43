"""Backups through the window: planned, tested, compared and brought in; a copy beside; the bin emptied."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QFileDialog, QWidget

from tests.ui.online.conftest import Life
from tests.ui.vault.driving import dialog, unlock_with
from wallet.model.reasons import ReasonCode, reason
from wallet.operations import library, schedule, upkeep
from wallet.ui.dialogs.copies import CompareDialog, TestDialog
from wallet.ui.dialogs.older_copy import OlderCopyDialog
from wallet.ui.sidebar import Section


def test_a_plan_makes_backups_that_open(life: Life, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work, folder = life.work, tmp_path / "stick"
    folder.mkdir()
    work.show_section(Section.SETTINGS)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args, **_more: str(folder))
    life.press("plan_folder")
    assert len(list(folder.iterdir())) == 1
    assert "opened again and checked" in work._note.text
    days = work.settings.findChild(QComboBox, "plan_days")
    assert isinstance(days, QComboBox)
    days.setCurrentIndex(2)
    days.activated.emit(2)
    life.wait()
    plan = schedule.backup_plan(life.session)
    assert plan is not None
    assert plan.days == 14

    life.press("backup_test")
    tested = dialog(life, TestDialog)
    unlock_with(tested)
    life.press("test_dialog_go")
    assert "It opens, and it is whole." in life.said(tested)
    assert "It holds 3 credentials." in life.said(tested)
    tested.reject()
    life.press("plan_off")
    assert schedule.backup_plan(life.session) is None


def test_a_backup_is_compared_and_brings_in_what_is_missing(
    life: Life, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work, file = life.work, tmp_path / "before.vcwallet"
    upkeep.back_up(life.session, file)
    life.work._keeping.delete(life.ids[:1])
    life.wait()
    work.show_section(Section.SETTINGS)
    life.press("empty_bin")
    life.press("confirm_yes")
    assert library.credentials(life.session, binned=True) == ()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, **_more: (str(file), ""))
    life.press("merge_button")
    asked = dialog(life, CompareDialog)
    unlock_with(asked)
    life.press("compare_dialog_go")
    assert "Only in that copy: 1" in life.said(asked)
    assert "Only in your wallet: 0" in life.said(asked)
    assert len(library.credentials(life.session)) == 2
    life.press("compare_dialog_go")
    assert len(library.credentials(life.session)) == 3
    assert "1 credential came in." in work._note.text


def test_everything_is_looked_over_and_what_is_wrong_is_said(life: Life,
                                                             monkeypatch: pytest.MonkeyPatch) -> None:
    life.work.show_section(Section.SETTINGS)
    life.press("look_over")
    assert "it is whole" in life.work._note.text
    assert life.ground._strip.isHidden()
    wrong = upkeep.Finding(upkeep.FindingCode.STORE, good=False, problem=reason(ReasonCode.VAULT_DAMAGED))
    monkeypatch.setattr(upkeep, "look_over", lambda *_anything: (wrong,))
    life.press("look_over")
    assert "is damaged" in life.said(life.find(QWidget, "failure_dialog"))


def test_a_copy_that_another_computer_left_is_offered(life: Life) -> None:
    folder = life.session.vault.folder
    shutil.copy(folder / "vault.db", folder / "vault (conflicted copy 2026-11-21).db")
    life.work.vault.backups.show()
    life.wait()
    life.work.show_section(Section.SETTINGS)
    assert "Another computer changed this wallet too" in life.said(life.work.settings.backups)
    life.press("copy_merge")
    assert "That copy is older." in life.said(dialog(life, CompareDialog))


def test_an_older_copy_is_explained_and_accepted(life: Life) -> None:
    life.session.vault.warnings = (reason(ReasonCode.VAULT_OLDER_COPY),
                                   reason(ReasonCode.VAULT_BROUGHT_FORWARD, found="1.0"))
    life.work.vault.begin()
    life.wait()
    asked = dialog(life, OlderCopyDialog)
    assert "further along" in life.said(asked)
    assert "brought to the form" in life.work._note.text
    life.press("older_copy_dialog_go")
    assert life.dialogs() == []
