"""Own keys through the window: made, chosen, renamed, replaced, retired, out and in again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QFileDialog

from tests.ui.online.conftest import Life
from tests.ui.vault.driving import choose_new, dialog, fill, trigger, unlock_with
from wallet.operations import holder_keys
from wallet.ui.dialogs.dialog import ConfirmDialog
from wallet.ui.dialogs.form import TextDialog
from wallet.ui.dialogs.key_file import KeyInDialog, KeyOutDialog
from wallet.ui.labels import StatusLabel
from wallet.ui.sidebar import Section


def _name(life: Life, label: str) -> None:
    fill(dialog(life, TextDialog), "text_field", label)
    life.press("text_dialog_go")


def test_a_key_lives_its_life(life: Life) -> None:
    work = life.work
    work.show_section(Section.SETTINGS)
    life.press("new_key")
    _name(life, "For work <b>x</b>")
    assert "For work <b>x</b>" in life.said(work.settings.keys)
    work.vault.keys.choose("2")
    life.wait()
    assert [one.is_default for one in holder_keys.holder_keys(life.session)] == [False, True]
    work.vault.keys.label("2")
    _name(life, "For school")
    work.vault.keys.replace("2")
    _name(life, "Newer")
    work.vault.keys.retire("1")
    assert dialog(life, ConfirmDialog).isVisible()
    life.press("confirm_yes")
    keys = holder_keys.holder_keys(life.session)
    found = [(one.label, one.retired_at is None) for one in keys]
    assert found[1:] == [("For school", False), ("Newer", True)]
    assert keys[0].retired_at is not None
    assert "Retired" in {one.word for one in work.settings.keys.findChildren(StatusLabel)}


def test_a_copy_of_a_key_is_locked_and_comes_in_again(
    life: Life, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work, target = life.work, tmp_path / "mine.json"
    work.show_section(Section.SETTINGS)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: (str(target), ""))
    trigger(work.settings.keys, "key_export")
    out = dialog(life, KeyOutDialog)
    unlock_with(out, "not my passphrase")
    choose_new(out)
    life.press("key_out_dialog_go")
    assert not target.exists()
    unlock_with(out)
    life.press("key_out_dialog_go")
    assert holder_keys.is_key_file_encrypted(target)

    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, **_more: (str(target), ""))
    life.press("import_key")
    back = dialog(life, KeyInDialog)
    assert not back.is_complete()
    unlock_with(back, "wrong")
    life.press("key_in_dialog_go")
    assert "does not open this key file" in life.said(back)
    back.reject()

    trigger(work.settings.keys, "key_export")
    plain = dialog(life, KeyOutDialog)
    unlock_with(plain)
    tick = plain.findChild(QCheckBox, "key_plain")
    assert isinstance(tick, QCheckBox)
    tick.setChecked(True)
    assert "can act in your name" in life.said(plain)
    target.unlink()
    life.press("key_out_dialog_go")
    assert not holder_keys.is_key_file_encrypted(target)
