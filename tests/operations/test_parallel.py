"""Several processes give the answers of one, in the same order, and stop when they are asked to."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from datetime import datetime
from pathlib import Path

import pytest

from tests.conftest import ASSETS, AT, REPOSITORY
from tests.operations.conftest import documents_of
from tests.simulators.issuer import SimulatedIssuer
from wallet.codec.frames import to_frames
from wallet.codec.linked_data.contexts import Contexts
from wallet.codec.payload import encode_payload
from wallet.model.errors import CancelledError
from wallet.operations.checking import CheckedFile, Desk, Expectation
from wallet.operations.files import walk
from wallet.operations.parallel import Task, check_many, in_processes
from wallet.operations.progress import SilentProgress
from wallet.trust.evidence_store import MemoryEvidence

FILES = 150  # three runs


def short(one: CheckedFile) -> tuple[str, str, str]:
    return one.name, one.sha256, one.report.verdict.value


def placed(one: CheckedFile) -> tuple[tuple[str, str, str], int]:
    return short(one), os.getpid()


def begin_and_wait(folder: str) -> None:
    """Say which processes work for this one, and wait to be killed."""
    task = Task(Desk(Contexts.pinned(ASSETS / "contexts")), AT, Expectation(), short)
    answers = in_processes(task, walk([Path(folder)]), 2, SilentProgress())
    next(answers)
    print(*(one.pid for one in multiprocessing.active_children()), flush=True)  # noqa: T201 - the test listens
    time.sleep(60)


def runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"  # dead, and waiting for somebody to notice


def hears_interruptions(pid: int) -> bool:
    """Whether a process would end by what a terminal sends, in whatever state of loading it is."""
    status = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    deaf = int(status["SigBlk"], 16) | int(status["SigIgn"], 16)
    return not deaf >> (signal.SIGINT - 1) & 1


class Stopping:
    """Asks to stop as soon as anything was done."""

    def __init__(self) -> None:
        self.done = 0

    def step(self, done: int, _total: int, _label: str) -> None:
        self.done = done

    def cancelled(self) -> bool:
        return self.done > 0


@pytest.fixture
def desk(contexts: Contexts, issuer: SimulatedIssuer) -> Desk:
    return Desk(contexts, MemoryEvidence(documents_of(issuer)))


@pytest.fixture
def folder(tmp_path: Path, issuer: SimulatedIssuer) -> Path:
    """Many files: good, changed, no JSON, and one badge in frames that lie in different runs."""
    badges = [issuer.badge(number=number) for number in range(5)]
    for number in range(FILES):
        data = badges[number % 5]
        if number % 7 == 3:
            data = data.replace(b"Statistics", b"Statistika")
        if number % 31 == 5:
            data = b"["
        (tmp_path / f"{number:04}.json").write_bytes(data)
    frames = to_frames(encode_payload(badges[0]), 300)
    assert len(frames) == 2
    for place, frame in zip((80, 10), frames, strict=True):
        (tmp_path / f"{place:04}.json").write_text(frame)
    return tmp_path


@pytest.mark.parametrize("also_here", [True, False])
def test_two_processes_answer_like_one(desk: Desk, folder: Path, at: datetime, *, also_here: bool) -> None:
    one = list(check_many(Task(desk, at, Expectation(), short), [folder]))
    task, files = Task(desk, at, Expectation(), placed), walk([folder, folder])
    found = list(in_processes(task, files, 2, SilentProgress(), also_here=also_here))
    assert [answer for answer, _ in found] == one[:-1] + one
    workers = [worker for _, worker in found[:-1]]  # what lay in several is joined by who asked
    assert (os.getpid() in workers) == also_here  # who writes, or draws a window, has other work
    assert {verdict for _, _, verdict in one} == {"valid", "invalid", "malformed"}
    joined = one[-1]
    assert joined[0].startswith("0010.json + ")
    assert joined[2] == "valid"


def test_a_handful_of_files_needs_no_second_process(desk: Desk, folder: Path, at: datetime) -> None:
    task = Task(desk, at, Expectation(), lambda one: one.name)  # what cannot be handed over is not
    paths = [folder / "0000.json", folder / "0001.json"]
    assert list(check_many(task, paths, jobs=2)) == ["0000.json", "0001.json"]


def test_a_folder_of_many_is_worked_through_here_too(desk: Desk, folder: Path, at: datetime) -> None:
    """The one further process needs longer to load than a few files take."""
    task = Task(desk, at, Expectation(), placed)
    answers = check_many(task, [folder], jobs=2)
    assert next(answers)[1] == os.getpid()
    assert len(multiprocessing.active_children()) == 1
    assert isinstance(answers, Generator)
    answers.close()
    assert not multiprocessing.active_children()


def test_answers_come_before_the_end_and_stop_when_asked(desk: Desk, folder: Path, at: datetime) -> None:
    task = Task(desk, at, Expectation(), short)
    answers = check_many(task, [folder], jobs=2, progress=Stopping())
    assert next(answers)[0] == "0000.json"
    rest: list[tuple[str, str, str]] = []
    with pytest.raises(CancelledError):
        rest.extend(answers)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks Linux who is still there")
def test_processes_end_with_the_one_that_began_them(folder: Path) -> None:
    code = "import sys; from tests.operations import test_parallel as it; it.begin_and_wait(sys.argv[1])"
    with subprocess.Popen([sys.executable, "-c", code, str(folder)], cwd=REPOSITORY, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as begun:
        assert begun.stdout is not None
        workers = [int(pid) for pid in begun.stdout.readline().split()]
        assert len(workers) == 2
        assert all(map(runs, workers))
        assert not any(map(hears_interruptions, workers))  # a terminal interrupts them with everybody in it
        begun.kill()
    until = time.monotonic() + 20
    while any(map(runs, workers)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(runs, workers))


def test_two_processes_end_without_a_word(folder: Path) -> None:
    """What libraries leave behind is told on standard error, where a script looks for what went wrong."""
    command = [sys.executable, "-m", "wallet", "verify", "-r", "--jsonl", "--jobs", "2", str(folder)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, check=False)
    assert done.stdout.count(b"\n") == FILES - 1  # two frames are one badge
    assert done.stderr == b""
