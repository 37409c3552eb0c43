"""What a person typed, as words for the full-text index.

Typed text is never a query language: quotes, brackets, AND, OR, NEAR, a minus or a colon are either part
of a word or nothing. Every word must occur, the beginning of a word is enough.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_MAX_WORDS: Final = 16  # more words do not narrow a search any further
_MAX_WORD_CHARS: Final = 64


def words_of(text: str, *, limit: int | None = _MAX_WORDS) -> tuple[str, ...]:
    """Split as the index does: letters, digits and marks belong to words, all else separates them."""
    spaced = "".join(char if unicodedata.category(char)[0] in "LNM" else " "
                     for char in unicodedata.normalize("NFC", text))
    # A mark without a letter before it is no word to the index.
    words = (word[:_MAX_WORD_CHARS] for word in spaced.split()
             if any(unicodedata.category(char)[0] in "LN" for char in word))
    return tuple(words)[:limit]


def match_expression(words: tuple[str, ...]) -> str:
    """Return the words as an FTS5 expression: each quoted, each a prefix, all of them demanded."""
    return " ".join(f'"{word}"*' for word in words)
