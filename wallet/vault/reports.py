"""The report a credential had before: laid by when a refresh begins to judge, to tell what changed.

One per credential. What counts as a change is in `operations.changes`; how a report is written in `records`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from wallet.model.credential import EvidenceClass
from wallet.model.report import Report

from .credentials import serial_of
from .records import date_from_text, date_text, known, report_from_text
from .store import Vault


@dataclass(frozen=True, slots=True)
class PreviousReport:
    """What was said about a credential before, and when that was replaced."""

    credential_id: str
    report: Report
    replaced_at: datetime


@dataclass(frozen=True, slots=True)
class VaultReports:
    """The reports of one vault. What writes raises as `Vault.transaction`."""

    vault: Vault

    def lay_by(self, ids: Sequence[str], *, now: datetime, since: datetime | None) -> None:
        """Keep the present reports of these credentials as their previous ones, all or none.

        Args:
            ids: Whole ids.
            now: When.
            since: When a pass began that was interrupted: what it laid by stays, so that it compares with
                what stood before it. None for a new pass.

        Raises:
            VaultError: CREDENTIAL_NOT_FOUND, and as `Vault.transaction`.
        """
        database = self.vault.database
        with self.vault.transaction():
            for credential_id in ids:
                serial = serial_of(database, credential_id)
                laid_by = database.value("SELECT replaced_at FROM previous_report WHERE credential = ?",
                                         (serial,))
                if since and laid_by is not None and date_from_text(str(laid_by)) >= since:
                    continue
                database.rows("INSERT INTO previous_report(credential, report, replaced_at) "
                              "SELECT serial, report, ? FROM credential WHERE serial = ? "
                              "ON CONFLICT(credential) DO UPDATE "
                              "SET report = excluded.report, replaced_at = excluded.replaced_at",
                              (date_text(now), serial))

    def previous(self) -> tuple[PreviousReport, ...]:
        """Return the previous report of everything in the library that has one."""
        rows = self.vault.database.rows(
            "SELECT credential.id, previous_report.report, replaced_at, evidence_class FROM previous_report "
            "JOIN credential ON credential.serial = previous_report.credential "
            "WHERE binned_at IS NULL ORDER BY credential.serial DESC")
        return tuple(
            PreviousReport(credential_id,
                           report_from_text(text, known(EvidenceClass, word, EvidenceClass.DOCUMENT)),
                           date_from_text(replaced_at))
            for credential_id, text, replaced_at, word in rows)
