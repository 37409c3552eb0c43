"""Text forms of bytes: base64url, base58, multibase, base45, multicodec, and the compact JWS.

Every decoder accepts exactly one text per byte string, so that no two different files carry one signature.
Specifications: RFC 4648 §5, RFC 9285, RFC 7515 §7.1, Controlled Identifiers 1.0 §2.4 and §2.5. No keys, no
signature arithmetic.
"""

from __future__ import annotations

import base64
import binascii
import re
from functools import lru_cache
from typing import Final

from wallet.model.credential import CompactJws, JsonObject
from wallet.model.errors import CodecError
from wallet.model.limits import KIB, MAX_JSON_BYTES
from wallet.model.reasons import ReasonCode, reason

from .strict_json import parse_object

_BASE64URL: Final = re.compile(r"[A-Za-z0-9_-]*", re.ASCII)
_BASE58: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_NO_DIGIT: Final = 255
_BASE58_VALUES: Final = bytes(
    _BASE58.index(chr(code)) if chr(code) in _BASE58 else _NO_DIGIT for code in range(256)
)
_MAX_BASE58_CHARS: Final = 4 * KIB  # its arithmetic is quadratic; the longest key or signature needs 800
_BASE45: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_BASE45_VALUES: Final = {character: value for value, character in enumerate(_BASE45)}
_MAX_MULTICODEC_BYTES: Final = 9  # unsigned varint, multiformats
_MAX_HEADER_BYTES: Final = 64 * KIB  # an x5c chain fits
# Header members that change what the signature covers or how it is read (RFC 7515 §4.1.11, RFC 7797).
_REFUSED_HEADER: Final = ("b64", "zip")
#: The one extension that must be understood and is: when a seal says it was made (ETSI TS 119 182-1 §5.2.1).
_UNDERSTOOD: Final = ["sigT"]


