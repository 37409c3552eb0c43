"""Text from a file on its way into a widget: made harmless in `wallet.wording`, given places to wrap here.

Nothing is rendered as markup anywhere in the window.
"""

from __future__ import annotations

import html
import re
from typing import Final

from wallet.wording.untrusted_text import MAX_SHOWN_CHARS, ShownText, isolated, shown_text

__all__ = ["MAX_SHOWN_CHARS", "ShownText", "breakable", "isolated", "shown_text", "tooltip"]

_BREAK: Final = "\N{ZERO WIDTH SPACE}"
_LONG_RUNS: Final = re.compile(r"\S{25,}")
#: Behind the marks of an address first, inside a word only where it goes on and on.
_PIECES: Final = re.compile(r"[^\s./_@:?&=#-]{1,16}[./_@:?&=#-]*|[./_@:?&=#-]+")


def breakable(text: str) -> str:
    """Return the text with places where a long unbroken run may wrap; for showing only, never to copy."""
    return _LONG_RUNS.sub(lambda run: _BREAK.join(_PIECES.findall(run[0])), text)


def tooltip(text: str) -> str:
    """Return text for a tooltip: Qt guesses at markup there, so it is always handed escaped markup."""
    return f"<qt>{html.escape(shown_text(text).text)}</qt>" if text else ""
