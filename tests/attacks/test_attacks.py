"""Every case of the corpus and every benign twin; what stands open must fail, so that it is seen when it no
longer does."""

from __future__ import annotations

import pytest

from tests.attacks.cases import Case, all_cases, missing
from tests.attacks.table import print_table
from tests.attacks.trials import MAX_MIB, run_trial

CASES = all_cases()
_BUSY = 8  # the table, which is made on a quiet machine, holds each to its seconds


def _rows() -> list[object]:
    return [pytest.param(case, variant, id=f"{case.id}-{variant}",
                         marks=[pytest.mark.xfail(reason=case.open[variant])] if variant in case.open else [])
            for case in CASES if not case.absent for variant in case.variants]


# What Qt's platform without a screen cannot do says nothing about the window.
@pytest.mark.qt_log_ignore(r"^This plugin does not support (propagateSizeHints|raise|grabbing)")
@pytest.mark.parametrize(("case", "variant"), _rows())
def test_case(case: Case, variant: str) -> None:
    trial = run_trial(case, variant, slower=_BUSY)
    assert not trial.problem, f"{case.recipe}: {trial.problem}"
    assert trial.mib <= MAX_MIB


@pytest.mark.parametrize("case", [case for case in CASES if case.absent], ids=lambda case: case.id)
def test_what_cannot_be_shown_yet_says_why(case: Case) -> None:
    pytest.skip(f"{case.id} {case.recipe}: {case.absent}")


def test_every_group_that_is_there_is_whole() -> None:
    groups = {case.id[0] for case in CASES}
    assert [name for name in missing() if name[0] in groups] == []


def test_the_table_shows_every_row_and_every_failure() -> None:
    case = next(case for case in CASES if not case.absent)
    trial = run_trial(case, case.variants[0])
    table = print_table((case,), (trial,))
    assert table.splitlines()[1].startswith(case.id)
    assert "FAILED" not in table
    assert case.recipe in table
