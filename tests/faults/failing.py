"""A disk whose steps fail one after another: SQLite's below the encryption, and our own on files and folders.

Counted is every write, sync, truncation and removal that SQLite asks for, and every opening to write, write,
sync, rename, removal, new folder and change of rights that Python asks for below one folder. One of them
fails as told: an error, half of a write and an error, or the end of the process.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum, unique
from functools import cache
from pathlib import Path
from typing import Any, Final

import apsw

import wallet.vault.database as doors

FAILING: Final = "failing"
DIED: Final = 86
_EVENTS: Final = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.link",
                            "os.truncate"})
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT


@unique
class Way(StrEnum):
    """How a step fails."""

    FULL = "disk full, once"
    FULL_ON = "disk full from then on"
    BROKEN = "I/O error, once"
    BROKEN_ON = "I/O errors from then on"
    TORN = "half a write, then an error"
    DEATH = "death before it"
    TORN_DEATH = "death in the middle of a write"


ERRORS: Final = (Way.FULL, Way.FULL_ON, Way.BROKEN, Way.BROKEN_ON, Way.TORN)
DEATHS: Final = (Way.DEATH, Way.TORN_DEATH)
_LASTING: Final = frozenset({Way.FULL_ON, Way.BROKEN_ON})
#: These only mean something where bytes are written.
OF_WRITES: Final = frozenset({Way.TORN, Way.TORN_DEATH})


@dataclass(slots=True)
class Steps:
    """Counts the steps of an act and lets one fail.

    Attributes:
        at: The number of the one that fails, 0 for none.
        writes: Of each step seen, whether it writes bytes.
    """

    at: int = 0
    way: Way = Way.FULL
    writes: list[bool] = field(default_factory=list)

    def tick(self, *, by_sqlite: bool, half: Callable[[], object] | None = None) -> None:
        """Count a step; fail it if it is the one. `half` does half of it."""
        self.writes.append(half is not None)
        seen = len(self.writes)
        if not self.at or not (seen >= self.at if self.way in _LASTING else seen == self.at):
            return
        if half and self.way in OF_WRITES:
            half()
        if self.way in DEATHS:
            os._exit(DIED)
        full = self.way in (Way.FULL, Way.FULL_ON)
        if by_sqlite:
            raise apsw.FullError if full else apsw.IOError
        raise OSError(errno.ENOSPC if full else errno.EIO, "made to fail")


class FailingDisk(apsw.VFS):
    """The system's file layer, whose steps fail as told.

    Made once in a process and never taken away: the cipher's layer above it stays registered and would
    point to nothing.
    """

    def __init__(self) -> None:
        self.steps = Steps()
        super().__init__(FAILING, base="")

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:  # noqa: N802 - SQLite's name
        return _FailingFile(self, name, flags)

    def xDelete(self, name: str, syncdir: bool) -> None:  # noqa: N802 - SQLite's name
        self.steps.tick(by_sqlite=True)
        super().xDelete(name, syncdir)


class _FailingFile(apsw.VFSFile):
    def __init__(self, disk: FailingDisk, name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        self._disk = disk
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - SQLite's name
        real = super().xWrite
        self._disk.steps.tick(by_sqlite=True, half=lambda: real(data[:len(data) // 2], offset))
        real(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802 - SQLite's name
        self._disk.steps.tick(by_sqlite=True)
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802 - SQLite's name
        self._disk.steps.tick(by_sqlite=True)
        super().xSync(flags)


class _FailingBytes(io.FileIO):
    """What Python's own buffers write to."""

    def write(self, data: Any) -> int:
        piece = bytes(data)
        _EARS[0].steps.tick(by_sqlite=False, half=lambda: super(_FailingBytes, self).write(
            piece[:len(piece) // 2]))
        return super().write(piece) or 0


class _Ear:
    """Hears every file operation of Python; a hook can never be taken away again."""

    def __init__(self) -> None:
        self.steps = Steps()
        self.below = ""
        sys.addaudithook(self._hear)

    def _hear(self, event: str, given: tuple[Any, ...]) -> None:
        if not self.below or not given or not isinstance(given[0], str | Path):
            return
        opens = event == "open" and isinstance(given[2], int) and given[2] & _WRITING
        if (opens or event in _EVENTS) and str(given[0]).startswith(self.below):
            self.steps.tick(by_sqlite=False)


_EARS: list[_Ear] = []


@cache
def failing_disk() -> FailingDisk:
    """The one of this process."""
    return FailingDisk()


@contextmanager
def stores_through(vfs: str) -> Iterator[None]:
    """Let every store be opened through that file layer, whoever opens it."""
    real = doors._keyed

    def keyed(path: Path, key: bytes, access: doors.Access) -> apsw.Connection:
        return real(path, key, doors.Access(access.read_only, access.immutable, vfs, access.rollback))

    doors._keyed = keyed
    try:
        yield
    finally:
        doors._keyed = real


@contextmanager
def failing(steps: Steps, below: Path) -> Iterator[None]:
    """Let steps below that folder fail, SQLite's and our own."""
    if not _EARS:
        _EARS.append(_Ear())
    real_sync, real_open = os.fsync, io.open

    def sync(descriptor: int) -> None:
        steps.tick(by_sqlite=False)
        real_sync(descriptor)

    def opened(file: Any, mode: str = "r", *given: Any, **named: Any) -> Any:
        if "b" not in mode or not set(mode) & set("wax+"):
            return real_open(file, mode, *given, **named)
        raw = _FailingBytes(file, mode.replace("b", ""))
        return io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)

    failing_disk().steps = _EARS[0].steps = steps
    _EARS[0].below = str(below.resolve())
    os.fsync, io.open = sync, opened  # type: ignore[assignment] # our own calls hand over descriptors
    try:
        with stores_through(FAILING):
            yield
    finally:
        _EARS[0].below = ""
        os.fsync, io.open = real_sync, real_open
        failing_disk().steps = _EARS[0].steps = Steps()
