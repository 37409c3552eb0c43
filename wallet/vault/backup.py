"""One encrypted file with everything in it: written, opened again and verified; tested; restored.

A `.vcwallet` file is the header of a vault (kind `backup`, the same slots, so the same passphrase or
recovery code opens it) and the store in authenticated chunks (`chunks`). What is inside the chunks is
still encrypted under the store's own key: no plain byte is ever written anywhere, the temporary copies
included. Restoring makes a new folder and never writes over a vault.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

from wallet.model.errors import VaultError
from wallet.model.limits import MAX_VAULT_HEADER_BYTES
from wallet.model.reasons import ReasonCode, reason

from .chunks import CHUNK_BYTES, seal, unseal
from .cipher import SALT_BYTES, VaultKeys, chunk_key
from .container import Secret, new_place, opened, read_vault_header, unlock
from .credentials import count_credentials
from .database import Access, Database
from .header import BackupFields, Header, HeaderKind, SealedHeader, SlotType, read_header, write_header
from .integrity import demand_sound_store
from .locks import lock_file
from .places import (
    COPY_LOCK_NAME,
    COPY_NAME,
    FILE_MODE,
    HEADER_NAME,
    STORE_NAME,
    demand_free,
    give_name,
    make_private_file,
    remove_store,
    replace_file,
    sync_file,
    writing_error,
)
from .records import date_from_text, date_text
from .row_shape import demand_sound_rows
from .schema import demand_own_store, generation
from .steps import WHOLE, Step, part, unwatched
from .store import Vault

_RENAMED: Final = {ReasonCode.VAULT_DAMAGED: ReasonCode.BACKUP_DAMAGED,
                   ReasonCode.VAULT_FOREIGN: ReasonCode.BACKUP_DAMAGED}
_BINARY: Final = getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class BackupSummary:
    """What a backup holds, after all of it was read.

    Attributes:
        path: The file.
        vault_id: Of the vault it was made from.
        created: When.
        credentials: How many are in the library.
        binned: How many are in the bin.
        generation: Of the vault at that time; a higher one is newer.
        size_bytes: Of the file.
    """

    path: Path
    vault_id: str
    created: datetime
    credentials: int
    binned: int
    generation: int
    size_bytes: int


@dataclass(frozen=True, slots=True)
class _Outside:
    """What a backup is wrapped in: the bytes of its header, and the key of its chunks."""

    header: bytes
    key: bytes = field(repr=False)


def write_backup(vault: Vault, target: Path, *, now: datetime, step: Step = unwatched) -> BackupSummary:
    """Write a backup while the vault stays open, and return only after reading it back whole.

    Raises:
        VaultError: BACKUP_EXISTS, VAULT_BUSY (another backup is being written), FOLDER_UNWRITABLE,
            DISK_FULL, VAULT_DAMAGED, VAULT_NEWER; BACKUP_DAMAGED
            if what was read back is not what was written: the file is removed then. What `step` raises
            stops it, and nothing is left.
    """
    demand_free(target)
    keys = vault.keys
    current = read_vault_header(vault.folder)
    current.demand_authentic(keys)
    _refuse_newer(current)
    fields = BackupFields(date_text(now), os.urandom(SALT_BYTES))
    with _snapshot(vault, target.parent, keys, part(step, 0, 20)) as copy:
        summary = _counted(copy, current.header, fields, keys, target)
        # Quick unlock belongs to one computer and one folder.
        header = replace(current.header.without(SlotType.KEYCHAIN), generation=summary.generation,
                         backup=fields, moving="")
        with ThreadPoolExecutor(1) as beside:
            # Two readers of one copy: while one looks it over, the other writes it down.
            sound = beside.submit(_demand_sound, copy, keys)
            outside = _Outside(write_header(header, keys), chunk_key(keys.backup, fields.salt))
            size = _write(copy, target, outside, keys, sound.result, part(step, 20, WHOLE))
    return replace(summary, size_bytes=size)


def check_backup(source: Path, secret: Secret, step: Step = unwatched) -> BackupSummary:
    """Open a backup, read all of it and look its store over. Writes nothing but an encrypted temporary copy.

    Raises:
        VaultError: FILE_MISSING, BACKUP_DAMAGED, VAULT_NEWER, VAULT_WRONG_PASSPHRASE,
            VAULT_WRONG_RECOVERY_CODE, RECOVERY_CODE_TYPO, DISK_FULL.
    """
    with _opened_backup(source, secret) as (sealed, fields, keys, file), private_folder() as folder:
        copy = folder / STORE_NAME
        _unpack(file, copy, chunk_key(keys.backup, fields.salt), part(step, 0, 60))
        summary = _summary(copy, sealed.header, fields, keys, source, part(step, 60, WHOLE))
    return replace(summary, size_bytes=source.stat().st_size)


def restore_backup(source: Path, folder: Path, secret: Secret, *, now: datetime,
                   step: Step = unwatched) -> Vault:
    """Make a vault from a backup in a new folder, and open it.

    Raises:
        VaultError: As `check_backup`; VAULT_EXISTS, VAULT_UNSAFE_PLACE, FOLDER_UNWRITABLE. Nothing is left
            behind then.
    """
    with _opened_backup(source, secret) as (sealed, fields, keys, file), new_place(folder) as place:
        store = place / STORE_NAME
        _unpack(file, store, chunk_key(keys.backup, fields.salt), part(step, 0, 60))
        _summary(store, sealed.header, fields, keys, source, part(step, 60, WHOLE))
        header = replace(sealed.header, backup=None)
        replace_file(place / HEADER_NAME, write_header(header, keys))
    return opened(place, header, keys, now=now)


@contextmanager
def private_folder() -> Iterator[Path]:
    """Give a folder for encrypted copies that only this user can read; it goes at the end.

    Raises:
        VaultError: DISK_FULL, FOLDER_UNWRITABLE.
    """
    try:
        made = tempfile.TemporaryDirectory(prefix="wallet-", ignore_cleanup_errors=True)
    except OSError as error:
        raise writing_error(Path("temporary", "copy"), error) from None
    with made as folder:
        yield Path(folder)


@contextmanager
def _snapshot(vault: Vault, beside: Path, keys: VaultKeys, step: Step) -> Iterator[Path]:
    """Give an encrypted copy of the store at one moment, in the vault's folder if that can be written."""
    with ExitStack() as open_until_done:
        if vault.read_only:
            copy = beside / f".{COPY_NAME}-{secrets.token_hex(4)}"
        else:
            copy = vault.folder / COPY_NAME
            # One backup at a time: what lies there under the lock is left from one that was interrupted.
            open_until_done.enter_context(lock_file(vault.folder / COPY_LOCK_NAME))
            remove_store(copy)
        make_private_file(copy)
        open_until_done.callback(remove_store, copy)
        vault.database.copy_to(copy, keys.database, step)
        yield copy


