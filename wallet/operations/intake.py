"""Importing: what a person drops in becomes a kept, judged credential.

What is read (`reading`) is written in batches, one transaction each: a row is acknowledged only after its
batch is safely on disk, and cancelling keeps what was done. Many files are read and judged by several
processes; this one writes. Whatever can be read is kept, with its verdict plainly marked; what cannot be
read names the reason and changes nothing.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, unique
from itertools import chain
from pathlib import Path
from typing import Final

from wallet.formats.linkedin_export import is_linkedin_export
from wallet.model.errors import CancelledError
from wallet.model.reasons import Reason
from wallet.model.report import Report
from wallet.model.stored import Changes
from wallet.proofs.known_seals import KnownSeals
from wallet.vault.store import AddOutcome

from .containers import contained
from .files import walk
from .inputs import Input, Names, inputs_from_bytes, inputs_from_paths
from .logged import logged
from .parallel import in_processes
from .progress import Progress, SilentProgress
from .reading import (
    ReadInput,
    ReadItem,
    new_record,
    portable_reader,
    reader_for,
    used_documents,
)
from .seals import keep_seals
from .session import Session

__all__ = ["ImportOutcome", "ImportRow", "ImportSummary", "import_bytes", "import_each", "import_inputs",
           "import_paths", "new_record", "used_documents"]

#: More files than these are worth the second that other processes take to begin.
MANY_FILES: Final = 256
_MOST_JOBS: Final = 4  # one process writes, and more of them would wait for it
#: A batch ends with whichever comes first, so that nobody waits long for a word or for the wallet.
_BATCH_INPUTS: Final = 256
_BATCH_SECONDS: Final = 0.25


@unique
class ImportOutcome(StrEnum):
    """What became of one credential."""

    ADDED = "added"
    KNOWN = "known"  # the same bytes are already here
    REPLACES = "replaces"  # same issuer and id as an older one; both are kept
    REFUSED = "refused"  # could not be read; nothing was changed
    LEFT_OUT = "left_out"  # a part of an export that nobody needs here, named all the same
    WOULD_ADD = "would_add"  # a dry run


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One line of the import review.

    Attributes:
        name: The file's name; untrusted text.
        credential_id: The wallet's own id, "" if nothing was kept.
        replaced_id: The older one beside it, "" if none.
        reason: Why it was refused, else None.
        report: The verdict, where there is one.
    """

    name: str
    outcome: ImportOutcome
    credential_id: str = ""
    title: str = ""
    issuer: str = ""
    replaced_id: str = ""
    reason: Reason | None = None
    report: Report | None = None


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """Everything one import did.

    Attributes:
        cancelled: Whether the person stopped it; what was done stays done.
    """

    rows: tuple[ImportRow, ...]
    changes: Changes
    cancelled: bool = False

    def count(self, outcome: ImportOutcome) -> int:
        """Return how many rows ended so."""
        return sum(row.outcome is outcome for row in self.rows)


@logged
def import_paths(session: Session, paths: Sequence[Path], *, progress: Progress | None = None,
                 dry_run: bool = False) -> ImportSummary:
    """Import files and everything in folders. Never raises for a file; cancelling keeps what is done.

    Raises:
        VaultError: The vault cannot be written (DISK_FULL, VAULT_READ_ONLY, …); finished files stay.
    """
    return _summary(import_each(session, paths, progress=progress, dry_run=dry_run))


def import_each(session: Session, paths: Sequence[Path], *, progress: Progress | None = None,
                dry_run: bool = False) -> Iterator[ImportRow]:
    """Import one file after another; a row that comes out is safely on disk.

    Raises:
        CancelledError: When the person has asked to stop; what was read by then is kept.
        VaultError: As `import_paths`.
    """
    watched = progress or SilentProgress()
    files = tuple(walk(paths))
    reader = portable_reader(session) if len(files) > MANY_FILES and _jobs() > 1 else None
    if reader is None:
        yield from _imported(session, inputs_from_paths(paths, watched), dry_run=dry_run)
    else:
        names = Names.among(paths)
        yield from _kept(session, in_processes(reader, files, _jobs(), watched, names=names), dry_run=dry_run)


@logged
def import_bytes(session: Session, data: bytes, name: str, *, dry_run: bool = False) -> ImportSummary:
    """Import pasted text, a dropped picture or standard input. Raises as `import_paths`."""
    inputs = inputs_from_bytes(data, name)
    return _summary(import_inputs(session, inputs, dry_run=dry_run))


