"""Credential art: the band of a card, drawn by us from the issuer's identifier.

The material says the evidence class, and only Sealed gets colour. Colours help to find a card again; they
never say who an issuer is. A file can bring a badge picture (`badges.py`), never the band or a mark.
Painted once per (issuer, title, class, state, size, device ratio, theme) and kept in Qt's pixmap cache.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from enum import StrEnum, unique

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QPixmapCache,
)

from wallet.model.credential import EvidenceClass
from wallet.model.report import Report, Verdict

from .badges import GLYPHS, SHAPES, paint_badge, paint_picture
from .icons import Icon, paint_glyph
from .theme import tokens
from .tokens import Tokens

#: Name, top left, bottom right. White text reaches 4.5 : 1 on every one of them.
PALETTES: tuple[tuple[str, str, str], ...] = (
    ("ocean", "#1E3A8A", "#3F6FDB"),
    ("lagoon", "#0B4F57", "#1A7C82"),
    ("rose", "#86264A", "#BC4A70"),
    ("violet", "#43327F", "#7D5ECB"),
    ("amber", "#7A4A0C", "#9A6718"),
    ("forest", "#1B5238", "#357F55"),
    ("clay", "#8A3B1E", "#B4572B"),
)
STONE = ("stone", "#4E4D57", "#73717C")

_WAVES = 11
_WAVE_STEPS = 60
_WAVE_ALPHA = 0.16
_RECORD_WAVE_ALPHA = 0.22
_ROSETTE_ELLIPSES = 22
_ROSETTE_ALPHA = 0.17
_LINE_PX = 0.8
_HATCH_STEP = 12


@unique
class ArtState(StrEnum):
    """What time or the issuer did to it: colour goes, the place stays."""

    LIVE = "live"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Artwork:
    """What a band is drawn from.

    Attributes:
        issuer_id: Seeds the palette and the waves.
        title: Seeds, with the issuer, the badge's outline and glyph.
        picture: Instead of the drawn badge.
        picture_key: Tells pictures apart in the cache, "" without one.
    """

    issuer_id: str
    title: str
    evidence_class: EvidenceClass
    state: ArtState = ArtState.LIVE
    picture: QImage | None = None
    picture_key: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the band goes.

    Attributes:
        size: Logical pixels.
        radius: Of its rounded corners.
        corners: Which are rounded: "top", "start" (the reading side), "all" or "none".
        badge: Side of the badge; 0 for none.
        badge_left: Its distance from the start; negative for the middle.
    """

    size: QSize
    radius: float = 14
    corners: str = "top"
    badge: int = 68
    badge_left: int = 16


def art_state(report: Report) -> ArtState:
    """Return how the art shows what became of a credential."""
    if report.verdict is Verdict.REVOKED:
        return ArtState.WITHDRAWN
    return ArtState.ENDED if report.verdict is Verdict.EXPIRED else ArtState.LIVE


def palette_of(issuer_id: str) -> tuple[str, str, str]:
    """Return the palette of an issuer: the same on every computer."""
    return PALETTES[_digest(issuer_id)[0] % len(PALETTES)]


def thumbnail_frame(width: int = 72, height: int = 50, radius: float = 8) -> Frame:
    """Return the frame of a thumbnail: no pill, the badge in the middle."""
    return Frame(QSize(width, height), radius, "all", round(height * 0.78), -1)


