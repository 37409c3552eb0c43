"""The members of one proof: plain texts where they stand, and names of earlier proofs that are names."""

from __future__ import annotations

from typing import Any

import pytest

from wallet.model.errors import ProofError
from wallet.model.reasons import ReasonCode
from wallet.proofs.members import array, check_proof_members, earlier_proofs

PROOF: dict[str, Any] = {
    "type": "DataIntegrityProof",
    "cryptosuite": "eddsa-rdfc-2022",
    "created": "2026-01-01T00:00:00Z",
    "verificationMethod": "did:example:a#1",
    "proofPurpose": "assertionMethod",
    "proofValue": "z1",
}


def test_a_plain_proof_needs_no_allowance() -> None:
    assert check_proof_members(PROOF) == ()
    assert check_proof_members(PROOF | {"domain": ["a.example", "b.example"], "nonce": "n"}) == ()


def test_a_zone_that_is_missing_is_an_allowance() -> None:
    (quirk,) = check_proof_members(PROOF | {"created": "2026-01-01T00:00:00"})
    assert (quirk.code, quirk["which"]) == (ReasonCode.QUIRK_DATE, "created")


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("verificationMethod", {"id": "did:example:a#1"}),
        ("verificationMethod", ""),
        ("proofPurpose", ["assertionMethod"]),
        ("proofValue", None),
        ("challenge", 7),
        ("id", "x" * 5_000),
        ("domain", []),
        ("domain", ["a.example", 1]),
        ("created", "yesterday"),
        ("expires", 1),
    ],
)
def test_what_is_no_plain_text_is_refused(member: str, value: object) -> None:
    with pytest.raises(ProofError) as caught:
        check_proof_members(PROOF | {member: value})
    assert (caught.value.reason.code, caught.value.reason["member"]) == (ReasonCode.PROOF_MALFORMED, member)


def test_earlier_proofs_are_found_by_name() -> None:
    first, second = PROOF | {"id": "urn:1"}, PROOF | {"id": "urn:2", "previousProof": "urn:1"}
    third = PROOF | {"id": "urn:3", "previousProof": ["urn:2", "urn:1", "urn:2"]}
    proofs = (first, second, third)
    assert earlier_proofs(proofs, first) == ()
    assert earlier_proofs(proofs, second) == (first,)
    assert earlier_proofs(proofs, third) == (second, first)


@pytest.mark.parametrize(("name", "code"), [
    ("urn:9", ReasonCode.SIGNATURE_WRONG), ("urn:2", ReasonCode.SIGNATURE_WRONG),
    (["urn:1", "urn:9"], ReasonCode.SIGNATURE_WRONG), ([], ReasonCode.PROOF_MALFORMED),
    ([7], ReasonCode.PROOF_MALFORMED), ("", ReasonCode.PROOF_MALFORMED), (None, ReasonCode.PROOF_MALFORMED)])
def test_a_name_that_is_not_the_name_of_one_earlier_proof_is_refused(name: object, code: ReasonCode) -> None:
    proofs = (PROOF | {"id": "urn:1"}, PROOF | {"id": "urn:2", "previousProof": name})
    with pytest.raises(ProofError) as caught:
        earlier_proofs(proofs, proofs[1])
    assert caught.value.reason.code is code


def test_two_proofs_of_one_name_and_a_circle_are_no_chain() -> None:
    one, two = PROOF | {"id": "urn:1"}, PROOF | {"id": "urn:2", "previousProof": "urn:1"}
    twins = (one, one, two)
    circle = (one | {"previousProof": "urn:2"}, two)
    for proofs in (twins, circle):
        with pytest.raises(ProofError) as caught:
            earlier_proofs(proofs, proofs[-1])
        assert caught.value.reason.code is ReasonCode.SIGNATURE_WRONG
    assert earlier_proofs((two, one, one | {"id": "urn:3"}, one | {"id": "urn:3"}), two) == (one,)


def test_one_value_is_several() -> None:
    assert (array("a"), array(["a", "b"]), array([])) == (["a"], ["a", "b"], [])
