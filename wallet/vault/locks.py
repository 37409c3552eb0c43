"""Locks that the operating system lets go of when their owner dies, so that none can be stale.

A window holds one for as long as it shows a vault; the command line does not ask for it. Writing to the
store at the same time is SQLite's own business. On file systems without locks the file's content stands for
one: who holds it, checked for being alive and for being the same process that wrote it. Everywhere else the
content says nothing.
"""

from __future__ import annotations

import hashlib
import os
import platform
import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode, reason

from .places import FILE_MODE, LOCK_NAME, demand_regular, safe_folder, writing_error

_MAX_NAME_BYTES: Final = 200

if sys.platform == "win32":
    import msvcrt

    #: Locked bytes cannot be read by others on Windows; this one lies far behind the content.
    _LOCKED_BYTE = 1 << 30

    def _try_lock(descriptor: int) -> bool | None:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try_lock(descriptor: int) -> bool | None:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a file system without locks
            return None
        return True


class FileLock:
    """A lock that is held until `release`, or until the process ends however it ends."""

    __slots__ = ("_descriptor", "_named")

    def __init__(self, descriptor: int | None, *, named: bool = False) -> None:
        self._descriptor = descriptor
        self._named = named

    def release(self) -> None:
        """Let go. Doing so twice is harmless."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            if self._named:
                with suppress(OSError):
                    os.ftruncate(descriptor, 0)
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
    taken = _try_lock(descriptor)
    if taken is False or (taken is None and not _take_by_name(descriptor)):
        os.close(descriptor)
        raise VaultError(reason(ReasonCode.VAULT_BUSY))
    return FileLock(descriptor, named=taken is None)


def owner_name(process: int) -> str:
    """Return what names a running process and no other, earlier or later one; "" if it does not run."""
    if sys.platform == "win32":  # where this question would end the process, and where locks always work
        return ""
    try:
        os.kill(process, 0)
        # Field 22 of what Linux tells: when it was started. A number alone may have been given anew.
        told = Path(f"/proc/{process}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        started = told[19]
    except PermissionError:
        started = "another person's"
    except ProcessLookupError:
        return ""
    except (OSError, IndexError):  # not Linux
        started = ""
    return f"{_computer()} {process} {started}"


def owner_lives(content: str) -> bool:
    """Return whether a lock file's content names somebody who may still hold it.

    Of another computer that cannot be told, so it counts: its user clears it by opening and closing there.
    """
    parts = content.split(" ", 2)
    if len(parts) != 3 or not (parts[1].isascii() and parts[1].isdigit() and 0 < int(parts[1]) < 1 << 31):
        return False
    return parts[0] != _computer() or owner_name(int(parts[1])) == content


def _take_by_name(descriptor: int) -> bool:
    """Write our name into a lock file where the system has no locks; not over somebody who lives."""
    try:
        os.lseek(descriptor, 0, os.SEEK_SET)
        content = os.read(descriptor, _MAX_NAME_BYTES).decode("ascii", "replace")
        if owner_lives(content):
            return False
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, owner_name(os.getpid()).encode("ascii"))
    except OSError:  # opened to read only: who cannot write does no harm
        return True
    return True


def _computer() -> str:
    return hashlib.sha256(platform.node().encode("utf-8", "replace")).hexdigest()[:16]


def _open_to_read(path: Path, flags: int) -> int:
    try:
        return os.open(path, os.O_RDONLY | flags)
    except OSError:
        return -1


def _on_read_only_medium(path: Path) -> bool:
    return not os.access(path.parent, os.W_OK)
