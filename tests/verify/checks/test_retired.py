"""A key that the issuer listed once: what the wallet had in hand before the change keeps its proof."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.conftest import AT
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.signing import JsonObject, pinned_contexts
from tests.verify.desk import answer, note_codes, row, university
from wallet.formats.parse import parse
from wallet.model.evidence import EvidenceDocument, Grade, Said
from wallet.model.reasons import ReasonCode as R
from wallet.model.report import CheckId, Outcome, Report, Verdict
from wallet.trust.evidence_store import MemoryEvidence, evidence_document
from wallet.verify.gather import gather
from wallet.verify.pipeline import judge

LISTED, SEEN, GONE = (AT - timedelta(days=days) for days in (300, 200, 100))


def version(issuer: SimulatedIssuer, at: datetime | None, data: bytes = b"",
            grade: Grade = Grade.FETCHED) -> EvidenceDocument:
    return evidence_document(issuer.id, data or issuer.controller_document(), grade=grade, source="test",
                             fetched_at=at)


def life(*, listed: datetime | None = LISTED, gone: datetime | None = GONE,
         after: JsonObject | None = None) -> tuple[bytes, list[EvidenceDocument]]:
    """An old badge, and what its issuer published before and after it changed its key."""
    issuer = university()
    old, before = issuer.badge(), version(issuer, listed)
    described = json.loads(before.data)["verificationMethod"]
    issuer.rotate()
    document = json.loads(issuer.controller_document())
    if after is not None:
        document["verificationMethod"] = [described[0] | after, *document["verificationMethod"]]
    return old, [before, version(issuer, gone, json.dumps(document).encode())]


def judged(data: bytes, evidence: Sequence[EvidenceDocument], seen_at: datetime | None) -> Report:
    parsed = parse(data)
    return judge(parsed, gather(parsed, MemoryEvidence(evidence), pinned_contexts(), seen_at=seen_at), at=AT)


def test_in_hand_before_the_change_was_seen() -> None:
    report = judged(*life(), SEEN)
    assert report.verdict is Verdict.VALID
    authority = row(report, CheckId.KEY_AUTHORITY)
    assert note_codes(authority) == [R.KEY_WAS_LISTED, R.ISSUER_KEY_CHANGED]
    was = authority.notes[0]
    assert (was["date"], was["from"], was["until"]) == tuple(
        moment.strftime("%Y-%m-%dT%H:%M:%SZ") for moment in (LISTED, SEEN, GONE))
    assert authority.evidence[0].fetched_at == LISTED


@pytest.mark.parametrize("seen_at", [None, GONE, GONE + timedelta(days=1)],
                         ids=["never seen", "seen with the change", "seen after it"])  # fmt: skip
def test_without_that_the_date_inside_proves_nothing(seen_at: datetime | None) -> None:
    report = judged(*life(), seen_at)
    assert report.verdict is Verdict.UNDETERMINED
    assert answer(report, CheckId.KEY_AUTHORITY) == (Outcome.UNDETERMINED, R.KEY_RETIRED)
    assert note_codes(row(report, CheckId.KEY_AUTHORITY)) == [R.KEY_DATE_UNPROVEN, R.ISSUER_KEY_CHANGED]


def test_a_document_that_is_new_every_day_makes_nothing_forged() -> None:
    data, (before, after) = life()
    told = json.loads(after.data)
    daily = [replace(after, data=json.dumps(told | {"updated": day}).encode(), sha256=f"{day:064}",
                     fetched_at=GONE + timedelta(days=day)) for day in range(30)]
    assert judged(data, [before, *daily], SEEN).verdict is Verdict.VALID
    assert judged(data, [before, *daily], GONE).verdict is Verdict.UNDETERMINED


def test_an_old_document_that_nobody_can_date_proves_nothing() -> None:
    report = judged(*life(listed=None), SEEN)
    assert answer(report, CheckId.KEY_AUTHORITY) == (Outcome.UNDETERMINED, R.KEY_RETIRED)


def test_an_old_document_that_a_pack_brought_later_proves_nothing() -> None:
    data, (before, after) = life()
    packed = replace(before, fetched_at=AT, grade=Grade.SUPPLIED, said=Said(Grade.FETCHED, "", LISTED))
    report = judged(data, [packed, after], SEEN)
    assert answer(report, CheckId.KEY_AUTHORITY) == (Outcome.UNDETERMINED, R.KEY_RETIRED)


@pytest.mark.parametrize(("before", "after", "verdict"), [
    (Grade.SUPPLIED, Grade.FETCHED, Verdict.UNDETERMINED),
    (Grade.SUPPLIED, Grade.SHIPPED, Verdict.UNDETERMINED),
    (Grade.FETCHED, Grade.FETCHED, Verdict.VALID), (Grade.SUPPLIED, Grade.SUPPLIED, Verdict.VALID),
    (Grade.SHIPPED, Grade.SUPPLIED, Verdict.VALID)])
def test_a_document_from_somebodys_hand_lists_nothing_once_the_issuer_was_heard(
        before: Grade, after: Grade, verdict: Verdict) -> None:
    """Else a forger's key document, taken in with his diploma, would make it genuine for ever."""
    data, (old, new) = life()
    report = judged(data, [replace(old, grade=before), replace(new, grade=after)], SEEN)
    assert report.verdict is verdict
    if verdict is Verdict.UNDETERMINED:
        assert answer(report, CheckId.KEY_AUTHORITY) == (Outcome.UNDETERMINED, R.KEY_RETIRED)


