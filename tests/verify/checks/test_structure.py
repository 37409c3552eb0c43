"""Check 1: known vocabularies, nothing undefined, proofs that can be read as proofs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.simulators import sdjwt
from tests.simulators.cose import cose_sign1
from tests.simulators.signing import JsonObject, compact_json, compact_jws
from tests.verify.desk import answer, documents, edited, judged, note_codes, row, university
from wallet.model.reasons import ReasonCode
from wallet.model.report import CheckId, Outcome, Verdict

ISSUER = university("did:key")
BADGE = ISSUER.badge()


def test_a_sound_credential_passes() -> None:
    report = judged(BADGE)
    assert answer(report, CheckId.STRUCTURE) == (Outcome.PASSED, ReasonCode.STRUCTURE_OK)
    assert report.verdict is Verdict.VALID


@pytest.mark.parametrize("edit", [
    lambda badge: badge.pop("issuer"),  # also a part must show it
    lambda badge: badge["credentialSubject"]["achievement"].pop("criteria")], ids=["issuer", "criteria"])
def test_what_a_reader_found_wrong_fails_and_is_named(edit: Callable[[JsonObject], object]) -> None:
    report = judged(edited(BADGE, edit))
    assert answer(report, CheckId.STRUCTURE) == (Outcome.FAILED, ReasonCode.MEMBER_MISSING)
    assert report.verdict is Verdict.MALFORMED


def test_undefined_term_is_malformed_although_the_signature_would_hold() -> None:
    report = judged(edited(BADGE, lambda badge: badge.update(honours="first class")))
    assert answer(report, CheckId.STRUCTURE) == (Outcome.FAILED, ReasonCode.UNDEFINED_TERM)
    assert report.verdict is Verdict.MALFORMED


def test_unknown_vocabulary_is_open_and_its_address_wanted() -> None:
    address = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.4.json"
    report = judged(edited(BADGE, lambda badge: badge["@context"].append(address)))
    assert answer(report, CheckId.STRUCTURE) == (Outcome.UNDETERMINED, ReasonCode.CONTEXT_UNKNOWN)
    assert row(report, CheckId.STRUCTURE).reason["address"] == address
    assert [one.address for one in report.wanted] == [address]
    assert report.verdict is Verdict.UNDETERMINED
    # Whose key it names is known, and not whether that key made the seal.
    assert answer(report, CheckId.KEY_AUTHORITY) == (Outcome.UNDETERMINED, ReasonCode.NOT_MEANINGFUL)


@pytest.mark.parametrize("address", ["http://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/v2/",
                                     "https://www.w3.org/ns/credentials/V2"])
def test_look_alike_vocabulary_is_named_and_never_taken_for_the_real_one(address: str) -> None:
    report = judged(edited(BADGE, lambda badge: badge["@context"].append(address)))
    assert report.verdict is Verdict.UNDETERMINED
    assert row(report, CheckId.STRUCTURE).reason["lookalike"] == "https://www.w3.org/ns/credentials/v2"


ENVELOPES: dict[str, Callable[[JsonObject], bytes]] = {
    "token": ISSUER.seal_jwt,
    "message": lambda one: cose_sign1(compact_json(one), ISSUER.key, ISSUER.method),
    "SD-JWT": lambda one: sdjwt.issue(ISSUER, one, typ="vc+sd-jwt").encode(),
}


@pytest.mark.parametrize("envelope", ENVELOPES)
def test_vocabulary_of_a_token_must_be_known_too(envelope: str) -> None:
    document = {**ISSUER.badge_document(), "@context": ["https://www.w3.org/ns/credentials/v2",
                                                        "https://nowhere.example/context"]}
    assert judged(ENVELOPES[envelope](ISSUER.badge_document())).verdict is Verdict.VALID
    report = judged(ENVELOPES[envelope](document))
    assert answer(report, CheckId.STRUCTURE) == (Outcome.UNDETERMINED, ReasonCode.CONTEXT_UNKNOWN)
    assert answer(report, CheckId.PROOF) == (Outcome.PASSED, ReasonCode.PROOF_OK)
    assert report.verdict is Verdict.UNDETERMINED


@pytest.mark.parametrize("envelope", ENVELOPES)
def test_vocabulary_written_into_a_token_is_refused(envelope: str) -> None:
    document = ISSUER.badge_document()
    document["@context"].append({"name": "https://schema.org/alternateName"})
    report = judged(ENVELOPES[envelope](document))
    assert answer(report, CheckId.STRUCTURE) == (Outcome.FAILED, ReasonCode.CONTEXT_INLINE)


def test_claims_of_no_vocabulary_may_be_called_so() -> None:
    """An SD-JWT VC is typed by `vct`; what it calls `@context` means nothing there."""
    token = sdjwt.issue(ISSUER, sdjwt.claims(ISSUER, **{"@context": ["https://nowhere.example/context"]}))
    assert judged(token.encode()).verdict is Verdict.VALID


def set_proof(member: str, value: Any) -> Any:
    return lambda badge: badge["proof"].update({member: value})


@pytest.mark.parametrize(("member", "value"), [
    ("verificationMethod", {"id": "did:key:z6Mk", "publicKeyMultibase": "z6Mk"}),
    ("verificationMethod", "did:web:uni.example#key-1?x"),
    ("verificationMethod", "did:web:uni.example/..#k"),
    ("verificationMethod", "did:web:uni.example#a#b"),
    ("verificationMethod", "#key-1"),
    ("proofValue", 7),
    ("created", "yesterday"),
    ("previousProof", {"id": "urn:uuid:1"}),
    ("previousProof", []),
    ("cryptosuite", ""),
])
def test_proof_of_a_wrong_shape_is_malformed(member: str, value: Any) -> None:
    report = judged(edited(BADGE, set_proof(member, value)))
    assert answer(report, CheckId.STRUCTURE) == (Outcome.FAILED, ReasonCode.PROOF_MALFORMED)
    assert report.verdict is Verdict.MALFORMED


@pytest.mark.parametrize("value", ["mAAAA", "zOOOO", "z", "z5", "f00ff"])
def test_proof_value_in_another_base_or_length_is_malformed(value: str) -> None:
    report = judged(edited(BADGE, set_proof("proofValue", value)))
    assert answer(report, CheckId.PROOF) == (Outcome.FAILED, ReasonCode.PROOF_MALFORMED)
    assert report.verdict is Verdict.MALFORMED


@pytest.mark.parametrize("name", ["urn:uuid:1", "urn:uuid:nowhere"])
def test_proof_that_names_itself_or_nothing_as_its_predecessor_is_invalid(name: str) -> None:
    report = judged(edited(BADGE, lambda one: one["proof"].update(id="urn:uuid:1", previousProof=[name])))
    assert answer(report, CheckId.PROOF) == (Outcome.FAILED, ReasonCode.SIGNATURE_WRONG)
    assert report.verdict is Verdict.INVALID


def test_undefined_term_in_a_proof_is_malformed() -> None:
    report = judged(edited(BADGE, set_proof("honours", "first class")))
    assert answer(report, CheckId.PROOF)[0] is Outcome.FAILED
    assert report.verdict is Verdict.MALFORMED


@pytest.mark.parametrize("algorithm", ["HS256", "none2", "RSA1_5"])
def test_algorithm_that_nobody_may_use_is_malformed(algorithm: str) -> None:
    document = ISSUER.badge_document()
    payload = {**document, "iss": ISSUER.id, "jti": document["id"]}
    token = compact_jws(payload, ISSUER.key, {"kid": ISSUER.method, "alg": algorithm})
    report = judged(token)
    assert answer(report, CheckId.STRUCTURE) == (Outcome.FAILED, ReasonCode.ALGORITHM_REFUSED)
    assert report.verdict is Verdict.MALFORMED


def test_older_content_of_a_vocabulary_is_an_allowance() -> None:
    report = judged(ISSUER.badge(suite="Ed25519Signature2020", version="1.1"))
    assert report.verdict is Verdict.VALID
    assert ReasonCode.QUIRK_LEGACY_SUITE in note_codes(row(report, CheckId.PROOF))


def pack(holder: Any, context: str) -> bytes:
    return compact_json({"@context": [context], "type": ["VerifiablePresentation"], "holder": holder,
                         "verifiableCredential": []})


def test_holder_as_object_is_for_version_two_only() -> None:
    old = judged(pack({"id": ISSUER.id}, "https://www.w3.org/2018/credentials/v1"))
    new = judged(pack({"id": ISSUER.id}, "https://www.w3.org/ns/credentials/v2"))
    assert answer(old, CheckId.STRUCTURE) == (Outcome.FAILED, ReasonCode.MEMBER_TYPE)
    assert answer(new, CheckId.STRUCTURE)[0] is Outcome.PASSED


def test_a_kind_of_seal_we_cannot_check_is_not_called_broken() -> None:
    university_ = university()
    badge = edited(university_.badge(), set_proof("cryptosuite", "mldsa44-rdfc-2024"))
    report = judged(badge, documents(university_.evidence()))
    assert answer(report, CheckId.STRUCTURE)[0] is Outcome.PASSED
    assert answer(report, CheckId.PROOF) == (Outcome.UNDETERMINED, ReasonCode.PROOF_UNSUPPORTED)
    assert report.verdict is Verdict.UNDETERMINED
    assert report.wanted == ()
