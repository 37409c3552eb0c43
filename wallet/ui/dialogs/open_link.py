"""Before the browser opens an address out of a credential: whose it is, in full, and what it is not."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from wallet.operations.opening import WebPage, web_page
from wallet.ui.buttons import button
from wallet.ui.icons import Icon
from wallet.ui.labels import SafeLabel
from wallet.ui.panels import row
from wallet.ui.tokens import Ink, Space, TextStyle
from wallet.ui.untrusted_text import tooltip
from wallet.ui.wording import reason_text

from .dialog import dialog_frame


class OpenLinkDialog(QDialog):
    """One question; without a yes, nothing is handed to the system."""

    def __init__(self, page: WebPage, parent: QWidget | None = None, *,
                 open_link: Callable[[QUrl], object] = QDesktopServices.openUrl) -> None:
        super().__init__(parent)
        self._page, self._open_link = page, open_link
        layout = dialog_frame(self, self.tr("Open a website?"), width=480)
        self.setObjectName("open_link_dialog")
        host = SafeLabel(page.host, TextStyle.STRONG, untrusted=True, wrapped=True)
        host.setObjectName("open_link_host")
        layout.addWidget(host)
        whole = SafeLabel(page.address, TextStyle.MONO, ink=Ink.TEXT_2, untrusted=True, wrapped=True)
        layout.addWidget(whole)
        layout.addWidget(SafeLabel(self.tr("Your browser opens it, and the site learns that somebody looks. "
                                           "What it shows is no part of the check."), wrapped=True))
        line = row(gap=Space.MEDIUM)
        line.addStretch(1)
        no = button(self.tr("Cancel"), name="open_link_no")
        no.clicked.connect(self.reject)
        yes = button(self.tr("Open in the browser"), kind="primary", name="open_link_yes")
        yes.clicked.connect(self._on_yes)
        line.addWidget(no)
        line.addWidget(yes)
        layout.addLayout(line)
        no.setDefault(True)

    def _on_yes(self) -> None:
        self._open_link(QUrl(self._page.address, QUrl.ParsingMode.StrictMode))
        self.accept()


def open_button(address: str) -> QPushButton:
    """Return a button that asks before it opens an address, and is out of use where that must not be."""
    page = web_page(address)
    made = button(QCoreApplication.translate("OpenLinkDialog", "Open…"), icon=Icon.LINK, size="small",
                  name="open_link")
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if page.refused is not None:
        made.setEnabled(False)
        made.setAccessibleDescription(reason_text(page.refused))
        made.setToolTip(tooltip(reason_text(page.refused)))
        return made
    made.setAccessibleDescription(page.host)
    made.clicked.connect(lambda: OpenLinkDialog(page, made.window()).open())
    return made
