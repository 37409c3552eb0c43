"""Bytes by their SHA-256: each kept once, however many credentials and documents share them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Final

from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode, reason

from .database import Database

#: Everything that may hold on to bytes.
_HELD = ("SELECT 1 FROM credential WHERE data_sha256 = content.sha256",
         "SELECT 1 FROM credential WHERE payload_sha256 = content.sha256",
         "SELECT 1 FROM evidence WHERE sha256 = content.sha256")

_AT_ONCE: Final = 16  # each may be as large as a file may be


def keep_content(database: Database, data: bytes) -> str:
    """Keep bytes and return their hash; inside the caller's transaction."""
    sha256 = hashlib.sha256(data).hexdigest()
    database.rows("INSERT INTO content(sha256, data) VALUES(?, ?) ON CONFLICT DO NOTHING", (sha256, data))
    return sha256


def content(database: Database, sha256: str) -> bytes:
    """Return kept bytes.

    Raises:
        VaultError: VAULT_DAMAGED if they are gone.
    """
    data = database.value("SELECT data FROM content WHERE sha256 = ?", (sha256,))
    if not isinstance(data, bytes):
        raise VaultError(reason(ReasonCode.VAULT_DAMAGED, what="content"))
    return data


def drop_unheld(database: Database, hashes: Iterable[str]) -> None:
    """Remove those of the given bytes that nothing holds on to any more."""
    unheld = " AND ".join(f"NOT EXISTS ({held})" for held in _HELD)
    for sha256 in sorted(set(hashes)):
        database.rows(f"DELETE FROM content WHERE sha256 = ? AND {unheld}", (sha256,))  # noqa: S608 - constants


def altered_contents(database: Database) -> int:
    """Count the bytes that no longer match their hash; reads everything, in the order it lies on the disk."""
    altered, last = 0, -1
    while some := database.rows("SELECT rowid, sha256, data FROM content WHERE rowid > ? ORDER BY rowid "
                                "LIMIT ?", (last, _AT_ONCE)):
        altered += sum(hashlib.sha256(data).hexdigest() != sha256 for _, sha256, data in some)
        last = some[-1][0]
    return altered
