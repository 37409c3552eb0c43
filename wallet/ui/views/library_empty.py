"""What the library page shows instead of cards: that nothing is kept yet, or that nothing matches."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from wallet.ui.buttons import button
from wallet.ui.icons import Icon
from wallet.ui.labels import IconLabel, SafeLabel
from wallet.ui.panels import column, panel, row
from wallet.ui.tokens import Ink, Space, TextStyle
from wallet.ui.wording import counted


class EmptyLibrary(QWidget):
    """Nothing is kept yet.

    Signals:
        add_pressed, samples_pressed: The two ways on.
    """

    add_pressed = Signal()
    samples_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = panel("drop")
        box.setObjectName("library_empty")
        inner = column(box, margin=Space.HUGE, gap=Space.MEDIUM)
        inner.addStretch(1)
        inner.addWidget(IconLabel(Icon.DROP, 44, Ink.ACCENT_TEXT), 0, Qt.AlignmentFlag.AlignHCenter)
        title = SafeLabel(self.tr("Nothing here yet."), TextStyle.VERDICT)
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        inner.addWidget(title)
        text = SafeLabel(self.tr("Drop a badge picture, PDF or file anywhere, or try the samples."),
                         ink=Ink.TEXT_2, wrapped=True)
        text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        inner.addWidget(text)
        line = row(gap=Space.MEDIUM)
        add = button(self.tr("Add a file"), kind="plain", icon=Icon.ADD, name="empty_add")
        add.clicked.connect(self.add_pressed)
        samples = button(self.tr("Try the samples"), kind="plain", icon=Icon.SKILLS, name="empty_samples")
        samples.clicked.connect(self.samples_pressed)
        line.addStretch(1)
        line.addWidget(add)
        line.addWidget(samples)
        line.addStretch(1)
        inner.addSpacing(Space.SMALL)
        inner.addLayout(line)
        inner.addStretch(2)
        column(self, margin=Space.PAGE).addWidget(box)


class NoMatch(QWidget):
    """Nothing is found.

    Signals:
        clear_pressed: Show everything again.
    """

    clear_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inner = column(self, margin=Space.PAGE, gap=Space.MEDIUM)
        self.text = SafeLabel("", ink=Ink.TEXT_2, wrapped=True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        clear = button(self.tr("Clear filters"), kind="link", name="clear_filters")
        clear.clicked.connect(self.clear_pressed)
        inner.addStretch(1)
        inner.addWidget(IconLabel(Icon.SEARCH, 30, Ink.TEXT_3), 0, Qt.AlignmentFlag.AlignHCenter)
        inner.addWidget(self.text)
        inner.addWidget(clear, 0, Qt.AlignmentFlag.AlignHCenter)
        inner.addStretch(2)

    def show_total(self, total: int) -> None:
        """Say among how many nothing was found."""
        self.text.setText(counted(total, "No match in %n credential.", "No match in %n credentials."))
