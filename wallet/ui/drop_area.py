"""A visible place to drop something on, with the other ways in beside it. The whole window is one too."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from .buttons import button
from .icons import Icon
from .labels import IconLabel, SafeLabel
from .panels import column, row
from .tokens import Ink, Space, TextStyle

_ICON_PX = 30


class DropArea(QFrame):
    """Says what to drop and offers to choose or paste instead.

    Signals:
        choose_requested: Open a file dialog.
        paste_requested: Take what is on the clipboard.
    """

    choose_requested = Signal()
    paste_requested = Signal()

    def __init__(self, title: str, text: str, *, large: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("drop_area")
        self.setProperty("panel", "drop")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        layout = column(self, gap=Space.SMALL)
        margin = Space.VAST if large else Space.CARD
        layout.setContentsMargins(Space.LARGE, margin, Space.LARGE, margin)
        layout.addWidget(IconLabel(Icon.DROP, _ICON_PX, Ink.ACCENT_TEXT), 0, Qt.AlignmentFlag.AlignHCenter)
        style = TextStyle.SECTION if large else TextStyle.STRONG
        self.title = SafeLabel(title, style, untrusted=True, wrapped=True)
        self.text = SafeLabel(text, TextStyle.BODY if large else TextStyle.CAPTION, ink=Ink.TEXT_2,
                              wrapped=True)
        for label in (self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(label)
        layout.addSpacing(Space.SMALL)
        line = row(gap=Space.SMALL)
        size = "" if large else "small"
        choose = button(self.tr("Choose files") if large else self.tr("Choose"),
                        kind="primary" if large else "plain", size=size, name="choose_files")
        choose.clicked.connect(self.choose_requested)
        paste = button(self.tr("Paste"), icon=Icon.LINK, size=size, name="paste_button")
        paste.clicked.connect(self.paste_requested)
        line.addStretch(1)
        line.addWidget(choose)
        line.addWidget(paste)
        line.addStretch(1)
        layout.addLayout(line)
