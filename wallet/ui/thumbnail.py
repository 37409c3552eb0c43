"""A credential's art, small: decoration beside its title."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from .art import Artwork, paint_art, thumbnail_frame


class Thumbnail(QWidget):
    """The art of one credential."""

    def __init__(self, work: Artwork, width: int = 72, height: int = 50, *,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(width, height)
        self._work = work

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the art."""
        paint_art(QPainter(self), self.rect().topLeft().toPointF(), self._work,
                  thumbnail_frame(self.width(), self.height()))
