"""Which copies of a list are judged, and which of them speaks: no copy that is given takes anything back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.conftest import AT
from tests.simulators.issuer import LISTED_AT, SEALED_AT, SimulatedIssuer
from tests.simulators.signing import JsonObject, compact_json, embed_proof, pinned_contexts
from tests.verify.checks.test_status_tokens import LIST, pointing, token_list
from tests.verify.desk import answer, attacker, documents, judged, note_codes, row, university
from wallet.formats.parse import parse
from wallet.model.evidence import EvidenceDocument, Grade
from wallet.model.headline import headline_code
from wallet.model.reasons import ReasonCode
from wallet.model.report import CheckId, HeadlineCode, Outcome, Report, Verdict
from wallet.trust.evidence_store import MemoryEvidence
from wallet.verify.gather import gather
from wallet.verify.pipeline import judge
from wallet.wording.reasons import reason_text

INDEX = 11
DAY = timedelta(days=1)


def keys(*issuers: SimulatedIssuer) -> list[EvidenceDocument]:
    return [one for issuer in issuers for one in documents({issuer.id: issuer.controller_document()})]


def copies(issuer: SimulatedIssuer, data: Iterable[bytes], grade: Grade = Grade.SUPPLIED,
           fetched_at: datetime | None = AT) -> list[EvidenceDocument]:
    return [one for copy in data for one in documents({issuer.list_address(): copy}, grade=grade,
                                                      fetched_at=fetched_at)]


def named(issuer: SimulatedIssuer, **changes: Any) -> bytes:
    """The issuer's list after a change, sealed by it."""
    document = json.loads(issuer.status_list())
    del document["proof"]
    return compact_json(issuer.seal(document | changes))


@pytest.mark.parametrize("count", [1, 6, 40])
@pytest.mark.parametrize("same_date", [True, False])
def test_however_many_old_copies_are_given_what_was_fetched_stays_withdrawn(count: int, *,
                                                                           same_date: bool) -> None:
    """Whoever holds a withdrawn badge can save its issuer's list every week, and hand the copies over."""
    uni = university()
    badge = uni.badge(entries=(uni.entry(INDEX),))
    begins = LISTED_AT if same_date else LISTED_AT - DAY
    olds = [named(uni, validFrom=begins.strftime("%Y-%m-%dT%H:%M:%SZ"), name=f"copy {number}")
            for number in range(count)]
    clear = uni.status_list()
    uni.revoke(INDEX)
    fetched = copies(uni, [uni.status_list()], Grade.FETCHED, AT - DAY)
    assert judged(badge, keys(uni) + fetched + copies(uni, olds)).verdict is Verdict.REVOKED
    assert judged(badge, keys(uni) + copies(uni, [clear], Grade.FETCHED, AT - DAY)
                  + copies(uni, olds)).verdict is Verdict.VALID


def test_what_is_given_can_say_more_and_a_later_list_of_the_issuers_takes_back() -> None:
    uni = university()
    badge = uni.badge(entries=(uni.entry(INDEX),))
    clear = uni.status_list()
    later = uni.status_list(listed=LISTED_AT + DAY)
    uni.revoke(INDEX)
    revoked = uni.status_list()
    fetched_clear = copies(uni, [clear], Grade.FETCHED, AT - DAY)
    assert judged(badge, keys(uni) + fetched_clear + copies(uni, [revoked])).verdict is Verdict.REVOKED
    fetched = copies(uni, [revoked], Grade.FETCHED, AT - DAY)
    assert judged(badge, keys(uni) + fetched + copies(uni, [later])).verdict is Verdict.VALID
    again = copies(uni, [clear], Grade.FETCHED, AT)  # of one date: what its address said last
    assert judged(badge, keys(uni) + fetched + again).verdict is Verdict.VALID


