"""Every whole-document suite through the whole judgement: the benign twin is valid, the change is not."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.simulators.signing import JsonObject, compact_json
from tests.simulators.suites import DATA_INTEGRITY_V2, EVERY, OB_3, OLD, VC_1, VC_2, Signer, badge, sealed
from tests.verify.desk import answer, edited, judged, note_codes, row
from wallet.model.reasons import ReasonCode
from wallet.model.report import CheckId, Outcome, Report, Verdict

UNI = Signer("EdDSA")
CURVED = Signer("ES256")
WITNESS = Signer("EdDSA", seed=8)
REGISTRAR = Signer("EdDSA", seed=9)
WRONG = (Outcome.FAILED, ReasonCode.SIGNATURE_WRONG)


def made(suite: str, algorithm: str) -> bytes:
    signer = Signer(algorithm)
    return compact_json(sealed(badge(signer, suite), signer, suite))


def judge_document(document: JsonObject) -> Report:
    return judged(compact_json(document))


@pytest.mark.parametrize(("suite", "algorithm"), EVERY)
def test_every_suite_holds_and_breaks(suite: str, algorithm: str) -> None:
    data = made(suite, algorithm)
    report = judged(data)
    assert report.verdict is Verdict.VALID
    proof = row(report, CheckId.PROOF)
    assert proof.reason["suite"] == suite
    is_old = suite in OLD or suite == "eddsa-2022"
    assert note_codes(proof) == ([ReasonCode.QUIRK_LEGACY_SUITE] if is_old else [])
    for change in CHANGES:
        broken = judged(edited(data, change))
        assert answer(broken, CheckId.PROOF) == WRONG
        assert broken.verdict is Verdict.INVALID


CHANGES: tuple[Callable[[JsonObject], Any], ...] = (
    lambda one: one.update(name="Chairs"),
    lambda one: one["credentialSubject"]["achievement"].update(name="Chairs"),
    lambda one: one["credentialSubject"].update(id="did:example:otto"),
    lambda one: one["proof"].update(created="2026-05-12T09:30:01Z"),
    lambda one: one["proof"].update(expires="2036-05-12T09:30:01Z"),
    lambda one: one["proof"].update(challenge="n-7Q"),
)


@pytest.mark.parametrize(("suite", "algorithm"), [one for one in EVERY if one[1] not in ("PS256", "RS256")])
def test_the_key_of_another_of_the_same_kind_is_wrong(suite: str, algorithm: str) -> None:
    signer, other = Signer(algorithm), Signer(algorithm, seed=8)
    named = sealed(badge(signer, suite), signer, suite)
    named["proof"]["verificationMethod"] = other.method
    named["issuer"]["id"] = other.did
    assert answer(judge_document(named), CheckId.PROOF) == WRONG


@pytest.mark.parametrize("said", ["eddsa-rdfc-2022", "eddsa-jcs-2022", "ecdsa-rdfc-2019", "ecdsa-jcs-2019"])
def test_a_proof_under_the_name_of_another_suite_is_refused(said: str) -> None:
    for suite, signer in (("ecdsa-rdfc-2019", CURVED), ("ecdsa-jcs-2019", CURVED), ("eddsa-jcs-2022", UNI)):
        if said == suite:
            continue
        data = made(suite, signer.algorithm)
        report = judged(edited(data, lambda one: one["proof"].update(cryptosuite=said)))
        code = answer(report, CheckId.PROOF)
        assert code in (WRONG, (Outcome.FAILED, ReasonCode.KEY_SUITE_MISMATCH)), (suite, said)
        assert report.verdict is Verdict.INVALID


@pytest.mark.parametrize("value", ["zOOOO", "z5", "f00ff", "uAAAA"])
def test_values_in_another_form_are_malformed(value: str) -> None:
    for suite, algorithm in EVERY:
        member = "jws" if suite in ("Ed25519Signature2018", "JsonWebSignature2020") else "proofValue"
        document = json.loads(made(suite, algorithm))
        document["proof"][member] = value
        report = judge_document(document)
        assert answer(report, CheckId.PROOF) == (Outcome.FAILED, ReasonCode.PROOF_MALFORMED), suite
        assert report.verdict is Verdict.MALFORMED


@pytest.mark.parametrize("suite", ["RsaSignature2018", "BbsBlsSignature2020", "EcdsaSecp256k1Signature2019",
                                   "JcsEd25519Signature2020"])
def test_what_we_have_no_recipe_for_is_named_and_never_called_a_fake(suite: str) -> None:
    document = badge(UNI, "Ed25519Signature2018")
    proof = {"type": suite, "proofPurpose": "assertionMethod", "jws": "a..b"}
    proof["verificationMethod"] = UNI.method
    report = judge_document(document | {"proof": proof})
    check = row(report, CheckId.PROOF)
    assert (check.outcome, check.reason.code) == (Outcome.UNDETERMINED, ReasonCode.PROOF_UNSUPPORTED)
    assert check.reason["suite"] == suite
    assert report.verdict is Verdict.UNDETERMINED


@pytest.mark.parametrize(("stated", "named"), [
    (["RsaSignature2018", "Extension"], "RsaSignature2018"), ("x). It was looked up. It is genuine (so", ""),
    ("x\u2029genuine", ""), ("a" * 101, "")])
def test_a_kind_that_is_no_word_does_not_go_on_with_our_sentence(stated: Any, named: str) -> None:
    proof = {"type": stated, "verificationMethod": UNI.method, "jws": "a..b"}
    report = judge_document(badge(UNI, "Ed25519Signature2018") | {"proof": proof})
    check = row(report, CheckId.PROOF)
    assert (check.reason.code, check.reason["suite"]) == (ReasonCode.PROOF_UNSUPPORTED, named)


@pytest.mark.parametrize(("method", "code"), [("did:web:x.example#k", ReasonCode.FOREIGN_PROOF_UNKNOWN),
                                              (UNI.method, ReasonCode.OWN_PROOF_UNKNOWN)],
                         ids=["somebody's", "the issuer's"])
def test_a_seal_of_an_unknown_kind_beside_a_good_one_is_named_and_changes_nothing(method: str,
                                                                                 code: ReasonCode) -> None:
    good = sealed(badge(UNI, "eddsa-jcs-2022"), UNI, "eddsa-jcs-2022")
    other = {"type": "RsaSignature2018", "proofPurpose": "assertionMethod", "jws": "a..b",
             "verificationMethod": method}  # fmt: skip
    report = judge_document(good | {"proof": [good["proof"], other]})
    assert report.verdict is Verdict.VALID
    assert note_codes(row(report, CheckId.PROOF)) == [code]


# --- JSON as it stands: what has no agreed meaning is sealed all the same ---


def sealed_as_json(**members: Any) -> JsonObject:
    return sealed(badge(UNI, "eddsa-jcs-2022") | members, UNI, "eddsa-jcs-2022")


def test_an_undefined_term_is_sealed_in_json_and_noted() -> None:
    report = judge_document(sealed_as_json(honours="first class"))
    assert report.verdict is Verdict.VALID
    notes = {note.code: note for note in row(report, CheckId.STRUCTURE).notes}
    assert notes[ReasonCode.QUIRK_NO_AGREED_MEANING]["which"] == "honours"
    document = sealed_as_json(honours="first class") | {"honours": "second class"}
    assert answer(judge_document(document), CheckId.PROOF) == WRONG
    statements = sealed(badge(CURVED, "ecdsa-rdfc-2019"), CURVED, "ecdsa-rdfc-2019") | {"honours": "first"}
    assert judge_document(statements).verdict is Verdict.MALFORMED  # the twin that seals statements


def test_an_unknown_vocabulary_is_noted_where_the_json_is_sealed() -> None:
    unknown = "https://uni.example/contexts/v1"
    report = judge_document(sealed_as_json(**{"@context": [VC_2, OB_3, unknown]}))
    assert report.verdict is Verdict.VALID
    notes = {note.code: note for note in row(report, CheckId.STRUCTURE).notes}
    assert notes[ReasonCode.QUIRK_NO_AGREED_MEANING]["which"] == unknown
    curved = sealed(badge(CURVED, "ecdsa-rdfc-2019"), CURVED, "ecdsa-rdfc-2019")
    curved["@context"].append(unknown)
    twin = judge_document(curved)
    assert answer(twin, CheckId.STRUCTURE) == (Outcome.UNDETERMINED, ReasonCode.CONTEXT_UNKNOWN)


@pytest.mark.parametrize(("contexts", "code"), [
    ([VC_2, {"name": "urn:x"}], ReasonCode.CONTEXT_INLINE), ([OB_3, VC_2], ReasonCode.CONTEXT_ORDER),
    ([VC_2, 5], ReasonCode.CONTEXT_REFUSED)])
def test_contexts_are_addresses_in_order_whatever_is_sealed(contexts: list[Any], code: ReasonCode) -> None:
    report = judge_document(sealed_as_json(**{"@context": contexts}))
    assert answer(report, CheckId.STRUCTURE) == (Outcome.FAILED, code)
    assert report.verdict is Verdict.MALFORMED


def test_a_vocabulary_written_into_the_file_is_sealed_as_it_is_written() -> None:
    own = {"@vocab": "https://words.northbridge.test/v1#"}
    document = badge(CURVED, "ecdsa-jcs-2019") | {"@context": [VC_2, OB_3, own], "honours": "first class"}
    signed = sealed(document, CURVED, "ecdsa-jcs-2019")
    assert judge_document(signed).verdict is Verdict.VALID
    changed = signed | {"@context": [VC_2, OB_3, {"@vocab": "https://words.northbridge.test/v2#"}]}
    assert answer(judge_document(changed), CheckId.PROOF) == WRONG


def test_the_order_of_members_is_no_change_and_the_order_of_values_is() -> None:
    document = sealed_as_json(tag=["a", "b"])
    turned = json.loads(json.dumps(document, sort_keys=True))
    assert judge_document(turned).verdict is Verdict.VALID
    assert answer(judge_document(document | {"tag": ["b", "a"]}), CheckId.PROOF) == WRONG


def test_contexts_of_the_proof_are_the_sealed_ones() -> None:
    own = {"@context": [VC_2, OB_3]}
    document = sealed(badge(UNI, "eddsa-jcs-2022"), UNI, "eddsa-jcs-2022", **own)
    assert note_codes(row(judge_document(document), CheckId.PROOF)) == []
    longer = document | {"@context": [VC_2, OB_3, DATA_INTEGRITY_V2]}
    report = judge_document(longer)
    assert report.verdict is Verdict.VALID
    notes = {note.code: note for note in row(report, CheckId.PROOF).notes}
    assert notes[ReasonCode.QUIRK_UNSEALED_CONTEXT]["which"] == DATA_INTEGRITY_V2
    for other in ([VC_2], [VC_2, DATA_INTEGRITY_V2, OB_3]):
        refused = judge_document(document | {"@context": other})
        assert answer(refused, CheckId.PROOF) == (Outcome.FAILED, ReasonCode.CONTEXT_MISMATCH)
        assert refused.verdict is Verdict.MALFORMED


def test_a_direction_is_sealed_where_the_json_is() -> None:
    name = {"@value": "نص", "@language": "ar", "@direction": "rtl"}
    report = judge_document(sealed_as_json(description=name))
    assert ReasonCode.QUIRK_UNSEALED_DIRECTION not in note_codes(row(report, CheckId.STRUCTURE))


def test_one_seal_over_statements_makes_every_word_count() -> None:
    """Two proofs, one of each kind: an undefined term would not be covered by one of them."""
    for honours, verdict in (({}, Verdict.VALID), ({"honours": "first class"}, Verdict.MALFORMED)):
        document = sealed(badge(CURVED, "ecdsa-jcs-2019"), CURVED, "ecdsa-rdfc-2019")
        both = sealed(document | honours, CURVED, "ecdsa-jcs-2019")
        assert judge_document(both).verdict is verdict


def test_a_sealed_resume_is_judged_like_any_credential() -> None:
    """LER-RS: its subject's type is the address of a schema, and its words are in no pinned vocabulary."""
    kind = "http://schema.hropenstandards.org/4.4/recruiting/json/ler-rs/LER-RSType.json"
    subject = {"id": "did:example:maya", "type": kind, "person": {"name": {"formattedName": "Maya Lind"}},
               "narratives": [{"texts": [{"name": "Built three tables"}]}]}  # fmt: skip
    document = badge(UNI, "eddsa-jcs-2022") | {
        "@context": [VC_2], "type": ["VerifiableCredential", kind], "credentialSubject": subject}  # fmt: skip
    del document["name"]
    signed = sealed(document, UNI, "eddsa-jcs-2022")
    report = judge_document(signed)
    assert report.verdict is Verdict.VALID
    assert ReasonCode.QUIRK_NO_AGREED_MEANING in note_codes(row(report, CheckId.STRUCTURE))
    changed = signed | {"credentialSubject": subject | {"person": {"name": {"formattedName": "Otto"}}}}
    assert answer(judge_document(changed), CheckId.PROOF) == WRONG


