"""A payload as QR pictures: one code where a phone reads it, else numbered frames for this program.

Drawing only; what a payload and a frame are is in `codec.payload` and `codec.frames`, reading pictures is
in `formats.qr`. ISO/IEC 18004:2024 §7.1 (capacities), §6.3.8 (quiet zone).
"""

from __future__ import annotations

import io
from typing import Final

from PIL import Image
from qrcode.constants import ERROR_CORRECT_L
from qrcode.main import QRCode
from qrcode.util import QRData

from wallet.codec.encoding import base64url_encode
from wallet.codec.frames import to_frames, to_text
from wallet.model.errors import ShareError
from wallet.model.limits import MAX_PAYLOAD_BYTES, MAX_QR_FRAMES
from wallet.model.reasons import ReasonCode, reason
from wallet.model.sharing import QrFrame

#: What version 25 holds at level L: the densest code that phones read from a screen.
MAX_ALPHANUMERIC_CHARS: Final = 1_853
MAX_BYTE_CHARS: Final = 1_273

#: Payload bytes per frame: 1.5 characters each and about 40 of heading stay within version 20, which a
#: simulated camera still reads at 350 pixels across.
FRAME_BYTES: Final = 780

_ALPHANUMERIC_MODE: Final = 2  # ISO/IEC 18004 §7.4.1: mode indicators
_BYTE_MODE: Final = 4
_QUIET_MODULES: Final = 4
_TARGET_PIXELS: Final = 900  # across; reads reliably up to version 31
_MIN_MODULE_PIXELS: Final = 6


def carrier_text(payload: bytes, verifier_address: str = "") -> str:
    """Return the payload as the text a QR code or a link carries.

    Args:
        payload: From `codec.payload.encode_payload`.
        verifier_address: A page that verifies in the browser. The payload goes behind `#`, which no
            browser sends to a server. Without one the text is for this program: `LW1:` and base45.
    """
    if verifier_address:
        return f"{verifier_address}#{base64url_encode(payload)}"
    return to_text(payload)


def qr_frames(payload: bytes, verifier_address: str = "") -> tuple[QrFrame, ...]:
    """Draw the payload: one code if a phone reads it, else numbered frames of equal size.

    A link that is too dense for a phone is no use as a link, so then the frames are for this program too.

    Raises:
        ShareError: SHARE_TOO_LARGE, if it needs more frames than a reader accepts.
    """
    text = carrier_text(payload, verifier_address)
    if len(text) <= (MAX_BYTE_CHARS if verifier_address else MAX_ALPHANUMERIC_CHARS):
        return (QrFrame(text, draw(text), 1, 1),)
    count = -(-len(payload) // FRAME_BYTES)
    if count > MAX_QR_FRAMES or len(payload) > MAX_PAYLOAD_BYTES:
        raise ShareError(reason(ReasonCode.SHARE_TOO_LARGE, found=str(count), limit=str(MAX_QR_FRAMES)))
    texts = to_frames(payload, -(-len(payload) // count))
    return tuple(QrFrame(one, draw(one), index, len(texts)) for index, one in enumerate(texts, 1))


def draw(text: str) -> bytes:
    """Draw one code as PNG: black on white, four modules of quiet zone, whole pixels per module.

    The picture holds nothing but pixels: no author, no date, no program.

    Raises:
        ShareError: SHARE_TOO_LARGE, if no QR code holds the text.
    """
    code = QRCode(error_correction=ERROR_CORRECT_L, border=_QUIET_MODULES)
    data = text.encode("utf-8")
    code.add_data(QRData(data, mode=_ALPHANUMERIC_MODE) if _is_alphanumeric(text)
                  else QRData(data, mode=_BYTE_MODE))
    try:
        code.make(fit=True)
    except ValueError:  # the library's overflow errors are ValueErrors from version 41 on
        raise ShareError(reason(ReasonCode.SHARE_TOO_LARGE, found=str(len(text)))) from None
    matrix = code.get_matrix()
    modules = len(matrix)
    picture = Image.new("1", (modules, modules), 1)
    picture.putdata([0 if dark else 1 for row in matrix for dark in row])
    pixels = max(_MIN_MODULE_PIXELS, _TARGET_PIXELS // modules)
    target = io.BytesIO()
    picture.resize((modules * pixels, modules * pixels), Image.Resampling.NEAREST).save(target, "PNG")
    return target.getvalue()


def _is_alphanumeric(text: str) -> bool:
    return set(text) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