def test_senders_copies_take_no_others_place() -> None:
    uni, mallory = university(), attacker("did:web")
    badge = uni.badge(entries=(uni.entry(INDEX),))
    uni.revoke(INDEX)
    mallory.entry(1)
    sent = [named(mallory, id=uni.list_address(), validFrom=f"2030-01-{day:02}T00:00:00Z")
            for day in range(1, 9)]
    known = keys(uni) + copies(uni, [uni.status_list()], fetched_at=None)
    assert judged(badge, known + copies(uni, sent, Grade.SENDER, None)).verdict is Verdict.REVOKED


def test_another_list_of_the_issuers_is_not_this_one_where_this_one_is_known() -> None:
    """An issuer has many lists; all of them hold by its seal."""
    uni = university()
    badge = uni.badge(entries=(uni.entry(INDEX),))
    other = named(uni, id="https://northbridge.example/status/other", validFrom="2026-11-20T00:00:00Z")
    uni.revoke(INDEX)
    own = uni.status_list()
    for grade in (Grade.FETCHED, Grade.SUPPLIED):
        known = keys(uni) + copies(uni, [own], grade, AT - DAY)
        assert judged(badge, known + copies(uni, [other])).verdict is Verdict.REVOKED
    moved = judged(badge, keys(uni) + copies(uni, [other], Grade.FETCHED))
    assert moved.verdict is Verdict.VALID  # its address says so itself
    assert ReasonCode.QUIRK_LIST_ID in note_codes(row(moved, CheckId.STATUS))
    alone = judged(badge, keys(uni) + copies(uni, [other]))
    assert ReasonCode.QUIRK_LIST_ID in note_codes(row(alone, CheckId.STATUS))


# --- older than the credential ---


def test_a_copy_from_before_the_credential_was_sealed_leaves_it_open_and_is_wanted_anew() -> None:
    uni = university()
    badge = uni.badge(entries=(uni.entry(INDEX),))
    old = uni.status_list(listed=SEALED_AT - 40 * DAY)
    before = copies(uni, [old], Grade.FETCHED, SEALED_AT - DAY)
    report = judged(badge, keys(uni) + before)
    assert answer(report, CheckId.STATUS) == (Outcome.UNDETERMINED, ReasonCode.STATUS_STALE)
    assert headline_code(report) is HeadlineCode.VALID_STATUS_STALE
    assert reason_text(row(report, CheckId.STATUS).reason) == (
        "The withdrawal list of 11 May 2026 is older than the credential, which was sealed on 12 May 2026.")
    assert [one.address for one in report.wanted] == [uni.list_address()]
    after = judged(badge, keys(uni) + copies(uni, [old], Grade.FETCHED, SEALED_AT + DAY))
    assert (after.verdict, after.wanted, row(after, CheckId.STATUS).notes) == (Verdict.VALID, (), ())
    uni.revoke(INDEX)
    early = copies(uni, [uni.status_list(listed=SEALED_AT - 40 * DAY)], Grade.FETCHED, SEALED_AT - DAY)
    assert judged(badge, keys(uni) + early).verdict is Verdict.REVOKED  # a set bit counts in any


def test_a_copy_that_somebody_gave_is_told_to_be_older_and_no_more() -> None:
    """Issuers that seal their list for a withdrawal only are many; nobody knows how old the copy is."""
    uni = university()
    badge = uni.badge(entries=(uni.entry(INDEX),))
    old = uni.status_list(listed=SEALED_AT - 40 * DAY)
    report = judged(badge, keys(uni) + copies(uni, [old]))
    assert report.verdict is Verdict.VALID
    assert note_codes(row(report, CheckId.STATUS)) == [ReasonCode.STATUS_STALE]
    here_before = judged(badge, keys(uni) + copies(uni, [old], fetched_at=SEALED_AT - DAY))
    assert answer(here_before, CheckId.STATUS) == (Outcome.UNDETERMINED, ReasonCode.STATUS_STALE)


