"""How checks add up to one word: the order is the promise, and an empty list proves nothing."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime

import pytest

from wallet.model.credential import EvidenceClass
from wallet.model.reasons import ReasonCode, reason
from wallet.model.report import QUESTION_OF, Check, CheckId, Outcome, Question, Report, Verdict, verdict_of

C, R, O = CheckId, ReasonCode, Outcome  # noqa: E741 - a table of words
GOOD = {C.STRUCTURE: (O.PASSED, R.STRUCTURE_OK), C.PROOF: (O.PASSED, R.PROOF_OK),
        C.KEY_AUTHORITY: (O.PASSED, R.KEY_AUTHORISED), C.VALIDITY: (O.PASSED, R.VALID_NO_END),
        C.STATUS: (O.NOT_APPLICABLE, R.STATUS_NONE)}
UNSIGNED = (O.FAILED, R.PROOF_MISSING)
BROKEN = (O.FAILED, R.SIGNATURE_WRONG)
ENDED = (O.FAILED, R.ENDED)
REVOKED = (O.FAILED, R.STATUS_REVOKED)
NO_KEY = (O.UNDETERMINED, R.KEY_UNKNOWN)


def word(changes: dict[CheckId, tuple[Outcome, ReasonCode]]) -> Verdict:
    rows = {**GOOD, **changes}
    return verdict_of(tuple(Check(check_id, outcome, reason(code))
                            for check_id, (outcome, code) in rows.items()))


@pytest.mark.parametrize(("changes", "verdict"), [
    ({}, Verdict.VALID),
    ({C.STRUCTURE: (O.FAILED, R.MEMBER_MISSING)}, Verdict.MALFORMED),
    ({C.STRUCTURE: (O.FAILED, R.LIMIT_DEPTH), C.PROOF: UNSIGNED}, Verdict.MALFORMED),
    ({C.PROOF: UNSIGNED}, Verdict.UNSIGNED),
    ({C.STRUCTURE: (O.UNDETERMINED, R.CONTEXT_UNKNOWN), C.PROOF: UNSIGNED}, Verdict.UNSIGNED),
    ({C.PROOF: BROKEN}, Verdict.INVALID),
    ({C.PROOF: (O.FAILED, R.PROOF_MALFORMED)}, Verdict.MALFORMED),
    ({C.PROOF: (O.FAILED, R.KEY_SUITE_MISMATCH)}, Verdict.INVALID),
    ({C.KEY_AUTHORITY: (O.FAILED, R.KEY_NOT_AUTHORISED)}, Verdict.INVALID),
    ({C.BINDING: (O.FAILED, R.CHALLENGE_WRONG)}, Verdict.INVALID),
    ({C.BINDING: (O.FAILED, R.CHALLENGE_WRONG), C.KEY_AUTHORITY: NO_KEY}, Verdict.INVALID),
    ({C.KEY_AUTHORITY: NO_KEY}, Verdict.UNDETERMINED),
    ({C.STRUCTURE: (O.UNDETERMINED, R.CONTEXT_UNKNOWN)}, Verdict.UNDETERMINED),
    ({C.STATUS: REVOKED}, Verdict.REVOKED),
    ({C.STATUS: (O.FAILED, R.STATUS_SUSPENDED)}, Verdict.SUSPENDED),
    ({C.STATUS: REVOKED, C.VALIDITY: ENDED}, Verdict.REVOKED),
    ({C.STATUS: (O.FAILED, R.STATUS_SUSPENDED), C.VALIDITY: ENDED}, Verdict.SUSPENDED),
    ({C.VALIDITY: ENDED}, Verdict.EXPIRED),
    ({C.VALIDITY: (O.FAILED, R.PROOF_EXPIRED)}, Verdict.EXPIRED),
    ({C.VALIDITY: (O.FAILED, R.NOT_YET)}, Verdict.NOT_YET_VALID),
    ({C.VALIDITY: ENDED, C.STATUS: (O.UNDETERMINED, R.STATUS_NOT_SEEN)}, Verdict.EXPIRED),
    ({C.STATUS: (O.UNDETERMINED, R.STATUS_NOT_SEEN)}, Verdict.UNDETERMINED),
    ({C.VALIDITY: (O.UNDETERMINED, R.INTERNAL_ERROR)}, Verdict.UNDETERMINED),
    ({C.STATUS: (O.PASSED, R.STATUS_CLEAR)}, Verdict.VALID),
])
def test_the_first_rule_that_applies(changes: dict[CheckId, tuple[Outcome, ReasonCode]],
                                     verdict: Verdict) -> None:
    assert word(changes) is verdict


@pytest.mark.parametrize("dates", [ENDED, REVOKED])
@pytest.mark.parametrize("open_check", [C.STRUCTURE, C.PROOF, C.KEY_AUTHORITY])
def test_what_nobody_has_proven_ends_nothing(dates: tuple[Outcome, ReasonCode], open_check: CheckId) -> None:
    unproven = {open_check: NO_KEY, C.VALIDITY: dates, C.STATUS: dates}
    assert word(unproven) is Verdict.UNDETERMINED


@pytest.mark.parametrize("informs", [C.RECOGNITION, C.RECIPIENT, C.SCHEMA, C.ENDORSEMENTS])
@pytest.mark.parametrize("outcome", list(Outcome))
def test_rows_that_inform_never_decide(informs: CheckId, outcome: Outcome) -> None:
    assert word({informs: (outcome, R.RECIPIENT_MISMATCH)}) is Verdict.VALID


def test_no_checks_prove_nothing() -> None:
    assert verdict_of(()) is Verdict.UNDETERMINED
    for missing in GOOD:
        rows = tuple(Check(check_id, outcome, reason(code)) for check_id, (outcome, code) in GOOD.items()
                     if check_id is not missing)
        assert verdict_of(rows) is Verdict.UNDETERMINED


def test_valid_needs_every_deciding_row() -> None:
    """Over all outcomes of the five rows, only the good ones are valid."""
    ids = tuple(GOOD)
    for outcomes in itertools.product(Outcome, repeat=len(ids)):
        rows = tuple(Check(check_id, outcome, reason(GOOD[check_id][1]))
                     for check_id, outcome in zip(ids, outcomes, strict=True))
        proven = all(outcome is O.PASSED for outcome in outcomes[:3])
        holds = all(outcome in (O.PASSED, O.NOT_APPLICABLE) for outcome in outcomes[3:])
        assert (verdict_of(rows) is Verdict.VALID) is (proven and holds)


def test_a_report_finds_its_rows_and_keeps_to_its_own() -> None:
    item = Report(EvidenceClass.SEALED, (), datetime(2026, 11, 21, tzinfo=UTC))
    rows = tuple(Check(check_id, outcome, reason(code)) for check_id, (outcome, code) in GOOD.items())
    pack = Report(EvidenceClass.SEALED, rows, item.at, items=(item,), is_pack=True)
    assert pack.verdict is Verdict.VALID
    assert pack.items[0].verdict is Verdict.UNDETERMINED
    found = pack.check(C.PROOF)
    assert found is not None
    assert found.reason.code is R.PROOF_OK
    assert pack.check(C.BINDING) is None


def test_every_check_answers_one_question() -> None:
    assert set(QUESTION_OF) == set(CheckId)
    assert set(QUESTION_OF.values()) == set(Question)
