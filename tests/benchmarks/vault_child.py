"""What is measured in a process of its own, so that its memory is its own: answers come out as JSON.

    python -m tests.benchmarks.vault_child at-size FOLDER CODE
    python -m tests.benchmarks.vault_child sixty FOLDER
    python -m tests.benchmarks.vault_child import FOLDER FILES
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.filling import PASSPHRASE, TYPED, Filled, Mint, new_wallet, services_in
from tests.benchmarks.memory import LargestSum, own_peak
from tests.conftest import AT
from wallet.operations import library
from wallet.operations.intake import ImportOutcome, import_bytes, import_paths
from wallet.operations.wallets import Passphrase, lock, unlock_wallet
from wallet.vault.backup import write_backup
from wallet.vault.integrity import check_integrity

FIRST_PAGE = 50


def best(action: Callable[[], object], rounds: int) -> float:
    """Return the shortest of several times, in milliseconds: what else runs here only ever adds."""
    found = []
    for _ in range(rounds):
        begun = time.perf_counter()
        action()
        found.append((time.perf_counter() - begun) * 1000)
    return min(found)


def mean(action: Callable[[], object], rounds: int) -> float:
    """Return the mean of many times, in milliseconds, pauses included."""
    begun = time.perf_counter()
    for _ in range(rounds):
        action()
    return (time.perf_counter() - begun) / rounds * 1000


def keystrokes() -> list[str]:
    """Return what stands in the search field after each key."""
    return [text[: end + 1] for text in TYPED for end in range(len(text))]


def at_size(folder: Path, code: str) -> dict[str, float]:
    """Measure one wallet."""
    filled = Filled(services_in(folder), code)
    numbers, mint = iter(range(10**8, 10**9)), Mint(seed=time.time_ns())

    def unlock() -> None:
        opened = filled.opened()
        assert library.credentials(opened, limit=FIRST_PAGE)
        lock(opened)

    found = {"unlock": best(unlock, 7)}
    session = filled.opened()
    typed = [best(lambda text=text: library.search(session, text, limit=FIRST_PAGE), 5)  # type: ignore[misc]
             for text in keystrokes()]
    found["search"], found["search_worst"] = sum(typed) / len(typed), max(typed)
    tokens = iter([mint.token(next(numbers)) for _ in range(20)])
    found["add"] = best(lambda: import_bytes(session, next(tokens), "one.jwt"), 15)
    found |= _peak("memory")
    begun = time.process_time()
    found["integrity"] = best(lambda: check_integrity(session.vault), 2)
    found["integrity_cpu"] = (time.process_time() - begun) / 2 * 1000
    target = folder / "measured.vcwallet"

    def back_up() -> None:
        target.unlink(missing_ok=True)
        write_backup(session.vault, target, now=AT)

    begun = time.process_time()
    found["backup"] = best(back_up, 2)
    found["backup_cpu"] = (time.process_time() - begun) / 2 * 1000
    found["megabytes"] = target.stat().st_size / 1e6
    target.unlink()
    found |= _peak("memory_all")
    lock(session)
    return found


def sixty(folder: Path) -> dict[str, float]:
    """Measure a learner's wallet; whoever started this takes most of the processor away after `ready`."""
    mint = Mint()
    tokens = [mint.token(number) for number in range(80)]
    print("ready", flush=True)  # noqa: T201 - the parent listens
    sys.stdin.readline()
    filled = new_wallet(folder)  # the derivation is tuned on the machine as slow as it is
    session = filled.opened()
    for token in tokens[:60]:
        import_bytes(session, token, "one.jwt")
    lock(session)

    def unlock(*, slow: bool) -> None:
        opened = unlock_wallet(filled.services, filled.services.vault_folder, Passphrase(PASSPHRASE)) \
            if slow else filled.opened()
        assert len(library.credentials(opened)) == 60
        lock(opened)

    # Means: the shortest time would be one in which nobody took the processor away.
    found = {"unlock_whole": mean(lambda: unlock(slow=True), 5),
             "unlock": mean(lambda: unlock(slow=False), 40)}
    session = filled.opened()
    (newest, *_) = library.credentials(session)
    found["search"] = max(mean(lambda text=text: library.search(session, text), 20)  # type: ignore[misc]
                          for text in keystrokes())
    found["open"] = mean(lambda: library.detail(session, newest.id), 60)
    found["add"] = mean(lambda: import_bytes(session, tokens.pop(), "one.jwt"), 20)
    lock(session)
    return found


def take_in(folder: Path, files: Path) -> dict[str, float]:
    """Import a folder into a new wallet."""
    session = new_wallet(folder).opened()
    with LargestSum(os.getpid()) as seen:
        begun = time.perf_counter()
        summary = import_paths(session, [files])
        seconds = time.perf_counter() - begun
    kept = session.vault.count()
    lock(session)
    refused, added = summary.count(ImportOutcome.REFUSED), summary.count(ImportOutcome.ADDED)
    assert added == kept
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu = sum(one.ru_utime + one.ru_stime for one in used)
    return {"seconds": seconds, "added": added, "refused": refused, "cpu": cpu,
            "load": os.getloadavg()[0]} | ({"memory": seen.megabytes} if seen.megabytes else {})


def _peak(name: str) -> dict[str, float]:
    """Return the most that this process has held, by that name; nothing where nobody can tell."""
    found = own_peak()
    return {} if found is None else {name: found}


if __name__ == "__main__":
    work, place, *rest = sys.argv[1:]
    answer = {"at-size": lambda: at_size(Path(place), rest[0]), "sixty": lambda: sixty(Path(place)),
              "import": lambda: take_in(Path(place), Path(rest[0]))}[work]()
    print(json.dumps(answer))  # noqa: T201 - the answer
