"""Check 6: every entry, the worst counts; a list speaks only if it may, a set bit even when it is old."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.conftest import AT
from tests.simulators.issuer import LISTED_AT, SimulatedIssuer
from tests.simulators.signing import base64url, compact_json
from tests.verify.desk import answer, attacker, documents, edited, judged, note_codes, row, university
from wallet.model.evidence import Grade
from wallet.model.headline import headline_code
from wallet.model.reasons import ReasonCode
from wallet.model.report import CheckId, HeadlineCode, Outcome, Report, Verdict

INDEX = 94567


@pytest.fixture
def uni() -> SimulatedIssuer:
    return university()


def with_list(issuer: SimulatedIssuer, badge: bytes, status_list: bytes | None = None,
              **expectation: Any) -> Report:
    """Judge with the issuer's documents, the revocation list replaced if one is given."""
    served = issuer.evidence()
    if status_list is not None:
        served[issuer.list_address()] = status_list
    return judged(badge, documents(served), **expectation)


def revoking(issuer: SimulatedIssuer) -> bytes:
    return issuer.badge(entries=(issuer.entry(INDEX),))


def test_without_entries_there_is_nothing_to_ask(uni: SimulatedIssuer) -> None:
    report = with_list(uni, uni.badge())
    assert answer(report, CheckId.STATUS) == (Outcome.NOT_APPLICABLE, ReasonCode.STATUS_NONE)


@pytest.mark.parametrize("kind", ["bitstring", "2021"])
@pytest.mark.parametrize("as_jwt", [False, True])
def test_clear_and_revoked_in_every_kind_and_form(uni: SimulatedIssuer, kind: Any, as_jwt: bool) -> None:
    badge = uni.badge(entries=(uni.entry(INDEX, kind=kind),))
    address = uni.list_address(kind=kind)
    clear = judged(badge, documents(uni.evidence() | {address: uni.status_list(kind=kind, as_jwt=as_jwt)}))
    assert answer(clear, CheckId.STATUS) == (Outcome.PASSED, ReasonCode.STATUS_CLEAR)
    assert clear.verdict is Verdict.VALID
    assert address in [one.address for one in row(clear, CheckId.STATUS).evidence]
    uni.revoke(INDEX)
    gone = judged(badge, documents(uni.evidence() | {address: uni.status_list(kind=kind, as_jwt=as_jwt)}))
    assert answer(gone, CheckId.STATUS) == (Outcome.FAILED, ReasonCode.STATUS_REVOKED)
    assert gone.verdict is Verdict.REVOKED


def test_neighbours_are_not_touched(uni: SimulatedIssuer) -> None:
    uni.entry(0)
    for index in (INDEX - 1, INDEX + 1, INDEX ^ 7):
        uni.revoke(index)
    assert with_list(uni, revoking(uni)).verdict is Verdict.VALID


def test_on_hold_is_not_withdrawn_and_can_end(uni: SimulatedIssuer) -> None:
    badge = uni.badge(entries=(uni.entry(5, purpose="suspension"),))
    uni.suspend(5)
    assert with_list(uni, badge).verdict is Verdict.SUSPENDED
    uni.resume(5)
    assert with_list(uni, badge).verdict is Verdict.VALID


def test_list_never_seen_is_not_checked(uni: SimulatedIssuer) -> None:
    badge = revoking(uni)
    report = judged(badge, documents({uni.id: uni.controller_document()}))
    assert answer(report, CheckId.STATUS) == (Outcome.UNDETERMINED, ReasonCode.STATUS_NOT_SEEN)
    assert headline_code(report) is HeadlineCode.VALID_STATUS_UNCHECKED
    assert [one.address for one in report.wanted] == [uni.list_address()]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_every_entry_counts_and_the_worst_wins(uni: SimulatedIssuer, order: tuple[int, int]) -> None:
    entries = (uni.entry(5, purpose="suspension"), uni.entry(6))
    badge = uni.badge(entries=tuple(entries[place] for place in order))
    assert with_list(uni, badge).verdict is Verdict.VALID
    uni.suspend(5)
    assert with_list(uni, badge).verdict is Verdict.SUSPENDED
    uni.revoke(6)
    report = with_list(uni, badge)
    assert report.verdict is Verdict.REVOKED
    assert ReasonCode.STATUS_SUSPENDED in note_codes(row(report, CheckId.STATUS))


