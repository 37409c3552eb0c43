"""One sentence at the top of a page about what was just done, with a way to undo it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from .buttons import button, icon_button
from .icons import Icon
from .labels import IconLabel, SafeLabel
from .panels import row
from .tokens import Ink, Space, TextStyle

SHOWN_MS = 12_000


class StripHolder(QWidget):
    """Keeps distance around a strip while it is shown, and takes no room while it is not."""

    def __init__(self, strip: QWidget) -> None:
        super().__init__()
        self.setProperty("ground", "none")
        inside = row(self)
        inside.setContentsMargins(Space.LARGE, Space.SMALL, Space.LARGE, 0)
        inside.addWidget(strip)
        self.setVisible(not strip.isHidden())
        strip.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Come and go with the strip."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.setVisible(event.type() == QEvent.Type.ShowToParent)
        return super().eventFilter(watched, event)


class NoteStrip(QFrame):
    """Says it, offers to undo it, and goes away by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("note_strip")
        self.setProperty("notice", "info")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._undo: Callable[[], None] | None = None
        line = row(self, gap=Space.MEDIUM)
        line.setContentsMargins(Space.LARGE, Space.SMALL, Space.SMALL, Space.SMALL)
        line.addWidget(IconLabel(Icon.INFO, 18, Ink.INFO))
        self._text = SafeLabel("", TextStyle.STRONG, untrusted=True, wrapped=True)
        line.addWidget(self._text, 1)
        self._button = button(self.tr("Undo"), icon=Icon.UNDO, size="small", name="note_undo")
        self._button.clicked.connect(self._on_undo)
        line.addWidget(self._button)
        close = icon_button(Icon.CLOSE, self.tr("Close"), name="note_close")
        close.clicked.connect(self.clear)
        line.addWidget(close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.clear)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.full_text

    def say(self, text: str, undo: Callable[[], None] | None = None, *, stays: bool = False) -> None:
        """Say something; it stays until it is closed, or goes after a while."""
        self._undo = undo
        self._text.setText(text)
        self.setAccessibleName(text)
        self._button.setVisible(undo is not None)
        self.show()
        if stays:
            self._timer.stop()
        else:
            self._timer.start()

    def clear(self) -> None:
        """Say nothing."""
        self._timer.stop()
        self._undo = None
        self.hide()

    def _on_undo(self) -> None:
        undo = self._undo
        self.clear()
        if undo is not None:
            undo()