def test_what_was_handed_over_and_then_served_alike_is_the_issuers_own() -> None:
    data, (old, new) = life()
    handed = replace(old, grade=Grade.SUPPLIED)
    same = replace(old, data=old.data + b" ", sha256="0" * 64, fetched_at=SEEN)
    assert judged(data, [handed, same, new], SEEN).verdict is Verdict.VALID


def test_a_backdated_forgery_with_the_old_key_stays_open() -> None:
    issuer = university()
    before = version(issuer, LISTED)
    forged = issuer.badge(number=77, created=LISTED - timedelta(days=9))
    issuer.rotate()
    report = judged(forged, [before, version(issuer, GONE)], AT)
    assert answer(report, CheckId.KEY_AUTHORITY) == (Outcome.UNDETERMINED, R.KEY_RETIRED)


def test_an_old_key_revoked_in_the_new_document_counts_from_that_date() -> None:
    before_sealing = judged(*life(after={"revoked": "2026-01-01T00:00:00Z"}), SEEN)
    assert answer(before_sealing, CheckId.KEY_AUTHORITY) == (Outcome.FAILED, R.KEY_REVOKED)
    after_sealing = judged(*life(after={"revoked": "2026-08-01T00:00:00Z"}), SEEN)
    assert after_sealing.verdict is Verdict.VALID
    assert R.KEY_REVOKED in note_codes(row(after_sealing, CheckId.KEY_AUTHORITY))


def test_the_first_sight_of_the_new_document_counts_not_the_last() -> None:
    data, (before, after) = life()
    again = version(university(), AT, after.data)
    report = judged(data, [before, after, again], GONE + timedelta(days=5))
    assert answer(report, CheckId.KEY_AUTHORITY) == (Outcome.UNDETERMINED, R.KEY_RETIRED)


def test_a_list_sealed_with_the_old_key_counts_if_it_was_fetched_before_the_change() -> None:
    issuer = university()
    data, before = issuer.badge(entries=(issuer.entry(7),)), version(issuer, LISTED)
    listed = issuer.status_list(listed=LISTED)
    lists = [evidence_document(issuer.list_address(), listed, grade=Grade.FETCHED, source="test",
                               fetched_at=moment) for moment in (SEEN, AT)]
    issuer.rotate()
    found = [before, version(issuer, GONE)]
    assert judged(data, [*found, lists[0]], SEEN).verdict is Verdict.VALID
    late = judged(data, [*found, lists[1]], SEEN)
    assert answer(late, CheckId.STATUS) == (Outcome.UNDETERMINED, R.STATUS_LIST_UNTRUSTED)
