"""The fault campaigns: the whole table, or one of them.

    python -m tests.faults all --seed N
    python -m tests.faults all --quick --seed N
    python -m tests.faults sweep|unsynced|kills|corruption|keychain|situations|canaries --seed N

Says on standard error how far it is, and at the end, on standard output, one table of everything that was
tried. Ends with status 1 if anything was found that must not be, a campaign that did not come to its end
included; Ctrl+C ends it with the table of what was tried until then.
"""

from __future__ import annotations

import argparse
import dataclasses
import platform
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Iterable
from pathlib import Path

from tests.conftest import plain_databases
from tests.faults.campaigns import CAMPAIGNS, FULL, QUICK, Row, Size
from tests.vault.vaults import make_template

_INTERRUPTED = 130


def main(arguments: list[str]) -> int:
    """Run campaigns and return the exit status."""
    chosen = _read(arguments)
    size = QUICK if chosen.quick else FULL
    if chosen.count:
        size = dataclasses.replace(size, kills=chosen.count, damages=chosen.count)
    if chosen.steps:
        size = dataclasses.replace(size, steps=chosen.steps)
    names = tuple(CAMPAIGNS) if chosen.campaign == "all" else (chosen.campaign,)
    sampled = chosen.quick or chosen.count or chosen.steps
    head = (f"seed {chosen.seed}, {'a sample' if sampled else 'full size'}, "
            f"{platform.system()} {platform.machine()}, Python {platform.python_version()}")
    _say(head)
    started, rows, interrupted = time.monotonic(), list[Row](), False
    with tempfile.TemporaryDirectory(prefix="wallet-faults-", ignore_cleanup_errors=True) as name:
        try:
            _run(names, Path(name), size, chosen.seed, rows)
        except KeyboardInterrupt:
            interrupted = True
    violations = sum(len(row.violations) for row in rows)
    end = f"{len(rows)} rows, {violations} violations, {time.monotonic() - started:.0f} s"
    _print_table(head, rows, f"{end}, stopped before its end" if interrupted else end)
    return _INTERRUPTED if interrupted else int(violations > 0)


def _read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description="Fault campaigns.")
    parser.add_argument("campaign", choices=("all", *CAMPAIGNS))
    parser.add_argument("--quick", action="store_true", help="a sample of each")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, help="kills, or damages")
    parser.add_argument("--steps", type=int, help="tries of each act, instead of all")
    return parser.parse_args(arguments)


def _run(names: Iterable[str], place: Path, size: Size, seed: int, rows: list[Row]) -> None:
    """Run the campaigns, each in a folder that is looked over and removed; rows come as they are known."""
    template, looked, plain = make_template(place / "template"), 0, list[str]()
    for name in names:
        started = time.monotonic()
        _say(f"{name} ...")
        try:
            for row in CAMPAIGNS[name](template, place / name, size, seed):
                _say(f"  {row}")
                rows.append(row)
        except Exception:  # noqa: BLE001 - one that breaks down is a finding, and no reason to lose the others
            rows.append(Row(name, "the campaign itself", "broke down", (traceback.format_exc(),),
                            time.monotonic() - started))
        plain += plain_databases(place)
        looked += sum(1 for _ in place.rglob("*"))
        shutil.rmtree(place / name, ignore_errors=True)
    rows.append(Row("plain", "files that begin as SQLite's own do", f"{looked} files looked at",
                    tuple(plain), 0))


def _print_table(head: str, rows: Iterable[Row], end: str) -> None:
    print(head)  # noqa: T201 - the result
    for row in rows:
        print(row)  # noqa: T201 - the result
        for violation in row.violations:
            print("   ", violation)  # noqa: T201 - findings
    print(end, flush=True)  # noqa: T201 - the result


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201 - how far it is


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
