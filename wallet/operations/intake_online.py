"""Importing with leave to ask the web: addresses beside files, and whatever the imported credentials want.

Everything is imported first, as offline; then what is missing is asked for in one go, and what came in is
judged again. A host that does not answer takes nothing away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from wallet.model.errors import CancelledError, FormatError
from wallet.model.stored import Changes

from .addresses import bring_address
from .intake import ImportOutcome, ImportRow, ImportSummary, import_bytes, import_paths
from .logged import logged
from .lookups import fetch_and_look_up
from .network import Door, FetchError
from .online import FetchSummary
from .progress import Progress, SilentProgress, stop_if_cancelled
from .session import Session


@dataclass(frozen=True, slots=True)
class OnlineImport:
    """What was imported, and what was asked for it."""

    imported: ImportSummary
    asked: FetchSummary


@logged
def import_online(session: Session, files: Sequence[Path], addresses: Sequence[str], door: Door, *,
                  pasted: bytes = b"", progress: Progress | None = None) -> OnlineImport:
    """Import files, addresses and pasted text, and fetch what their checks want.

    Never raises for a file or an address; stopping keeps what is done.

    Raises:
        VaultError: The vault cannot be written; what was finished stays.
    """
    watched = progress or SilentProgress()
    rows: list[ImportRow] = []
    cancelled = False
    if pasted:
        rows += import_bytes(session, pasted, "standard input").rows
    if files:
        summary = import_paths(session, files, progress=watched)
        rows += summary.rows
        cancelled = summary.cancelled
    try:
        for address in () if cancelled else addresses:
            stop_if_cancelled(watched)
            rows += _brought(session, address, door)
    except CancelledError:
        cancelled = True
    ids = list(dict.fromkeys(row.credential_id for row in rows if row.credential_id))
    asked = FetchSummary() if cancelled else fetch_and_look_up(session, ids, door, progress=watched)
    told = tuple(judged_now(session, row) for row in rows)
    touched = {ident for row in told for ident in (row.credential_id, row.replaced_id) if ident}
    changes = Changes(frozenset(touched), evidence=bool(touched))
    return OnlineImport(ImportSummary(told, changes, cancelled or asked.cancelled), asked)


def _brought(session: Session, address: str, door: Door) -> Sequence[ImportRow]:
    try:
        brought = bring_address(session, address, door)
    except (FetchError, FormatError) as error:
        return [ImportRow(address, ImportOutcome.REFUSED, reason=error.reason)]
    if brought.rows:
        return brought.rows
    return [ImportRow(address, ImportOutcome.REFUSED, title=brought.page, reason=brought.problem)]


def judged_now(session: Session, row: ImportRow) -> ImportRow:
    """Return the row with the verdict as it is by now."""
    if not row.credential_id:
        return row
    return replace(row, report=session.vault.get(row.credential_id).report)
