"""Leaving with everything: a full export that other programs can read, and taking such an export in again.

The export is encrypted under the wallet's own secrets unless it is asked for in the clear; it holds secret
keys only on an explicit wish and after the passphrase was given again. Taking in judges every credential
anew, as any import does, and then brings the rest as a merge does: nothing twice, nothing deleted.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from wallet.model.errors import OperationError
from wallet.model.limits import MAX_EXPORT_BYTES
from wallet.model.reasons import ReasonCode, reason
from wallet.model.sharing import Channel, ShareRecord
from wallet.model.stored import Changes
from wallet.vault.container import Secret
from wallet.vault.envelope import (
    MAGIC,
    demand_secret,
    is_envelope,
    read_envelope,
    write_envelope,
    write_plain,
)
from wallet.vault.exports import ExportCounts, ExportFile, export_pieces, read_export
from wallet.vault.merge import PARTS, Merged, merge
from wallet.vault.strangers import ON_TRUST
from wallet.wording.leaving import export_page

from .files import read_file
from .intake import ImportOutcome, ImportRow, import_bytes
from .logged import logged
from .progress import Progress, SilentProgress, stop_if_cancelled
from .session import Session

__all__ = ["ExportSummary", "TakenIn", "export_all", "is_own_export", "open_export", "take_in"]


_KEYS: Final = frozenset({"holder_key"})
#: What makes an issuer known: by whoever wrote the file, where nobody has proven who did.


@dataclass(frozen=True, slots=True)
class ExportSummary:
    """What an export holds.

    Attributes:
        documents: Distinct documents that verdicts rest on.
        encrypted: Whether the wallet's passphrase or recovery code is needed to read it.
        with_keys: Whether the secret keys are in it.
    """

    path: Path
    credentials: int
    documents: int
    encrypted: bool
    with_keys: bool
    size_bytes: int


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came in from an export of ours.

    Attributes:
        rows: One for each credential in it.
        merged: What came in beside the credentials.
    """

    rows: tuple[ImportRow, ...]
    merged: Merged
    changes: Changes


@logged
def export_all(session: Session, target: Path, *, plain: bool = False, keys_for: Secret | None = None,
               progress: Progress | None = None) -> ExportSummary:
    """Write everything into one archive, and note it in the log of what left.

    Args:
        session: The wallet.
        target: A file that is not there yet.
        plain: Whether the archive is readable to whoever has it.
        keys_for: The passphrase or recovery code, given again, to have the secret keys in it; None leaves
            them out.
        progress: Told once per part; cancelling leaves nothing behind.

    Raises:
        VaultError: VAULT_WRONG_PASSPHRASE and kin for `keys_for`; BACKUP_EXISTS, FOLDER_UNWRITABLE,
            DISK_FULL, VAULT_READ_ONLY; EXPORT_DAMAGED if it does not read back. Nothing is left behind then.
        CancelledError: The person stopped it.
    """
    if keys_for is not None:
        demand_secret(session.vault, keys_for)
    counts = ExportCounts()
    readme = export_page(session.now(), with_keys=keys_for is not None)
    # Closed at once, also by whoever stops it: it holds the vault's state of one moment.
    with closing(export_pieces(session.vault, readme, counts, now=session.now(),
                               with_keys=keys_for is not None)) as pieces:
        watched = _watched(pieces, len(session.vault.list()), counts, progress or SilentProgress())
        if plain:
            write_plain(target, watched)
        else:
            write_envelope(session.vault, target, watched, now=session.now())
    stored = session.vault.list()
    if not session.vault.read_only:
        ids, titles = tuple(one.id for one in stored), tuple(one.title for one in stored)
        session.vault.log_share(ShareRecord("", session.now(), Channel.ORIGINAL, "", ids, titles))
    return ExportSummary(target, counts.credentials, counts.documents, not plain, keys_for is not None,
                         target.stat().st_size)


def is_own_export(path: Path) -> bool:
    """Tell whether a file is an encrypted export of ours, by how it begins."""
    try:
        with path.open("rb") as file:
            return is_envelope(file.read(len(MAGIC)))
    except OSError:
        return False


@logged
def take_in(session: Session, source: Path, secret: Secret | None, *, with_keys: bool = False,
            progress: Progress | None = None) -> TakenIn:
    """Take an export of ours in: its credentials as an import does, the rest as a merge does.

    What stands in an archive that was not encrypted nobody has vouched for: its documents are its
    sender's word, its credentials have come today, and whom it believes, or which lists it has, is left out.

    Args:
        session: Where it comes to.
        source: The export, encrypted or not.
        secret: What opens it, of the day it was made; None for one in the clear.
        with_keys: Whether its secret keys come in, as further ones.
        progress: Told once per credential; cancelling leaves in what came in.

    Raises:
        VaultError: EXPORT_DAMAGED, VAULT_WRONG_PASSPHRASE and kin, VAULT_READ_ONLY, DISK_FULL.
        OperationError: EXPORT_LOCKED if a secret is needed and missing; as `read_file`.
        CancelledError: Between two credentials.
    """
    export = open_export(source, secret)
    watched = progress or SilentProgress()
    rows: list[ImportRow] = []
    fresh: set[str] = set()
    for number, member in enumerate(export.originals):
        stop_if_cancelled(watched)
        watched.step(number, len(export.originals), member.name)
        for row in import_bytes(session, member.data, member.name).rows:
            rows.append(row)
            if row.outcome in (ImportOutcome.ADDED, ImportOutcome.REPLACES):
                fresh.add(session.vault.get(row.credential_id).sha256)
    left_out = (frozenset() if with_keys else _KEYS) | (frozenset() if export.proven else ON_TRUST)
    parts = tuple(name for name in PARTS if name not in left_out)
    present = frozenset(one.sha256 for one in (*session.vault.list(), *session.vault.list(binned=True)))
    inside = ExportFile(export.members, export.proven, session.vault.database, present)
    merged = merge(session.vault, inside, now=session.now(), fresh=frozenset(fresh), parts=parts,
                   label=f"from an export, {session.now():%Y-%m-%d}")
    watched.step(len(export.originals), len(export.originals), "")
    touched = frozenset(row.credential_id for row in rows if row.credential_id)
    return TakenIn(tuple(rows), merged, Changes(touched, evidence=True, shares=True, settings=True))


def open_export(source: Path, secret: Secret | None) -> ExportFile:
    """Read an export of ours and find it whole; nothing comes in. Raises as `take_in`."""
    if not is_own_export(source):
        return read_export(read_file(source, max_bytes=MAX_EXPORT_BYTES), proven=False)
    if secret is None:
        raise OperationError(reason(ReasonCode.EXPORT_LOCKED, name=source.name))
    return read_export(read_envelope(source, secret, max_bytes=MAX_EXPORT_BYTES), proven=True)


def _watched(pieces: Iterator[bytes], total: int, counts: ExportCounts,
             progress: Progress) -> Iterator[bytes]:
    for piece in pieces:
        stop_if_cancelled(progress)
        progress.step(min(counts.credentials, total), total, "")
        yield piece
