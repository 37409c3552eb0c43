"""What has no seal: the issuer's web record stands in for it, and every trick with it has a benign twin."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.simulators.signing import JsonObject, compact_json
from tests.simulators.web_issuer import EMAIL, V1, WebIssuer
from tests.verify.desk import FETCHED_AT, answer, documents, judged, note_codes, row
from wallet.formats.openbadges2 import is_record_of
from wallet.model.credential import EvidenceClass
from wallet.model.errors import WalletError
from wallet.model.evidence import Grade
from wallet.model.headline import headline_code
from wallet.model.reasons import ReasonCode
from wallet.model.report import CheckId, HeadlineCode, Outcome, Report, Verdict
from wallet.trust.badge_records import keeps_records_at

HARBOR = WebIssuer()
EVIL = WebIssuer("evil.example", seed="evil")


def check(file: JsonObject, served: dict[str, bytes], *, grade: Grade = Grade.FETCHED,
          **expectation: Any) -> Report:
    found = documents(served, grade=grade, fetched_at=FETCHED_AT)
    return judged(compact_json(file), found, **expectation)


def with_record(record: JsonObject, file: JsonObject | None = None, issuer: WebIssuer = HARBOR,
                **expectation: Any) -> Report:
    return check(file or issuer.assertion(), issuer.served(record), **expectation)


# --- check 2: the record ---


def test_a_record_that_says_the_same_confirms_it() -> None:
    report = with_record(HARBOR.assertion(), identities=(EMAIL,))
    assert (report.verdict, report.evidence_class) == (Verdict.VALID, EvidenceClass.HOSTED)
    assert headline_code(report) is HeadlineCode.HOSTED_OK
    assert (report.issuer_id, report.issuer_name) == (HARBOR.id, "Harbor College")
    proof = row(report, CheckId.PROOF)
    assert (proof.reason.code, proof.reason["host"]) == (ReasonCode.HOSTED_OK, "harbor.example")
    assert proof.reason["date"].startswith("2026-11-20")
    assert [one.address for one in proof.evidence] == [HARBOR.at("a/1"), HARBOR.at("b/9")]
    assert answer(report, CheckId.KEY_AUTHORITY) == (Outcome.PASSED, ReasonCode.HOSTED_BY_ISSUER)
    assert answer(report, CheckId.RECIPIENT) == (Outcome.PASSED, ReasonCode.RECIPIENT_MATCH)
    assert report.wanted == ()


def test_without_the_record_nothing_is_decided_and_it_is_wanted() -> None:
    report = check(HARBOR.assertion(expires="2025-01-01T00:00:00Z"), HARBOR.definitions())
    assert answer(report, CheckId.PROOF) == (Outcome.UNDETERMINED, ReasonCode.HOSTED_NO_RECORD)
    # Of a record that nobody has seen nobody says where it is kept.
    assert answer(report, CheckId.KEY_AUTHORITY) == (Outcome.UNDETERMINED, ReasonCode.NOT_MEANINGFUL)
    assert report.verdict is Verdict.UNDETERMINED  # and not "ended": nobody confirms that date
    assert headline_code(report) is HeadlineCode.HOSTED_UNREACHABLE
    assert [(one.address, one.host) for one in report.wanted] == [(HARBOR.at("a/1"), "harbor.example")]


@pytest.mark.parametrize(("grade", "verdict"), [
    (Grade.FETCHED, Verdict.VALID), (Grade.SUPPLIED, Verdict.VALID), (Grade.SHIPPED, Verdict.VALID),
    (Grade.SENDER, Verdict.UNDETERMINED)])
def test_a_record_that_the_sender_brings_counts_for_nothing(grade: Grade, verdict: Verdict) -> None:
    report = check(HARBOR.assertion(), HARBOR.served(HARBOR.assertion()), grade=grade)
    assert report.verdict is verdict
    if grade is Grade.SENDER:
        assert row(report, CheckId.PROOF).reason["because"] == "from_sender"


def test_a_supplied_copy_has_no_date_of_its_own() -> None:
    report = check(HARBOR.assertion(), HARBOR.served(HARBOR.assertion()), grade=Grade.SUPPLIED)
    assert row(report, CheckId.PROOF).reason["date"] == ""


@pytest.mark.parametrize(("change", "named"), [
    ({"issuedOn": "2020-04-01T14:41:00Z"}, "issuedOn"),
    ({"recipient": {"type": "email", "hashed": False, "identity": "eve@evil.example"}}, "recipient"),
    ({"expires": "2036-01-01T00:00:00Z"}, "expires"),
    ({"evidence": "https://evil.example/proof"}, "evidence"),
    ({"badge": "https://harbor.example/b/10"}, "badge"),
    ({"narrative": "with honours"}, "narrative")])
def test_what_differs_from_the_record_is_named(change: JsonObject, named: str) -> None:
    report = with_record(HARBOR.assertion(), HARBOR.assertion(**change))
    assert answer(report, CheckId.PROOF) == (Outcome.FAILED, ReasonCode.HOSTED_CHANGED)
    assert row(report, CheckId.PROOF).reason["found"] == named
    assert (report.verdict, headline_code(report)) == (Verdict.INVALID, HeadlineCode.HOSTED_CHANGED)


def test_an_end_that_was_left_out_is_found() -> None:
    record = HARBOR.assertion(expires="2025-01-01T00:00:00Z")
    assert row(with_record(record), CheckId.PROOF).reason["found"] == "expires"
    assert with_record(record, record).verdict is Verdict.EXPIRED


@pytest.mark.parametrize("change", [
    {"type": ["Assertion"]}, {"issuedOn": "2024-04-01T14:41:00+00:00"}, {"issuedOn": 1711982460},
    {"verification": {"type": "HostedBadge"}},
    {"@context": ["https://w3id.org/openbadges/v2"]}, {"badge": [HARBOR.at("b/9")]}])
def test_another_way_to_write_the_same_is_the_same(change: JsonObject) -> None:
    assert with_record(HARBOR.assertion(**change)).verdict is Verdict.VALID


def test_hashed_as_text_is_read_and_named() -> None:
    file = HARBOR.assertion()
    file["recipient"] = {**file["recipient"], "hashed": "true"}
    report = with_record(HARBOR.assertion(), file, identities=(EMAIL,))
    assert report.verdict is Verdict.VALID
    assert ReasonCode.QUIRK_BADGE_MEMBER in note_codes(row(report, CheckId.STRUCTURE))
    assert answer(report, CheckId.RECIPIENT) == (Outcome.PASSED, ReasonCode.RECIPIENT_MATCH)


def test_true_and_one_are_not_the_same() -> None:
    assert with_record(HARBOR.assertion(extra=1), HARBOR.assertion(extra=True)).verdict is Verdict.INVALID


@pytest.mark.parametrize("record", [
    {"error": "not found"}, HARBOR.badge_class(), HARBOR.assertion(id=HARBOR.at("a/2")), []])
def test_something_else_at_its_address_leaves_it_open(record: Any) -> None:
    report = with_record(record)
    assert answer(report, CheckId.PROOF) == (Outcome.UNDETERMINED, ReasonCode.HOSTED_GONE)
    assert headline_code(report) is HeadlineCode.HOSTED_GONE


def test_the_newest_copy_counts() -> None:
    old, new = HARBOR.assertion(), HARBOR.assertion(revoked=True)
    found = documents(HARBOR.served(old), grade=Grade.FETCHED, fetched_at=FETCHED_AT - timedelta(days=40))
    newer = documents(HARBOR.served(new), grade=Grade.FETCHED, fetched_at=FETCHED_AT)
    assert judged(compact_json(old), found + newer).verdict is Verdict.REVOKED
    swapped = documents(HARBOR.served(new), grade=Grade.FETCHED, fetched_at=FETCHED_AT - timedelta(days=40))
    latest = documents(HARBOR.served(old), grade=Grade.FETCHED, fetched_at=FETCHED_AT)
    assert judged(compact_json(old), latest + swapped).verdict is Verdict.VALID


def test_a_badge_class_written_out_in_the_file_must_be_the_one_at_its_address() -> None:
    inside = HARBOR.badge_class()
    assert with_record(HARBOR.assertion(), HARBOR.assertion(badge=inside)).verdict is Verdict.VALID
    grand = HARBOR.assertion(badge=inside | {"name": "Doctor of Ropes"})
    report = with_record(HARBOR.assertion(), grand)
    assert row(report, CheckId.PROOF).reason["found"] == "badge.name"
    assert report.verdict is Verdict.INVALID
    named = inside | {"issuer": HARBOR.profile() | {"name": "Oxford"}}
    report = with_record(HARBOR.assertion(), HARBOR.assertion(badge=named))
    assert row(report, CheckId.PROOF).reason["found"] == "badge.issuer.name"
    open_ = check(HARBOR.assertion(badge=inside), {HARBOR.at("a/1"): compact_json(HARBOR.assertion())})
    assert answer(open_, CheckId.PROOF) == (Outcome.UNDETERMINED, ReasonCode.HOSTED_NO_RECORD)


# --- check 3: the keeper ---


def test_a_record_on_another_host_is_not_the_issuers() -> None:
    """Somebody hosts an assertion of his own that names an honest badge class."""
    forged = EVIL.assertion(badge=HARBOR.at("b/9"))
    report = check(forged, {**HARBOR.definitions(), **EVIL.served(forged)})
    assert answer(report, CheckId.KEY_AUTHORITY) == (Outcome.FAILED, ReasonCode.HOSTED_ELSEWHERE)
    assert (report.verdict, headline_code(report)) == (Verdict.INVALID, HeadlineCode.HOSTED_CHANGED)
    own = check(EVIL.assertion(), EVIL.served(EVIL.assertion()))
    assert (own.verdict, own.issuer_id) == (Verdict.VALID, EVIL.id)  # it stands for itself, by its own host


def test_a_badge_class_of_his_own_that_names_an_honest_issuer_does_not_help() -> None:
    evil = WebIssuer("evil.example", badge_changes={"issuer": HARBOR.id})
    report = check(evil.assertion(), {**evil.served(evil.assertion()), **HARBOR.definitions()})
    assert answer(report, CheckId.KEY_AUTHORITY) == (Outcome.FAILED, ReasonCode.HOSTED_ELSEWHERE)


@pytest.mark.parametrize(("rules", "host", "outcome"), [
    ({}, "harbor.example/~eve", Outcome.UNDETERMINED),
    ({"allowedOrigins": "harbor.example"}, "harbor.example/~eve", Outcome.UNDETERMINED),
    ({}, "harbor.example/%7Eeve", Outcome.UNDETERMINED),
    ({"startsWith": "https://harbor.example/~eve/"}, "harbor.example/~eve", Outcome.PASSED),
    ({"startsWith": "https://harbor.example/awards/"}, "harbor.example/~eve", Outcome.FAILED),
    ({}, "harbor.example/awards", Outcome.PASSED),
    ({}, "harbor.example/awards/../~eve", Outcome.UNDETERMINED),
    ({}, "harbor.example//~eve", Outcome.UNDETERMINED),
    ({"startsWith": "https://harbor.example/awards/"}, "harbor.example/awards/../~eve", Outcome.FAILED),
    ({"startsWith": "https://harbor.example/awards/"}, "harbor.example/awards/%2e%2e/eve", Outcome.FAILED),
    ({"startsWith": "https://harbor.example/awards/"}, "harbor.example/awards/7..8", Outcome.PASSED),
], ids=["no rules", "the host", "escaped", "named", "others named", "no member's", "a step back",
        "an empty step", "back from the named", "back, escaped", "two dots in a name"])
def test_somebodys_own_pages_at_the_issuers_host_are_not_the_issuers_word(
        rules: JsonObject, host: str, outcome: Outcome) -> None:
    """Who has pages there can keep an assertion in them, and a badge class that names the honest issuer."""
    honest = WebIssuer(profile_changes={"verification": rules} if rules else {})
    eve = WebIssuer(host, badge_changes={"issuer": HARBOR.id})
    report = check(eve.assertion(), {**eve.served(eve.assertion()), **honest.definitions()})
    found = row(report, CheckId.KEY_AUTHORITY)
    assert found.outcome is outcome
    assert (found.reason.code is ReasonCode.HOSTED_ELSEWHERE) is (outcome is not Outcome.PASSED)
    assert (report.verdict is Verdict.VALID) is (outcome is Outcome.PASSED)


def test_what_is_awarded_from_somebodys_own_pages_is_hers() -> None:
    eve = WebIssuer("harbor.example/~eve")
    report = check(eve.assertion(), eve.served(eve.assertion()))
    assert (report.verdict, report.issuer_id) == (Verdict.VALID, "https://harbor.example/~eve/i/3")


def test_rules_and_origins_inside_the_award_are_only_its_own_word() -> None:
    inline = {"origin": "https://harbor.example", "name": "Harbor College",
              "verification": {"allowedOrigins": "evil.example", "startsWith": "https://evil.example/"}}
    evil = WebIssuer("evil.example", badge_changes={"issuer": inline})
    report = check(evil.assertion(), evil.served(evil.assertion()))
    assert answer(report, CheckId.KEY_AUTHORITY) == (Outcome.FAILED, ReasonCode.HOSTED_ELSEWHERE)
    nameless = WebIssuer("evil.example", badge_changes={"issuer": {"name": "Harbor College"}})
    report = check(nameless.assertion(), nameless.served(nameless.assertion()))
    assert answer(report, CheckId.KEY_AUTHORITY)[0] is Outcome.UNDETERMINED


@pytest.mark.parametrize(("rules", "kept"), [
    ({}, True),
    ({"allowedOrigins": "harbor.example"}, True), ({"allowedOrigins": ["x.example", "harbor.example"]}, True),
    ({"allowedOrigins": ["https://harbor.example"]}, True), ({"allowedOrigins": ["x.example"]}, False),
    ({"allowedOrigins": "arbor.example"}, False),
    ({"startsWith": "https://harbor.example/a/"}, True), ({"startsWith": "https://harbor.example/b/"}, False),
    ({"startsWith": ["https://x.example/", "https://harbor.example/"]}, True),
    ({"startsWith": ["https://harbor.example/NOT", "https://x.example/"]}, False),
    ({"startsWith": "https://harbor.example"}, True), ({"startsWith": "https://harbor.exam"}, False),
    ({"startsWith": "https://harbor.example/", "allowedOrigins": ["x.example"]}, False)])
def test_what_an_issuer_allows(rules: JsonObject, *, kept: bool) -> None:
    issuer = WebIssuer(profile_changes={"verification": rules})
    report = with_record(issuer.assertion(), issuer=issuer)
    assert report.verdict is (Verdict.VALID if kept else Verdict.INVALID)
    assert keeps_records_at(issuer.profile(), issuer.id, issuer.at("a/1")) is kept


def test_what_an_issuer_forbids_holds_even_without_the_record() -> None:
    issuer = WebIssuer(profile_changes={"verification": {"startsWith": "https://harbor.example/NOT"}})
    report = check(issuer.assertion(), issuer.definitions())
    assert report.verdict is Verdict.INVALID


@pytest.mark.parametrize("lost", ["b/9", "i/3"])
def test_a_badge_class_or_profile_that_is_missing_or_moved_leaves_it_open(lost: str) -> None:
    served = HARBOR.served(HARBOR.assertion())
    del served[HARBOR.at(lost)]
    report = check(HARBOR.assertion(), served)
    assert report.verdict is Verdict.UNDETERMINED
    assert HARBOR.at(lost) in [one.address for one in report.wanted]
    original = HARBOR.badge_class() if lost == "b/9" else HARBOR.profile()
    moved = served | {HARBOR.at(lost): compact_json(original | {"id": HARBOR.at("new")})}
    assert answer(check(HARBOR.assertion(), moved), CheckId.KEY_AUTHORITY) == (
        Outcome.UNDETERMINED, ReasonCode.HOSTED_GONE)


def test_a_profile_that_says_it_is_something_else_is_malformed() -> None:
    issuer = WebIssuer(profile_changes={"type": "Criteria"})
    report = with_record(issuer.assertion(), issuer=issuer)
    assert answer(report, CheckId.STRUCTURE) == (Outcome.FAILED, ReasonCode.TYPE_MISSING)
    assert report.verdict is Verdict.MALFORMED


# --- check 6: withdrawal ---


def test_a_record_that_calls_itself_withdrawn() -> None:
    report = with_record(HARBOR.assertion(revoked=True, revocationReason="Issued in error"))
    assert (report.verdict, answer(report, CheckId.STATUS)) == (
        Verdict.REVOKED, (Outcome.FAILED, ReasonCode.STATUS_REVOKED))
    assert row(report, CheckId.STATUS).reason["message"] == "Issued in error"
    short = with_record({"id": HARBOR.at("a/1"), "revoked": True})
    assert short.verdict is Verdict.REVOKED
    assert with_record(HARBOR.assertion(revoked=False)).verdict is Verdict.VALID
    assert is_record_of({"id": "https://a.example/2", "revoked": True}, "https://a.example/1") is False


@pytest.mark.parametrize(("told", "verdict"), [
    (None, Verdict.VALID), (0, Verdict.VALID), ("False", Verdict.VALID), (False, Verdict.VALID),
    (1, Verdict.REVOKED), ("TRUE", Verdict.REVOKED), (2, Verdict.UNDETERMINED), ("", Verdict.UNDETERMINED),
    ([], Verdict.UNDETERMINED), ([True], Verdict.UNDETERMINED)], ids=repr)
def test_nothing_and_a_number_are_read_as_programs_mean_them(told: Any, verdict: Verdict) -> None:
    assert with_record(HARBOR.assertion(revoked=told)).verdict is verdict


def test_a_word_that_is_neither_yes_nor_no_is_not_taken_for_no() -> None:
    report = with_record(HARBOR.assertion(revoked="perhaps"))
    assert answer(report, CheckId.STATUS) == (Outcome.UNDETERMINED, ReasonCode.STATUS_LIST_UNTRUSTED)


def test_an_old_record_is_too_old_only_for_who_says_so() -> None:
    assert with_record(HARBOR.assertion(), max_status_age=timedelta(days=2)).verdict is Verdict.VALID
    stale = with_record(HARBOR.assertion(), max_status_age=timedelta(hours=2))
    assert answer(stale, CheckId.STATUS) == (Outcome.UNDETERMINED, ReasonCode.STATUS_STALE)
    assert headline_code(stale) is HeadlineCode.HOSTED_UNREACHABLE


# --- versions ---


def test_every_version_has_its_record() -> None:
    one_one = HARBOR.assertion(**{"@context": V1, "uid": "a1"})
    assert with_record(one_one, one_one).verdict is Verdict.VALID
    one_nought = HARBOR.assertion_1_0()
    assert with_record(one_nought, one_nought, identities=(EMAIL,)).verdict is Verdict.VALID
    forged = HARBOR.assertion_1_0(recipient={"type": "email", "hashed": False, "identity": "eve@x.example"})
    assert with_record(one_nought, forged).verdict is Verdict.INVALID
    for day, verdict in (("2013-02-01", Verdict.VALID), ("2013-02-02", Verdict.INVALID)):  # for its seconds
        assert with_record(one_nought, HARBOR.assertion_1_0(issuedOn=day)).verdict is verdict


def test_an_address_in_a_picture_stands_for_what_is_kept_there() -> None:
    """The oldest badges carry only a link; what the record says is all there is."""
    record = HARBOR.assertion_0_5()
    picture = (b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="http://openbadges.org">'
               b'<openbadges:assertion verify="https://harbor.example/a/1"/></svg>')
    found = documents({HARBOR.at("a/1"): compact_json(record)}, grade=Grade.FETCHED, fetched_at=FETCHED_AT)
    report = judged(picture, found, identities=(EMAIL,))
    assert (report.verdict, report.issuer_id) == (Verdict.VALID, "https://harbor.example")
    assert answer(report, CheckId.RECIPIENT) == (Outcome.PASSED, ReasonCode.RECIPIENT_MATCH)
    assert judged(picture).verdict is Verdict.UNDETERMINED
    evil = documents({HARBOR.at("a/1"): compact_json(EVIL.assertion_0_5())})
    assert answer(judged(picture, evil), CheckId.KEY_AUTHORITY) == (
        Outcome.FAILED, ReasonCode.HOSTED_ELSEWHERE)


def test_an_assertion_without_any_address_cannot_be_looked_up() -> None:
    report = check(HARBOR.assertion_0_5(), {HARBOR.at("a/1"): compact_json(HARBOR.assertion_0_5())})
    assert answer(report, CheckId.PROOF) == (Outcome.UNDETERMINED, ReasonCode.HOSTED_NO_RECORD)


def test_a_definition_awards_nothing() -> None:
    for document in (HARBOR.badge_class(), HARBOR.profile()):
        report = check(document, HARBOR.served(HARBOR.assertion()))
        assert (report.verdict, report.evidence_class) == (Verdict.UNDETERMINED, EvidenceClass.DOCUMENT)


def test_a_profile_from_before_keys_were_listed_says_nothing_against_a_key() -> None:
    old: dict[str, Any] = {"@context": V1, "verification": None,
                           "verify": {"type": "signed", "url": HARBOR.at("key")}}
    silent = WebIssuer()
    served = silent.definitions()
    profile = silent.profile()
    del profile["publicKey"]
    served[silent.id] = compact_json(profile)
    report = judged(silent.signed(**old), documents(served))
    assert answer(report, CheckId.PROOF)[0] is Outcome.PASSED
    assert answer(report, CheckId.KEY_AUTHORITY) == (Outcome.UNDETERMINED, ReasonCode.KEY_UNKNOWN)
    assert judged(silent.signed(**old), documents(silent.definitions())).verdict is Verdict.VALID
    assert judged(silent.signed(), documents(served)).verdict is Verdict.INVALID  # of 2.0, which lists keys


MEMBERS = st.sampled_from(["@context", "type", "id", "badge", "recipient", "issuedOn", "expires", "evidence",
                           "verification", "verify", "uid", "revoked", "image", "issuer", "name"])
PLAIN = st.none() | st.booleans() | st.integers(-5, 2**40) | st.floats(allow_nan=False, width=32)
TEXTS = st.text(max_size=12) | st.sampled_from([HARBOR.at("a/1"), HARBOR.at("b/9"), HARBOR.id])
VALUES = st.recursive(PLAIN | TEXTS, lambda inner: st.lists(inner, max_size=3)
                      | st.dictionaries(MEMBERS | st.text(max_size=6), inner, max_size=4), max_leaves=8)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(MEMBERS, VALUES, max_size=4), st.dictionaries(MEMBERS, VALUES, max_size=4),
       st.dictionaries(MEMBERS, VALUES, max_size=4))
def test_whatever_stands_in_file_and_records_ends_in_an_answer(file: JsonObject, record: JsonObject,
                                                               profile: JsonObject) -> None:
    issuer = WebIssuer(profile_changes=profile, badge_changes=profile)
    try:
        served = documents(issuer.served(issuer.assertion(**record)), grade=Grade.FETCHED,
                           fetched_at=FETCHED_AT)
        report = judged(compact_json(issuer.assertion(**file)), served)
    except WalletError:
        return  # refused at a door, with a reason
    codes = {one.code for found in report.checks for one in (found.reason, *found.notes)}
    assert ReasonCode.INTERNAL_ERROR not in codes
    if report.verdict is Verdict.VALID:
        assert answer(report, CheckId.PROOF) == (Outcome.PASSED, ReasonCode.HOSTED_OK)
