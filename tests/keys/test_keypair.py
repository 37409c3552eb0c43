"""Keys in every form are one key; signatures hold for their own algorithm only."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, x25519
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from joserfc.jwk import ECKey, OKPKey, RSAKey

from wallet.codec.encoding import base58_encode, base64url_encode, write_multicodec
from wallet.keys.keypair import (
    HolderKey,
    KeyKind,
    PublicKey,
    public_key_from_base58,
    public_key_from_jwk,
    public_key_from_multibase,
    public_key_from_pem,
)
from wallet.keys.signatures import WIDTHS
from wallet.model.errors import KeysError, ProofError
from wallet.model.reasons import ReasonCode

Jwk = dict[str, Any]
_ED = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"keys").digest())
_X25519 = x25519.X25519PrivateKey.from_private_bytes(hashlib.sha256(b"exchange").digest())
_EC = {
    KeyKind.P256: ec.derive_private_key(7, ec.SECP256R1()),
    KeyKind.P384: ec.derive_private_key(7, ec.SECP384R1()),
    KeyKind.P521: ec.derive_private_key(7, ec.SECP521R1()),
}
_RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_PUBLIC: dict[KeyKind, Any] = {
    KeyKind.ED25519: _ED.public_key(),
    **{k: key.public_key() for k, key in _EC.items()},
    KeyKind.RSA: _RSA.public_key(),
}
# Kinds with signature algorithms of their own, and with a PEM form.
_SIGNING = tuple(_PUBLIC)
_BLS = bytes.fromhex(  # of the published bbs-2023 vectors
    "a4ef1afa3da575496f122b9b78b8c24761531a8a093206ae7c45b80759c168ba4f7a260f9c3367b6c019b4677841104b"
    "10665edbe70ba3ebe7d9cfbffbf71eb016f70abfbb163317f372697dc63efd21fc55764f63926a8f02eaea325a2a888f"
)


def pem(kind: KeyKind) -> str:
    data: bytes = _PUBLIC[kind].public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return data.decode()


def key(kind: KeyKind) -> PublicKey:
    return public_key_from_pem(pem(kind))


def refusal(read: Any, value: Any) -> ReasonCode:
    with pytest.raises(KeysError) as caught:
        read(value)
    return caught.value.reason.code


def p1363(
    private: ec.EllipticCurvePrivateKey, digest: hashes.HashAlgorithm, message: bytes
) -> tuple[int, int]:
    return decode_dss_signature(private.sign(message, ec.ECDSA(digest)))


@pytest.mark.parametrize("kind", _SIGNING)
def test_one_key_is_the_same_in_every_form(kind: KeyKind) -> None:
    known = key(kind)
    assert known.kind is kind
    assert public_key_from_jwk(known.jwk()) == known
    if kind is KeyKind.RSA:
        assert known.multibase == ""
    else:
        assert public_key_from_multibase(known.multibase) == known


@pytest.mark.parametrize(
    ("kind", "oracle"), [(KeyKind.ED25519, OKPKey), (KeyKind.P256, ECKey), (KeyKind.RSA, RSAKey)]
)
def test_another_library_gives_the_same_thumbprint(kind: KeyKind, oracle: Any) -> None:
    assert oracle.import_key(key(kind).jwk()).thumbprint() == key(kind).thumbprint


def test_published_keys() -> None:
    # RFC 8037 appendix A.2 and A.3
    jwk = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
    assert public_key_from_jwk(jwk).thumbprint == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
    text = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
    assert public_key_from_multibase(text).multibase == text


def test_ed25519_signs_and_verifies() -> None:
    holder = HolderKey.generate()
    assert HolderKey.from_seed(holder.seed) == holder
    assert holder.did == f"did:key:{holder.public.multibase}"
    assert holder.verification_method == f"{holder.did}#{holder.public.multibase}"
    signature = holder.sign(b"m")
    for algorithm in ("EdDSA", "Ed25519"):
        holder.public.verify(algorithm, signature, b"m")
    for bad, code in ((bytes(64), ReasonCode.SIGNATURE_WRONG), (signature[:-1], ReasonCode.PROOF_MALFORMED),
                      (signature[:32] + bytes(32), ReasonCode.SIGNATURE_WRONG),
                      (signature + b"\0", ReasonCode.PROOF_MALFORMED), (b"", ReasonCode.PROOF_MALFORMED)):
        with pytest.raises(ProofError) as caught:
            holder.public.verify("EdDSA", bad, b"m")
        assert caught.value.reason.code is code
    with pytest.raises(ProofError):
        holder.public.verify("EdDSA", signature, b"n")


def test_a_second_form_of_s_is_wrong() -> None:
    order = 2**252 + 27742317777372353535851937790883648493
    holder = HolderKey.from_seed(bytes(32))
    signature = holder.sign(b"m")
    larger = (int.from_bytes(signature[32:], "little") + order).to_bytes(32, "little")
    with pytest.raises(ProofError):
        holder.public.verify("EdDSA", signature[:32] + larger, b"m")


def test_the_seed_is_in_no_text_form() -> None:
    holder = HolderKey.from_seed(b"\x42" * 32)
    assert "BBBB" not in repr(holder)
    assert "42" * 8 not in f"{holder} {holder!r}"
    with pytest.raises(KeysError):
        HolderKey.from_seed(b"short")


@pytest.mark.parametrize(
    ("kind", "algorithm", "digest", "width"),
    [(KeyKind.P256, "ES256", hashes.SHA256(), 32), (KeyKind.P384, "ES384", hashes.SHA384(), 48)],
)
def test_ecdsa_signatures_are_two_numbers_of_fixed_width(
    kind: KeyKind, algorithm: str, digest: hashes.HashAlgorithm, width: int
) -> None:
    r, s = p1363(_EC[kind], digest, b"m")
    raw = r.to_bytes(width) + s.to_bytes(width)
    key(kind).verify(algorithm, raw, b"m")
    der = _EC[kind].sign(b"m", ec.ECDSA(digest))
    for bad in (
        der,
        raw[:-1],
        raw + b"\0",
        bytes(2 * width),
        raw[:width] + bytes(width),
        b"\xff" * 2 * width,
    ):
        with pytest.raises(ProofError) as caught:
            key(kind).verify(algorithm, bad, b"m")
        code = ReasonCode.SIGNATURE_WRONG if len(bad) == 2 * width else ReasonCode.PROOF_MALFORMED
        assert caught.value.reason.code is code


def test_numbers_at_the_order_are_wrong_and_the_other_half_is_not() -> None:
    r, s = p1363(_EC[KeyKind.P256], hashes.SHA256(), b"m")
    key(KeyKind.P256).verify("ES256", r.to_bytes(32) + (_ORDER - s).to_bytes(32), b"m")  # known malleability
    for numbers in ((_ORDER, s), (r, _ORDER), (0, s), (r, 0)):
        with pytest.raises(ProofError):
            key(KeyKind.P256).verify("ES256", b"".join(n.to_bytes(32) for n in numbers), b"m")


def test_rsa_verifies_pkcs1_with_sha256_only() -> None:
    signature = _RSA.sign(b"m", padding.PKCS1v15(), hashes.SHA256())
    key(KeyKind.RSA).verify("RS256", signature, b"m")
    pss = _RSA.sign(b"m", padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())
    for bad in (pss, signature[1:], b"\0" + signature):
        with pytest.raises(ProofError):
            key(KeyKind.RSA).verify("RS256", bad, b"m")


@pytest.mark.parametrize("kind", _SIGNING)
@pytest.mark.parametrize("algorithm", ["EdDSA", "ES256", "ES384", "ES512", "RS256", "HS256", "none", ""])
def test_an_algorithm_of_another_kind_is_a_mismatch(kind: KeyKind, algorithm: str) -> None:
    own = {
        KeyKind.ED25519: "EdDSA",
        KeyKind.P256: "ES256",
        KeyKind.P384: "ES384",
        KeyKind.P521: "ES512",
        KeyKind.RSA: "RS256",
    }[kind]
    with pytest.raises(ProofError) as caught:
        key(kind).verify(algorithm, b"x" * WIDTHS.get(algorithm, 64), b"m")
    expected = ReasonCode.SIGNATURE_WRONG if algorithm == own else ReasonCode.KEY_SUITE_MISMATCH
    assert caught.value.reason.code is expected


def test_a_key_that_names_its_algorithm_is_held_to_it() -> None:
    signature = _RSA.sign(b"m", padding.PKCS1v15(), hashes.SHA256())
    jwk = key(KeyKind.RSA).jwk()
    public_key_from_jwk(jwk | {"alg": "RS256"}).verify("RS256", signature, b"m")
    with pytest.raises(ProofError) as caught:
        public_key_from_jwk(jwk | {"alg": "PS256"}).verify("RS256", signature, b"m")
    assert caught.value.reason.code is ReasonCode.KEY_SUITE_MISMATCH


@pytest.mark.parametrize(
    ("kind", "change", "code"),
    [
        (KeyKind.ED25519, {"d": "AA"}, ReasonCode.KEY_PRIVATE),
        (KeyKind.RSA, {"p": "AA"}, ReasonCode.KEY_PRIVATE),
        (KeyKind.ED25519, {"x": "AA"}, ReasonCode.KEY_MALFORMED),
        (KeyKind.ED25519, {"x": None}, ReasonCode.KEY_MALFORMED),
        (KeyKind.ED25519, {"x": "=" * 43}, ReasonCode.KEY_MALFORMED),
        (KeyKind.ED25519, {"x": base64url_encode(b"\1" + bytes(31))}, ReasonCode.KEY_WEAK),
        (KeyKind.ED25519, {"crv": "X25519"}, ReasonCode.KEY_UNSUPPORTED),
        (KeyKind.ED25519, {"crv": "P-256"}, ReasonCode.KEY_UNSUPPORTED),
        (KeyKind.ED25519, {"use": "enc"}, ReasonCode.KEY_MALFORMED),
        (KeyKind.ED25519, {"key_ops": ["sign"]}, ReasonCode.KEY_MALFORMED),
        (KeyKind.ED25519, {"key_ops": "verify"}, ReasonCode.KEY_MALFORMED),
        (KeyKind.ED25519, {"alg": "ES256"}, ReasonCode.KEY_MALFORMED),
        (KeyKind.ED25519, {"alg": ["EdDSA"]}, ReasonCode.KEY_MALFORMED),
        (KeyKind.P256, {"crv": "P-384"}, ReasonCode.KEY_MALFORMED),
        (KeyKind.P256, {"crv": "secp256k1"}, ReasonCode.KEY_UNSUPPORTED),
        (KeyKind.P256, {"crv": ["P-256"]}, ReasonCode.KEY_UNSUPPORTED),
        (KeyKind.P256, {"kty": "oct", "k": "AA"}, ReasonCode.KEY_UNSUPPORTED),
        (KeyKind.P256, {"kty": None}, ReasonCode.KEY_UNSUPPORTED),
        (KeyKind.RSA, {"e": "Aw"}, ReasonCode.KEY_WEAK),
        (KeyKind.RSA, {"e": "AAEAAQ"}, ReasonCode.KEY_MALFORMED),
        (KeyKind.RSA, {"n": ""}, ReasonCode.KEY_MALFORMED),
    ],
    ids=str,
)
def test_a_jwk_that_is_not_plainly_for_verifying_is_refused(
    kind: KeyKind, change: Jwk, code: ReasonCode
) -> None:
    jwk = key(kind).jwk()
    assert public_key_from_jwk(jwk | {"use": "sig", "key_ops": ["verify"], "kid": "x"})
    assert refusal(public_key_from_jwk, jwk | change) is code


def multikey(code: int, data: bytes) -> str:
    return "z" + base58_encode(write_multicodec(code, data))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            multikey(0xEC, _X25519.public_key().public_bytes_raw()),
            ReasonCode.KEY_UNSUPPORTED,
        ),
        (multikey(0xE7, b"\2" + bytes(32)), ReasonCode.KEY_UNSUPPORTED),
        (multikey(0xEB, bytes(96)), ReasonCode.KEY_MALFORMED),
        (multikey(0xEB, _BLS[:48]), ReasonCode.KEY_MALFORMED),
        (multikey(0xEB, b"\xc0" + bytes(95)), ReasonCode.KEY_WEAK),
        (multikey(0xEB, bytes([_BLS[0] ^ 0x20]) + _BLS[1:-1] + b"\0"), ReasonCode.KEY_MALFORMED),
        (multikey(0x1202, bytes(67)), ReasonCode.KEY_MALFORMED),
        (multikey(0x1202, b"\2" + (2**521 - 1).to_bytes(66)), ReasonCode.KEY_MALFORMED),
        (multikey(0x12, bytes(32)), ReasonCode.KEY_UNSUPPORTED),
        (multikey(0xED, b"\2" + bytes(32)), ReasonCode.KEY_MALFORMED),
        (multikey(0x1200, _ED.public_key().public_bytes_raw()), ReasonCode.KEY_MALFORMED),
        (multikey(0x1201, b"\2" + (6).to_bytes(32)), ReasonCode.KEY_MALFORMED),
        (
            "u" + base64url_encode(write_multicodec(0xED, _ED.public_key().public_bytes_raw())),
            ReasonCode.KEY_MALFORMED,
        ),
        ("z", ReasonCode.KEY_MALFORMED),
        ("", ReasonCode.KEY_MALFORMED),
        ("z0OIl", ReasonCode.KEY_MALFORMED),
    ],
)
def test_a_prefix_that_lies_or_is_foreign_is_refused(text: str, code: ReasonCode) -> None:
    assert refusal(public_key_from_multibase, text) is code


def test_pem_forms() -> None:
    old = _RSA.public_key().public_bytes(Encoding.PEM, PublicFormat.PKCS1).decode()
    assert public_key_from_pem(old) == key(KeyKind.RSA)
    private = _ED.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    assert refusal(public_key_from_pem, private) is ReasonCode.KEY_PRIVATE
    assert refusal(public_key_from_pem, "not a key") is ReasonCode.KEY_MALFORMED
    assert refusal(public_key_from_pem, pem(KeyKind.RSA) + " " * 20_000) is ReasonCode.KEY_MALFORMED
    foreign = ec.derive_private_key(7, ec.SECP256K1()).public_key()
    text = foreign.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    assert refusal(public_key_from_pem, text) is ReasonCode.KEY_UNSUPPORTED
    size = 1024
    weak = rsa.generate_private_key(public_exponent=65537, key_size=size).public_key()
    text = weak.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    assert refusal(public_key_from_pem, text) is ReasonCode.KEY_WEAK


def test_base58_of_a_raw_key() -> None:
    raw = _ED.public_key().public_bytes_raw()
    assert public_key_from_base58(base58_encode(raw)) == key(KeyKind.ED25519)
    for bad in ("", "0", base58_encode(raw[1:])):
        assert refusal(public_key_from_base58, bad) is ReasonCode.KEY_MALFORMED


def test_a_key_of_bbs_is_known_and_signs_nothing_by_itself() -> None:
    known = public_key_from_multibase(multikey(0xEB, _BLS))
    assert known.kind is KeyKind.BLS12_381_G2
    assert known.multibase == multikey(0xEB, _BLS)
    assert known.jwk()["crv"] == "BLS12381G2"
    for algorithm in ("EdDSA", "ES256", "RS256", ""):
        with pytest.raises(ProofError) as caught:
            known.verify(algorithm, bytes(64), b"m")
        assert caught.value.reason.code is ReasonCode.KEY_SUITE_MISMATCH
