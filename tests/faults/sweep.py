"""Every step of every act fails in turn: with an error, by death, by a power cut that loses unsynced writes.

Errors and deaths happen to a copy of the act's wallet while the real program code runs; for death the process
is forked and ended. A power cut is computed from the record of one undisturbed run: the disk of every moment,
without what was never synced or with a random part of it.
"""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.faults.acts import Act
from tests.faults.disks import FileDisk, Recorder, recording
from tests.faults.failing import (
    DEATHS,
    DIED,
    ERRORS,
    OF_WRITES,
    Steps,
    Way,
    failing,
    failing_disk,
    stores_through,
)
from tests.faults.scenes import VAULT, Scene
from tests.faults.unsynced import Kind, recording_disk
from tests.vault.vaults import Template
from wallet.model.errors import WalletError

#: What of the unsynced is left after a power cut: nothing, a random part.
SHARES: Final = (0.0, 0.5)
_FAULT: Final = 70  # the act ended in an error that is none of ours


@dataclass(slots=True)
class Swept:
    """What a sweep found.

    Attributes:
        steps: Of the act, undisturbed.
        points: Runs or disks that were judged, by how it failed.
        violations: Where something was wrong, described.
    """

    steps: int = 0
    points: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)


@contextmanager
def live_copy(scene: Scene, work: Path) -> Iterator[Path]:
    """Copy the scene; temporary files go into the copy, too."""
    live, before = work / "live", tempfile.tempdir
    shutil.rmtree(live, ignore_errors=True)
    shutil.copytree(scene.source, live)
    (live / "temporary").mkdir()
    tempfile.tempdir = str(live / "temporary")
    try:
        yield live
    finally:
        tempfile.tempdir = before


def count_steps(act: Act, scene: Scene, work: Path) -> list[bool]:
    """Return of each step of the undisturbed act whether it writes bytes."""
    steps = Steps()
    with live_copy(scene, work) as live, failing(steps, live):
        act.do(scene, live, lambda _: None)
    return steps.writes


def sweep_errors(act: Act, template: Template, work: Path, *, seed: int, at_most: int | None = None,
                 ways: tuple[Way, ...] = ERRORS + DEATHS) -> Swept:
    """Let every step fail in turn in all these ways, or a random sample of `at_most`."""
    scene = act.make(template, work)
    failing_disk()  # before any fork
    writes = count_steps(act, scene, work)
    chosen = [(at, way) for at in range(1, len(writes) + 1) for way in ways
              if way not in OF_WRITES or writes[at - 1]]
    if at_most is not None and at_most < len(chosen):
        chosen = random.Random(seed).sample(chosen, at_most)
    found = Swept(len(writes))
    for at, way in chosen:
        with live_copy(scene, work) as live:
            said, fault = (_die if way in DEATHS else _fail)(act, scene, live, Steps(at, way))
            found.points[way] += 1
            found.violations += [f"{act.name}, step {at} of {len(writes)}, {way}: {one}"
                                 for one in (*fault, *_judged(act, scene, live, said))]
    return found


def sweep_power_cuts(act: Act, template: Template, work: Path, *, seed: int,
                     at_most: int | None = None) -> Swept:
    """Cut the power at every moment of the act, or at `at_most` random ones."""
    chance = random.Random(seed)
    scene = act.make(template, work)
    recording_disk()
    with live_copy(scene, work) as live:
        folder = live / VAULT
        before = {path.name: path.read_bytes() for path in folder.iterdir()}
        recorder = Recorder(folder)
        with recording(recorder) as vfs, stores_through(vfs):
            act.do(scene, live, recorder.acknowledge)
    events = recorder.events
    moments = range(len(events) + 1)
    chosen = set(moments) if at_most is None else set(chance.sample(moments, min(at_most, len(moments))))
    found, disk, said = Swept(len(events)), FileDisk(before), set[str]()
    for moment in moments:
        if moment:
            disk.apply(events[moment - 1])
            if getattr(events[moment - 1], "kind", None) is Kind.ACKNOWLEDGED:
                said.add(events[moment - 1].name)
        for share in SHARES if moment in chosen else ():
            with live_copy(scene, work) as live:
                shutil.rmtree(live / VAULT)
                (live / VAULT).mkdir()
                for name, data in disk.after_power_cut(share, chance).items():
                    (live / VAULT / name).write_bytes(data)
                found.points["unsynced writes lost"] += 1
                found.violations += [f"{act.name}, power cut at {moment} of {len(events)}, {share}: {one}"
                                     for one in _judged(act, scene, live, said)]
    return found


def _fail(act: Act, scene: Scene, live: Path, steps: Steps) -> tuple[list[str], list[str]]:
    said: list[str] = []
    try:
        with failing(steps, live):
            act.do(scene, live, said.append)
    except WalletError:
        return said, []
    except SystemError:  # apsw, that its own file layer written in Python failed again while it was closing
        return said, []
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a violation
        return said, [f"ended in {error!r}"]
    return said, []


def _die(act: Act, scene: Scene, live: Path, steps: Steps) -> tuple[list[str], list[str]]:
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        try:
            with failing(steps, live):
                act.do(scene, live, lambda word: (os.write(writing, word.encode() + b"\n"), None)[1])
        except BaseException:  # noqa: BLE001 - the child must end here, whatever happens
            os._exit(_FAULT)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        said = told.read().decode().splitlines()
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return said, [] if code == DIED else [f"the process ended with {code}"]


def _judged(act: Act, scene: Scene, live: Path, said: Collection[str]) -> list[str]:
    try:
        return act.judge(scene, live, said)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a violation
        return [f"afterwards: {error!r} {getattr(error, 'reason', '')}"]
