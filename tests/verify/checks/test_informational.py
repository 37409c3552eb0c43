"""What others say about a credential, and what a record holds: told, and never deciding."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.records import endorsed_badge, endorsement, record
from tests.simulators.signing import JsonObject
from tests.verify.desk import answer, attacker, documents, judged, note_codes, row, university
from wallet.model.headline import headline_code
from wallet.model.reasons import ReasonCode as R
from wallet.model.report import CheckId, HeadlineCode, Outcome, Report, Verdict
from wallet.trust.registry import issuer_list

ISSUER = university()
ABET = SimulatedIssuer("did:web", name="Accreditors", seed="abet", host="abet.example")


def judge(document: JsonObject, *known: SimulatedIssuer, **options: Any) -> Report:
    found = [one for issuer in (ISSUER, *known) for one in documents(issuer.evidence())]
    return judged(json.dumps(document).encode(), found, **options)


def of(issuer: SimulatedIssuer, **changes: str) -> JsonObject:
    return endorsement(issuer, ISSUER.badge_document()["id"], **changes)


def test_none_is_none() -> None:
    report = judge(json.loads(ISSUER.badge()))
    assert answer(report, CheckId.ENDORSEMENTS) == (Outcome.NOT_APPLICABLE, R.ENDORSEMENTS_NONE)


def test_an_endorsement_that_holds_is_told_with_its_endorser() -> None:
    report = judge(endorsed_badge(ISSUER, of(ABET)), ABET)
    check = row(report, CheckId.ENDORSEMENTS)
    assert (check.outcome, check.reason.code) == (Outcome.PASSED, R.ENDORSEMENTS_CHECKED)
    assert (check.reason["count"], check.reason["good"]) == ("1", "1")
    assert [(one.code, one["endorser"]) for one in check.notes] == [(R.ENDORSEMENT_GOOD, ABET.id)]
    assert report.verdict is Verdict.VALID


def test_a_listed_endorser_is_called_what_the_list_calls_it() -> None:
    known = issuer_list(json.dumps([{"id": ABET.id, "name": "Board"}]).encode(), name="mine.json")
    report = judge(endorsed_badge(ISSUER, of(ABET)), ABET, lists=(known,))
    assert [one["endorser"] for one in row(report, CheckId.ENDORSEMENTS).notes] == ["Board"]


def test_the_name_an_endorser_gives_itself_is_never_shown() -> None:
    mallory = attacker()
    check = row(judge(endorsed_badge(ISSUER, of(mallory))), CheckId.ENDORSEMENTS)
    assert [(one.code, one["endorser"]) for one in check.notes] == [(R.ENDORSEMENT_GOOD, mallory.id)]


@pytest.mark.parametrize(("by", "copied"), [(ISSUER, False), (attacker(), True)], ids=["own", "copied"])
def test_an_endorsement_of_a_name_is_no_praise_of_whoever_copied_it(by: SimulatedIssuer, *,
                                                                    copied: bool) -> None:
    """Whoever writes the name of a known achievement into his badge can carry what was said of that."""
    name = ISSUER.badge_document()["credentialSubject"]["achievement"]["id"]
    document = by.badge_document()
    document["credentialSubject"]["achievement"] |= {"id": name, "endorsement": [endorsement(ABET, name)]}
    document["issuer"]["endorsement"] = [endorsement(ABET, by.id)]
    notes = row(judge(by.seal(document), ABET), CheckId.ENDORSEMENTS).notes
    assert [(one.code, one["name"]) for one in notes] == [(R.ENDORSEMENT_GOOD, name if copied else ""),
                                                         (R.ENDORSEMENT_GOOD, "")]


def forged() -> JsonObject:
    return {**of(ABET), "name": "Glowing"}


def unreachable() -> JsonObject:
    return of(SimulatedIssuer("did:web", seed="far", host="far.example"))


def borrowed() -> JsonObject:
    return endorsement(ABET, "urn:uuid:7a1f1b58-4f0e-4a68-b9c5-9d4e9ac3b0ff")


def no_endorsement() -> JsonObject:
    return json.loads(ABET.badge())  # type: ignore[no-any-return] # JSON of our own making


@pytest.mark.parametrize(("made", "code", "because", "outcome"), [
    (forged, R.ENDORSEMENT_BAD, R.SIGNATURE_WRONG.value, Outcome.FAILED),
    (unreachable, R.ENDORSEMENT_UNKNOWN, R.PROOF_NOT_CHECKED.value, Outcome.UNDETERMINED),
    (borrowed, R.ENDORSEMENT_OF_OTHER, "", Outcome.FAILED),
    (no_endorsement, R.ENDORSEMENT_OF_OTHER, "", Outcome.FAILED)])
def test_what_does_not_hold_is_told_and_changes_nothing(made: Any, code: R, because: str,
                                                        outcome: Outcome) -> None:
    report = judge(endorsed_badge(ISSUER, made(), of(ABET)), ABET)
    check = row(report, CheckId.ENDORSEMENTS)
    assert (check.outcome, note_codes(check)) == (outcome, [code, R.ENDORSEMENT_GOOD])
    assert check.notes[0]["because"] == because
    plain = judge(json.loads(ISSUER.badge()))
    assert (report.verdict, headline_code(report)) == (plain.verdict, headline_code(plain))
    assert report.wanted == plain.wanted


def test_an_endorsement_does_not_help_a_badge_that_is_not_genuine() -> None:
    broken = {**endorsed_badge(ISSUER, of(ABET)), "name": "Changed"}
    report = judge(broken, ABET)
    assert report.verdict is Verdict.INVALID
    assert note_codes(row(report, CheckId.ENDORSEMENTS)) == [R.ENDORSEMENT_GOOD]


def test_endorsements_of_an_endorsement_are_only_counted() -> None:
    nested = ABET.seal({**{key: value for key, value in of(ABET).items() if key != "proof"},
                        "id": "urn:uuid:another", "endorsement": [of(ABET)]})
    report = judge(nested, ABET)
    assert note_codes(row(report, CheckId.ENDORSEMENTS)) == [R.ENDORSEMENT_OF_OTHER]
    assert report.verdict is Verdict.VALID
    carried = judge(endorsed_badge(ISSUER, nested), ABET)
    assert note_codes(row(carried, CheckId.ENDORSEMENTS)) == [R.ENDORSEMENT_GOOD]


def test_more_endorsements_than_are_judged_leave_it_open() -> None:
    report = judge(endorsed_badge(ISSUER, *[of(ABET)] * 17), ABET)
    check = row(report, CheckId.ENDORSEMENTS)
    assert (check.outcome, check.reason["good"]) == (Outcome.UNDETERMINED, "16")
    assert check.notes[-1].code is R.ENDORSEMENTS_NOT_CHECKED


def test_a_record_and_what_it_holds_have_verdicts_of_their_own() -> None:
    good, ended = json.loads(ISSUER.badge()), json.loads(ISSUER.badge(number=2))
    ended["name"] = "Changed"
    token = ISSUER.badge_jwt(number=3).decode()
    report = judge(record(ABET, [good, ended, token]), ABET)
    assert (report.verdict, report.is_pack) == (Verdict.VALID, False)
    assert headline_code(report) is HeadlineCode.VALID_NO_EXPIRY
    assert [item.verdict for item in report.items] == [Verdict.VALID, Verdict.INVALID, Verdict.VALID]
    counted = [one for one in row(report, CheckId.STRUCTURE).notes if one.code is R.INNER_CHECKED]
    assert [(one["count"], one["good"]) for one in counted] == [("3", "2")]


@pytest.mark.parametrize(("outer", "inner", "otherwise"), [
    ({"id": "did:key:z6Mk1"}, {"subject_id": "did:key:z6Mk2"}, True),
    ({"id": "did:key:z6Mk1"}, {"subject_id": "did:key:z6Mk1#z6Mk1"}, False),
    ({"id": "did:key:z6Mk1"}, {"email": "maya@lind.example"}, False),
    ({"identifier": "bo@lind.example"}, {"email": "maya@lind.example", "salt": "s"}, True),
    ({"identifier": "maya@lind.example"}, {"email": "maya@lind.example", "salt": "s"}, False),
    ({"id": "did:key:z6Mk1", "identifier": "maya@lind.example"},
     {"subject_id": "did:key:z6Mk2", "email": "maya@lind.example"}, False),
    ({"identifier": "bo@lind.example"}, {"subject_id": "did:key:z6Mk2", "email": "maya@lind.example"}, True),
    ({}, {"subject_id": "did:key:z6Mk2"}, False),
], ids=["other key", "same key", "key, address", "other address", "same address", "same address, other key",
        "other address, a key", "nobody"])
def test_a_record_around_somebody_elses_award_is_noticed(outer: JsonObject, inner: dict[str, Any],
                                                         *, otherwise: bool) -> None:
    """Anybody can put a genuine award of another person into a record that he seals himself."""
    subject = dict(outer)
    if "identifier" in subject:
        subject["identifier"] = [{"type": "IdentityObject", "hashed": False, "identityType": "emailAddress",
                                  "identityHash": subject["identifier"]}]
    award = json.loads(ISSUER.badge(**{"email": "", **inner}))
    document = {name: value for name, value in record(ABET, [award]).items() if name != "proof"}
    document["credentialSubject"] |= subject
    report = judge(ABET.seal(document), ABET)
    noted = R.INNER_NAMED_OTHERWISE in note_codes(row(report.items[0], CheckId.RECIPIENT))
    assert noted is otherwise
    assert [report.verdict, report.items[0].verdict] == [Verdict.VALID] * 2
    assert R.INNER_NAMED_OTHERWISE not in note_codes(row(report, CheckId.RECIPIENT))


def test_what_a_broken_record_holds_keeps_its_verdicts() -> None:
    report = judge({**record(ABET, [json.loads(ISSUER.badge())]), "name": "Changed"}, ABET)
    assert report.verdict is Verdict.INVALID
    assert [item.verdict for item in report.items] == [Verdict.VALID]


def test_documents_of_what_is_inside_are_wanted_once() -> None:
    report = judged(json.dumps(record(ABET, [json.loads(ISSUER.badge())] * 2)).encode(), [])
    assert [one.address for one in report.wanted] == [ABET.id, ISSUER.id]
    assert {item.verdict for item in report.items} == {Verdict.UNDETERMINED}


def test_a_plain_badge_counts_nothing() -> None:
    report = judge(json.loads(ISSUER.badge()))
    assert report.items == ()
    assert R.INNER_CHECKED not in note_codes(row(report, CheckId.STRUCTURE))