def test_a_seal_that_is_dated_ahead_is_as_old_as_our_own_first_sight() -> None:
    uni = university()
    parsed = parse(uni.badge(entries=(uni.entry(INDEX),)))
    here = SEALED_AT - 2 * DAY
    known = keys(uni) + copies(uni, [uni.status_list(listed=here)], Grade.FETCHED, SEALED_AT - DAY)
    found = gather(parsed, MemoryEvidence(known), pinned_contexts(), seen_at=here)
    assert judge(parsed, found, at=AT).verdict is Verdict.VALID
    assert judge(parsed, replace(found, seen_at=None), at=AT).verdict is Verdict.UNDETERMINED


def test_a_date_that_nobody_sealed_makes_no_list_younger() -> None:
    """Of two proofs neither covers the other: a late one can be put beside that of an old list."""
    uni, mallory = university(), attacker("did:web")
    badge = uni.badge(entries=(uni.entry(INDEX),))
    old: JsonObject = json.loads(uni.status_list(listed=LISTED_AT - DAY))
    late = embed_proof({name: one for name, one in old.items() if name != "proof"}, mallory.key,
                       suite="eddsa-rdfc-2022", method=mallory.method, created="2026-11-20T00:00:00Z")
    both = compact_json(old | {"proof": [old["proof"], late["proof"]]})
    uni.revoke(INDEX)
    fetched = copies(uni, [uni.status_list()], Grade.FETCHED, AT - DAY)
    known = keys(uni, mallory)
    assert judged(badge, known + copies(uni, [both])).verdict is Verdict.VALID  # the twin: it speaks
    assert judged(badge, known + fetched + copies(uni, [both])).verdict is Verdict.REVOKED


# --- the past ---


def test_who_asks_about_an_earlier_time_is_answered_by_what_is_known_since() -> None:
    uni = university()
    badge = uni.badge(entries=(uni.entry(INDEX),))
    earlier = SEALED_AT + 9 * DAY
    fetched = copies(uni, [uni.status_list()], Grade.FETCHED, LISTED_AT + DAY)
    report = judged(badge, keys(uni) + fetched, at=earlier)
    assert report.verdict is Verdict.VALID
    assert row(report, CheckId.STATUS).reason["date"] == "2026-11-19T06:00:00Z"
    given = judged(badge, keys(uni) + copies(uni, [uni.status_list()]), at=earlier)
    assert reason_text(row(given, CheckId.STATUS).reason) == (
        "The withdrawal list cannot be trusted: Starts on 18 November 2026.")
    uni.revoke(INDEX)
    revoked = copies(uni, [uni.status_list()], Grade.FETCHED, LISTED_AT + DAY)
    assert judged(badge, keys(uni) + revoked, at=earlier).verdict is Verdict.REVOKED


def test_a_list_that_begins_later_hides_no_withdrawal() -> None:
    """Some issuers publish the list of next month; it says nothing of today."""
    uni = university()
    badge = uni.badge(entries=(uni.entry(INDEX),))
    ahead = copies(uni, [uni.status_list(listed=AT + 9 * DAY)])
    now_clear = copies(uni, [uni.status_list()], Grade.FETCHED, AT - DAY)
    assert judged(badge, keys(uni) + now_clear + ahead).verdict is Verdict.VALID
    assert judged(badge, keys(uni) + ahead).verdict is Verdict.UNDETERMINED
    uni.revoke(INDEX)
    now = copies(uni, [uni.status_list()], Grade.FETCHED, AT - DAY)
    assert judged(badge, keys(uni) + now + ahead).verdict is Verdict.REVOKED
    withdrawn_ahead = copies(uni, [uni.status_list(listed=AT + 9 * DAY)])
    assert judged(badge, keys(uni) + now_clear + withdrawn_ahead).verdict is Verdict.REVOKED


# --- what ends nothing ---


