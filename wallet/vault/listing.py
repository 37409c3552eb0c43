"""What is where in the library, without holding it: a window shows some rows of very many.

Functions on an open database. Which credentials there are is read from an index alone; which of them hold
typed words from the index of words; rows only for those that are named. Newest means added last.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from wallet.model.stored import StoredCredential

from .credentials import rows_of
from .database import Database
from .labels import labelled
from .search import match_expression, words_of

_AT_ONCE: Final = 500


def places(database: Database) -> tuple[tuple[int, str], ...]:
    """Return serial and id of everything outside the bin, newest first."""
    found = database.rows("SELECT serial, id FROM credential WHERE serial NOT IN "
                          "(SELECT serial FROM credential WHERE binned_at IS NOT NULL)")
    return tuple(sorted(((row[0], row[1]) for row in found), reverse=True))


def matching(database: Database, text: str, *, limit: int = -1) -> tuple[int, ...]:
    """Return the serials of what holds every typed word or is called so by the learner, newest first.

    Nothing is ranked, so that the first of very many take no longer than the first of a few. A text without
    any letter or digit finds nothing.
    """
    words = words_of(text)
    if not words:
        return ()
    found = database.rows(
        "SELECT rowid FROM search WHERE search MATCH ? AND rowid NOT IN "
        "(SELECT serial FROM credential WHERE binned_at IS NOT NULL) ORDER BY rowid DESC LIMIT ?",
        (match_expression(words), limit))
    together = sorted({row[0] for row in found} | set(labelled(database, words)), reverse=True)
    return tuple(together[:limit] if limit >= 0 else together)


def rows_at(database: Database, serials: Sequence[int]) -> tuple[StoredCredential, ...]:
    """Return the rows of these serials in this order; what is gone is left out."""
    with database.snapshot():
        return rows_of(database, serials)


def rows_named(database: Database, ids: Sequence[str]) -> tuple[StoredCredential, ...]:
    """Return the rows of these ids in this order; what is gone, or in the bin, is left out."""
    serials: dict[str, int] = {}
    with database.snapshot():
        for start in range(0, len(ids), _AT_ONCE):
            some = ids[start:start + _AT_ONCE]
            serials.update(database.rows(
                f"SELECT id, serial FROM credential WHERE binned_at IS NULL "  # noqa: S608 - constants
                f"AND id IN ({', '.join('?' * len(some))})", some))
        return rows_of(database, [serials[one] for one in ids if one in serials])
