"""The same work done by plain SQLite: no encryption, no judgement, no verification, the floor of any store.

Python's own `sqlite3` with the tables that the work needs: the bytes, what a list shows, an index of words.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from wallet.model.stored import NewRecord
from wallet.vault.records import report_text

_TABLES: Final = """
    PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;
    CREATE TABLE credential (serial INTEGER PRIMARY KEY, id TEXT UNIQUE, sha256 TEXT UNIQUE, title TEXT,
        issuer_name TEXT, skills TEXT, words TEXT, report TEXT, data BLOB);
    CREATE VIRTUAL TABLE search USING fts5(title, issuer_name, skills, words, content='credential',
        content_rowid='serial', tokenize='unicode61 remove_diacritics 2', prefix='1 2 3');
"""


class PlainStore:
    """Credentials in an ordinary SQLite file."""

    def __init__(self, path: Path) -> None:
        fresh = not path.exists()
        self._connection = sqlite3.connect(path, isolation_level=None)
        if fresh:
            self._connection.executescript(_TABLES)
        self._connection.execute("PRAGMA synchronous=FULL")

    def close(self) -> None:
        self._connection.close()

    def add(self, records: Sequence[NewRecord]) -> None:
        """Keep these in one transaction."""
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        for one in records:
            row = (one.sha256[:12], one.sha256, one.title, one.issuer_name, " ".join(one.skills), one.text,
                   report_text(one.report), one.original.data)
            serial = connection.execute(
                "INSERT INTO credential(id, sha256, title, issuer_name, skills, words, report, data) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row).lastrowid
            connection.execute("INSERT INTO search(rowid, title, issuer_name, skills, words) "
                               "VALUES (?, ?, ?, ?, ?)", (serial, *row[2:6]))
        connection.execute("COMMIT")

    def newest(self, count: int) -> int:
        """Read the rows of the first page; return how many there are."""
        return len(self._connection.execute(
            "SELECT id, title, issuer_name, skills, report FROM credential ORDER BY serial DESC LIMIT ?",
            (count,)).fetchall())

    def search(self, words: Sequence[str], count: int) -> int:
        """Read the rows of the first page of what matches, newest first; return how many there are."""
        expression = " ".join(f'"{word}"*' for word in words)
        return len(self._connection.execute(
            "SELECT id, title, issuer_name, skills, report FROM credential WHERE serial IN "
            "(SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?)",
            (expression, count)).fetchall())

    def look_over(self) -> None:
        """Read every page."""
        assert self._connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)

    def back_up(self, path: Path) -> int:
        """Copy everything; return the bytes of the copy."""
        target = sqlite3.connect(path)
        self._connection.backup(target)
        target.close()
        return path.stat().st_size
