"""A vault as a folder: making one and opening one.

Making and opening are different functions: opening never makes anything, so an empty or a missing file can
never pass for an empty vault. The folder holds `vault.head` (how to get at the data key), `vault.db` (the
encrypted store, with the log beside it while it is open) and `vault.lock` (the window's lock). What else
may lie there for a while is named in `places`; all of it is encrypted or empty. Another passphrase or code
is `slots`, another data key `rotation`.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from wallet.model.errors import VaultError
from wallet.model.reasons import Reason, ReasonCode, reason

from .belongings import make_holder_key
from .cipher import KEY_BYTES, KdfParameters, VaultKeys, tuned_parameters, vault_keys
from .database import PAGE_BYTES, PLAIN_SQLITE, Access, Database
from .header import FORMAT_VERSION, Header, write_header
from .integrity import demand_sound_store
from .locks import FileLock, acquire_window_lock, lock_file
from .moving import clear_mark, finish_move, remove_unmoved, store_of
from .places import (
    BEFORE_NAME,
    COPY_LOCK_NAME,
    HEADER_NAME,
    STORE_NAME,
    UNFINISHED_NAME,
    WRITER_LOCK_NAME,
    demand_regular,
    make_folder,
    make_private_file,
    remove_file,
    remove_store,
    replace_file,
    safe_folder,
    sync_file,
    sync_folder,
    tighten_files,
    vault_exists,
    writable,
)
from .records import date_from_text
from .recovery import new_entropy, recovery_text
from .schema import MIGRATIONS, create_schema, demand_own_store, generation, migrate, store_version
from .store import Vault
from .surroundings import shared_place
from .unlocking import (
    Passphrase,
    QuickUnlock,
    RecoveryCode,
    Secret,
    passphrase_slot,
    read_vault_header,
    recovery_slot,
    unlock,
)

__all__ = ["Created", "FileLock", "KdfParameters", "Passphrase", "QuickUnlock", "RecoveryCode", "Secret",
           "acquire_window_lock", "create_vault", "new_place", "open_vault", "opened", "read_vault_header",
           "unlock", "vault_exists"]

_log = logging.getLogger(__name__)
_VAULT_ID_BYTES: Final = 16
#: A clock this much behind the newest record was set back.
_CLOCK_TOLERANCE: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Created:
    """A new vault.

    Attributes:
        vault: Opened.
        recovery_code: Exists nowhere else; shown once, to be printed.
    """

    vault: Vault
    recovery_code: str = field(repr=False)


def create_vault(folder: Path, passphrase: str, *, now: datetime, kdf: KdfParameters | None = None,
                 vfs: str = "") -> Created:
    """Make a new vault with a holder key, and open it.

    Args:
        folder: Its own folder; made if need be.
        passphrase: Taken as it is, in any Unicode form; its strength is the caller's business.
        now: When the holder key is made.
        kdf: Cost of a guess; None measures this machine.
        vfs: Another file layer below the encryption, for fault injection.

    Raises:
        VaultError: PASSPHRASE_EMPTY, VAULT_EXISTS, VAULT_BUSY, VAULT_UNSAFE_PLACE, FOLDER_UNWRITABLE,
            DISK_FULL. Nothing is left behind then.
    """
    if not passphrase:
        raise VaultError(reason(ReasonCode.PASSPHRASE_EMPTY))
    data_key, entropy = os.urandom(KEY_BYTES), new_entropy()
    vault_id, keys = os.urandom(_VAULT_ID_BYTES).hex(), vault_keys(data_key)
    with new_place(folder) as place:
        slots = (passphrase_slot(data_key, vault_id, passphrase, kdf or tuned_parameters()),
                 recovery_slot(data_key, vault_id, entropy))
        store = place / STORE_NAME
        make_private_file(store)
        database = Database(store, keys.database, Access(vfs=vfs))
        try:
            with database.transaction():
                create_schema(database, vault_id)
                make_holder_key(database, now)
            database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
            _demand_encrypted(store)
            header = Header(FORMAT_VERSION, vault_id, generation(database), slots)
            replace_file(place / HEADER_NAME, write_header(header, keys))
        except BaseException:
            database.close()
            raise
    return Created(Vault(place, vault_id, database, keys), recovery_text(entropy))


def open_vault(folder: Path, secret: Secret, *, now: datetime, vfs: str = "") -> Vault:
    """Open an existing vault. Never makes one.

    Opens without writing where the place cannot be written or a newer minor version wrote it.

    Args:
        folder: Where it lies.
        secret: Passphrase or recovery code.
        now: To notice a clock that was set back.
        vfs: Another file layer below the encryption, for fault injection.

    Raises:
        VaultError: VAULT_MISSING, VAULT_DAMAGED, VAULT_WRONG_PASSPHRASE, VAULT_WRONG_RECOVERY_CODE,
            RECOVERY_CODE_TYPO, VAULT_NEWER, VAULT_FOREIGN, VAULT_UNSAFE_PLACE, VAULT_READ_ONLY,
            VAULT_BUSY, VAULT_MEMORY.
    """
    place = safe_folder(folder)
    sealed = read_vault_header(place)
    _, keys = unlock(sealed, secret)
    return opened(place, sealed.header, keys, now=now, vfs=vfs)


def opened(place: Path, header: Header, keys: VaultKeys, *, now: datetime, vfs: str = "") -> Vault:
    """Open the store that belongs to an authentic header. Raises as `open_vault`."""
    finish_move(place, header)
    store = store_of(place, header)
    links = _demand_whole(store)
    tighten_files(place)
    read_only = header.newer or links > 1 or not writable(place)
    shared = shared_place(place)
    with ExitStack() as if_it_fails:
        hold = None
        if shared and not read_only:  # where locks and logs cannot be relied on: one program at a time
            hold = lock_file(place / WRITER_LOCK_NAME)
            if_it_fails.callback(hold.release)
        access = _access(store, place, read_only=read_only, vfs=vfs, rollback=shared is not None)
        with _damage_confirmed(place, keys):
            database = Database(store, keys.database, access)
            if_it_fails.callback(database.close)
            demand_own_store(database, header.vault_id)
        if not read_only:
            _settle(database, place, header, keys)
        version = store_version(database)
        if version > FORMAT_VERSION and not read_only:  # brought forward beside an old header
            if_it_fails.close()
            return opened(place, replace(header, version=version), keys, now=now, vfs=vfs)
        warnings = (*_warnings(database, header, now, links), *((shared,) if shared else ()),
                    *_brought_forward(place, version))
        if_it_fails.pop_all()
    _log.debug("opened: format %d.%d, %d bytes, generation %d, %s, notes %s", *version, database.size,
               generation(database), "read only" if read_only else "log" if not database.rollback_journal
               else "journal", [one.code.value for one in warnings])
    return Vault(place, header.vault_id, database, keys, warnings, hold)


@contextmanager
def new_place(folder: Path) -> Iterator[Path]:
    """Give a folder in which a vault may be made, and clear up if that fails.

    A mark in the folder tells a store that was never finished from one whose header was lost; only the
    first may be removed.

    Raises:
        VaultError: VAULT_EXISTS, VAULT_BUSY, VAULT_UNSAFE_PLACE, FOLDER_UNWRITABLE, DISK_FULL.
    """
    place = make_folder(folder)
    if vault_exists(place):
        raise VaultError(reason(ReasonCode.VAULT_EXISTS))
    mark = place / UNFINISHED_NAME
    with lock_file(mark):
        if vault_exists(place):  # somebody was faster
            raise VaultError(reason(ReasonCode.VAULT_EXISTS))
        remove_store(place / STORE_NAME)
        try:
            yield place
        except BaseException:
            with suppress(OSError, VaultError):  # why it failed matters more; the mark tells what is left
                (place / HEADER_NAME).unlink(missing_ok=True)
                remove_store(place / STORE_NAME)
                mark.unlink(missing_ok=True)
            raise
    with suppress(OSError):  # the first opening removes it too
        mark.unlink(missing_ok=True)
    sync_folder(place)


def _demand_whole(store: Path) -> int:
    """Return how many names the store's file has; refuse what SQLite would take for a new database."""
    try:
        status = demand_regular(store)
    except VaultError as error:
        if error.reason.code is ReasonCode.VAULT_MISSING:
            raise VaultError(reason(ReasonCode.VAULT_DAMAGED, what="store_missing")) from None
        raise
    if status.st_size < PAGE_BYTES:
        raise VaultError(reason(ReasonCode.VAULT_DAMAGED, what="store"))
    log = store.with_name(STORE_NAME + "-wal")
    # With a log, the last page may be half written: the log repairs it.
    if status.st_size % PAGE_BYTES and not (log.exists() and log.stat().st_size):
        raise VaultError(reason(ReasonCode.VAULT_DAMAGED, what="store"))
    with store.open("rb") as file:
        if file.read(len(PLAIN_SQLITE)) == PLAIN_SQLITE:
            raise VaultError(reason(ReasonCode.VAULT_FOREIGN, what="plain"))
    return status.st_nlink


