"""Rows that nobody has vouched for: of a file that anybody could have written, or of somebody else's vault.

What proves something, and arrives together with what it proves, is the sender's word: it is kept, and settles
nothing. Days are left out, because an old key counts for what was here before it was given up. Vocabularies
are left out, because they say what a seal means.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from wallet.model.evidence import EvidenceKind, Grade, Verified

from .records import date_text
from .rows import Row, Source

#: What such a source may not bring at all: whom it believes, which lists it has, what it is called by.
ON_TRUST: Final = frozenset({"belief", "issuer_list", "setting", "event"})
_NO_EARLIER: Final = date_text(datetime.max.replace(tzinfo=UTC))
_UNPROVEN: Final[dict[str, dict[str, Any]]] = {
    "credential": {"added_at": _NO_EARLIER},
    "evidence": {"fetched_at": None, "grade": Grade.SENDER.value},
    "evidence_fact": {"first_at": None, "verified": Verified.BY_HAND.value, "said_grade": "",
                      "said_source": "", "said_at": None},
}


@dataclass(frozen=True, slots=True)
class StrangerRows:
    """The rows of a source that nobody has vouched for.

    Attributes:
        now: When its credentials come.
    """

    source: Source
    now: datetime

    def rows(self, table: str) -> Iterator[Row]:
        """Yield what may be taken of one table."""
        for row in self.source.rows(table):
            if may_be_taken(table, row):
                own = of_a_stranger(table, row)
                yield {**own, "added_at": date_text(self.now)} if table == "credential" else own

    def content(self, sha256: str) -> bytes:
        """Return bytes by their hash. Raises VaultError if they are missing."""
        return self.source.content(sha256)


def may_be_taken(table: str, row: Row) -> bool:
    """Whether a row may be taken from somebody whom nobody vouches for."""
    if table == "evidence":
        return row.get("kind") != EvidenceKind.CONTEXT.value
    named = row.get("evidence")
    return not isinstance(named, str) or json.loads(named)[1] != EvidenceKind.CONTEXT.value


def of_a_stranger(table: str, row: Row) -> Row:
    """Return a row without what nobody has proven in it."""
    own = {**row, **_UNPROVEN.get(table, {})}
    if "evidence" in row:
        address, kind, sha256, _, source, _ = json.loads(row["evidence"])
        own["evidence"] = json.dumps([address, kind, sha256, Grade.SENDER.value, source, None])
    return own