def _write(copy: Path, target: Path, outside: _Outside, keys: VaultKeys, demand: Callable[[], None],
           step: Step) -> int:
    """Write header and chunks beside the target, onto the disk, read all back, rename; return the size.

    What `demand` raises stops it too before the file has its name.
    """
    temporary = target.with_name(f".{target.name}.tmp")
    try:
        temporary.unlink(missing_ok=True)
        digest = _write_chunks(copy, temporary, outside, part(step, 0, 60))
        _demand_written(temporary, keys, digest, part(step, 60, WHOLE))
        demand()
        size = temporary.stat().st_size
        give_name(temporary, target)
    except OSError as error:
        raise writing_error(target, error) from None
    finally:
        with suppress(OSError):  # the next backup of that name removes it
            temporary.unlink(missing_ok=True)
    return size


def _write_chunks(copy: Path, temporary: Path, outside: _Outside, step: Step) -> str:
    """Write a new file onto the disk and return the digest of what is inside."""
    digest = hashlib.sha256()
    descriptor = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY, FILE_MODE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(outside.header)
        seal(_pieces(copy, digest.update, step), file, outside.key)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def _demand_written(temporary: Path, keys: VaultKeys, digest: str, step: Step) -> None:
    try:
        if _digest_of(temporary, keys, step) != digest:
            raise _damaged("content")
    except OSError:  # the stick was pulled
        raise _damaged("unreadable") from None


