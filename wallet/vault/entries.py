"""Entries of the learner's own in the store: found again by their file, and told anew.

A sealed credential never changes. What a learner says of a document does: its title, who gave it, when. The
file stays as it came; only what is said of it is written over. Called inside a transaction.
"""

from __future__ import annotations

import json

from wallet.model.credential import Carrier
from wallet.model.stored import NewRecord

from .contents import drop_unheld, keep_content
from .credentials import serial_of
from .database import Database
from .records import optional_date_text, report_text


def entry_with_file(database: Database, sha256: str) -> str:
    """Return the id of the document whose file has this hash, "" if there is none."""
    found = database.value("SELECT id FROM credential WHERE data_sha256 = ? AND carrier = ? "
                           "ORDER BY serial", (sha256, Carrier.FILE.value))
    return str(found) if found is not None else ""


def rewrite_entry(database: Database, credential_id: str, record: NewRecord) -> None:
    """Write what is said of a document or a statement over what was said before.

    Also of a badge whose own records have come since: its bytes stay, its title is theirs.

    Raises:
        VaultError: CREDENTIAL_NOT_FOUND.
    """
    serial = serial_of(database, credential_id)
    before = database.row("SELECT title, issuer_name, skills, words, data_sha256, payload_sha256 "
                          "FROM credential WHERE serial = ?", (serial,))
    if before is None:  # said by serial_of already
        return
    database.rows("INSERT INTO search(search, rowid, title, issuer_name, skills, words) "
                  "VALUES('delete', ?, ?, ?, ?, ?)", (serial, *before[:4]))
    data = keep_content(database, record.original.data)
    payload = keep_content(database, record.original.payload)
    database.rows(
        "UPDATE credential SET sha256 = ?, title = ?, issuer_id = ?, issuer_name = ?, valid_from = ?, "
        "valid_until = ?, skills = ?, words = ?, report = ?, data_sha256 = ?, payload_sha256 = ? "
        "WHERE serial = ?",
        (record.sha256, record.title, record.issuer_id, record.issuer_name,
         optional_date_text(record.valid_from), optional_date_text(record.valid_until),
         json.dumps(record.skills, ensure_ascii=False), record.text, report_text(record.report), data,
         payload, serial))
    database.rows("INSERT INTO search(rowid, title, issuer_name, skills, words) "
                  "SELECT serial, title, issuer_name, skills, words FROM credential WHERE serial = ?",
                  (serial,))
    drop_unheld(database, before[4:6])
