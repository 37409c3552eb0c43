"""Keys, withdrawal lists and issuer lists: how many there are, and the ways to their pages."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from wallet.ui.buttons import button
from wallet.ui.icons import Icon
from wallet.ui.labels import SafeLabel
from wallet.ui.panels import hairline
from wallet.ui.tokens import TextStyle
from wallet.ui.wording import counted

from .settings_section import SettingsSection, setting


class TrustSection(SettingsSection):
    """What the wallet judges by.

    Signals:
        evidence_requested: Add keys, lists or other documents.
        documents_requested, lists_requested: Show them.
    """

    evidence_requested = Signal()
    documents_requested = Signal()
    lists_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("settings_trust", parent)
        self.set_title(self.tr("Keys and lists"))
        add = button(self.tr("Add documents…"), icon=Icon.ADD, name="evidence_button")
        add.clicked.connect(self.evidence_requested)
        self._documents = SafeLabel("", TextStyle.SMALL, wrapped=True)
        self.content.addLayout(setting(self.tr("Documents"), self._documents, add))
        show = button(self.tr("Show them…"), kind="link", size="small", name="show_evidence")
        show.clicked.connect(self.documents_requested)
        self.content.addWidget(show, 0, Qt.AlignmentFlag.AlignLeft)
        self.content.addWidget(hairline())
        lists = button(self.tr("Show…"), icon=Icon.ISSUER, name="show_lists")
        lists.clicked.connect(self.lists_requested)
        self._lists = SafeLabel("", TextStyle.SMALL, wrapped=True)
        self.content.addLayout(setting(self.tr("Lists of issuers"), self._lists, lists))

    def show_lists(self, count: int) -> None:
        """Say how many are in force."""
        self._lists.setText(counted(count, "%n list says who is known.", "%n lists say who is known."))

    def show_documents(self, count: int) -> None:
        """Say how many are kept."""
        self._documents.setText(counted(
            count, "%n document is kept: keys of issuers and withdrawal lists.",
            "%n documents are kept: keys of issuers and withdrawal lists."))
