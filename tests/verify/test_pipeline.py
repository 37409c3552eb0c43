"""The pipeline: every row always there, rows without weight said so, a bug of ours never fine."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import AT
from tests.simulators.signing import JsonObject, compact_json, embed_proof
from tests.verify.desk import answer, attacker, documents, edited, judged, note_codes, row, university
from wallet.model.credential import EvidenceClass
from wallet.model.headline import headline_code
from wallet.model.reasons import ReasonCode, reason
from wallet.model.report import CheckId, HeadlineCode, Outcome, Report, Verdict
from wallet.verify import pipeline, seal, withdrawn
from wallet.verify.pipeline import CHECKS, PACK_CHECKS, unreadable_report
from wallet.wording.outcomes import Audience, sentence

UNI = university()
BADGE = UNI.badge(entries=(UNI.entry(7),), valid_until=AT + timedelta(days=400))
EVIDENCE = documents(UNI.evidence())
HOSTED = (b'{"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "https://a.example/1",'
          b' "badge": "https://a.example/b", "verification": {"type": "hosted"},'
          b' "issuedOn": "2026-01-02T00:00:00Z", "recipient": '
          b'{"type": "email", "hashed": false, "identity": "maya@lind.example"}}')
V2 = "https://www.w3.org/ns/credentials/v2"


def ids(report: Report) -> tuple[CheckId, ...]:
    return tuple(check.id for check in report.checks)


def test_the_whole_argument_holds_for_an_honest_badge() -> None:
    report = judged(BADGE, EVIDENCE)
    assert report.verdict is Verdict.VALID
    assert headline_code(report) is HeadlineCode.VALID
    assert (report.evidence_class, report.at, report.issuer_id) == (EvidenceClass.SEALED, AT, UNI.id)
    assert report.wanted == ()


@pytest.mark.parametrize("data", [
    BADGE, UNI.badge_jwt(), UNI.status_list(),
    edited(BADGE, lambda badge: badge.update(name="x")), edited(BADGE, lambda badge: badge.pop("proof")),
    edited(BADGE, lambda badge: badge.pop("issuer")), edited(BADGE, lambda badge: badge.update(honours="x")),
    HOSTED,
])
@pytest.mark.parametrize("evidence", [EVIDENCE, []])
def test_every_row_is_there_whatever_happens(data: bytes, evidence: list[Any]) -> None:
    report = judged(data, evidence)
    assert ids(report) == CHECKS
    assert all(check.reason for check in report.checks)


def test_a_broken_seal_greys_the_rows_and_keeps_what_they_say() -> None:
    report = judged(edited(BADGE, lambda badge: badge.update(name="x")), EVIDENCE)
    for check_id in (CheckId.KEY_AUTHORITY, CheckId.RECOGNITION, CheckId.VALIDITY, CheckId.STATUS,
                     CheckId.RECIPIENT):
        check = row(report, check_id)
        assert (check.outcome, check.reason.code) == (Outcome.UNDETERMINED, ReasonCode.NOT_MEANINGFUL)
        assert check.reason["because"] == ReasonCode.SIGNATURE_WRONG.value
    assert ReasonCode.STATUS_CLEAR in note_codes(row(report, CheckId.STATUS))


def test_schema_and_endorsements_say_that_nobody_asked() -> None:
    report = judged(BADGE, EVIDENCE)
    assert answer(report, CheckId.SCHEMA) == (Outcome.NOT_APPLICABLE, ReasonCode.SCHEMA_NONE)
    assert answer(report, CheckId.ENDORSEMENTS) == (Outcome.NOT_APPLICABLE, ReasonCode.ENDORSEMENTS_NONE)
    document = UNI.badge_document() | {"credentialSchema": {
        "id": "https://schemas.example/ob3.json", "type": "JsonSchema"}}
    named = judged(compact_json(UNI.seal(document)), EVIDENCE)
    assert answer(named, CheckId.SCHEMA) == (Outcome.UNDETERMINED, ReasonCode.SCHEMA_NOT_CHECKED)
    assert named.verdict is Verdict.VALID


def test_a_hosted_badge_has_no_seal_and_no_record_yet() -> None:
    report = judged(HOSTED)
    assert report.evidence_class is EvidenceClass.HOSTED
    assert answer(report, CheckId.PROOF) == (Outcome.UNDETERMINED, ReasonCode.HOSTED_NO_RECORD)
    assert headline_code(report) is HeadlineCode.HOSTED_UNREACHABLE


def test_what_cannot_be_read_has_a_report_too() -> None:
    report = unreadable_report(reason(ReasonCode.LIMIT_DEPTH, limit="32"), AT)
    assert ids(report) == CHECKS
    assert (report.verdict, headline_code(report)) == (Verdict.MALFORMED, HeadlineCode.TOO_LARGE)
    other = unreadable_report(reason(ReasonCode.NOT_JSON), AT)
    assert headline_code(other) is HeadlineCode.MALFORMED


def test_a_kind_that_is_not_read_here_is_not_called_a_damaged_file() -> None:
    report = unreadable_report(reason(ReasonCode.FORMAT_UNSUPPORTED, what="CLR 1.0"), AT)
    assert (report.verdict, headline_code(report)) == (Verdict.UNDETERMINED, HeadlineCode.UNSUPPORTED)


@pytest.mark.parametrize(("name", "check_id"), [
    ("check_structure", CheckId.STRUCTURE), ("check_embedded", CheckId.PROOF),
    ("check_key_authority", CheckId.KEY_AUTHORITY), ("validity_check", CheckId.VALIDITY),
    ("check_status", CheckId.STATUS)])
def test_a_bug_of_ours_is_open_and_never_fine(monkeypatch: pytest.MonkeyPatch, name: str,
                                              check_id: CheckId) -> None:
    def fail(*args: object, **options: object) -> object:
        raise ZeroDivisionError

    home = next(one for one in (pipeline, seal, withdrawn) if hasattr(one, name))
    monkeypatch.setattr(home, name, fail)
    report = judged(BADGE, EVIDENCE)
    check = row(report, check_id)
    assert check.outcome is Outcome.UNDETERMINED
    assert ReasonCode.INTERNAL_ERROR in (check.reason.code, *note_codes(check))
    assert report.verdict is Verdict.UNDETERMINED
    assert ids(report) == CHECKS


@pytest.mark.parametrize(("name", "check_id"), [("check_recognition", CheckId.RECOGNITION),
                                                ("check_recipient", CheckId.RECIPIENT)])
def test_a_bug_in_a_row_that_informs_changes_no_verdict(monkeypatch: pytest.MonkeyPatch, name: str,
                                                        check_id: CheckId) -> None:
    def fail(*args: object, **options: object) -> object:
        raise RecursionError

    monkeypatch.setattr(pipeline, name, fail)
    report = judged(BADGE, EVIDENCE)
    assert answer(report, check_id) == (Outcome.UNDETERMINED, ReasonCode.INTERNAL_ERROR)
    assert row(report, check_id).reason["kind"] == "RecursionError"
    assert report.verdict is Verdict.VALID


# --- presentations ---


LEARNER = university("did:key", seed="maya", host="maya.example")


def pack(*items: Any, by: Any = LEARNER, holder: str | None = None, purpose: str = "authentication",
         **options: Any) -> bytes:
    """A presentation signed by the learner's key."""
    document: JsonObject = {"@context": [V2], "type": ["VerifiablePresentation"],
                            "verifiableCredential": list(items)}
    named = by.id if holder is None else holder
    if named:
        document["holder"] = named
    return compact_json(embed_proof(document, by.key, suite="eddsa-rdfc-2022", method=by.method,
                                    created="2026-11-20T09:00:00Z", purpose=purpose, options=options))


