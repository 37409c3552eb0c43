"""A power cut, simulated below the encryption: what was never synced may be gone, in part, or torn.

A file layer records every write, truncation and sync while a vault is used; the files themselves are
written as usual. For every point of that record the disk is built as it might look if the power had gone
then: everything up to a file's last sync is there; of what came after, nothing is (`DROPPED`), or a random
part in random order with a torn last piece (`SCATTERED`). The vault must open on each such disk, be sound,
and hold every act that had been acknowledged by then, and at most the one that was under way.
"""

from __future__ import annotations

import random
import shutil
import sys
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cache
from pathlib import Path
from typing import Final

import apsw

from tests.faults.writer import varied
from tests.vault.vaults import NOW, Template, report
from wallet.vault.container import open_vault
from wallet.vault.integrity import check_integrity
from wallet.vault.store import Vault

VFS_NAME: Final = "recording"
_SECTOR_BYTES: Final = 512


class Kind(Enum):
    """What happened to a file, or to the person waiting."""

    WRITE = auto()
    TRUNCATE = auto()
    SYNC = auto()
    DELETE = auto()
    ACKNOWLEDGED = auto()


class Loss(Enum):
    """What becomes of writes that were never synced."""

    DROPPED = auto()
    SCATTERED = auto()


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the record. `offset` is the new size of a truncation."""

    kind: Kind
    name: str = ""
    offset: int = 0
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class PowerCutResult:
    """What a campaign found.

    Attributes:
        points: Disks that were built and opened.
        acts: Acts in the record.
        syncs: Syncs in the record; none would mean that nothing was tested.
        violations: Disks on which something was wrong, described.
    """

    points: int
    acts: int
    syncs: int
    violations: tuple[str, ...]


@dataclass(slots=True)
class Record:
    """What happened, in order."""

    events: list[Event] = field(default_factory=list)

    def acknowledge(self, what: str = "") -> None:
        self.events.append(Event(Kind.ACKNOWLEDGED, what))

    def wants(self, path: Path) -> bool:  # noqa: ARG002 - others want less
        """Whether what happens to that file is to be noted."""
        return True

    def add(self, path: Path, kind: Kind, offset: int = 0, data: bytes = b"") -> None:
        if self.wants(path):
            self.events.append(Event(kind, path.name, offset, data))


class RecordingDisk(apsw.VFS):
    """The system's file layer, with a record of what reaches it (already encrypted).

    Made once in a process and never taken away: the cipher's layer above it stays registered and would
    point to nothing.
    """

    def __init__(self) -> None:
        self.record = Record()
        super().__init__(VFS_NAME, base="")

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:  # noqa: N802 - SQLite's name
        return _RecordingFile(self, name, flags)

    def xDelete(self, name: str, syncdir: bool) -> None:  # noqa: N802 - SQLite's name
        self.record.add(Path(name), Kind.DELETE)
        super().xDelete(name, syncdir)


@cache
def recording_disk() -> RecordingDisk:
    """The one of this process."""
    return RecordingDisk()


class _RecordingFile(apsw.VFSFile):
    def __init__(self, disk: RecordingDisk, name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        self._disk = disk
        path = name.filename() if isinstance(name, apsw.URIFilename) else name or ""
        self._path = Path(path)
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - SQLite's name
        self._disk.record.add(self._path, Kind.WRITE, offset, bytes(data))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802 - SQLite's name
        self._disk.record.add(self._path, Kind.TRUNCATE, newsize)
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802 - SQLite's name
        super().xSync(flags)
        self._disk.record.add(self._path, Kind.SYNC)


class _Disk:
    """The files as they are for sure, and what may or may not have reached them since."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.durable = {name: bytearray(data) for name, data in files.items()}
        self.pending: dict[str, list[Event]] = {}

    def apply(self, event: Event) -> None:
        if event.kind is Kind.SYNC:
            for one in self.pending.pop(event.name, []):
                _change(self.durable.setdefault(event.name, bytearray()), one)
        elif event.kind is Kind.DELETE:
            self.durable.pop(event.name, None)
            self.pending.pop(event.name, None)
        elif event.kind in (Kind.WRITE, Kind.TRUNCATE):
            self.pending.setdefault(event.name, []).append(event)

    def after_power_cut(self, loss: Loss, chance: random.Random) -> dict[str, bytes]:
        files = {name: bytearray(data) for name, data in self.durable.items()}
        if loss is Loss.SCATTERED:
            for name, events in self.pending.items():
                survivors = [one for one in events if chance.random() < 0.5]
                chance.shuffle(survivors)
                for one in survivors:
                    _change(files.setdefault(name, bytearray()), _torn(one, chance))
        return {name: bytes(data) for name, data in files.items()}


