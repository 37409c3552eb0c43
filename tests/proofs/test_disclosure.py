"""What a holder shows: any part verifies, no hidden value leaves, and she checks her own base proof."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.codec.samples import badge, contexts
from tests.simulators.selective import ALWAYS, SelectiveIssuer
from tests.simulators.signing import SigningKey, compact_json, embed_proof
from tests.simulators.suites import Signer, sealed
from tests.verify.desk import answer, judged, note_codes, row
from wallet.keys.keypair import public_key_from_multibase
from wallet.model.errors import LinkedDataError, ProofError, ProofUnsupportedError
from wallet.model.reasons import ReasonCode
from wallet.model.report import CheckId, Outcome, Verdict
from wallet.proofs import bbs_2023, ecdsa_sd
from wallet.proofs.data_integrity import prepare, verify_proof
from wallet.proofs.disclosure import derive, mandatory_pointers, verify_base_proof
from wallet.proofs.disclosure_value import is_base, is_derived

ISSUERS = {name: SelectiveIssuer(name) for name in (ecdsa_sd.NAME, bbs_2023.NAME)}
SUITES = tuple(ISSUERS)
NAME = "/credentialSubject/achievement/name"
BASES = {name: issuer.seal(badge()) for name, issuer in ISSUERS.items()}


def verify(document: dict[str, Any]) -> None:
    key = public_key_from_multibase(ISSUERS[document["proof"]["cryptosuite"]].multibase)
    facts = verify_proof(prepare(document, contexts()), document["proof"], key)
    assert facts.suite == document["proof"]["cryptosuite"]


def paths(value: Any, path: str = "") -> Iterator[str]:
    yield path
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, member in pairs:
        if name not in ("@context", "allowedValue"):
            yield from paths(member, f"{path}/{name}")


POINTERS = tuple(paths({name: value for name, value in BASES[SUITES[0]].items() if name != "proof"}))


@pytest.mark.parametrize("suite", SUITES)
def test_a_base_proof_upon_another_seals_that_one_too(suite: str) -> None:
    issuer, witness = ISSUERS[suite], Signer("EdDSA")
    document = sealed(badge() | {"issuer": issuer.id, "proof": []}, witness, "eddsa-2022", id="urn:uuid:1")
    first = document.pop("proof")
    proof = issuer.seal(document, upon=[first], id="urn:uuid:2", previousProof=["urn:uuid:1"])["proof"]
    key = public_key_from_multibase(issuer.multibase)

    def checked(*proofs: dict[str, Any]) -> tuple[str, ...]:
        whole = document | {"proof": list(proofs)}
        return verify_base_proof(prepare(whole, contexts()), proof, key).previous

    assert checked(first, proof) == ("urn:uuid:1",)
    for proofs in ((proof,), (first | {"created": "2020-01-01T00:00:00Z"}, proof)):
        with pytest.raises(ProofError) as caught:
            checked(*proofs)
        assert caught.value.reason.code is ReasonCode.SIGNATURE_WRONG


@pytest.mark.parametrize("suite", SUITES)
def test_the_holder_checks_what_she_was_given(suite: str) -> None:
    base, issuer = BASES[suite], ISSUERS[suite]
    key = public_key_from_multibase(issuer.multibase)
    facts = verify_base_proof(prepare(base, contexts()), base["proof"], key)
    assert (facts.suite, facts.legacy) == (suite, False)
    assert is_base(base["proof"])
    assert not is_derived(base["proof"])
    assert mandatory_pointers(base["proof"]) == ALWAYS
    for changed in (base | {"name": "Brain Surgery"}, base | {"validFrom": "2020-01-01T00:00:00Z"}):
        with pytest.raises(ProofError) as caught:
            verify_base_proof(prepare(changed, contexts()), base["proof"], key)
        assert caught.value.reason.code is ReasonCode.SIGNATURE_WRONG
    later = base["proof"] | {"created": "2026-05-13T09:30:00Z"}
    with pytest.raises(ProofError) as caught:
        verify_base_proof(prepare(base, contexts()), later, key)
    assert caught.value.reason.code is ReasonCode.SIGNATURE_WRONG
    elsewhere = public_key_from_multibase(SelectiveIssuer(suite, "elsewhere").multibase)
    with pytest.raises(ProofError) as caught:
        verify_base_proof(prepare(base, contexts()), base["proof"], elsewhere)
    assert caught.value.reason.code is ReasonCode.SIGNATURE_WRONG


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SUITES), st.lists(st.sampled_from(POINTERS), max_size=4))
def test_any_part_verifies_and_shows_what_was_chosen(suite: str, pointers: list[str]) -> None:
    base = BASES[suite]
    before = copy.deepcopy(base)
    shown = derive(base, base["proof"], pointers, contexts())
    assert base == before
    verify(shown)
    assert is_derived(shown["proof"])
    assert not is_base(shown["proof"])
    assert shown["issuer"] == base["issuer"]


@pytest.mark.parametrize("suite", SUITES)
def test_hidden_values_are_absent_from_the_bytes(suite: str) -> None:
    base = BASES[suite]
    shown = derive(base, base["proof"], [NAME], contexts())
    text = json.dumps(shown)
    assert "Data Analysis" in text
    for hidden in ("Cleans tables", "Two projects", "LetterGrade", "statistics", "Data Analysis Foundations"):
        assert hidden in json.dumps(base)
        assert hidden not in text
    verify(shown)


@pytest.mark.parametrize("suite", SUITES)
def test_lists_that_peers_cannot_sign_are_sealed_and_shown(suite: str) -> None:
    base = BASES[suite]
    shown = derive(base, base["proof"], ["/credentialSubject/achievement/resultDescription/0"], contexts())
    [result] = shown["credentialSubject"]["achievement"]["resultDescription"]
    assert result["allowedValue"] == ["A", "B", "C"]
    verify(shown)
    result["allowedValue"] = ["A", "C", "B"]
    with pytest.raises(ProofError) as caught:
        verify(shown)
    assert caught.value.reason.code is ReasonCode.SIGNATURE_WRONG


@pytest.mark.parametrize("suite", SUITES)
@pytest.mark.parametrize(
    "pointer",
    [
        "/credentialSubject/achievement/tag/-",
        "/credentialSubject/achievement/tag/01",
        "/nothing",
        "name",
        "/~2",
        "/credentialSubject/achievement/resultDescription/0/allowedValue/1",
        "/proof",
        "/proof/created",
    ],
)
def test_x06_pointers_that_name_nothing_show_nothing(suite: str, pointer: str) -> None:
    base = BASES[suite]
    with pytest.raises(ProofError) as caught:
        derive(base, base["proof"], [pointer], contexts())
    assert caught.value.reason.code is ReasonCode.POINTER_WRONG
    verify(derive(base, base["proof"], ["/credentialSubject/achievement/tag/1"], contexts()))


@pytest.mark.parametrize("suite", SUITES)
def test_x06_the_empty_pointer_is_the_whole_document_and_nothing_is_refused(suite: str) -> None:
    base = BASES[suite]
    whole = derive(base, base["proof"], [""], contexts())
    assert whole | {"proof": {}} == base | {"proof": {}}
    verify(whole)
    free = ISSUERS[suite].seal(badge(), always=())
    with pytest.raises(ProofError) as caught:
        derive(free, free["proof"], [], contexts())
    assert caught.value.reason.code is ReasonCode.POINTER_WRONG
    verify(derive(free, free["proof"], ["/issuer"], contexts()))


@pytest.mark.parametrize("suite", SUITES)
def test_x02_what_the_issuer_made_mandatory_cannot_be_dropped(suite: str) -> None:
    base = BASES[suite]
    shown = derive(base, base["proof"], [NAME], contexts())
    dropped = {name: value for name, value in shown.items() if name != "validFrom"}
    with pytest.raises(ProofError) as caught:
        verify(dropped)
    assert caught.value.reason.code is ReasonCode.SIGNATURE_WRONG
    verify(shown)


@pytest.mark.parametrize("suite", SUITES)
def test_x04_limits_that_may_be_hidden_are_named(suite: str) -> None:
    ends = badge(validUntil="2026-06-01T00:00:00Z")
    careless, careful = (ISSUERS[suite].seal(ends, always) for always in (ALWAYS, (*ALWAYS, "/validUntil")))
    report = judged(compact_json(derive(careless, careless["proof"], [NAME], contexts())))
    assert report.verdict is Verdict.VALID
    [note] = [one for one in row(report, CheckId.STRUCTURE).notes if one.code is ReasonCode.SHOWN_IN_PART]
    assert note["members"] == "validUntil, credentialStatus"
    report = judged(compact_json(derive(careful, careful["proof"], [NAME], contexts())))
    assert report.verdict is Verdict.EXPIRED
    [note] = [one for one in row(report, CheckId.STRUCTURE).notes if one.code is ReasonCode.SHOWN_IN_PART]
    assert note["members"] == "credentialStatus"


@pytest.mark.parametrize("suite", SUITES)
def test_x05_an_identifier_on_the_way_is_shown_wherever_it_stands(suite: str) -> None:
    """Identifiers place what is shown: the subject's cannot be hidden once anything of it is shown."""
    base = BASES[suite]
    without = derive(base, base["proof"], ["/name"], contexts())
    assert "did:example:maya" not in json.dumps(without)
    shown = derive(base, base["proof"], [NAME], contexts())
    assert shown["credentialSubject"]["id"] == "did:example:maya"
    verify(without)


