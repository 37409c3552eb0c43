"""CBOR, the part that proof values use: numbers from 0 up, bytes, texts, arrays and maps, in one form only.

General readers act on tags while they read: dates, regular expressions, references to themselves. Here a
tag, a float, an indefinite length or a number that is not written in its shortest form is refused, so that
each value has exactly one encoding but for the order of a map. What is signed as the bytes it came in may be
written in any form (`decode_any_cbor`), but for tags. Specification: RFC 8949 §3 and §4.2.1.
"""

from __future__ import annotations

import math
import struct
from typing import Any, Final, TypeAlias

from wallet.model.errors import CodecError
from wallet.model.limits import MAX_JSON_NODES
from wallet.model.reasons import ReasonCode, reason

#: What a decoded value may be.
CborValue: TypeAlias = int | bytes | str | list["CborValue"] | dict["CborValue", "CborValue"]
#: What one may be that was written in any form.
AnyCborValue: TypeAlias = (
    float | bytes | str | bool | list["AnyCborValue"] | dict[int | str, "AnyCborValue"] | None)

_MAX_DEPTH: Final = 4
_UNSIGNED, _NEGATIVE, _BYTES, _TEXT, _ARRAY, _MAP, _SIMPLE = 0, 1, 2, 3, 4, 5, 7
_WIDTHS: Final = {24: 1, 25: 2, 26: 4, 27: 8}
_OPEN: Final = 31  # in the place of a length: until the break
_BREAK: Final = b"\xff"
_WORDS: Final = {20: False, 21: True, 22: None}
_FLOATS: Final = {25: ">e", 26: ">f", 27: ">d"}


def decode_cbor(data: bytes, *, negative: bool = False, depth: int = _MAX_DEPTH) -> CborValue:
    """Decode one value that fills the bytes.

    Args:
        data: The whole value and nothing behind it.
        negative: Whether numbers below 0 may stand in it, as in receipts of certificates in a chain.
        depth: How deep arrays and maps may be nested.

    Raises:
        CodecError: BAD_ENCODING.
    """
    reader = _Reader(data, negative=negative)
    value = reader.value(depth)
    if reader.position != len(data):
        raise _bad()
    return value


def decode_any_cbor(data: bytes, *, depth: int = _MAX_DEPTH) -> AnyCborValue:
    """Decode one value that fills the bytes, whichever of its forms it is written in.

    For what somebody else signed as bytes (RFC 9052 §9 and RFC 8392 ask for no form of their own). Keys of
    maps are numbers and texts, and none stands twice; tags and numbers that are none are refused, and more
    values than a document of JSON may have.

    Args:
        data: The whole value and nothing behind it.
        depth: How deep arrays and maps may be nested.

    Raises:
        CodecError: BAD_ENCODING.
    """
    reader = _AnyReader(data)
    value = reader.value(depth)
    if reader.position != len(data):
        raise _bad()
    return value


def encode_cbor(value: Any) -> bytes:
    """Encode a value of the same kinds; maps keep their order.

    Raises:
        CodecError: BAD_ENCODING: a kind of value that has no place here.
    """
    if isinstance(value, bool):
        raise _bad()
    if isinstance(value, int) and 0 <= value < 1 << 64:
        return _head(_UNSIGNED, value)
    if isinstance(value, bytes):
        return _head(_BYTES, len(value)) + value
    if isinstance(value, str):
        data = value.encode()
        return _head(_TEXT, len(data)) + data
    if isinstance(value, (list, tuple)):
        return _head(_ARRAY, len(value)) + b"".join(map(encode_cbor, value))
    if isinstance(value, dict):
        return _head(_MAP, len(value)) + b"".join(
            encode_cbor(key) + encode_cbor(member) for key, member in value.items()
        )
    raise _bad()


