"""What was asked of the web, line by line, by whose leave, and how each host names the version it sent.

A line is written before the request and completed after it, so that one which was interrupted shows too.
Functions on an open database, and a small class over a vault; who may ask is decided in `operations`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wallet.model.network import FetchOutcome, LedgerEntry, Permission, Purpose

from .database import Database, Row
from .records import date_from_text, date_text, known
from .store import Vault


@dataclass(frozen=True, slots=True)
class HostPermission:
    """A host that may be asked until it is taken back."""

    host: str
    given_at: datetime


def keep_request(database: Database, entry: LedgerEntry) -> int:
    """Write a line and return its number."""
    database.rows("INSERT INTO request(at, host, address, purpose, allowed, outcome, bytes) "
                  "VALUES(?, ?, ?, ?, ?, ?, ?)",
                  (date_text(entry.at), entry.host, entry.address, entry.purpose.value, entry.allowed.value,
                   entry.outcome.value, entry.bytes))
    return database.last_serial


def complete_request(database: Database, line: int, outcome: FetchOutcome, size: int) -> None:
    """Write how a request ended."""
    database.rows("UPDATE request SET outcome = ?, bytes = ? WHERE serial = ?", (outcome.value, size, line))


def kept_requests(database: Database, *, limit: int = -1) -> tuple[LedgerEntry, ...]:
    """Return the lines, newest first. A negative limit is none."""
    rows = database.rows("SELECT at, host, address, purpose, allowed, outcome, bytes FROM request "
                         "ORDER BY serial DESC LIMIT ?", (limit,))
    return tuple(map(_entry, rows))


@dataclass(frozen=True, slots=True)
class VaultLedger:
    """The ledger of one vault. What writes is one transaction each, and raises as `Vault.transaction`."""

    vault: Vault

    def begin(self, entry: LedgerEntry) -> int:
        """Write a line before its request is made, and return its number."""
        with self.vault.transaction():
            return keep_request(self.vault.database, entry)

    def end(self, line: int, outcome: FetchOutcome, size: int) -> None:
        """Write how it ended."""
        with self.vault.transaction():
            complete_request(self.vault.database, line, outcome, size)

    def entries(self, *, limit: int = -1) -> tuple[LedgerEntry, ...]:
        """Return the lines, newest first."""
        return kept_requests(self.vault.database, limit=limit)

    def clear(self) -> None:
        """Forget every line."""
        with self.vault.transaction():
            self.vault.database.rows("DELETE FROM request")

    # --- permissions ---

    def allow(self, host: str, now: datetime) -> None:
        """Let a host be asked from now on; doing so twice keeps the first date."""
        with self.vault.transaction():
            self.vault.database.rows("INSERT INTO permission(host, given_at) VALUES(?, ?) "
                                     "ON CONFLICT(host) DO NOTHING", (host, date_text(now)))

    def revoke(self, host: str) -> bool:
        """Take it back; return whether there was anything to take back."""
        with self.vault.transaction():
            there = self.vault.database.value("SELECT 1 FROM permission WHERE host = ?", (host,))
            self.vault.database.rows("DELETE FROM permission WHERE host = ?", (host,))
        return there is not None

    def permissions(self) -> tuple[HostPermission, ...]:
        """Return the hosts that may be asked, by name."""
        rows = self.vault.database.rows("SELECT host, given_at FROM permission ORDER BY host")
        return tuple(HostPermission(host, date_from_text(given_at)) for host, given_at in rows)

    # --- versions ---

    def etag(self, address: str, sha256: str) -> str:
        """Return the host's mark of these bytes, "" if it gave none or gave it to others."""
        found = self.vault.database.value("SELECT etag FROM answer WHERE address = ? AND sha256 = ?",
                                          (address, sha256))
        return str(found or "")

    def keep_etag(self, address: str, etag: str, sha256: str) -> None:
        """Keep the host's mark of these bytes; an empty one forgets what it said before."""
        with self.vault.transaction():
            self.vault.database.rows("DELETE FROM answer WHERE address = ?", (address,))
            if etag:
                self.vault.database.rows("INSERT INTO answer(address, etag, sha256) VALUES(?, ?, ?)",
                                         (address, etag, sha256))


def _entry(row: Row) -> LedgerEntry:
    at, host, address, purpose, allowed, outcome, size = row
    # A later version may have other words; the line still shows that something was asked, and of whom.
    return LedgerEntry(date_from_text(at), host, address, known(Purpose, purpose, Purpose.CREDENTIAL),
                       known(Permission, allowed, Permission.ONCE),
                       known(FetchOutcome, outcome, FetchOutcome.ASKED), size)
