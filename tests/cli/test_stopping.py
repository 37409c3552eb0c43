"""Whoever asks the program to stop is heard within a moment, told what is there, and left without a trace."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import AT, spawn
from tests.conftest import REPOSITORY

MANY = 4_000
BEFORE = 20
MORE_THAN_A_PIPE = 2**21
pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks Linux who is still there")


@pytest.fixture(scope="module")
def many(files: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that takes a while."""
    folder = tmp_path_factory.mktemp("many")
    for number in range(MANY):
        os.link(files / ("valid.json", "tampered.json")[number % 2], folder / f"{number:04}.json")
    return folder


def begun(*arguments: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "wallet", *map(str, arguments)]
    return subprocess.Popen(command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, start_new_session=True, bufsize=0)


def below(pid: int) -> set[int]:
    """Every process that this one began, and those that they began."""
    parents = {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(place.parent.name)] = int(place.read_text().rpartition(")")[2].split()[1])
        except OSError:  # it has ended meanwhile
            continue
    found: set[int] = set()
    while more := {one for one, above in parents.items() if above in {pid, *found}} - found:
        found |= more
    return found


def there(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def gone(pids: set[int]) -> bool:
    until = time.monotonic() + 20
    while any(map(there, pids)) and time.monotonic() < until:
        time.sleep(0.02)
    return not any(map(there, pids))


@pytest.mark.parametrize(("jobs", "sent"), [(1, [signal.SIGINT]), (2, [signal.SIGINT]), (2, [signal.SIGTERM]),
                                            (2, [signal.SIGINT, signal.SIGINT])],
                         ids=["one process", "two", "two, by the system", "two, twice"])
def test_a_folder_is_left_within_a_moment(many: Path, jobs: int, sent: list[signal.Signals]) -> None:
    with begun("verify", "-r", "--jsonl", "--jobs", jobs, *AT, many) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        others = below(process.pid)
        for one in sent:
            os.killpg(process.pid, one)  # as a terminal does: to everybody who was begun in it
        said, told = process.communicate(timeout=20)
    assert process.returncode == 130
    rows = [json.loads(line) for line in (first + said).splitlines()]
    assert [row["file"] for row in rows] == [f"{number:04}.json" for number in range(len(rows))]
    assert 0 < len(rows) < MANY
    if len(sent) == 1:
        count = f"{len(rows)} result{'s' if len(rows) > 1 else ''}"
        assert told.decode() == f"Stopped. {count} came before that; the rest was not checked.\n"
    assert b"Traceback" not in told
    assert gone(others)


def test_what_was_found_is_printed_and_marked_as_a_part(many: Path, tmp_path: Path) -> None:
    held = tmp_path / "held"
    held.mkdir()
    for number in (*range(BEFORE), *range(BEFORE + 1, MANY)):
        os.link(many / f"{number:04}.json", held / f"{number:04}.json")
    (held / f"{BEFORE:04}.pdf").write_bytes(b"%PDF-1.7")  # looked into by another process: it is seen to come
    with begun("verify", "-r", "--json", *AT, "--report", tmp_path / "r.html", held) as process:
        while not (others := below(process.pid)):
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        said, told = process.communicate(timeout=20)
    assert process.returncode == 130
    document = json.loads(said)
    assert document["stopped"] is True
    assert BEFORE <= len(document["results"]) < MANY
    assert gone(others)
    assert told.decode().splitlines()[-1] == "No report was written."
    assert not (tmp_path / "r.html").exists()
    assert "stopped" not in json.loads(spawn("verify", "--json", *AT, many / "0000.json").stdout)


def test_nobody_waits_for_what_never_comes() -> None:
    with begun("verify", "-") as process:
        assert process.stdin is not None
        process.stdin.write(bytes(MORE_THAN_A_PIPE))  # comes to an end when it reads
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=20)
    assert process.returncode == 130
    assert told.startswith(b"Stopped.")


@pytest.mark.parametrize("jobs", [1, 2])
def test_who_reads_no_further_is_told_nothing(many: Path, jobs: int) -> None:
    with begun("verify", "-r", "--jobs", jobs, *AT, many) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        others = below(process.pid)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(20) == 130
    assert gone(others)


@pytest.mark.parametrize("jobs", [1, 2])
def test_streams_that_are_closed_change_no_answer(many: Path, tmp_path: Path, jobs: int) -> None:
    for number in range(100):
        os.link(many / "0001.json", tmp_path / f"{number}.json")
    line = 'exec "$@" <&- >&- 2>&-'
    command = ["sh", "-c", line, "sh", sys.executable, "-m", "wallet", "verify", "-r", "--jobs", str(jobs)]
    done = subprocess.run([*command, *AT, str(tmp_path)], cwd=REPOSITORY, check=False, timeout=60)
    assert done.returncode == 3  # nobody has the key
    empty = subprocess.run(["sh", "-c", 'exec "$@" <&-', "sh", sys.executable, "-m", "wallet", "verify", "-"],
                           cwd=REPOSITORY, check=False, timeout=60, capture_output=True)
    assert (empty.returncode, b"The file is empty." in empty.stdout) == (4, True)
