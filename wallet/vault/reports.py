"""The report a credential had before: kept when a refresh replaces it, so that a learner sees what changed.

One per credential. What counts as a change is in `operations.changes`; how a report is written in `records`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wallet.model.credential import EvidenceClass
from wallet.model.evidence import EvidenceDocument
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

    def replace(self, credential_id: str, report: Report, evidence: tuple[EvidenceDocument, ...], *,
                now: datetime, since: datetime) -> None:
        """Keep a new report with its evidence, and the one it replaces as the previous one.

        Args:
            credential_id: The whole id.
            report: The new one.
            evidence: What it rests on; pinned beside the credential.
            now: When.
            since: When this pass began: a previous report that was laid by in the same pass stays, so that
                a pass which was interrupted compares with what stood before it.

        Raises:
            VaultError: CREDENTIAL_NOT_FOUND, and as `Vault.transaction`.
        """
        database = self.vault.database
        with self.vault.transaction():
            serial = serial_of(database, credential_id)
            laid_by = database.value("SELECT replaced_at FROM previous_report WHERE credential = ?",
                                     (serial,))
            if laid_by is None or date_from_text(str(laid_by)) < since:
                database.rows("INSERT INTO previous_report(credential, report, replaced_at) "
                              "SELECT serial, report, ? FROM credential WHERE serial = ? "
                              "ON CONFLICT(credential) DO UPDATE "
                              "SET report = excluded.report, replaced_at = excluded.replaced_at",
                              (date_text(now), serial))
            self.vault.set_report(credential_id, report, evidence)

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
