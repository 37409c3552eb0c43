"""Compact JWS: the algorithm belongs to the key, and a second library agrees."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jws as oracle
from joserfc.jwk import ECKey, OKPKey, RSAKey

from wallet.codec.encoding import base64url_decode, base64url_encode, split_jws
from wallet.codec.strict_json import parse_object
from wallet.keys.controller import controller_document
from wallet.keys.did import resolve_pure
from wallet.keys.keypair import HolderKey, PublicKey, public_key_from_jwk, public_key_from_pem
from wallet.model.errors import CodecError, ProofError, ProofUnsupportedError, WalletError
from wallet.model.reasons import ReasonCode
from wallet.proofs.jws import algorithm_of, sign_jws, verify_jws

KEY = HolderKey.from_seed(b"\5" * 32)
_PRIVATE: dict[str, Any] = {
    "Ed25519": OKPKey.generate_key("Ed25519"),
    "ES256": ECKey.generate_key("P-256"),
    "ES384": ECKey.generate_key("P-384"),
    "ES512": ECKey.generate_key("P-521"),
    **dict.fromkeys(("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"), RSAKey.generate_key(2048)),
}


def public(private: Any) -> PublicKey:
    members = private.as_dict(private=False)
    return public_key_from_jwk({name: members[name] for name in members if name != "kid"})


def refusal(token: str, key: PublicKey = KEY.public) -> ReasonCode:
    with pytest.raises(WalletError) as caught:
        verify_jws(split_jws(token), key)
    return caught.value.reason.code


def with_header(**header: Any) -> str:
    token = sign_jws(b"payload", {}, KEY)
    return ".".join([base64url_encode(json.dumps(header).encode()), *token.split(".")[1:]])


@pytest.mark.parametrize("algorithm", list(_PRIVATE))
def test_a_token_of_another_library_verifies_here(algorithm: str) -> None:
    private = _PRIVATE[algorithm]
    token = oracle.serialize_compact({"alg": algorithm}, b"payload", private, algorithms=[algorithm])
    assert verify_jws(split_jws(token), public(private)).suite == algorithm
    assert refusal(token[:-4] + ("AAAA" if token[-4:] != "AAAA" else "BBBB"), public(private)) in {
        ReasonCode.SIGNATURE_WRONG,
        ReasonCode.BAD_JWS,
    }


def test_a_token_of_ours_verifies_in_another_library() -> None:
    token = sign_jws(b'{"iss":"x"}', {"typ": "JWT", "kid": "k"}, KEY)
    header = split_jws(token).header
    assert header == {"typ": "JWT", "kid": "k", "alg": "EdDSA"}
    with pytest.warns(Warning, match="EdDSA"):
        read = oracle.deserialize_compact(token, OKPKey.import_key(KEY.public.jwk()), algorithms=["EdDSA"])
    assert read.payload == b'{"iss":"x"}'
    assert verify_jws(split_jws(token), KEY.public).suite == "EdDSA"


def test_our_own_header_is_as_strict_as_a_foreign_one() -> None:
    with pytest.raises(CodecError):
        sign_jws(b"payload", {"crit": ["x"]}, KEY)


@pytest.mark.parametrize(
    "algorithm", ["HS256", "HS512", "A128KW", "dir", "eddsa", "EDDSA", "RS1", "ES256 ", "x"]
)
def test_shared_secrets_and_invented_names_are_refused(algorithm: str) -> None:
    assert refusal(with_header(alg=algorithm)) is ReasonCode.ALGORITHM_REFUSED


def test_a_secret_made_of_the_public_key_signs_nothing() -> None:
    """RFC 8725 §2.1: the public key's own text as an HMAC secret."""
    secret = oracle.serialize_compact(
        {"alg": "HS256"}, b"payload", _oct_key(json.dumps(KEY.public.jwk())), algorithms=["HS256"]
    )
    assert refusal(secret) is ReasonCode.ALGORITHM_REFUSED


def _oct_key(text: str) -> Any:
    from joserfc.jwk import OctKey

    return OctKey.import_key(text.replace("{", "").replace("}", "") + "x" * 32)


@pytest.mark.parametrize("algorithm", ["ES256K", "Ed448", "ML-DSA-44"])
def test_an_algorithm_without_code_here_is_no_fake(algorithm: str) -> None:
    with pytest.raises(ProofUnsupportedError) as caught:
        algorithm_of(split_jws(with_header(alg=algorithm)))
    assert caught.value.reason.code is ReasonCode.ALGORITHM_UNSUPPORTED


