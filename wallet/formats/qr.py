"""QR codes in pictures: what the codes say, as text. What the texts mean is `codec.frames`' and the caller's.

Pictures are bounded before they are decoded, and only common formats are opened at all.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from typing import TYPE_CHECKING, Final

from wallet.model.errors import FormatError
from wallet.model.limits import MAX_PICTURE_BYTES, MAX_PICTURE_PIXELS, MAX_QR_FRAMES
from wallet.model.reasons import ReasonCode, reason

from .pictures import JPEG_MAGIC, PNG_MAGIC

if TYPE_CHECKING:  # both libraries are loaded for the first picture only
    from PIL.Image import Image as Picture

_FORMATS: Final = ("PNG", "JPEG", "WEBP", "GIF")
# What image decoders are seen to raise on damaged files; none of it says more than "damaged".
_DAMAGE: Final = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    struct.error,
    zlib.error,
    IndexError,
    KeyError,
    TypeError,
    AttributeError,
    OverflowError,
    NotImplementedError,
    AssertionError,
    ZeroDivisionError,
    RuntimeError,
    MemoryError,
)


def is_picture(data: bytes) -> bool:
    """Return whether the bytes start like a picture that may hold a QR code."""
    return data.startswith((PNG_MAGIC, JPEG_MAGIC, b"GIF87a", b"GIF89a")) or (
        data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    )


def read_qr(data: bytes) -> tuple[str, ...]:
    """Return the texts of all QR codes in a picture, without repeats; none if there is no code.

    Raises:
        FormatError: PICTURE_DAMAGED, FORMAT_UNKNOWN, LIMIT_BYTES, LIMIT_PIXELS or LIMIT_FRAMES.
    """
    import zxingcpp  # noqa: PLC0415 - see above

    if len(data) > MAX_PICTURE_BYTES:
        raise FormatError(
            reason(ReasonCode.LIMIT_BYTES, what="picture", limit=str(MAX_PICTURE_BYTES), found=str(len(data)))
        )
    if not is_picture(data):
        raise FormatError(reason(ReasonCode.FORMAT_UNKNOWN, what="picture"))
    only = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    codes = zxingcpp.read_barcodes(_open(data), formats=only)
    if len(codes) > MAX_QR_FRAMES:
        raise FormatError(reason(ReasonCode.LIMIT_FRAMES, limit=str(MAX_QR_FRAMES), found=str(len(codes))))
    return tuple(dict.fromkeys(text for code in codes if (text := _text(bytes(code.bytes)))))


def _open(data: bytes) -> Picture:
    from PIL import Image  # noqa: PLC0415 - see above

    try:
        with warnings.catch_warnings():
            # The library only warns where we refuse, a few lines below.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture: Picture = Image.open(io.BytesIO(data), formats=_FORMATS)
        if picture.width * picture.height > MAX_PICTURE_PIXELS:
            raise FormatError(
                reason(
                    ReasonCode.LIMIT_PIXELS,
                    limit=str(MAX_PICTURE_PIXELS),
                    found=f"{picture.width}x{picture.height}",
                )
            )
        # A code on a transparent ground is meant to be read on white.
        if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
            picture = picture.convert("RGBA")
            ground = Image.new("RGBA", picture.size, "white")
            ground.alpha_composite(picture)
            picture = ground
        return picture.convert("L")
    except Image.DecompressionBombError as error:
        raise FormatError(reason(ReasonCode.LIMIT_PIXELS, limit=str(MAX_PICTURE_PIXELS))) from error
    except _DAMAGE as error:
        raise FormatError(reason(ReasonCode.PICTURE_DAMAGED, what=type(error).__name__)) from error


def _text(data: bytes) -> str:
    """Return a code's bytes as text, "" for a code that holds none."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