class _Bytes:
    """Goes through the bytes once; nothing is set aside for a length before the bytes are there."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.position = 0

    def _take(self, count: int) -> bytes:
        end = self.position + count
        if end > len(self._data):
            raise _bad()
        taken = self._data[self.position : end]
        self.position = end
        return taken


class _Reader(_Bytes):
    """Takes each value in its one form."""

    def __init__(self, data: bytes, *, negative: bool = False) -> None:
        super().__init__(data)
        self._negative = negative

    def value(self, depth: int) -> CborValue:
        kind, count = self._head()
        if kind == _UNSIGNED:
            return count
        if kind == _NEGATIVE and self._negative:
            return -1 - count
        if kind == _BYTES:
            return self._take(count)
        if kind == _TEXT:
            try:
                return self._take(count).decode()
            except UnicodeDecodeError:
                raise _bad() from None
        if depth == 0 or count > len(self._data) - self.position:  # each item takes a byte at least
            raise _bad()
        if kind == _ARRAY:
            return [self.value(depth - 1) for _ in range(count)]
        if kind == _MAP:
            return self._map(count, depth)
        raise _bad()

    def _map(self, count: int, depth: int) -> dict[CborValue, CborValue]:
        found: dict[CborValue, CborValue] = {}
        for _ in range(count):
            key = self.value(0)  # no array and no map
            if key in found:
                raise _bad()
            found[key] = self.value(depth - 1)
        return found

    def _head(self) -> tuple[int, int]:
        first = self._take(1)[0]
        kind, count = first >> 5, first & 0x1F
        if count < 24:
            return kind, count
        width = _WIDTHS.get(count)
        if width is None:
            raise _bad()
        number = int.from_bytes(self._take(width))
        if number < (24 if width == 1 else 1 << (4 * width)):
            raise _bad()
        return kind, number


class _AnyReader(_Bytes):
    """Takes each value in any of its forms, and so many of them."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self._left = MAX_JSON_NODES

    def value(self, depth: int) -> AnyCborValue:
        kind, extra = self._first()
        if kind == _SIMPLE:
            return self._simple(extra)
        count = None if extra == _OPEN else self._count(extra)
        if kind in (_BYTES, _TEXT):
            return self._string(kind, count)
        if kind in (_UNSIGNED, _NEGATIVE) and count is not None:
            return count if kind == _UNSIGNED else -1 - count
        if depth == 0 or (count or 0) > len(self._data) - self.position:  # each item takes a byte at least
            raise _bad()
        if kind == _ARRAY:
            found: list[AnyCborValue] = []
            while self._goes_on(count, len(found)):
                found.append(self.value(depth - 1))
            return found
        if kind == _MAP:
            return self._map(count, depth)
        raise _bad()

    def _map(self, count: int | None, depth: int) -> dict[int | str, AnyCborValue]:
        found: dict[int | str, AnyCborValue] = {}
        while self._goes_on(count, len(found)):
            key = self.value(0)
            if isinstance(key, bool) or not isinstance(key, int | str) or key in found:
                raise _bad()
            found[key] = self.value(depth - 1)
        return found

    def _goes_on(self, count: int | None, done: int) -> bool:
        if count is not None:
            return done < count
        if self._data[self.position : self.position + 1] != _BREAK:
            return True
        self.position += 1
        return False

    def _simple(self, extra: int) -> AnyCborValue:
        if extra in _WORDS:
            return _WORDS[extra]
        if extra not in _FLOATS:
            raise _bad()
        number: float = struct.unpack(_FLOATS[extra], self._take(_WIDTHS[extra]))[0]
        if not math.isfinite(number):
            raise _bad()
        return number

    def _string(self, kind: int, count: int | None) -> bytes | str:
        pieces = []
        if count is not None:
            pieces.append(self._take(count))
        while count is None and self._goes_on(None, 0):
            of_piece, extra = self._first()
            if of_piece != kind:  # RFC 8949 §3.2.3: pieces of the same kind, each with its length
                raise _bad()
            pieces.append(self._take(self._count(extra)))
        try:
            return b"".join(pieces) if kind == _BYTES else "".join([one.decode() for one in pieces])
        except UnicodeDecodeError:
            raise _bad() from None

    def _first(self) -> tuple[int, int]:
        self._left -= 1
        if self._left < 0:  # one byte may stand for a whole object of ours
            raise _bad()
        first = self._take(1)[0]
        return first >> 5, first & 0x1F

    def _count(self, extra: int) -> int:
        if extra < 24:
            return extra
        width = _WIDTHS.get(extra)
        if width is None:
            raise _bad()
        return int.from_bytes(self._take(width))


def _head(kind: int, number: int) -> bytes:
    if number < 24:
        return bytes((kind << 5 | number,))
    for code, width in _WIDTHS.items():
        if number < 1 << (8 * width):
            return bytes((kind << 5 | code,)) + number.to_bytes(width)
    raise _bad()


def _bad() -> CodecError:
    return CodecError(reason(ReasonCode.BAD_ENCODING, what="CBOR"))
