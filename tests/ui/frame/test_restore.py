"""Restoring: not before file, secret and an empty folder are chosen; never over a wallet."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.frame.conftest import PASSPHRASE
from wallet.operations.session import Services
from wallet.operations.wallets import Passphrase, create_wallet, lock
from wallet.ui.dialogs.restore import RestoreDialog
from wallet.ui.theme import Theme


def _go(dialog: RestoreDialog) -> QPushButton:
    found = dialog.findChild(QPushButton, "restore_go")
    assert isinstance(found, QPushButton)
    return found


def _fill(dialog: RestoreDialog, source: Path) -> None:
    dialog.set_source(source)
    field = dialog.findChild(QLineEdit, "secret_field")
    assert isinstance(field, QLineEdit)
    field.setText(PASSPHRASE)


def test_everything_is_needed(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    dialog = RestoreDialog(tmp_path / "empty")
    qtbot.addWidget(dialog)
    assert not _go(dialog).isEnabled()
    _fill(dialog, tmp_path / "b.vcwallet")
    with qtbot.waitSignal(dialog.restore_requested, timeout=1000) as wanted:
        _go(dialog).click()
    assert wanted.args == [tmp_path / "b.vcwallet", tmp_path / "empty", Passphrase(PASSPHRASE)]


def test_a_folder_with_a_wallet_is_not_offered(qtbot: QtBot, light: Theme, services: Services) -> None:
    lock(create_wallet(services, services.vault_folder, PASSPHRASE).session)
    dialog = RestoreDialog(services.vault_folder)
    qtbot.addWidget(dialog)
    _fill(dialog, services.vault_folder / "b.vcwallet")
    assert not _go(dialog).isEnabled()
