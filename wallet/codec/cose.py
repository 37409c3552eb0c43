"""COSE_Sign1: the message taken apart, and what its signature covers. Pure; no keys, no arithmetic.

Headers are read strictly and under the names of RFC 9052 §3.1: one label once, no critical extensions, the
algorithm among what is signed. Specifications: RFC 9052 §4.2 and §4.4, RFC 9596 (`typ`), RFC 9597.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final

from wallet.model.credential import CoseSign1, JsonObject
from wallet.model.errors import CodecError
from wallet.model.limits import MAX_JSON_BYTES
from wallet.model.reasons import ReasonCode, reason

from .cbor import AnyCborValue, decode_any_cbor, encode_cbor

# RFC 9052 §2: tag 18 in its one-byte form, and an array of four. The tag may be left out where a media type
# says what comes; a bare file has none, so the tag is asked for.
_START: Final = b"\xd2\x84"
_CONTEXT: Final = "Signature1"
_LABELS: Final = {1: "alg", 2: "crit", 3: "cty", 4: "kid", 15: "claims", 16: "typ"}
_BASE64: Final = re.compile(r"0oR[A-Za-z0-9+/_-]+={0,2}", re.ASCII)


def looks_like_cose(data: bytes) -> bool:
    """Return whether bytes start like a message: as they are, or as base64."""
    return data.startswith((_START, b"0oR"))


def cose_bytes(data: bytes) -> bytes:
    """Return the bytes of a message that may be written in base64, in either alphabet.

    Raises:
        CodecError: BAD_COSE.
    """
    if data.startswith(_START):
        return data
    text = data.strip().decode("ascii", "replace")  # the last line of a text file ends; a message does not
    if not _BASE64.fullmatch(text):
        raise _bad("base64")
    body = text.rstrip("=")
    try:
        decoded = base64.b64decode(body + "=" * (-len(body) % 4), altchars=b"-_" if "-" in body or "_" in body
                                   else b"+/", validate=True)
    except (binascii.Error, ValueError):
        raise _bad("base64") from None
    if not decoded.startswith(_START):
        raise _bad("tag")
    return decoded


def split_cose(data: bytes) -> CoseSign1:
    """Take a message apart, strictly; nothing in it is believed.

    Raises:
        CodecError: BAD_COSE or LIMIT_BYTES.
    """
    if len(data) > MAX_JSON_BYTES:
        raise CodecError(reason(ReasonCode.LIMIT_BYTES, limit=str(MAX_JSON_BYTES), found=str(len(data))))
    message = _decode(data[1:], "message")
    if not data.startswith(_START) or not isinstance(message, list) or len(message) != 4:
        raise _bad("parts")
    protected, unprotected, payload, signature = message
    if not isinstance(protected, bytes) or not isinstance(unprotected, dict):
        raise _bad("header")
    if not isinstance(payload, bytes) or not payload:  # RFC 9052 §4.1: nil would mean a detached payload
        raise _bad("payload")
    if not isinstance(signature, bytes) or not signature:
        raise _bad("signature")
    header = _named(_decode(protected, "header"))
    if set(header) & set(_named(unprotected)):  # RFC 9052 §3: a label must not stand in both
        raise _bad("header")
    if "crit" in header:
        raise _bad("crit")
    if "alg" not in header:
        raise _bad("alg")
    if "kid" not in header and "kid" in _named(unprotected):
        header = {**header, "kid": _named(unprotected)["kid"]}  # a hint where to look, worth nothing else
    signing_input = encode_cbor([_CONTEXT, protected, b"", payload])
    return CoseSign1(header, payload, signing_input, signature)


def _decode(data: bytes, what: str) -> AnyCborValue:
    try:
        return decode_any_cbor(data)
    except CodecError:
        raise _bad(what) from None


def _named(header: AnyCborValue) -> JsonObject:
    """Return a header with names for the labels we know; a key's name as text where it is one."""
    if not isinstance(header, dict):
        raise _bad("header")
    named: JsonObject = {}
    for label, value in header.items():
        name = _LABELS.get(label, str(label)) if isinstance(label, int) else f"text:{label!s}"
        named[name] = _text(value) if name == "kid" else value
    return named


def _text(value: AnyCborValue) -> str:
    if not isinstance(value, bytes):  # RFC 9052 §3.1: kid is bytes; VC-JOSE-COSE puts a text in them
        raise _bad("kid")
    return value.decode("utf-8", "replace")


def _bad(what: str) -> CodecError:
    return CodecError(reason(ReasonCode.BAD_COSE, what=what))
