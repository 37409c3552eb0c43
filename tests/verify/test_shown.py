"""Showing: whose answer counts, and what it is worth that somebody asked for one."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from tests.attacks.presentation import countersigned, hers, maya, pack
from tests.simulators.cose import cose_sign1
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.signing import compact_json, compact_jws
from tests.verify.desk import answer, attacker, documents, judged, row, university
from wallet.model.reasons import ReasonCode
from wallet.model.report import CheckId, Outcome, Verdict

ISSUER = university()
EVIDENCE = documents(ISSUER.evidence())
ASKED: dict[str, Any] = {"challenge": "today", "domain": "harbor.example"}
WRONG = (Outcome.FAILED, ReasonCode.CHALLENGE_WRONG)
RIGHT = (Outcome.PASSED, ReasonCode.CHALLENGE_MATCHES)


@pytest.mark.parametrize("first", [True, False], ids=["before", "behind"])
@pytest.mark.parametrize("by", [attacker("did:key"), attacker("did:web")], ids=["own key", "unknown key"])
def test_a_proof_that_anybody_added_answers_for_nobody_else(by: SimulatedIssuer, *, first: bool) -> None:
    """An old answer stays one, whoever signs today's question beside it."""
    old = pack(hers(ISSUER), challenge="yesterday", domain="harbor.example")
    replayed = countersigned(old, by, first=first, **ASKED)
    report = judged(replayed, EVIDENCE, **ASKED)
    assert answer(report, CheckId.BINDING) == WRONG
    assert report.verdict is Verdict.INVALID
    assert answer(report.items[0], CheckId.BINDING)[1] is ReasonCode.HOLDER_NOT_PROVEN


@pytest.mark.parametrize("first", [True, False], ids=["before", "behind"])
def test_another_proof_takes_nothing_from_the_holders_answer(*, first: bool) -> None:
    both = countersigned(pack(hers(ISSUER), **ASKED), attacker(), first=first,
                         expires="2026-11-20T10:00:00Z", challenge="yesterday")
    report = judged(both, EVIDENCE, **ASKED)
    assert answer(report, CheckId.BINDING) == RIGHT
    assert answer(report, CheckId.VALIDITY)[1] is ReasonCode.PACK_NO_END
    assert report.verdict is Verdict.VALID
    assert answer(report.items[0], CheckId.BINDING)[1] is ReasonCode.HOLDER_PROVEN


@pytest.mark.parametrize("first", [True, False], ids=["before", "behind"])
def test_of_two_answers_of_the_holder_the_one_that_was_asked_for_counts(*, first: bool) -> None:
    old = pack(hers(ISSUER), challenge="yesterday", domain="harbor.example")
    both = countersigned(old, maya(), first=first, **ASKED)
    report = judged(both, EVIDENCE, **ASKED)
    assert answer(report, CheckId.BINDING) == RIGHT
    assert report.verdict is Verdict.VALID
    neither = judged(both, EVIDENCE, challenge="tomorrow")
    assert answer(neither, CheckId.BINDING) == WRONG
    ended = countersigned(old, maya(), first=first, expires="2026-11-20T10:00:00Z", **ASKED)
    assert judged(ended, EVIDENCE, **ASKED).verdict is Verdict.INVALID


def test_the_end_of_the_holders_own_proof_ends_the_pack() -> None:
    ended = pack(hers(ISSUER), expires="2026-11-20T10:00:00Z", **ASKED)
    both = countersigned(ended, attacker(), **ASKED)
    assert judged(both, EVIDENCE, **ASKED).verdict is Verdict.EXPIRED


@pytest.mark.parametrize("asked", [{"challenge": "today"}, {"domain": "harbor.example"}, ASKED],
                         ids=["question", "audience", "both"])
@pytest.mark.parametrize("token", [False, True], ids=["proof", "token"])
def test_a_credential_by_itself_answers_no_question(asked: dict[str, Any], *, token: bool) -> None:
    """Whoever has the file can send it without the presentation it came in."""
    data = ISSUER.badge_jwt(subject_id=maya().id) if token else compact_json(hers(ISSUER))
    report = judged(data, EVIDENCE, **asked)
    assert answer(report, CheckId.BINDING) == (Outcome.FAILED, ReasonCode.KEY_BINDING_MISSING)
    assert report.verdict is Verdict.INVALID
    unasked = judged(data, EVIDENCE)
    assert unasked.verdict is Verdict.VALID
    assert unasked.check(CheckId.BINDING) is None


def test_an_item_of_a_pack_is_asked_nothing_itself() -> None:
    report = judged(pack(hers(ISSUER), **ASKED), EVIDENCE, **ASKED)
    assert row(report.items[0], CheckId.BINDING).outcome is Outcome.PASSED


@pytest.mark.parametrize(("begins", "verdict"), [("2026-11-01", Verdict.VALID),
                                                 ("2030-01-01", Verdict.NOT_YET_VALID)])
@pytest.mark.parametrize("form", ["token", "message"])
def test_a_presentation_that_may_not_be_shown_yet(begins: str, verdict: Verdict, form: str) -> None:
    """RFC 7519 §4.1.5 and RFC 8392 §3.1.5: before its time nobody may accept it."""
    seconds = int(datetime.fromisoformat(f"{begins}T00:00:00+00:00").timestamp())
    shown = {name: value for name, value in json.loads(pack(hers(ISSUER))).items() if name != "proof"}
    her = maya()
    made = {"token": compact_jws(shown | {"nbf": seconds}, her.key, {"typ": "vp+jwt", "kid": her.method}),
            "message": cose_sign1(compact_json(shown), her.key, her.method, typ="application/vp+cose",
                                  cty="application/vp", protected={15: {5: seconds}})}
    report = judged(made[form], EVIDENCE)
    assert report.verdict is verdict
    assert report.items[0].verdict is Verdict.VALID


@pytest.mark.parametrize(("audience", "meant"), [
    ("harbor.example", True), (["harbor.example", "other.example"], True), (["other.example"], False),
    ("Harbor.example", False), ([], False)], ids=str)
def test_a_token_is_for_each_of_those_it_names(audience: Any, *, meant: bool) -> None:
    """RFC 7519 §4.1.3; what a proof names must be all (VC Data Integrity 1.0 §4.4)."""
    her = maya()
    shown = {name: value for name, value in json.loads(pack(hers(ISSUER))).items() if name != "proof"}
    claims = {**shown, "aud": audience, "nonce": "today"}
    token = compact_jws(claims, her.key, {"typ": "vp+jwt", "kid": her.method})
    report = judged(token, EVIDENCE, **ASKED)
    expected = RIGHT if meant else (Outcome.FAILED, ReasonCode.DOMAIN_WRONG)
    assert answer(report, CheckId.BINDING) == expected
    message = cose_sign1(compact_json(shown), her.key, her.method, typ="application/vp+cose",
                         cty="application/vp", protected={15: {3: audience, 10: b"today"}})
    assert answer(judged(message, EVIDENCE, **ASKED), CheckId.BINDING) == expected
    proof = pack(hers(ISSUER), challenge="today", domain=["harbor.example", "other.example"])
    assert answer(judged(proof, EVIDENCE, **ASKED), CheckId.BINDING)[1] is ReasonCode.DOMAIN_WRONG
