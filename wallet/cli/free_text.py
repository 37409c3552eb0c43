"""Words of the learner's own on the command line: typed, from a file, or from standard input.

What stands in a command can be read by every other program of this computer while it runs, and stays in
the shell's history. So wherever she writes in her own words, `-` takes them from standard input and `@FILE`
from a file; two at signs stand for one.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click

from wallet.model.errors import OperationError
from wallet.model.limits import KIB
from wallet.model.reasons import ReasonCode, reason
from wallet.operations.files import read_file

#: For the help of a command that takes such words.
HOW: Final = ("What you write here other programs can see while the command runs. Give - and it comes from "
              "standard input, @FILE and it comes from a file.")
_MAX_BYTES: Final = 256 * KIB  # several times the longest note; what is too long is refused by its own reason


class FreeText(click.ParamType[str]):
    """Reads a parameter that holds words of a person."""

    name = "text"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the words.

        Raises:
            OperationError: FILE_MISSING and kin, LIMIT_BYTES, NOT_UTF8.
        """
        if value == "-":
            return _words(_from_standard_input(self, param, ctx))
        if value.startswith("@@"):
            return value[1:]
        if value.startswith("@") and len(value) > 1:
            return _words(read_file(Path(value[1:]), max_bytes=_MAX_BYTES))
        return value


FREE_TEXT: Final = FreeText()


def _from_standard_input(kind: FreeText, param: click.Parameter | None, ctx: click.Context | None) -> bytes:
    used = ctx.meta if ctx else {}
    if used.setdefault(__name__, param) is not param:
        kind.fail("only one of them can come from standard input", param, ctx)
    data = sys.stdin.buffer.read(_MAX_BYTES + 1)
    if len(data) > _MAX_BYTES:
        raise OperationError(reason(ReasonCode.LIMIT_BYTES, what="file", limit=f"{_MAX_BYTES // KIB} KiB"))
    return data


def _words(data: bytes) -> str:
    """Return what was written, without the end that editors put behind the last line."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise OperationError(reason(ReasonCode.NOT_UTF8)) from None
    return text.replace("\r\n", "\n").removesuffix("\n")
