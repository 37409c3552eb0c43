"""A new passphrase and a new data key, while the disk fails or the power goes at every step.

Two ways of failing. `run_errors` lets each write, sync, rename and removal fail in turn, once or from then
on, full or broken. `run_cuts` records one undisturbed act, below the encryption and in our own file
operations, and builds the disk of every moment: as it was (a process that dies), without what was never
synced, or with a random part of it. Renames count only once their folder was synced. Afterwards the old or
the new secret must open, never neither and never both, on a sound store with everything in it.
"""

from __future__ import annotations

import errno
import os
import random
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cache
from pathlib import Path
from typing import Any, Final

import apsw

from tests.faults.deaths import NEW_CODE, NEW_PASSPHRASE
from tests.faults.disks import FileDisk, Recorder, recording
from tests.vault.vaults import NOW, PASSPHRASE, Template, numbered
from wallet.model.errors import VaultError
from wallet.vault.cipher import FLOOR
from wallet.vault.container import Passphrase, RecoveryCode, Secret, open_vault
from wallet.vault.integrity import check_integrity
from wallet.vault.rotation import rotate_data_key
from wallet.vault.slots import change_passphrase

FAULTY: Final = "faulty"


class Act(Enum):
    """What is done while the disk fails."""

    PASSPHRASE = auto()
    DATA_KEY = auto()


class Loss(Enum):
    """What becomes of what was never synced, at a power cut."""

    NONE = auto()  # the process died, the system did not
    ALL = auto()
    SOME = auto()


@dataclass(slots=True)
class KeyChangeResult:
    """What a campaign found.

    Attributes:
        points: Runs, or disks that were built and opened.
        kept, changed: On how many the old secret opened, on how many the new one.
        violations: Where something was wrong, described.
    """

    points: int = 0
    kept: int = 0
    changed: int = 0
    violations: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Error:
    """How a step fails."""

    full: bool
    sticky: bool

    def raised(self, *, by_sqlite: bool) -> BaseException:
        if by_sqlite:
            return apsw.FullError() if self.full else apsw.IOError()
        return OSError(errno.ENOSPC if self.full else errno.EIO, "made to fail")


ERRORS: Final = tuple(Error(full, sticky) for full in (True, False) for sticky in (False, True))


@dataclass(slots=True)
class Steps:
    """Counts the steps of an act and lets one fail."""

    failing: int = 0
    error: Error = ERRORS[0]
    seen: int = 0

    def tick(self, *, by_sqlite: bool) -> None:
        self.seen += 1
        due = self.seen >= self.failing if self.error.sticky else self.seen == self.failing
        if self.failing and due:
            raise self.error.raised(by_sqlite=by_sqlite)


class FaultyDisk(apsw.VFS):
    """The system's file layer, whose steps fail as told. Made once in a process, as its recording sister."""

    def __init__(self) -> None:
        self.steps = Steps()
        super().__init__(FAULTY, base="")

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:  # noqa: N802 - SQLite's name
        return _FaultyFile(self, name, flags)

    def xDelete(self, name: str, syncdir: bool) -> None:  # noqa: N802 - SQLite's name
        self.steps.tick(by_sqlite=True)
        super().xDelete(name, syncdir)


