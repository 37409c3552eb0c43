"""Badge pictures: the shapes we draw ourselves, and the bounded way in for a picture that a file brings.

An SVG from outside is never decoded. Everything here paints at most a square in the middle of a band.
"""

from __future__ import annotations

import base64
import binascii
import io
import math
import warnings
from typing import Final

from PIL import Image
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPen

from wallet.model.credential import Achievement, Carrier, Original
from wallet.model.limits import MAX_DATA_URI_CHARS, MAX_PICTURE_BYTES, MAX_PICTURE_PIXELS

from .icons import Icon, paint_glyph

#: The glyphs that may stand on a drawn badge. They mean nothing; they help to tell cards apart.
GLYPHS: Final = (Icon.GLYPH_BARS, Icon.GLYPH_CYCLE, Icon.GLYPH_CURVE, Icon.GLYPH_TALK, Icon.GLYPH_LEAF,
                 Icon.GLYPH_SPARK, Icon.GLYPH_BOOK)
SHAPES: Final = 6
MAX_BADGE_PX: Final = 416  # 104 logical pixels at the largest device ratio
_GLYPH_SHARE = 0.44
_RING_SHARE = 0.02
_RING_ALPHA = 0.55
_RASTER_FORMATS: Final = ("PNG", "JPEG", "GIF", "WEBP")
_BROKEN_PICTURE: Final = (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError,
                          Image.DecompressionBombWarning)


def badge_shape(number: int, box: QRectF) -> QPainterPath:
    """Return one of the six outlines: scallop, hexagon, circle, shield, rounded square, diamond."""
    makers = (_scallop, _hexagon, _circle, _shield, _rounded_square, _diamond)
    return makers[number % len(makers)](box)


def paint_badge(painter: QPainter, box: QRectF, *, shape: int, glyph: Icon, ink: str, outlined: bool) -> None:
    """Paint a drawn badge.

    Args:
        painter: Antialiased.
        box: Its square.
        shape: Which outline.
        glyph: The sign in its middle.
        ink: Colour of ring and glyph.
        outlined: Whether it is an outline only (a web record) instead of a white shape.
    """
    size = box.width()
    ring = QColor(ink)
    painter.save()
    if outlined:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ring, max(size * _RING_SHARE, 1)))
        painter.drawPath(badge_shape(shape, _inset(box, size * 0.02)))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#FFFFFF"))
        painter.drawPath(badge_shape(shape, box))
    ring.setAlphaF(_RING_ALPHA)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ring, max(size * _RING_SHARE, 1)))
    painter.drawPath(badge_shape(shape, _inset(box, size * 0.08)))
    painter.restore()
    paint_glyph(painter, glyph, ink, _inset(box, size * (1 - _GLYPH_SHARE) / 2))


def paint_picture(painter: QPainter, box: QRectF, picture: QImage) -> None:
    """Paint a picture from a file inside the square, whole, its corners a little rounded."""
    size = picture.size().scaled(box.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
    room = QRectF(0, 0, size.width(), size.height())
    room.moveCenter(box.center())
    clip = QPainterPath()
    clip.addRoundedRect(room, 8, 8)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setClipPath(clip, Qt.ClipOperation.IntersectClip)
    painter.fillRect(room, QBrush(QColor("#FFFFFF")))
    painter.drawImage(room, picture)
    painter.restore()


def picture_of(original: Original, achievement: Achievement) -> QImage | None:
    """Return the badge picture that travels with a credential, or None for a drawn one."""
    if original.carrier is Carrier.PNG:
        return decode_picture(original.data)
    return decode_picture(data_uri_bytes(achievement.picture))


def data_uri_bytes(untrusted_uri: str) -> bytes:
    """Return the bytes of a base64 picture URI, or nothing if it is none."""
    head, comma, body = untrusted_uri[:MAX_DATA_URI_CHARS].partition(",")
    wanted = head.lower().startswith("data:image/") and head.lower().endswith(";base64")
    if not comma or not wanted or len(untrusted_uri) > MAX_DATA_URI_CHARS:
        return b""
    try:
        return base64.b64decode("".join(body.split()), validate=True)
    except (binascii.Error, ValueError):
        return b""


def decode_picture(untrusted_data: bytes) -> QImage | None:
    """Return a raster picture at badge size, or None if it is none, too large or broken.

    Only raster formats are tried, only the first frame, and the size is read before any pixel is.
    """
    if not untrusted_data or len(untrusted_data) > MAX_PICTURE_BYTES:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(untrusted_data), formats=_RASTER_FORMATS) as picture:
                width, height = picture.size
                if width * height > MAX_PICTURE_PIXELS or min(width, height) < 1:
                    return None
                picture.draft("RGB", (MAX_BADGE_PX, MAX_BADGE_PX))
                picture.thumbnail((MAX_BADGE_PX, MAX_BADGE_PX))
                pixels = picture.convert("RGBA")
    except _BROKEN_PICTURE:
        return None
    data = pixels.tobytes()
    image = QImage(data, pixels.width, pixels.height, 4 * pixels.width, QImage.Format.Format_RGBA8888)
    return image.copy()  # owns its pixels; the bytes above go away


