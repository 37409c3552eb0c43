"""A merge under way: what came in so far, and in what the two vaults contradict each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum, unique
from functools import cached_property
from typing import Any

from .database import Database
from .rows import Row, Source, columns, named_evidence


@unique
class ConflictKind(StrEnum):
    """About what the two vaults say different things."""

    OTHER_FILE = "other_file"  # the same credential, in another file form, which stayed there
    BINNED_THERE = "binned_there"  # here it stays out of the bin
    BINNED_HERE = "binned_here"  # taken out of the bin, because it is not in the bin there
    TITLE = "title"
    NOTE = "note"  # both are kept, one below the other
    BUNDLE = "bundle"
    BELIEF = "belief"
    SETTING = "setting"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Conflict:
    """One contradiction.

    Attributes:
        subject: What it is about: a credential's title, an issuer, a setting.
        here, there: The two words, "" where there is nothing to show.
    """

    kind: ConflictKind
    subject: str
    here: str = ""
    there: str = ""


@dataclass
class Merging:
    """A merge under way.

    Attributes:
        label: What keys that come in are called.
        fresh: Hashes of credentials that this very wish has just brought in, whose dates are the source's.
        serials: Of each credential in the target, by hash.
        ids: The target's own id of each credential, by the source's.
    """

    database: Database
    source: Source
    now: datetime
    label: str = ""
    fresh: frozenset[str] = frozenset()
    serials: dict[str, int] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    conflicts: list[Conflict] = field(default_factory=list)

    @cached_property
    def facts(self) -> Mapping[tuple[Any, ...], Row]:
        """What the source found out about its documents."""
        return {named_evidence(row["evidence"]): row for row in self.source.rows("evidence_fact")}

    def conflict(self, kind: ConflictKind, subject: str, here: str = "", there: str = "") -> None:
        """Note a contradiction."""
        self.conflicts.append(Conflict(kind, subject, here, there))

    def insert(self, table: str, row: Row) -> int:
        """Insert those members of a row that the table has, count it, and return its serial."""
        names = [name for name in columns(self.database, table) if name in row]
        marks = ", ".join("?" * len(names))
        self.database.rows(f"INSERT INTO {table}({', '.join(names)}) VALUES({marks})",
                           [row[name] for name in names])
        self.counts[table] += 1
        return self.database.last_serial
