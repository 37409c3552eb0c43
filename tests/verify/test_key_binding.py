"""The holder's answer: whether it is needed is the word of the person who checks."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import AT
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.sdjwt import HOLDER, answer, claims, issue, part
from tests.simulators.signing import SigningKey
from tests.verify.desk import answer as outcome
from tests.verify.desk import documents, judged, university
from wallet.model.evidence import EvidenceDocument, Grade
from wallet.model.reasons import ReasonCode
from wallet.model.report import CheckId, Outcome, Report, Verdict
from wallet.verify.checks.validity import MAX_CLOCK_DIFFERENCE
from wallet.verify.key_binding import MAX_ANSWER_AGE

GIVEN, FAMILY = part("Maya", name="given_name"), part("Lind", name="family_name")
ASKED = {"challenge": "n-7Q", "domain": "https://harbor.example"}


def scene(**more: object) -> tuple[SimulatedIssuer, str, list[EvidenceDocument]]:
    issuer = university()
    text = issue(issuer, claims(issuer, GIVEN, FAMILY, **more), GIVEN)
    return issuer, text, documents(issuer.evidence())


def report_on(data: bytes | str, evidence: list[EvidenceDocument], **more: Any) -> Report:
    return judged(data.encode() if isinstance(data, str) else data, evidence, **more)


def test_an_answer_to_her_question() -> None:
    _, text, evidence = scene()
    report = report_on(answer(text), evidence, **ASKED)
    assert report.is_pack
    assert report.verdict is Verdict.VALID
    assert outcome(report, CheckId.PROOF) == (Outcome.PASSED, ReasonCode.PROOF_OK)
    assert outcome(report, CheckId.KEY_AUTHORITY) == (Outcome.PASSED, ReasonCode.KEY_BINDING_CONFIRMED)
    assert outcome(report, CheckId.BINDING) == (Outcome.PASSED, ReasonCode.CHALLENGE_MATCHES)
    assert report.items[0].verdict is Verdict.VALID
    assert outcome(report.items[0], CheckId.BINDING) == (Outcome.PASSED, ReasonCode.HOLDER_PROVEN)


def test_the_holder_has_a_name_where_the_key_has_one() -> None:
    did = f"did:key:{HOLDER.multibase}"
    _, text, evidence = scene(cnf={"kid": f"{did}#{HOLDER.multibase}"})
    report = report_on(answer(text), evidence, **ASKED)
    assert report.issuer_id == did
    assert outcome(report.items[0], CheckId.BINDING) == (Outcome.PASSED, ReasonCode.HOLDER_PROVEN)
    unasked = report_on(answer(text), evidence)
    assert outcome(unasked.items[0], CheckId.BINDING)[1] is ReasonCode.HOLDER_NOT_PROVEN


@pytest.mark.parametrize(("made", "expectation", "code"), [
    ({"nonce": "old"}, ASKED, ReasonCode.CHALLENGE_WRONG),
    ({"aud": "https://other.example"}, ASKED, ReasonCode.DOMAIN_WRONG),
    ({"at": AT - MAX_ANSWER_AGE - timedelta(seconds=1)}, ASKED, ReasonCode.KEY_BINDING_STALE),
    ({"at": AT + MAX_CLOCK_DIFFERENCE + timedelta(seconds=1)}, ASKED, ReasonCode.KEY_BINDING_STALE),
])
def test_an_answer_to_another_question_fails_though_the_credential_holds(
        made: dict[str, Any], expectation: dict[str, str], code: ReasonCode) -> None:
    _, text, evidence = scene()
    report = report_on(answer(text, **made), evidence, **expectation)
    assert outcome(report, CheckId.BINDING) == (Outcome.FAILED, code)
    assert report.verdict is Verdict.INVALID
    assert report.items[0].verdict is Verdict.VALID
    assert outcome(report.items[0], CheckId.BINDING)[1] is not ReasonCode.HOLDER_PROVEN


@pytest.mark.parametrize("at", [AT - MAX_ANSWER_AGE, AT + MAX_CLOCK_DIFFERENCE])
def test_an_answer_at_the_edge_of_its_time_counts(at: Any) -> None:
    _, text, evidence = scene()
    assert report_on(answer(text, at=at), evidence, **ASKED).verdict is Verdict.VALID


@pytest.mark.parametrize("dates", [{"exp": int(AT.timestamp()) - 1}, {"nbf": int(AT.timestamp()) + 3600}])
def test_an_answer_that_does_not_count_now_proves_nobodys_presence(dates: dict[str, Any]) -> None:
    _, text, evidence = scene()
    report = report_on(answer(text, **dates), evidence, **ASKED)
    assert outcome(report, CheckId.VALIDITY)[0] is Outcome.FAILED
    assert report.verdict in (Verdict.EXPIRED, Verdict.NOT_YET_VALID)
    assert outcome(report.items[0], CheckId.BINDING)[1] is ReasonCode.HOLDER_NOT_PROVEN


def test_nobody_asked_so_any_age_is_shown_and_proves_no_presence() -> None:
    _, text, evidence = scene()
    report = report_on(answer(text, at=AT - timedelta(days=900)), evidence)
    assert report.verdict is Verdict.VALID
    assert outcome(report, CheckId.BINDING) == (Outcome.NOT_APPLICABLE, ReasonCode.BINDING_NOT_ASKED)


def test_an_answer_with_another_key() -> None:
    _, text, evidence = scene()
    report = report_on(answer(text, key=SigningKey("ES256", "mallory")), evidence, **ASKED)
    assert outcome(report, CheckId.PROOF) == (Outcome.FAILED, ReasonCode.SIGNATURE_WRONG)
    assert outcome(report, CheckId.BINDING) == (Outcome.UNDETERMINED, ReasonCode.NOT_MEANINGFUL)
    assert report.verdict is Verdict.INVALID


@pytest.mark.parametrize("shown", [(), (FAMILY,), (GIVEN, FAMILY), (FAMILY, GIVEN)])
def test_an_answer_over_another_selection(shown: tuple[str, ...]) -> None:
    issuer, text, evidence = scene()
    other = issue(issuer, claims(issuer, GIVEN, FAMILY), *shown)
    report = report_on(answer(text, over=other), evidence, **ASKED)
    assert outcome(report, CheckId.PROOF) == (Outcome.FAILED, ReasonCode.KEY_BINDING_OTHER)
    assert report.verdict is Verdict.INVALID
    assert report_on(answer(other), evidence, **ASKED).verdict is Verdict.VALID


@pytest.mark.parametrize("asked", [{"challenge": "n-7Q"}, {"domain": "https://harbor.example"}, ASKED])
def test_an_answer_that_was_taken_off(asked: dict[str, str]) -> None:
    _, text, evidence = scene()
    report = report_on(text, evidence, **asked)
    assert outcome(report, CheckId.BINDING) == (Outcome.FAILED, ReasonCode.KEY_BINDING_MISSING)
    assert report.verdict is Verdict.INVALID
    assert report_on(text, evidence).verdict is Verdict.VALID


def test_a_credential_that_names_no_key() -> None:
    issuer = university()
    payload = claims(issuer)
    del payload["cnf"]
    report = report_on(answer(issue(issuer, payload)), documents(issuer.evidence()), **ASKED)
    assert outcome(report, CheckId.PROOF) == (Outcome.UNDETERMINED, ReasonCode.KEY_BINDING_NO_KEY)
    assert report.verdict is Verdict.UNDETERMINED


@pytest.mark.parametrize(("cnf", "code"), [
    ({"jwk": {**HOLDER.jwk, "d": "AAAA"}}, ReasonCode.KEY_PRIVATE),
    ({"jwk": {"kty": "oct", "k": "AAAA"}}, ReasonCode.KEY_UNSUPPORTED),
    ({"jku": "https://mallory.example/keys"}, ReasonCode.KEY_BINDING_NO_KEY),
    ({"kid": "key-1"}, ReasonCode.KEY_BINDING_NO_KEY),
    ({"kid": "did:web:holder.example#key-1"}, ReasonCode.KEY_UNKNOWN),
])
def test_a_key_that_cannot_be_used(cnf: dict[str, Any], code: ReasonCode) -> None:
    _, text, evidence = scene(cnf=cnf)
    assert outcome(report_on(answer(text), evidence), CheckId.PROOF) == (Outcome.UNDETERMINED, code)
    right, wrong = (outcome(report_on(answer(text, nonce=nonce), evidence, **ASKED), CheckId.BINDING)
                    for nonce in ("n-7Q", "old"))
    assert right == (Outcome.UNDETERMINED, ReasonCode.NOT_MEANINGFUL)  # it fits, and anybody can have said it
    assert wrong == (Outcome.FAILED, ReasonCode.CHALLENGE_WRONG)


@pytest.mark.parametrize(("member", "grade", "found"), [
    ("authentication", Grade.SUPPLIED, (Outcome.PASSED, ReasonCode.PROOF_OK)),
    ("authentication", Grade.SENDER, (Outcome.UNDETERMINED, ReasonCode.KEY_UNKNOWN)),
    ("assertionMethod", Grade.SUPPLIED, (Outcome.UNDETERMINED, ReasonCode.KEY_UNKNOWN))])
def test_a_named_key_counts_where_its_own_document_lists_it_for_that(
        member: str, grade: Grade, found: tuple[Outcome, ReasonCode]) -> None:
    did = "did:web:holder.example"
    method = {"id": f"{did}#key-1", "type": "Multikey", "controller": did,
              "publicKeyMultibase": HOLDER.multibase}
    document = {"id": did, "verificationMethod": [method], member: [method["id"]]}
    _, text, evidence = scene(cnf={"kid": f"{did}#key-1"})
    theirs = documents({did: json.dumps(document).encode()}, grade=grade)
    assert outcome(report_on(answer(text), evidence + theirs, **ASKED), CheckId.PROOF) == found


def test_what_would_tell_whose_key_it_is_is_wanted() -> None:
    _, text, evidence = scene(cnf={"kid": "did:web:holder.example#key-1"})
    assert [one.address for one in report_on(answer(text), evidence).wanted] == ["did:web:holder.example"]
    alone = report_on(answer(text), [])
    assert {one.address for one in alone.wanted} == {"did:web:holder.example", "did:web:northbridge.example"}
    assert alone.items[0].verdict is Verdict.UNDETERMINED


def test_a_key_inside_a_forgery_confirms_nobody() -> None:
    """Whoever makes the credential seals in a key of their own."""
    issuer, _, evidence = scene()
    forged = issue(issuer, claims(issuer), key=SigningKey("EdDSA", "mallory"))
    report = report_on(answer(forged), evidence, **ASKED)
    assert report.items[0].verdict is Verdict.INVALID
    assert outcome(report, CheckId.KEY_AUTHORITY) == (Outcome.UNDETERMINED, ReasonCode.NOT_MEANINGFUL)
    assert report.verdict is Verdict.UNDETERMINED


def test_the_end_of_an_answer() -> None:
    _, text, evidence = scene()
    ended = int((AT - timedelta(hours=1)).timestamp())
    assert report_on(answer(text, exp=ended), evidence).verdict is Verdict.EXPIRED
    assert report_on(answer(text, exp=ended + 7200), evidence).verdict is Verdict.VALID


def test_published_challenges(vectors: Path) -> None:
    """The authors' table of questions, at the time of their answer."""
    folder = vectors / "sd-jwt/ietf-draft-12-examples-via-pyeudiw"
    data = (folder / "presentation-with-kb.sdjwt").read_bytes()
    issuer = json.loads((folder / "issuer-public-key.jwk.json").read_text())
    evidence = documents({"https://issuer.example.com": json.dumps({"keys": [issuer]}).encode()})
    made = AT.fromtimestamp(1725374413, tz=AT.tzinfo)
    for row in json.loads((folder / "challenges.json").read_text()):
        report = judged(data, evidence, at=made, challenge=row["nonce"], domain=row["aud"])
        assert (report.verdict is Verdict.VALID) is row["expected"], row["explanation"]
