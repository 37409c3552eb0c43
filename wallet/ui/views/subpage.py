"""A page below another one: a way back, a title, a sentence about it, and lines in cards."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from wallet.ui.buttons import button
from wallet.ui.icons import Icon
from wallet.ui.labels import SafeLabel
from wallet.ui.panels import Page, column, hairline, row
from wallet.ui.tokens import Ink, Space, TextStyle

_COLUMN_PX = 900


class SubPage(Page):
    """The frame of such a page.

    Signals:
        back_requested: To where it was opened from.

    Attributes:
        buttons: Layout at the right of the title.
        tools: Layout for buttons below the title.
        body: Layout for what the page shows.
    """

    back_requested = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(margin=Space.PAGE, gap=Space.LARGE, max_width=_COLUMN_PX, parent=parent)
        self.setObjectName(name)
        self._back = button("", kind="quiet", icon=Icon.BACK, name=f"{name}_back")
        self._back.clicked.connect(self.back_requested)
        self.content.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        line = row(gap=Space.MEDIUM)
        words = column(gap=Space.TINY)
        self._title = SafeLabel("", TextStyle.TITLE, wrapped=True)
        self._about = SafeLabel("", ink=Ink.TEXT_2, wrapped=True)
        words.addWidget(self._title)
        words.addWidget(self._about)
        line.addLayout(words, 1)
        self.buttons: QHBoxLayout = row(gap=Space.SMALL)
        self.buttons.setAlignment(Qt.AlignmentFlag.AlignTop)
        line.addLayout(self.buttons)
        self.content.addLayout(line)
        self.tools: QHBoxLayout = row(gap=Space.SMALL)
        self.content.addLayout(self.tools)
        self.body: QVBoxLayout = column(gap=Space.LARGE)
        self.content.addLayout(self.body)
        self.content.addStretch(1)

    def set_words(self, back: str, title: str, about: str) -> None:
        """Say where back is, what this is, and what it is good for."""
        self._back.setText(back)
        self._back.setAccessibleName(back)
        self._title.setText(title)
        self._about.setText(about)


class Lines(QFrame):
    """A card with a heading and lines."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._inside = column(self)
        self._inside.setContentsMargins(1, 1, 1, 1)
        if title:
            head = SafeLabel(title, TextStyle.STATUS)
            head.setContentsMargins(Space.CARD, Space.MEDIUM, Space.CARD, Space.MEDIUM)
            self._inside.addWidget(head)

    def add(self, *parts: QWidget | QVBoxLayout) -> None:
        """Add a line: the first part takes the room there is."""
        if self._inside.count():
            self._inside.addWidget(hairline())
        box = QWidget()
        box.setProperty("ground", "none")
        line = row(box, gap=Space.MEDIUM)
        line.setContentsMargins(Space.CARD, Space.MEDIUM, Space.CARD, Space.MEDIUM)
        for number, part in enumerate(parts):
            if isinstance(part, QWidget):
                line.addWidget(part, 0 if number else 1)
            else:
                line.addLayout(part, 0 if number else 1)
        self._inside.addWidget(box)


def words(*labels: QWidget) -> QVBoxLayout:
    """Return labels below each other."""
    lines = column(gap=2)
    for one in labels:
        lines.addWidget(one)
    lines.addStretch(1)
    return lines
