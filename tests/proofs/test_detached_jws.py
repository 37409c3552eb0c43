"""Old seals with a JWS: its header says exactly what it must, or nothing is compared."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from tests.simulators.signing import base64url, compact_json
from tests.simulators.suites import Signer, detached
from wallet.keys.keypair import PublicKey, public_key_from_jwk
from wallet.model.errors import ProofError, ProofUnsupportedError
from wallet.model.reasons import ReasonCode
from wallet.proofs.detached_jws import verify_ed25519_2018, verify_json_web_signature

ED25519 = Signer("EdDSA")
HASHED = hashlib.sha256(b"o").digest() + hashlib.sha256(b"d").digest()


def key_of(signer: Signer) -> PublicKey:
    return public_key_from_jwk(signer.jwk)


def refusal(jws: str, signer: Signer = ED25519, verify: Any = verify_json_web_signature,
            document: bytes = b"d") -> ReasonCode:
    with pytest.raises(ProofError) as caught:
        verify(b"o", document, jws, key_of(signer))
    return caught.value.reason.code


@pytest.mark.parametrize("algorithm", ["EdDSA", "ES256", "ES384", "PS256", "RS256"])
def test_every_algorithm_of_the_suite(algorithm: str) -> None:
    signer = Signer(algorithm)
    jws = detached(signer, HASHED)
    verify_json_web_signature(b"o", b"d", jws, key_of(signer))
    assert refusal(jws, signer, document=b"e") is ReasonCode.SIGNATURE_WRONG
    assert refusal(jws, Signer("EdDSA", seed=9) if algorithm == "EdDSA" else ED25519) in (
        ReasonCode.SIGNATURE_WRONG, ReasonCode.KEY_SUITE_MISMATCH)


def test_the_suite_of_2018_takes_ed25519_only() -> None:
    verify_ed25519_2018(b"o", b"d", detached(ED25519, HASHED), key_of(ED25519))
    other = Signer("ES256")
    assert refusal(detached(other, HASHED), other, verify_ed25519_2018) is ReasonCode.PROOF_MALFORMED


def test_a_header_that_names_another_algorithm_than_its_key_is_refused() -> None:
    """An RSA key signs by the second scheme what its header calls the first."""
    signer = Signer("RS256")
    lying = detached(signer, HASHED, alg="PS256")
    assert refusal(lying, signer) is ReasonCode.SIGNATURE_WRONG
    assert refusal(detached(ED25519, HASHED, alg="ES256")) is ReasonCode.KEY_SUITE_MISMATCH
    verify_json_web_signature(b"o", b"d", detached(signer, HASHED), key_of(signer))


@pytest.mark.parametrize("header", [
    {"b64": True}, {"b64": 0}, {"b64": None}, {"crit": []}, {"crit": ["b64", "exp"]}, {"crit": "b64"},
    {"kid": "did:example:1#a"}, {"typ": "JWT"}, {"jwk": {}}, {"alg": None}, {"alg": "none"},
    {"alg": "HS256"}, {"alg": "Ed25519"}, {"alg": ["EdDSA"]}], ids=str)
def test_any_other_header_is_malformed(header: dict[str, Any]) -> None:
    assert refusal(detached(ED25519, HASHED, **header)) is ReasonCode.PROOF_MALFORMED


def test_a_header_without_its_marks_is_malformed() -> None:
    for header in ({"alg": "EdDSA"}, {"alg": "EdDSA", "b64": False}, {"alg": "EdDSA", "crit": ["b64"]}):
        encoded = base64url(compact_json(header))
        signed = base64url(ED25519.sign(encoded.encode() + b"." + HASHED))
        assert refusal(f"{encoded}..{signed}") is ReasonCode.PROOF_MALFORMED


def test_a_curve_we_do_not_take_is_named_and_no_fake() -> None:
    jws = detached(ED25519, HASHED, alg="ES256K")
    with pytest.raises(ProofUnsupportedError) as caught:
        verify_json_web_signature(b"o", b"d", jws, key_of(ED25519))
    assert caught.value.reason.code is ReasonCode.ALGORITHM_UNSUPPORTED
    assert refusal(jws, verify=verify_ed25519_2018) is ReasonCode.PROOF_MALFORMED


def test_the_text_has_one_form() -> None:
    good = detached(ED25519, HASHED)
    header, _, signature = good.split(".")
    encoded = base64url(HASHED)
    for jws in ("", ".", "..", "...", f"{header}.{signature}", f"{header}.{encoded}.{signature}", good + ".",
                good + "=", good + " ", f" {good}", f"{header}=..{signature}", f"é..{signature}",
                f"e30..{signature}", f"bm90IGpzb24..{signature}"):
        assert refusal(jws) is ReasonCode.PROOF_MALFORMED, jws
    assert refusal(f"{header}..") is ReasonCode.PROOF_MALFORMED
    verify_json_web_signature(b"o", b"d", good, key_of(ED25519))
