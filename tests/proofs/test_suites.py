"""The table of suites: what is in it, and what everything else is called."""

from __future__ import annotations

from typing import Any

import pytest

from wallet.model.errors import ProofError, ProofUnsupportedError
from wallet.model.reasons import ReasonCode
from wallet.proofs.suite import DATA_INTEGRITY
from wallet.proofs.suites import SUITES, is_supported, suite_name, suite_of

Proof = dict[str, Any]


def test_every_line_of_the_table_is_found_by_its_proof() -> None:
    for name, suite in SUITES.items():
        named = {"cryptosuite": name} if suite.proof_type == DATA_INTEGRITY else {}
        proof = {"type": suite.proof_type} | named
        assert suite_of(proof) is suite
        assert suite_name(proof) == suite.name == name
        assert is_supported(proof)


@pytest.mark.parametrize(
    ("proof", "name"),
    [
        ({"type": "DataIntegrityProof", "cryptosuite": "ecdsa-sd-2099"}, "ecdsa-sd-2099"),
        ({"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2023"}, "eddsa-rdfc-2023"),
        ({"type": "DataIntegrityProof", "cryptosuite": "Ed25519Signature2020"}, None),
        ({"type": "RsaSignature2018"}, "RsaSignature2018"),
        ({"type": "MerkleProof2019"}, "MerkleProof2019"),
        ({"type": "eddsa-rdfc-2022"}, None),
    ],
    ids=str,
)
def test_a_foreign_suite_is_named_and_never_called_a_fake(proof: Proof, name: str | None) -> None:
    if name is None:  # the name of a recipe under another type: the proof contradicts itself
        with pytest.raises(ProofError) as caught:
            suite_of(proof)
        assert caught.value.reason.code is ReasonCode.PROOF_MALFORMED
        return
    assert not is_supported(proof)
    with pytest.raises(ProofUnsupportedError) as unsupported:
        suite_of(proof)
    assert unsupported.value.reason.code is ReasonCode.PROOF_UNSUPPORTED
    assert unsupported.value.reason["suite"] == name


@pytest.mark.parametrize(
    "proof",
    [
        {},
        {"type": None},
        {"type": ["DataIntegrityProof"], "cryptosuite": "eddsa-rdfc-2022"},
        {"type": "DataIntegrityProof"},
        {"type": "DataIntegrityProof", "cryptosuite": ["eddsa-rdfc-2022"]},
        {"type": "DataIntegrityProof", "cryptosuite": ""},
        {"type": "Ed25519Signature2020", "cryptosuite": "eddsa-rdfc-2022"},
    ],
    ids=str,
)
def test_a_proof_without_one_plain_name_is_malformed(proof: Proof) -> None:
    assert not is_supported(proof)
    with pytest.raises(ProofError) as caught:
        suite_of(proof)
    assert caught.value.reason.code is ReasonCode.PROOF_MALFORMED
    assert not isinstance(caught.value, ProofUnsupportedError)
