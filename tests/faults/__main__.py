"""The fault campaigns, at full size.

    python -m tests.faults kills --count 100 --seed N
    python -m tests.faults imports --count 100 --seed N
    python -m tests.faults unsynced --acts 60 --seed N
    python -m tests.faults keys --seed N
    python -m tests.faults corruption --count 10000 --seed N

Each prints one line with its counts and ends with status 1 if anything was lost.
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.corruption import Finding, run_corruption, table
from tests.faults.key_changes import run_key_changes
from tests.faults.kills import run_kills
from tests.faults.unsynced import run_power_cuts, show
from tests.vault.vaults import demand_nothing_plain, make_template


def main(arguments: list[str]) -> int:
    """Run one campaign and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description="Fault campaigns.")
    commands = parser.add_subparsers(dest="campaign", required=True)
    kills = commands.add_parser("kills", help="kill writers at random moments")
    kills.add_argument("--count", type=int, default=100)
    kills.add_argument("--writers", type=int, default=2, help="at the same time on one vault")
    imports = commands.add_parser("imports", help="kill the real import of files at random moments")
    imports.add_argument("--count", type=int, default=100)
    imports.add_argument("--writers", type=int, default=1, help="at the same time on one vault")
    unsynced = commands.add_parser("unsynced", help="cut the power at every write, below the encryption")
    unsynced.add_argument("--acts", type=int, default=60)
    corruption = commands.add_parser("corruption", help="damage files at random and look for wrong data")
    corruption.add_argument("--count", type=int, default=10_000)
    keys = commands.add_parser("keys", help="fail every step of a new passphrase and of a new data key")
    for command in (kills, imports, unsynced, corruption, keys):
        command.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="wallet-faults-") as name:
        work = Path(name)
        template = make_template(work / "template")
        if chosen.campaign in ("kills", "imports"):
            killed = run_kills(template, work, count=chosen.count, seed=chosen.seed, writers=chosen.writers,
                               program="writer" if chosen.campaign == "kills" else "importer")
            counts = (f"{killed.kills} kills, {chosen.writers} writers at a time: "
                      f"{killed.acknowledged} writes acknowledged, {killed.lost} lost, "
                      f"{killed.unopened} vaults not opened")
            bad = killed.lost + killed.unopened
        elif chosen.campaign == "corruption":
            damaged = run_corruption(template, work, count=chosen.count, seed=chosen.seed)
            print(table(damaged), *damaged.wrong, sep="\n")  # noqa: T201 - the result
            counts = (f"{damaged.total} corruptions: {damaged.found(Finding.REFUSED)} refused, "
                      f"{damaged.found(Finding.UNCHANGED)} without effect, "
                      f"{damaged.found(Finding.EARLIER, Finding.MIXED)} an older state that was true once, "
                      f"{len(damaged.wrong)} wrong data")
            bad = len(damaged.wrong)
        elif chosen.campaign == "keys":
            counts, bad = run_key_changes(template, work, seed=chosen.seed)
        else:
            cut = run_power_cuts(template, work, acts=chosen.acts, seed=chosen.seed)
            show(cut)
            counts = (f"{cut.points} power cuts in {cut.acts} acts with {cut.syncs} syncs: "
                      f"{len(cut.violations)} violations")
            bad = len(cut.violations)
        demand_nothing_plain(work)
    print(f"{counts} (seed {chosen.seed}, {platform.system()} {platform.machine()}, "  # noqa: T201 - the result
          f"{time.monotonic() - started:.0f} s)")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