@logged
def import_inputs(session: Session, inputs: Iterable[Input], *, dry_run: bool = False) -> Iterator[ImportRow]:
    """Import what was taken out of a file already. Raises as `import_paths`."""
    yield from _imported(session, inputs, dry_run=dry_run)


def _jobs() -> int:
    return min(os.cpu_count() or 1, _MOST_JOBS)


def _imported(session: Session, inputs: Iterable[Input], *, dry_run: bool) -> Iterator[ImportRow]:
    """Read and judge in this process."""
    yield from _kept(session, reader_for(session).answers(inputs), dry_run=dry_run)


def _summary(arriving: Iterable[ImportRow]) -> ImportSummary:
    rows: list[ImportRow] = []
    cancelled = False
    try:
        rows.extend(arriving)
    except CancelledError:
        cancelled = True
    touched = {ident for row in rows for ident in (row.credential_id, row.replaced_id) if ident}
    return ImportSummary(tuple(rows), Changes(frozenset(touched), evidence=bool(touched)), cancelled)


def _kept(session: Session, arriving: Iterator[ReadInput], *, dry_run: bool) -> Iterator[ImportRow]:
    """Keep what was read, batch after batch; a row comes out when its batch is on the disk."""
    batch: list[ReadInput] = []
    begun = time.monotonic()
    try:
        for one in arriving:
            if one.whole is not None:
                yield from _written(session, batch, dry_run=dry_run)
                yield from _taken_apart(session, one.whole, dry_run=dry_run)
                batch = []
            else:
                batch.append(one)
            if len(batch) >= _BATCH_INPUTS or time.monotonic() - begun > _BATCH_SECONDS:
                yield from _written(session, batch, dry_run=dry_run)
                batch, begun = [], time.monotonic()
    except CancelledError:
        yield from _written(session, batch, dry_run=dry_run)
        raise
    yield from _written(session, batch, dry_run=dry_run)


def _taken_apart(session: Session, whole: Input, *, dry_run: bool) -> Iterator[ImportRow]:
    """Import an input that holds more than one answer can carry, or that is kept in a way of its own."""
    if is_linkedin_export(whole.data):
        from .linkedin_import import import_export  # noqa: PLC0415 - it keeps entries, which build on this

        yield from import_export(session, whole.data, dry_run=dry_run)
        return
    reader = reader_for(session)
    yield from _kept(session, map(reader.read, contained([whole])), dry_run=dry_run)


def _written(session: Session, batch: Sequence[ReadInput], *, dry_run: bool) -> list[ImportRow]:
    items = [(one.name, item) for one in batch for item in one.items]
    if dry_run or not any(item.record for _, item in items):
        return [_row(name, item, ImportOutcome.WOULD_ADD) for name, item in items]
    with session.vault.transaction():
        arrived = session.arrival()
        rows = [_keep(session, name, item, arrived) for name, item in items]
        keep_seals(session, KnownSeals(lambda _: None, dict(chain.from_iterable(
            item.learned.items() for _, item in items))))
    return [_dated(session, row, item) for row, (_, item) in zip(rows, items, strict=True)]


def _keep(session: Session, name: str, item: ReadItem, arrived: datetime) -> ImportRow:
    if item.record is None:
        return _row(name, item, ImportOutcome.REFUSED)
    added = session.vault.add(item.record, now=arrived)
    outcome = {AddOutcome.ADDED: ImportOutcome.ADDED, AddOutcome.KNOWN: ImportOutcome.KNOWN,
               AddOutcome.REPLACES: ImportOutcome.REPLACES}[added.outcome]
    return _row(name, item, outcome, added.id, added.other)


def _row(name: str, item: ReadItem, outcome: ImportOutcome, credential_id: str = "",
         replaced_id: str = "") -> ImportRow:
    record = item.record
    if record is None:
        return ImportRow(name, ImportOutcome.REFUSED, reason=item.problem)
    return ImportRow(name, outcome, credential_id, record.title, record.issuer_name or record.issuer_id,
                     replaced_id, None, record.report)


def _dated(session: Session, row: ImportRow, item: ReadItem) -> ImportRow:
    """Judge again, knowing since when the bytes are here, what was judged without knowing that."""
    if row.outcome is not ImportOutcome.KNOWN or item.dated or item.record is None:
        return row
    again = reader_for(session).read(Input(row.name, item.record.original.data))
    same = (one for one in again.items if one.record and one.record.sha256 == item.record.sha256)
    found = next(same, item)
    return _row(row.name, found, row.outcome, row.credential_id, row.replaced_id)