def _change(file: bytearray, event: Event) -> None:
    if event.kind is Kind.TRUNCATE:
        del file[event.offset:]
        return
    missing = event.offset - len(file)
    if missing > 0:
        file.extend(bytes(missing))
    file[event.offset:event.offset + len(event.data)] = event.data


def _torn(event: Event, chance: random.Random) -> Event:
    if event.kind is not Kind.WRITE or chance.random() < 0.5:
        return event
    whole_sectors = chance.randrange(0, len(event.data) // _SECTOR_BYTES + 1)
    return Event(Kind.WRITE, event.name, event.offset, event.data[:whole_sectors * _SECTOR_BYTES])


def run_power_cuts(template: Template, work: Path, *, acts: int, seed: int, at_most: int | None = None,
                   unsafe_without_sync: bool = False) -> PowerCutResult:
    """Use a vault for `acts` acts, then open the disk of every point, or of `at_most` random ones.

    With `unsafe_without_sync` the vault is used as no vault ever is, to see that the harness notices.
    """
    chance = random.Random(seed)
    folder = template.copy(work / "live")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    record = Record()
    states = _use(template, folder, record, acts, unsafe_without_sync=unsafe_without_sync)
    points = range(1, len(record.events) + 1)
    chosen = set(points) if at_most is None else set(chance.sample(points, min(at_most, len(points))))
    disk, acknowledged, violations, opened = _Disk(before), 0, [], 0
    for point, event in enumerate(record.events, start=1):
        disk.apply(event)
        acknowledged += event.kind is Kind.ACKNOWLEDGED
        if point not in chosen:
            continue
        for loss in Loss:
            opened += 1
            problem = _problem(template, work / "after", disk.after_power_cut(loss, chance),
                               states[acknowledged:acknowledged + 2])
            if problem:
                violations.append(f"point {point} of {len(points)}, {loss.name}: {problem}")
    syncs = sum(event.kind is Kind.SYNC for event in record.events)
    return PowerCutResult(opened, acts, syncs, tuple(violations))


def _use(template: Template, folder: Path, record: Record, acts: int, *,
         unsafe_without_sync: bool) -> list[object]:
    """Do the acts and return what the vault held before the first and after each."""
    recording_disk().record = record
    vault = open_vault(folder, template.secret, now=NOW, vfs=VFS_NAME)
    vault.database.rows("PRAGMA wal_autocheckpoint=25")  # so that the store itself is written often
    if unsafe_without_sync:
        vault.database.rows("PRAGMA synchronous=OFF")
    states = [_state(vault)]
    for number in range(acts):
        _act(vault, number)
        states.append(_state(vault))
        record.acknowledge()
        if number == acts // 2:  # a restart in between: the log is folded in and deleted
            vault.close()
            vault = open_vault(folder, template.secret, now=NOW, vfs=VFS_NAME)
    vault.close()
    return states


def _act(vault: Vault, number: int) -> None:
    there = vault.list()
    if number % 7 == 5 and there:
        vault.to_bin([there[0].id], now=NOW)
    elif number % 7 == 6 and vault.list(binned=True):
        vault.purge([vault.list(binned=True)[0].id])
    elif number % 7 == 3 and there:
        vault.set_report(there[0].id, report(proven=False))
    else:
        vault.add(varied(number), now=NOW)


def _state(vault: Vault) -> object:
    return (vault.generation, vault.list(), vault.list(binned=True))


def _problem(template: Template, folder: Path, files: dict[str, bytes], allowed: list[object]) -> str:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    try:
        vault = open_vault(folder, template.secret, now=NOW)
        try:
            check_integrity(vault)
            return "" if _state(vault) in allowed else "an acknowledged act is missing, or half of one there"
        finally:
            vault.close()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a violation
        return f"{error!r} {getattr(error, 'reason', '')}"


def show(result: PowerCutResult) -> None:
    """Print what was found."""
    for violation in result.violations:
        print(violation, file=sys.stderr)  # noqa: T201 - findings
