"""A disk on which renames and removals, too, are only there for sure once their folder was synced.

`Recorder` notes what an act does to the files of one folder: SQLite's writes below the encryption, and our
own syncs, renames and removals. `FileDisk` plays that back and says what may be on the disk if the power
goes: what was synced, and a share of the rest.
"""

from __future__ import annotations

import os
import random
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from typing import Any

from tests.faults.unsynced import VFS_NAME, Record, recording_disk
from tests.faults.unsynced import Event as StoreEvent
from tests.faults.unsynced import Kind as StoreKind


class Step(Enum):
    """What our own file operations do."""

    MADE = auto()
    SYNCED = auto()  # a file: its bytes as they are
    FOLDER_SYNCED = auto()
    RENAMED = auto()
    REMOVED = auto()
    LINKED = auto()  # a second name


@dataclass(frozen=True, slots=True)
class FileEvent:
    """One of our own operations. `other` is a new name."""

    step: Step
    name: str = ""
    other: str = ""
    data: bytes = b""


class Recorder(Record):
    """What happened in one folder, in order, by SQLite and by us."""

    events: list[Any]

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder.resolve()

    def wants(self, path: Path) -> bool:
        return path.parent == self.folder

    def note(self, step: Step, path: object, other: object = "", data: bytes = b"") -> None:
        where = Path(os.fsdecode(path)) if isinstance(path, str | bytes | os.PathLike) else Path()
        if self.wants(where) or (step is Step.FOLDER_SYNCED and where == self.folder):
            name = Path(os.fsdecode(other)).name if isinstance(other, str | bytes | os.PathLike) else ""
            self.events.append(FileEvent(step, where.name, name, data))


class _Ear:
    """Hears every file operation of Python; a hook can never be taken away again."""

    def __init__(self) -> None:
        self.recorder: Recorder | None = None
        sys.addaudithook(self._hear)

    def _hear(self, event: str, given: tuple[Any, ...]) -> None:
        if self.recorder is None:
            return
        if event == "os.rename":
            self.recorder.note(Step.RENAMED, given[0], given[1])
        elif event == "os.link":
            self.recorder.note(Step.LINKED, given[0], given[1])
        elif event == "os.remove" and os.path.lexists(given[0]):
            self.recorder.note(Step.REMOVED, given[0])
        elif (event == "open" and not isinstance(given[0], int) and isinstance(given[2], int)
              and given[2] & os.O_CREAT and not os.path.lexists(given[0])):
            self.recorder.note(Step.MADE, given[0])


_EARS: list[_Ear] = []


@contextmanager
def recording(recorder: Recorder) -> Iterator[str]:
    """Record, and give the name of the file layer to open the store through."""
    if not _EARS:
        _EARS.append(_Ear())
    real_sync = os.fsync

    def sync(descriptor: int) -> None:
        real_sync(descriptor)
        path = Path(os.readlink(f"/proc/self/fd/{descriptor}"))
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            recorder.note(Step.FOLDER_SYNCED, path)
        else:
            recorder.note(Step.SYNCED, path, data=path.read_bytes())

    recording_disk().record = recorder
    os.fsync = sync  # type: ignore[assignment] # our own calls hand over descriptors
    _EARS[0].recorder = recorder
    try:
        yield VFS_NAME
    finally:
        _EARS[0].recorder = None
        os.fsync = real_sync
        recording_disk().record = Record()


@dataclass(slots=True)
class _File:
    """One file's bytes: those that are safe, and the changes since."""

    durable: bytearray = field(default_factory=bytearray)
    pending: list[StoreEvent] = field(default_factory=list)

    def read(self, share: float, chance: random.Random) -> bytes:
        data = bytearray(self.durable)
        surviving = [one for one in self.pending if share >= 1 or chance.random() < share]
        if share < 1:
            chance.shuffle(surviving)
        for one in surviving:
            _change(data, one)
        return bytes(data)


class FileDisk:
    """Files by name, as a running system sees them and as they are for sure."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.names = {name: _File(bytearray(data)) for name, data in files.items()}
        self.durable_names = dict(self.names)
        self.unsynced: list[FileEvent] = []

    def apply(self, event: StoreEvent | FileEvent) -> None:
        if isinstance(event, FileEvent):
            self._apply_own(event)
        elif event.kind is StoreKind.SYNC:
            file = self._file(event.name)
            for one in file.pending:
                _change(file.durable, one)
            file.pending.clear()
        elif event.kind is StoreKind.DELETE:  # SQLite asks for its folder to be synced
            self.names.pop(event.name, None)
            self.durable_names.pop(event.name, None)
        elif event.kind in (StoreKind.WRITE, StoreKind.TRUNCATE):
            self._file(event.name).pending.append(event)

    def after_power_cut(self, share: float, chance: random.Random) -> dict[str, bytes]:
        """Return what is on the disk if this share of all that was not synced got there."""
        names = dict(self.durable_names)
        reached = len(self.unsynced) if share >= 1 else 0
        if 0 < share < 1 and self.unsynced:
            reached = chance.randrange(len(self.unsynced) + 1)  # a file system keeps their order
        for event in self.unsynced[:reached]:
            _rename(names, event)
        return {name: file.read(share, chance) for name, file in names.items()}

    def _apply_own(self, event: FileEvent) -> None:
        if event.step is Step.MADE:
            self._file(event.name)
        elif event.step is Step.SYNCED:
            file = self._file(event.name)
            file.durable[:] = event.data
            file.pending.clear()
        elif event.step is Step.FOLDER_SYNCED:
            for one in self.unsynced:
                _rename(self.durable_names, one)
            self.unsynced.clear()
        else:
            _rename(self.names, event)
            self.unsynced.append(event)

    def _file(self, name: str) -> _File:
        if name not in self.names:
            self.names[name] = self.durable_names[name] = _File()
        return self.names[name]


def _rename(names: dict[str, _File], event: FileEvent) -> None:
    file = names.get(event.name) if event.step is Step.LINKED else names.pop(event.name, None)
    if event.step is not Step.REMOVED and file is not None:
        names[event.other] = file


def _change(data: bytearray, event: StoreEvent) -> None:
    if event.kind is StoreKind.TRUNCATE:
        del data[event.offset:]
        return
    missing = event.offset - len(data)
    if missing > 0:
        data.extend(bytes(missing))
    data[event.offset:event.offset + len(event.data)] = event.data
