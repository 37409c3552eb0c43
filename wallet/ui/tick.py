"""A box to tick, drawn in the theme's colours: a frame that can be seen on every ground, and a mark in it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from .buttons import icon_size
from .icons import DISABLED_OPACITY, Icon, paint_icon
from .theme import font, tokens
from .tokens import Space, TextStyle

_SIDE_PX = 20
_RADIUS_PX = 5
_MAX_HEIGHT_PX = 1_000
_FLAGS = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeading)


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
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.isEnabled():
            painter.setOpacity(DISABLED_OPACITY)
        _paint_box(painter, self.rect(), ticked=self.isChecked(), focused=self.hasFocus())


class TickLine(QCheckBox):
    """A box with its words beside it, which wrap where the room ends. The words are our own."""

    def __init__(self, text: str, *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if name:
            self.setObjectName(name)

    def hasHeightForWidth(self) -> bool:
        """Tell that less room makes more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of box and words at that width."""
        room = QRect(0, 0, max(width - self._start(), 1), _MAX_HEIGHT_PX)
        words = QFontMetrics(font(TextStyle.BODY)).boundingRect(room, _FLAGS, self.text())
        return max(words.height(), icon_size(_SIDE_PX).height()) + 2

    def sizeHint(self) -> QSize:
        """Return the size on one line."""
        width = self._start() + QFontMetrics(font(TextStyle.BODY)).horizontalAdvance(self.text()) + 1
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the size of the box: the words wrap."""
        return icon_size(_SIDE_PX)

    def hitButton(self, place: QPoint) -> bool:
        """Take a press on the box or on the words."""
        return self.rect().contains(place)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the box and the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.isEnabled():
            painter.setOpacity(DISABLED_OPACITY)
        side = icon_size(_SIDE_PX)
        mirrored = self.isRightToLeft()
        left = self.width() - side.width() if mirrored else 0
        _paint_box(painter, QRect(QPoint(left, 1), side), ticked=self.isChecked(), focused=self.hasFocus())
        words = self.rect().adjusted(0, 1, -self._start(), 0) if mirrored else \
            self.rect().adjusted(self._start(), 1, 0, 0)
        painter.setFont(font(TextStyle.BODY))
        painter.setPen(QColor(tokens().text))
        painter.drawText(words, _FLAGS, self.text())

    def _start(self) -> int:
        return icon_size(_SIDE_PX).width() + Space.SMALL


def _paint_box(painter: QPainter, box: QRect, *, ticked: bool, focused: bool) -> None:
    look = tokens()
    strong = ticked or focused
    painter.setPen(QPen(QColor(look.accent if strong else look.control), 2 if focused else 1.5))
    painter.setBrush(QColor(look.accent if ticked else look.field))
    painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), _RADIUS_PX, _RADIUS_PX)
    if ticked:
        paint_icon(painter, Icon.CHECK, look.on_accent, box.adjusted(3, 3, -3, -3))
