"""What a wallet keeps beside credentials: the log of shares, settings, and the making of its first key.

Functions on an open database; those that write are called inside a transaction.
"""

from __future__ import annotations

import json
import os
import secrets
from datetime import datetime
from typing import Final

from wallet.model.sharing import Channel, ShareRecord

from .database import Database
from .records import date_from_text, date_text, known, optional_date_from_text, optional_date_text

_SEED_BYTES: Final = 32  # RFC 8032 section 5.1.5
_ED25519: Final = "ed25519"


def keep_share(database: Database, record: ShareRecord) -> str:
    """Write a line into the log and return its id; an empty id is given one."""
    share_id = record.id or secrets.token_hex(8)
    database.rows("INSERT INTO share(id, at, channel, audience, credential_ids, titles, expires) "
                  "VALUES(?, ?, ?, ?, ?, ?, ?)",
                  (share_id, date_text(record.at), record.channel.value, record.audience,
                   json.dumps(record.credential_ids), json.dumps(record.titles, ensure_ascii=False),
                   optional_date_text(record.expires)))
    return share_id


def kept_shares(database: Database) -> tuple[ShareRecord, ...]:
    """Return the log, newest first."""
    rows = database.rows("SELECT id, at, channel, audience, credential_ids, titles, expires FROM share "
                         "ORDER BY at DESC, serial DESC")
    return tuple(
        ShareRecord(share_id, date_from_text(at), known(Channel, channel, Channel.PACK), audience,
                    tuple(json.loads(ids)), tuple(json.loads(titles)), optional_date_from_text(expires))
        for share_id, at, channel, audience, ids, titles, expires in rows)


def forget_shares(database: Database) -> None:
    """Empty the log."""
    database.rows("DELETE FROM share")


def setting(database: Database, name: str) -> str | None:
    """Return a setting, None if it was never set."""
    value = database.value("SELECT value FROM setting WHERE name = ?", (name,))
    return None if value is None else str(value)


def keep_setting(database: Database, name: str, value: str) -> None:
    """Set a setting."""
    database.rows("INSERT INTO setting(name, value) VALUES(?, ?) "
                  "ON CONFLICT(name) DO UPDATE SET value = excluded.value", (name, value))


def make_holder_key(database: Database, now: datetime) -> None:
    """Make the key that the learner signs presentations with."""
    database.rows("INSERT INTO holder_key(kind, seed, label, made_at) VALUES(?, ?, ?, ?)",
                  (_ED25519, os.urandom(_SEED_BYTES), "", date_text(now)))