def test_x07_two_parts_are_linked_by_the_issuers_signature_in_one_suite_only() -> None:
    for suite, linked in ((ecdsa_sd.NAME, True), (bbs_2023.NAME, False)):
        base = BASES[suite]
        first, second = (derive(base, base["proof"], [pointer], contexts()) for pointer in (NAME, "/name"))
        values = [one["proof"]["proofValue"] for one in (first, second)]
        assert (values[0][8:90] == values[1][8:90]) is linked
        verify(first)
        verify(second)


@pytest.mark.parametrize("suite", SUITES)
def test_a_part_is_not_malformed_for_what_it_hides_and_still_is_for_what_nobody_can(suite: str) -> None:
    base = BASES[suite]
    shown = derive(base, base["proof"], [NAME], contexts())
    report = judged(compact_json(shown))
    assert answer(report, CheckId.STRUCTURE) == (Outcome.PASSED, ReasonCode.STRUCTURE_OK)
    assert report.verdict is Verdict.VALID
    whole = copy.deepcopy(base)  # the same gap in a document that is not shown in part
    del whole["credentialSubject"]["achievement"]["description"]
    assert answer(judged(compact_json(whole)), CheckId.STRUCTURE) == (
        Outcome.FAILED,
        ReasonCode.MEMBER_MISSING,
    )
    for member in ("issuer", "type", "credentialSubject"):
        broken = {name: value for name, value in shown.items() if name != member}
        assert answer(judged(compact_json(broken)), CheckId.STRUCTURE)[0] is Outcome.FAILED
    odd = shown | {"validFrom": 7}
    assert judged(compact_json(odd)).verdict is Verdict.MALFORMED


