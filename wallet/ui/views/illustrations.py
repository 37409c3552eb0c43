"""The drawings of the welcome and the unlock page, painted by us in the theme's colours.

They show no credential of anybody: made-up cards, a made-up learner, a sheet under a lens, a closed pile.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from wallet.model.credential import EvidenceClass
from wallet.ui.art import PALETTES, Artwork, Frame, art_pixmap
from wallet.ui.badges import paint_badge
from wallet.ui.icons import Icon, paint_glyph
from wallet.ui.theme import tokens
from wallet.ui.tokens import Radius

#: Paints into a box of the drawing's own size, origin at its top left.
Drawing: TypeAlias = Callable[[QPainter], None]

DOOR_SIZE = QSize(318, 168)
LOCKED_SIZE = QSize(320, 220)
MARK_PX = 52

# Colours of credential art are the same in both themes.
_DARK_END = {name: dark for name, dark, _ in PALETTES}
_BRIGHT_END = {name: bright for name, _, bright in PALETTES}
_OCEAN, _CLAY, _FOREST = _DARK_END["ocean"], _DARK_END["clay"], _DARK_END["forest"]
_PILE = ("#4839B3", "#7565D8")
_WHITE = QColor("#FFFFFF")


class Illustration(QWidget):
    """One drawing, centred, on a ground that may be rounded at its top. Decoration for readers."""

    def __init__(self, drawing: Drawing, size: QSize, *, ground: str = "", parent: QWidget | None = None,
                 ) -> None:
        super().__init__(parent)
        self._drawing = drawing
        self._size = size
        self._ground = ground
        self.setMinimumHeight(size.height())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the drawing's own size."""
        return self._size

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground and the drawing in the middle of it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._ground:
            path = _rounded_top(QRectF(self.rect()), Radius.CARD - 1)
            painter.setClipPath(path)
            painter.fillPath(path, QColor(getattr(tokens(), self._ground)))
        painter.translate((self.width() - self._size.width()) / 2, (self.height() - self._size.height()) / 2)
        self._drawing(painter)


