"""Evidence in the store: documents by address, on the learner's shelf or pinned beside a credential.

Rows never change, so that what a report rested on stays what it was. *Kept* documents can be looked up by
address for any credential; *pinned* ones belong to one credential and outlive the shelf. Functions on an
open database; those that write are called inside a transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from wallet.model.evidence import EvidenceDocument, EvidenceKind, Grade

from .contents import drop_unheld, keep_content
from .database import Database, Row
from .records import known, optional_date_from_text, optional_date_text

_SELECT: Final = ("SELECT address, kind, data, evidence.sha256, grade, source, fetched_at "
                  "FROM evidence JOIN content ON content.sha256 = evidence.sha256 ")
#: Newest first; what nobody can date comes last.
_NEWEST_FIRST: Final = " ORDER BY fetched_at IS NULL, fetched_at DESC, evidence.serial DESC"


def keep_document(database: Database, document: EvidenceDocument) -> None:
    """Put a document on the shelf. Other versions stay; the same bytes seen again count from now on."""
    serial = _row_for(database, document)
    # One entry per version and grade: a list fetched unchanged every day is one document.
    older = database.rows("SELECT other.serial FROM evidence AS other JOIN evidence AS new ON new.serial = ? "
                          "WHERE other.address = new.address AND other.sha256 = new.sha256 "
                          "AND other.kind = new.kind AND other.grade = new.grade "
                          "AND other.kept = 1 AND other.serial <> new.serial", (serial,))
    database.rows("UPDATE evidence SET kept = 1 WHERE serial = ?", (serial,))
    _take_off(database, [row[0] for row in older])


def remove_documents(database: Database, address: str) -> None:
    """Take every version at that address off the shelf; pinned ones stay beside their credential."""
    rows = database.rows("SELECT serial FROM evidence WHERE address = ? AND kept = 1", (address,))
    _take_off(database, [row[0] for row in rows])


def kept_documents(database: Database, address: str | None = None) -> tuple[EvidenceDocument, ...]:
    """Return what is on the shelf, newest first; at one address, or everything by address."""
    if address is not None:
        rows = database.rows(f"{_SELECT} WHERE kept = 1 AND address = ? {_NEWEST_FIRST}", (address,))
    else:
        order = _NEWEST_FIRST.replace("ORDER BY", "ORDER BY address,")
        rows = database.rows(f"{_SELECT} WHERE kept = 1 {order}")
    return tuple(map(_document, rows))


def pin(database: Database, credential: int, document: EvidenceDocument) -> None:
    """Keep a document beside a credential, given by the store's own number."""
    serial = _row_for(database, document)
    database.rows("INSERT INTO pinned(credential, evidence) VALUES(?, ?) ON CONFLICT DO NOTHING",
                  (credential, serial))


def pinned_documents(database: Database, credential: int) -> tuple[EvidenceDocument, ...]:
    """Return what is pinned beside a credential, newest first."""
    rows = database.rows(f"{_SELECT} JOIN pinned ON pinned.evidence = evidence.serial "
                         f"WHERE pinned.credential = ? {_NEWEST_FIRST}", (credential,))
    return tuple(map(_document, rows))


def pinned_hashes(database: Database, credential: int) -> tuple[str, ...]:
    """Return the hashes of what is pinned beside a credential."""
    rows = database.rows("SELECT sha256 FROM evidence JOIN pinned ON pinned.evidence = evidence.serial "
                         "WHERE pinned.credential = ?", (credential,))
    return tuple(row[0] for row in rows)


def unpin_all(database: Database, credential: int) -> None:
    """Let go of everything pinned beside a credential; the caller drops bytes that nothing holds."""
    rows = database.rows("SELECT evidence FROM pinned WHERE credential = ?", (credential,))
    database.rows("DELETE FROM pinned WHERE credential = ?", (credential,))
    for (serial,) in rows:
        database.rows("DELETE FROM evidence WHERE serial = ?1 AND kept = 0 "
                      "AND NOT EXISTS (SELECT 1 FROM pinned WHERE evidence = ?1)", (serial,))


def _row_for(database: Database, document: EvidenceDocument) -> int:
    sha256 = keep_content(database, document.data)
    values = (document.address, document.kind.value, sha256, document.grade.value, document.source,
              optional_date_text(document.fetched_at))
    found = database.value("SELECT serial FROM evidence WHERE address = ? AND kind = ? AND sha256 = ? "
                           "AND grade = ? AND source = ? AND fetched_at IS ?", values)
    if found is not None:
        return int(found)
    database.rows("INSERT INTO evidence(address, kind, sha256, grade, source, fetched_at, kept) "
                  "VALUES(?, ?, ?, ?, ?, ?, 0)", values)
    return database.last_serial


def _take_off(database: Database, serials: Sequence[int]) -> None:
    hashes = set()
    for serial in serials:
        hashes.add(database.value("SELECT sha256 FROM evidence WHERE serial = ?", (serial,)))
        database.rows("UPDATE evidence SET kept = 0 WHERE serial = ?", (serial,))
        database.rows("DELETE FROM evidence WHERE serial = ?1 "
                      "AND NOT EXISTS (SELECT 1 FROM pinned WHERE evidence = ?1)", (serial,))
    drop_unheld(database, hashes)


def _document(row: Row) -> EvidenceDocument:
    address, kind, data, sha256, grade, source, fetched_at = row
    # An unknown grade is worth the least, so that a later version's word never counts for more here.
    return EvidenceDocument(address, known(EvidenceKind, kind, EvidenceKind.OTHER), data, sha256,
                            known(Grade, grade, Grade.SENDER), source, optional_date_from_text(fetched_at))
