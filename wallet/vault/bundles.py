"""Bundles: credentials that a learner puts together under a name, in her order, for one purpose.

Functions on an open database; those that write are called inside a transaction (`curation` opens it).
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from wallet.model.errors import VaultError
from wallet.model.limits import MAX_BUNDLE_ITEMS, MAX_BUNDLES, MAX_NOTE_CHARS, MAX_OWN_TITLE_CHARS
from wallet.model.reasons import ReasonCode, reason

from .credentials import serial_of
from .database import Database, Row
from .records import date_from_text, date_text


@dataclass(frozen=True, slots=True)
class KeptBundle:
    """One bundle.

    Attributes:
        id: The wallet's own.
        items: Ids of the credentials in it, in her order; those in the bin are among them.
    """

    id: str
    name: str
    note: str
    made_at: datetime
    items: tuple[str, ...] = ()


def new_bundle_id() -> str:
    """Return an id that no bundle of any vault has."""
    return secrets.token_hex(8)


def kept_bundles(database: Database) -> tuple[KeptBundle, ...]:
    """Return all bundles, by name."""
    rows = database.rows("SELECT serial, id, name, note, made_at FROM bundle")
    found = [_bundle(database, row) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.made_at, one.id)))


def find_bundle(database: Database, named: str) -> KeptBundle:
    """Return the bundle with that id, or the only one with that name, or whose id begins so.

    Raises:
        VaultError: BUNDLE_NOT_FOUND.
    """
    everything = kept_bundles(database)
    for found in ([one for one in everything if one.id == named],
                  [one for one in everything if one.name == named],
                  [one for one in everything if one.name.casefold() == named.casefold()],
                  [one for one in everything if named and one.id.startswith(named)]):
        if len(found) == 1:
            return found[0]
    raise VaultError(reason(ReasonCode.BUNDLE_NOT_FOUND, name=named))


def put_bundle(database: Database, bundle: KeptBundle) -> None:
    """Let a bundle be exactly this, whether it was there or not. Items that are gone are left out.

    Raises:
        VaultError: LABEL_REFUSED for what is too long or too much.
    """
    _demand(0 < len(bundle.name) <= MAX_OWN_TITLE_CHARS, "bundle_name", MAX_OWN_TITLE_CHARS)
    _demand(len(bundle.note) <= MAX_NOTE_CHARS, "note", MAX_NOTE_CHARS)
    _demand(len(bundle.items) <= MAX_BUNDLE_ITEMS, "bundle", MAX_BUNDLE_ITEMS)
    database.rows("INSERT INTO bundle(id, name, note, made_at) VALUES(?, ?, ?, ?) ON CONFLICT(id) DO UPDATE "
                  "SET name = excluded.name, note = excluded.note",
                  (bundle.id, bundle.name, bundle.note, date_text(bundle.made_at)))
    _demand(int(database.value("SELECT count(*) FROM bundle")) <= MAX_BUNDLES, "bundles", MAX_BUNDLES)
    serial = database.value("SELECT serial FROM bundle WHERE id = ?", (bundle.id,))
    database.rows("DELETE FROM bundle_item WHERE bundle = ?", (serial,))
    for position, item in enumerate(dict.fromkeys(bundle.items)):
        database.rows("INSERT INTO bundle_item(bundle, credential, position) "
                      "SELECT ?, serial, ? FROM credential WHERE id = ?", (serial, position, item))


def drop_bundle(database: Database, bundle_id: str) -> None:
    """Remove a bundle; the credentials in it stay."""
    database.rows("DELETE FROM bundle_item WHERE bundle = (SELECT serial FROM bundle WHERE id = ?)",
                  (bundle_id,))
    database.rows("DELETE FROM bundle WHERE id = ?", (bundle_id,))


def demand_credentials(database: Database, ids: Sequence[str]) -> None:
    """Refuse ids that no credential has. Raises as `serial_of`."""
    for one in ids:
        serial_of(database, one)


def _bundle(database: Database, row: Row) -> KeptBundle:
    serial, bundle_id, name, note, made_at = row
    items = database.rows("SELECT credential.id FROM bundle_item JOIN credential "
                          "ON credential.serial = bundle_item.credential WHERE bundle = ? ORDER BY position",
                          (serial,))
    return KeptBundle(bundle_id, name, note, date_from_text(made_at), tuple(item[0] for item in items))


def _demand(fine: bool, what: str, limit: int) -> None:  # noqa: FBT001 - a question and its answer
    if not fine:
        raise VaultError(reason(ReasonCode.LABEL_REFUSED, what=what, limit=str(limit)))
