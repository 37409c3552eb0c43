"""Hidden: of a part, "no end" and "no list" are not said; whatever else a row says stays."""

from __future__ import annotations

import pytest

from wallet.model.reasons import Reason, reason
from wallet.model.reasons import ReasonCode as R
from wallet.model.report import Check, CheckId, Outcome
from wallet.verify.hidden import as_shown

NO_END = Check(CheckId.VALIDITY, Outcome.PASSED, reason(R.VALID_NO_END))
NO_LIST = Check(CheckId.STATUS, Outcome.NOT_APPLICABLE, reason(R.STATUS_NONE))


@pytest.mark.parametrize(("note", "codes"), [
    (reason(R.SHOWN_IN_PART, members="validUntil, credentialStatus"), [R.END_NOT_SHOWN, R.STATUS_NOT_SHOWN]),
    (reason(R.SHOWN_IN_PART, members="credentialStatus"), [R.VALID_NO_END, R.STATUS_NOT_SHOWN]),
    (reason(R.HIDDEN_MAY_DECIDE, member="exp, cnf"), [R.END_NOT_SHOWN, R.STATUS_NONE]),
    (reason(R.SHOWN_IN_PART, members=""), [R.VALID_NO_END, R.STATUS_NONE]),
    (reason(R.QUIRK_DATE, member="exp"), [R.VALID_NO_END, R.STATUS_NONE])],
    ids=["both", "list", "token", "nothing", "another note"])
def test_none_is_said_of_the_whole_only(note: Reason, codes: list[R]) -> None:
    told = as_shown((NO_END, NO_LIST), (reason(R.QUIRK_DATE), note))
    assert [row.reason.code for row in told] == codes
    assert [row.outcome for row in told] == [NO_END.outcome, NO_LIST.outcome]


def test_what_is_shown_is_told_as_it_is() -> None:
    ended = Check(CheckId.VALIDITY, Outcome.FAILED, reason(R.ENDED, until="2026-08-01"))
    assert as_shown((ended,), (reason(R.SHOWN_IN_PART, members="validUntil"),)) == (ended,)
