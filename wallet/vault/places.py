"""Files and folders of the vault: where they may be, who may read them, and how a small one is replaced.

The store itself is written by SQLite; everything else goes through `replace_file`, which leaves the old
content or the new, whatever happens in between. Locks are in `locks`.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode, reason

from .windows_rights import keep_to_user

HEADER_NAME: Final = "vault.head"
STORE_NAME: Final = "vault.db"
LOCK_NAME: Final = "vault.lock"
COPY_NAME: Final = "vault.copy"  # of the store, encrypted, while a backup is written
COPY_LOCK_NAME: Final = "vault.copy.lock"
BEFORE_NAME: Final = "vault.before"  # the store before it was brought to a newer version
#: Stands in the folder from the first to the last step of making a vault; what lies beside it without a
#: header was never handed to anybody.
UNFINISHED_NAME: Final = "vault.unfinished"
NEXT_NAME: Final = "vault.next"  # and a dot and a token: a store under a new data key, before it is moved
WRITER_LOCK_NAME: Final = "vault.writer.lock"  # of the one program that has it open, in a shared folder
STORE_SUFFIXES: Final = ("", "-wal", "-shm", "-journal")

FILE_MODE: Final = 0o600
FOLDER_MODE: Final = 0o700
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_BINARY: Final = getattr(os, "O_BINARY", 0)
_NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0)


def vault_exists(folder: Path) -> bool:
    """Return whether a vault lies there, whole or damaged."""
    if (folder / HEADER_NAME).exists():
        return True
    return (folder / STORE_NAME).exists() and not (folder / UNFINISHED_NAME).exists()


def make_folder(folder: Path) -> Path:
    """Make the folder of a new vault for this user alone, and return it with links above it resolved.

    A folder that is there and not empty keeps its rights: it may hold other things.

    Raises:
        VaultError: VAULT_UNSAFE_PLACE, FOLDER_UNWRITABLE or DISK_FULL.
    """
    _refuse_link(folder)
    with _writing(folder):
        make_private_folders(folder)
        if not any(folder.iterdir()):
            _tighten(folder, FOLDER_MODE)
            if sys.platform == "win32":
                keep_to_user(folder)
    return safe_folder(folder)


def make_private_folders(folder: Path) -> None:
    """Make a folder and what is missing above it, for this user alone; what is there keeps its rights.

    One above it that others may write would let them put another wallet in its place.

    Raises:
        OSError: As the system says.
    """
    for above in reversed([one for one in folder.absolute().parents if not one.exists()]):
        above.mkdir(mode=FOLDER_MODE, exist_ok=True)
    folder.mkdir(mode=FOLDER_MODE, exist_ok=True)


def safe_folder(folder: Path) -> Path:
    """Return the folder with links above it resolved, if a vault may be opened there.

    Raises:
        VaultError: VAULT_MISSING or VAULT_UNSAFE_PLACE.
    """
    _refuse_link(folder)
    try:
        status = folder.stat()
    except OSError:
        raise VaultError(reason(ReasonCode.VAULT_MISSING)) from None
    if not stat.S_ISDIR(status.st_mode):
        raise VaultError(reason(ReasonCode.VAULT_UNSAFE_PLACE, found="no_folder"))
    _refuse_foreign_owner(status)
    return folder.resolve()


def demand_regular(path: Path) -> os.stat_result:
    """Return the status of one of the vault's own files.

    Raises:
        VaultError: VAULT_MISSING, or VAULT_UNSAFE_PLACE for a link, a folder, a device or another
            person's file.
    """
    try:
        status = path.lstat()
    except OSError:
        raise VaultError(reason(ReasonCode.VAULT_MISSING, what=path.name)) from None
    if stat.S_ISLNK(status.st_mode):
        raise VaultError(reason(ReasonCode.VAULT_UNSAFE_PLACE, found="link"))
    if not stat.S_ISREG(status.st_mode):
        raise VaultError(reason(ReasonCode.VAULT_UNSAFE_PLACE, found="no_file"))
    _refuse_foreign_owner(status)
    return status


def writable(folder: Path) -> bool:
    """Whether the vault's files can be changed by this user."""
    effective = os.access in os.supports_effective_ids
    return all(os.access(path, os.W_OK, effective_ids=effective)
               for path in (folder, folder / STORE_NAME, folder / HEADER_NAME))


def tighten_files(folder: Path) -> None:
    """Take everybody else's rights to the vault's files away, as far as the file system knows rights."""
    for name in (HEADER_NAME, LOCK_NAME, *(STORE_NAME + suffix for suffix in STORE_SUFFIXES)):
        _tighten(folder / name, FILE_MODE)