def saying(issuer: SimulatedIssuer, *, with_revocation: bool, purpose: str = "message") -> bytes:
    """A badge whose issuer keeps a list of messages, which is nowhere to be had."""
    place = "https://northbridge.example/messages"
    told = issuer.entry(INDEX) | {"statusPurpose": purpose, "statusListCredential": place, "id": f"{place}#1"}
    entries = (told, issuer.entry(INDEX)) if with_revocation else (told,)
    return issuer.seal_jwt(issuer.badge_document(entries=entries))


@pytest.mark.parametrize("purpose", ["message", "refresh"])
def test_a_list_that_can_withdraw_nothing_leaves_nothing_open(purpose: str) -> None:
    uni = university()
    both = saying(uni, with_revocation=True, purpose=purpose)
    report = judged(both, documents(uni.evidence()))
    assert answer(report, CheckId.STATUS) == (Outcome.PASSED, ReasonCode.STATUS_CLEAR)
    assert note_codes(row(report, CheckId.STATUS)) == [ReasonCode.STATUS_NOTICE_NOT_SEEN]
    assert "https://northbridge.example/messages" in [one.address for one in report.wanted]
    alone = judged(saying(uni, with_revocation=False, purpose=purpose), documents(uni.evidence()))
    assert answer(alone, CheckId.STATUS) == (Outcome.NOT_APPLICABLE, ReasonCode.STATUS_NOTICE_NOT_SEEN)
    assert alone.verdict is Verdict.VALID
    uni.revoke(INDEX)
    assert judged(both, documents(uni.evidence())).verdict is Verdict.REVOKED
    unseen = judged(both, keys(uni))
    assert answer(unseen, CheckId.STATUS) == (Outcome.UNDETERMINED, ReasonCode.STATUS_NOT_SEEN)


@pytest.mark.parametrize("purpose", ["suspension", "employed", "revocation"])
def test_any_other_list_that_is_not_there_leaves_it_open(purpose: str) -> None:
    uni = university()
    report = judged(saying(uni, with_revocation=True, purpose=purpose), documents(uni.evidence()))
    assert answer(report, CheckId.STATUS) == (Outcome.UNDETERMINED, ReasonCode.STATUS_NOT_SEEN)


# --- lists that nobody seals ---

RECORD = "https://northbridge.example/revocations/7"


def with_records(*served: tuple[list[str], Grade, datetime | None]) -> Report:
    """Judge a badge with several copies of a 1EdTech list."""
    uni = university()
    document = uni.badge_document()
    document["@context"].append("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json")
    document["credentialStatus"] = {"id": RECORD, "type": "1EdTechRevocationList"}
    known = keys(uni)
    for names, grade, fetched_at in served:
        revoked = [document["id"] if one == "$ID" else one for one in names]
        listed = {"id": RECORD, "revokedCredential": revoked}
        known += documents({RECORD: compact_json(listed)}, grade=grade, fetched_at=fetched_at)
    return judged(compact_json(uni.seal(document)), known)


def test_a_copy_without_a_seal_that_is_given_takes_back_nothing_that_the_website_said() -> None:
    withdrawn = (["$ID"], Grade.FETCHED, AT - DAY)
    assert with_records(withdrawn, ([], Grade.SUPPLIED, AT)).verdict is Verdict.REVOKED
    assert with_records(withdrawn, ([], Grade.FETCHED, AT)).verdict is Verdict.VALID  # its own address may
    clear = (["y"], Grade.FETCHED, AT - DAY)
    assert with_records(clear, (["x"], Grade.SUPPLIED, AT)).verdict is Verdict.VALID
    assert with_records(clear, (["$ID"], Grade.SUPPLIED, AT)).verdict is Verdict.REVOKED  # that may be news


def test_a_website_that_was_asked_before_the_credential_was_sealed_knows_nothing_of_it() -> None:
    report = with_records(([], Grade.FETCHED, SEALED_AT - DAY))
    assert answer(report, CheckId.STATUS) == (Outcome.UNDETERMINED, ReasonCode.STATUS_STALE)
    assert [one.address for one in report.wanted] == [RECORD]
    assert with_records((["$ID"], Grade.FETCHED, SEALED_AT - DAY)).verdict is Verdict.REVOKED


