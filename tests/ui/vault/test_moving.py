"""Leaving with everything and moving in, through the window."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QFileDialog

from tests.simulators.other_wallets import key_pair, universal_wallet
from tests.ui.online.conftest import Life
from tests.ui.vault.driving import dialog, unlock_with
from wallet.keys.keypair import HolderKey
from wallet.operations import holder_keys, library
from wallet.operations.leaving import is_own_export
from wallet.ui.buttons import Segments
from wallet.ui.dialogs.moving import LeaveDialog, MoveInDialog
from wallet.ui.sidebar import Section


def test_everything_goes_along_encrypted_or_after_a_warning(
    life: Life, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    life.work.show_section(Section.SETTINGS)
    sealed, plain = tmp_path / "a.wallet-export", tmp_path / "a.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: (str(sealed), ""))
    life.press("leave_button")
    life.press("leave_dialog_go")
    assert is_own_export(sealed)
    assert "3 credentials are in a.wallet-export" in life.work._note.text

    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: (str(plain), ""))
    life.press("leave_button")
    asked = dialog(life, LeaveDialog)
    form = asked.findChild(Segments, "leave_form")
    sure = asked.findChild(QCheckBox, "leave_sure")
    assert isinstance(form, Segments)
    assert isinstance(sure, QCheckBox)
    form.choose(1)
    form.chosen.emit(1)
    assert "Whoever gets this file reads all of it." in life.said(asked)
    assert not asked.is_complete()
    sure.setChecked(True)
    life.press("leave_dialog_go")
    assert zipfile.is_zipfile(plain)
    assert "not encrypted" in life.work._note.text

    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, **_more: (str(sealed), ""))
    life.press("move_in_button")
    back = dialog(life, MoveInDialog)
    unlock_with(back)
    life.press("move_in_dialog_go")
    assert "3 credentials can come in, and your own words" in life.said(back)
    assert len(library.credentials(life.session)) == 3


def test_another_wallet_is_looked_at_before_it_comes_in(
    life: Life, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "Wallet Backup.json"
    badge = json.loads(life.issuer.badge(number=9, entries=(life.issuer.entry(9),)))
    file.write_text(json.dumps(universal_wallet(badge, key_pair(HolderKey.generate()))))
    life.work.show_section(Section.SETTINGS)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, **_more: (str(file), ""))
    life.press("move_in_button")
    asked = dialog(life, MoveInDialog)
    assert "1 credential can come in." in life.said(asked)
    assert len(library.credentials(life.session)) == 3
    tick = asked.findChild(QCheckBox, "move_keys")
    assert isinstance(tick, QCheckBox)
    assert not tick.isChecked()
    life.press("move_in_dialog_go")
    assert len(library.credentials(life.session)) == 4
    assert len(holder_keys.holder_keys(life.session)) == 1
    assert life.work.review is not None

    life.work.show_section(Section.SETTINGS)
    life.press("move_in_button")
    again = dialog(life, MoveInDialog)
    keys = again.findChild(QCheckBox, "move_keys")
    assert isinstance(keys, QCheckBox)
    keys.setChecked(True)
    life.press("move_in_dialog_go")
    assert len(holder_keys.holder_keys(life.session)) == 2