def hers(**changes: Any) -> JsonObject:
    document: JsonObject = json.loads(UNI.badge(subject_id=LEARNER.id, **changes))
    return document


def test_a_pack_is_judged_by_itself_and_each_item_by_itself() -> None:
    gone = university(seed="gone", host="gone.example")
    revoked = json.loads(gone.badge(entries=(gone.entry(1),)))
    gone.revoke(1)
    tampered = hers() | {"name": "x"}
    report = judged(pack(hers(), revoked, tampered), EVIDENCE + documents(gone.evidence()))
    assert report.is_pack
    assert ids(report) == PACK_CHECKS
    assert report.verdict is Verdict.VALID
    assert [item.verdict for item in report.items] == [Verdict.VALID, Verdict.REVOKED, Verdict.INVALID]
    assert headline_code(report) is HeadlineCode.PACK_PARTIAL
    assert headline_code(judged(pack(hers()), EVIDENCE)) is HeadlineCode.PACK_FINE


def test_a_credential_that_stands_in_a_pack_again_is_no_second_award() -> None:
    """Whoever puts a pack together can fill it with copies."""
    report = judged(pack(hers(), hers(number=3), dict(reversed(hers().items()))), EVIDENCE)
    again = [ReasonCode.ITEM_REPEATED in note_codes(row(item, CheckId.STRUCTURE)) for item in report.items]
    assert again == [False, False, True]
    assert {item.verdict for item in report.items} == {Verdict.VALID}
    assert "1 of them stand in it twice" in sentence(report, Audience.EMPLOYER)
    once = judged(pack(hers(), hers(number=3)), EVIDENCE)
    assert "twice" not in sentence(once, Audience.EMPLOYER)
    nameless = [{name: value for name, value in one.items() if name != "id"}
                for one in (hers(), hers(number=3), hers())]  # only the whole tells them apart
    alike = [ReasonCode.ITEM_REPEATED in note_codes(row(item, CheckId.STRUCTURE))
             for item in judged(pack(*nameless), EVIDENCE).items]
    assert alike == [False, False, True]


