"""Importing where the learner wants what is no credential too: as documents, which never count as checked.

A file or a page that holds a credential is imported as that. Anything else that can be read is kept as a
document: a file as it came, a page as its link. What is not there, empty or too large stays refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from wallet.formats.badge_page import clean_address
from wallet.model.errors import CancelledError, FormatError, OperationError
from wallet.model.stored import Changes

from .addresses import bring_address
from .documents import Details, add_link, keep_document
from .files import read_file, walk
from .hosted import Brought
from .intake import ImportOutcome, ImportRow, ImportSummary, import_bytes, import_paths
from .intake_online import OnlineImport, judged_now
from .lookups import fetch_and_look_up
from .network import Door, FetchError
from .online import FetchSummary
from .progress import Progress, SilentProgress, stop_if_cancelled
from .session import Session

__all__ = ["import_or_keep", "keep_brought"]


def import_or_keep(session: Session, files: Sequence[Path], addresses: Sequence[str] = (), *,
                   pasted: bytes = b"", door: Door | None = None, dry_run: bool = False,
                   progress: Progress | None = None) -> OnlineImport:
    """Import files, addresses and pasted text; keep as documents what holds no credential.

    Args:
        session: The opened wallet.
        files: Files and folders.
        addresses: Web addresses.
        pasted: Standard input.
        door: By whose leave pages are asked; None to ask nobody, and keep the links.
        dry_run: Only say what would happen.
        progress: Is told, and asked whether to stop.

    Raises:
        VaultError: The vault cannot be written; what was finished stays.
    """
    watched = progress or SilentProgress()
    rows: list[ImportRow] = []
    cancelled = False
    try:
        if pasted:
            found = import_bytes(session, pasted, "standard input", dry_run=dry_run).rows
            rows += _or_document(session, found, pasted, "standard input", dry_run=dry_run)
        for path in walk(files):
            stop_if_cancelled(watched)
            found = import_paths(session, [path], progress=watched, dry_run=dry_run).rows
            rows += _or_document(session, found, path, path.name, dry_run=dry_run)
        for address in addresses:
            stop_if_cancelled(watched)
            rows += _page(session, address, door, dry_run=dry_run)
    except CancelledError:
        cancelled = True
    ids = list(dict.fromkeys(row.credential_id for row in rows if row.credential_id))
    asked = FetchSummary() if cancelled or door is None else fetch_and_look_up(session, ids, door,
                                                                               progress=watched)
    told = tuple(judged_now(session, row) for row in rows)
    touched = {ident for row in told for ident in (row.credential_id, row.replaced_id) if ident}
    changes = Changes(frozenset(touched), evidence=bool(touched))
    return OnlineImport(ImportSummary(told, changes, cancelled or asked.cancelled), asked)


def keep_brought(session: Session, brought: Brought, said: Details | None = None) -> ImportRow:
    """Keep as a document what an address answered with: its file where one came, else its link.

    Raises:
        FormatError: ADDRESS_UNREADABLE, ADDRESS_CREDENTIALS.
        VaultError: As `Vault.transaction`.
    """
    if brought.data:
        kept = keep_document(session, brought.data, brought.name, said, more_links=(brought.address,))
        return kept.row
    return add_link(session, brought.address, said or Details(title=brought.page))


def _or_document(session: Session, rows: Sequence[ImportRow], source: Path | bytes, name: str, *,
                 dry_run: bool) -> Iterable[ImportRow]:
    """Return the rows, or that of a document where nothing in them could be kept."""
    if not rows or any(row.outcome is not ImportOutcome.REFUSED for row in rows):
        return rows
    try:
        data = read_file(source) if isinstance(source, Path) else source
    except OperationError:  # it is not there, or too large: the row says so
        return rows
    if not data:
        return rows
    if dry_run:
        return [ImportRow(name, ImportOutcome.WOULD_ADD, title=name)]
    return [keep_document(session, data, name).row]


def _page(session: Session, address: str, door: Door | None, *, dry_run: bool) -> Iterable[ImportRow]:
    try:
        if dry_run:
            return [ImportRow(address, ImportOutcome.WOULD_ADD, title=clean_address(address))]
        if door is None:
            return [add_link(session, address)]
        brought = bring_address(session, address, door)
    except (FetchError, FormatError) as error:
        return [ImportRow(address, ImportOutcome.REFUSED, reason=error.reason)]
    if any(row.outcome is not ImportOutcome.REFUSED for row in brought.rows):
        return brought.rows
    return [keep_brought(session, brought)]
