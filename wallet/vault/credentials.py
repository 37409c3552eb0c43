"""Credentials in the store: kept once, found again, replaced by newer ones, put into a bin.

Functions on an open database; those that write are called inside a transaction (`store.Vault` opens it).

**Replacement.** Two credentials with the same issuer and the same id are versions of one. Both are kept; the
older one points to the newer one. A credential whose seal or issuer has not been proven never takes the
place of a proven one: otherwise anybody could hide a diploma behind a forgery with a later date.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, unique
from typing import Any, Final

from wallet.model.credential import Carrier, CredentialFormat, EvidenceClass, Original
from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode, reason
from wallet.model.report import CheckId, Outcome, Report
from wallet.model.stored import NewRecord, StoredCredential

from .contents import content, drop_unheld, keep_content
from .database import Database, Row
from .documents import pin, pinned_hashes, unpin_all
from .records import (
    date_from_text,
    date_text,
    known,
    optional_date_from_text,
    optional_date_text,
    report_from_text,
    report_text,
)
from .search import match_expression, words_of

_ID_ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_ID_CHARS: Final = 8
_ID: Final = re.compile(f"[{_ID_ALPHABET}]{{{_ID_CHARS}}}")
_COLUMNS: Final = ("id, title, issuer_id, issuer_name, credential_id, format, evidence_class, carrier, "
                   "sha256, added_at, valid_from, valid_until, report, skills, replaced_by, binned_at")
#: Where all the words stand, best first: in the title, in what names it, anywhere.
_PLACES: Final = ("{title} : ", "{title issuer_name skills} : ", "")
_ROWS_AT_ONCE: Final = 500
_LAST_SERIAL: Final = 2**63 - 1
_SHARED_REPORTS: Final = 1000
_REPORT, _CLASS = (_COLUMNS.split(", ").index(name) for name in ("report", "evidence_class"))
_PROVING: Final = (CheckId.STRUCTURE, CheckId.PROOF, CheckId.KEY_AUTHORITY)


@unique
class AddOutcome(StrEnum):
    """What became of a credential that was handed over to be kept."""

    ADDED = "added"
    KNOWN = "known"
    REPLACES = "replaces"


@dataclass(frozen=True, slots=True)
class Added:
    """What `add` did.

    Attributes:
        id: Of the kept credential; of the one that was there already for KNOWN.
        outcome: What became of it.
        other: For REPLACES the one it replaces; for ADDED another version of the same, if there is one.
        restored: Whether a known one was taken out of the bin.
    """

    id: str
    outcome: AddOutcome
    other: str = ""
    restored: bool = False


def add_credential(database: Database, record: NewRecord, now: datetime) -> Added:
    """Keep a credential, unless it is there already."""
    row = database.row("SELECT id, binned_at, issuer_id, credential_id FROM credential WHERE sha256 = ?",
                       (record.sha256,))
    if row is not None:
        if row[1] is not None:
            database.rows("UPDATE credential SET binned_at = NULL WHERE id = ?", (row[0],))
            mark_replaced(database, row[2], row[3])
        return Added(row[0], AddOutcome.KNOWN, restored=row[1] is not None)
    others = _versions(database, record.issuer_id, record.credential_id)
    new_id = _insert(database, record, now)
    if not others:
        return Added(new_id, AddOutcome.ADDED)
    mark_replaced(database, record.issuer_id, record.credential_id)
    replaced = database.row("SELECT id FROM credential WHERE replaced_by = ? ORDER BY serial DESC", (new_id,))
    if replaced is None:
        return Added(new_id, AddOutcome.ADDED, others[-1].id)
    return Added(new_id, AddOutcome.REPLACES, replaced[0])


def list_credentials(database: Database, *, binned: bool, limit: int = -1,
                     offset: int = 0) -> tuple[StoredCredential, ...]:
    """Return credentials, newest first."""
    with database.snapshot():
        return _all_stored(_rows(database, limit, offset, binned=binned))


def _rows(database: Database, limit: int, offset: int, *, binned: bool) -> Iterator[Row]:
    """Yield rows, some at a time, so that never all of them lie in memory as they were kept."""
    # The sign keeps SQLite from walking through everything in that order to find the little in the bin.
    where = "IS NOT NULL AND serial < ? ORDER BY +serial" if binned else \
        "IS NULL AND serial < ? ORDER BY serial"
    before = _LAST_SERIAL
    while limit != 0:
        wanted = _ROWS_AT_ONCE if limit < 0 else min(limit, _ROWS_AT_ONCE)
        rows = database.rows(
            f"SELECT {_COLUMNS}, serial FROM credential WHERE binned_at {where} "  # noqa: S608 - constants
            "DESC LIMIT ? OFFSET ?", (before, wanted, offset))
        yield from (row[:-1] for row in rows)
        if len(rows) < wanted:
            return
        before, offset = rows[-1][-1], 0
        limit -= wanted if limit > 0 else 0


def find_credentials(database: Database, text: str, *, limit: int = -1) -> tuple[StoredCredential, ...]:
    """Return the credentials outside the bin that hold every typed word, best first.

    Words in the title say more than those in the name of the issuer or of a skill, these more than those in
    the text; among equals the newest comes first. An empty text finds everything, a text without any letter
    or digit nothing.
    """
    if not text.strip():
        return list_credentials(database, binned=False, limit=limit)
    words = words_of(text)
    if not words:
        return ()
    with database.snapshot():
        return rows_of(database, _matching(database, match_expression(words), limit))


def count_credentials(database: Database, *, binned: bool) -> int:
    """Return how many there are, without reading them."""
    away = database.value("SELECT count(*) FROM credential WHERE binned_at IS NOT NULL")
    return int(away if binned else database.value("SELECT count(*) FROM credential") - away)


def _matching(database: Database, expression: str, limit: int) -> list[int]:
    """Return the serials of what matches, best first.

    Nothing is measured row by row, so that the first page of very many matches takes no longer than that of
    a few.
    """
    found: dict[int, None] = {}
    for place in _PLACES:
        if 0 <= limit <= len(found):
            break
        rows = database.rows(
            "SELECT rowid FROM search WHERE search MATCH ? AND rowid NOT IN "
            "(SELECT serial FROM credential WHERE binned_at IS NOT NULL) ORDER BY rowid DESC LIMIT ?",
            (f"{place}({expression})", limit))
        found.update(dict.fromkeys(row[0] for row in rows))
    return list(found)[:limit] if limit >= 0 else list(found)


def rows_of(database: Database, serials: Sequence[int]) -> tuple[StoredCredential, ...]:
    """Return the rows of these serials, in this order."""
    return _all_stored(_rows_by_serial(database, serials))


def _rows_by_serial(database: Database, serials: Sequence[int]) -> Iterator[Row]:
    for start in range(0, len(serials), _ROWS_AT_ONCE):
        some = serials[start : start + _ROWS_AT_ONCE]
        rows = {row[0]: row[1:] for row in database.rows(
            f"SELECT serial, {_COLUMNS} FROM credential "  # noqa: S608 - constants
            f"WHERE serial IN ({', '.join('?' * len(some))})", some)}
        yield from (rows[serial] for serial in some if serial in rows)


def get_credential(database: Database, id_or_prefix: str) -> StoredCredential:
    """Return the credential with that id, or the only one whose id begins so.

    Raises:
        VaultError: CREDENTIAL_NOT_FOUND, with `found` = `none` or `several`.
    """
    wanted = id_or_prefix.strip().lower()
    rows = database.rows(
        f"SELECT {_COLUMNS} FROM credential WHERE id >= ? AND id < ? LIMIT 2",  # noqa: S608 - constants
        (wanted, wanted + "~")) if wanted else ()
    exact = [row for row in rows if row[0] == wanted]
    if len(exact or rows) != 1:
        found = "several" if rows else "none"
        raise VaultError(reason(ReasonCode.CREDENTIAL_NOT_FOUND, name=id_or_prefix, found=found))
    return _stored((exact or rows)[0])


def original_of(database: Database, credential_id: str) -> Original:
    """Return the kept bytes, exactly as they came. Raises as `serial_of`, or VAULT_DAMAGED."""
    row = database.row("SELECT data_sha256, payload_sha256, media_type, carrier FROM credential WHERE id = ?",
                       (credential_id,))
    if row is None:
        raise _not_found(credential_id)
    data = content(database, row[0])
    payload = data if row[0] == row[1] else content(database, row[1])
    return Original(data, row[2], payload, known(Carrier, row[3], Carrier.JSON))


def keep_report(database: Database, credential_id: str, report: Report) -> None:
    """Write a new report over the old one. Raises as `serial_of`."""
    serial = serial_of(database, credential_id)
    database.rows("UPDATE credential SET report = ? WHERE serial = ?", (report_text(report), serial))
    pair = database.row("SELECT issuer_id, credential_id FROM credential WHERE serial = ?", (serial,))
    if pair:
        mark_replaced(database, *pair)


def set_binned(database: Database, ids: Sequence[str], moment: datetime | None) -> None:
    """Put credentials into the bin, or take them out (None). Raises as `serial_of`."""
    for credential_id in ids:
        serial = serial_of(database, credential_id)
        # What is in the bin already stays there for as long as it would have.
        database.rows("UPDATE credential SET replaced_by = '', binned_at = CASE WHEN ?1 IS NULL THEN NULL "
                      "ELSE coalesce(binned_at, ?1) END WHERE serial = ?2",
                      (optional_date_text(moment), serial))
        _remark(database, serial)


def purge_credentials(database: Database, ids: Sequence[str]) -> None:
    """Remove credentials from the bin for good, with what only they held.

    Raises:
        VaultError: CREDENTIAL_NOT_FOUND, also for one that is not in the bin.
    """
    for credential_id in ids:
        row = database.row("SELECT serial, title, issuer_name, skills, words, data_sha256, payload_sha256, "
                           "issuer_id, credential_id FROM credential "
                           "WHERE id = ? AND binned_at IS NOT NULL", (credential_id,))
        if row is None:
            raise _not_found(credential_id)
        hashes = {row[5], row[6], *pinned_hashes(database, row[0])}
        database.rows("INSERT INTO search(search, rowid, title, issuer_name, skills, words) "
                      "VALUES('delete', ?, ?, ?, ?, ?)", row[:5])
        unpin_all(database, row[0])
        database.rows("DELETE FROM credential WHERE serial = ?", (row[0],))
        drop_unheld(database, hashes)
        mark_replaced(database, row[7], row[8])


def serial_of(database: Database, credential_id: str) -> int:
    """Return the store's own number of a credential.

    Raises:
        VaultError: CREDENTIAL_NOT_FOUND.
    """
    serial = database.value("SELECT serial FROM credential WHERE id = ?", (credential_id,))
    if serial is None:
        raise _not_found(credential_id)
    return int(serial)


def _insert(database: Database, record: NewRecord, now: datetime) -> str:
    original = record.original
    new_id = _new_id(database)
    skills = json.dumps(record.skills, ensure_ascii=False)
    data_sha256 = keep_content(database, original.data)
    same = original.payload == original.data
    payload_sha256 = data_sha256 if same else keep_content(database, original.payload)
    values = (new_id, record.sha256, record.title, record.issuer_id, record.issuer_name, record.credential_id,
              record.format.value, record.evidence_class.value, original.carrier.value, original.media_type,
              date_text(now), optional_date_text(record.valid_from), optional_date_text(record.valid_until),
              data_sha256, payload_sha256, skills, report_text(record.report), record.text)
    database.rows(
        "INSERT INTO credential(id, sha256, title, issuer_id, issuer_name, credential_id, format, "
        "evidence_class, carrier, media_type, added_at, valid_from, valid_until, data_sha256, "
        f"payload_sha256, skills, report, words) VALUES({', '.join('?' * len(values))})", values)
    serial = database.last_serial
    _index(database, serial)
    for document in record.evidence:
        pin(database, serial, document)
    return new_id


def insert_row(database: Database, row: Mapping[str, Any]) -> int:
    """Keep a credential as another vault kept it, and return its serial; its bytes are kept already."""
    names = [name for name in row if name != "serial"]
    database.rows(f"INSERT INTO credential({', '.join(names)}) VALUES({', '.join('?' * len(names))})",
                  [row[name] for name in names])
    serial = database.last_serial
    _index(database, serial)
    return serial


def free_id(database: Database, wanted: str) -> str:
    """Return that id if no credential has it, else a new one."""
    taken = database.row("SELECT 1 FROM credential WHERE id = ?", (wanted,))
    return _new_id(database) if taken or not _ID.fullmatch(wanted) else wanted


def _index(database: Database, serial: int) -> None:
    # The very text the row holds, so that taking it out of the index later finds the same words.
    database.rows("INSERT INTO search(rowid, title, issuer_name, skills, words) "
                  "SELECT serial, title, issuer_name, skills, words FROM credential WHERE serial = ?",
                  (serial,))


def _new_id(database: Database) -> str:
    while True:
        # The alphabet's length divides 256, so that no character is likelier than another.
        new_id = "".join(_ID_ALPHABET[byte % len(_ID_ALPHABET)] for byte in secrets.token_bytes(_ID_CHARS))
        if database.row("SELECT 1 FROM credential WHERE id = ?", (new_id,)) is None:
            return new_id


@dataclass(frozen=True, slots=True)
class _Version:
    """One version of a credential, as far as its place among the others depends on it."""

    id: str
    serial: int
    valid_from: str  # "" where it does not say; text order is time order
    proven: bool

    @property
    def age(self) -> tuple[str, int]:
        return self.valid_from, self.serial


def _versions(database: Database, issuer_id: str, credential_id: str) -> tuple[_Version, ...]:
    """Return the versions outside the bin, oldest first; none where the pair is not stated."""
    if not issuer_id or not credential_id:
        return ()
    rows = database.rows("SELECT id, serial, coalesce(valid_from, ''), report, evidence_class "
                         "FROM credential WHERE issuer_id = ? AND credential_id = ? AND binned_at IS NULL",
                         (issuer_id, credential_id))
    versions = [_Version(row[0], row[1], row[2], _proven(report_from_text(row[3], _class(row[4]))))
                for row in rows]
    return tuple(sorted(versions, key=lambda version: version.age))


def mark_replaced(database: Database, issuer_id: str, credential_id: str) -> None:
    """Point every version of one credential that a newer one replaces to the newest that does."""
    versions = _versions(database, issuer_id, credential_id)
    for version in versions:
        newer = [one for one in versions if one.age > version.age and (one.proven or not version.proven)]
        replaced_by = newer[-1].id if newer else ""
        database.rows("UPDATE credential SET replaced_by = ?1 WHERE serial = ?2 AND replaced_by <> ?1",
                      (replaced_by, version.serial))


def _remark(database: Database, serial: int) -> None:
    pair = database.row("SELECT issuer_id, credential_id FROM credential WHERE serial = ?", (serial,))
    if pair:
        mark_replaced(database, *pair)


def _proven(report: Report) -> bool:
    answered = {check.id: check.outcome for check in report.checks}
    return all(answered.get(check_id) is Outcome.PASSED for check_id in _PROVING)


def _all_stored(rows: Iterable[Row]) -> tuple[StoredCredential, ...]:
    """Read rows; reports that say the same, as most of one issuer's do, are read once and shared."""
    reports: dict[tuple[str, str], Report] = {}
    found = []
    for row in rows:
        text, class_ = row[_REPORT], row[_CLASS]
        if (text, class_) not in reports:
            if len(reports) >= _SHARED_REPORTS:
                reports.clear()
            reports[text, class_] = report_from_text(text, _class(class_))
        found.append(_stored(row, reports[text, class_]))
    return tuple(found)


def _stored(row: Row, read: Report | None = None) -> StoredCredential:
    (credential_id, title, issuer_id, issuer_name, own_id, format_, class_, carrier, sha256, added_at,
     valid_from, valid_until, report, skills, replaced_by, binned_at) = row
    return StoredCredential(
        id=credential_id, title=title, issuer_id=issuer_id, issuer_name=issuer_name, credential_id=own_id,
        format=known(CredentialFormat, format_, CredentialFormat.OTHER), evidence_class=_class(class_),
        carrier=known(Carrier, carrier, Carrier.JSON), sha256=sha256, added_at=date_from_text(added_at),
        valid_from=optional_date_from_text(valid_from), valid_until=optional_date_from_text(valid_until),
        report=read or report_from_text(report, _class(class_)), skills=tuple(json.loads(skills)),
        replaced_by=replaced_by, binned_at=optional_date_from_text(binned_at))


def _class(value: str) -> EvidenceClass:
    # An unknown class is worth what proves nothing.
    return known(EvidenceClass, value, EvidenceClass.DOCUMENT)


def _not_found(credential_id: str) -> VaultError:
    return VaultError(reason(ReasonCode.CREDENTIAL_NOT_FOUND, name=credential_id, found="none"))