def _pieces(path: Path, note: Callable[[bytes], None], step: Step) -> Iterator[bytes]:
    size = path.stat().st_size
    with path.open("rb") as file:
        while piece := file.read(CHUNK_BYTES):
            note(piece)
            step(file.tell(), size)
            yield piece


def _digest_of(target: Path, keys: VaultKeys, step: Step) -> str:
    """Read a backup from the disk, every chunk, and return the digest of what is inside."""
    size = target.stat().st_size
    with target.open("rb") as file:
        sealed, fields = _backup_header(file)
        sealed.demand_authentic(keys)
        digest = hashlib.sha256()
        for piece in unseal(file, chunk_key(keys.backup, fields.salt)):
            digest.update(piece)
            step(file.tell(), size)
    return digest.hexdigest()


@contextmanager
def _opened_backup(source: Path, secret: Secret) -> Iterator[tuple[SealedHeader, BackupFields, VaultKeys,
                                                                   BinaryIO]]:
    try:
        file = source.open("rb") if source.is_file() else None
    except OSError:
        raise VaultError(reason(ReasonCode.FILE_UNREADABLE, name=source.name)) from None
    if file is None:
        raise VaultError(reason(ReasonCode.FILE_MISSING, name=source.name))
    with file, _named_as_backup():
        sealed, fields = _backup_header(file)
        _refuse_newer(sealed)
        _, keys = unlock(sealed, secret)
        yield sealed, fields, keys, file


def _backup_header(file: BinaryIO) -> tuple[SealedHeader, BackupFields]:
    """Read the header and leave the file at the first chunk."""
    sealed = read_header(file.read(MAX_VAULT_HEADER_BYTES), HeaderKind.BACKUP)
    if sealed.header.backup is None:
        raise _damaged("header")
    file.seek(sealed.length)
    return sealed, sealed.header.backup


@contextmanager
def _named_as_backup() -> Iterator[None]:
    """Say *backup* where the rooms below say *vault*: the person still has the vault, or never had it."""
    try:
        yield
    except VaultError as error:
        code = _RENAMED.get(error.reason.code)
        if code is None:
            raise
        raise VaultError(replace(error.reason, code=code)) from None


def _unpack(file: BinaryIO, store: Path, key: bytes, step: Step) -> None:
    make_private_file(store)
    try:
        with store.open("r+b") as target:
            size = os.fstat(file.fileno()).st_size
            for piece in unseal(file, key):
                target.write(piece)
                step(file.tell(), size)
        sync_file(store)
    except OSError as error:
        raise writing_error(store, error) from None


def _summary(copy: Path, header: Header, fields: BackupFields, keys: VaultKeys, path: Path,
             step: Step) -> BackupSummary:
    """Open a copy of the store, look over all of it and count."""
    _demand_sound(copy, keys, step)
    with _read(copy, keys) as database:
        demand_own_store(database, header.vault_id)
        demand_sound_rows(database)  # only who has the key can have written it, and that may be somebody else
    return _counted(copy, header, fields, keys, path)


def _counted(copy: Path, header: Header, fields: BackupFields, keys: VaultKeys, path: Path) -> BackupSummary:
    try:
        created = date_from_text(fields.created)
    except ValueError:
        raise _damaged("header") from None
    with _read(copy, keys) as database:
        demand_own_store(database, header.vault_id)
        kept, binned = (count_credentials(database, binned=away) for away in (False, True))
        return BackupSummary(path, header.vault_id, created, kept, binned, generation(database), 0)


def _demand_sound(copy: Path, keys: VaultKeys, step: Step = unwatched) -> None:
    with _read(copy, keys) as database:
        demand_sound_store(database, step)


@contextmanager
def _read(copy: Path, keys: VaultKeys) -> Iterator[Database]:
    database = Database(copy, keys.database, Access(read_only=True, immutable=True))
    try:
        yield database
    finally:
        database.close()


def _refuse_newer(sealed: SealedHeader) -> None:
    # What a later version added to the header would be lost on the way.
    if sealed.header.newer:
        raise VaultError(reason(ReasonCode.VAULT_NEWER, found=".".join(map(str, sealed.header.version))))


def _damaged(what: str) -> VaultError:
    return VaultError(reason(ReasonCode.BACKUP_DAMAGED, what=what))
