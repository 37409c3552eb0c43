"""Evidence in the store: documents by address, on the learner's shelf or pinned beside a credential.

Rows never change, so that what a report rested on stays what it was. *Kept* documents can be looked up by
address for any credential; *pinned* ones belong to one credential and outlive the shelf. Functions on an
open database; those that write are called inside a transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Final

from wallet.model.errors import VaultError
from wallet.model.evidence import EvidenceDocument, EvidenceKind, Grade, Said, Verified
from wallet.model.reasons import ReasonCode, reason

from .contents import drop_unheld, keep_content
from .database import Database, Row
from .records import known, optional_date_from_text, optional_date_text

_SELECT: Final = ("SELECT address, kind, data, evidence.sha256, grade, source, fetched_at, valid_from, "
                  "valid_until, verified, first_at, said_grade, said_source, said_at "
                  "FROM evidence JOIN content ON content.sha256 = evidence.sha256 "
                  "LEFT JOIN evidence_fact ON evidence_fact.evidence = evidence.serial ")
#: Newest first; what nobody can date comes last.
_NEWEST_FIRST: Final = " ORDER BY fetched_at IS NULL, fetched_at DESC, evidence.serial DESC"
_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)


def keep_document(database: Database, document: EvidenceDocument) -> None:
    """Put a document on the shelf. Other versions stay; the same bytes seen again count from now on."""
    serial = _row_for(database, document)
    keep_first(database, serial)
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
        return _in_order(map(_document, rows))
    rows = database.rows(f"{_SELECT} WHERE kept = 1 {_NEWEST_FIRST}")
    return tuple(sorted(_in_order(map(_document, rows)), key=lambda one: one.address))


def kept_size(database: Database) -> int:
    """Return how many bytes the documents on the shelf have."""
    return int(database.value("SELECT coalesce(sum(length(data)), 0) FROM evidence "
                              "JOIN content ON content.sha256 = evidence.sha256 WHERE kept = 1"))


def newest_arrival(database: Database) -> datetime | None:
    """Return when the last document got here, kept or pinned."""
    return _moment(database.value("SELECT max(fetched_at) FROM evidence"))


def seen_at(database: Database, sha256: str) -> datetime | None:
    """Return when a credential with these bytes was first kept here, in the bin or not."""
    return _moment(database.value("SELECT added_at FROM credential WHERE sha256 = ?", (sha256,)))


def pinned_to(database: Database, address: str) -> tuple[tuple[str, str, str], ...]:
    """Return which credentials a document is pinned beside: its hash, their id and title."""
    rows = database.rows("SELECT DISTINCT evidence.sha256, credential.id, credential.title FROM pinned "
                         "JOIN evidence ON evidence.serial = pinned.evidence "
                         "JOIN credential ON credential.serial = pinned.credential "
                         "WHERE evidence.address = ? ORDER BY credential.serial", (address,))
    return tuple((row[0], row[1], row[2]) for row in rows)


def every_document(database: Database) -> tuple[EvidenceDocument, ...]:
    """Return everything on the shelf or pinned beside a credential, by address, newest first."""
    rows = database.rows(f"{_SELECT} {_NEWEST_FIRST}")
    return tuple(sorted(_in_order(map(_document, rows)), key=lambda one: one.address))


def pin(database: Database, credential: int, document: EvidenceDocument) -> None:
    """Keep a document beside a credential, given by the store's own number."""
    serial = _row_for(database, document)
    database.rows("INSERT INTO pinned(credential, evidence) VALUES(?, ?) ON CONFLICT DO NOTHING",
                  (credential, serial))


def pinned_documents(database: Database, credential: int) -> tuple[EvidenceDocument, ...]:
    """Return what is pinned beside a credential, newest first."""
    rows = database.rows(f"{_SELECT} JOIN pinned ON pinned.evidence = evidence.serial "
                         f"WHERE pinned.credential = ? {_NEWEST_FIRST}", (credential,))
    return _in_order(map(_document, rows))


def pinned_serials(database: Database, credential: int) -> tuple[int, ...]:
    """Return the store's own numbers of what is pinned beside a credential, the latest first."""
    rows = database.rows("SELECT evidence FROM pinned WHERE credential = ? ORDER BY evidence DESC",
                         (credential,))
    return tuple(row[0] for row in rows)


def document_of(database: Database, serial: int) -> EvidenceDocument:
    """Return a document by the store's own number.

    Raises:
        VaultError: VAULT_DAMAGED if there is none.
    """
    row = database.row(f"{_SELECT} WHERE evidence.serial = ?", (serial,))
    if row is None:
        raise VaultError(reason(ReasonCode.VAULT_DAMAGED, what="evidence"))
    return _document(row)