def test_the_key_fixes_the_algorithm() -> None:
    assert refusal(with_header(alg="ES256")) is ReasonCode.KEY_SUITE_MISMATCH
    assert refusal(with_header(alg="RS256")) is ReasonCode.KEY_SUITE_MISMATCH
    private = _PRIVATE["ES256"]
    token = oracle.serialize_compact({"alg": "ES256"}, b"payload", private, algorithms=["ES256"])
    assert refusal(token) is ReasonCode.KEY_SUITE_MISMATCH


@pytest.mark.parametrize("algorithm", ["ES256", "ES384", "ES512", "Ed25519"])
def test_a_signature_in_another_form_is_damaged_and_accuses_nobody(algorithm: str) -> None:
    """RFC 7518 §3.4: two numbers side by side. Some software writes DER; that is no changed text."""
    private = _PRIVATE[algorithm]
    token = oracle.serialize_compact({"alg": algorithm}, b"payload", private, algorithms=[algorithm])
    signed, _, encoded = token.rpartition(".")
    raw = base64url_decode(encoded)
    half = len(raw) // 2
    der = encode_dss_signature(int.from_bytes(raw[:half]), int.from_bytes(raw[half:]))
    for other in (der, raw[:-1], raw + b"\0", raw[:1]):
        changed = f"{signed}.{base64url_encode(other)}"
        assert refusal(changed, public(private)) is ReasonCode.PROOF_MALFORMED
    wrong = f"{signed}.{base64url_encode(bytes(len(raw)))}"
    assert refusal(wrong, public(private)) is ReasonCode.SIGNATURE_WRONG


def test_an_rsa_jwk_that_names_one_algorithm_means_it() -> None:
    private = _PRIVATE["PS256"]
    token = oracle.serialize_compact({"alg": "PS256"}, b"payload", private, algorithms=["PS256"])
    jwk = public(private).jwk()
    assert verify_jws(split_jws(token), public_key_from_jwk(jwk | {"alg": "PS256"})).suite == "PS256"
    assert refusal(token, public_key_from_jwk(jwk | {"alg": "RS256"})) is ReasonCode.KEY_SUITE_MISMATCH


def test_a_salt_of_another_length_than_the_hash_is_wrong() -> None:
    """RFC 7518 §3.5: the salt of PSS has the size of the hash."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    key = public_key_from_pem(
        private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    )
    for length, good in ((32, True), (20, False), (0, False)):
        scheme = padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=length)
        signature = private.sign(b"m", scheme, hashes.SHA256())
        if good:
            key.verify("PS256", signature, b"m")
            continue
        with pytest.raises(ProofError) as caught:
            key.verify("PS256", signature, b"m")
        assert caught.value.reason.code is ReasonCode.SIGNATURE_WRONG


def test_a_key_in_the_header_is_not_looked_at() -> None:
    attacker = HolderKey.generate()
    token = sign_jws(b"payload", {"jwk": attacker.public.jwk(), "jku": "https://evil.example/k"}, attacker)
    assert refusal(token) is ReasonCode.SIGNATURE_WRONG
    verify_jws(split_jws(token), attacker.public)


def test_published_tokens(vectors: Path) -> None:
    """A token verifies with one of its issuer's keys exactly where another library says so."""
    known = json.loads((vectors / "offline-map.json").read_text())
    seen = {True: 0, False: 0}
    for entry in json.loads((vectors / "expected.json").read_text()):
        checks = [one["signature_verified"] for one in entry.get("crosscheck") or []]
        token = _token(vectors / entry["path"])
        if token is None or not checks or checks[0] is None:
            continue
        outcomes = [_verifies(token, key) for key in _keys(token, known, vectors)]
        if None in outcomes or not outcomes:
            continue  # an algorithm without code here, or an issuer whose keys nobody has
        assert any(outcomes) is checks[0], entry["path"]
        seen[checks[0]] += 1
    assert seen[True] >= 8
    assert seen[False] >= 1


def _verifies(token: str, key: PublicKey) -> bool | None:
    try:
        verify_jws(split_jws(token), key)
    except ProofUnsupportedError:
        return None
    except ProofError:
        return False
    return True


def _token(path: Path) -> str | None:
    if not path.is_file() or path.suffix in (".png", ".svg"):
        return None
    text = path.read_bytes().decode("utf-8", "replace").strip().strip('"')
    return text if text.startswith("eyJ") and text.count(".") == 2 and "~" not in text else None


def _keys(token: str, known: dict[str, str], vectors: Path) -> list[PublicKey]:
    payload = parse_object(split_jws(token).payload)
    issuer = str(payload.get("iss") or payload.get("issuer") or payload.get("holder")).strip('"')
    if issuer.startswith(("did:key:", "did:jwk:")):
        methods = resolve_pure(issuer).methods
    elif issuer in known:
        document = parse_object((vectors / known[issuer]).read_bytes())
        methods = controller_document(document, address=issuer).methods
    else:
        return []
    return [method.key for method in methods if method.key]
