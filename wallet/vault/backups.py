"""Backups and other copies of a vault: listed, opened beside the present one, compared; old ones rotated.

Opening a copy never changes it: it is unpacked, still encrypted, into a private temporary folder that goes
when it is closed. Writing and restoring one backup is in `backup`, bringing a copy's content in in `merge`.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from wallet.model.errors import VaultError
from wallet.model.limits import MAX_VAULT_HEADER_BYTES
from wallet.model.reasons import Reason, ReasonCode, reason

from .backup import private_folder, restore_backup
from .container import Secret, open_vault, opened, read_vault_header
from .header import HeaderKind, read_header, write_header
from .places import FILE_MODE, HEADER_NAME, STORE_NAME, demand_regular, replace_file, sync_folder
from .records import date_from_text
from .row_shape import demand_sound_rows
from .steps import Step, unwatched
from .store import Vault

ENDING: Final = ".vcwallet"
_CUT_OFF_S: Final = 24 * 3600
_STORE_WORD: Final = "vault"
_STORE_ENDING: Final = ".db"


@dataclass(frozen=True, slots=True)
class BackupFile:
    """A backup as it says of itself, without being opened.

    Attributes:
        path: The file.
        size_bytes: Of the file.
        vault_id: Of the vault it was made from; "" if its head cannot be read.
        created: When, by its own word, which nothing has proven yet; None if its head cannot be read.
        version: The format it was written in, (major, minor).
        generation: Of the vault at that time.
        problem: Why its head cannot be read, else None.
    """

    path: Path
    size_bytes: int
    vault_id: str = ""
    created: datetime | None = None
    version: tuple[int, int] = (0, 0)
    generation: int = 0
    problem: Reason | None = None


def look_at(path: Path) -> BackupFile:
    """Read a backup's head. Never raises for what is in the file; damage is its `problem`."""
    size = 0
    try:
        size = demand_regular(path).st_size
        with path.open("rb") as file:
            header = read_header(file.read(MAX_VAULT_HEADER_BYTES), HeaderKind.BACKUP).header
        created = date_from_text(header.backup.created) if header.backup else None
    except VaultError as error:
        newer = error.reason.code is ReasonCode.VAULT_NEWER
        return BackupFile(path, size, problem=error.reason if newer else reason(ReasonCode.BACKUP_DAMAGED))
    except (OSError, ValueError):
        return BackupFile(path, size, problem=reason(ReasonCode.BACKUP_DAMAGED))
    return BackupFile(path, size, header.vault_id, created, header.version, header.generation)


@contextmanager
def opened_copy(vault: Vault, source: Path, secret: Secret | None, *, now: datetime,
                step: Step = unwatched) -> Iterator[Vault]:
    """Open another copy beside the present vault: a backup, a vault's folder, or a copied store file.

    Args:
        vault: The present one.
        source: A `.vcwallet` file, the folder of another vault, or a file of `conflict_copies`.
        secret: Of the copy; not needed for a copied store file, which the present keys open.
        now: As `open_vault`.
        step: Told while a backup is read; what it raises stops that.

    Raises:
        VaultError: MERGE_ITSELF for the present vault; VAULT_LOCKED if a secret is needed and missing; as
            `restore_backup` and `open_vault`.
    """
    if source.is_dir():
        other = _other_folder(vault, source, secret, now)
        try:
            yield other
        finally:
            other.close()
        return
    with private_folder() as folder:
        place = folder / "vault"
        if source.suffix == _STORE_ENDING:
            other = _copied_store(vault, source, place, now)
        elif secret is None:
            raise VaultError(reason(ReasonCode.VAULT_LOCKED))
        else:
            other = restore_backup(source, place, secret, now=now, step=step)
        try:
            yield other
        finally:
            other.close()


def conflict_copies(folder: Path) -> tuple[Path, ...]:
    """Return the files that a synchronised folder made of this vault's store when two computers changed it.

    Such programs keep both by giving one a longer name: `vault (conflicted copy 2026-11-21).db`,
    `vault.sync-conflict-20261121-101500.db`, `vault-laptop.db`, `vault (1).db`.
    """
    found = []
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return ()
    for path in entries:
        name = path.name.casefold()
        if name.startswith(_STORE_WORD) and name.endswith(_STORE_ENDING) and name != STORE_NAME \
                and path.is_file() and not path.is_symlink():
            found.append(path)
    return tuple(found)