def art_pixmap(work: Artwork, frame: Frame, ratio: float = 1.0) -> QPixmap:
    """Return the band, from the cache where it is there."""
    look = tokens()
    mirrored = QGuiApplication.isRightToLeft()
    key = "|".join(("art", hashlib.sha256(f"{work.issuer_id}\n{work.title}".encode()).hexdigest()[:24],
                    work.evidence_class.value, work.state.value, work.picture_key,
                    f"{frame.size.width()}x{frame.size.height()}", f"{frame.radius}{frame.corners}",
                    f"{frame.badge}@{frame.badge_left}", f"{ratio:.2f}", look.scheme.value,
                    f"{look.plain_art}{mirrored}"))
    pixmap = QPixmap()
    if QPixmapCache.find(key, pixmap):
        return pixmap
    pixmap = QPixmap(frame.size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint(painter, work, frame, look, mirrored=mirrored)
    painter.end()
    QPixmapCache.insert(key, pixmap)
    return pixmap


def paint_art(painter: QPainter, corner: QPointF, work: Artwork, frame: Frame) -> None:
    """Paint the band with its top left corner there."""
    device = painter.device()
    painter.drawPixmap(corner, art_pixmap(work, frame, device.devicePixelRatioF() if device else 1.0))


def rounded_path(box: QRectF, radius: float, corners: str, *, mirrored: bool = False) -> QPainterPath:
    """Return the box with some of its corners rounded."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    if corners == "none":
        path.addRect(box)
        return path
    path.addRoundedRect(box, radius, radius)
    if corners == "top":
        path.addRect(box.adjusted(0, box.height() / 2, 0, 0))
    elif corners == "start":
        half = box.width() / 2
        path.addRect(box.adjusted(0, 0, -half, 0) if mirrored else box.adjusted(half, 0, 0, 0))
    return path.simplified()


def _paint(painter: QPainter, work: Artwork, frame: Frame, look: Tokens, *, mirrored: bool) -> None:
    box = QRectF(0, 0, frame.size.width(), frame.size.height())
    painter.setClipPath(rounded_path(box, frame.radius, frame.corners, mirrored=mirrored))
    if work.evidence_class is EvidenceClass.SEALED:
        ink = _paint_sealed(painter, box, work, look)
        _paint_badge(painter, box, work, frame, ink, mirrored=mirrored)
    elif work.evidence_class is EvidenceClass.HOSTED:
        painter.fillRect(box, QColor(look.record_ground))
        if not look.plain_art:
            _paint_waves(painter, box, _digest(work.issuer_id), look.record_ink, _RECORD_WAVE_ALPHA)
        _paint_badge(painter, box, work, frame, look.record_ink, mirrored=mirrored)
    elif work.evidence_class is EvidenceClass.DOCUMENT:
        _paint_document(painter, box, frame, look, mirrored=mirrored)
    else:
        _paint_own(painter, box, frame, look, mirrored=mirrored)


def _paint_sealed(painter: QPainter, box: QRectF, work: Artwork, look: Tokens) -> str:
    """Paint the engraved ground and return the ink for the badge."""
    _, dark, bright = palette_of(work.issuer_id) if work.state is ArtState.LIVE else STONE
    if look.plain_art:
        painter.fillRect(box, QColor(look.paper))
        return look.text
    slope = QLinearGradient(box.topLeft(), box.bottomRight())
    slope.setColorAt(0, QColor(dark))
    slope.setColorAt(1, QColor(bright))
    painter.fillRect(box, slope)
    _paint_waves(painter, box, _digest(work.issuer_id), "#FFFFFF", _WAVE_ALPHA)
    _paint_rosette(painter, box)
    if work.state is ArtState.WITHDRAWN:
        _paint_hatching(painter, box)
    return dark


def _paint_waves(painter: QPainter, box: QRectF, seed: bytes, colour: str, alpha: float) -> None:
    """Paint lines that part and meet again: two slow waves, one of them stretched line by line."""
    base, stretch = 1.1 + seed[1] / 255 * 0.8, 1.5 + seed[2] / 255 * 1.1
    first, second = (seed[3] / 255 * math.tau, seed[4] / 255 * math.tau)
    lift = 0.16 + seed[5] / 255 * 0.1
    spread = 0.02 + seed[6] / 255 * 0.012
    middle = box.top() + box.height() * (0.5 + (seed[7] / 255 - 0.5) * 0.2)
    span = max(box.width(), box.height() * 2.4)  # thumbnails show the waves, not a shrunken picture
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_fine_pen(colour, alpha))
    for line in range(_WAVES):
        path = QPainterPath()
        for step in range(_WAVE_STEPS + 1):
            along = step / _WAVE_STEPS
            x = box.left() + along * box.width()
            turn = math.tau * (x - box.left()) / span
            y = lift * math.sin(base * turn + first)
            y += (line - _WAVES // 2) * spread * math.sin(stretch * turn / 2 + second) * 1.6
            point = QPointF(x, middle + y * box.height())
            if step:
                path.lineTo(point)
            else:
                path.moveTo(point)
        painter.drawPath(path)


def _paint_rosette(painter: QPainter, box: QRectF) -> None:
    radius = 0.72 * box.height()
    painter.save()
    painter.translate(box.left() + box.width() * 0.82, box.top() + box.height() * 0.86)
    painter.setPen(_fine_pen("#FFFFFF", _ROSETTE_ALPHA))
    for _ in range(_ROSETTE_ELLIPSES):
        painter.drawEllipse(QPointF(0, 0), radius, radius * 0.36)
        painter.rotate(180 / _ROSETTE_ELLIPSES)
    painter.restore()


def _paint_hatching(painter: QPainter, box: QRectF) -> None:
    colour = QColor("#FFFFFF")
    colour.setAlphaF(_WAVE_ALPHA)
    painter.setPen(QPen(colour, 1))
    start = -int(box.height())
    for x in range(start, int(box.width()), _HATCH_STEP):
        painter.drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()))


def _paint_badge(painter: QPainter, box: QRectF, work: Artwork, frame: Frame, ink: str, *,
                 mirrored: bool) -> None:
    if not frame.badge:
        return
    square = _badge_box(box, frame, mirrored=mirrored)
    if work.picture is not None:
        paint_picture(painter, square, work.picture)
        return
    seed = _digest(f"{work.issuer_id}\n{work.title}")
    paint_badge(painter, square, shape=seed[0] % SHAPES, glyph=GLYPHS[seed[1] % len(GLYPHS)], ink=ink,
                outlined=work.evidence_class is not EvidenceClass.SEALED)


def _paint_document(painter: QPainter, box: QRectF, frame: Frame, look: Tokens, *, mirrored: bool) -> None:
    painter.fillRect(box, QColor(look.paper))
    if frame.badge_left < 0:
        paint_glyph(painter, Icon.DOCUMENT, look.unknown, _badge_box(box, frame, mirrored=mirrored))
        return
    width = 76.0
    left = box.right() - frame.badge_left - width if mirrored else box.left() + frame.badge_left
    sheet = QRectF(left + 4, box.top() + 22, width, box.height())
    corner = 20.0
    path = QPainterPath(QPointF(sheet.left(), box.bottom() + 2))
    path.lineTo(sheet.left(), sheet.top() + 4)
    path.quadTo(sheet.topLeft(), QPointF(sheet.left() + 4, sheet.top()))
    path.lineTo(sheet.right() - corner, sheet.top())
    path.lineTo(sheet.right(), sheet.top() + corner)
    path.lineTo(sheet.right(), box.bottom() + 2)
    painter.setPen(QPen(QColor(look.line_strong), 1))
    painter.setBrush(QColor(look.surface))
    painter.drawPath(path)
    fold = QPainterPath(QPointF(sheet.right() - corner, sheet.top()))
    fold.lineTo(sheet.right() - corner, sheet.top() + corner - 3)
    fold.quadTo(QPointF(sheet.right() - corner, sheet.top() + corner),
                QPointF(sheet.right() - corner + 3, sheet.top() + corner))
    fold.lineTo(sheet.right(), sheet.top() + corner)
    painter.drawPath(fold)
    painter.setPen(QPen(QColor(look.line_strong), 2.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    for line, share in enumerate((0.4, 0.68, 0.68, 0.68, 0.5, 0.68, 0.68)):
        y = sheet.top() + 20 + line * 9.5
        painter.drawLine(QPointF(sheet.left() + 11, y), QPointF(sheet.left() + 11 + width * share, y))


def _paint_own(painter: QPainter, box: QRectF, frame: Frame, look: Tokens, *, mirrored: bool) -> None:
    painter.fillRect(box, QColor(look.content))
    small = frame.badge_left < 0
    inset = 3 if small else 10
    pen = QPen(QColor(look.line_strong), 1 if small else 1.5)
    pen.setDashPattern([4 / pen.widthF(), 3 / pen.widthF()])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), 6, 6)
    square = _badge_box(box, frame, mirrored=mirrored)
    side = square.width() * (0.6 if small else 52 / 68)
    target = QRectF(0, 0, side, side)
    target.moveCenter(square.center())
    paint_glyph(painter, Icon.OWN_STATEMENT, look.text_3, target)


def _badge_box(box: QRectF, frame: Frame, *, mirrored: bool) -> QRectF:
    side = float(frame.badge)
    top = box.top() + (box.height() - side) / 2
    if frame.badge_left < 0:
        return QRectF(box.left() + (box.width() - side) / 2, top, side, side)
    left = box.right() - frame.badge_left - side if mirrored else box.left() + frame.badge_left
    return QRectF(left, top, side, side)


def _fine_pen(colour: str, alpha: float) -> QPen:
    tinted = QColor(colour)
    tinted.setAlphaF(alpha)
    return QPen(tinted, _LINE_PX)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
