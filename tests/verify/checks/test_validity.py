"""Check 5: dates against one fixed now, both in both versions; nothing unproven ends anything."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest

from tests.conftest import AT
from tests.simulators.signing import compact_json, embed_proof, pinned_contexts
from tests.verify.desk import answer, documents, edited, judged, note_codes, row, university
from wallet.formats.parse import parse
from wallet.model.headline import headline_code
from wallet.model.reasons import ReasonCode
from wallet.model.report import CheckId, HeadlineCode, Outcome, Verdict
from wallet.trust.evidence_store import MemoryEvidence
from wallet.verify.checks.validity import (
    MAX_CLOCK_DIFFERENCE,
    SOON,
    doubt_clock,
    pack_validity_check,
    validity_check,
)
from wallet.verify.gather import gather
from wallet.verify.pipeline import judge

SECOND = timedelta(seconds=1)
UNI = university()
EVIDENCE = documents(UNI.evidence())


@pytest.mark.parametrize(("begins", "ends", "outcome", "code"), [
    (None, None, Outcome.PASSED, ReasonCode.VALID_NO_END),
    (AT, None, Outcome.PASSED, ReasonCode.VALID_NO_END),
    (AT + SECOND, None, Outcome.FAILED, ReasonCode.NOT_YET),
    (None, AT, Outcome.PASSED, ReasonCode.ENDS_SOON),
    (None, AT - SECOND, Outcome.FAILED, ReasonCode.ENDED),
    (None, AT + SOON, Outcome.PASSED, ReasonCode.ENDS_SOON),
    (None, AT + SOON + SECOND, Outcome.PASSED, ReasonCode.VALID_NOW),
    (AT, AT, Outcome.PASSED, ReasonCode.ENDS_SOON),
])
def test_the_edges_of_a_period(begins: datetime | None, ends: datetime | None, outcome: Outcome,
                               code: ReasonCode) -> None:
    check = validity_check(begins, ends, AT)
    assert (check.outcome, check.reason.code) == (outcome, code)


def test_days_left_are_counted() -> None:
    assert validity_check(None, AT + timedelta(days=12), AT).reason["days"] == "12"


@pytest.mark.parametrize(("expires", "code"), [
    (None, ReasonCode.PACK_NO_END), (AT + SECOND, ReasonCode.PACK_IN_DATE), (AT, ReasonCode.PACK_IN_DATE),
    (AT - SECOND, ReasonCode.PACK_ENDED)])
def test_the_end_of_a_pack(expires: datetime | None, code: ReasonCode) -> None:
    assert pack_validity_check(expires, AT).reason.code is code
    ahead = AT + MAX_CLOCK_DIFFERENCE
    assert pack_validity_check(expires, AT, begins=ahead).reason.code is code
    assert pack_validity_check(expires, AT, begins=ahead + SECOND).reason.code is ReasonCode.NOT_YET


@pytest.mark.parametrize("version", ["2.0", "1.1"])
@pytest.mark.parametrize(("begins", "ends", "verdict", "headline"), [
    (AT - SOON, AT - SECOND, Verdict.EXPIRED, HeadlineCode.EXPIRED),
    (AT + SECOND, AT + SOON, Verdict.NOT_YET_VALID, HeadlineCode.NOT_YET_VALID),
    (AT - SOON, AT + SECOND, Verdict.VALID, HeadlineCode.EXPIRING),
    (AT - SOON, AT + 2 * SOON, Verdict.VALID, HeadlineCode.VALID),
])
def test_dates_of_both_versions(version: Literal["2.0", "1.1"], begins: datetime, ends: datetime,
                                verdict: Verdict, headline: HeadlineCode) -> None:
    report = judged(UNI.badge(version=version, valid_from=begins, valid_until=ends), EVIDENCE)
    assert (report.verdict, headline_code(report)) == (verdict, headline)


@pytest.mark.parametrize("version", ["2.0", "1.1"])
def test_dates_of_tokens(version: Literal["2.0", "1.1"]) -> None:
    ended = UNI.badge_jwt(version=version, valid_until=AT - SECOND)
    assert judged(ended, EVIDENCE).verdict is Verdict.EXPIRED
    assert judged(ended, EVIDENCE, at=AT - timedelta(days=2)).verdict is Verdict.VALID


def test_end_of_the_proof_ends_the_seal() -> None:
    sealed = embed_proof(UNI.badge_document(), UNI.key, suite="eddsa-rdfc-2022", method=UNI.method,
                         created="2026-05-12T09:30:00Z", options={"expires": "2026-06-01T00:00:00Z"})
    report = judged(compact_json(sealed), EVIDENCE)
    assert answer(report, CheckId.VALIDITY) == (Outcome.FAILED, ReasonCode.PROOF_EXPIRED)
    assert report.verdict is Verdict.EXPIRED
    before = judged(compact_json(sealed), EVIDENCE, at=datetime(2026, 5, 20, tzinfo=UTC))
    assert before.verdict is Verdict.VALID


def test_a_forgery_that_calls_itself_ended_was_never_genuine() -> None:
    forged = edited(UNI.badge(), lambda badge: badge.update(validUntil="2026-06-01T00:00:00Z"))
    report = judged(forged, EVIDENCE)
    assert report.verdict is Verdict.INVALID
    assert answer(report, CheckId.VALIDITY) == (Outcome.UNDETERMINED, ReasonCode.NOT_MEANINGFUL)
    assert ReasonCode.ENDED in note_codes(row(report, CheckId.VALIDITY))


def test_a_date_nobody_has_proven_is_a_row_and_not_the_verdict() -> None:
    report = judged(UNI.badge(valid_until=AT - SECOND))  # no document of the issuer
    assert report.verdict is Verdict.UNDETERMINED
    assert answer(report, CheckId.VALIDITY) == (Outcome.UNDETERMINED, ReasonCode.DATES_UNPROVEN)
    assert ReasonCode.ENDED in note_codes(row(report, CheckId.VALIDITY))


@pytest.mark.parametrize(("at", "code", "outcome"), [
    (AT, ReasonCode.VALID_NO_END, Outcome.PASSED),
    (AT - timedelta(hours=23), ReasonCode.VALID_NO_END, Outcome.PASSED),
    (AT - timedelta(days=2), ReasonCode.CLOCK_SUSPECT, Outcome.UNDETERMINED),
    (AT + timedelta(days=4000), ReasonCode.VALID_NO_END, Outcome.PASSED),
])
def test_a_clock_behind_what_was_saved_is_not_believed(at: datetime, code: ReasonCode,
                                                       outcome: Outcome) -> None:
    check = doubt_clock(validity_check(None, None, at), at, AT)
    assert (check.outcome, check.reason.code) == (outcome, code)
    ahead = at > AT + timedelta(days=3 * 365)
    assert (ReasonCode.CLOCK_FAR_AHEAD in note_codes(check)) is ahead
    assert doubt_clock(validity_check(None, None, at), at, None).reason.code is ReasonCode.VALID_NO_END


def test_what_has_ended_by_a_clock_that_is_behind_has_ended() -> None:
    early = AT - timedelta(days=400)
    ended = validity_check(None, early - SECOND, early)
    assert doubt_clock(ended, early, AT).reason.code is ReasonCode.ENDED
    begins = doubt_clock(validity_check(AT - timedelta(days=9), None, early), early, AT)
    assert begins.reason.code is ReasonCode.CLOCK_SUSPECT
    assert begins.reason["date"] == "2025-10-17T00:00:00Z"


def test_saved_documents_raise_the_floor_and_a_chosen_time_is_not_doubted() -> None:
    parsed = parse(UNI.badge())
    store = MemoryEvidence(documents(UNI.evidence(), fetched_at=AT))
    back = AT - timedelta(days=30)
    found = gather(parsed, store, pinned_contexts(), clock_floor=AT - timedelta(days=365))
    assert found.clock_floor == AT
    report = judge(parsed, found, at=back)
    assert (report.verdict, headline_code(report)) == (Verdict.UNDETERMINED, HeadlineCode.CLOCK_SUSPECT)
    chosen = judge(parsed, gather(parsed, store, pinned_contexts()), at=back)
    assert chosen.verdict is Verdict.VALID