def base64url_encode(data: bytes) -> str:
    """Encode without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def base64url_decode(text: str) -> bytes:
    """Decode text without padding, white space or stray bits.

    Raises:
        CodecError: BAD_ENCODING.
    """
    if not _BASE64URL.fullmatch(text) or len(text) % 4 == 1:
        raise _bad("base64url")
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        raise _bad("base64url") from None
    if base64url_encode(data) != text:  # unused bits of the last character must be zero
        raise _bad("base64url")
    return data


def base58_encode(data: bytes) -> str:
    """Encode with the Bitcoin alphabet."""
    number = int.from_bytes(data)
    digits = []
    while number:
        number, digit = divmod(number, 58)
        digits.append(_BASE58[digit])
    zeros = len(data) - len(data.lstrip(b"\0"))
    return "1" * zeros + "".join(reversed(digits))


def base58_decode(text: str) -> bytes:
    """Decode the Bitcoin alphabet.

    Raises:
        CodecError: BAD_ENCODING.
    """
    if len(text) > _MAX_BASE58_CHARS:
        raise _bad("base58")
    # What is no ASCII becomes a question mark, which is no digit either.
    digits = text.encode("ascii", "replace").translate(_BASE58_VALUES)
    if _NO_DIGIT in digits:
        raise _bad("base58")
    # All digits at once instead of one after the other: neighbours become one digit of the next larger base,
    # until one is left. Sums of large numbers are what costs.
    number = int.from_bytes(digits)
    for kept, width, base in _foldings(max(len(digits) - 1, 0).bit_length()):
        number = (number & kept) + (number >> width & kept) * base
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8)


@lru_cache(maxsize=16)
def _foldings(count: int) -> tuple[tuple[int, int, int], ...]:
    """Return what folds 2**count digits of base 58 into one: by step the bits, their width, the base."""
    found = []
    for step in range(count):
        width = 8 << step
        kept = sum(((1 << width) - 1) << place for place in range(0, 8 << count, 2 * width))
        found.append((kept, width, 58 ** (1 << step)))
    return tuple(found)


def multibase_decode(text: str) -> bytes:
    """Decode a text whose first character names its base: `z` base58btc or `u` base64url.

    Raises:
        CodecError: BAD_ENCODING, also for every other base.
    """
    if text.startswith("z"):
        return base58_decode(text[1:])
    if text.startswith("u"):
        return base64url_decode(text[1:])
    raise _bad("multibase")


def base45_encode(data: bytes) -> str:
    """Encode for the alphanumeric mode of QR codes."""
    text = []
    for start in range(0, len(data) - 1, 2):
        high, low = divmod(data[start] * 256 + data[start + 1], 45 * 45)
        text.append(_BASE45[low % 45] + _BASE45[low // 45] + _BASE45[high])
    if len(data) % 2:
        text.append(_BASE45[data[-1] % 45] + _BASE45[data[-1] // 45])
    return "".join(text)


def base45_decode(text: str) -> bytes:
    """Decode base45.

    Raises:
        CodecError: BAD_ENCODING: a foreign character, a group beyond its range, or one character too many.
    """
    values = []
    for character in text:
        value = _BASE45_VALUES.get(character)
        if value is None:
            raise _bad("base45")
        values.append(value)
    data = bytearray()
    for start in range(0, len(values), 3):
        group = values[start : start + 3]
        number = sum(value * 45**place for place, value in enumerate(group))
        size = len(group) - 1
        if size == 0 or number >= 256**size:
            raise _bad("base45")
        data += number.to_bytes(size)
    return bytes(data)


def read_multicodec(data: bytes) -> tuple[int, bytes]:
    """Take the code in front off the bytes.

    Raises:
        CodecError: BAD_ENCODING: no code, or one that is not written in its shortest form.
    """
    code = 0
    for index, byte in enumerate(data[:_MAX_MULTICODEC_BYTES]):
        code |= (byte & 0x7F) << (7 * index)
        if not byte & 0x80:
            if byte == 0 and index:
                break
            return code, data[index + 1 :]
    raise _bad("multicodec")


def write_multicodec(code: int, data: bytes) -> bytes:
    """Put a code in front of the bytes."""
    prefix = bytearray()
    while code > 0x7F:
        prefix.append(code & 0x7F | 0x80)
        code >>= 7
    prefix.append(code)
    return bytes(prefix) + data


def split_jws(text: str) -> CompactJws:
    """Take a compact JWS apart, strictly; nothing in it is believed.

    Raises:
        CodecError: BAD_JWS, ALGORITHM_REFUSED for `none`, LIMIT_BYTES, or what is wrong with its header.
    """
    if len(text) > 2 * MAX_JSON_BYTES:
        raise CodecError(reason(ReasonCode.LIMIT_BYTES, limit=str(2 * MAX_JSON_BYTES), found=str(len(text))))
    parts = text.split(".")
    if len(parts) != 3:
        raise _bad_jws("parts")
    try:
        header_bytes, payload, signature = (base64url_decode(part) for part in parts)
    except CodecError:
        raise _bad_jws("base64url") from None
    header = parse_object(header_bytes, max_bytes=_MAX_HEADER_BYTES)
    _check_header(header)
    if not payload:
        raise _bad_jws("payload")
    if not signature:
        raise _bad_jws("signature")
    signing_input = f"{parts[0]}.{parts[1]}".encode("ascii")
    return CompactJws(text, header, payload, signing_input, signature)


def _check_header(header: JsonObject) -> None:
    for member in _REFUSED_HEADER:
        if member in header:
            raise _bad_jws(member)
    if "crit" in header and (header["crit"] != _UNDERSTOOD or not header.keys() >= set(_UNDERSTOOD)):
        raise _bad_jws("crit")
    algorithm = header.get("alg")
    if not isinstance(algorithm, str) or not algorithm:
        raise _bad_jws("alg")
    if algorithm.lower() == "none":  # RFC 8725 §3.2
        raise CodecError(reason(ReasonCode.ALGORITHM_REFUSED, algorithm=algorithm[:20]))


def _bad(what: str) -> CodecError:
    return CodecError(reason(ReasonCode.BAD_ENCODING, what=what))


def _bad_jws(what: str) -> CodecError:
    return CodecError(reason(ReasonCode.BAD_JWS, what=what))
