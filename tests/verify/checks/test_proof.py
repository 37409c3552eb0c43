"""Check 2: the issuer's own proofs decide, every other is listed, one bad own proof is enough."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.simulators.issuer import ED25519_2020
from tests.simulators.signing import JsonObject, compact_json, embed_proof
from tests.verify.desk import answer, attacker, documents, edited, judged, note_codes, row, university
from wallet.model.reasons import ReasonCode
from wallet.model.report import CheckId, Outcome, Verdict

UNI = university()
MALLORY = attacker()
EVIDENCE = documents(UNI.evidence())


def two_proofs(first: Callable[[JsonObject], JsonObject],
               second: Callable[[JsonObject], JsonObject]) -> bytes:
    document = UNI.badge_document()
    document["@context"].append(ED25519_2020)
    return compact_json({**document, "proof": [first(document)["proof"], second(document)["proof"]]})


def by_uni(document: JsonObject) -> JsonObject:
    return embed_proof(document, UNI.key, suite="eddsa-rdfc-2022", method=UNI.method,
                       created="2026-05-12T09:30:00Z")


def by_uni_in_the_old_suite(document: JsonObject) -> JsonObject:
    return embed_proof(document, UNI.key, suite="Ed25519Signature2020", method=UNI.method,
                       created="2026-05-12T09:30:00Z")


def by_mallory(document: JsonObject) -> JsonObject:
    return embed_proof(document, MALLORY.key, suite="eddsa-rdfc-2022", method=MALLORY.method,
                       created="2026-05-12T09:30:00Z")


def broken(seal: Callable[[JsonObject], JsonObject]) -> Callable[[JsonObject], JsonObject]:
    """The same proof over something else."""
    return lambda document: seal({**document, "name": "Something else"})


def test_a_good_proof_names_suite_and_method() -> None:
    check = row(judged(UNI.badge(), EVIDENCE), CheckId.PROOF)
    assert check.outcome is Outcome.PASSED
    assert (check.reason["suite"], check.reason["method"]) == ("eddsa-rdfc-2022", UNI.method)


@pytest.mark.parametrize("edit", [
    lambda badge: badge.update(name="Another title"),
    lambda badge: badge.update(validFrom="2020-01-01T00:00:00Z"),
    lambda badge: badge["credentialSubject"]["achievement"].update(name="Another title"),
    lambda badge: badge["credentialSubject"]["identifier"][0].update(salt="b4c2"),
    lambda badge: badge["proof"].update(created="2026-05-12T09:30:01Z"),
    lambda badge: badge["proof"].update(expires="2036-05-12T09:30:01Z"),
    lambda badge: badge["issuer"].update(name="Northbridge Univercity"),
])
def test_any_changed_value_breaks_it(edit: Callable[[JsonObject], Any]) -> None:
    report = judged(edited(UNI.badge(), edit), EVIDENCE)
    assert answer(report, CheckId.PROOF) == (Outcome.FAILED, ReasonCode.SIGNATURE_WRONG)
    assert report.verdict is Verdict.INVALID


@pytest.mark.parametrize("value", [None, [], {}])
def test_no_proof_is_unsigned_and_never_fine(value: Any) -> None:
    report = judged(edited(UNI.badge(), lambda badge: badge.update(proof=value)), EVIDENCE)
    assert answer(report, CheckId.PROOF) == (Outcome.FAILED, ReasonCode.PROOF_MISSING)
    assert report.verdict is Verdict.UNSIGNED


def test_two_good_proofs_of_the_issuer_are_both_listed() -> None:
    report = judged(two_proofs(by_uni, by_uni_in_the_old_suite), EVIDENCE)
    assert report.verdict is Verdict.VALID
    assert note_codes(row(report, CheckId.PROOF)).count(ReasonCode.PROOF_OK) == 1


def test_a_seal_by_a_key_that_was_taken_back_does_not_count_for_one_that_stands() -> None:
    old = university()
    new = university()
    new.rotate()
    controller = json.loads(new.controller_document())
    before = json.loads(old.controller_document())["verificationMethod"][0]
    controller["verificationMethod"].append(before | {"revoked": "2026-06-01T00:00:00Z"})
    controller["assertionMethod"].append(old.method)
    evidence = documents({new.id: compact_json(controller)})
    document = new.badge_document()
    proofs = [one.seal(document)["proof"] for one in (old, new)]
    for order in (proofs, proofs[::-1]):
        report = judged(compact_json(document | {"proof": order}), evidence)
        assert report.verdict is Verdict.VALID
        assert row(report, CheckId.PROOF).reason["method"] == new.method
    alone = judged(compact_json(document | {"proof": proofs[0]}), evidence)
    assert answer(alone, CheckId.KEY_AUTHORITY) == (Outcome.UNDETERMINED, ReasonCode.KEY_REVOKED)


@pytest.mark.parametrize(("first", "second"), [
    (broken(by_uni), by_uni_in_the_old_suite), (by_uni, broken(by_uni_in_the_old_suite)),
    (broken(by_uni), by_mallory), (by_mallory, broken(by_uni))])
def test_one_bad_proof_of_the_issuer_is_enough(first: Any, second: Any) -> None:
    report = judged(two_proofs(first, second), EVIDENCE)
    assert answer(report, CheckId.PROOF) == (Outcome.FAILED, ReasonCode.SIGNATURE_WRONG)
    assert report.verdict is Verdict.INVALID


@pytest.mark.parametrize(("foreign", "note"), [
    (by_mallory, ReasonCode.FOREIGN_PROOF_OK), (broken(by_mallory), ReasonCode.FOREIGN_PROOF_WRONG)])
def test_a_foreign_proof_is_listed_and_decides_nothing(foreign: Any, note: ReasonCode) -> None:
    for order in ((by_uni, foreign), (foreign, by_uni)):
        report = judged(two_proofs(*order), EVIDENCE)
        assert report.verdict is Verdict.VALID
        assert note in note_codes(row(report, CheckId.PROOF))


def test_without_the_key_the_seal_is_not_checked_and_not_broken() -> None:
    report = judged(UNI.badge())
    assert answer(report, CheckId.PROOF) == (Outcome.UNDETERMINED, ReasonCode.PROOF_NOT_CHECKED)
    assert row(report, CheckId.PROOF).reason["suite"] == "eddsa-rdfc-2022"
    assert report.verdict is Verdict.UNDETERMINED
    assert [one.address for one in report.wanted] == [UNI.id]


def test_key_and_suite_must_go_together() -> None:
    curved = university(algorithm="ES256")
    named = edited(UNI.badge(), lambda badge: badge["proof"].update(verificationMethod=curved.method))
    report = judged(named, documents(curved.evidence()))
    assert answer(report, CheckId.PROOF) == (Outcome.FAILED, ReasonCode.KEY_SUITE_MISMATCH)


@pytest.mark.parametrize("algorithm", ["EdDSA", "ES256", "RS256"])
def test_tokens_of_every_algorithm(algorithm: str) -> None:
    issuer = university(algorithm=algorithm)
    token = issuer.badge_jwt()
    report = judged(token, documents(issuer.evidence()))
    assert report.verdict is Verdict.VALID
    assert [one.address for one in row(report, CheckId.PROOF).evidence] == [issuer.id]
    head, payload, signature = token.split(b".")
    other = issuer.badge_jwt(title="Another title").split(b".")[1]
    changed = judged(b".".join((head, other, signature)), documents(issuer.evidence()))
    assert answer(changed, CheckId.PROOF) == (Outcome.FAILED, ReasonCode.SIGNATURE_WRONG)
    assert payload != other


def test_token_without_a_key_name_is_tried_with_every_listed_key() -> None:
    issuer = university("https-jwks")
    token = issuer.seal_jwt(issuer.badge_document(), kid="")
    assert judged(token, documents(issuer.evidence())).verdict is Verdict.VALID
    stranger = attacker("https-jwks")
    stranger.host = issuer.host
    forged = judged(stranger.seal_jwt(issuer.badge_document(), kid=""), documents(issuer.evidence()))
    assert answer(forged, CheckId.PROOF) == (Outcome.FAILED, ReasonCode.SIGNATURE_WRONG)


def test_a_seal_dated_in_the_future_is_pointed_out() -> None:
    later = json.loads(UNI.badge())["proof"] | {"created": "2030-01-01T00:00:00Z"}
    del later["proofValue"]
    document = UNI.badge_document()
    sealed = embed_proof(document, UNI.key, suite="eddsa-rdfc-2022", method=UNI.method,
                         created="2030-01-01T00:00:00Z")
    assert ReasonCode.PROOF_FROM_FUTURE in note_codes(
        row(judged(compact_json(sealed), EVIDENCE), CheckId.PROOF))
