"""What a vault holds, as rows that mean the same in every vault: from a store, or from an export's files.

A row is a mapping of column to value. A number that only one store knows never stands in it: a credential is
named by the hash of its bytes, a document by what makes it one version, a bundle by its id. What is done with
rows is in `merge`; what an export calls its files in `exports`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol, TypeAlias

from .contents import content
from .database import Database

Row: TypeAlias = Mapping[str, Any]

#: What makes a document in the store one version from one place.
EVIDENCE_KEY: Final = ("address", "kind", "sha256", "grade", "source", "fetched_at")
#: How a reference to a row of this store is put so that every store understands it.
_NAMED: Final = {
    "credential": "(SELECT sha256 FROM credential WHERE serial = it.credential)",
    "evidence": ("(SELECT json_array(address, kind, sha256, grade, source, fetched_at) FROM evidence "
                 "WHERE serial = it.evidence)"),
    "bundle": "(SELECT id FROM bundle WHERE serial = it.bundle)",
}
#: Tables in which the order of rows says something.
_ORDERED: Final = frozenset({"credential", "evidence", "share", "event", "request", "bundle", "holder_key"})


class Source(Protocol):
    """Where rows come from."""

    def rows(self, table: str) -> Iterator[Row]:
        """Yield the rows of one table, oldest first where the table has an order."""

    def content(self, sha256: str) -> bytes:
        """Return bytes by their hash. Raises VaultError if they are missing."""


@dataclass(frozen=True, slots=True)
class StoreRows:
    """The rows of an opened store."""

    database: Database

    def rows(self, table: str) -> Iterator[Row]:
        """Yield the rows of one table."""
        names = columns(self.database, table)
        wanted = ", ".join(f"{_NAMED.get(name, f'it.{name}')} AS {name}" for name in names)
        order = " ORDER BY it.serial" if table in _ORDERED else ""
        for row in self.database.rows(f"SELECT {wanted} FROM {table} AS it{order}"):  # noqa: S608 - our own names
            yield dict(zip(names, row, strict=True))

    def content(self, sha256: str) -> bytes:
        """Return kept bytes."""
        return content(self.database, sha256)


def columns(database: Database, table: str) -> tuple[str, ...]:
    """Return the names of a table's columns; none for a table that this store does not have."""
    return tuple(row[1] for row in database.rows(f"PRAGMA table_info({table})"))


def evidence_key(row: Row) -> tuple[Any, ...]:
    """Return what makes this document one version from one place."""
    return tuple(row[name] for name in EVIDENCE_KEY)


def named_evidence(reference: str) -> tuple[Any, ...]:
    """Return the same from a reference to it."""
    return tuple(json.loads(reference))
