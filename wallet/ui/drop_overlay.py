"""What the window looks like while something hovers over it: the whole window is the target."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from .icons import Icon, paint_icon
from .theme import font, tokens
from .tokens import Radius, Space, TextStyle

_ICON_PX = 44


class DropOverlay(QWidget):
    """Lies over everything while a drag is over the window; takes no event itself."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._covered = parent
        self.setObjectName("drop_overlay")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._text = ""
        self.hide()

    def show_over(self, text: str) -> None:
        """Cover the parent and say what a drop would do."""
        self._text = text
        self.setAccessibleName(text)
        self.fit()
        self.raise_()
        self.show()

    def fit(self) -> None:
        """Cover the parent as large as it is now."""
        self.setGeometry(self._covered.rect())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground, the frame, the icon and the sentence."""
        look = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(look.accent_soft)
        ground.setAlphaF(0.97)
        painter.fillRect(self.rect(), ground)
        painter.setPen(QPen(QColor(look.accent), 2))
        inset = Space.LARGE
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), Radius.CARD,
                                Radius.CARD)
        middle = self.rect().center()
        icon = self.rect().adjusted(0, 0, 0, 0)
        icon.setSize(icon.size().scaled(_ICON_PX, _ICON_PX, Qt.AspectRatioMode.IgnoreAspectRatio))
        icon.moveCenter(middle)
        icon.translate(0, -_ICON_PX)
        paint_icon(painter, Icon.DROP, look.accent_text, icon)
        painter.setFont(font(TextStyle.VERDICT))
        painter.setPen(QColor(look.accent_text))
        words = self.rect().adjusted(0, middle.y() - self.rect().top(), 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, self._text)
