"""Writers killed at random moments; afterwards everything they acknowledged must be there."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

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


def run_kills(template: Template, work: Path, *, count: int, seed: int, writers: int = 2,
              program: str = "writer") -> KillResult:
    """Kill `count` writers, `writers` of them at a time on the same vault.

    Args:
        template: The vault that is copied.
        work: Where the copies go.
        count: Processes to kill.
        seed: Of the moments.
        writers: At the same time on one vault.
        program: `writer` keeps records as fast as it can; `importer` is the real import of files.
    """
    chance = random.Random(seed)
    result = KillResult(0, 0, 0, 0)
    number = 0
    while result.kills < count:
        folder = template.copy(work / f"vault-{result.kills}")
        kept: set[str] = set()
        for _ in range(0, min(KILLS_PER_VAULT, count - result.kills), writers):
            together = min(writers, count - result.kills)
            first = [number + one for one in range(together)]
            number += together
            said = _kill(template, folder, first, chance, program)
            kept |= said
            result = _checked(result, template, folder, kept, kills=together, said=len(said))
    return result


def _kill(template: Template, folder: Path, first: list[int], chance: random.Random,
          program: str) -> set[str]:
    processes = [subprocess.Popen(
        [sys.executable, "-m", f"tests.faults.{program}", str(folder), template.recovery_code,
         str(one * _NUMBERS_PER_WRITER)], stdout=subprocess.PIPE, text=True, cwd=REPOSITORY)
        for one in first]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    said: set[str] = set()
    for process in processes:
        time.sleep(chance.uniform(EARLIEST_S, LATEST_S) / len(processes))
        process.kill()
        said |= set(_whole_lines(process))
    return said


def _whole_lines(process: subprocess.Popen[str]) -> Iterator[str]:
    assert process.stdout is not None
    yield from (line.strip() for line in process.stdout if line.endswith("\n"))
    process.stdout.close()
    process.wait()


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