def _inset(box: QRectF, by: float) -> QRectF:
    return box.adjusted(by, by, -by, -by)


def _polygon(points: list[QPointF]) -> QPainterPath:
    path = QPainterPath(points[0])
    for point in points[1:]:
        path.lineTo(point)
    path.closeSubpath()
    return path


def _round_point(box: QRectF, radius: float, degrees: float) -> QPointF:
    angle = math.radians(degrees)
    return QPointF(box.center().x() + radius * math.cos(angle), box.center().y() + radius * math.sin(angle))


def _scallop(box: QRectF) -> QPainterPath:
    half = box.width() / 2
    waves = 12
    steps = 120
    points = [_round_point(box, half * (0.945 + 0.055 * math.cos(math.radians(waves * 360 * step / steps))),
                           360 * step / steps - 90) for step in range(steps)]
    return _polygon(points)


def _hexagon(box: QRectF) -> QPainterPath:
    return _softened([_round_point(box, box.width() / 2, 60 * corner - 90) for corner in range(6)], 0.08)


def _circle(box: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(_inset(box, box.width() * 0.02))
    return path


def _shield(box: QRectF) -> QPainterPath:
    width, height = box.width(), box.height()
    left, top = box.left() + width * 0.09, box.top() + height * 0.03
    right, middle = box.right() - width * 0.09, box.center().x()
    path = QPainterPath(QPointF(middle, top))
    path.quadTo(QPointF(middle + width * 0.2, top + height * 0.1), QPointF(right, top + height * 0.09))
    path.lineTo(QPointF(right, top + height * 0.46))
    path.cubicTo(QPointF(right, top + height * 0.74), QPointF(middle + width * 0.2, top + height * 0.88),
                 QPointF(middle, box.bottom()))
    path.cubicTo(QPointF(middle - width * 0.2, top + height * 0.88), QPointF(left, top + height * 0.74),
                 QPointF(left, top + height * 0.46))
    path.lineTo(QPointF(left, top + height * 0.09))
    path.quadTo(QPointF(middle - width * 0.2, top + height * 0.1), QPointF(middle, top))
    path.closeSubpath()
    return path


def _rounded_square(box: QRectF) -> QPainterPath:
    path = QPainterPath()
    inner = _inset(box, box.width() * 0.08)
    path.addRoundedRect(inner, inner.width() * 0.18, inner.height() * 0.18)
    return path


def _diamond(box: QRectF) -> QPainterPath:
    return _softened([_round_point(box, box.width() / 2, 90 * corner - 90) for corner in range(4)], 0.12)


def _softened(corners: list[QPointF], share: float) -> QPainterPath:
    """Return the polygon with its corners rounded off over that share of each side."""
    path = QPainterPath()
    count = len(corners)
    for at, corner in enumerate(corners):
        before, after = corners[at - 1], corners[(at + 1) % count]
        enter = corner + (before - corner) * share
        leave = corner + (after - corner) * share
        if at:
            path.lineTo(enter)
        else:
            path.moveTo(enter)
        path.quadTo(corner, leave)
    path.closeSubpath()
    return path
