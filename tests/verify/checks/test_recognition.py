"""Check 4: lists only inform, and the name they give is theirs."""

from __future__ import annotations

import json

from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.signing import compact_json, embed_proof
from tests.verify.desk import answer, attacker, documents, judged, row, university
from wallet.model.reasons import ReasonCode
from wallet.model.report import CheckId, Outcome, Verdict
from wallet.trust.registry import issuer_list


def test_recognition_is_a_row_and_never_the_verdict() -> None:
    issuer = university()
    listed = issuer_list(json.dumps([{"name": "Northbridge, per the ministry", "id": issuer.id}]).encode(),
                         name="ministry")
    other = issuer_list(b'[{"name": "Other", "id": "did:web:other.example"}]', name="other")
    evidence = documents(issuer.evidence())
    known = judged(issuer.badge(), evidence, lists=(other, listed))
    assert answer(known, CheckId.RECOGNITION) == (Outcome.PASSED, ReasonCode.ISSUER_LISTED)
    assert row(known, CheckId.RECOGNITION).reason["name"] == "Northbridge, per the ministry"
    unknown = judged(issuer.badge(), evidence, lists=(other,))
    assert answer(unknown, CheckId.RECOGNITION) == (Outcome.UNDETERMINED, ReasonCode.ISSUER_UNLISTED)
    none = judged(issuer.badge(), evidence)
    assert answer(none, CheckId.RECOGNITION) == (Outcome.UNDETERMINED, ReasonCode.ISSUER_LISTS_MISSING)
    assert {known.verdict, unknown.verdict, none.verdict} == {Verdict.VALID}


def test_what_a_host_gives_to_a_member_is_named_with_its_path() -> None:
    eve = SimulatedIssuer("did:web", host="northbridge.example:students:eve", seed="eve")
    document = university().badge_document()
    document["issuer"]["id"] = eve.id
    other = issuer_list(b'[{"name": "Other", "id": "did:web:other.example"}]', name="other")
    report = judged(compact_json(eve.seal(document)), documents(eve.evidence()), lists=(other,))
    assert row(report, CheckId.RECOGNITION).reason["host"] == eve.id
    twin = judged(university().badge(), documents(university().evidence()), lists=(other,))
    assert row(twin, CheckId.RECOGNITION).reason["host"] == "northbridge.example"


def test_a_listed_name_is_not_lent_to_a_forgery() -> None:
    uni = university()
    listed = issuer_list(json.dumps([{"name": "Northbridge", "id": uni.id}]).encode(), name="ministry")
    mallory = attacker()
    forged = compact_json(embed_proof(uni.badge_document(), mallory.key, suite="eddsa-rdfc-2022",
                                      method=mallory.method, created="2026-05-12T09:30:00Z"))
    report = judged(forged, documents(uni.evidence()), lists=(listed,))
    assert answer(report, CheckId.RECOGNITION) == (Outcome.UNDETERMINED, ReasonCode.NOT_MEANINGFUL)
