"""Bytes to JSON under the limits, and back. What Python reads too generously is refused here.

Refused: duplicate members (also after unescaping), NaN and infinities, integers that other programs round,
lone surrogates, anything but UTF-8, excess depth, size, count. One UTF-8 byte order mark is skipped.
Specification: RFC 8259, RFC 7493 (I-JSON). What a document means is not judged here.
"""

from __future__ import annotations

import json
import math
import re
from itertools import accumulate
from typing import Any, Final, Never

from wallet.model.credential import JsonObject
from wallet.model.errors import CodecError
from wallet.model.limits import (
    MAX_CREDENTIAL_BYTES,
    MAX_DATA_URI_CHARS,
    MAX_JSON_BYTES,
    MAX_JSON_DEPTH,
    MAX_JSON_NODES,
    MAX_STRING_CHARS,
)
from wallet.model.reasons import ReasonCode, reason

from .plain_json import UNTOLD, read_plain

_BOM: Final = b"\xef\xbb\xbf"
_UTF16_BOMS: Final = (b"\xff\xfe", b"\xfe\xff")
_SMART_QUOTES: Final = frozenset("\u201c\u201d\u201e\u201f\u2018\u2019\u00ab\u00bb")
_MAX_SAFE_INTEGER: Final = 2**53 - 1
_MAX_SAFE_DIGITS: Final = 17  # sign and sixteen digits; longer ones are refused before they are converted
_SPACE: Final = " \t\n\r"  # RFC 8259 §2
#: How a picture begins: as a data URI, or its bare base64 (PNG, JPEG), as European credentials have it.
PICTURES: Final = ("data:image/", "iVBORw0KGgo", "/9j/")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_ESCAPED_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")
# Strings as a whole, terminated or not, so that an unfinished one cannot make the scan start over.
_STRINGS: Final = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
_NO_BRACKETS: Final = bytes(code for code in range(256) if code not in b"[]{}")
_NO_OPENING: Final = bytes(code for code in range(256) if code not in b"[{")
_STEPS: Final = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}


def parse_json(
    data: bytes,
    *,
    max_bytes: int = MAX_JSON_BYTES,
    max_depth: int = MAX_JSON_DEPTH,
    max_nodes: int = MAX_JSON_NODES,
    max_string_chars: int = MAX_STRING_CHARS,
) -> Any:
    """Read one JSON text.

    Args:
        data: The bytes, at most one byte order mark in front.
        max_bytes: Bound on the text. A pack holds many credentials, so its callers raise `max_nodes`
            and bound each credential by `check_credential`.
        max_depth: Bound on nesting; checked before the parser recurses.
        max_nodes: Bound on values and keys together.
        max_string_chars: Bound on a string that is no picture.

    Raises:
        CodecError: With the reason, naming the bound or the place.
    """
    if len(data) > max_bytes:
        raise CodecError(reason(ReasonCode.LIMIT_BYTES, limit=str(max_bytes), found=str(len(data))))
    text = _decode(data)
    # An ordinary document stays below every bound whatever its brackets and commas mean; counting them costs
    # little, so that only a document which may exceed a bound is looked through without its strings.
    opened = len(data.translate(None, _NO_OPENING))
    is_short = len(text) <= max_nodes  # each value and key follows a sign of its own, the root none
    most_nodes = 0 if is_short else opened + text.count(",") + text.count(":")
    if opened > max_depth or most_nodes > max_nodes:
        _prescan(data, max_depth, max_nodes)
    has_escapes = "\\" in text
    value = UNTOLD if has_escapes else read_plain(data)
    if value is UNTOLD:
        value = _load(text)
    # Strict UTF-8 holds no surrogate, an escape may name one.
    if most_nodes > max_nodes or len(text) > max_string_chars or (
        has_escapes and _ESCAPED_SURROGATE.search(text)
    ):
        _check_values(value, max_nodes, max_string_chars)
    return value


def parse_object(
    data: bytes,
    *,
    max_bytes: int = MAX_JSON_BYTES,
    max_depth: int = MAX_JSON_DEPTH,
    max_nodes: int = MAX_JSON_NODES,
    max_string_chars: int = MAX_STRING_CHARS,
) -> JsonObject:
    """Read one JSON text that must be an object.

    Raises:
        CodecError: As `parse_json`; also NOT_JSON where it is another kind of value.
    """
    value = parse_json(
        data, max_bytes=max_bytes, max_depth=max_depth, max_nodes=max_nodes, max_string_chars=max_string_chars
    )
    if not isinstance(value, dict):
        raise CodecError(reason(ReasonCode.NOT_JSON, what="object", found=kind_of(value)))
    return value


def is_small(text: bytes) -> bool:
    """Whether a credential written in this text cannot exceed a bound, so that it need not be walked.

    A value or key is not written in less than two bytes with what separates it, an escape is never shorter
    than what it stands for.
    """
    return len(text) <= MAX_JSON_NODES and 4 * len(text) <= MAX_CREDENTIAL_BYTES


