"""A line that says how far something is, with a way to stop it. Appears only if it takes a moment."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QSizePolicy, QWidget

from .buttons import button
from .labels import SafeLabel
from .panels import column, row
from .tokens import Space, TextStyle

#: Nothing is shown for work shorter than this: a flash only unsettles.
SHOW_AFTER_MS = 400


class ProgressStrip(QFrame):
    """Progress and cancel.

    Signals:
        cancel_requested: Stop it; what is done stays done.
    """

    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("progress_strip")
        self.setProperty("panel", "true")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        line = row(self, gap=Space.LARGE)
        line.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, Space.MEDIUM)
        words = column(gap=6)
        self._text = SafeLabel("", TextStyle.STRONG)
        self._label = SafeLabel("", TextStyle.SMALL, untrusted=True, elided=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        words.addWidget(self._text)
        words.addWidget(self._bar)
        words.addWidget(self._label)
        line.addLayout(words, 1)
        self._cancel = button(self.tr("Stop"), name="stop_button")
        self._cancel.clicked.connect(self.cancel_requested)
        line.addWidget(self._cancel)
        self._show = QTimer(self)
        self._show.setSingleShot(True)
        self._show.setInterval(SHOW_AFTER_MS)
        self._show.timeout.connect(self.show)
        self.hide()

    def start(self, text: str) -> None:
        """Begin; the line appears only if this takes a moment."""
        self._text.setText(text)
        self._bar.setAccessibleName(text)
        self._say("")
        self._bar.setRange(0, 0)
        self._show.start()

    def show_step(self, done: int, total: int, label: str) -> None:
        """Say how far it is, and at which file."""
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
        self._say(label)

    def _say(self, label: str) -> None:
        self._label.setText(label)
        self._label.setVisible(bool(label))

    def stop(self) -> None:
        """It is over."""
        self._show.stop()
        self.hide()
