"""Several processes: one that is ended costs the file it was at its answer, and nobody else's."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from wallet.model.errors import CancelledError
from wallet.model.reasons import ReasonCode
from wallet.operations import crew as module
from wallet.operations.crew import Crew
from wallet.operations.files import walk
from wallet.operations.inputs import Input, Names
from wallet.operations.parallel import in_processes
from wallet.operations.progress import SilentProgress

FILES = 200
posix = pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs signals")


@dataclass(frozen=True, slots=True)
class Ending:
    """Names each file and whoever answers; does what a file says to whoever is not the first process."""

    first: int

    def answers(self, inputs: Iterable[Input]) -> Iterator[tuple[str, str, int]]:
        for one in inputs:
            if os.getpid() != self.first:
                self.obey(one)
            yield one.name, one.problem.code.value if one.problem else "", os.getpid()

    def obey(self, one: Input) -> None:
        if one.data.startswith(b"once ") and not Path(one.data[5:].decode()).exists():
            Path(one.data[5:].decode()).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if one.data == b"killed":
            os.kill(os.getpid(), signal.SIGKILL)
        if one.data == b"fault":
            raise ZeroDivisionError
        if one.data == b"silent exit":
            os._exit(0)


class Asking:
    """Asks to stop when somebody says so."""

    def __init__(self) -> None:
        self.is_over = False

    def step(self, done: int, total: int, label: str) -> None:
        """Nothing."""

    def cancelled(self) -> bool:
        return self.is_over


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    held = tmp_path / "held"
    held.mkdir()
    for number in range(FILES):
        (held / f"{number:03}").write_bytes(b"x")
    return held


def answered(folder: Path, *, also_here: bool = False, jobs: int = 2) -> list[tuple[str, str, int]]:
    work = Ending(os.getpid())
    return list(in_processes(work, walk([folder]), jobs, SilentProgress(), also_here=also_here))


@posix
@pytest.mark.parametrize("also_here", [False, True])
def test_only_the_files_that_end_their_process_lose_their_answers(folder: Path, *, also_here: bool) -> None:
    said = {"070": "killed", "071": "fault", "150": "silent exit", "199": "killed"}
    for name, what in said.items():
        (folder / name).write_text(what)
    found = answered(folder, also_here=also_here)
    assert [name for name, _, _ in found] == [f"{number:03}" for number in range(FILES)]
    wrong = {name: code for name, code, _ in found if code}
    codes = dict.fromkeys(said.values(), ReasonCode.CHECK_STOPPED.value) | {"fault": "internal_error"}
    expected = {name: codes[what] for name, what in said.items()}
    assert wrong.items() <= expected.items()
    if also_here:  # what this process did itself ended nobody
        done_here = {name for name, _, pid in found if pid == os.getpid()}
        assert expected.keys() - wrong.keys() <= done_here
    else:
        assert wrong == expected
    assert not multiprocessing.active_children()


@posix
def test_a_file_that_ends_its_process_ends_no_place_for_the_rest(folder: Path) -> None:
    """The process that a person talks to never takes over what ends others."""
    (folder / "063").write_text("killed")  # the last of its run
    found = answered(folder, jobs=1)
    assert [name for name, code, pid in found if code or pid == os.getpid()] == ["063"]


@posix
def test_who_is_ended_by_chance_costs_nothing(folder: Path, tmp_path: Path) -> None:
    (folder / "030").write_text(f"once {tmp_path / 'seen'}")
    found = answered(folder)
    assert (tmp_path / "seen").exists()
    assert [code for _, code, _ in found if code] == []
    assert len(found) == FILES


def test_where_no_process_can_be_begun_this_one_does_everything(
        folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(_process: object) -> None:
        raise BlockingIOError

    monkeypatch.setattr(module, "begin", none)
    found = answered(folder)
    assert {(code, pid) for _, code, pid in found} == {("", os.getpid())}
    assert len(found) == FILES


def gone(*_pipes: object) -> None:
    os._exit(3)


def test_processes_that_end_before_they_have_begun_are_not_begun_for_ever(
        folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_serve", gone)
    found = answered(folder)
    assert {(code, pid) for _, code, pid in found} == {("", os.getpid())}
    assert len(found) == FILES


def leave() -> None:
    """Begin processes, and end without a word to them: as whoever is interrupted once too often."""
    Crew(Ending(os.getpid()), 3, also_here=True, names=Names()).begin()


def test_a_program_that_ends_waits_for_nobody_who_waits_for_it() -> None:
    code = "from tests.operations import test_crew as it; it.leave()"
    done = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, check=False, timeout=60,
                          capture_output=True)
    assert (done.returncode, done.stdout) == (0, b"")


@dataclass(frozen=True, slots=True)
class Hanging:
    """Comes to no end, and has begun a process that does not either."""

    place: Path

    def answers(self, inputs: Iterable[Input]) -> Iterator[str]:
        for _ in inputs:
            with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as begun:
                self.place.with_name("pids.part").write_text(f"{os.getpid()} {begun.pid}")
                self.place.with_name("pids.part").rename(self.place)
                time.sleep(60)
            yield ""


def is_there(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks Linux who is still there")
def test_what_a_process_has_begun_is_ended_with_it(folder: Path, tmp_path: Path) -> None:
    place, asking = tmp_path / "pids", Asking()
    crew = in_processes(Hanging(place), walk([folder]), 1, asking)

    def over(_signal: int, _frame: object) -> None:
        asking.is_over = place.exists()

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, 0.1, 0.1)
    try:
        with pytest.raises(CancelledError):
            next(crew)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    pids = [int(one) for one in place.read_text().split()]
    until = time.monotonic() + 5
    while any(map(is_there, pids)) and time.monotonic() < until:
        time.sleep(0.02)
    assert not any(map(is_there, pids))
