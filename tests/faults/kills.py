"""Writers killed at random moments; afterwards everything they acknowledged must be there."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
import traceback
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import IO

from tests.conftest import REPOSITORY
from tests.vault.vaults import NOW, Template
from wallet.vault.container import open_vault
from wallet.vault.integrity import check_integrity

#: Seconds between a writer's first word and its death.
EARLIEST_S, LATEST_S = 0.05, 0.35
#: Adds go into a fresh vault after so many kills, so that checking stays quick.
KILLS_PER_VAULT = 10
_NUMBERS_PER_WRITER = 1_000_000


@dataclass(frozen=True, slots=True)
class KillResult:
    """What a campaign found.

    Attributes:
        kills: Processes that were killed while they wrote.
        acknowledged: Credentials they had said were kept.
        lost: Of those, how many were not there.
        unopened: How often the vault did not open, or was not sound.
    """

    kills: int
    acknowledged: int
    lost: int
    unopened: int


def run_kills(template: Template, work: Path, *, count: int, seed: int,
              programs: tuple[str, ...] = ("writer", "writer")) -> KillResult:
    """Kill `count` processes, all of these programs at a time on the same vault.

    Args:
        template: The vault that is copied.
        work: Where the copies go.
        count: Processes to kill.
        seed: Of the moments.
        programs: Modules beside this one: `writer` keeps records as fast as it can; `importer` is the import
            of files, `command` the command line around it, `window` the window.
    """
    chance = random.Random(seed)
    result = KillResult(0, 0, 0, 0)
    number = 0
    while result.kills < count:
        folder = template.copy(work / f"vault-{result.kills}")
        kept: set[str] = set()
        for _ in range(0, min(KILLS_PER_VAULT, count - result.kills), len(programs)):
            first = {number + one: program for one, program in enumerate(programs)}
            number += len(programs)
            said = _kill(template, folder, first, chance)
            kept |= said
            result = _checked(result, template, folder, kept, kills=len(programs), said=len(said))
    return result


class _Victim:
    """A process that writes until it is killed.

    Forked where this process has one thread, because starting Python anew costs more than what it is
    started for; else started anew.
    """

    def __init__(self, program: str, arguments: tuple[str, ...]) -> None:
        self._process: subprocess.Popen[str] | None = None
        if hasattr(os, "fork") and threading.active_count() == 1:
            module = import_module(f"tests.faults.{program}")
            reading, writing = os.pipe()
            self._id = os.fork()
            if not self._id:
                os.close(reading)
                os.dup2(writing, 1)
                sys.stdout = os.fdopen(1, "w", closefd=False)
                try:
                    module.main(*arguments)
                finally:  # whatever happened: this is the copy of a campaign
                    traceback.print_exc()
                    os._exit(1)
            os.close(writing)
            self._told: IO[str] = os.fdopen(reading)
        else:
            self._process = subprocess.Popen([sys.executable, "-m", f"tests.faults.{program}", *arguments],
                                             stdout=subprocess.PIPE, text=True, cwd=REPOSITORY)
            assert self._process.stdout is not None
            self._told = self._process.stdout

    def wait_until_ready(self) -> None:
        assert self._told.readline() == "ready\n"

    def kill(self) -> set[str]:
        """Kill it and return everything it had acknowledged."""
        if self._process:
            self._process.kill()
        else:
            os.kill(self._id, signal.SIGKILL)
        with self._told:
            said = {line.strip() for line in self._told if line.endswith("\n")}
        if self._process:
            self._process.wait()
        else:
            os.waitpid(self._id, 0)
        return said


def _kill(template: Template, folder: Path, first: dict[int, str], chance: random.Random) -> set[str]:
    victims = [_Victim(program, (str(folder), template.recovery_code, str(one * _NUMBERS_PER_WRITER)))
               for one, program in first.items()]
    for victim in victims:
        victim.wait_until_ready()
    said: set[str] = set()
    for victim in victims:
        time.sleep(chance.uniform(EARLIEST_S, LATEST_S) / len(victims))
        said |= victim.kill()
    return said


def _checked(result: KillResult, template: Template, folder: Path, kept: set[str], *, kills: int,
             said: int) -> KillResult:
    lost = unopened = 0
    try:
        vault = open_vault(folder, template.secret, now=NOW)
        check_integrity(vault)
        there = {sha256 for (sha256,) in vault.database.rows("SELECT sha256 FROM credential")}
        lost = len(kept - there)
        vault.close()
    except Exception as error:  # noqa: BLE001 - whatever it is, it counts, and is shown
        print("not opened:", repr(error), getattr(error, "reason", ""), file=sys.stderr)  # noqa: T201 - a finding
        unopened = 1
    return KillResult(result.kills + kills, result.acknowledged + said, result.lost + lost,
                      result.unopened + unopened)