class _FaultyFile(apsw.VFSFile):
    def __init__(self, disk: FaultyDisk, name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        self._disk = disk
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - SQLite's name
        self._disk.steps.tick(by_sqlite=True)
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802 - SQLite's name
        self._disk.steps.tick(by_sqlite=True)
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802 - SQLite's name
        self._disk.steps.tick(by_sqlite=True)
        super().xSync(flags)


@cache
def faulty_disk() -> FaultyDisk:
    """The one of this process."""
    return FaultyDisk()


@contextmanager
def failing(steps: Steps) -> Iterator[None]:
    """Let our own file operations fail too."""
    real: dict[str, Callable[..., Any]] = {name: getattr(os, name) for name in ("fsync", "replace", "unlink")}

    def stepping(name: str) -> Callable[..., Any]:
        def step(*given: Any, **named: Any) -> Any:
            steps.tick(by_sqlite=False)
            return real[name](*given, **named)

        return step

    for name in real:
        setattr(os, name, stepping(name))
    faulty_disk().steps = steps
    try:
        yield
    finally:
        faulty_disk().steps = Steps()
        for name, function in real.items():
            setattr(os, name, function)


def do(act: Act, folder: Path, template: Template, vfs: str) -> None:
    """Do the act as a person's program does it."""
    if act is Act.PASSPHRASE:
        change_passphrase(folder, template.secret, NEW_PASSPHRASE, now=NOW, kdf=FLOOR, vfs=vfs)
    else:
        rotate_data_key(folder, template.secret, passphrase=PASSPHRASE, recovery_code=NEW_CODE, now=NOW,
                        kdf=FLOOR, vfs=vfs)


def secrets_of(act: Act, template: Template) -> tuple[Secret, Secret]:
    """Return the old secret and the new one."""
    if act is Act.PASSPHRASE:
        return Passphrase(PASSPHRASE), Passphrase(NEW_PASSPHRASE)
    return template.secret, RecoveryCode(NEW_CODE)


def filled(template: Template, folder: Path) -> tuple[Template, object]:
    """Make a vault with something in it; return it and what it holds."""
    vault = template.open(folder)
    for number in range(5):
        vault.add(numbered(number), now=NOW)
    vault.set_setting("kept", "yes")
    held = (vault.list(), vault.setting("kept"), vault.holder_key())
    vault.close()
    return Template(folder, template.recovery_code), held


def run_errors(template: Template, work: Path, act: Act, *, seed: int,
               at_most: int | None = None) -> KeyChangeResult:
    """Let every step fail in turn, in every way; or `at_most` random ones of these."""
    source, held = filled(template, work / "filled")
    steps = Steps()
    with failing(steps):
        do(act, source.copy(work / "undisturbed"), template, FAULTY)
    chosen = [(at, error) for at in range(1, steps.seen + 1) for error in ERRORS]
    if at_most is not None and at_most < len(chosen):
        chosen = random.Random(seed).sample(chosen, at_most)
    found = KeyChangeResult()
    for at, error in chosen:
        folder = source.copy(work / "tried")
        told = True
        try:
            with failing(Steps(at, error)):
                do(act, folder, template, FAULTY)
        except VaultError:
            told = False
        except Exception as raised:  # noqa: BLE001 - whatever it is, it is a violation
            found.violations.append(f"step {at}, {error}: {raised!r}")
        judge(found, f"step {at} of {steps.seen}, {error}", act, folder, template, held, acknowledged=told)
        shutil.rmtree(folder)
    return found


def run_cuts(template: Template, work: Path, act: Act, *, seed: int,
             at_most: int | None = None) -> KeyChangeResult:
    """Cut the power at every moment of the act, or at `at_most` random ones."""
    chance = random.Random(seed)
    source, held = filled(template, work / "filled")
    folder = source.copy(work / "live")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    recorder = Recorder(folder)
    with recording(recorder) as vfs:
        do(act, folder, template, vfs)
    total = len(recorder.events)
    points = set(range(total + 1))
    chosen = points if at_most is None else set(chance.sample(sorted(points), min(at_most, len(points))))
    found, disk = KeyChangeResult(), FileDisk(before)
    for point in range(total + 1):
        if point:
            disk.apply(recorder.events[point - 1])
        if point not in chosen:
            continue
        for loss in Loss:
            after = work / "after"
            shutil.rmtree(after, ignore_errors=True)
            after.mkdir(parents=True)
            share = {Loss.NONE: 1.0, Loss.ALL: 0.0, Loss.SOME: 0.5}[loss]
            for name, data in disk.after_power_cut(share, chance).items():
                (after / name).write_bytes(data)
            judge(found, f"moment {point} of {total}, {loss.name}", act, after, template, held,
                  acknowledged=point == total)
    return found


def judge(found: KeyChangeResult, where: str, act: Act, folder: Path, template: Template, held: object, *,
          acknowledged: bool) -> None:
    """Open what is there with the old secret and with the new one, and note what is wrong."""
    found.points += 1
    opened = []
    for secret in secrets_of(act, template):
        try:
            vault = open_vault(folder, secret, now=NOW)
        except VaultError as error:
            if not error.reason.code.value.startswith("vault_wrong_"):
                found.violations.append(f"{where}: {error.reason}")
            opened.append(False)
            continue
        check_integrity(vault)
        if (vault.list(), vault.setting("kept"), vault.holder_key()) != held:
            found.violations.append(f"{where}: something is missing")
        vault.close()
        opened.append(True)
    found.kept, found.changed = found.kept + opened[0], found.changed + opened[1]
    if sum(opened) != 1:
        found.violations.append(f"{where}: {sum(opened)} of the two secrets open it")
    if acknowledged and not opened[1]:
        found.violations.append(f"{where}: it was said to be done, and the new secret does not open it")
    left = [path.name for path in folder.glob("vault.next*")]
    if left:
        found.violations.append(f"{where}: {left} lie there after it was opened")


def run_key_changes(template: Template, work: Path, *, seed: int) -> tuple[str, int]:
    """Run all of it; return the counts in a line, and how many violations there were."""
    lines, bad = [], 0
    for act in Act:
        for name, run in (("failing steps", run_errors), ("power cuts", run_cuts)):
            found = run(template, work / act.name / name, act, seed=seed)
            for violation in found.violations:
                print(violation, file=sys.stderr)  # noqa: T201 - findings
            bad += len(found.violations)
            lines.append(f"{act.name.lower()}: {found.points} {name}, old secret {found.kept}, "
                         f"new secret {found.changed}, neither or both {len(found.violations)}")
    return "; ".join(lines), bad
