"""A whole wallet as a ZIP that people and programs can read without this one, and that archive read again.

    README.txt                  for people
    credentials/0001-7f3a….png  the originals, byte for byte
    evidence/<SHA-256>.bin      the documents that verdicts rest on
    data/<table>.json, .csv     labels, bundles, the log of shares and so on, see `rows`
    keys/holder-keys.json       only where that was asked for
    manifest.json               {"format": "learner-wallet-export", "version": 1, "sha256": {"<member>": …}}

The archive is made as a stream, so that nothing of it lies in the clear anywhere on the way into the
envelope. No name of a member says anything about the learner.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from wallet.formats.archive import ArchiveBounds, Member, read_archive
from wallet.model.credential import Carrier
from wallet.model.errors import VaultError
from wallet.model.limits import MAX_EXPORT_BYTES, MAX_EXPORT_MEMBERS
from wallet.model.reasons import ReasonCode, reason

from .contents import content
from .database import Database
from .row_shape import fitting
from .rows import Row, StoreRows
from .store import Vault
from .strangers import may_be_taken, of_a_stranger

FORMAT: Final = "learner-wallet-export"
VERSION: Final = 1
MANIFEST: Final = "manifest.json"
#: What is written down, by table; what is not named here means something on one computer only.
TABLES: Final = ("credential", "evidence", "evidence_fact", "pinned", "label", "tag", "link", "bundle",
                 "bundle_item", "share", "request", "event", "belief", "issuer_list", "setting")
BOUNDS: Final = ArchiveBounds(MAX_EXPORT_BYTES, MAX_EXPORT_MEMBERS, MAX_EXPORT_BYTES)
_KEYS: Final = "keys/holder-keys.json"
_ENDINGS: Final = {Carrier.JSON: "json", Carrier.JWS: "jwt", Carrier.PNG: "png", Carrier.SVG: "svg",
                   Carrier.PACK: "vcpack", Carrier.QR: "txt"}
#: A spreadsheet takes what begins so for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(slots=True)
class ExportCounts:
    """What went into an export, counted while it is written."""

    credentials: int = 0
    documents: int = 0
    members: int = 0


def export_pieces(vault: Vault, readme: str, counts: ExportCounts, *, now: datetime,
                  with_keys: bool) -> Generator[bytes]:
    """Yield the archive's bytes, all from one state of the vault."""
    stream = _Stream()
    hashes: dict[str, str] = {}
    with vault.database.snapshot(), zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in _members(vault.database, readme, counts, with_keys=with_keys):
            hashes[name] = hashlib.sha256(data).hexdigest()
            archive.writestr(_entry(name, now), data)
            yield stream.taken()
        manifest = {"format": FORMAT, "version": VERSION, "created": now.isoformat(), "sha256": hashes}
        archive.writestr(_entry(MANIFEST, now), _json(manifest))
        counts.members = len(hashes) + 1
    yield stream.taken()


