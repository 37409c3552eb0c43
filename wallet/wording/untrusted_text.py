"""Text from a file, made harmless to look at: no direction tricks, no invisible letters, bounded.

This is about plain text that still lies to the eye (UTS #39, UAX #9), in the window and on a page made for
somebody else; that it never becomes markup is the business of each. What is changed here is only what is
shown; the kept bytes stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

MAX_SHOWN_CHARS: Final = 4_000
_MAX_READ_CHARS: Final = 4 * MAX_SHOWN_CHARS  # blank lines are taken out before the text is cut
#: Marks stacked on one letter. Vietnamese and Hebrew use two or three; a storm draws over its neighbours.
MAX_STACKED_MARKS: Final = 3
_MARKS: Final = frozenset({"Mn", "Me"})
MAX_BLANK_LINES: Final = 1

_ISOLATE_START = "\N{FIRST STRONG ISOLATE}"
_ISOLATE_END = "\N{POP DIRECTIONAL ISOLATE}"
_ISOLATES = frozenset({_ISOLATE_START, _ISOLATE_END})
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_JOINERS = frozenset({"\N{ZERO WIDTH JOINER}", "\N{ZERO WIDTH NON-JOINER}"})
#: Joiners carry meaning between letters of these blocks (Arabic to Indic and Mongolian, and emoji).
_JOINING = ((0x0600, 0x0E00), (0x1000, 0x109F), (0x1780, 0x18AF), (0x2600, 0x27BF), (0x1F000, 0x1FAFF))
_EMOJI_STYLE = "\N{VARIATION SELECTOR-16}"
_SOFT_HYPHEN = "\N{SOFT HYPHEN}"
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_BLANK_LINES = re.compile(rf"(?:[^\S\n]*\n){{{MAX_BLANK_LINES + 2},}}")
_WORDS = re.compile(r"[^\W\d_]+")
#: Scripts whose letters pass for each other; two of them in one word is how a name is imitated.
_LOOKALIKE_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC")


@dataclass(frozen=True, slots=True)
class ShownText:
    """Text as it may be shown.

    Attributes:
        text: The harmless text.
        unusual: Whether it held characters that hide, reorder or imitate.
    """

    text: str
    unusual: bool


def shown_text(untrusted_text: str, *, single_line: bool = False, keep_isolates: bool = False) -> ShownText:
    """Return the text without what misleads the eye, and whether there was any.

    Args:
        untrusted_text: Any text.
        single_line: Whether line ends become spaces.
        keep_isolates: Whether direction isolates stay; only for sentences of ours, which put values
            from a file between such a pair.
    """
    bounded = untrusted_text[: _MAX_READ_CHARS + 1]
    lines = _BLANK_LINES.sub("\n" * (MAX_BLANK_LINES + 1), _LINE_ENDS.sub("\n", bounded))
    if single_line:
        lines = " ".join(lines.split())
    kept, unusual = _without_tricks(lines, keep_isolates=keep_isolates)
    if len(kept) > MAX_SHOWN_CHARS or len(bounded) > _MAX_READ_CHARS:
        kept = kept[:MAX_SHOWN_CHARS].rstrip() + "…"
    return ShownText(kept, unusual or _imitates(kept))


def isolated(text: str) -> str:
    """Return the text so that its direction cannot reorder what stands around it."""
    turns = not text.isascii() and any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in text)
    return f"{_ISOLATE_START}{text}{_ISOLATE_END}" if turns else text


def without_storms(text: str) -> str:
    """Return the text without the marks that are piled on one letter and draw over what stands around it."""
    if text.isascii():
        return text
    kept: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.category(char) in _MARKS else 0
        if marks <= MAX_STACKED_MARKS:
            kept.append(char)
    return "".join(kept)


def _without_tricks(text: str, *, keep_isolates: bool) -> tuple[str, bool]:
    kept: list[str] = []
    unusual = False
    marks = 0
    for at, char in enumerate(text):
        category = unicodedata.category(char)
        marks = marks + 1 if category in _MARKS else 0
        if char == "\n" or (char.isprintable() and marks <= MAX_STACKED_MARKS):
            kept.append(char)
        elif char == "\t" or category == "Zs":
            kept.append(" ")
        elif (char in _JOINERS and _joins(text, at)) or (keep_isolates and char in _ISOLATES):
            kept.append(char)
        elif char != _SOFT_HYPHEN:
            unusual = True
    return "".join(kept), unusual


def _joins(text: str, at: int) -> bool:
    """Tell whether a joiner stands between letters for which it means something."""
    before = text[at - 1] if at else ""
    if before == _EMOJI_STYLE and at > 1:
        before = text[at - 2]
    after = text[at + 1 : at + 2]
    return all(char and any(low <= ord(char) < high for low, high in _JOINING) for char in (before, after))


def _imitates(text: str) -> bool:
    if text.isascii():
        return False
    return any(len(_scripts(word)) > 1 for word in _WORDS.findall(text) if not word.isascii())


def _scripts(word: str) -> frozenset[str]:
    names = (unicodedata.name(char, "").split(" ", 1)[0] for char in word)
    return frozenset(name for name in names if name in _LOOKALIKE_SCRIPTS)
