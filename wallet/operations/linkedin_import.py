"""A member's own LinkedIn export: a tick list of what she said there, taken over as statements of her own.

Certifications become statements with their links: what LinkedIn keeps of a certificate is a line that its
member typed, whoever awarded it. What is not taken over is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from wallet.formats.linkedin_export import LinkedInExport, LinkedInRow, Table, read_linkedin_export
from wallet.model.errors import OperationError, WalletError
from wallet.model.stored import Changes

from .documents import add_statement
from .files import read_file
from .intake import ImportOutcome, ImportRow
from .progress import Progress, SilentProgress, stop_if_cancelled
from .session import Session

__all__ = ["LinkedInExport", "LinkedInRow", "Table", "Taken", "import_export", "offer_linkedin",
           "take_linkedin"]

_SOURCE = "linkedin"


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken over."""

    rows: tuple[ImportRow, ...]
    changes: Changes


def offer_linkedin(path: Path) -> LinkedInExport:
    """Return the tick list of an export, and what of it cannot be taken over. Nothing is kept.

    Raises:
        OperationError: FILE_MISSING and kin.
        FormatError: EXPORT_FOREIGN, PACK_DAMAGED and kin.
    """
    return read_linkedin_export(read_file(path))


def take_linkedin(session: Session, chosen: Sequence[LinkedInRow], *,
                  progress: Progress | None = None) -> Taken:
    """Take over what was ticked; the same line twice is kept once.

    Raises:
        CancelledError: Between two lines; what was taken over stays.
        VaultError: As `Vault.transaction`.
    """
    watched = progress or SilentProgress()
    rows = []
    for number, row in enumerate(chosen):
        stop_if_cancelled(watched)
        watched.step(number, len(chosen), row.details.title)
        try:
            rows.append(add_statement(session, row.details, source=_SOURCE))
        except OperationError as error:
            rows.append(ImportRow(row.details.title, ImportOutcome.REFUSED, reason=error.reason))
    watched.step(len(chosen), len(chosen), "")
    return Taken(tuple(rows), Changes(frozenset(one.credential_id for one in rows if one.credential_id)))


def import_export(session: Session, data: bytes, *, dry_run: bool = False) -> tuple[ImportRow, ...]:
    """Take over everything an export holds, in one transaction; what is left out is told line by line."""
    try:
        export = read_linkedin_export(data)
    except WalletError as error:
        return (ImportRow("LinkedIn", ImportOutcome.REFUSED, reason=error.reason),)
    left = tuple(ImportRow(why["name"], ImportOutcome.LEFT_OUT, reason=why) for why in export.left_out)
    if dry_run:
        would = ImportOutcome.WOULD_ADD
        return (*(ImportRow(one.details.title, would, title=one.details.title, issuer=one.details.issuer)
                  for one in export.rows), *left)
    with session.vault.transaction():
        taken = take_linkedin(session, export.rows)
    return (*taken.rows, *left)
