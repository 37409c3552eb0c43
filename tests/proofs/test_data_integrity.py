"""Embedded proofs: published ones verify, changed ones do not, odd ones are named."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.codec.samples import ED25519_2020, OB_3, VC_1, VC_2, badge, contexts, endorsement
from wallet.codec.linked_data.contexts import Contexts
from wallet.codec.strict_json import parse_object
from wallet.keys.controller import controller_document
from wallet.keys.did import resolve_pure, split_did_url
from wallet.keys.keypair import HolderKey, PublicKey, public_key_from_multibase
from wallet.model.errors import (
    CodecError,
    KeysError,
    LinkedDataError,
    ProofError,
    ProofUnsupportedError,
    WalletError,
)
from wallet.model.limits import MAX_PROOFS
from wallet.model.reasons import ReasonCode
from wallet.proofs.data_integrity import ProofFacts, create_proof, prepare, verify_proof
from wallet.proofs.suites import is_supported

Json = dict[str, Any]
KEY = HolderKey.from_seed(b"\5" * 32)
CREATED = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)


def sign(document: Json | None = None, **terms: Any) -> Json:
    sealed: Json = {"purpose": "assertionMethod", "created": CREATED} | terms
    return create_proof(document or badge(), key=KEY, contexts=contexts(), **sealed)


def verify(document: Json, key: PublicKey = KEY.public, known: Contexts | None = None) -> ProofFacts:
    return verify_proof(prepare(document, known or contexts()), document["proof"], key)


def refusal(document: Json, key: PublicKey = KEY.public) -> ReasonCode:
    with pytest.raises(WalletError) as caught:
        verify(document, key)
    return caught.value.reason.code


def changed(document: Json, **members: Any) -> Json:
    return document | {"proof": document["proof"] | members}


def test_a_proof_of_ours_verifies() -> None:
    signed = sign()
    assert list(signed["proof"]) == [
        "type",
        "cryptosuite",
        "created",
        "verificationMethod",
        "proofPurpose",
        "proofValue",
    ]
    assert signed["proof"]["created"] == "2026-05-12T09:30:00Z"
    assert signed["proof"]["verificationMethod"] == KEY.verification_method
    facts = verify(signed)
    assert (facts.suite, facts.legacy, facts.notes) == ("eddsa-rdfc-2022", False, ())
    assert "proof" not in badge()
    assert sign(signed) == signed  # what was sealed before is no part of what is sealed anew


def test_the_terms_of_a_presentation_are_sealed() -> None:
    presentation = {"@context": [VC_2], "type": ["VerifiablePresentation"], "holder": KEY.did}
    signed = sign(
        presentation,
        purpose="authentication",
        challenge="n-0S6_WzA2Mj",
        domain="https://employer.example",
        expires=datetime(2026, 6, 1, tzinfo=UTC),
    )
    assert verify(signed)
    for member in ("challenge", "domain", "proofPurpose"):
        assert refusal(changed(signed, **{member: "capabilityInvocation"})) is ReasonCode.SIGNATURE_WRONG
    assert refusal(changed(signed, expires="2027-06-01T00:00:00Z")) is ReasonCode.SIGNATURE_WRONG
    without = {name: value for name, value in signed["proof"].items() if name != "expires"}
    assert refusal(signed | {"proof": without}) is ReasonCode.SIGNATURE_WRONG


def test_the_older_suite_is_verified_and_named() -> None:
    old = {
        "@context": [VC_1, ED25519_2020],
        "id": "urn:uuid:old",
        "type": ["VerifiableCredential"],
        "issuer": KEY.did,
        "issuanceDate": "2026-05-12T09:30:00Z",
        "credentialSubject": {"id": "did:example:maya"},
    }
    signed = sign(old, suite="Ed25519Signature2020")
    assert "cryptosuite" not in signed["proof"]
    facts = verify(signed)
    assert facts.legacy
    assert [note.code for note in facts.notes] == [ReasonCode.QUIRK_LEGACY_SUITE]
    assert refusal(signed | {"issuanceDate": "2027-05-12T09:30:00Z"}) is ReasonCode.SIGNATURE_WRONG


@pytest.mark.parametrize("listed", [[VC_1], [VC_2, OB_3]], ids=["data model 1.1", "data model 2.0"])
def test_the_older_suite_brings_the_words_of_its_proof_where_the_document_leaves_them_out(
        listed: list[str]) -> None:
    document = (badge() if VC_2 in listed else {
        "id": "urn:uuid:old", "type": ["VerifiableCredential"], "issuer": KEY.did,
        "issuanceDate": "2026-05-12T09:30:00Z", "credentialSubject": {"id": "did:example:maya"}})
    named = sign(document | {"@context": [*listed, ED25519_2020]}, suite="Ed25519Signature2020")
    left_out = named | {"@context": listed}
    assert verify(left_out).legacy
    for members in ({"created": "2027-05-12T09:30:00Z"}, {"proofPurpose": "authentication"},
                    {"expires": "2099-01-01T00:00:00Z"}, {"domain": "https://employer.example"}):
        assert refusal(changed(left_out, **members)) is ReasonCode.SIGNATURE_WRONG
    assert refusal(left_out | {"id": "urn:uuid:other"}) is ReasonCode.SIGNATURE_WRONG
    assert refusal(changed(left_out, honours="x")) is ReasonCode.UNDEFINED_TERM


def test_a_suite_whose_words_the_document_does_not_define_is_not_signed() -> None:
    with pytest.raises(LinkedDataError):
        sign(suite="Ed25519Signature2020")
    with pytest.raises(ProofUnsupportedError):
        sign(suite="bbs-2023")


def test_another_key_is_wrong() -> None:
    assert refusal(sign(), HolderKey.generate().public) is ReasonCode.SIGNATURE_WRONG


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"honours": "x"}, ReasonCode.UNDEFINED_TERM),
        ({"@context": [OB_3]}, ReasonCode.CONTEXT_MISMATCH),
        ({"@context": [VC_2, OB_3, ED25519_2020]}, ReasonCode.CONTEXT_MISMATCH),
        ({"@context": {"x": "urn:x"}}, ReasonCode.CONTEXT_MISMATCH),
        ({"proofValue": None}, ReasonCode.PROOF_MALFORMED),
        ({"proofValue": "u" + "A" * 86}, ReasonCode.PROOF_MALFORMED),
        ({"proofPurpose": ["assertionMethod"]}, ReasonCode.PROOF_MALFORMED),
        ({"proofPurpose": ""}, ReasonCode.PROOF_MALFORMED),
        ({"verificationMethod": {"id": "urn:x", "publicKeyMultibase": "z"}}, ReasonCode.PROOF_MALFORMED),
        ({"verificationMethod": [KEY.verification_method]}, ReasonCode.PROOF_MALFORMED),
        ({"created": "yesterday"}, ReasonCode.PROOF_MALFORMED),
        ({"created": 5}, ReasonCode.PROOF_MALFORMED),
        ({"expires": "2026-13-01T00:00:00Z"}, ReasonCode.PROOF_MALFORMED),
        ({"challenge": ["a"]}, ReasonCode.PROOF_MALFORMED),
        ({"domain": []}, ReasonCode.PROOF_MALFORMED),
        ({"domain": [5]}, ReasonCode.PROOF_MALFORMED),
        ({"id": 5}, ReasonCode.PROOF_MALFORMED),
        ({"type": "Ed25519Signature2020"}, ReasonCode.PROOF_MALFORMED),
        ({"cryptosuite": "eddsa-jcs-2022"}, ReasonCode.SIGNATURE_WRONG),
        ({"cryptosuite": "ecdsa-rdfc-2019"}, ReasonCode.KEY_SUITE_MISMATCH),
        ({"cryptosuite": "ecdsa-jcs-2019"}, ReasonCode.KEY_SUITE_MISMATCH),
        ({"cryptosuite": "eddsa-rdfc-2023"}, ReasonCode.PROOF_UNSUPPORTED),
        ({"previousProof": "urn:uuid:missing"}, ReasonCode.SIGNATURE_WRONG),
        ({"previousProof": []}, ReasonCode.PROOF_MALFORMED),
        ({"nonce": "x"}, ReasonCode.SIGNATURE_WRONG),
        ({"domain": ["https://a.example", "https://b.example"]}, ReasonCode.SIGNATURE_WRONG),
        ({"created": "2026-05-12T09:30:01Z"}, ReasonCode.SIGNATURE_WRONG),
        ({"verificationMethod": KEY.did}, ReasonCode.SIGNATURE_WRONG),
    ],
    ids=str,
)
def test_a_proof_that_is_not_plain_is_refused(members: Json, code: ReasonCode) -> None:
    signed = sign()
    verify(signed)
    assert refusal(changed(signed, **members)) is code


def test_a_proof_may_repeat_the_contexts_of_its_document() -> None:
    signed = sign()
    for repeated in ([VC_2, OB_3], [VC_2], VC_2):
        assert verify(changed(signed, **{"@context": repeated}))


def test_a_zone_that_is_missing_in_a_proof_is_named() -> None:
    signed = sign()
    zoneless = changed(signed, created="2026-05-12T09:30:00")
    assert refusal(zoneless) is ReasonCode.SIGNATURE_WRONG  # readable, but not what was sealed


def test_an_unsealed_direction_is_noted() -> None:
    signed = sign(badge(name={"@value": "نص", "@language": "ar", "@direction": "rtl"}))
    prepared = prepare(signed, contexts())
    assert [note.code for note in prepared.notes] == [ReasonCode.QUIRK_UNSEALED_DIRECTION]
    assert ReasonCode.QUIRK_UNSEALED_DIRECTION in {note.code for note in verify(signed).notes}


def test_the_number_of_proofs_is_bounded() -> None:
    signed = sign()
    assert prepare(signed | {"proof": [signed["proof"]] * MAX_PROOFS}, contexts())
    with pytest.raises(LinkedDataError) as caught:
        prepare(signed | {"proof": [signed["proof"]] * (MAX_PROOFS + 1)}, contexts())
    assert caught.value.reason.code is ReasonCode.LIMIT_PROOFS


def test_an_older_content_of_a_context_is_tried_and_named() -> None:
    address = "https://purl.imsglobal.org/spec/ob/v3p0/context.json"
    document = {
        "@context": [VC_1, address, ED25519_2020],
        "id": "urn:uuid:beta",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": KEY.did, "type": "Profile", "name": "Uni"},
        "issuanceDate": "2022-05-12T09:30:00Z",
        "name": "Beta badge",
        "credentialSubject": {
            "id": "did:example:maya",
            "type": "AchievementSubject",
            "achievement": {"id": "urn:uuid:a", "type": "Achievement", "name": "Tables"},
        },
    }
    beta = contexts().variants((VC_1, address, ED25519_2020))[1]
    only_beta = Contexts({one.address: (one,) for one in beta.documents})
    signed = create_proof(
        document,
        key=KEY,
        contexts=only_beta,
        created=CREATED,
        purpose="assertionMethod",
        suite="Ed25519Signature2020",
    )
    notes = {note.code: note for note in verify(signed).notes}
    assert notes[ReasonCode.QUIRK_CONTEXT_VERSION]["found"] == "ob-v3p0-beta"
    assert refusal(signed | {"name": "Other badge"}) is ReasonCode.SIGNATURE_WRONG


def test_an_embedded_endorsement_is_sealed_too() -> None:
    signed = sign(badge(endorsement=[sign(endorsement())]))
    assert verify(signed)
    inner = signed["endorsement"][0]
    forged = inner | {"credentialSubject": inner["credentialSubject"] | {"endorsementComment": "Best."}}
    assert refusal(signed | {"endorsement": [forged]}) is ReasonCode.SIGNATURE_WRONG


def test_a_chained_proof_seals_the_earlier_ones(vectors: Path) -> None:
    folder = vectors / "w3c/vc-di-eddsa/TestVectors/proof-set-chain"
    document = parse_object((folder / "proofChainTempDoc1.json").read_bytes())
    chained = parse_object((folder / "proofChainConfigSigned1.json").read_bytes())
    key = public_key_from_multibase(chained["verificationMethod"].split("#")[1])
    whole = document | {"proof": [*document["proof"], chained]}
    facts = verify_proof(prepare(whole, _published(vectors)), chained, key)
    assert facts.previous == tuple(chained["previousProof"])

    def refused(proofs: list[Json], proof: Json) -> ReasonCode:
        with pytest.raises(ProofError) as caught:
            verify_proof(prepare(document | {"proof": proofs}, _published(vectors)), proof, key)
        return caught.value.reason.code

    first, second = document["proof"]
    assert refused([first, chained], chained) is ReasonCode.SIGNATURE_WRONG
    forged = first | {"proofValue": second["proofValue"]}
    assert refused([forged, second, chained], chained) is ReasonCode.SIGNATURE_WRONG
    itself = chained | {"previousProof": chained["id"]}
    assert refused([first, second, itself], itself) is ReasonCode.SIGNATURE_WRONG
    loop = first | {"previousProof": chained["id"]}
    assert refused([loop, second, chained], chained) is ReasonCode.SIGNATURE_WRONG
    twin = second | {"id": first["id"]}
    assert refused([first, twin, chained], chained) is ReasonCode.SIGNATURE_WRONG


@cache
def _published(vectors: Path) -> Contexts:
    index = json.loads((vectors / "contexts/index.json").read_text())
    return contexts().extended({address: (vectors / name).read_bytes() for address, name in index.items()})


def _key(method: str, known: dict[str, str], vectors: Path) -> PublicKey | None:
    try:
        base, _ = split_did_url(method)
    except KeysError:
        return None
    if base.startswith(("did:key:", "did:jwk:")):
        return resolve_pure(base).methods[0].key
    if base not in known:
        return None
    document = controller_document(parse_object((vectors / known[base]).read_bytes()), address=base)
    found = document.method(method)
    return found.key if found else None


def _outcomes(entry: Json, vectors: Path, known: dict[str, str]) -> list[str]:
    """Verify each proof of one published file; "" for one that verifies, else the reason."""
    try:
        document = parse_object((vectors / entry["path"]).read_bytes())
    except CodecError:
        return []
    value = document.get("proof", [])
    proofs = [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]
    supported = [one for one in proofs if is_supported(one)]
    if not supported:
        return []
    try:
        prepared = prepare(document, _published(vectors))
    except LinkedDataError as error:
        return [error.reason.code]
    outcomes = []
    for proof in supported:
        key = _key(proof["verificationMethod"], known, vectors)
        if key is None:
            continue
        try:
            verify_proof(prepared, proof, key)
        except WalletError as error:
            outcomes.append(str(error.reason.code))
        else:
            outcomes.append("")
    return outcomes


def test_published_proofs_verify_and_changed_ones_do_not(vectors: Path) -> None:
    """The arithmetic alone: dates, status and whose key it is are judged elsewhere."""
    known = json.loads((vectors / "offline-map.json").read_text())
    genuine = {"valid", "expired", "revoked"}
    counts: Counter[str] = Counter()
    for entry in json.loads((vectors / "expected.json").read_text()):
        path = vectors / entry["path"]
        if path.suffix != ".json" or not path.is_file() or entry["check"] != "full":
            continue
        outcomes = _outcomes(entry, vectors, known)
        reason = entry.get("reason") or ""
        if entry["expected"] in genuine and "malformed" not in entry.get("verdict_here", ()):
            assert set(outcomes) <= {""}, (entry["path"], outcomes)
            counts["genuine"] += len(outcomes)
        elif reason.startswith("tampered") or entry["expected"] == "malformed":
            assert "" not in outcomes or entry["expected"] == "malformed", entry["path"]
            counts["refused"] += len([one for one in outcomes if one])
    assert counts["genuine"] > 85
    assert counts["refused"] > 15