@pytest.mark.parametrize("called", ["VelocityRevocationListJan2021", "status_list"])
def test_unknown_type_is_never_not_withdrawn(uni: SimulatedIssuer, called: str) -> None:
    document = uni.badge_document(entries=(uni.entry(3) | {"type": called}, uni.entry(INDEX)))
    token = uni.seal_jwt(document)
    report = with_list(uni, token)
    assert answer(report, CheckId.STATUS) == (Outcome.UNDETERMINED, ReasonCode.STATUS_TYPE_UNKNOWN)
    assert report.verdict is Verdict.UNDETERMINED
    uni.revoke(INDEX)
    assert with_list(uni, token).verdict is Verdict.REVOKED


@pytest.mark.parametrize("index", ["-1", "1e3", " 5 ", "\u0663", "1_000", "+5", "05", 5.5, "", None, True])
def test_index_that_is_none_is_refused(uni: SimulatedIssuer, index: Any) -> None:
    document = uni.badge_document(entries=(uni.entry(5) | {"statusListIndex": index},))
    report = with_list(uni, uni.seal_jwt(document))
    assert answer(report, CheckId.STATUS) == (Outcome.UNDETERMINED, ReasonCode.STATUS_ENTRY_MALFORMED)


def test_index_beyond_the_list_cannot_be_told(uni: SimulatedIssuer) -> None:
    assert with_list(uni, uni.badge(entries=(uni.entry(131_071),))).verdict is Verdict.VALID
    report = with_list(uni, uni.badge(entries=(uni.entry(131_072),)))
    assert answer(report, CheckId.STATUS) == (Outcome.UNDETERMINED, ReasonCode.STATUS_INDEX)


def test_short_list_is_read_and_named(uni: SimulatedIssuer) -> None:
    badge = uni.badge(entries=(uni.entry(99),))
    report = with_list(uni, badge, uni.status_list(bits=10_000))
    assert report.verdict is Verdict.VALID
    assert ReasonCode.QUIRK_LIST_SHORT in note_codes(row(report, CheckId.STATUS))


def test_purpose_must_be_the_lists(uni: SimulatedIssuer) -> None:
    badge = revoking(uni)
    report = with_list(uni, badge, uni.status_list("suspension"))
    assert answer(report, CheckId.STATUS) == (Outcome.UNDETERMINED, ReasonCode.STATUS_PURPOSE)


def test_a_list_for_another_purpose_says_nothing_of_withdrawal(uni: SimulatedIssuer) -> None:
    badge = uni.badge(entries=(uni.entry(5) | {"statusPurpose": "employed"},))
    uni._set["employed"] = set()  # type: ignore[index] # a word of the issuer's own
    report = with_list(uni, badge, uni.status_list("employed"))  # type: ignore[arg-type] # likewise
    assert answer(report, CheckId.STATUS) == (Outcome.PASSED, ReasonCode.STATUS_NO_MESSAGE)


def untrusted(report: Report) -> str:
    assert answer(report, CheckId.STATUS) == (Outcome.UNDETERMINED, ReasonCode.STATUS_LIST_UNTRUSTED)
    assert report.verdict is Verdict.UNDETERMINED
    assert headline_code(report) is HeadlineCode.STATUS_UNTRUSTED
    return row(report, CheckId.STATUS).reason["because"]


def test_unsealed_or_altered_list_says_nothing(uni: SimulatedIssuer) -> None:
    badge = revoking(uni)
    unsealed = edited(uni.status_list(), lambda listed: listed.pop("proof"))
    altered = edited(uni.status_list(), lambda listed: listed.update(validFrom="2026-11-19T06:00:00Z"))
    assert untrusted(with_list(uni, badge, unsealed)) == ReasonCode.PROOF_MISSING.value
    assert untrusted(with_list(uni, badge, altered)) == ReasonCode.SIGNATURE_WRONG.value
    assert untrusted(with_list(uni, badge, b'{"not": "a list"}')) == ReasonCode.FORMAT_UNKNOWN.value


