"""Badge pictures: shapes differ, pictures from files come in bounded and raster only."""

from __future__ import annotations

import base64
import io
import struct
import zlib

import pytest
from PIL import Image
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from wallet.model.credential import Achievement, Carrier, Original
from wallet.model.limits import MAX_PICTURE_BYTES, MAX_PICTURE_PIXELS
from wallet.ui.badges import (
    GLYPHS,
    MAX_BADGE_PX,
    SHAPES,
    badge_shape,
    data_uri_bytes,
    decode_picture,
    paint_badge,
    paint_picture,
    picture_of,
)
from wallet.ui.theme import Theme

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><image href="/etc/hostname"/></svg>'


def raster(kind: str = "PNG", size: tuple[int, int] = (64, 64)) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, "#2060c0").save(stream, kind)
    return stream.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """Return a tiny file that claims a huge picture."""
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + \
        chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_raster_pictures_are_read_and_shrunk(kind: str) -> None:
    image = decode_picture(raster(kind, (1_200, 900)))
    assert image is not None
    assert (image.width(), image.height()) == (MAX_BADGE_PX, MAX_BADGE_PX * 3 // 4)
    assert image.pixelColor(10, 10).blue() > 150


@pytest.mark.parametrize("data", [
    b"", SVG, b"%PDF-1.7", b"<html>", raster()[:40], raster("BMP"), raster("TIFF"), huge_png(60_000, 60_000),
    huge_png(6_000, MAX_PICTURE_PIXELS // 6_000 + 1), b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    raster() + b"\0" * MAX_PICTURE_BYTES,
], ids=["empty", "svg", "pdf", "html", "cut", "bmp", "tiff", "bomb", "one row too many", "broken",
        "too large"])
def test_anything_else_is_no_picture(data: bytes) -> None:
    assert decode_picture(data) is None


def test_a_data_uri_gives_its_bytes() -> None:
    body = base64.b64encode(raster()).decode()
    assert data_uri_bytes(f"data:image/png;base64,{body}") == raster()
    for wrong in ("", "https://x.example/p.png", "data:text/html;base64,PGI+", f"data:image/png,{body}",
                  "data:image/png;base64,###", "file:///etc/hostname"):
        assert data_uri_bytes(wrong) == b""


def test_the_baked_file_is_its_own_picture() -> None:
    inside = f"data:image/png;base64,{base64.b64encode(raster(size=(10, 10))).decode()}"
    plain = Original(b"{}", "application/json", b"{}", Carrier.JSON)
    baked = Original(raster(size=(32, 32)), "image/png", b"{}", Carrier.PNG)
    svg = Original(SVG, "image/svg+xml", b"{}", Carrier.SVG)
    assert picture_of(plain, Achievement()) is None
    found = picture_of(plain, Achievement(picture=inside))
    own = picture_of(baked, Achievement(picture=inside))
    assert found is not None
    assert own is not None
    assert (found.width(), own.width()) == (10, 32)
    assert picture_of(svg, Achievement()) is None
    assert picture_of(plain, Achievement(picture_url="https://x.example/p.png")) is None


def canvas() -> QImage:
    made = QImage(68, 68, QImage.Format.Format_ARGB32)
    made.fill(Qt.GlobalColor.transparent)
    return made


def test_shapes_differ_and_stay_in_their_square(light: Theme) -> None:
    box = QRectF(0, 0, 68, 68)
    for number in range(SHAPES):
        assert box.adjusted(-0.5, -0.5, 0.5, 0.5).contains(badge_shape(number, box).boundingRect())
    pictures = []
    for number in range(SHAPES):
        image = canvas()
        painter = QPainter(image)
        paint_badge(painter, box, shape=number, glyph=GLYPHS[0], ink="#1E3A8A", outlined=False)
        painter.end()
        pictures.append(image)
    assert all(one != other for at, one in enumerate(pictures) for other in pictures[:at])


def test_a_wide_picture_is_shown_whole_inside_the_square(light: Theme) -> None:
    picture = QImage(200, 100, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    image = canvas()
    painter = QPainter(image)
    paint_picture(painter, QRectF(0, 0, 68, 68), picture)
    painter.end()
    assert image.pixelColor(34, 34).red() == 255
    assert image.pixelColor(34, 5).alpha() == 0