# --- old seals ---


def test_a_2018_seal_does_not_need_its_words_in_the_document() -> None:
    """Its options are read with the context that its library always used."""
    document = badge(UNI, "Ed25519Signature2018")
    document["@context"] = [VC_2, OB_3]
    document["validFrom"] = document.pop("issuanceDate")
    report = judge_document(sealed(document, UNI, "Ed25519Signature2018"))
    assert report.verdict is Verdict.VALID
    undefined = sealed(document, UNI, "Ed25519Signature2018")
    undefined["proof"]["honours"] = "first class"
    assert judge_document(undefined).verdict is Verdict.MALFORMED


def test_an_old_proof_may_bring_its_own_contexts_and_a_new_one_may_not() -> None:
    old, curved = Signer("ES256"), sealed(badge(CURVED, "ecdsa-rdfc-2019"), CURVED, "ecdsa-rdfc-2019")
    document = badge(old, "JsonWebSignature2020")
    signed = sealed(document, old, "JsonWebSignature2020")
    words = signed["@context"].pop()
    assert signed["@context"][0] == VC_1
    signed["proof"]["@context"] = words
    assert judge_document(signed).verdict is Verdict.VALID
    curved["proof"]["@context"] = words
    assert answer(judge_document(curved), CheckId.PROOF) == (Outcome.FAILED, ReasonCode.CONTEXT_MISMATCH)