def test_an_altered_pack_is_invalid_and_its_items_are_not() -> None:
    changed = edited(pack(hers(), challenge="n1"), lambda document: document["proof"].update(challenge="n2"))
    report = judged(changed, EVIDENCE, challenge="n2")
    assert report.verdict is Verdict.INVALID
    assert headline_code(report) is HeadlineCode.TAMPERED
    assert [item.verdict for item in report.items] == [Verdict.VALID]
    assert answer(report.items[0], CheckId.BINDING) == (Outcome.NOT_APPLICABLE, ReasonCode.HOLDER_NOT_PROVEN)
    for challenge in ("n1", "n2"):  # nobody sealed either answer
        greyed = answer(judged(changed, EVIDENCE, challenge=challenge), CheckId.BINDING)
        assert greyed == (Outcome.UNDETERMINED, ReasonCode.NOT_MEANINGFUL)


@pytest.mark.parametrize(("challenge", "found"), [
    ("n1", (Outcome.UNDETERMINED, ReasonCode.NOT_MEANINGFUL)),
    ("n2", (Outcome.FAILED, ReasonCode.CHALLENGE_WRONG))])
def test_where_the_key_is_unknown_only_a_wrong_answer_counts(
        challenge: str, found: tuple[Outcome, ReasonCode]) -> None:
    report = judged(pack(hers(), by=UNI, challenge="n1"), [], challenge=challenge)
    assert answer(report, CheckId.KEY_AUTHORITY)[0] is Outcome.UNDETERMINED
    assert answer(report, CheckId.BINDING) == found


@pytest.mark.parametrize(("asked", "verdict"), [
    ({}, Verdict.VALID), ({"challenge": "n1"}, Verdict.VALID),
    ({"challenge": "n1", "domain": "harbor.example"}, Verdict.VALID),
    ({"challenge": "n2"}, Verdict.INVALID), ({"challenge": ""}, Verdict.INVALID),
    ({"domain": "other.example"}, Verdict.INVALID)])
def test_a_live_check_is_passed_or_failed_by_the_pack(asked: dict[str, Any], verdict: Verdict) -> None:
    report = judged(pack(hers(), challenge="n1", domain="harbor.example"), EVIDENCE, **asked)
    assert report.verdict is verdict
    assert [item.verdict for item in report.items] == [Verdict.VALID]
    if verdict is Verdict.INVALID:
        assert headline_code(report) is HeadlineCode.HOLDER_FAILED