def _demand_encrypted(store: Path) -> None:
    with store.open("rb") as file:
        start = file.read(len(PLAIN_SQLITE))
    if len(start) < len(PLAIN_SQLITE) or start == PLAIN_SQLITE:
        raise VaultError(reason(ReasonCode.INTERNAL_ERROR, kind="not_encrypted"))


@contextmanager
def _damage_confirmed(place: Path, keys: VaultKeys) -> Iterator[None]:
    """Let nobody be told of damage where the store only went over to another data key meanwhile."""
    try:
        yield
    except VaultError as error:
        if error.reason.code is ReasonCode.VAULT_DAMAGED:
            _demand_present(place, keys)
        raise


def _demand_present(place: Path, keys: VaultKeys) -> None:
    """Refuse keys that were changed between reading the header and opening the store."""
    try:
        read_vault_header(place).demand_authentic(keys)
    except VaultError:
        raise VaultError(reason(ReasonCode.VAULT_BUSY)) from None


def _settle(database: Database, place: Path, header: Header, keys: VaultKeys) -> None:
    """Finish or clear away what an interrupted act left, and bring an older store forward."""
    _demand_present(place, keys)
    remove_file(place / UNFINISHED_NAME)
    remove_unmoved(place, header)
    clear_mark(place, keys, database)
    _migrate(database, place, keys)


