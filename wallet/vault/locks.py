"""Locks that the operating system lets go of when their owner dies, so that none can be stale.

A window holds one for as long as it shows a vault; the command line does not ask for it. Writing to the
store at the same time is SQLite's own business. A lock file's content is a hint for people, never the lock.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode, reason

from .places import FILE_MODE, LOCK_NAME, demand_regular, safe_folder, writing_error

if sys.platform == "win32":
    import msvcrt

    #: Locked bytes cannot be read by others on Windows; this one lies far behind the content.
    _LOCKED_BYTE = 1 << 30

    def _try_lock(descriptor: int) -> bool:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a file system without locks: nobody can be told apart, nobody is shut out
            return True
        return True


class FileLock:
    """A lock that is held until `release`, or until the process ends however it ends."""

    __slots__ = ("_descriptor",)

    def __init__(self, descriptor: int | None) -> None:
        self._descriptor = descriptor

    def release(self) -> None:
        """Let go. Doing so twice is harmless."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.release()


def acquire_window_lock(folder: Path) -> FileLock:
    """Take the lock of the one window that may show this vault.

    A vault on a medium that cannot be written is locked through the lock file that lies there, or, without
    one, not at all: two windows that can only read do no harm.

    Raises:
        VaultError: VAULT_BUSY, VAULT_MISSING or VAULT_UNSAFE_PLACE.
    """
    return lock_file(safe_folder(folder) / LOCK_NAME)


def lock_file(path: Path) -> FileLock:
    """Lock the file, making it if need be.

    Raises:
        VaultError: VAULT_BUSY, VAULT_UNSAFE_PLACE or DISK_FULL.
    """
    if path.is_symlink() or path.exists():
        demand_regular(path)
    flags = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | flags, FILE_MODE)
    except PermissionError:
        descriptor = _open_to_read(path, flags)
        if descriptor < 0:
            return FileLock(None)
    except OSError as error:
        if _on_read_only_medium(path):
            return FileLock(None)
        raise writing_error(path, error) from None
    if not _try_lock(descriptor):
        os.close(descriptor)
        raise VaultError(reason(ReasonCode.VAULT_BUSY))
    return FileLock(descriptor)


def _open_to_read(path: Path, flags: int) -> int:
    try:
        return os.open(path, os.O_RDONLY | flags)
    except OSError:
        return -1


def _on_read_only_medium(path: Path) -> bool:
    return not os.access(path.parent, os.W_OK)