@pytest.mark.parametrize("suite", SUITES)
def test_x01_a_verifier_who_is_given_a_base_proof_says_so(suite: str) -> None:
    report = judged(compact_json(BASES[suite]))
    assert answer(report, CheckId.PROOF) == (Outcome.FAILED, ReasonCode.PROOF_BASE)
    assert report.verdict is Verdict.MALFORMED
    hers = judged(compact_json(BASES[suite]), is_holder=True)
    assert answer(hers, CheckId.PROOF) == (Outcome.PASSED, ReasonCode.PROOF_OK)
    assert hers.verdict is Verdict.VALID
    forged = judged(compact_json(BASES[suite] | {"name": "Brain Surgery"}), is_holder=True)
    assert answer(forged, CheckId.PROOF) == (Outcome.FAILED, ReasonCode.SIGNATURE_WRONG)
    twin = derive(BASES[suite], BASES[suite]["proof"], [""], contexts())
    assert judged(compact_json(twin)).verdict is Verdict.VALID


def test_a_base_proof_says_nothing_against_a_seal_of_the_whole_beside_it() -> None:
    """Some platforms make both; nobody but the holder checks the one, and the other covers everything."""
    issuer = ISSUERS[ecdsa_sd.NAME]
    base = BASES[ecdsa_sd.NAME]
    plain = {name: value for name, value in base.items() if name != "proof"}

    def both(covered: dict[str, Any], key: str = issuer.seed) -> bytes:
        whole = embed_proof(covered, SigningKey("ES256", key), suite="eddsa-rdfc-2022",
                            options={"cryptosuite": "ecdsa-rdfc-2019"},
                            method=f"{issuer.id}#{issuer.multibase}", created="2026-05-12T09:30:00Z")
        return compact_json(plain | {"proof": [base["proof"], whole["proof"]]})

    report = judged(both(plain))
    assert answer(report, CheckId.PROOF) == (Outcome.PASSED, ReasonCode.PROOF_OK)
    assert ReasonCode.PROOF_BASE in note_codes(row(report, CheckId.PROOF))
    assert report.verdict is Verdict.VALID
    for forged in (both(plain | {"name": "Brain Surgery"}), both(plain, "mallory")):
        assert judged(forged).verdict in (Verdict.INVALID, Verdict.MALFORMED)
        assert answer(judged(forged, is_holder=True), CheckId.PROOF) == (
            Outcome.FAILED, ReasonCode.SIGNATURE_WRONG)


