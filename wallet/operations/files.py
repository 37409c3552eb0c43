"""Files in and out: bounded reading of what a person points at, atomic writing of everything that leaves.

Nothing else in the program writes outside the vault. What is read is a regular file under the limit; a
pipe, a device or a file that grows while it is read is refused.
"""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from wallet.model.errors import OperationError
from wallet.model.limits import MAX_FILE_BYTES, MIB
from wallet.model.reasons import ReasonCode, reason

_MAX_FOLDER_DEPTH = 16
_FOLDER_MODE = 0o700


def read_file(path: Path, *, max_bytes: int = MAX_FILE_BYTES) -> bytes:
    """Return the bytes of one regular file.

    Raises:
        OperationError: FILE_MISSING, FILE_NOT_REGULAR, FILE_UNREADABLE or LIMIT_BYTES.
    """
    # A pipe opened for reading would block until somebody writes: ask the system not to wait.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
    except OSError as error:
        raise _reading_error(path, error) from None
    except ValueError:  # a name that no file can have
        raise OperationError(reason(ReasonCode.FILE_MISSING, name=path.name)) from None
    try:
        return _read_open(path, descriptor, max_bytes)
    finally:
        os.close(descriptor)


def _read_open(path: Path, descriptor: int, max_bytes: int) -> bytes:
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        raise OperationError(reason(ReasonCode.FILE_NOT_REGULAR, name=path.name))
    if status.st_size > max_bytes:
        raise _too_large(max_bytes)
    try:
        # One byte more than allowed: a file may grow while it is read.
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            data = file.read(max_bytes + 1)
    except OSError as error:
        raise _reading_error(path, error) from None
    if len(data) > max_bytes:
        raise _too_large(max_bytes)
    return data


def is_folder(path: Path) -> bool:
    """Tell whether there is a folder; of what cannot be looked at, reading says why."""
    try:
        return path.is_dir()
    except OSError:
        return False


def walk(paths: Iterable[Path], *, into_folders: bool = True) -> Iterator[Path]:
    """Yield the files behind the paths, folders in name order, hidden files left out.

    What is not looked into (a link to a folder, one that cannot be read, one too far down) and what does not
    exist is yielded as it is, so that reading it says so.
    """
    for path in paths:
        if is_folder(path):
            if into_folders:
                yield from _files_below(path, _MAX_FOLDER_DEPTH)
            else:
                yield path
        else:
            yield path


def atomic_write(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all.

    The bytes go to a private temporary file in the same folder, are synced, and replace the target.

    Raises:
        OperationError: FOLDER_UNWRITABLE or DISK_FULL; nothing was changed.
    """
    try:
        descriptor, name = tempfile.mkstemp(prefix=".wallet-", dir=path.parent)
    except OSError as error:
        raise _writing_error(path, error) from None
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        _sync_folder(path.parent)
    except BaseException as error:  # also where somebody interrupts it: a part of a file is nobody's
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _writing_error(path, error) from None
        raise


def make_folder(path: Path) -> None:
    """Make a folder and its parents, for this user alone; those that are there keep their rights.

    Raises:
        OperationError: FOLDER_UNWRITABLE or DISK_FULL.
    """
    try:
        # One by one: what Python makes above the last one has whatever rights are usual.
        for above in reversed([one for one in path.absolute().parents if not one.exists()]):
            above.mkdir(mode=_FOLDER_MODE, exist_ok=True)
        path.mkdir(mode=_FOLDER_MODE, exist_ok=True)
    except OSError as error:
        raise _writing_error(path, error) from None


def _files_below(folder: Path, depth: int) -> Iterator[Path]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        yield folder
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if depth and _is_folder(entry) and not entry.is_symlink():
            yield from _files_below(folder / entry.name, depth - 1)
        else:
            yield folder / entry.name


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads in a circle: reading it says so
        return False


def _sync_folder(folder: Path) -> None:
    if not hasattr(os, "O_DIRECTORY"):  # a folder cannot be opened on Windows; its journal covers renames
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _too_large(limit: int) -> OperationError:
    return OperationError(reason(ReasonCode.LIMIT_BYTES, what="file", limit=f"{limit // MIB} MiB"))


def _reading_error(path: Path, error: OSError) -> OperationError:
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG):
        return OperationError(reason(ReasonCode.FILE_MISSING, name=path.name))
    if error.errno == errno.EISDIR or (is_folder(path) and os.access(path, os.R_OK)):
        return OperationError(reason(ReasonCode.FILE_NOT_REGULAR, name=path.name))
    return OperationError(reason(ReasonCode.FILE_UNREADABLE, name=path.name))


def _writing_error(path: Path, error: OSError) -> OperationError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return OperationError(reason(ReasonCode.DISK_FULL, name=path.name))
    return OperationError(reason(ReasonCode.FOLDER_UNWRITABLE, name=str(path.parent.name)))