def test_the_words_of_an_old_seal_are_known_by_the_address_they_had_first() -> None:
    document = badge(UNI, "JsonWebSignature2020")
    document["@context"][-1] = "https://w3id.org/security/jws/v1"
    report = judge_document(sealed(document, UNI, "JsonWebSignature2020"))
    assert report.verdict is Verdict.VALID


# --- chains ---


def chain(*, break_first: bool = False, drop: str = "") -> JsonObject:
    """The witness seals first, the issuer upon it, the registrar upon both."""
    document = badge(UNI, "eddsa-jcs-2022")
    document = sealed(document, WITNESS, "eddsa-jcs-2022", id="urn:uuid:1")
    if break_first:
        document["proof"]["created"] = "2026-05-12T09:30:01Z"
    document = sealed(document, UNI, "eddsa-jcs-2022", id="urn:uuid:2", previousProof=["urn:uuid:1"])
    document = sealed(document, REGISTRAR, "eddsa-jcs-2022", id="urn:uuid:3",
                      previousProof=["urn:uuid:1", "urn:uuid:2"])
    document["proof"] = [one for one in document["proof"] if one["id"] != drop]
    return document


def test_a_chain_holds() -> None:
    report = judge_document(chain())
    assert report.verdict is Verdict.VALID
    assert note_codes(row(report, CheckId.PROOF)).count(ReasonCode.FOREIGN_PROOF_OK) == 2
    last = sealed(badge(UNI, "eddsa-jcs-2022"), WITNESS, "eddsa-jcs-2022", id="urn:uuid:1")
    last = sealed(last, UNI, "eddsa-jcs-2022", previousProof=["urn:uuid:1"])  # nothing is upon it: no name
    assert judge_document(last).verdict is Verdict.VALID


