"""D9: many files at once, F17. Ten thousand of them, as the corpus asks; so this row has its own time."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tests.attacks.cases import FINE, TWIN, Act, Input, Severity, case
from tests.attacks.learner import learner, new_folder, outcomes
from tests.attacks.scene import university
from wallet.operations.intake import ImportOutcome, import_paths
from wallet.operations.library import credentials
from wallet.operations.progress import SilentProgress
from wallet.vault.integrity import check_integrity

_MANY, _EVERY, _FEW = 10_000, 100, 300
_SECONDS = 300.0  # what the corpus gives ten thousand files, each of them checked


class _StopAfter(SilentProgress):
    """Presses cancel when so many files are said to be done."""

    def __init__(self, files: int) -> None:
        self._files, self._done = files, 0

    def step(self, done: int, _total: int, _label: str) -> None:
        self._done = done

    def cancelled(self) -> bool:
        return self._done >= self._files


@cache
def _badges() -> tuple[bytes, ...]:
    issuer = university("did:key")
    return tuple(issuer.badge_jwt(number=number + 1) for number in range(_MANY))


def _folder(count: int, every: int) -> Path:
    """A folder of so many badges, every so-manieth cut short; 0 for none."""
    folder = new_folder()
    for number, data in enumerate(_badges()[:count]):
        broken = every and number % every == 0
        (folder / f"{number:05}.jwt").write_bytes(data[:-21] if broken else data)
    return folder


@case("F17", Severity.MEDIUM, "ten thousand files, one in a hundred broken; cancelled half-way",
      attacks={"one in a hundred": FINE, "cancelled": FINE, "all broken": FINE}, twins={TWIN: FINE},
      seconds=_SECONDS)
def _many_files(variant: str) -> Input:
    every = {"all broken": 1, TWIN: 0}.get(variant, _EVERY)
    count = _FEW if variant == "all broken" else _MANY
    folder = _folder(count, every)

    def run() -> None:
        with learner() as session:
            progress = _StopAfter(count // 2) if variant == "cancelled" else SilentProgress()
            summary = import_paths(session, [folder], progress=progress)
            said = outcomes(summary)
            assert summary.cancelled is (variant == "cancelled")
            # Files are written in batches: what was begun when she stopped it is brought to its end.
            done = len(summary.rows)
            assert count // 2 <= done < count if summary.cancelled else done == count
            numbers = [int(row.name.removesuffix(".jwt")) for row in summary.rows]
            broken = sum(number % every == 0 for number in numbers) if every else 0
            assert said.get("refused", 0) == broken, said
            assert len(credentials(session)) == said.get("added", 0) == done - broken
            assert all(row.reason is not None and row.name for row in summary.rows
                       if row.outcome is ImportOutcome.REFUSED)
            check_integrity(session.vault)

    return Act(run)
