"""About many and about again: does time grow with the number of files, what is a known seal worth?

The first takes minutes and runs with `--large` only. The second is told twice, with and without what the
wallet remembers; what it remembers is the arithmetic of a seal and nothing else.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from tests.benchmarks.measure import Measure
from tests.conftest import ASSETS, AT
from tests.simulators.issuer import SimulatedIssuer
from wallet.codec.linked_data.contexts import Contexts
from wallet.model.evidence import Grade
from wallet.operations.intake import ImportOutcome, import_bytes
from wallet.operations.session import Services, Session
from wallet.operations.wallets import create_wallet, lock
from wallet.trust.evidence_store import MemoryEvidence, evidence_document

STEPS: Final = (1_000, 10_000, 100_000)
_PASSPHRASE: Final = "four bright lanterns drifting"


def growth(run: Callable[[int], tuple[float, float | None]],
           steps: tuple[int, ...] = STEPS) -> Iterator[Measure]:
    """Yield a row for each step: the time of one file, beside that of the step before.

    Args:
        run: Checks a folder of so many files; returns its seconds and the megabytes of all its processes
            together, None where nobody can tell.
        steps: Numbers of files.
    """
    before: float | None = None
    for count in steps:
        seconds, megabytes = run(count)
        each = seconds / count * 1000
        held = "? MB" if megabytes is None else f"{megabytes:.0f} MB"
        label = f"one of a folder of {count:,} (whole: {seconds:.1f} s, {held})"
        yield Measure(label, each, before, "the step before" if before else "", "about 1: time is linear")
        before = each


def repeated_imports(selective: Path | None, *, quick: bool = False) -> Iterator[Measure]:
    """Yield a row for each kind of seal: importing bytes that are in the wallet, seal known and not.

    Args:
        selective: A derived credential of bbs-2023, None if there is none here.
        quick: Whether few repetitions are enough.
    """
    folder = Path(tempfile.mkdtemp())
    try:
        contexts = Contexts.pinned(ASSETS / "contexts")
        services = Services(lambda: AT, contexts, ASSETS, folder / "wallet", folder / "settings.json")
        session = create_wallet(services, services.vault_folder, _PASSPHRASE).session
        issuer = SimulatedIssuer("did:web")
        session.supplied = MemoryEvidence(
            evidence_document(address, data, grade=Grade.SUPPLIED, source="bench", fetched_at=AT)
            for address, data in issuer.evidence().items()
        )
        kinds = [("eddsa-rdfc-2022", issuer.badge())]
        if selective is not None:
            kinds.append(("bbs-2023, derived", selective.read_bytes()))
        for kind, data in kinds:
            yield _repeated(session, kind, data, 5 if quick else 40)
        lock(session)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _repeated(session: Session, kind: str, data: bytes, rounds: int) -> Measure:
    import_bytes(session, data, "x")
    known: list[float] = []
    unknown: list[float] = []
    for _ in range(rounds):
        known.append(_import(session, data))
        session.vault.database.rows("DELETE FROM verdict")
        unknown.append(_import(session, data))
    return Measure(f"importing known bytes again, {kind}: seal remembered", statistics.median(known),
                   statistics.median(unknown), "seal checked anew", "above 1")


def _import(session: Session, data: bytes) -> float:
    begun = time.perf_counter()
    (row,) = import_bytes(session, data, "x").rows
    taken = (time.perf_counter() - begun) * 1000
    assert row.outcome is ImportOutcome.KNOWN
    return taken
