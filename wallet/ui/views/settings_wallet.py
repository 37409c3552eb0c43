"""The wallet as a whole: its backup."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wallet.ui.buttons import button
from wallet.ui.icons import Icon

from .settings_section import SettingsSection, setting


class WalletSection(SettingsSection):
    """Saving a backup.

    Signals:
        backup_requested: Write a backup.
    """

    backup_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("settings_wallet", parent)
        self.set_title(self.tr("Wallet"))
        save = button(self.tr("Save a backup…"), icon=Icon.SAVE, name="backup_button")
        save.clicked.connect(self.backup_requested)
        self.content.addLayout(setting(
            self.tr("Backup"), self.tr("One encrypted file with everything. It opens with your passphrase or "
                                       "your recovery sheet."), save))
