"""The version of the store, whether it is one of ours, and how an older store becomes a newer one.

A store is compared with the statements in `tables`: a view, a trigger or an altered table was not made
here. Migrations go forward only, in one transaction each, the version number last; the caller makes an
encrypted copy before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode, reason

from .database import APPLICATION_ID, Database
from .header import FORMAT_VERSION
from .tables import ADDED_1_1, TABLES

#: What FTS5 keeps behind `search`. Written down so that another SQLite can change its mind about new
#: stores without locking out old ones.
_SHADOWS: Final = frozenset({
    ("search_data", "CREATE TABLE 'search_data'(id INTEGER PRIMARY KEY, block BLOB)"),
    ("search_idx", "CREATE TABLE 'search_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID"),
    ("search_docsize", "CREATE TABLE 'search_docsize'(id INTEGER PRIMARY KEY, sz BLOB)"),
    ("search_config", "CREATE TABLE 'search_config'(k PRIMARY KEY, v) WITHOUT ROWID"),
})


@dataclass(frozen=True, slots=True)
class Migration:
    """One step forward.

    Attributes:
        before, after: Format versions.
        statements: What changes, in order.
    """

    before: tuple[int, int]
    after: tuple[int, int]
    statements: tuple[str, ...]


#: Every step ever released, oldest first.
MIGRATIONS: Final = (Migration((1, 0), (1, 1), ADDED_1_1),)


def user_version(version: tuple[int, int]) -> int:
    """Return the number that stands for a format version inside the store."""
    return version[0] * 1000 + version[1]


def store_version(database: Database) -> tuple[int, int]:
    """Return the format version a store says it has."""
    number = int(database.value("PRAGMA user_version"))
    return divmod(number, 1000)


def create_schema(database: Database, vault_id: str) -> None:
    """Make the tables and the canary in an empty store; inside the caller's transaction."""
    for statement in TABLES:
        database.rows(statement)
    # Deleted words are overwritten too, not only marked.
    database.rows("INSERT INTO search(search, rank) VALUES('secure-delete', 1)")
    set_meta(database, "vault_id", vault_id)
    set_meta(database, "generation", 0)
    database.rows(f"PRAGMA application_id={APPLICATION_ID}")
    database.rows(f"PRAGMA user_version={user_version(FORMAT_VERSION)}")


def demand_own_store(database: Database, vault_id: str) -> None:
    """Refuse a store that was not made here, or that belongs to another header.

    Raises:
        VaultError: VAULT_FOREIGN; VAULT_DAMAGED for an empty one; VAULT_NEWER for a later major version.
    """
    objects = database.rows("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    if not objects:
        raise VaultError(reason(ReasonCode.VAULT_DAMAGED, what="store"))
    if database.value("PRAGMA application_id") != APPLICATION_ID:
        raise VaultError(reason(ReasonCode.VAULT_FOREIGN, what="application"))
    version = store_version(database)
    if version[0] > FORMAT_VERSION[0]:
        raise VaultError(reason(ReasonCode.VAULT_NEWER, found=f"{version[0]}.{version[1]}"))
    # Never run, but never trusted either: code that somebody else put into the store.
    if any(kind not in ("table", "index") for kind, _, _ in objects):
        raise VaultError(reason(ReasonCode.VAULT_FOREIGN, what="schema"))
    found = frozenset((name, sql) for _, name, sql in objects)
    if version == FORMAT_VERSION and not _same(found):
        raise VaultError(reason(ReasonCode.VAULT_FOREIGN, what="schema"))
    if meta(database, "vault_id") != vault_id:
        raise VaultError(reason(ReasonCode.VAULT_FOREIGN, what="vault_id"))


def migrate(database: Database, steps: Sequence[Migration], target: tuple[int, int]) -> tuple[int, int]:
    """Bring a store forward, one transaction per step, and return the version it has then.

    Raises:
        VaultError: VAULT_DAMAGED if no step leads from the store's version; DISK_FULL and kin. The store
            is at the version of the last whole step.
    """
    while (version := store_version(database)) < target:
        step = next((one for one in steps if one.before == version), None)
        if step is None:
            raise VaultError(reason(ReasonCode.VAULT_DAMAGED, what="version"))
        with database.transaction():
            if store_version(database) != version:  # another process was faster
                continue
            for statement in step.statements:
                database.rows(statement)
            database.rows(f"PRAGMA user_version={user_version(step.after)}")
    return version


def meta(database: Database, name: str) -> str | int | None:
    """Return one of the store's own facts."""
    value = database.value("SELECT value FROM meta WHERE name = ?", (name,))
    return value if isinstance(value, str | int) else None


def set_meta(database: Database, name: str, value: str | int) -> None:
    """Write one of the store's own facts; inside the caller's transaction."""
    database.rows("INSERT INTO meta(name, value) VALUES(?, ?) "
                  "ON CONFLICT(name) DO UPDATE SET value = excluded.value", (name, value))


def generation(database: Database) -> int:
    """Return how many transactions have changed the store."""
    number = meta(database, "generation")
    return number if isinstance(number, int) else 0


def _same(found: frozenset[tuple[str, str]]) -> bool:
    ours = frozenset((_name(statement), statement) for statement in TABLES)
    shadows = {name for name, _ in _SHADOWS}
    return ours <= found and found - ours <= _SHADOWS and {name for name, _ in found - ours} == shadows


def _name(statement: str) -> str:
    words = statement.split(maxsplit=4)
    return words[3] if words[1] == "VIRTUAL" else words[2]
