"""The steps of a longer way, as numbered discs: done ones with a bare tick, the present one filled."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from .icons import Icon, paint_icon
from .theme import font, text_scale, tokens
from .tokens import Space, TextStyle

_DISC_PX = 24
_RULE_PX = 28


class Steps(QWidget):
    """Where somebody is on a way of a few steps. Not a control: one goes on with the page's buttons."""

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = tuple(names)
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_current(0)

    @property
    def current(self) -> int:
        """The index of the present step."""
        return self._current

    def set_current(self, index: int) -> None:
        """Go to a step."""
        self._current = index
        text = QCoreApplication.translate("Steps", "Step {number} of {count}: {name}")
        self.setAccessibleName(text.format(number=index + 1, count=len(self._names), name=self._names[index]))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for discs, words and rules."""
        return QSize(self._width(with_words=True), self._disc() + 4)

    def minimumSizeHint(self) -> QSize:
        """Return the room for the discs and one word: the others give way."""
        return QSize(self._width(with_words=False), self._disc() + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the steps in reading order; where room is short only the present one keeps its word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        with_words = self.width() >= self._width(with_words=True)
        x = 0
        for index in range(len(self._names)):
            x = self._paint_step(painter, index, x, with_word=with_words or index == self._current)
            if index + 1 < len(self._names):
                painter.setPen(QPen(QColor(tokens().line_strong), 1))
                middle = self.height() / 2
                painter.drawLine(QPointF(self._mirrored(x + Space.MEDIUM), middle),
                                 QPointF(self._mirrored(x + Space.MEDIUM + _RULE_PX), middle))
                x += _RULE_PX + 2 * Space.MEDIUM

    def _paint_step(self, painter: QPainter, index: int, x: int, *, with_word: bool) -> int:
        look, side = tokens(), self._disc()
        left = x if not self.isRightToLeft() else self.width() - x - side
        box = QRect(left, (self.height() - side) // 2, side, side)
        now, done = index == self._current, index < self._current
        ground = look.accent if now else look.accent_soft if done else look.surface
        painter.setPen(QPen(QColor(look.line_strong), 1) if not (now or done) else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawEllipse(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5))
        if done:
            paint_icon(painter, Icon.CHECK, look.accent_text, box.adjusted(5, 5, -5, -5))
        else:
            painter.setFont(font(TextStyle.CAPTION_STRONG))
            painter.setPen(QColor(look.on_accent if now else look.text_2))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(index + 1))
        x += side
        if not with_word:
            return x
        style = TextStyle.STRONG if now else TextStyle.BODY
        width = QFontMetrics(font(style)).horizontalAdvance(self._names[index])
        x += Space.SMALL
        left = x if not self.isRightToLeft() else self.width() - x - width
        painter.setFont(font(style))
        painter.setPen(QColor(look.text if now else look.text_2))
        painter.drawText(QRect(left, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter,
                         self._names[index])
        return x + width

    def _mirrored(self, x: int) -> float:
        return float(self.width() - x if self.isRightToLeft() else x)

    def _disc(self) -> int:
        return round(_DISC_PX * max(text_scale(), 1.0))

    def _width(self, *, with_words: bool) -> int:
        count = len(self._names)
        metrics = QFontMetrics(font(TextStyle.STRONG))
        named = range(count) if with_words else (self._current,)
        words = sum(metrics.horizontalAdvance(self._names[index]) + Space.SMALL for index in named)
        return count * self._disc() + (count - 1) * (_RULE_PX + 2 * Space.MEDIUM) + words + 4