def test_a_token_that_was_sealed_after_the_list_was_asked_for_is_open() -> None:
    uni = university()
    data, served = pointing(uni), {LIST: token_list(uni, 0, iat=int((SEALED_AT - DAY).timestamp()))}
    for days, verdict in ((-1, Verdict.UNDETERMINED), (1, Verdict.VALID)):
        known = documents(served, grade=Grade.FETCHED, fetched_at=SEALED_AT + days * DAY)
        assert judged(data, keys(uni) + known).verdict is verdict


@pytest.mark.parametrize("hours", [-1, 0, 2, 14])
def test_a_seal_that_is_dated_ahead_is_no_later_than_now(hours: int) -> None:
    """Some write their own time of day for Greenwich's: a list of this moment was said to be from before."""
    uni = university()
    created = (AT + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")
    badge = compact_json(embed_proof(uni.badge_document(entries=(uni.entry(INDEX),)), uni.key,
                                     suite="eddsa-rdfc-2022", method=uni.method, created=created))
    lists = (copies(uni, [uni.status_list()], Grade.FETCHED, AT - age) for age in (DAY * 0, DAY))
    now, before = (answer(judged(badge, keys(uni) + there), CheckId.STATUS) for there in lists)
    assert now == (Outcome.PASSED, ReasonCode.STATUS_CLEAR)
    assert before == (Outcome.UNDETERMINED, ReasonCode.STATUS_STALE)


@pytest.mark.parametrize("count", [3, 4, 12])
def test_an_issuers_other_lists_do_not_crowd_out_the_one_that_is_kept_there(count: int) -> None:
    """Everybody can save them all, and hand them over as copies of the one that withdraws a badge."""
    uni = university()
    badge = uni.badge(entries=(uni.entry(INDEX),))
    begins = (LISTED_AT + DAY).strftime("%Y-%m-%dT%H:%M:%SZ")
    others = copies(uni, [named(uni, id=f"https://northbridge.example/status/{number}", validFrom=begins)
                          for number in range(count)])
    clear = uni.status_list()
    uni.revoke(INDEX)
    assert judged(badge, keys(uni) + copies(uni, [uni.status_list()]) + others).verdict is Verdict.REVOKED
    report = judged(badge, keys(uni) + copies(uni, [clear]) + others)
    assert report.verdict is Verdict.VALID
    assert ReasonCode.QUIRK_LIST_ID not in note_codes(row(report, CheckId.STATUS))
    # Alone, a list that calls itself otherwise is taken, as before.
    assert judged(badge, keys(uni) + others).verdict is Verdict.VALID


@pytest.mark.parametrize("withdrawn", [True, False])
def test_between_two_lists_that_lasted_a_day_the_later_one_answers(*, withdrawn: bool) -> None:
    """With it alone the answer was there; a list of before that had ended by then left it open again."""
    uni = university()
    badge = uni.badge(entries=(uni.entry(INDEX),))
    ended, then = LISTED_AT - 4 * DAY, LISTED_AT - 2 * DAY
    before = copies(uni, [uni.status_list(listed=ended, until=ended + DAY)], Grade.FETCHED, ended)
    if withdrawn:
        uni.revoke(INDEX)
    later = copies(uni, [uni.status_list()], Grade.FETCHED, AT)
    expected = Verdict.REVOKED if withdrawn else Verdict.VALID
    assert judged(badge, keys(uni) + later, at=then).verdict is expected
    assert judged(badge, keys(uni) + before + later, at=then).verdict is expected
    alone = judged(badge, keys(uni) + before, at=then)
    assert answer(alone, CheckId.STATUS) == (Outcome.UNDETERMINED, ReasonCode.STATUS_LIST_ENDED)