def check_credential(document: JsonObject) -> None:
    """Bound one credential inside a larger text: its own nodes, and its text without pictures.

    Raises:
        CodecError: LIMIT_NODES or LIMIT_BYTES.
    """
    nodes, chars, stack = 0, 0, [document]
    while stack:
        value: Any = stack.pop()
        nodes += 1
        if isinstance(value, dict):
            nodes += len(value)
            chars += sum(len(key) for key in value)
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)
        elif isinstance(value, str) and not value.startswith(PICTURES):
            chars += len(value.encode()) if not value.isascii() else len(value)
    # Punctuation: a colon or comma and two quotes per node is what compact text needs at most.
    size = chars + 3 * nodes
    if size > MAX_CREDENTIAL_BYTES:
        raise CodecError(reason(ReasonCode.LIMIT_BYTES, limit=str(MAX_CREDENTIAL_BYTES), found=str(size)))
    if nodes - 1 > MAX_JSON_NODES:
        raise CodecError(reason(ReasonCode.LIMIT_NODES, limit=str(MAX_JSON_NODES)))


def has_plain_texts(text: bytes) -> bool:
    """Whether no string of an object that was read from this JSON text holds what N-Quads would escape.

    Quotes, backslashes and all controls but one are only ever written with a backslash (RFC 8259 §7); two
    characters that XML cannot hold are written with these two bytes and a third. Of what is no object, a
    token say, nothing is known.
    """
    return text[:1] == b"{" and b"\\" not in text and b"\x7f" not in text and b"\xef\xbf" not in text


def starts_with_bom(data: bytes) -> bool:
    """Whether a UTF-8 byte order mark stands in front; it is skipped, and worth a note."""
    return data.startswith(_BOM)


def dump_json(value: Any) -> bytes:
    """Write compact UTF-8 JSON, members in their own order."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def kind_of(value: Any) -> str:
    """Name the JSON kind of a value, for reasons."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float)):
        return "number"
    if isinstance(value, str):
        return "string"
    return "array" if isinstance(value, list) else "object"


def _decode(data: bytes) -> str:
    if not data.strip():
        raise CodecError(reason(ReasonCode.EMPTY_FILE))
    if data.startswith(_UTF16_BOMS):
        raise CodecError(reason(ReasonCode.NOT_UTF8, found="UTF-16"))
    body = data.removeprefix(_BOM)
    if not body.strip():
        raise CodecError(reason(ReasonCode.EMPTY_FILE))
    try:
        return body.decode("utf-8", "strict")
    except UnicodeDecodeError as error:
        raise CodecError(reason(ReasonCode.NOT_UTF8, at=str(error.start))) from None


def _prescan(data: bytes, max_depth: int, max_nodes: int) -> None:
    """Bound depth and count on the bytes, so that the parser itself never meets a bomb."""
    signs = _STRINGS.sub(b"", data)
    brackets = signs.translate(None, _NO_BRACKETS)
    if max(accumulate(map(_STEPS.__getitem__, brackets)), default=0) > max_depth:
        raise CodecError(reason(ReasonCode.LIMIT_DEPTH, limit=str(max_depth)))
    # Every key and value costs one of these signs; empty brackets cost one for nothing, hence the factor.
    opened = brackets.count(b"[") + brackets.count(b"{")
    if opened + signs.count(b",") + signs.count(b":") > 2 * max_nodes + 64:
        raise CodecError(reason(ReasonCode.LIMIT_NODES, limit=str(max_nodes)))


def _load(text: str) -> Any:
    try:
        if text[:1] in ("{", "["):  # nothing in front of it; what is behind it is looked at
            value, end = _DECODER.raw_decode(text)
            if end == len(text) or not text[end:].strip(_SPACE):
                return value
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        found = text[error.pos : error.pos + 1]
        if found in _SMART_QUOTES and found:
            code = ReasonCode.SMART_QUOTES
        elif error.msg.startswith("Extra data"):
            code = ReasonCode.TRAILING_DATA
        else:
            code = ReasonCode.NOT_JSON
        raise CodecError(reason(code, at=str(error.pos))) from None


def _object(pairs: list[tuple[str, Any]]) -> JsonObject:
    members = dict(pairs)
    if len(members) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise CodecError(reason(ReasonCode.DUPLICATE_KEY, key=_SURROGATE.sub("\ufffd", key)[:100]))
            seen.add(key)
    return members


def _constant(name: str) -> Never:
    raise CodecError(reason(ReasonCode.BAD_NUMBER, found=name))


def _integer(text: str) -> int:
    if len(text) > _MAX_SAFE_DIGITS or abs(number := int(text)) > _MAX_SAFE_INTEGER:
        raise CodecError(reason(ReasonCode.UNSAFE_INTEGER, found=text[:40]))
    return number


def _float(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise CodecError(reason(ReasonCode.BAD_NUMBER, found=text[:40]))
    return number


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_object, parse_constant=_constant, parse_int=_integer, parse_float=_float
)


def _check_values(root: Any, max_nodes: int, max_string_chars: int) -> None:
    nodes, stack = 0, [root]
    while stack:
        value = stack.pop()
        nodes += 1
        if isinstance(value, dict):
            nodes += len(value)
            for key in value:
                _check_string(key, max_string_chars)
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)
        elif isinstance(value, str):
            _check_string(value, max_string_chars)
    if nodes - 1 > max_nodes:  # the root itself is free
        raise CodecError(reason(ReasonCode.LIMIT_NODES, limit=str(max_nodes)))


def _check_string(text: str, max_string_chars: int) -> None:
    limit = max(MAX_DATA_URI_CHARS, max_string_chars) if text.startswith(PICTURES) else max_string_chars
    if len(text) > limit:
        raise CodecError(reason(ReasonCode.LIMIT_STRING, limit=str(limit), found=str(len(text))))
    if not text.isascii() and _SURROGATE.search(text):
        raise CodecError(reason(ReasonCode.LONE_SURROGATE))