def proven(vault: Vault, files: Sequence[BackupFile]) -> tuple[BackupFile, ...]:
    """Return those whose head was written under this vault's present keys.

    Anybody can write a head that names a vault and a day. What such a file says must neither keep a backup
    from being made nor push a real one out.
    """
    return tuple(one for one in files if _is_proven(vault, one))


def surplus(files: Sequence[BackupFile], vault_id: str, *, keep: int) -> tuple[BackupFile, ...]:
    """Return the backups that need not be kept: all but the latest `keep`, and the latest of each month.

    The latest are those of the latest days, and those that hold the latest acts: the two differ where a clock
    was wrong, or where an older copy was restored. Only files whose head can be read and names this vault are
    ever surplus.
    """
    ours = sorted((one for one in files if one.vault_id == vault_id and one.created and not one.problem),
                  key=lambda one: (one.created, one.path.name), reverse=True)
    furthest = sorted(ours, key=lambda one: one.generation, reverse=True)
    kept = {*ours[:max(keep, 1)], *furthest[:max(keep, 1)]}
    months: set[tuple[int, int]] = set()
    for one in ours:
        month = (one.created.year, one.created.month) if one.created else (0, 0)
        if month not in months:
            months.add(month)
            kept.add(one)
    return tuple(one for one in ours if one not in kept)


def newest(files: Sequence[BackupFile], vault_id: str, *, before: datetime) -> BackupFile | None:
    """Return this vault's latest backup; one dated in the future does not count, or none would be made."""
    ours = [one for one in files
            if one.vault_id == vault_id and one.created and one.created <= before + timedelta(days=1)]
    return max(ours, key=lambda one: (one.created, one.path.name), default=None)


def remove(file: BackupFile) -> bool:
    """Remove one backup if it is still the file that was looked at; return whether it is gone."""
    if look_at(file.path) != file:
        return False
    try:
        file.path.unlink()
        sync_folder(file.path.parent)
    except OSError:  # a stick that was pulled, a folder that was locked: it stays, and is told as kept
        return False
    return True


def clear_interrupted(folder: Path, now: datetime) -> None:
    """Remove what backups left that were cut off in the middle, once that is a day ago.

    Each is as large as a backup, under a hidden name that no later one takes again.
    """
    try:
        found = [path for path in folder.glob(f".*{ENDING}.tmp") if path.is_file() and not path.is_symlink()]
        for path in found:
            if now.timestamp() - path.stat().st_mtime > _CUT_OFF_S:
                path.unlink()
    except OSError:  # it lies there a while longer
        return


def _is_proven(vault: Vault, file: BackupFile) -> bool:
    if file.vault_id != vault.id or file.problem:
        return False
    try:
        with file.path.open("rb") as head:
            sealed = read_header(head.read(MAX_VAULT_HEADER_BYTES), HeaderKind.BACKUP)
        sealed.demand_authentic(vault.keys)
    except (OSError, VaultError):
        return False
    return True


def _other_folder(vault: Vault, source: Path, secret: Secret | None, now: datetime) -> Vault:
    if source.resolve() == vault.folder.resolve():
        raise VaultError(reason(ReasonCode.MERGE_ITSELF))
    if secret is None:
        raise VaultError(reason(ReasonCode.VAULT_LOCKED))
    return _looked_over(open_vault(source, secret, now=now))


def _copied_store(vault: Vault, source: Path, place: Path, now: datetime) -> Vault:
    """Open a copy of the present vault's store under the present header, away from where it lies."""
    demand_regular(source)
    if source.parent.resolve() == vault.folder.resolve() and source.name == STORE_NAME:
        raise VaultError(reason(ReasonCode.MERGE_ITSELF))
    sealed = read_vault_header(vault.folder)
    sealed.demand_authentic(vault.keys)
    place.mkdir(mode=0o700)
    try:
        shutil.copyfile(source, place / STORE_NAME)
        (place / STORE_NAME).chmod(FILE_MODE)
    except OSError:
        raise VaultError(reason(ReasonCode.FILE_UNREADABLE, name=source.name)) from None
    replace_file(place / HEADER_NAME, write_header(sealed.header, vault.keys))
    return _looked_over(opened(place, sealed.header, vault.keys, now=now))


def _looked_over(other: Vault) -> Vault:
    """Return a vault that was made elsewhere once every row of it is what it has to be."""
    try:
        demand_sound_rows(other.database)
    except BaseException:
        other.close()
        raise
    return other
