"""Pictures of a badge: the one that travels inside as a data URI, or the address of a remote one.

Only PNG and JPEG inside the limits are ever handed on for showing; everything else (SVG above all) reads
as "no picture", never as an error. Remote addresses are words, never loaded by themselves.
"""

from __future__ import annotations

import base64
import binascii
import struct
from typing import Any, Final

from wallet.model.limits import MAX_DATA_URI_CHARS, MAX_PICTURE_PIXELS

from .members import identifier

PNG_MAGIC: Final = b"\x89PNG\r\n\x1a\n"
JPEG_MAGIC: Final = b"\xff\xd8\xff"
_HEADS: Final = {
    "data:image/png;base64,": PNG_MAGIC,
    "data:image/jpeg;base64,": JPEG_MAGIC,
    "data:image/jpg;base64,": JPEG_MAGIC,
}
# ITU T.81 §B.2.2: the frame headers that carry height and width.
_FRAME_MARKERS: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def inline_picture(value: Any) -> str:
    """Return the data URI of a PNG or JPEG that may be shown, else ""."""
    address = identifier(value)
    head, comma, body = address[:64].partition(",")
    magic = _HEADS.get((head + comma).lower())
    if magic is None or len(address) > MAX_DATA_URI_CHARS:
        return ""
    body = address[len(head) + 1 :]
    try:
        data = base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        return ""
    if not data.startswith(magic):
        return ""
    width, height = _png_size(data) if magic == PNG_MAGIC else _jpeg_size(data)
    return address if 0 < width * height <= MAX_PICTURE_PIXELS else ""


def remote_picture(value: Any) -> str:
    """Return the https address of a picture that is elsewhere, else ""."""
    address = identifier(value)
    return address if address.lower().startswith(("https://", "http://")) else ""


def _png_size(data: bytes) -> tuple[int, int]:
    if len(data) < 24 or data[12:16] != b"IHDR":
        return 0, 0
    width, height = struct.unpack(">II", data[16:24])
    return int(width), int(height)


def _jpeg_size(data: bytes) -> tuple[int, int]:
    position = 2
    while position + 9 <= len(data) and data[position] == 0xFF:
        marker = data[position + 1]
        if marker in _FRAME_MARKERS:
            height, width = struct.unpack(">HH", data[position + 5 : position + 9])
            return int(width), int(height)
        length = int(struct.unpack(">H", data[position + 2 : position + 4])[0])
        position += 1 if marker == 0xFF else 2 + length
    return 0, 0