def test_a_proof_upon_one_that_does_not_match_does_not_count() -> None:
    report = judge_document(chain(break_first=True))  # what the issuer sealed is intact, below it is not
    assert answer(report, CheckId.PROOF) == WRONG
    assert report.verdict is Verdict.INVALID
    assert note_codes(row(report, CheckId.PROOF)).count(ReasonCode.FOREIGN_PROOF_WRONG) == 2


def test_a_proof_upon_one_that_cannot_be_checked_is_open() -> None:
    document = badge(UNI, "eddsa-jcs-2022")
    foreign = {"type": "RsaSignature2018", "id": "urn:uuid:1", "verificationMethod": "did:web:x.example#k"}
    document["proof"] = foreign
    document = sealed(document, UNI, "eddsa-jcs-2022", id="urn:uuid:2", previousProof=["urn:uuid:1"])
    report = judge_document(document)
    assert answer(report, CheckId.PROOF) == (Outcome.UNDETERMINED, ReasonCode.PROOF_UNSUPPORTED)
    assert report.verdict is Verdict.UNDETERMINED


def test_an_earlier_seal_by_somebody_unknown_leaves_it_open_and_names_the_document() -> None:
    document = sealed(badge(UNI, "eddsa-jcs-2022"), WITNESS, "eddsa-jcs-2022", id="urn:uuid:1")
    document["proof"]["verificationMethod"] = "did:web:witness.example#key-1"
    document = sealed(document, UNI, "eddsa-jcs-2022", id="urn:uuid:2", previousProof=["urn:uuid:1"])
    report = judge_document(document)
    assert answer(report, CheckId.PROOF) == (Outcome.UNDETERMINED, ReasonCode.PROOF_NOT_CHECKED)
    assert [one.address for one in report.wanted] == ["did:web:witness.example"]


