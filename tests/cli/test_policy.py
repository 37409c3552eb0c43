"""What a caller may demand and tolerate."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import click
import pytest

from tests.wording.samples import OPEN, STATUS_LIST, failed, good_checks, report_with, unsure
from wallet.cli.policy import Policy, read_policy
from wallet.model.credential import EvidenceClass
from wallet.model.evidence import EvidenceKind, Grade
from wallet.model.reasons import ReasonCode as R
from wallet.model.reasons import reason
from wallet.model.report import Check, CheckId, Outcome, Report

ENDED = report_with(failed(CheckId.VALIDITY, reason(R.ENDED, until="2025-05-31")))
HELD = report_with(failed(CheckId.STATUS, reason(R.STATUS_SUSPENDED)))


def demand(*words: str, challenge: str | None = None) -> Policy:
    return read_policy(words, (), challenge=challenge)


def tolerate(*words: str) -> Policy:
    return read_policy((), words, challenge=None)


def status(days: int) -> Report:
    day = report_with().at - timedelta(days=days)
    used = replace(STATUS_LIST, dated=day, fetched_at=None)
    return report_with(replace(good_checks()[CheckId.STATUS], evidence=(used,)))


def test_nothing_demanded_is_the_verdict_alone() -> None:
    assert Policy().exit_code(report_with()) == 0
    assert Policy().exit_code(ENDED) == 1


def test_sealed() -> None:
    assert demand("sealed").exit_code(report_with()) == 0
    assert demand("sealed").exit_code(report_with(evidence_class=EvidenceClass.HOSTED)) == 1


def test_listed() -> None:
    unlisted = report_with(unsure(CheckId.RECOGNITION, reason(R.ISSUER_UNLISTED)))
    assert demand("listed").exit_code(report_with()) == 0
    assert demand("listed").refusals(unlisted) == ("listed",)


@pytest.mark.parametrize(("days", "code"), [(30, 0), (31, 1)])
def test_status_age_counts_to_the_day(days: int, code: int) -> None:
    assert demand("status<=30d").exit_code(status(days)) == code


def test_a_key_document_may_be_older_than_the_list_that_it_vouches_for() -> None:
    """The list of today is sealed with a key whose document nobody had to ask for again."""
    checked = status(1)
    row = checked.check(CheckId.STATUS)
    assert row is not None
    keys = replace(row.evidence[0], kind=EvidenceKind.DID_DOCUMENT, dated=checked.at - timedelta(days=300))
    other = replace(keys, kind=EvidenceKind.STATUS_LIST)
    for more, refused in ((keys, ()), (other, ("status<=30d",))):
        both = replace(row, evidence=(*row.evidence, more))
        assert demand("status<=30d").refusals(report_with(both)) == refused
    alone = report_with(replace(row, evidence=(keys,)))
    assert demand("status<=30d").refusals(alone) == ("status<=30d",)


@pytest.mark.parametrize(("grade", "asked", "dated", "code"), [
    (Grade.FETCHED, 1, 300, 0), (Grade.FETCHED, 300, 1, 1), (Grade.SUPPLIED, 1, 300, 1),
    (Grade.SUPPLIED, 1, None, 1), (Grade.FETCHED_PLAIN, 1, 300, 1), (Grade.FETCHED_PLAIN, 1, None, 0),
    (Grade.FETCHED, None, 1, 0)],
    ids=["asked today, always dated so", "asked long ago", "an old one taken in today", "taken in, undated",
         "open line, old", "open line, undated", "nobody knows when it was asked"])
def test_a_list_is_as_old_as_the_check_says(grade: Grade, asked: int | None, dated: int | None,
                                            code: int) -> None:
    """`--max-age` and the sentence go by when it was asked for, and so does this; it went by its own date."""
    checked = status(1)
    row = checked.check(CheckId.STATUS)
    assert row is not None
    moments = [days and checked.at - timedelta(days=days) for days in (asked, dated)]
    used = replace(STATUS_LIST, grade=grade, fetched_at=moments[0] or None, dated=moments[1] or None)
    assert demand("status<=30d").exit_code(report_with(replace(row, evidence=(used,)))) == code
    beside = replace(row, evidence=(*row.evidence, used))  # one fresh list makes no other fresh
    assert demand("status<=30d").exit_code(report_with(beside)) == code


def test_a_list_that_can_withdraw_nothing_need_not_be_fresh() -> None:
    told = Check(CheckId.STATUS, Outcome.NOT_APPLICABLE, reason(R.STATUS_NOTICE_NOT_SEEN))
    assert demand("status<=30d").exit_code(report_with(told)) == 0


def test_status_that_nobody_looked_up_is_not_fresh() -> None:
    unseen = report_with(unsure(CheckId.STATUS, reason(R.STATUS_NOT_SEEN)))
    assert demand("status<=30d").refusals(unseen) == ("status<=30d",)
    none = report_with(Check(CheckId.STATUS, Outcome.NOT_APPLICABLE, reason(R.STATUS_NONE)))
    assert demand("status<=30d").exit_code(none) == 0


def test_recipient_goes_to_the_check_and_is_demanded() -> None:
    policy = demand("recipient=maya@lind.example")
    assert policy.recipients == ("maya@lind.example",)
    assert policy.exit_code(report_with()) == 0
    hidden = report_with(Check(CheckId.RECIPIENT, OPEN, reason(R.RECIPIENT_UNKNOWN)))
    assert policy.exit_code(hidden) == 1


def test_live_is_asked_of_the_pack_and_not_of_its_items() -> None:
    policy = demand("live", challenge="n-1")
    binding = Check(CheckId.BINDING, Outcome.PASSED, reason(R.CHALLENGE_MATCHES))
    assert policy.exit_code(report_with(binding, is_pack=True, items=(report_with(),))) == 0
    unasked = Check(CheckId.BINDING, Outcome.NOT_APPLICABLE, reason(R.BINDING_NOT_ASKED))
    assert policy.exit_code(report_with(unasked, is_pack=True, items=(report_with(),))) == 1


def test_demands_never_rescue_what_is_bad() -> None:
    unknown = report_with(unsure(CheckId.KEY_AUTHORITY, reason(R.KEY_UNKNOWN)))
    assert demand("sealed").exit_code(unknown) == 3
    assert demand("sealed").exit_code(ENDED) == 1


def test_tolerance_takes_back_only_what_it_names() -> None:
    assert tolerate("expired").exit_code(ENDED) == 0
    assert tolerate("expired").exit_code(HELD) == 1
    assert tolerate("expired,suspended").exit_code(HELD) == 0


def test_a_pack_is_as_bad_as_its_worst_item() -> None:
    pack = report_with(is_pack=True, items=(report_with(), ENDED))
    assert Policy().exit_code(pack) == 1
    assert tolerate("expired").exit_code(pack) == 0


@pytest.mark.parametrize("word", ["green", "status<=x", "recipient=", "LISTED", "status<=30"])
def test_unknown_words_are_refused(word: str) -> None:
    with pytest.raises(click.UsageError, match="does not know"):
        demand(word)


def test_live_is_refused_where_an_item_names_another_key_than_the_one_that_answered() -> None:
    policy = demand("live", challenge="n-1")
    binding = Check(CheckId.BINDING, Outcome.PASSED, reason(R.CHALLENGE_MATCHES))

    def shown(code: R, outcome: Outcome) -> int:
        item = report_with(Check(CheckId.BINDING, outcome, reason(code)))
        return policy.exit_code(report_with(binding, is_pack=True, items=(report_with(), item)))

    assert shown(R.HOLDER_KEY_MISMATCH, OPEN) == 1
    assert shown(R.HOLDER_PROVEN, Outcome.PASSED) == 0
    assert shown(R.HOLDER_LIVE_UNBOUND, Outcome.NOT_APPLICABLE) == 0


def test_an_empty_pack_is_never_accepted_and_meets_no_demand_on_credentials() -> None:
    """Its own seal may be good, and the answer live: there is nothing in it."""
    live = report_with(Check(CheckId.BINDING, Outcome.PASSED, reason(R.CHALLENGE_MATCHES)), is_pack=True)
    assert Policy().exit_code(live) == 3
    assert demand("live", challenge="n-1").exit_code(live) == 3
    strict = demand("live", "sealed", "listed", "recipient=maya@lind.example", challenge="n-1")
    assert strict.exit_code(live) == 1
    assert strict.refusals(live) == ("sealed", "listed", "recipient=maya@lind.example")
    assert Policy().exit_code(report_with(is_pack=True, items=(report_with(),))) == 0