def test_who_answered_is_compared_with_whom_each_item_names() -> None:
    bearer = json.loads(UNI.badge())
    foreign = json.loads(UNI.badge(subject_id=attacker().id))
    report = judged(pack(hers(), bearer, foreign, challenge="n1"), EVIDENCE, challenge="n1")
    assert [row(item, CheckId.BINDING).reason.code for item in report.items] == [
        ReasonCode.HOLDER_PROVEN, ReasonCode.HOLDER_LIVE_UNBOUND, ReasonCode.HOLDER_KEY_MISMATCH]
    assert [item.verdict for item in report.items] == [Verdict.VALID] * 3


def test_ended_pack() -> None:
    data = pack(hers(), expires="2026-11-20T12:00:00Z")
    report = judged(data, EVIDENCE)
    assert answer(report, CheckId.VALIDITY) == (Outcome.FAILED, ReasonCode.PACK_ENDED)
    assert report.verdict is Verdict.EXPIRED
    assert judged(data, EVIDENCE, at=AT - timedelta(days=1)).verdict is Verdict.VALID


def test_a_pack_signed_by_somebody_else_than_its_holder_is_not_the_holders() -> None:
    report = judged(pack(hers(), by=attacker(), holder=LEARNER.id), EVIDENCE)
    assert answer(report, CheckId.KEY_AUTHORITY) == (Outcome.FAILED, ReasonCode.KEY_NOT_AUTHORISED)
    assert report.verdict is Verdict.INVALID


def test_a_pack_that_names_no_holder_is_its_signers() -> None:
    report = judged(pack(hers(), holder=""), EVIDENCE)
    assert (report.verdict, report.issuer_id) == (Verdict.VALID, LEARNER.id)


def test_a_seal_for_something_else_is_no_seal_of_a_pack() -> None:
    report = judged(pack(hers(), purpose="assertionMethod"), EVIDENCE)
    assert answer(report, CheckId.KEY_AUTHORITY) == (Outcome.FAILED, ReasonCode.PROOF_PURPOSE)


def test_an_unsigned_pack_is_unsigned() -> None:
    report = judged(edited(pack(hers()), lambda document: document.pop("proof")), EVIDENCE, challenge="n1")
    assert report.verdict is Verdict.UNSIGNED
    assert [item.verdict for item in report.items] == [Verdict.VALID]


# --- any change, any junk ---


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [leaf for key, inner in value.items() for leaf in leaves(inner, (*path, key))]
    if isinstance(value, list):
        return [leaf for place, inner in enumerate(value) for leaf in leaves(inner, (*path, place))]
    return [path]


def changed_at(path: tuple[Any, ...], change: Callable[[Any], Any]) -> bytes:
    document: Any = json.loads(BADGE)
    node = document
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = change(node[path[-1]])
    return compact_json(document)


@pytest.mark.parametrize("path", leaves(json.loads(BADGE)), ids=lambda path: "/".join(map(str, path)))
def test_no_changed_value_is_ever_valid(path: tuple[Any, ...]) -> None:
    for change in (lambda old: f"{old}x", lambda old: str(old)[:-1] or "y", lambda _: 7, lambda _: None):
        assert judged(changed_at(path, change), EVIDENCE).verdict is not Verdict.VALID


def states_nothing(value: Any) -> bool:
    """An absent optional member: null, or an array of nothing."""
    return value is None or (isinstance(value, list) and all(map(states_nothing, value)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.recursive(st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner,
                                                                                max_size=3), max_leaves=8),
       st.sampled_from(["issuer", "credentialSubject", "proof", "credentialStatus", "type", "@context",
                        "validFrom", "validUntil", "evidence"]))
def test_no_junk_in_a_member_is_a_bug_of_ours(junk: Any, member: str) -> None:
    report = judged(edited(BADGE, lambda badge: badge.update({member: junk})), EVIDENCE)
    codes = [code for check in report.checks for code in (check.reason.code, *note_codes(check))]
    assert ReasonCode.INTERNAL_ERROR not in codes
    assert report.verdict is not Verdict.VALID or states_nothing(junk)