@pytest.mark.parametrize("suite", SUITES)
def test_nothing_is_derived_from_what_was_changed_or_is_no_base_proof(suite: str) -> None:
    base = BASES[suite]
    with pytest.raises(ProofError) as caught:
        derive(base | {"name": "Brain Surgery"}, base["proof"], [NAME], contexts())
    assert caught.value.reason.code is ReasonCode.SIGNATURE_WRONG
    shown = derive(base, base["proof"], [NAME], contexts())
    with pytest.raises(ProofError) as caught:
        derive(shown, shown["proof"], [NAME], contexts())
    assert caught.value.reason.code is ReasonCode.PROOF_MALFORMED
    with pytest.raises(ProofUnsupportedError) as unsupported:
        derive(base, base["proof"] | {"cryptosuite": "eddsa-rdfc-2022"}, [NAME], contexts())
    assert unsupported.value.reason["suite"] == "eddsa-rdfc-2022"
    with pytest.raises(LinkedDataError) as lost:
        derive(base | {"honours": "first"}, base["proof"], [NAME], contexts())
    assert lost.value.reason.code is ReasonCode.UNDEFINED_TERM


@pytest.mark.parametrize("suite", SUITES)
@pytest.mark.parametrize(
    "proof", [{}, {"type": "DataIntegrityProof"}, {"proofValue": 7}, {"proofValue": "u"}]
)
def test_what_is_neither_is_neither(suite: str, proof: dict[str, Any]) -> None:
    stated = {"type": "DataIntegrityProof", "cryptosuite": suite} | proof if proof else {}
    assert not is_base(stated)
    assert not is_derived(stated)
    legacy = {"type": "Ed25519Signature2020", "proofValue": "u2V0AhVhA"}
    assert not is_base(legacy)
    assert is_base(
        {
            "type": "DataIntegrityProof",
            "cryptosuite": suite,
            "proofValue": BASES[suite]["proof"]["proofValue"],
        }
    )
