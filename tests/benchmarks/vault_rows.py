"""The vault's table: `python3 packaging/bootstrap.py bench vault [--quick|--large]`.

Each row stands beside plain `sqlite3` doing the same without encryption, judgement or verification. The
shortest of several times counts, since whatever else runs only adds; rows whose work uses several cores tell
the processor's time too. Nothing is asserted about time. `--quick` is for a look, `--large` goes up to
100,000 credentials and draws the picture of growth for the guide.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Final

from tests.benchmarks.filling import Filled, Mint, fill, new_wallet, services_in
from tests.benchmarks.growth_picture import picture
from tests.benchmarks.measure import Measure, rows_as_text
from tests.benchmarks.plain import PlainStore
from tests.benchmarks.vault_child import FIRST_PAGE, best, keystrokes
from tests.conftest import ASSETS, REPOSITORY
from tests.simulators.issuer import SimulatedIssuer
from wallet.operations.reading import reader_for
from wallet.operations.wallets import lock
from wallet.vault.search import words_of

STEPS: Final = (1_000, 3_000, 10_000, 30_000, 100_000)
PICTURE: Final = ASSETS / "guide" / "pictures" / "vault-growth.svg"
_SHARE: Final = 0.25
_SLICE_S: Final = 0.02
_PLAIN: Final = "plain sqlite3"
_LINES: Final = {"integrity check": "integrity", "backup": "backup", "unlock to list": "unlock",
                 "add one": "add", "search, a keystroke": "search"}


def measures(*, quick: bool, large: bool) -> Iterator[Measure]:
    """Yield the rows, most interesting for a person first."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield from _sixty(folder / "sixty")
        yield from _import(folder / "import", 300 if quick else 10_000)
        steps = (200,) if quick else STEPS if large else STEPS[:2]
        yield from _growth(folder / "growth", steps, draw=large)


# --- a slow computer ---


def _sixty(folder: Path) -> Iterator[Measure]:
    folder.mkdir()
    command = [sys.executable, "-m", "tests.benchmarks.vault_child", "sixty", str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                          cwd=REPOSITORY) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        how = _slowed(child)
        found = json.loads(child.stdout.read())
    yield Measure(f"60 credentials, 1/4 core ({how}): unlock to list", found["unlock"], 1500.0,
                  "bar of 1.5 s", "at least 1")
    yield Measure("   the same with the passphrase's key derivation", found["unlock_whole"], 1500.0,
                  "bar of 1.5 s, slow on purpose", "told")
    for name, key in (("a keystroke of search", "search"), ("open one, judged anew", "open"),
                      ("add one, judged, durable", "add")):
        yield Measure(f"   {name}", found[key], 100.0, "instant: 100 ms", "at least 1")


def _slowed(child: subprocess.Popen[str]) -> str:
    """Let a process run a quarter of the time until it ends; return by which means."""
    group = _group()
    if group:
        (group / "cgroup.procs").write_text(str(child.pid))
        _go(child)
        child.wait()
        group.rmdir()
        return "cgroup"
    if shutil.which("cpulimit"):
        limit = subprocess.Popen(["cpulimit", "-q", "-p", str(child.pid), "-l", "25"])
        _go(child)
        child.wait()
        limit.wait()
        return "cpulimit"
    _go(child)
    while child.poll() is None:
        time.sleep(_SLICE_S)
        child.send_signal(signal.SIGSTOP)
        time.sleep(_SLICE_S * (1 - _SHARE) / _SHARE)
        child.send_signal(signal.SIGCONT)
    return "stopping it 3/4 of the time"


def _group() -> Path | None:
    """Make a group of processes that has a quarter of one core; None where that is not for us to do."""
    root, name = Path("/sys/fs/cgroup"), f"wallet-bench-{os.getpid()}"
    second = (root / "cgroup.controllers").is_file()
    group = root / name if second else root / "cpu" / name
    limit = "cpu.max", "25000 100000"
    if not second:  # the first version: a hundred milliseconds each time, of which so many microseconds
        limit = "cpu.cfs_quota_us", "25000"
    try:
        group.mkdir()
    except OSError:  # neither version, or not ours to use
        return None
    try:
        (group / limit[0]).write_text(limit[1])
    except OSError:  # no share of the processor is kept there
        group.rmdir()
        return None
    return group


def _go(child: subprocess.Popen[str]) -> None:
    assert child.stdin is not None
    child.stdin.write("go\n")
    child.stdin.close()


# --- a folder ---


def _import(folder: Path, count: int) -> Iterator[Measure]:
    files = folder / "files"
    files.mkdir(parents=True)
    issuer = SimulatedIssuer("did:key")
    for number in range(count):
        data = issuer.badge_jwt(number=number) if number % 2 else issuer.badge(number=number)
        (files / f"{number:06}").write_bytes(b'{"broken": ' if number % 100 == 99 else data)
    found = _child("import", folder, str(files))
    plain = _plain_import(folder, files)
    each = found["seconds"] / count * 1000
    said = f"{found['added']:,.0f} kept and {found['refused']:,.0f} refused"
    yield Measure(f"import of {count:,} files, checked: {said}; one file", each, 1.0,
                  "bar: 1,000 a second on 2 cores", "at least 1")
    yield Measure("   the same, unchecked", each, plain / count * 1000, _PLAIN, "told")
    yield Measure("   processor's time of all processes, one file", found["cpu"] / count * 1000, 2.0,
                  "what 2 cores have at 1,000 a second", "at least 1")
    yield Measure("   memory of all its processes, the largest sum seen", found.get("memory"), 300.0,
                  "bar of 300 MB", "at least 1", "MB")


