"""A kept report, later: what runs out by itself has run out, and nothing else is touched."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from tests.conftest import AT
from wallet.codec.dates import format_datetime
from wallet.model.credential import EvidenceClass
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.model.report import Check, CheckId, Outcome, Report, Verdict
from wallet.verify.aged import aged
from wallet.verify.checks.validity import validity_check

R = ReasonCode
DAY = timedelta(days=1)


def clear(until: datetime | None = None) -> Reason:
    ends = {"until": format_datetime(until)} if until else {}
    return reason(R.STATUS_CLEAR, date=format_datetime(AT), address="https://uni.example/list", **ends)


def kept(status: Check, validity: Check | None = None, proof: Outcome = Outcome.PASSED) -> Report:
    checks = (Check(CheckId.STRUCTURE, Outcome.PASSED, reason(R.STRUCTURE_OK)),
              Check(CheckId.PROOF, proof, reason(R.PROOF_OK)),
              Check(CheckId.KEY_AUTHORITY, Outcome.PASSED, reason(R.KEY_AUTHORISED)),
              validity or validity_check(None, None, AT), status)
    return Report(EvidenceClass.SEALED, checks, AT)


def passed(said: Reason, *notes: Reason) -> Check:
    return Check(CheckId.STATUS, Outcome.PASSED, said, notes=notes)


def later(report: Report, days: int, valid_until: datetime | None = None) -> Report:
    return aged(report, None, valid_until, AT + days * DAY, None)


def test_a_list_that_ends_clears_until_then_and_no_longer() -> None:
    report = kept(passed(clear(AT + 3 * DAY)))
    assert later(report, 3).verdict is Verdict.VALID
    ended = later(report, 4)
    assert ended.verdict is Verdict.UNDETERMINED
    status = ended.check(CheckId.STATUS)
    assert status is not None
    assert (status.reason.code, status.reason["date"]) == (R.STATUS_LIST_ENDED, format_datetime(AT))


def test_the_list_that_ends_first_counts_also_beside_another() -> None:
    report = kept(passed(clear(), clear(AT + 3 * DAY)))
    assert later(report, 2).verdict is Verdict.VALID
    assert later(report, 4).verdict is Verdict.UNDETERMINED


def test_a_list_of_what_is_on_hold_clears_until_its_end_too() -> None:
    held = replace(clear(AT + 3 * DAY), code=R.STATUS_NOT_ON_HOLD)
    report = kept(passed(clear(), held))
    assert later(report, 2).verdict is Verdict.VALID
    assert later(report, 4).verdict is Verdict.UNDETERMINED


def test_a_list_without_an_end_and_a_withdrawal_stay() -> None:
    assert later(kept(passed(clear())), 4000).verdict is Verdict.VALID
    withdrawn = Check(CheckId.STATUS, Outcome.FAILED, reason(R.STATUS_REVOKED, date=format_datetime(AT)),
                      notes=(clear(AT + DAY),))
    assert later(kept(withdrawn), 4000).verdict is Verdict.REVOKED


def test_own_dates_and_the_end_of_the_seal() -> None:
    end = AT + 10 * DAY
    assert later(kept(passed(clear())), 11, valid_until=end).verdict is Verdict.EXPIRED
    sealed = kept(passed(clear()), validity_check(None, None, AT, proof_expires=end))
    assert later(sealed, 9).verdict is Verdict.VALID
    over = later(sealed, 11)
    validity = over.check(CheckId.VALIDITY)
    assert validity is not None
    assert (over.verdict, validity.reason.code) == (Verdict.EXPIRED, R.PROOF_EXPIRED)
    assert later(over, 12).verdict is Verdict.EXPIRED


def test_nothing_counts_inside_something_unproven() -> None:
    report = kept(passed(clear(AT + DAY)), proof=Outcome.FAILED)
    assert later(report, 4000, valid_until=AT) == report


def test_of_a_part_it_is_still_not_said_that_it_has_no_end() -> None:
    whole = kept(passed(clear()))
    note = reason(R.SHOWN_IN_PART, members="validUntil")
    part = replace(whole, checks=(replace(whole.checks[0], notes=(note,)), *whole.checks[1:]))
    told = {one: aged(report, None, None, AT, None).check(CheckId.VALIDITY) for one, report in (
        ("whole", whole), ("part", part))}
    assert {one: row.reason.code for one, row in told.items() if row} == {
        "whole": R.VALID_NO_END, "part": R.END_NOT_SHOWN}