def test_list_of_another_kind_says_nothing(uni: SimulatedIssuer) -> None:
    assert untrusted(with_list(uni, revoking(uni), uni.status_list(kind="2021"))) == "type"


def test_bomb_is_refused_by_its_bound(uni: SimulatedIssuer) -> None:
    badge = revoking(uni)
    bomb = base64url(gzip.compress(bytes(5 * 1024 * 1024), mtime=0))
    document = json.loads(uni.status_list())
    del document["proof"]
    document["credentialSubject"]["encodedList"] = "u" + bomb
    report = with_list(uni, badge, compact_json(uni.seal(document)))
    assert untrusted(report) == ReasonCode.LIMIT_BYTES.value


@pytest.mark.parametrize("grade", [Grade.SHIPPED, Grade.FETCHED, Grade.SUPPLIED])
def test_list_kept_by_another_counts_and_is_named(uni: SimulatedIssuer, grade: Grade) -> None:
    keeper = university(seed="keeper", host="lists.example")
    badge = uni.badge(entries=(keeper.entry(INDEX),))
    report = judged(badge, documents(uni.evidence() | keeper.evidence(), grade=grade))
    assert report.verdict is Verdict.VALID
    kept = next(note for note in row(report, CheckId.STATUS).notes
                if note.code is ReasonCode.STATUS_LIST_KEPT_BY)
    assert kept["party"] == keeper.id
    assert {one.address for one in row(report, CheckId.STATUS).evidence} == {keeper.id, keeper.list_address()}


def test_list_from_the_sender_says_nothing_whoever_sealed_it(uni: SimulatedIssuer) -> None:
    badge, mallory = revoking(uni), attacker("did:web")
    mallory.entry(0)
    honest = documents({uni.id: uni.controller_document()})
    for issuer in (uni, mallory):
        sent = documents({uni.list_address(): issuer.status_list()}, grade=Grade.SENDER)
        report = judged(badge, honest + sent + documents({mallory.id: mallory.controller_document()}))
        assert untrusted(report) == "from_sender"
        assert [one.address for one in report.wanted] == [uni.list_address()]


def test_list_whose_keeper_is_unknown_says_nothing(uni: SimulatedIssuer) -> None:
    badge, mallory = revoking(uni), attacker("did:web")
    report = with_list(uni, badge, mallory.status_list())
    assert untrusted(report) == ReasonCode.PROOF_NOT_CHECKED.value
    assert mallory.id in [one.address for one in report.wanted]


def test_ended_list_cannot_say_clear_but_a_set_bit_stays(uni: SimulatedIssuer) -> None:
    badge = revoking(uni)
    ended = with_list(uni, badge, uni.status_list(until=AT - timedelta(days=1)))
    assert answer(ended, CheckId.STATUS) == (Outcome.UNDETERMINED, ReasonCode.STATUS_LIST_ENDED)
    assert row(ended, CheckId.STATUS).reason["date"] == "2026-11-18T06:00:00Z"
    assert headline_code(ended) is HeadlineCode.STATUS_LIST_ENDED
    future = with_list(uni, badge, uni.status_list(listed=AT + timedelta(minutes=6)))
    assert untrusted(future) == ReasonCode.NOT_YET.value
    assert with_list(uni, badge, uni.status_list(listed=AT + timedelta(seconds=9))).verdict is Verdict.VALID
    uni.revoke(INDEX)
    assert with_list(uni, badge, uni.status_list(until=AT - timedelta(days=1))).verdict is Verdict.REVOKED


