"""Keys, withdrawal lists and issuer lists: how many there are, and the ways to their pages."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wallet.ui.buttons import button
from wallet.ui.icons import Icon
from wallet.ui.labels import SafeLabel
from wallet.ui.tokens import TextStyle
from wallet.ui.wording import counted

from .settings_section import SettingsSection, setting


class TrustSection(SettingsSection):
    """What the wallet judges by.

    Signals:
        evidence_requested: Add keys, lists or other documents.
    """

    evidence_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("settings_trust", parent)
        self.set_title(self.tr("Keys and lists"))
        add = button(self.tr("Add documents…"), icon=Icon.ADD, name="evidence_button")
        add.clicked.connect(self.evidence_requested)
        self._documents = SafeLabel("", TextStyle.SMALL, wrapped=True)
        self.content.addLayout(setting(self.tr("Documents"), self._documents, add))

    def show_documents(self, count: int) -> None:
        """Say how many are kept."""
        self._documents.setText(counted(
            count, "%n document is kept: keys of issuers and withdrawal lists.",
            "%n documents are kept: keys of issuers and withdrawal lists."))
