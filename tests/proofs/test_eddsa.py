"""The Ed25519 recipe: one text per signature, and the specification's own hashes."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from wallet.codec.encoding import base58_encode, base64url_encode
from wallet.keys.keypair import HolderKey, public_key_from_multibase
from wallet.model.errors import ProofError
from wallet.model.reasons import ReasonCode
from wallet.proofs.eddsa import sign_ed25519, verify_ed25519

KEY = HolderKey.from_seed(b"\5" * 32)


def refusal(proof_value: str, options: bytes = b"o", document: bytes = b"d") -> ReasonCode:
    with pytest.raises(ProofError) as caught:
        verify_ed25519(options, document, proof_value, KEY.public)
    return caught.value.reason.code


def test_what_is_signed_verifies_and_nothing_else() -> None:
    value = sign_ed25519(b"o", b"d", KEY)
    verify_ed25519(b"o", b"d", value, KEY.public)
    assert refusal(value, options=b"p") is ReasonCode.SIGNATURE_WRONG
    assert refusal(value, document=b"e") is ReasonCode.SIGNATURE_WRONG
    assert refusal(value, options=b"d", document=b"o") is ReasonCode.SIGNATURE_WRONG


def test_a_proof_value_has_one_form() -> None:
    signature = KEY.sign(hashlib.sha256(b"o").digest() + hashlib.sha256(b"d").digest())
    value = "z" + base58_encode(signature)
    verify_ed25519(b"o", b"d", value, KEY.public)
    for other in (
        base58_encode(signature),
        "u" + base64url_encode(signature),
        "f" + signature.hex(),
        "z1" + base58_encode(signature),
        "z" + base58_encode(signature[:-1]),
        "z" + base58_encode(signature + b"\0"),
        value + " ",
        " " + value,
        value + "=",
        "z",
        "",
    ):
        assert refusal(other) is ReasonCode.PROOF_MALFORMED


def test_a_key_of_another_kind_is_a_mismatch() -> None:
    other = public_key_from_multibase("zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP")
    with pytest.raises(ProofError) as caught:
        verify_ed25519(b"o", b"d", sign_ed25519(b"o", b"d", KEY), other)
    assert caught.value.reason.code is ReasonCode.KEY_SUITE_MISMATCH


def test_the_published_intermediate_values(vectors: Path) -> None:
    folder = vectors / "w3c/vc-di-eddsa/TestVectors/eddsa-rdfc-2022"
    options = (folder / "proofCanonDataInt.txt").read_bytes()
    document = (folder / "canonDocDataInt.txt").read_bytes()
    assert hashlib.sha256(options).hexdigest() == (folder / "proofHashDataInt.txt").read_text().strip()
    key = public_key_from_multibase("z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2")
    signature = (folder / "sigBTC58DataInt.txt").read_text().strip()
    verify_ed25519(options, document, signature, key)