def test_newest_list_by_its_own_date_speaks(uni: SimulatedIssuer) -> None:
    badge, address = revoking(uni), uni.list_address()
    old = uni.status_list(listed=LISTED_AT - timedelta(days=9))
    uni.revoke(INDEX)
    new = uni.status_list()
    late_replay = documents({address: new}, fetched_at=AT - timedelta(days=2)) \
        + documents({address: old}, fetched_at=AT - timedelta(days=1))
    key = documents({uni.id: uni.controller_document()})
    assert judged(badge, key + late_replay).verdict is Verdict.REVOKED


def test_age_matters_only_to_the_caller_who_says_so(uni: SimulatedIssuer) -> None:
    badge = revoking(uni)
    old = uni.status_list(listed=AT - timedelta(days=40))
    assert with_list(uni, badge, old).verdict is Verdict.VALID
    stale = with_list(uni, badge, old, max_status_age=timedelta(days=30))
    assert answer(stale, CheckId.STATUS) == (Outcome.UNDETERMINED, ReasonCode.STATUS_STALE)
    assert headline_code(stale) is HeadlineCode.VALID_STATUS_STALE
    assert row(stale, CheckId.STATUS).reason["limit"] == "30"
    assert with_list(uni, badge, old, max_status_age=timedelta(days=40)).verdict is Verdict.VALID
    fetched = documents({uni.id: uni.controller_document()}) + documents(
        {uni.list_address(): old}, grade=Grade.FETCHED, fetched_at=AT - timedelta(days=2))
    assert judged(badge, fetched, max_status_age=timedelta(days=30)).verdict is Verdict.VALID
    uni.revoke(INDEX)
    revoked = uni.status_list(listed=AT - timedelta(days=40))
    assert with_list(uni, badge, revoked, max_status_age=timedelta(days=30)).verdict is Verdict.REVOKED


def test_list_with_another_id_is_an_allowance(uni: SimulatedIssuer) -> None:
    document = json.loads(uni.status_list())
    del document["proof"]
    elsewhere = uni.seal(document | {"id": "https://elsewhere.example/l"})
    report = with_list(uni, revoking(uni), compact_json(elsewhere))
    assert report.verdict is Verdict.VALID
    assert ReasonCode.QUIRK_LIST_ID in note_codes(row(report, CheckId.STATUS))


@pytest.mark.parametrize(("listed", "index", "verdict"), [
    (datetime(2022, 8, 19, tzinfo=UTC), 3, Verdict.REVOKED),  # as the libraries of then counted
    (datetime(2022, 8, 19, tzinfo=UTC), 4, Verdict.UNDETERMINED),  # as the text of now counts: who knows
    (datetime(2022, 8, 19, tzinfo=UTC), 5, Verdict.VALID),
    (datetime(2023, 8, 19, tzinfo=UTC), 3, Verdict.VALID),
    (datetime(2023, 8, 19, tzinfo=UTC), 4, Verdict.REVOKED),
])
def test_bits_of_lists_older_than_their_order(uni: SimulatedIssuer, listed: datetime, index: int,
                                              verdict: Verdict) -> None:
    badge = uni.badge(entries=(uni.entry(index, kind="2021"),))
    uni.revoke(4)  # sets 0x08: the fifth bit from the left, the fourth from the right
    served = uni.evidence() | {uni.list_address(kind="2021"): uni.status_list(kind="2021", listed=listed)}
    report = judged(badge, documents(served))
    assert report.verdict is verdict
    named = ReasonCode.QUIRK_LIST_ORDER in note_codes(row(report, CheckId.STATUS))
    assert named is (listed.year == 2022 and verdict is not Verdict.VALID)


def test_a_withdrawal_in_something_unproven_is_a_row(uni: SimulatedIssuer) -> None:
    badge = revoking(uni)
    uni.revoke(INDEX)
    keeper_knows = documents({uni.list_address(): uni.status_list()})
    report = judged(badge, keeper_knows)
    assert report.verdict is Verdict.UNDETERMINED
    assert answer(report, CheckId.STATUS) == (Outcome.UNDETERMINED, ReasonCode.NOT_MEANINGFUL)