def _access(store: Path, place: Path, *, read_only: bool, vfs: str, rollback: bool) -> Access:
    if not read_only:
        return Access(vfs=vfs, rollback=rollback)
    log = store.with_name(STORE_NAME + "-wal")
    # Where nothing can be written, SQLite cannot make the index of a log; without a log it needs none.
    return Access(read_only=True, vfs=vfs, immutable=not writable(place) and not log.exists())


def _migrate(database: Database, place: Path, keys: VaultKeys) -> None:
    """Bring an older store forward, with a copy of it kept until the result was opened and found sound."""
    copy = place / BEFORE_NAME
    if store_version(database) >= FORMAT_VERSION:
        if copy.exists():
            demand_sound_store(database)
            remove_store(copy)
        return
    with lock_file(place / COPY_LOCK_NAME):
        if store_version(database) >= FORMAT_VERSION:  # somebody was faster, and the copy is of before that
            return
        remove_store(copy)
        make_private_file(copy)
        database.copy_to(copy, keys.database)
        sync_file(copy)
        sync_folder(place)
        migrate(database, MIGRATIONS, FORMAT_VERSION)


def _brought_forward(place: Path, version: tuple[int, int]) -> tuple[Reason, ...]:
    """Tell that this very opening brought the store forward: the copy from before goes at the next one."""
    if not (place / BEFORE_NAME).exists():
        return ()
    return (reason(ReasonCode.VAULT_BROUGHT_FORWARD, found=f"{version[0]}.{version[1]}"),)


def _warnings(database: Database, header: Header, now: datetime, links: int) -> tuple[Reason, ...]:
    found = []
    if generation(database) < header.generation:
        found.append(reason(ReasonCode.VAULT_OLDER_COPY))
    if links > 1:
        found.append(reason(ReasonCode.VAULT_UNSAFE_PLACE, found="hard_link"))
    newest = database.value("SELECT added_at FROM credential ORDER BY serial DESC LIMIT 1")
    with suppress(ValueError):  # whoever reads that row tells it
        if newest is not None and date_from_text(newest) > now + _CLOCK_TOLERANCE:
            found.append(reason(ReasonCode.CLOCK_SUSPECT))
    return tuple(found)
