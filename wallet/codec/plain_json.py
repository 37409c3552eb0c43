"""JSON as most programs write it, by a faster library; what is written otherwise is left to `strict_json`.

orjson needs a third of the time and refuses what the strict reader refuses, with two exceptions: of members
of one name it keeps the last without a word, and long numbers it rounds. So what it has read is written out
again. Where that gives the very text that was read, but for white space, nothing was lost and nothing was
changed: without a backslash every quotation mark begins or ends a string, so a member less is quotation
marks less. A text with a backslash is not for this room. RFC 8259, RFC 7493.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

_SPACE: Final = b" \t\n\r"  # RFC 8259 §2
_PAYS_AFTER: Final = 32  # texts: a single check reads fewer, and loading costs what it saves on some hundreds
#: What `read_plain` returns where it cannot tell; no JSON text means it.
UNTOLD: Final = object()


class _Orjson:
    """The library, loaded when it pays; where it is not installed everything else stays the same."""

    __slots__ = ("_loads", "_texts", "_written")

    def __init__(self) -> None:
        self._texts = 0
        self._loads: Callable[[bytes], Any] | None = None
        self._written: Callable[[Any], bytes] = bytes

    def read(self, data: bytes) -> Any:
        """Return what a text means, `UNTOLD` where that is not plain."""
        if self._loads is None:
            self._texts += 1
            if self._texts == _PAYS_AFTER:
                self.load()
            return UNTOLD
        try:
            value = self._loads(data)
            again = self._written(value)
        except (ValueError, TypeError):  # it refuses the text, or a number in it
            return UNTOLD
        if again == data.rstrip(_SPACE) or again.translate(None, _SPACE) == data.translate(None, _SPACE):
            return value
        return UNTOLD

    def load(self) -> bool:
        """Make it ready; return whether it is there."""
        try:
            from orjson import OPT_STRICT_INTEGER, dumps, loads  # noqa: PLC0415 - a single check does without it
        except ImportError:
            return False
        self._loads = loads
        self._written = partial(dumps, option=OPT_STRICT_INTEGER)
        return True


_ORJSON: Final = _Orjson()


def read_plain(data: bytes) -> Any:
    """Return what a JSON text means that holds no backslash, `UNTOLD` where the strict reader has to look."""
    return _ORJSON.read(data)