def test_list_with_a_list_of_its_own_is_not_followed(uni: SimulatedIssuer) -> None:
    document = json.loads(uni.status_list())
    del document["proof"]
    looped = uni.seal(document | {"credentialStatus": uni.entry(1)})
    assert with_list(uni, revoking(uni), compact_json(looped)).verdict is Verdict.VALID


@pytest.mark.parametrize(("place", "said"), [(2, "address changed"), (1, "waiting"), (3, "message")])
def test_messages_are_told_and_end_nothing(uni: SimulatedIssuer, place: int, said: str) -> None:
    entry = uni.entry(place) | {"statusPurpose": "message", "statusSize": 2, "statusMessage": [
        {"status": "0x0", "message": "waiting"}, {"status": "0x1", "message": "address changed"}]}
    document = json.loads(uni.status_list())
    del document["proof"]
    bits = bytearray(16 * 1024)
    bits[0] = 0b0000_0111  # third value of two bits: 1, fourth: one without a text
    document["credentialSubject"] |= {"statusPurpose": "message", "statusSize": 2,
                                      "encodedList": "u" + base64url(gzip.compress(bytes(bits), mtime=0))}
    badge = uni.seal_jwt(uni.badge_document(entries=(entry,)))
    report = with_list(uni, badge, uni.seal_jwt(document))
    assert report.verdict is Verdict.VALID
    assert row(report, CheckId.STATUS).reason["message"] == said


#: Of lists that nobody seals.
RECORD = "https://northbridge.example/revocations/7"


def with_web_list(listed: object, *, address: str = RECORD, issuer: SimulatedIssuer | None = None,
                  grade: Grade = Grade.FETCHED, fetched_at: datetime | None = LISTED_AT,
                  **expectation: Any) -> tuple[Report, str]:
    """Judge a badge whose only status entry is a 1EdTech list at an address; return its id too."""
    uni = issuer or university()
    document = uni.badge_document()
    document["@context"].append("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json")
    document["credentialStatus"] = {"id": address, "type": "1EdTechRevocationList"}
    name: str = document["id"]
    served = documents(uni.evidence()) + documents(
        {address: json.dumps(listed).replace("$ID", name).encode()}, grade=grade, fetched_at=fetched_at)
    return judged(compact_json(uni.seal(document)), served, **expectation), name


@pytest.mark.parametrize(("listed", "verdict"), [
    ([], Verdict.VALID), ([{"id": "urn:uuid:somebody-else"}], Verdict.VALID),
    ([{"id": "$ID", "revoked": False}], Verdict.VALID),
    ([{"id": "$ID", "revoked": True}], Verdict.REVOKED), ([{"id": "$ID"}], Verdict.REVOKED),
    ({"id": "$ID", "revocationReason": "Issued twice"}, Verdict.REVOKED), (["$ID"], Verdict.REVOKED)])
def test_a_list_that_names_the_credential_withdraws_it(listed: object, verdict: Verdict) -> None:
    report, _ = with_web_list({"id": RECORD, "revokedCredential": listed})
    assert report.verdict is verdict
    used = row(report, CheckId.STATUS).evidence
    assert [(one.address, one.fetched_at) for one in used] == [(RECORD, LISTED_AT)]


@pytest.mark.parametrize(("listed", "because"), [
    ({"revokedCredential": [{"revoked": True}]}, "status_list_malformed"),
    ({"revokedCredential": [{"id": "$ID", "revoked": "no"}]}, "status_list_malformed"),
    ({"error": "not found"}, "status_list_malformed"), ([], "status_list_malformed"),
    ({"revokedAssertions": []}, "status_list_malformed"),
    ({"revokedCredential": [], "issuer": "did:web:other.example"}, "type")])
def test_a_list_that_cannot_be_read_says_nothing(listed: object, because: str) -> None:
    report, _ = with_web_list(listed)
    assert answer(report, CheckId.STATUS) == (Outcome.UNDETERMINED, ReasonCode.STATUS_LIST_UNTRUSTED)
    assert row(report, CheckId.STATUS).reason["because"] == because