class _Stream(io.RawIOBase):
    """Takes what the archive writer writes, until it is fetched; nobody can go back in it."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._held += data
        return len(data)

    def taken(self) -> bytes:
        held, self._held = bytes(self._held), bytearray()
        return held


def _entry(name: str, now: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, now.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def _members(database: Database, readme: str, counts: ExportCounts, *,
             with_keys: bool) -> Iterator[tuple[str, bytes]]:
    source = StoreRows(database)
    yield "README.txt", readme.encode("utf-8")
    files: dict[str, str] = {}
    for number, (own_id, sha256, data_sha256, carrier) in enumerate(database.rows(
            "SELECT id, sha256, data_sha256, carrier FROM credential ORDER BY serial"), 1):
        ending = _ENDINGS.get(carrier, "bin")
        files[sha256] = f"credentials/{number:04}-{own_id}.{ending}"
        yield files[sha256], content(database, data_sha256)
        counts.credentials += 1
    for (sha256,) in database.rows("SELECT DISTINCT sha256 FROM evidence ORDER BY sha256"):
        yield f"evidence/{sha256}.bin", content(database, sha256)
        counts.documents += 1
    for table in TABLES:
        rows = [_written(table, row, files) for row in source.rows(table)]
        yield f"data/{table}.json", _json(rows)
        yield f"data/{table}.csv", _csv(rows)
    if with_keys:
        yield _KEYS, _json([{**row, "seed": row["seed"].hex()} for row in source.rows("holder_key")])


def _written(table: str, row: Row, files: dict[str, str]) -> dict[str, Any]:
    if table != "credential":
        return dict(row)
    # What a verdict was is no statement that should travel; whoever opens the export judges for herself.
    own = {name: value for name, value in row.items() if name not in ("report", "words", "replaced_by")}
    return {"file": files[row["sha256"]], **own}


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8")


def _csv(rows: list[dict[str, Any]]) -> bytes:
    text = io.StringIO(newline="")
    if rows:
        writer = csv.DictWriter(text, list(rows[0]))
        writer.writeheader()
        writer.writerows({name: harmless(value) for name, value in row.items()} for row in rows)
    return text.getvalue().encode("utf-8")


def harmless(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


@dataclass(frozen=True, slots=True)
class ExportFile:
    """An export of ours, read and found whole; a `Source` for everything but the credentials themselves.

    Attributes:
        members: Bytes by name.
        proven: Whether it came out of our envelope, so that nobody but the learner wrote it.
        database: Of the vault it is going to, whose tables say what a row must be.
        present: Hashes of the credentials that are in that vault by now: rows of others are passed over.
    """

    members: dict[str, bytes] = field(repr=False)
    proven: bool
    database: Database | None = None
    present: frozenset[str] = frozenset()

    @property
    def originals(self) -> tuple[Member, ...]:
        """The credentials' files, oldest first."""
        return tuple(Member(name, data) for name, data in sorted(self.members.items())
                     if name.startswith("credentials/"))

    @property
    def has_keys(self) -> bool:
        """Whether holder keys are in it."""
        return _KEYS in self.members

    def rows(self, table: str) -> Iterator[Row]:
        """Yield the rows of one table, each checked against what the table takes.

        Raises:
            VaultError: EXPORT_DAMAGED.
        """
        name = _KEYS if table == "holder_key" else f"data/{table}.json"
        try:
            rows = json.loads(self.members.get(name, b"[]"))
        except (ValueError, RecursionError):
            raise _damaged(name) from None
        if not isinstance(rows, list):
            raise _damaged(name)
        fits = fitting(self.database, table) if self.database else bool
        for row in rows:
            read = self._read(table, row) if isinstance(row, dict) else None
            if read is None or not fits(read):
                raise _damaged(name)
            if not self.proven and not may_be_taken(table, read):
                continue
            if table != "credential" or read["sha256"] in self.present:
                yield read

    def content(self, sha256: str) -> bytes:
        """Return a document's bytes. Raises VaultError: EXPORT_DAMAGED."""
        data = self.members.get(f"evidence/{sha256}.bin")
        if data is None or hashlib.sha256(data).hexdigest() != sha256:
            raise _damaged("evidence")
        return data

    def _read(self, table: str, row: dict[str, Any]) -> dict[str, Any] | None:
        try:
            if table == "holder_key":
                return {**row, "seed": bytes.fromhex(row["seed"])}
            return row if self.proven else dict(of_a_stranger(table, row))
        except (KeyError, ValueError, TypeError, IndexError, RecursionError):
            return None


def read_export(data: bytes, *, proven: bool) -> ExportFile:
    """Read an archive of ours and compare every member with the manifest.

    Raises:
        VaultError: EXPORT_DAMAGED, VAULT_NEWER for a later version.
        FormatError: LIMIT_BYTES, LIMIT_ITEMS, LIMIT_RATIO, PACK_DAMAGED.
    """
    members: dict[str, bytes] = {}
    for member in read_archive(data, BOUNDS):
        if member.problem:
            raise _damaged(member.name[:100])
        members[member.name] = member.data
    if not is_export(members.get(MANIFEST, b"")):
        raise _damaged(MANIFEST)
    manifest = json.loads(members.pop(MANIFEST))
    if manifest.get("version") != VERSION:
        raise VaultError(reason(ReasonCode.VAULT_NEWER, found=str(manifest.get("version"))[:20]))
    hashes = manifest.get("sha256")
    if not isinstance(hashes, dict) or set(hashes) != set(members):
        raise _damaged(MANIFEST)
    for name, inside in members.items():
        if hashlib.sha256(inside).hexdigest() != hashes[name]:
            raise _damaged(name[:100])
    return ExportFile(members, proven)


def is_export(manifest: bytes) -> bool:
    """Tell whether a manifest is of an export of ours."""
    try:
        document = json.loads(manifest)
    except (ValueError, RecursionError):
        return False
    return isinstance(document, dict) and document.get("format") == FORMAT


def _damaged(what: str) -> VaultError:
    return VaultError(reason(ReasonCode.EXPORT_DAMAGED, what=what))
