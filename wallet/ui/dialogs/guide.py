"""The guide in the window: our own pages, and nothing they could load."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QDialog, QTextBrowser, QWidget

from wallet.operations.guide import FIRST, guide_page, guide_pages
from wallet.ui.buttons import button
from wallet.ui.icons import Icon
from wallet.ui.panels import column, row
from wallet.ui.tokens import Space

_SIZE = (820, 680)


class _Page(QTextBrowser):
    """Shows Markdown that ships with the program; asked for a picture or a file, it has none."""

    def loadResource(self, _kind: int, _address: QUrl | str) -> object:
        """Load nothing, wherever a page points."""
        return None


class GuideDialog(QDialog):
    """The pages, with a way back to the first."""

    def __init__(self, assets: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._assets = assets
        self.setObjectName("guide_dialog")
        self.setWindowTitle(self.tr("Guide"))
        self.resize(*_SIZE)
        whole = column(self, gap=Space.MEDIUM)
        whole.setContentsMargins(Space.LARGE, Space.LARGE, Space.LARGE, Space.LARGE)
        bar = row(gap=Space.SMALL)
        self._back = button(self.tr("All pages"), kind="quiet", icon=Icon.BACK, name="guide_back")
        self._back.clicked.connect(lambda: self.show_page(FIRST))
        bar.addWidget(self._back)
        bar.addStretch(1)
        close = button(self.tr("Close"), name="guide_close")
        close.clicked.connect(self.accept)
        bar.addWidget(close)
        self._page = _Page()
        self._page.setObjectName("guide_page")
        self._page.setAccessibleName(self.tr("Page of the guide"))
        self._page.setOpenLinks(False)
        self._page.anchorClicked.connect(self._on_link)
        whole.addLayout(bar)
        whole.addWidget(self._page, 1)
        self.show_page(FIRST)

    @property
    def page(self) -> str:
        """The name of the page that is shown."""
        return self._shown

    def show_page(self, name: str) -> None:
        """Show one page."""
        found = guide_page(self._assets, name)
        self._shown = name
        self._page.setMarkdown(found.text)
        self._page.document().setDocumentMargin(Space.WIDE)
        self._back.setEnabled(name != FIRST)

    def _on_link(self, address: QUrl) -> None:
        """Follow links between our pages only."""
        name = address.path().removesuffix(".md")
        if not address.scheme() and name in guide_pages(self._assets):
            self.show_page(name)
