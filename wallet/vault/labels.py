"""The learner's own words about a credential: a title, a note, tags; and finding credentials by them.

Functions on an open database; those that write are called inside a transaction (`curation` opens it).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from wallet.model.errors import VaultError
from wallet.model.limits import MAX_NOTE_CHARS, MAX_OWN_TITLE_CHARS, MAX_TAG_CHARS, MAX_TAGS
from wallet.model.reasons import ReasonCode, reason
from wallet.model.stored import StoredCredential

from .credentials import find_credentials, get_credential, serial_of
from .database import Database
from .search import match_expression, words_of


@dataclass(frozen=True, slots=True)
class Labels:
    """What the learner calls one credential.

    Attributes:
        title: Shown instead of the credential's own, "" for none.
        note: Any text, "" for none.
        tags: Each once, in alphabetical order.
    """

    title: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()


_NONE: Final = Labels()


def labels_of(database: Database, credential_id: str) -> Labels:
    """Return a credential's labels. Raises as `serial_of`."""
    serial = serial_of(database, credential_id)
    own = database.row("SELECT title, note FROM label WHERE credential = ?", (serial,)) or ("", "")
    tags = database.rows("SELECT tag FROM tag WHERE credential = ? ORDER BY tag", (serial,))
    return Labels(own[0], own[1], tuple(row[0] for row in tags))


def all_labels(database: Database) -> dict[str, Labels]:
    """Return the labels of every credential that has any, by its id."""
    tags: dict[str, list[str]] = {}
    for credential_id, tag in database.rows("SELECT id, tag FROM tag JOIN credential ON serial = credential "
                                            "ORDER BY tag"):
        tags.setdefault(credential_id, []).append(tag)
    own = {row[0]: (row[1], row[2]) for row in database.rows(
        "SELECT id, label.title, note FROM label JOIN credential ON serial = credential")}
    return {one: Labels(*own.get(one, ("", "")), tuple(tags.get(one, ()))) for one in {*tags, *own}}


def put_labels(database: Database, credential_id: str, labels: Labels) -> None:
    """Let a credential have exactly these labels.

    Raises:
        VaultError: CREDENTIAL_NOT_FOUND; LABEL_REFUSED for what is too long or too much.
    """
    _demand(len(labels.title) <= MAX_OWN_TITLE_CHARS, "title", MAX_OWN_TITLE_CHARS)
    _demand(len(labels.note) <= MAX_NOTE_CHARS, "note", MAX_NOTE_CHARS)
    _demand(len(labels.tags) <= MAX_TAGS, "tags", MAX_TAGS)
    serial = serial_of(database, credential_id)
    database.rows("DELETE FROM label WHERE credential = ?", (serial,))
    database.rows("DELETE FROM tag WHERE credential = ?", (serial,))
    if labels.title or labels.note:
        database.rows("INSERT INTO label(credential, title, note) VALUES(?, ?, ?)",
                      (serial, labels.title, labels.note))
    for tag in set(labels.tags):
        _demand(0 < len(tag) <= MAX_TAG_CHARS, "tag", MAX_TAG_CHARS)
        database.rows("INSERT INTO tag(credential, tag) VALUES(?, ?)", (serial, tag))


def known_tags(database: Database) -> tuple[tuple[str, int], ...]:
    """Return every tag and how many credentials outside the bin have it."""
    return tuple((row[0], row[1]) for row in database.rows(
        "SELECT tag, count(*) FROM tag JOIN credential ON serial = credential WHERE binned_at IS NULL "
        "GROUP BY tag ORDER BY tag"))


def tidy_tag(text: str) -> str:
    """Return a tag as it is kept: one line, single spaces, no `#` in front."""
    return " ".join(unicodedata.normalize("NFC", text).split()).lstrip("#").strip()


def find_labelled(database: Database, text: str, *, limit: int = -1) -> tuple[StoredCredential, ...]:
    """Return the credentials that hold every typed word, in themselves or in their labels, best first."""
    found = find_credentials(database, text, limit=limit)
    words = words_of(text)
    if not words:
        return found
    by_label = _ids(database, labelled(database, words))
    known = {one.id for one in found}
    more = tuple(get_credential(database, one) for one in by_label if one not in known)
    # Her own word for something says more than any word in it.
    together = sorted((*more, *found), key=lambda one: one.id not in by_label)
    return tuple(together[:limit] if limit >= 0 else together)


def labelled(database: Database, words: Sequence[str]) -> tuple[int, ...]:
    """Return serials of credentials outside the bin in whose labels a word begins, newest first.

    The other words are in the credential itself.
    """
    texts: dict[int, list[str]] = {}
    for serial, title, note in database.rows("SELECT credential, title, note FROM label"):
        texts.setdefault(serial, []).extend((title, note))
    for serial, tag in database.rows("SELECT credential, tag FROM tag"):
        texts.setdefault(serial, []).append(tag)
    folded = [_folded(word) for word in words]
    found = []
    for serial, parts in sorted(texts.items(), reverse=True):
        labelled = [_folded(word) for part in parts for word in words_of(part, limit=None)]
        missing = [word for word, plain in zip(words, folded, strict=True)
                   if not any(one.startswith(plain) for one in labelled)]
        if len(missing) < len(words) and _holds(database, serial, missing):
            found.append(serial)
    return tuple(one for one in found if _is_here(database, one))


def _holds(database: Database, serial: int, words: Sequence[str]) -> bool:
    return not words or database.row("SELECT 1 FROM search WHERE search MATCH ? AND rowid = ?",
                                     (match_expression(tuple(words)), serial)) is not None


def _is_here(database: Database, serial: int) -> bool:
    return database.row("SELECT 1 FROM credential WHERE serial = ? AND binned_at IS NULL",
                        (serial,)) is not None


def _ids(database: Database, serials: Iterable[int]) -> tuple[str, ...]:
    return tuple(database.value("SELECT id FROM credential WHERE serial = ?", (one,)) for one in serials)


def _folded(word: str) -> str:
    """Return a word as the index compares it: without case and marks."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))


def _demand(fine: bool, what: str, limit: int) -> None:  # noqa: FBT001 - a question and its answer
    if not fine:
        raise VaultError(reason(ReasonCode.LABEL_REFUSED, what=what, limit=str(limit)))
