"""Whatever somebody types and points at: a documented exit code, sentences, and never a fault of ours.

Seeded and bounded; `python -m tests.cli.test_odd_usage SEED COUNT` runs more of it.
"""

from __future__ import annotations

import contextlib
import io
import os
import random
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.other_wallets import tarred, zipped
from tests.simulators.pictures import baked_png
from wallet.cli.commands import main
from wallet.cli.exit_codes import ExitCode

SEED, CASES = 20261122, 160
DOCUMENTED = {int(one) for one in ExitCode} - {ExitCode.INTERNAL}
#: What a terminal could take for an order, or a reader for another text.
HARMFUL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066\u2067]")
TIMES = ("2026-11-21", "0001-01-01", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "2026-02-30",
         "", "now", "2026-W47-6", "\u0662\u0660\u0662\u0666-01-01", "-1", "2026-11-21T12:00:00+00:00:01")
WORDS = ("", ",", "sealed", "listed", "status<=30d", "status<=99999d", "status<=-1d", "recipient=a@b.example",
         "recipient=", "recipient=\u202e", "live", "sealed,listed", "SEALED", "green")
SPANS = ("30d", "0h", "99999w", "1", "-1d", "1.5d", "\u0663d", "", "9" * 40 + "d", " 12h")
TEXTS = ("", "x", "\u202ex", "a\nb", "https://employer.example", "\x1b[2J")


def odd_files(folder: Path) -> list[str]:
    """Make files of every kind that a folder of applications may have, and some that none has."""
    issuer = SimulatedIssuer("did:key")
    badge = issuer.badge()
    held: dict[str, bytes] = {
        "good.json": badge, "changed.json": badge.replace(b"Statistics", b"Statistika"), "empty.json": b"",
        "line\nbreak.json": badge, "rtl\u202egpj.json": badge, "esc\x1b[31m.json": badge, "-dash.json": badge,
        "badge.png": baked_png(badge), "token.jwt": issuer.badge_jwt(), "deep.json": b"[" * 9_000,
        "utf16.json": badge.decode().encode("utf-16"), "random.bin": random.Random(1).randbytes(9_000),
        "sent.zip": zipped({"a.json": badge, "letter.txt": b"Dear all", "../b.json": badge}),
        "sent.tar": tarred({"a.json": badge}), "bomb.zip": zipped({"a": bytes(2_000_000)}),
        "none.zip": zipped({}), "cut.zip": zipped({"a.json": badge})[:-9], "a.7z": b"7z\xbc\xaf\x27\x1c",
        "letter.docx": zipped({"[Content_Types].xml": b"<x/>"}), "page.html": b"<html></html>",
        "cut.png": baked_png(badge)[:99],
        "map.json": b'{"https://a.example/": "good.json"}', "out.json": b'{"https://a.example/": "../../x"}',
        "nul.json": b'{"https://a.example/": "\\u0000"}', "list.json": b'{"registry": {}}',
    }
    (folder / "sub" / "empty").mkdir(parents=True)
    for name, data in held.items():
        (folder / name).write_bytes(data)
    (folder / "sub" / "good.json").write_bytes(badge)
    (folder / "broken link").symlink_to("nowhere")
    (folder / "circle").symlink_to("circle")
    (folder / "up").symlink_to(folder)
    os.mkfifo(folder / "pipe")
    with (folder / "huge.bin").open("wb") as file:
        file.truncate(1 << 40)
    there = [str(path) for path in folder.rglob("*")] + [str(folder)]
    return [*sorted(there), "-", "--", "", "x" * 5_000, "nothing", "https://school.example/badge", "HTTP://",
            "/dev/null", str(folder / "good.json" / "below")]


def command(chance: random.Random, files: list[str], folder: Path) -> list[str]:
    """Put together one command line."""
    pick = chance.choice
    if chance.random() < 0.15:
        line = ["inspect", *pick(([], ["--json"], ["--statements"], ["--json", "--statements"]))]
    else:
        reports = (folder.parent / "r.json", folder.parent / "r.html", folder / "none" / "r.json", folder,
                   "r.txt", "", ".json", "x" * 300 + ".json")
        options: list[list[object]] = [
            ["-r"], ["-r"], ["--json"], ["--jsonl"], ["--csv"], ["--explain"], ["--fail-fast"], ["--saved"],
            ["--trust-contexts"], ["--evidence", pick(files)], ["--trust", pick(files)],
            ["--at", pick(TIMES)], ["--max-age", pick(SPANS)], ["--require", pick(WORDS)],
            ["--accept", pick(("expired", "", "x"))],
            ["--domain", pick(TEXTS)], ["--challenge", pick(TEXTS)], ["--report", pick(reports)],
            ["--jobs", pick(("1", "0", "65", "x", "", "1e3"))],
            [pick(("--offline", "--no-such", "-x", "-h"))]]
        line = ["verify", *(str(one) for option in chance.sample(options, chance.randint(0, 4))
                            for one in option)]
    given = [pick(files) for _ in range(pick((0, 1, 1, 1, 2, 3)))]
    return [*(["-v"] if chance.random() < 0.05 else []), *line, *given]


@contextlib.contextmanager
def streams(given: bytes) -> Iterator[tuple[io.TextIOWrapper, io.TextIOWrapper]]:
    """Standard input with these bytes, and two files in place of the terminal."""
    before = sys.stdin, sys.stdout, sys.stderr
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", "backslashreplace") for _ in range(2))
    sys.stdin, sys.stdout, sys.stderr = io.TextIOWrapper(io.BytesIO(given)), out, err
    try:
        yield out, err
    finally:
        sys.stdin, sys.stdout, sys.stderr = before


def written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode()


def faults(seed: int, count: int, folder: Path) -> Iterator[str]:
    """Run so many command lines, and yield what none of them may come to."""
    chance, files = random.Random(seed), odd_files(folder)
    sent = (folder / "sent.zip").read_bytes()
    for _ in range(count):
        line = command(chance, files, folder)
        with streams(chance.choice((b"", b"{", b"\xff\xfe", sent))) as (out, err):
            code = main(line)
            said, told = map(written, (out, err))
        shown = told if {"--json", "--jsonl", "--csv"} & set(line) else said + told
        if code not in DOCUMENTED or "Traceback" in told or "internal_error" in said + told:
            yield f"{line}: {code}, {told[-300:]}"
        elif HARMFUL.search(shown):
            yield f"{line}: {HARMFUL.findall(shown)}"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_no_command_line_is_a_fault_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "odd").mkdir()
    assert list(faults(SEED, CASES, tmp_path / "odd")) == []


if __name__ == "__main__":
    place = Path(tempfile.mkdtemp()) / "odd"
    place.mkdir()
    try:
        found = list(faults(int(sys.argv[1]), int(sys.argv[2]), place))
    finally:
        shutil.rmtree(place.parent)
    sys.stdout.write("\n".join([*found, f"{len(found)} faults"]) + "\n")
