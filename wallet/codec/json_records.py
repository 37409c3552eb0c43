"""A JSON array that is too large to hold: its objects, one after the other, from a stream of bytes.

Bounded in the bytes of one object and of all. What the objects mean is not known here. RFC 8259.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any, Final

from wallet.model.credential import JsonObject
from wallet.model.errors import CodecError
from wallet.model.reasons import ReasonCode, reason

_CHUNK: Final = 1 << 20
_SPACE: Final = " \t\r\n"


def json_records(stream: IO[bytes], *, max_record_bytes: int, max_bytes: int) -> Iterator[JsonObject]:
    """Yield the objects of the array in a stream.

    Args:
        stream: From the first byte of the array on.
        max_record_bytes: The longest object.
        max_bytes: All that is read.

    Raises:
        CodecError: NOT_UTF8, NOT_JSON, LIMIT_BYTES or LIMIT_DEPTH; what was yielded before was sound.
    """
    text = _Text(stream, max_bytes)
    decoder = json.JSONDecoder(parse_constant=_refuse_constant)
    if text.next_sign() != "[":
        raise _not_json("array")
    text.skip(1)
    if text.next_sign() == "]":
        text.skip(1)
    else:
        while True:
            record = _record(text, decoder, max_record_bytes)
            if not isinstance(record, dict):
                raise _not_json("object")
            yield record
            sign = text.next_sign()
            text.skip(1)
            if sign == "]":
                break
            if sign != ",":
                raise _not_json("comma")
    if text.next_sign():
        raise CodecError(reason(ReasonCode.TRAILING_DATA))


class _Text:
    """The part of the stream that was read and not used yet."""

    def __init__(self, stream: IO[bytes], max_bytes: int) -> None:
        self._stream = stream
        self._left = max_bytes
        self._cut = b""  # a character whose bytes are not all there yet
        self.text = ""
        self.place = 0

    def more(self) -> bool:
        """Read on, and forget what was used; return whether there was anything."""
        data = self._stream.read(_CHUNK)
        self._left -= len(data)
        if self._left < 0:
            raise CodecError(reason(ReasonCode.LIMIT_BYTES))
        whole = self._cut + data
        try:
            added, self._cut = whole.decode("utf-8"), b""
        except UnicodeDecodeError as error:
            if not data or len(whole) - error.start > 3:  # a character has four bytes at most
                raise CodecError(reason(ReasonCode.NOT_UTF8)) from error
            added, self._cut = whole[:error.start].decode("utf-8"), whole[error.start:]
        self.text, self.place = self.text[self.place:] + added, 0
        return bool(data)

    def next_sign(self) -> str:
        """Return the next character that is no space, "" at the end."""
        while True:
            while self.place < len(self.text):
                if self.text[self.place] not in _SPACE:
                    return self.text[self.place]
                self.place += 1
            if not self.more():
                return ""

    def skip(self, count: int) -> None:
        """Count characters as used."""
        self.place += count


def _record(text: _Text, decoder: json.JSONDecoder, max_record_bytes: int) -> Any:
    """Read one value; where it is cut off, read on and try again, up to its bound."""
    if text.next_sign() != "{":
        raise _not_json("object")
    while True:
        try:
            record, end = decoder.raw_decode(text.text, text.place)
        except RecursionError:
            raise CodecError(reason(ReasonCode.LIMIT_DEPTH)) from None
        except ValueError:
            if len(text.text) - text.place > max_record_bytes:
                raise CodecError(reason(ReasonCode.LIMIT_BYTES, limit=str(max_record_bytes))) from None
            if not text.more():
                raise _not_json("end") from None
            continue
        text.place = end
        return record


def _refuse_constant(name: str) -> Any:
    raise CodecError(reason(ReasonCode.BAD_NUMBER, found=name))


def _not_json(what: str) -> CodecError:
    return CodecError(reason(ReasonCode.NOT_JSON, what=what))
