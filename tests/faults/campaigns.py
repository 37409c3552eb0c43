"""The campaigns, each as rows of one table: what was tried, how often, what was found."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from defusedxml.ElementTree import parse as parse_xml

from tests.conftest import REPOSITORY
from tests.faults.acts import ACTS, Act
from tests.faults.canaries import run_canaries
from tests.faults.corruption import Finding, run_corruption
from tests.faults.failing import DEATHS, ERRORS
from tests.faults.kills import run_kills
from tests.faults.scenes import cheap_guesses
from tests.faults.situations import CASES, run_situations
from tests.faults.sweep import sweep_errors, sweep_power_cuts
from tests.faults.unsynced import run_power_cuts
from tests.vault.vaults import Template, make_template

#: Killed two at a time on one vault.
PAIRS: Final = (("window", "command"), ("command", "command"), ("writer", "writer"), ("importer", "importer"))
#: Where keychains that fail are simulated, and where a real one is asked if the system has one.
_KEYCHAIN: Final = ("tests/vault/test_keychain.py", "tests/operations/test_keychain.py",
                    "tests/vault/test_secret_service.py")
_QUICK_CASES: Final = ("missing folder", "clock set back two years", "a second window",
                       "files grow to a limit during a backup")


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything.

    Attributes:
        steps: Of each act, in the sweeps; None for all.
        kills: Processes.
        damages: Of files.
        acts: In the long use whose every moment may be the last; None for the moments means all.
        cases: Names of situations.
    """

    steps: int | None = None
    kills: int = 1_000
    damages: int = 10_000
    acts: int = 60
    moments: int | None = None
    cases: tuple[str, ...] = tuple(CASES)


FULL: Final = Size()
QUICK: Final = Size(steps=4, kills=8, damages=100, acts=8, moments=30, cases=_QUICK_CASES)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes:
        counts: What was tried and found, in words.
        violations: What must not be, described.
    """

    campaign: str
    subject: str
    counts: str
    violations: tuple[str, ...]
    seconds: float

    def __str__(self) -> str:
        state = f"{len(self.violations)} VIOLATIONS" if self.violations else "0 violations"
        return f"{self.campaign:12}{self.subject:46}{state:14}{self.seconds:7.0f} s  {self.counts}"


Campaign = Callable[[Template, Path, Size, int], Iterator[Row]]


def sweep(_template: Template, work: Path, size: Size, seed: int) -> Iterator[Row]:
    """Every step of every act fails in every way; then the power goes at every moment."""
    with cheap_guesses():
        template = make_template(work / "template")
        for act in ACTS:
            yield _swept(act, template, work / act.name.replace(" ", "-"), size, seed)


def _swept(act: Act, template: Template, folder: Path, size: Size, seed: int) -> Row:
    started = time.monotonic()
    tried = sweep_errors(act, template, folder / "errors", seed=seed, at_most=size.steps)
    cut = sweep_power_cuts(act, template, folder / "cuts", seed=seed, at_most=size.steps)
    died = sum(tried.points[way] for way in DEATHS)
    counts = (f"{tried.steps} steps: {sum(tried.points[way] for way in ERRORS)} errors, {died} deaths; "
              f"{cut.steps} moments: {cut.points.total()} power cuts")
    shutil.rmtree(folder)
    return Row("sweep", act.name, counts, (*tried.violations, *cut.violations), time.monotonic() - started)


def unsynced(template: Template, work: Path, size: Size, seed: int) -> Iterator[Row]:
    """A long use of one vault, and a power cut at every moment of it."""
    started = time.monotonic()
    cut = run_power_cuts(template, work, acts=size.acts, seed=seed, at_most=size.moments)
    yield Row("power cuts", f"{cut.acts} acts on one vault", f"{cut.points} disks, {cut.syncs} syncs",
              cut.violations, time.monotonic() - started)


def kills(template: Template, work: Path, size: Size, seed: int) -> Iterator[Row]:
    """Real writers, two at once, killed at random moments."""
    for programs in PAIRS:
        started = time.monotonic()
        count = size.kills // len(PAIRS)
        killed = run_kills(template, work / "-".join(programs), count=count, seed=seed, programs=programs)
        lost = (f"{killed.lost} acknowledged writes lost",) * bool(killed.lost)
        closed = (f"{killed.unopened} vaults not opened",) * bool(killed.unopened)
        yield Row("kill -9", " and ".join(programs), f"{killed.kills} kills, {killed.acknowledged} writes "
                  f"acknowledged, {killed.lost} lost, {killed.unopened} not opened", lost + closed,
                  time.monotonic() - started)


def corruption(template: Template, work: Path, size: Size, seed: int) -> Iterator[Row]:
    """Damage at random."""
    started = time.monotonic()
    damaged = run_corruption(template, work, count=size.damages, seed=seed)
    counts = (f"{damaged.total}: {damaged.found(Finding.REFUSED)} refused, "
              f"{damaged.found(Finding.UNCHANGED)} no effect, "
              f"{damaged.found(Finding.EARLIER, Finding.MIXED)} an older state (replayed pages and files), "
              f"{len(damaged.wrong)} wrong data")
    yield Row("corruption", "store, log, header, backup", counts, tuple(damaged.wrong),
              time.monotonic() - started)


def keychain(_template: Template, work: Path, _size: Size, _seed: int) -> Iterator[Row]:
    """Keychains that are absent, locked, slow, another one, or lie: the tests of these, counted."""
    started, told = time.monotonic(), work / "keychain.xml"
    work.mkdir(parents=True, exist_ok=True)
    files = [name for name in _KEYCHAIN if (REPOSITORY / name).exists()]
    subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={told}",
                    *files], cwd=REPOSITORY, check=False, capture_output=True)
    cases = parse_xml(told).findall(".//testcase")
    failed = tuple(str(case.get("name")) for case in cases
                   if case.find("failure") is not None or case.find("error") is not None)
    skipped = sum(case.find("skipped") is not None for case in cases)
    real = sum("secret_service" in str(case.get("classname")) and case.find("skipped") is None
               for case in cases)
    yield Row("keychain", "absent, locked, slow, cancelled, lying, null",
              f"{len(cases)} cases, {skipped} skipped, {real} with a real Secret Service", failed,
              time.monotonic() - started)


def situations(_template: Template, _work: Path, size: Size, _seed: int) -> Iterator[Row]:
    """Full disks, closed folders, clocks, two at once."""
    for one in run_situations(size.cases):
        yield Row("situation", one.name, one.told, (one.problem,) if one.problem else (), one.seconds)


def canaries(_template: Template, work: Path, size: Size, _seed: int) -> Iterator[Row]:
    """Words that must stay in the vault, and everything a long session leaves outside of it."""
    started = time.monotonic()
    found = run_canaries(work, quick=size is QUICK)
    yield Row("canaries", "logs, files, arguments, titles, clipboard", found.counts, found.violations,
              time.monotonic() - started)


CAMPAIGNS: Final[dict[str, Campaign]] = {
    "sweep": sweep, "unsynced": unsynced, "kills": kills, "corruption": corruption, "keychain": keychain,
    "situations": situations, "canaries": canaries,
}