@pytest.mark.parametrize("address", [
    "https://lists.example/7", "https://lists.example?@northbridge.example/",
    "https://northbridge.example@lists.example/7"])
def test_only_the_issuers_own_website_may_keep_what_nobody_seals(address: str) -> None:
    """Attack V02 for lists without a seal; the twin is the same list at the issuer's host."""
    for listed in ([], ["$ID"]):
        report, _ = with_web_list({"revokedCredential": listed}, address=address)
        assert row(report, CheckId.STATUS).reason["because"] == "other_host"
        assert report.verdict is Verdict.UNDETERMINED


def test_a_list_that_the_sender_brings_says_nothing() -> None:
    report, _ = with_web_list({"revokedCredential": []}, grade=Grade.SENDER)
    assert row(report, CheckId.STATUS).reason["because"] == "from_sender"
    assert with_web_list({"revokedCredential": []}, grade=Grade.SUPPLIED)[0].verdict is Verdict.VALID


def test_an_issuer_without_a_website_keeps_no_such_list() -> None:
    report, _ = with_web_list({"revokedCredential": []}, issuer=university("did:key"))
    assert answer(report, CheckId.STATUS) == (Outcome.UNDETERMINED, ReasonCode.STATUS_LIST_UNTRUSTED)


@pytest.mark.parametrize("grade", [Grade.FETCHED, Grade.FETCHED_PLAIN])
def test_the_age_of_such_a_list_is_when_it_was_fetched(grade: Grade) -> None:
    young, _ = with_web_list({"revokedCredential": []}, grade=grade, max_status_age=AT - LISTED_AT)
    assert young.verdict is Verdict.VALID
    told = note_codes(row(young, CheckId.STATUS))  # anybody on an open line could have emptied it
    assert told == ([ReasonCode.HOSTED_PLAIN] if grade is Grade.FETCHED_PLAIN else [])
    old, _ = with_web_list({"revokedCredential": []}, max_status_age=timedelta(days=2))
    assert answer(old, CheckId.STATUS) == (Outcome.UNDETERMINED, ReasonCode.STATUS_STALE)
    undated, _ = with_web_list({"revokedCredential": []}, fetched_at=None, max_status_age=timedelta(days=30))
    assert answer(undated, CheckId.STATUS) == (Outcome.UNDETERMINED, ReasonCode.STATUS_STALE)
    withdrawn, _ = with_web_list({"revokedCredential": ["$ID"]}, max_status_age=timedelta(days=2))
    assert withdrawn.verdict is Verdict.REVOKED


def test_a_list_under_another_name_is_named() -> None:
    report, _ = with_web_list({"id": "https://northbridge.example/old", "revokedCredential": []})
    assert report.verdict is Verdict.VALID
    assert ReasonCode.QUIRK_LIST_ID in note_codes(row(report, CheckId.STATUS))


def test_each_list_says_what_it_is_a_list_of() -> None:
    """Two lists that name nobody were two times "Not withdrawn", and the list of what is on hold one too."""
    uni = university()
    entries = (uni.entry(3, "suspension"), uni.entry(3))
    report = judged(uni.badge(entries=entries), documents(uni.evidence()))
    check = row(report, CheckId.STATUS)
    assert (check.outcome, check.reason.code) == (Outcome.PASSED, ReasonCode.STATUS_CLEAR)
    assert note_codes(check) == [ReasonCode.STATUS_NOT_ON_HOLD]
    alone = judged(uni.badge(entries=entries[:1]), documents(uni.evidence()))
    assert answer(alone, CheckId.STATUS) == (Outcome.PASSED, ReasonCode.STATUS_NOT_ON_HOLD)
    assert alone.verdict is Verdict.VALID
    uni.suspend(3)
    held = judged(uni.badge(entries=entries), documents(uni.evidence()))
    assert answer(held, CheckId.STATUS) == (Outcome.FAILED, ReasonCode.STATUS_SUSPENDED)
    assert note_codes(row(held, CheckId.STATUS)) == [ReasonCode.STATUS_CLEAR]
