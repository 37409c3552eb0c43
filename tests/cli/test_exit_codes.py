"""What a script learns from the number."""

from __future__ import annotations

from itertools import permutations

import pytest

from wallet.cli.exit_codes import ExitCode, code_of_failure, code_of_verdict, worst
from wallet.model.reasons import ReasonCode
from wallet.model.report import Verdict

BY_VERDICT = {
    Verdict.VALID: 0,
    Verdict.INVALID: 1,
    Verdict.UNSIGNED: 1,
    Verdict.REVOKED: 1,
    Verdict.SUSPENDED: 1,
    Verdict.EXPIRED: 1,
    Verdict.NOT_YET_VALID: 1,
    Verdict.UNDETERMINED: 3,
    Verdict.MALFORMED: 4,
}


def test_every_verdict_has_its_code() -> None:
    assert {verdict: int(code_of_verdict(verdict)) for verdict in Verdict} == BY_VERDICT


@pytest.mark.parametrize("order", list(permutations((0, 3, 4, 1))))
def test_worst_of_a_batch_does_not_depend_on_the_order(order: tuple[int, ...]) -> None:
    assert worst(ExitCode(code) for code in order) is ExitCode.REJECTED
    assert worst(ExitCode(code) for code in order if code != 1) is ExitCode.UNREADABLE
    assert worst(ExitCode(code) for code in order if code not in (1, 4)) is ExitCode.UNDECIDED


@pytest.mark.parametrize("code", ReasonCode)
def test_no_failure_looks_like_success(code: ReasonCode) -> None:
    assert code_of_failure(code) not in (ExitCode.ACCEPTED, ExitCode.UNDECIDED)


def test_faults_are_told_apart() -> None:
    assert code_of_failure(ReasonCode.VAULT_WRONG_PASSPHRASE) is ExitCode.LOCKED
    assert code_of_failure(ReasonCode.VAULT_DAMAGED) is ExitCode.UNREADABLE
    assert code_of_failure(ReasonCode.CANCELLED) is ExitCode.INTERRUPTED
    assert code_of_failure(ReasonCode.INTERNAL_ERROR) is ExitCode.INTERNAL
