"""QR codes out of pictures: exact texts, bounded pictures."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
import qrcode
from PIL import Image

from wallet.codec.frames import join_frames, to_frames, to_text
from wallet.formats.pictures import PNG_MAGIC
from wallet.formats.qr import is_picture, read_qr
from wallet.model.errors import FormatError
from wallet.model.limits import MAX_PICTURE_BYTES
from wallet.model.reasons import ReasonCode as R


def _drawn(text: str, form: str = "PNG", mode: str = "L") -> bytes:
    code = qrcode.QRCode(border=4, box_size=4)
    code.add_data(text)
    target = io.BytesIO()
    code.make_image().get_image().convert(mode).save(target, form)
    return target.getvalue()


def _refused(picture: bytes) -> R:
    with pytest.raises(FormatError) as caught:
        read_qr(picture)
    return caught.value.reason.code


@pytest.mark.parametrize(
    ("form", "mode"),
    [("PNG", "L"), ("PNG", "RGBA"), ("PNG", "1"), ("JPEG", "L"), ("WEBP", "RGB"), ("GIF", "P")],
)
def test_a_code_is_read_from_every_common_picture(form: str, mode: str) -> None:
    picture = _drawn("https://harbor.example/#x", form, mode)
    assert is_picture(picture)
    assert read_qr(picture) == ("https://harbor.example/#x",)


def test_our_own_texts_come_out_exactly() -> None:
    payload = bytes(range(256)) * 2
    assert read_qr(_drawn(to_text(payload))) == (to_text(payload),)
    frames = to_frames(payload, 200)
    read = [text for frame in reversed(frames) for text in read_qr(_drawn(frame))]
    assert join_frames(read) == payload


def test_a_text_beyond_ascii_is_utf_8() -> None:
    assert read_qr(_drawn("Zürich – ✓")) == ("Zürich – ✓",)  # noqa: RUF001 - beyond ASCII is the point


def test_several_codes_in_one_picture() -> None:
    one, other = (Image.open(io.BytesIO(_drawn(text))) for text in ("first", "second"))
    sheet = Image.new("L", (one.width + other.width, max(one.height, other.height)), 255)
    sheet.paste(one, (0, 0))
    sheet.paste(other, (one.width, 0))
    target = io.BytesIO()
    sheet.save(target, "PNG")
    assert set(read_qr(target.getvalue())) == {"first", "second"}


def test_a_code_on_a_transparent_ground() -> None:
    code = Image.open(io.BytesIO(_drawn("clear", mode="RGBA")))
    clear = Image.new("RGBA", code.size, (0, 0, 0, 0))
    dark = code.convert("L").point(lambda value: 0 if value > 128 else 255)
    clear.paste((0, 0, 0, 255), mask=dark)
    target = io.BytesIO()
    clear.save(target, "PNG")
    assert read_qr(target.getvalue()) == ("clear",)


def test_a_picture_without_a_code_is_no_error() -> None:
    target = io.BytesIO()
    Image.new("RGB", (50, 50), "navy").save(target, "PNG")
    assert read_qr(target.getvalue()) == ()


def test_bounds_and_damage_are_named() -> None:
    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 0, 0, 0, 0)
    huge = (
        PNG_MAGIC + struct.pack(">I", 13) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    )
    assert _refused(huge + b"\0" * 30) in (R.LIMIT_PIXELS, R.PICTURE_DAMAGED)
    middle = struct.pack(">IIBBBBB", 6_000, 5_000, 8, 0, 0, 0, 0)
    large = (
        PNG_MAGIC + struct.pack(">I", 13) + b"IHDR" + middle + struct.pack(">I", zlib.crc32(b"IHDR" + middle))
    )
    body = zlib.compress(b"\0")
    large += struct.pack(">I", len(body)) + b"IDAT" + body + struct.pack(">I", zlib.crc32(b"IDAT" + body))
    assert _refused(large) is R.LIMIT_PIXELS
    assert _refused(_drawn("cut")[:200]) is R.PICTURE_DAMAGED
    assert _refused(PNG_MAGIC + bytes(MAX_PICTURE_BYTES)) is R.LIMIT_BYTES
    assert _refused(b"BM" + bytes(60)) is R.FORMAT_UNKNOWN
    assert not is_picture(b"{}")
    assert not is_picture(b"RIFF....WAVE")