def in_order(documents: Iterable[EvidenceDocument]) -> tuple[EvidenceDocument, ...]:
    """Put the newest first, as those that are read together come; of equals the order given stays."""
    by_arrival = sorted(documents, key=lambda one: one.fetched_at or _LONG_AGO, reverse=True)
    return _in_order(by_arrival)


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
    if found is None:
        database.rows("INSERT INTO evidence(address, kind, sha256, grade, source, fetched_at, kept) "
                      "VALUES(?, ?, ?, ?, ?, ?, 0)", values)
        found = database.last_serial
    _keep_facts(database, int(found), document)
    return int(found)


def _keep_facts(database: Database, serial: int, document: EvidenceDocument) -> None:
    before = database.value("SELECT verified FROM evidence_fact WHERE evidence = ?", (serial,)) or ""
    verified = _verified(before) | set(document.verified)
    said = document.said
    # What was found out stays; what is not known now does not wipe out what was known.
    database.rows(
        "INSERT INTO evidence_fact(evidence, valid_from, valid_until, verified, first_at, said_grade, "
        "said_source, said_at) VALUES(?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(evidence) DO UPDATE SET "
        "valid_from = coalesce(excluded.valid_from, valid_from), "
        "valid_until = coalesce(excluded.valid_until, valid_until), verified = excluded.verified, "
        "first_at = min(coalesce(first_at, excluded.first_at), coalesce(excluded.first_at, first_at))",
        (serial, optional_date_text(document.valid_from), optional_date_text(document.valid_until),
         " ".join(one.value for one in Verified if one in verified), optional_date_text(document.first_seen),
         said.grade.value if said else "", said.source if said else "",
         optional_date_text(said.fetched_at) if said else None))


def keep_first(database: Database, serial: int) -> None:
    """Take over the day on which these bytes came for the first time from the entries that are let go."""
    database.rows(
        "UPDATE evidence_fact SET first_at = (SELECT min(coalesce(fact.first_at, other.fetched_at)) "
        "FROM evidence AS other JOIN evidence AS new ON new.serial = ?1 "
        "LEFT JOIN evidence_fact AS fact ON fact.evidence = other.serial "
        "WHERE other.address = new.address AND other.sha256 = new.sha256) WHERE evidence = ?1", (serial,))


def _take_off(database: Database, serials: Sequence[int]) -> None:
    hashes = set()
    for serial in serials:
        hashes.add(database.value("SELECT sha256 FROM evidence WHERE serial = ?", (serial,)))
        database.rows("UPDATE evidence SET kept = 0 WHERE serial = ?", (serial,))
        database.rows("DELETE FROM evidence WHERE serial = ?1 "
                      "AND NOT EXISTS (SELECT 1 FROM pinned WHERE evidence = ?1)", (serial,))
    drop_unheld(database, hashes)


def _in_order(documents: Iterable[EvidenceDocument]) -> tuple[EvidenceDocument, ...]:
    """Put the newest first; a document that a pack brought is as old as the pack says."""
    return tuple(sorted(documents, key=lambda one: one.as_of or _LONG_AGO, reverse=True))


def _document(row: Row) -> EvidenceDocument:
    (address, kind, data, sha256, grade, source, fetched_at, valid_from, valid_until, verified, first_at,
     said_grade, said_source, said_at) = row
    came, first = _moment(fetched_at), _moment(first_at)
    said = Said(known(Grade, said_grade, Grade.SENDER), said_source,
                _moment(said_at)) if said_grade else None
    found = _verified(verified or "")
    # An unknown grade is worth the least, so that a later version's word never counts for more here.
    return EvidenceDocument(
        address, known(EvidenceKind, kind, EvidenceKind.OTHER), data, sha256,
        known(Grade, grade, Grade.SENDER), source, came, _moment(valid_from), _moment(valid_until),
        tuple(one for one in Verified if one in found), said, first if first != came else None)


def _moment(text: str | None) -> datetime | None:
    """Read a date back.

    A row that cannot be read is not passed over: it may be the list that withdraws something.

    Raises:
        VaultError: VAULT_DAMAGED.
    """
    try:
        return optional_date_from_text(text)
    except (ValueError, TypeError):
        raise VaultError(reason(ReasonCode.VAULT_DAMAGED, what="evidence")) from None


def _verified(text: str) -> set[Verified]:
    """Read the words back; one that a later version wrote is not known here, and left out."""
    words = set(text.split())
    return {one for one in Verified if one.value in words}
