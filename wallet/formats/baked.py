"""Badges inside pictures: take the credential out of a PNG, put one in. SVG is in `baked_svg`.

Liberal in reading (three kinds of text chunk, old and new keyword), strict in counting: a second credential
could be the one that is shown while the first one is the one that is checked. Our own walker, because image
libraries keep the last of two chunks without a word. Open Badges 3.0 §5.3.1; PNG (Third Edition) §5, §11.3.3.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from wallet.model.errors import FormatError
from wallet.model.limits import MAX_JSON_BYTES, MAX_PICTURE_BYTES, MAX_PICTURE_PIXELS
from wallet.model.reasons import ReasonCode, reason

from .baked_svg import Baked, bake_svg, read_svg, unbake_svg
from .first_bytes import looks_like_svg
from .pictures import PNG_MAGIC

__all__ = [
    "Baked",
    "bake_png",
    "bake_svg",
    "carries_credential",
    "read_png",
    "read_svg",
    "unbake_png",
    "unbake_svg",
]

KEYWORDS: Final = (b"openbadgecredential", b"openbadges")
_IHDR_BYTES: Final = 13
_FRAME_BYTES: Final = 12  # length, type and checksum of every chunk
_MAX_CHUNK_BYTES: Final = 0x7FFFFFFF
_TEXTS: Final = (b"tEXt", b"zTXt", b"iTXt")


@dataclass(frozen=True, slots=True)
class _Chunk:
    kind: bytes
    data: bytes
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Text:
    chunk: bytes
    keyword: bytes
    payload: bytes
    quirk: bool


def carries_credential(data: bytes) -> bool:
    """Return whether a picture was made to carry a credential, readable or not."""
    if data.startswith(PNG_MAGIC):
        return any(keyword + b"\0" in data for keyword in KEYWORDS)
    return looks_like_svg(data)


def unbake_png(data: bytes) -> bytes:
    """Return the exact text of the credential inside a PNG.

    Raises:
        FormatError: As `read_png`.
    """
    return read_png(data).payload


def read_png(data: bytes) -> Baked:
    """Return the credential inside a PNG, and what was allowed for.

    Raises:
        FormatError: PICTURE_DAMAGED, PICTURE_EMPTY, PICTURE_TWO_CREDENTIALS, LIMIT_BYTES or LIMIT_PIXELS.
    """
    texts = tuple(text for chunk in _chunks(data) if (text := _read_text(chunk)) is not None)
    if not texts:
        raise FormatError(reason(ReasonCode.PICTURE_EMPTY))
    places = {(text.chunk, text.keyword) for text in texts}
    if len(places) < len(texts) or len({text.payload for text in texts}) > 1:
        raise FormatError(reason(ReasonCode.PICTURE_TWO_CREDENTIALS, found=str(len(texts))))
    notes = (reason(ReasonCode.QUIRK_PNG_TEXT),) if texts[0].quirk else ()
    return Baked(texts[0].payload, notes)


def bake_png(picture: bytes, payload: bytes) -> bytes:
    """Return the picture with the credential in it, in exactly the standard's form.

    Anything behind the end of the picture is left out.

    Raises:
        FormatError: As for reading; PICTURE_TWO_CREDENTIALS if there is a credential in it already.
    """
    if not payload:
        raise FormatError(reason(ReasonCode.PICTURE_EMPTY))
    chunks = tuple(_chunks(picture))
    if any(_read_text(chunk) is not None for chunk in chunks):
        raise FormatError(reason(ReasonCode.PICTURE_TWO_CREDENTIALS))
    # Keyword, "not compressed", no language, no translated keyword (PNG §11.3.3.4).
    text = KEYWORDS[0] + b"\0\0\0\0\0" + payload
    baked = struct.pack(">I", len(text)) + b"iTXt" + text + struct.pack(">I", zlib.crc32(b"iTXt" + text))
    header = chunks[0]
    return picture[: header.end] + baked + picture[header.end : chunks[-1].end]


def _chunks(data: bytes) -> Iterator[_Chunk]:
    if len(data) > MAX_PICTURE_BYTES:
        raise FormatError(
            reason(ReasonCode.LIMIT_BYTES, what="picture", limit=str(MAX_PICTURE_BYTES), found=str(len(data)))
        )
    if not data.startswith(PNG_MAGIC):
        raise _damaged("signature")
    position = len(PNG_MAGIC)
    while True:
        chunk = _chunk_at(data, position)
        if chunk is None:
            raise _damaged("chunk")
        if position == len(PNG_MAGIC):
            _check_header(chunk)
        yield chunk
        position = chunk.end
        if chunk.kind == b"IEND":
            break
    # What follows the end is no part of the picture: ignored, unless it pretends to be one.
    if _chunk_at(data, position) is not None:
        raise _damaged("IEND")


def _chunk_at(data: bytes, position: int) -> _Chunk | None:
    """Return the intact chunk that starts here, None if there is none."""
    if position + _FRAME_BYTES > len(data):
        return None
    length = int.from_bytes(data[position : position + 4], "big")
    kind = data[position + 4 : position + 8]
    end = position + _FRAME_BYTES + length
    if length > _MAX_CHUNK_BYTES or end > len(data) or not (kind.isalpha() and kind.isascii()):
        return None
    if zlib.crc32(data[position + 4 : end - 4]) != int.from_bytes(data[end - 4 : end], "big"):
        return None
    return _Chunk(kind, data[position + 8 : end - 4], position, end)


def _check_header(chunk: _Chunk) -> None:
    if chunk.kind != b"IHDR" or len(chunk.data) != _IHDR_BYTES:
        raise _damaged("IHDR")
    width, height = struct.unpack(">II", chunk.data[:8])
    if width * height == 0:
        raise _damaged("IHDR")
    if width * height > MAX_PICTURE_PIXELS:
        raise FormatError(
            reason(ReasonCode.LIMIT_PIXELS, limit=str(MAX_PICTURE_PIXELS), found=f"{width}x{height}")
        )


def _read_text(chunk: _Chunk) -> _Text | None:
    if chunk.kind not in _TEXTS:
        return None
    keyword, separator, rest = chunk.data.partition(b"\0")
    if keyword not in KEYWORDS:
        return None
    if not separator:
        raise _damaged("text")
    if chunk.kind == b"iTXt":
        return _Text(chunk.kind, keyword, _international(rest), quirk=False)
    if chunk.kind == b"zTXt":
        if rest[:1] != b"\0":
            raise _damaged("zTXt")
        rest = _inflate(rest[1:])
    payload, quirk = _latin_or_utf8(rest)
    return _Text(chunk.kind, keyword, payload, quirk)


def _international(rest: bytes) -> bytes:
    compressed, method = rest[:1], rest[1:2]
    parts = rest[2:].split(b"\0", 2)  # language, translated keyword, text
    if compressed not in (b"\0", b"\x01") or method != b"\0" or len(parts) != 3:
        raise _damaged("iTXt")
    return _inflate(parts[2]) if compressed == b"\x01" else parts[2]


def _latin_or_utf8(data: bytes) -> tuple[bytes, bool]:
    """Return the text as UTF-8. PNG says Latin-1, but JSON was often put there as UTF-8 already.

    Reading that as Latin-1 would turn one letter into two and break the seal.
    """
    if data.isascii():
        return data, False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1").encode("utf-8"), False
    return data, True


def _inflate(packed: bytes) -> bytes:
    inflater = zlib.decompressobj()
    try:
        data = inflater.decompress(packed, MAX_JSON_BYTES + 1)
    except zlib.error as error:
        raise _damaged("zlib") from error
    if len(data) > MAX_JSON_BYTES:
        raise FormatError(reason(ReasonCode.LIMIT_BYTES, what="picture text", limit=str(MAX_JSON_BYTES)))
    if not inflater.eof or inflater.unused_data:
        raise _damaged("zlib")
    return data


def _damaged(what: str) -> FormatError:
    return FormatError(reason(ReasonCode.PICTURE_DAMAGED, what=what))