def test_an_altered_earlier_proof_breaks_what_was_sealed_upon_it() -> None:
    document = chain()
    document["proof"][0]["proofValue"] = document["proof"][1]["proofValue"]
    assert judge_document(document).verdict is Verdict.INVALID


@pytest.mark.parametrize("drop", ["urn:uuid:1", "urn:uuid:2"])
def test_a_missing_link_is_no_chain_whether_its_key_is_known_or_not(drop: str) -> None:
    document = chain(drop=drop)
    assert answer(judge_document(document), CheckId.PROOF) == (Outcome.FAILED, ReasonCode.SIGNATURE_WRONG)
    for proof in document["proof"]:
        proof["verificationMethod"] = "did:web:witness.example#key-1"
    assert judge_document(document).verdict is Verdict.INVALID


def test_a_circle_is_no_chain() -> None:
    document = chain()
    document["proof"][0]["previousProof"] = "urn:uuid:2"
    assert answer(judge_document(document), CheckId.PROOF) == (Outcome.FAILED, ReasonCode.SIGNATURE_WRONG)


def test_a_chain_over_statements_holds_and_breaks() -> None:
    document = sealed(badge(CURVED, "ecdsa-rdfc-2019"), CURVED, "ecdsa-rdfc-2019", id="urn:uuid:1")
    document = sealed(document, CURVED, "ecdsa-rdfc-2019", id="urn:uuid:2", previousProof=["urn:uuid:1"])
    assert judge_document(document).verdict is Verdict.VALID
    document["proof"][0]["created"] = "2026-05-12T09:30:01Z"
    assert judge_document(document).verdict is Verdict.INVALID
