"""The fault campaigns: the whole table, or one of them.

    python -m tests.faults all --seed N
    python -m tests.faults all --quick --seed N
    python -m tests.faults sweep|unsynced|kills|corruption|keychain|situations|canaries --seed N

Prints a row for each, and ends with status 1 if anything was found that must not be.
"""

from __future__ import annotations

import argparse
import dataclasses
import platform
import sys
import tempfile
import time
from pathlib import Path

from tests.conftest import plain_databases
from tests.faults.campaigns import CAMPAIGNS, FULL, QUICK, Row
from tests.vault.vaults import make_template


def main(arguments: list[str]) -> int:
    """Run campaigns and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description="Fault campaigns.")
    parser.add_argument("campaign", choices=("all", *CAMPAIGNS))
    parser.add_argument("--quick", action="store_true", help="a sample of each")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, help="kills, or damages")
    parser.add_argument("--steps", type=int, help="tries of each act, instead of all")
    chosen = parser.parse_args(arguments)
    size = QUICK if chosen.quick else FULL
    if chosen.count:
        size = dataclasses.replace(size, kills=chosen.count, damages=chosen.count)
    if chosen.steps:
        size = dataclasses.replace(size, steps=chosen.steps)
    names = tuple(CAMPAIGNS) if chosen.campaign == "all" else (chosen.campaign,)
    started, violations, rows = time.monotonic(), 0, 0
    print(f"seed {chosen.seed}, {'a sample' if chosen.quick else 'full size'}, "  # noqa: T201 - the result
          f"{platform.system()} {platform.machine()}, Python {platform.python_version()}", flush=True)
    with tempfile.TemporaryDirectory(prefix="wallet-faults-") as name:
        template = make_template(Path(name) / "template")
        for campaign in names:
            for row in CAMPAIGNS[campaign](template, Path(name) / campaign, size, chosen.seed):
                print(row, flush=True)  # noqa: T201 - the result
                for violation in row.violations:
                    print("   ", violation, file=sys.stderr, flush=True)  # noqa: T201 - findings
                rows, violations = rows + 1, violations + len(row.violations)
        plain, left = plain_databases(Path(name)), sum(1 for _ in Path(name).rglob("*"))
        row = Row("plain", "files that begin as SQLite's own do", f"{left} files looked at", tuple(plain), 0)
        print(row)  # noqa: T201 - the result
        rows, violations = rows + 1, violations + len(plain)
    print(f"{rows} rows, {violations} violations, "  # noqa: T201 - the result
          f"{time.monotonic() - started:.0f} s")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
