"""A box to tick, drawn in the theme's colours: a frame that can be seen on every ground, and a mark in it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from .buttons import icon_size
from .icons import DISABLED_OPACITY, Icon, paint_icon
from .theme import tokens

_SIDE_PX = 20
_RADIUS_PX = 5


class Tick(QCheckBox):
    """Ticked or not; what it is about stands beside it and is its accessible name."""

    def __init__(self, label: str, *, ticked: bool = True, name: str = "",
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(label)
        self.setChecked(ticked)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if name:
            self.setObjectName(name)

    def sizeHint(self) -> QSize:
        """Return the size of the box."""
        return icon_size(_SIDE_PX)

    def minimumSizeHint(self) -> QSize:
        """Return the same: it cannot be smaller."""
        return self.sizeHint()

    def hitButton(self, place: QPoint) -> bool:
        """Take a press anywhere on the box."""
        return self.rect().contains(place)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint frame and mark."""
        look = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.isEnabled():
            painter.setOpacity(DISABLED_OPACITY)
        ticked = self.isChecked()
        painter.setPen(QPen(QColor(look.accent if ticked else look.control), 1.5))
        painter.setBrush(QColor(look.accent if ticked else look.field))
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(box, _RADIUS_PX, _RADIUS_PX)
        if ticked:
            room: QRect = self.rect().adjusted(3, 3, -3, -3)
            paint_icon(painter, Icon.CHECK, look.on_accent, room)
