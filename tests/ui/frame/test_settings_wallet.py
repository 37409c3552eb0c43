"""A backup is one click away."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from wallet.ui.theme import Theme
from wallet.ui.views.settings_wallet import WalletSection


def test_a_backup_is_asked_for(qtbot: QtBot, light: Theme) -> None:
    section = WalletSection()
    qtbot.addWidget(section)
    save = section.findChild(QPushButton, "backup_button")
    assert isinstance(save, QPushButton)
    with qtbot.waitSignal(section.backup_requested, timeout=1000):
        save.click()
