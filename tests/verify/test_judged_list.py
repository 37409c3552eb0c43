"""A judged list: as of when it speaks, where it belongs, and when it is too old to say anything."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.conftest import AT
from wallet.model.credential import EvidenceClass
from wallet.model.evidence import EvidenceDocument, EvidenceKind, Grade
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.model.report import Check, CheckId, Outcome, Report
from wallet.verify.judged_list import (
    Asked,
    JudgedList,
    evidence_of,
    may_be_too_early,
    out_of_force,
    stale,
    too_early,
)

PLACE = "https://northbridge.example/list"
DAY = timedelta(days=1)
ASKED = Asked("did:web:northbridge.example", (), AT, None, AT - 9 * DAY)


def listed(grade: Grade = Grade.FETCHED, fetched_at: datetime | None = AT - DAY,
           made_at: datetime | None = AT - 2 * DAY, validity: Reason | None = None) -> JudgedList:
    document = EvidenceDocument(PLACE, EvidenceKind.STATUS_LIST, b"{}", "0" * 64, grade, "test", fetched_at)
    outcome = Outcome.FAILED if validity else Outcome.PASSED
    check = Check(CheckId.VALIDITY, outcome, validity or reason(ReasonCode.VALID_NO_END))
    return JudgedList(document, report=Report(EvidenceClass.SEALED, (check,), AT, issuer_id="x"), id=PLACE,
                      dated=made_at, made_at=made_at)


@pytest.mark.parametrize(("grade", "as_of"), [
    (Grade.SHIPPED, AT - DAY), (Grade.FETCHED, AT - DAY), (Grade.FETCHED_PLAIN, AT - 2 * DAY),
    (Grade.SUPPLIED, AT - 2 * DAY)])
def test_a_list_speaks_as_of_when_it_was_asked_for_else_as_of_its_own_date(grade: Grade,
                                                                          as_of: datetime) -> None:
    assert listed(grade).as_of == as_of
    assert listed(grade, fetched_at=None).as_of == AT - 2 * DAY


def test_a_list_belongs_where_it_came_from_or_says_it_is_kept() -> None:
    assert listed().belongs_to("https://other.example/list")
    given = listed(Grade.SUPPLIED)
    assert given.belongs_to(PLACE)
    assert not given.belongs_to("https://other.example/list")
    assert not replace(given, id="").belongs_to(PLACE)


@pytest.mark.parametrize(("grade", "here", "made", "early"), [
    (Grade.FETCHED, 10, 20, True), (Grade.FETCHED, 8, 20, False), (Grade.FETCHED, 10, 8, False),
    (Grade.SUPPLIED, 10, 20, True), (Grade.SUPPLIED, 8, 20, False), (Grade.SUPPLIED, None, 20, False),
    (Grade.FETCHED_PLAIN, 10, None, True), (Grade.FETCHED, None, 20, False)])
def test_what_was_here_before_the_credential_says_nothing_of_it(
        grade: Grade, here: int | None, made: int | None, early: bool) -> None:
    one = listed(grade, AT - here * DAY if here else None, AT - made * DAY if made else None)
    found = too_early(one, ASKED)
    assert (found is not None) is early
    if found:
        assert (found.code, found["from"]) == (ReasonCode.STATUS_STALE, "2026-11-12T00:00:00Z")
    assert too_early(one, replace(ASKED, sealed_at=None)) is None


def test_first_sight_of_a_copy_counts_and_clocks_may_differ() -> None:
    one = listed(Grade.SUPPLIED, AT, AT - 20 * DAY)
    again = replace(one, document=replace(one.document, first_at=AT - 10 * DAY))
    assert too_early(one, ASKED) is None
    assert too_early(again, ASKED) is not None
    near = replace(ASKED, sealed_at=AT - DAY + timedelta(minutes=5))
    assert too_early(listed(made_at=None), near) is None
    assert too_early(listed(made_at=None), replace(near, sealed_at=AT - DAY + timedelta(minutes=6)))


@pytest.mark.parametrize(("grade", "made", "noted"), [
    (Grade.SUPPLIED, 20, True), (Grade.SUPPLIED, 8, False), (Grade.SUPPLIED, None, False),
    (Grade.FETCHED_PLAIN, 20, True), (Grade.FETCHED, 20, False)])
def test_a_copy_that_calls_itself_older_is_noted_where_nobody_knows(grade: Grade, made: int | None,
                                                                    noted: bool) -> None:
    one = listed(grade, None, AT - made * DAY if made else None)
    assert (may_be_too_early(one, ASKED) is not None) is noted


NOT_YET = reason(ReasonCode.NOT_YET, **{"from": "2026-11-22T00:00:00Z"})


@pytest.mark.parametrize(("one", "code"), [
    (listed(), None), (listed(validity=reason(ReasonCode.ENDED)), ReasonCode.STATUS_LIST_ENDED),
    (listed(validity=reason(ReasonCode.PROOF_EXPIRED)), ReasonCode.STATUS_LIST_ENDED),
    (listed(validity=reason(ReasonCode.CLOCK_SUSPECT)), ReasonCode.STATUS_LIST_UNTRUSTED),
    (listed(fetched_at=AT + 3 * DAY, made_at=AT + 2 * DAY, validity=NOT_YET), None),
    (listed(fetched_at=AT, made_at=AT + 2 * DAY, validity=NOT_YET), ReasonCode.STATUS_LIST_UNTRUSTED),
    (listed(Grade.SUPPLIED, AT + 3 * DAY, AT + 2 * DAY, NOT_YET), ReasonCode.STATUS_LIST_UNTRUSTED),
    (replace(listed(), report=None), ReasonCode.STATUS_LIST_UNTRUSTED)],
    ids=["in force", "ended", "seal ended", "clock", "began before it was asked for", "begins later",
         "given", "no report"])
def test_when_a_list_is_out_of_force(one: JudgedList, code: ReasonCode | None) -> None:
    found = out_of_force(one, "2026-11-20T00:00:00Z")
    assert (found.code if found else None) is code


def test_the_callers_own_age_and_what_an_answer_rests_on() -> None:
    policy = replace(ASKED, max_age=DAY)
    assert stale(AT - DAY, policy) is None
    found = stale(AT - 2 * DAY, policy)
    assert found is not None
    assert (found.code, found["limit"]) == (ReasonCode.STATUS_STALE, "1")
    assert stale(None, policy) is not None
    assert stale(None, ASKED) is None
    (one,) = evidence_of(listed())
    assert (one.address, one.dated) == (PLACE, AT - 2 * DAY)
    assert not listed().is_proven_by("x")
