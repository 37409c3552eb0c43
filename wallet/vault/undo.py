"""What can be taken back: the state before each act on labels and bundles, newest last, a bounded number.

Functions on an open database, called inside the transaction of the act. What an act is about is in
`curation`; deletion is taken back from the bin, not from here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, unique
from typing import Any

from wallet.model.errors import VaultError
from wallet.model.limits import MAX_UNDO_STEPS
from wallet.model.reasons import ReasonCode, reason

from .bundles import KeptBundle, drop_bundle, find_bundle, put_bundle
from .database import Database
from .labels import Labels, labels_of, put_labels
from .records import date_from_text, date_text, known


@unique
class Act(StrEnum):
    """What was done. Values are part of the vault's format."""

    TITLED = "titled"
    NOTED = "noted"
    TAGGED = "tagged"
    UNTAGGED = "untagged"
    BUNDLE_MADE = "bundle_made"
    BUNDLE_RENAMED = "bundle_renamed"
    BUNDLE_NOTED = "bundle_noted"
    BUNDLE_FILLED = "bundle_filled"
    BUNDLE_EMPTIED = "bundle_emptied"
    BUNDLE_ORDERED = "bundle_ordered"
    BUNDLE_DELETED = "bundle_deleted"
    OTHER = "other"  # written by a later version


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back.

    Attributes:
        at: When the act had been done.
        credentials: Ids of the credentials that it was about.
        bundles: Ids of the bundles that it was about.
    """

    act: Act
    at: datetime
    credentials: tuple[str, ...] = ()
    bundles: tuple[str, ...] = ()


def remember(database: Database, act: Act, now: datetime, *, credentials: tuple[str, ...] = (),
             bundles: tuple[str, ...] = ()) -> None:
    """Keep what these credentials and bundles are like, before the act changes them."""
    present = {row[0] for row in database.rows("SELECT id FROM bundle")}
    before = {
        "labels": {one: _labels_body(labels_of(database, one)) for one in credentials},
        "bundles": {one: _bundle_body(find_bundle(database, one)) if one in present else None
                    for one in bundles},
    }
    database.rows("INSERT INTO undo(at, act, before) VALUES(?, ?, ?)",
                  (date_text(now), act.value, json.dumps(before, ensure_ascii=False)))
    database.rows("DELETE FROM undo WHERE serial NOT IN "
                  "(SELECT serial FROM undo ORDER BY serial DESC LIMIT ?)", (MAX_UNDO_STEPS,))


def last_act(database: Database) -> Undone | None:
    """Return what would be taken back next, None if there is nothing."""
    row = database.row("SELECT at, act, before FROM undo ORDER BY serial DESC LIMIT 1")
    if row is None:
        return None
    try:
        before = json.loads(row[2])
        return Undone(known(Act, row[1], Act.OTHER), date_from_text(row[0]), tuple(before["labels"]),
                      tuple(before["bundles"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise VaultError(reason(ReasonCode.VAULT_DAMAGED, what="undo")) from None


def take_back(database: Database) -> Undone | None:
    """Put back the state before the newest act, and return what that act was; None if there is none."""
    undone = last_act(database)
    if undone is None:
        return None
    serial, text = database.row("SELECT serial, before FROM undo ORDER BY serial DESC LIMIT 1") or (0, "{}")
    try:
        _put_back(database, json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise VaultError(reason(ReasonCode.VAULT_DAMAGED, what="undo")) from None
    database.rows("DELETE FROM undo WHERE serial = ?", (serial,))
    return undone


def _put_back(database: Database, before: dict[str, Any]) -> None:
    there = {row[0] for row in database.rows("SELECT id FROM credential")}
    for credential_id, body in before["labels"].items():
        if credential_id in there:  # else it was removed for good meanwhile, with what was said of it
            put_labels(database, credential_id, Labels(body["title"], body["note"], tuple(body["tags"])))
    for bundle_id, body in before["bundles"].items():
        if body is None:
            drop_bundle(database, bundle_id)
        else:
            put_bundle(database, KeptBundle(bundle_id, body["name"], body["note"],
                                            date_from_text(body["made_at"]), tuple(body["items"])))


def forget_undo(database: Database) -> None:
    """Forget everything that could be taken back."""
    database.rows("DELETE FROM undo")


def _labels_body(labels: Labels) -> dict[str, Any]:
    return {"title": labels.title, "note": labels.note, "tags": list(labels.tags)}


def _bundle_body(bundle: KeptBundle) -> dict[str, Any]:
    return {"name": bundle.name, "note": bundle.note, "made_at": date_text(bundle.made_at),
            "items": list(bundle.items)}
