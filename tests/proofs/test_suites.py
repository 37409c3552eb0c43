"""The table of suites: what is in it, and what everything else is called."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from tests.simulators import suites as simulated
from tests.simulators.signing import compact_json
from tests.simulators.suites import Signer, badge, sealed
from tests.verify.desk import answer, judged
from wallet.keys.keypair import PublicKey
from wallet.model.errors import ProofError, ProofUnsupportedError
from wallet.model.reasons import ReasonCode
from wallet.model.report import CheckId, Outcome, Verdict
from wallet.proofs.ecdsa import hash_of_curve
from wallet.proofs.suite import DATA_INTEGRITY, Suite, Writing, read_signature
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


def _invented_json(options: bytes, document: bytes, proof_value: str, key: PublicKey) -> None:
    hashed = hashlib.sha512(options).digest() + hashlib.sha512(document).digest()
    key.verify("EdDSA", read_signature(proof_value, {64}), hashed)


def _invented_statements(options: bytes, document: bytes, proof_value: str, key: PublicKey) -> None:
    hashed = hashlib.sha384(options).digest() + hashlib.sha384(document).digest()
    key.verify("ES384", read_signature(proof_value, {96}), hashed)


@pytest.mark.parametrize(
    ("suite", "algorithm", "digest"),
    [
        (Suite("eddsa-jcs-2099", DATA_INTEGRITY, _invented_json, writing=Writing.JSON), "EdDSA", "SHA-512"),
        (Suite("ecdsa-rdfc-2099", DATA_INTEGRITY, _invented_statements, statement_hash=hash_of_curve),
         "ES384", "SHA-384"),
    ],
    ids=["json", "statements"],
)  # fmt: skip
def test_a_function_and_a_line_of_the_table_are_a_new_suite(
    monkeypatch: pytest.MonkeyPatch, suite: Suite, algorithm: str, digest: str
) -> None:
    """What the head of `eddsa.py` promises: no other place has to know of it."""
    signer = Signer(algorithm)
    monkeypatch.setitem(simulated.DATA_INTEGRITY, suite.name, (algorithm,))
    monkeypatch.setitem(simulated.DIGESTS, suite.name, digest)
    document = sealed(badge(signer, suite.name), signer, suite.name)
    before = judged(compact_json(document))
    assert answer(before, CheckId.PROOF) == (Outcome.UNDETERMINED, ReasonCode.PROOF_UNSUPPORTED)
    monkeypatch.setitem(SUITES, suite.name, suite)
    assert judged(compact_json(document)).verdict is Verdict.VALID
    changed = judged(compact_json(document | {"name": "Chairs"}))
    assert answer(changed, CheckId.PROOF) == (Outcome.FAILED, ReasonCode.SIGNATURE_WRONG)
    twice = sealed(document, signer, suite.name)
    assert judged(compact_json(twice)).verdict is Verdict.VALID