class Mark(QWidget):
    """The program's own sign: a wallet on a rounded tile."""

    def __init__(self, side: int = MARK_PX, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the tile and the wallet."""
        look, side = tokens(), float(self.width())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.accent))
        radius = side * 0.23
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        inset = side * 0.17
        paint_glyph(painter, Icon.WALLET, look.on_accent, QRectF(self.rect()).adjusted(
            inset, inset, -inset, -inset))


def paint_fanned_cards(painter: QPainter) -> None:
    """Paint three credential cards held like a hand of cards."""
    for centre, turn, issuer in ((QPointF(130, 92), -9, "Elm"), (QPointF(159, 78), 0, "Linden"),
                                 (QPointF(180, 81), 7.5, "Northbridge")):
        painter.save()
        painter.translate(centre)
        painter.rotate(turn)
        _paint_card(painter, QRectF(-74, -48, 148, 94), issuer)
        painter.restore()


def paint_sample_learner(painter: QPainter) -> None:
    """Paint a made-up learner with three badges."""
    look = tokens()
    painter.setPen(QPen(QColor(look.line_strong), 1))
    painter.setBrush(QColor(look.surface))
    painter.drawRoundedRect(QRectF(71.5, 26.5, 175, 115), 12, 12)
    _paint_avatar(painter, QPointF(106, 61), 20)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(look.text_3))
    painter.drawRoundedRect(QRectF(136, 51, 77, 7), 3.5, 3.5)
    painter.setBrush(QColor(look.line_strong))
    painter.drawRoundedRect(QRectF(136, 65, 54, 6), 3, 3)
    badges = ((86, _OCEAN, 0, Icon.GLYPH_CURVE), (136, _CLAY, 1, Icon.GLYPH_SPARK),
              (186, _FOREST, 3, Icon.GLYPH_LEAF))
    for left, colour, shape, glyph in badges:
        box = QRectF(left, 95, 42, 42)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(box, 9, 9)
        paint_badge(painter, box.adjusted(5, 5, -5, -5), shape=shape, glyph=glyph, ink=colour, outlined=False)


def paint_sheet_and_lens(painter: QPainter) -> None:
    """Paint a sheet that runs out of the picture, and a lens that shows a seal on it."""
    look = tokens()
    painter.setPen(QPen(QColor(look.line_strong), 1))
    painter.setBrush(QColor(look.surface))
    painter.drawRoundedRect(QRectF(92.5, 22.5, 111, 180), 7, 7)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(look.text_3))
    painter.drawRoundedRect(QRectF(107, 39, 60, 7), 3.5, 3.5)
    painter.setBrush(QColor(look.line_strong))
    for top, width in ((55, 82), (69, 70), (83, 60), (97, 50)):
        painter.drawRoundedRect(QRectF(107, top, width, 5), 2.5, 2.5)
    frame = QColor(look.text_2)
    painter.setPen(QPen(frame, 9, c=Qt.PenCapStyle.RoundCap))
    painter.drawLine(QPointF(222, 127), QPointF(246, 152))
    painter.setPen(QPen(frame, 5))
    painter.setBrush(QColor(look.accent_soft))
    painter.drawEllipse(QPointF(194, 99), 36, 36)
    paint_glyph(painter, Icon.SEALED, look.accent, QRectF(170, 75, 48, 48))


def paint_closed_pile(painter: QPainter) -> None:
    """Paint cards lying face down: nothing about what they are, nor how many."""
    look = tokens()
    card = QRectF(-140, -88, 280, 176)
    for turn, opacity in ((-7.0, 0.42), (-2.5, 0.62)):
        painter.save()
        painter.translate(160, 112)
        painter.rotate(turn)
        painter.setOpacity(opacity)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_gradient(card, _PILE))
        painter.drawRoundedRect(card, 14, 14)
        painter.restore()
    painter.save()
    painter.translate(160, 114)
    painter.rotate(2.5)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_gradient(card, _PILE))
    painter.drawRoundedRect(card, 14, 14)
    clip = QPainterPath()
    clip.addRoundedRect(card, 14, 14)
    painter.setClipPath(clip)
    for radius, rays in ((96, 30), (54, 24)):
        _paint_rosette(painter, QPointF(0, 0), radius, rays)
    painter.restore()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_WHITE)
    painter.drawEllipse(QPointF(160, 114), 36, 36)
    lock = _PILE[0] if look.accent == look.accent_text else "#4B3DB8"
    paint_glyph(painter, Icon.LOCK, lock, QRectF(145, 99, 30, 30))


def _paint_card(painter: QPainter, box: QRectF, issuer: str) -> None:
    """Paint a card of an issuer that does not exist; its name only chooses the colours."""
    work = Artwork(issuer, "e", EvidenceClass.SEALED)
    sharp = 2 * painter.device().devicePixelRatioF()  # turned pictures lose sharpness
    picture = art_pixmap(work, Frame(box.size().toSize(), 8, "all", 40, 13), sharp)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmap(box.topLeft(), picture)
    painter.setPen(QPen(QColor(255, 255, 255, 130), 0.8))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, 8, 8)


def _paint_rosette(painter: QPainter, centre: QPointF, radius: float, rays: int) -> None:
    painter.setPen(QPen(QColor(255, 255, 255, 52), 0.8))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ray in range(rays):
        painter.save()
        painter.translate(centre)
        painter.rotate(180 * ray / rays)
        painter.drawEllipse(QPointF(0, 0), radius, radius * 0.36)
        painter.restore()


def _paint_avatar(painter: QPainter, centre: QPointF, radius: float) -> None:
    clip = QPainterPath()
    clip.addEllipse(centre, radius, radius)
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillPath(clip, QColor(_BRIGHT_END["lagoon"]))
    painter.setClipPath(clip)
    painter.setBrush(QColor(255, 255, 255, 235))
    painter.drawEllipse(QPointF(centre.x(), centre.y() - radius * 0.26), radius * 0.36, radius * 0.36)
    painter.drawEllipse(QPointF(centre.x(), centre.y() + radius * 0.86), radius * 0.68, radius * 0.62)
    painter.restore()


def _gradient(box: QRectF, colours: tuple[str, str]) -> QLinearGradient:
    made = QLinearGradient(box.topLeft(), box.bottomRight())
    made.setColorAt(0, QColor(colours[0]))
    made.setColorAt(1, QColor(colours[1]))
    return made


def _rounded_top(box: QRectF, radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(box.adjusted(0, 0, 0, radius * 2), radius, radius)
    square = QPainterPath()
    square.addRect(box)
    return path.intersected(square)