def make_private_file(path: Path) -> None:
    """Make an empty file that only this user can read; never opens an existing one.

    Raises:
        VaultError: VAULT_EXISTS, FOLDER_UNWRITABLE or DISK_FULL.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY, FILE_MODE))
    except FileExistsError:
        raise VaultError(reason(ReasonCode.VAULT_EXISTS, what=path.name)) from None
    except OSError as error:
        raise writing_error(path, error) from None


def read_bounded(path: Path, max_bytes: int) -> bytes:
    """Read at most `max_bytes` and one from a regular file, never through a link.

    Raises:
        VaultError: VAULT_MISSING, VAULT_UNSAFE_PLACE or VAULT_READ_ONLY (no right to read).
    """
    demand_regular(path)
    try:
        descriptor = os.open(path, os.O_RDONLY | _BINARY | _NO_LINK)
        with os.fdopen(descriptor, "rb") as file:
            return file.read(max_bytes + 1)
    except PermissionError:
        raise VaultError(reason(ReasonCode.FILE_UNREADABLE, name=path.name)) from None
    except OSError:
        raise VaultError(reason(ReasonCode.VAULT_DAMAGED, what=path.name)) from None


def replace_file(path: Path, data: bytes) -> None:
    """Write a small file so that the old content or the new is there, whatever happens.

    The caller keeps others from replacing the same file; so what an interrupted call left may be removed.

    Raises:
        VaultError: FOLDER_UNWRITABLE or DISK_FULL; the old content is untouched.
    """
    temporary = path.with_name(f"{path.name}.tmp")
    with _writing(path):
        temporary.unlink(missing_ok=True)
        try:
            descriptor = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY, FILE_MODE)
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def demand_free(target: Path) -> None:
    """Refuse a name that something has already.

    Raises:
        VaultError: BACKUP_EXISTS; FOLDER_UNWRITABLE where nobody may look.
    """
    with _writing(target):
        if target.exists() or target.is_symlink():
            raise _taken(target)


def give_name(temporary: Path, target: Path) -> None:
    """Give a finished file its name, never over another one that took the name meanwhile.

    Raises:
        VaultError: BACKUP_EXISTS, FOLDER_UNWRITABLE or DISK_FULL.
    """
    with _writing(target):
        try:
            os.link(temporary, target)
        except FileExistsError:
            raise _taken(target) from None
        except OSError:  # a stick whose file system knows one name for each file
            if target.exists() or target.is_symlink():
                raise _taken(target) from None
            temporary.replace(target)
        else:
            temporary.unlink()
    sync_folder(target.parent)


def _taken(target: Path) -> VaultError:
    return VaultError(reason(ReasonCode.BACKUP_EXISTS, name=target.name))


def sync_folder(folder: Path) -> None:
    """Make a rename durable. Windows cannot open a folder; its journal covers renames.

    Raises:
        VaultError: FOLDER_UNWRITABLE or DISK_FULL.
    """
    if hasattr(os, "O_DIRECTORY"):
        _sync(folder, os.O_RDONLY | os.O_DIRECTORY)


def sync_file(path: Path) -> None:
    """Bring a file's content onto the disk. Raises as `sync_folder`."""
    _sync(path, os.O_RDWR | _BINARY)  # Windows syncs only what may be written


def _sync(path: Path, flags: int) -> None:
    with _writing(path):
        descriptor = os.open(path, flags)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def remove_store(store: Path) -> None:
    """Remove a store and the files SQLite keeps beside it. Raises as `remove_file`."""
    for suffix in STORE_SUFFIXES:
        remove_file(store.with_name(store.name + suffix))


def remove_file(path: Path) -> None:
    """Remove a file; none is no fault.

    Raises:
        VaultError: FOLDER_UNWRITABLE.
    """
    with _writing(path):
        path.unlink(missing_ok=True)


def writing_error(path: Path, error: OSError) -> VaultError:
    """Turn what the system says about writing into a reason."""
    if error.errno in _FULL:
        return VaultError(reason(ReasonCode.DISK_FULL, name=path.name))
    return VaultError(reason(ReasonCode.FOLDER_UNWRITABLE, name=path.parent.name))


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise writing_error(path, error) from None


def _refuse_link(folder: Path) -> None:
    # A link could lead every later write to a place somebody else chose.
    if folder.is_symlink():
        raise VaultError(reason(ReasonCode.VAULT_UNSAFE_PLACE, found="link"))


def _refuse_foreign_owner(status: os.stat_result) -> None:
    if not hasattr(os, "geteuid"):  # rights on Windows are lists, not owners
        return
    me = os.geteuid()
    if me != 0 and status.st_uid not in (me, 0):
        raise VaultError(reason(ReasonCode.VAULT_UNSAFE_PLACE, found="owner"))


def _tighten(path: Path, mode: int) -> None:
    try:
        if path.stat(follow_symlinks=False).st_mode & 0o077:
            path.chmod(mode)
    except OSError:
        return  # a stick formatted without rights, or a file that is not there: nothing to take away
