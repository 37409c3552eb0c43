"""Events in the store: what happened to what is believed. Lines are added, never changed or removed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from wallet.model.events import Event, EventKind, KeyChange, RecordChange

from .database import Database, Row
from .records import date_from_text, date_text, known, optional_date_from_text, optional_date_text
from .store import Vault

_RECORD_KINDS: Final = (EventKind.RECORD_CHANGED, EventKind.RECORD_GONE, EventKind.RECORD_BACK)
_SELECT: Final = "SELECT serial, at, kind, subject, details FROM event"


@dataclass(frozen=True, slots=True)
class VaultEvents:
    """The log of one opened vault."""

    vault: Vault

    def all(self) -> tuple[Event, ...]:
        """Return every line, newest first."""
        return kept_events(self.vault.database)

    def about(self, subject: str) -> tuple[Event, ...]:
        """Return the lines about one issuer or address, newest first."""
        return kept_events(self.vault.database, subject)

    def key_changes(self, issuer_id: str) -> tuple[KeyChange, ...]:
        """Return when an issuer listed other keys than before, newest first."""
        lines = kept_events(self.vault.database, issuer_id)
        return tuple(_change(one) for one in lines if one.kind is EventKind.KEY_CHANGED)

    def record_changes(self, address: str) -> tuple[RecordChange, ...]:
        """Return when a web record was found changed, gone or back, newest first."""
        lines = kept_events(self.vault.database, address)
        return tuple(_record_change(one) for one in lines if one.kind in _RECORD_KINDS)


def keep_event(database: Database, event: Event) -> int:
    """Add a line, inside the caller's transaction, and return its number."""
    details = json.dumps(dict(sorted(event.details.items())), ensure_ascii=False)
    database.rows("INSERT INTO event(at, kind, subject, details) VALUES(?, ?, ?, ?)",
                  (date_text(event.at), event.kind.value, event.subject, details))
    return database.last_serial


def kept_events(database: Database, subject: str | None = None) -> tuple[Event, ...]:
    """Return the log, newest first; all of it, or the lines about one subject."""
    if subject is None:
        rows = database.rows(f"{_SELECT} ORDER BY serial DESC")
    else:
        rows = database.rows(f"{_SELECT} WHERE subject = ? ORDER BY serial DESC", (subject,))
    return tuple(map(_event, rows))


def change_details(change: KeyChange) -> dict[str, str]:
    """Return a change of keys as the details of its line."""
    return {
        "before_at": optional_date_text(change.before_at) or "",
        "after_at": optional_date_text(change.after_at) or "",
        "before": change.before_sha256,
        "after": change.after_sha256,
        "gone": "\n".join(change.gone),
        "new": "\n".join(change.new),
    }


def record_details(change: RecordChange) -> dict[str, str]:
    """Return a change of a web record as the details of its line."""
    return {
        "before_at": optional_date_text(change.before_at) or "",
        "after_at": optional_date_text(change.after_at) or "",
        "before": change.before_sha256,
        "after": change.after_sha256,
        "members": "\n".join(change.members),
    }


def _record_change(event: Event) -> RecordChange:
    told = event.details
    return RecordChange(
        event.kind, event.subject, optional_date_from_text(told.get("before_at") or None),
        optional_date_from_text(told.get("after_at") or None), told.get("before", ""), told.get("after", ""),
        tuple(told["members"].split("\n")) if told.get("members") else ())


def _change(event: Event) -> KeyChange:
    told = event.details
    return KeyChange(
        event.subject, optional_date_from_text(told.get("before_at") or None),
        optional_date_from_text(told.get("after_at") or None), told.get("before", ""), told.get("after", ""),
        tuple(told.get("gone", "").split("\n")) if told.get("gone") else (),
        tuple(told.get("new", "").split("\n")) if told.get("new") else ())


def _event(row: Row) -> Event:
    serial, at, kind, subject, details = row
    read = json.loads(details)
    return Event(date_from_text(at), known(EventKind, kind, EventKind.OTHER), subject,
                 {str(name): str(value) for name, value in read.items()}, serial)
