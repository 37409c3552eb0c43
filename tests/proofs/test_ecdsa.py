"""The ECDSA recipe: the curve decides every hash; degenerate and differently written signatures end here."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from tests.simulators.signing import base58
from tests.simulators.suites import Signer
from wallet.codec.encoding import multibase_decode
from wallet.keys.keypair import KeyKind, public_key_from_multibase
from wallet.model.errors import ProofError
from wallet.model.reasons import ReasonCode
from wallet.proofs.ecdsa import hash_of_curve, verify_ecdsa, verify_ecdsa_p256

P256 = Signer("ES256")
P384 = Signer("ES384")
ORDERS = {
    "ES256": 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    "ES384": int("F" * 48 + "C7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973", 16),
}
HASHES = {"ES256": hashlib.sha256, "ES384": hashlib.sha384}


def signature(signer: Signer) -> bytes:
    name = HASHES[signer.algorithm]
    return signer.sign(name(b"o").digest() + name(b"d").digest())


def refusal(signer: Signer, value: str, options: bytes = b"o", document: bytes = b"d") -> ReasonCode:
    with pytest.raises(ProofError) as caught:
        verify_ecdsa(options, document, value, public_key_from_multibase(signer.multibase))
    return caught.value.reason.code


@pytest.mark.parametrize("signer", [P256, P384], ids=lambda one: one.algorithm)
def test_what_is_signed_verifies_and_nothing_else(signer: Signer) -> None:
    value = "z" + base58(signature(signer))
    verify_ecdsa(b"o", b"d", value, public_key_from_multibase(signer.multibase))
    assert refusal(signer, value, options=b"p") is ReasonCode.SIGNATURE_WRONG
    assert refusal(signer, value, document=b"e") is ReasonCode.SIGNATURE_WRONG
    assert refusal(signer, value, options=b"d", document=b"o") is ReasonCode.SIGNATURE_WRONG
    assert refusal(Signer(signer.algorithm, seed=8), value) is ReasonCode.SIGNATURE_WRONG


def test_the_hash_of_the_other_curve_is_wrong() -> None:
    for signer, name in ((P256, hashlib.sha384), (P384, hashlib.sha256)):
        hashed = name(b"o").digest() + name(b"d").digest()
        assert refusal(signer, "z" + base58(signer.sign(hashed))) is ReasonCode.SIGNATURE_WRONG


@pytest.mark.parametrize("signer", [P256, P384], ids=lambda one: one.algorithm)
def test_degenerate_numbers_are_wrong(signer: Signer) -> None:
    good, order = signature(signer), ORDERS[signer.algorithm]
    width = len(good) // 2
    r, s = int.from_bytes(good[:width]), int.from_bytes(good[width:])
    bad = [(0, s), (r, 0), (0, 0), (order, s), (r, order), (order, order)]
    limit = 1 << 8 * width
    bad += [pair for pair in ((r + order, s), (r, s + order)) if max(pair) < limit]
    for one in bad:
        value = "z" + base58(one[0].to_bytes(width) + one[1].to_bytes(width))
        assert refusal(signer, value) is ReasonCode.SIGNATURE_WRONG, one
    # The other root is the same statement: signature bytes are nobody's identity.
    twin = "z" + base58(r.to_bytes(width) + (order - s).to_bytes(width))
    verify_ecdsa(b"o", b"d", twin, public_key_from_multibase(signer.multibase))


@pytest.mark.parametrize("signer", [P256, P384], ids=lambda one: one.algorithm)
def test_another_encoding_or_length_is_malformed(signer: Signer) -> None:
    good = signature(signer)
    width = len(good) // 2
    der = encode_dss_signature(int.from_bytes(good[:width]), int.from_bytes(good[width:]))
    for raw in (der, good[:-1], good + b"\0", good[:width], b"", signature(P384 if signer is P256 else P256)):
        assert refusal(signer, "z" + base58(raw)) is ReasonCode.PROOF_MALFORMED
    assert refusal(signer, base58(good)) is ReasonCode.PROOF_MALFORMED


def test_a_key_of_another_kind_is_a_mismatch() -> None:
    value = "z" + base58(signature(P256))
    assert refusal(Signer("EdDSA"), value) is ReasonCode.KEY_SUITE_MISMATCH
    with pytest.raises(ProofError) as caught:
        verify_ecdsa_p256(
            b"o", b"d", "z" + base58(signature(P384)), public_key_from_multibase(P384.multibase)
        )
    assert caught.value.reason.code is ReasonCode.KEY_SUITE_MISMATCH
    verify_ecdsa_p256(b"o", b"d", value, public_key_from_multibase(P256.multibase))


def test_the_curve_names_the_hash_for_statements() -> None:
    named = {signer.algorithm: hash_of_curve(public_key_from_multibase(signer.multibase))
             for signer in (P256, P384, Signer("EdDSA"))}
    assert named == {"ES256": "SHA-256", "ES384": "SHA-384", "EdDSA": "SHA-256"}


@pytest.mark.parametrize("folder", ["ecdsa-rdfc-2019-p256", "ecdsa-jcs-2019-p256"])
def test_the_published_intermediate_values(vectors: Path, folder: str) -> None:
    place = vectors / "w3c/vc-di-ecdsa/TestVectors" / folder
    tail = "ECDSAP256.txt" if "rdfc" in folder else "JCSECDSAP256.txt"
    options, document = ((place / f"{name}{tail}").read_bytes() for name in ("proofCanon", "canonDoc"))
    assert hashlib.sha256(document).hexdigest() == (place / f"docHash{tail}").read_text().strip()
    value = (place / f"sigBTC58{tail}").read_text().strip()
    assert multibase_decode(value).hex() == (place / f"sigHex{tail}").read_text().strip()
    key = public_key_from_multibase("zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP")
    assert key.kind is KeyKind.P256
    verify_ecdsa(options, document, value, key)
