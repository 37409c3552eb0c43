"""What the rows of each table must be like, beyond what SQLite itself sees to: dates, lists, names of others.

A store that was made elsewhere, or an export that anybody could have written, may hold text where a date
belongs. It is looked over once before anything of it counts, so that whoever reads rows afterwards need not
expect it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode, reason

from .contents import altered_contents
from .database import Database
from .records import date_from_text
from .rows import EVIDENCE_KEY, Row, StoreRows

_TABLES: Final = ("credential", "evidence", "evidence_fact", "pinned", "label", "tag", "link", "bundle",
                  "bundle_item", "share", "request", "event", "belief", "issuer_list", "setting",
                  "holder_key", "permission", "previous_report", "undo")
_TYPES: Final[dict[str, type]] = {"TEXT": str, "INTEGER": int, "BLOB": bytes, "ANY": str}
_REFERENCES: Final = frozenset({"credential", "evidence", "bundle", "serial"})
_DATES: Final = frozenset({"at", "valid_from", "valid_until", "expires"})
_LISTS: Final = frozenset({"credential_ids", "titles", "skills"})
_OBJECTS: Final = frozenset({"details", "before"})
#: What an export leaves out of a credential's row, and what is found out anew.
_DERIVED: Final = frozenset({"report", "words", "replaced_by"})


def demand_sound_rows(database: Database) -> None:
    """Look over every row, every reference and every kept file of a store that was made elsewhere.

    Raises:
        VaultError: VAULT_DAMAGED.
    """
    with database.snapshot(), database.reading_all():
        there = {name for (name,) in database.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        source = StoreRows(database)
        for table in _TABLES:
            if table in there and not all(map(fitting(database, table), source.rows(table))):
                raise VaultError(reason(ReasonCode.VAULT_DAMAGED, what="rows"))
        if database.rows("PRAGMA foreign_key_check") or altered_contents(database):
            raise VaultError(reason(ReasonCode.VAULT_DAMAGED, what="content"))


def fitting(database: Database, table: str) -> Callable[[Row], bool]:
    """Return what tells whether a row is one that this table of this store takes."""
    columns = [(row[1], _TYPES[row[2]], bool(row[3]), row[4] is not None)
               for row in database.rows(f"PRAGMA table_info({table})")]
    references = [name for name, *_ in columns if name in _REFERENCES - {"serial"}]
    optional = _DERIVED if table == "credential" else frozenset()
    wanted = [(name, type_, needed and name not in optional and not default)
              for name, type_, needed, default in columns if name not in _REFERENCES]

    def fits(row: Row) -> bool:
        return isinstance(row.get("serial", 0), int) and all(
            _refers(row.get(name), name) for name in references) and all(
            _fits(row.get(name), name, type_, needed=needed) for name, type_, needed in wanted)

    return fits


def _refers(value: Any, name: str) -> bool:
    """Return whether this names a row: a credential by its hash, a document by what makes it one."""
    if not isinstance(value, str):
        return False
    if name != "evidence":
        return True
    try:
        named = json.loads(value)
    except (ValueError, RecursionError):
        return False
    return isinstance(named, list) and len(named) == len(EVIDENCE_KEY) and all(
        isinstance(one, str | None) for one in named)


def _fits(value: Any, name: str, type_: type, *, needed: bool) -> bool:
    if value is None:
        return not needed
    if not isinstance(value, type_) or isinstance(value, bool):
        return False
    if isinstance(value, str):
        return _reads(value, name)
    return not isinstance(value, int) or -(2**63) <= value < 2**63


def _reads(value: str, name: str) -> bool:
    """Return whether a text is what a column of that name holds."""
    try:
        value.encode("utf-8")
        if name in _DATES or name.endswith("_at"):
            date_from_text(value)
        if name in _LISTS:
            read = json.loads(value)
            return isinstance(read, list) and all(isinstance(one, str) for one in read)
        return name not in _OBJECTS or isinstance(json.loads(value), dict)
    except (ValueError, RecursionError):
        return False