def _plain_import(folder: Path, files: Path) -> float:
    session = new_wallet(folder / "reader").opened()
    reader, store = reader_for(session), PlainStore(folder / "plain.db")
    paths = sorted(files.iterdir())
    mint = Mint()
    some = [mint.record(reader, number) for number in range(200)]
    begun = time.perf_counter()
    for start in range(0, len(paths), 200):
        for path in paths[start : start + 200]:
            path.read_bytes()
    read = time.perf_counter() - begun
    begun = time.perf_counter()
    store.add(some)
    written = (time.perf_counter() - begun) / len(some) * len(paths)
    store.close()
    return read + written


# --- growth ---


def _growth(folder: Path, steps: tuple[int, ...], *, draw: bool) -> Iterator[Measure]:
    folder.mkdir()
    filled, mint, plain = new_wallet(folder), Mint(), PlainStore(folder / "plain.db")
    before = 0
    lines: dict[str, list[float]] = {name: [] for name in _LINES}
    for count in steps:
        fill(filled, mint, range(before, count), plain.add)
        before = count
        found = _child("at-size", folder, filled.code)
        for name, key in _LINES.items():
            lines[name].append(found[key])
        yield from _rows_at(count, found, _plain_at(folder, plain, filled.code))
    plain.close()
    if draw:
        PICTURE.write_text(picture("A vault that grows: time for one act, by number of credentials", steps,
                                   lines), "utf-8")
    for name, line in lines.items():
        sys.stdout.write(f"growth | {name} | " + " | ".join(f"{one:.2f} ms" for one in line) + "\n")


def _rows_at(count: int, found: dict[str, float], plain: dict[str, float]) -> Iterator[Measure]:
    size = found["megabytes"]
    yield Measure(f"{count:,} credentials, {size:.0f} MB: unlock to {FIRST_PAGE} rows, key derived",
                  found["unlock"], plain["open"], _PLAIN, "at most 100 ms")
    yield Measure("   a keystroke of search, mean", found["search"], plain["search"], _PLAIN,
                  "at most 10 ms")
    yield Measure("   a keystroke of search, the slowest", found["search_worst"], plain["search_worst"],
                  _PLAIN, "at most 10 ms")
    yield Measure("   add one, judged, durable", found["add"], plain["add"], _PLAIN, "at most 15 ms")
    yield Measure(f"   backup, read back ({size / found['backup'] * 1000:.0f} MB/s; processor "
                  f"{found['backup_cpu'] / 1000:.1f} s)", found["backup"], plain["backup"], _PLAIN,
                  "at least 100 MB/s")
    yield Measure(f"   integrity check (processor {found['integrity_cpu'] / 1000:.1f} s)",
                  found["integrity"], plain["integrity"], _PLAIN, "at most 5 s")
    yield Measure("   memory after unlock, search and add, peak", found.get("memory"), 300.0, "bar of 300 MB",
                  "at least 1", "MB")
    yield Measure("   memory after integrity check and backup, peak", found.get("memory_all"), 300.0,
                  "bar of 300 MB",
                  "at least 1", "MB")


def _plain_at(folder: Path, plain: PlainStore, code: str) -> dict[str, float]:
    def opened() -> None:
        store = PlainStore(folder / "plain.db")
        store.newest(FIRST_PAGE)
        store.close()

    typed = [best(lambda text=text: plain.search(words_of(text), FIRST_PAGE), 5)  # type: ignore[misc]
             for text in keystrokes()]
    session = Filled(services_in(folder), code).opened()
    mint = Mint(seed=time.time_ns())
    ones = iter([mint.record(reader_for(session), 10**9 + number) for number in range(20)])
    copy = folder / "plain-copy.db"
    found = {"open": best(opened, 7), "search": sum(typed) / len(typed), "search_worst": max(typed),
             "add": best(lambda: plain.add([next(ones)]), 15), "integrity": best(plain.look_over, 2),
             "backup": best(lambda: plain.back_up(copy), 1)}
    copy.unlink()
    lock(session)
    return found


def _child(work: str, *arguments: object) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.vault_child", work, *map(str, arguments)]
    done = subprocess.run(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main(arguments: list[str]) -> int:
    """Print the table."""
    found = list(measures(quick="--quick" in arguments, large="--large" in arguments))
    lines = rows_as_text(found)
    packages = ", ".join(f"{package} {version(package)}" for package in ("apsw-sqlite3mc", "cryptography"))
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    lines.append(f"Python {platform.python_version()} on {platform.machine()}, {os.cpu_count()} cores, load "
                 f"{load}; {packages}")
    sys.stdout.write("\n".join(lines) + "\n")
    return 0
