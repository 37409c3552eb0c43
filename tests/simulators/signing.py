"""Keys and signatures of the simulated issuer: Ed25519, P-256 and RSA, straight on `cryptography`.

Apart from canonicalisation nothing here is the wallet's own signing code, so a mistake there cannot hide
behind the same mistake here. VC-DI-EDDSA 1.0 §3.2, Ed25519Signature2020, RFC 7515.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from wallet.codec.linked_data.canonical import canonicalise, context_addresses
from wallet.codec.linked_data.contexts import Contexts

JsonObject = dict[str, Any]
ASSETS = Path(__file__).resolve().parents[2] / "assets"
PrivateKey = ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def base58(data: bytes) -> str:
    """Base58 in the Bitcoin alphabet."""
    number, text = int.from_bytes(data, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        text = _ALPHABET[digit] + text
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + text


def base64url(data: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def compact_json(value: object) -> bytes:
    """JSON as an issuer writes it: UTF-8, no spaces, the order kept."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


@cache
def pinned_contexts() -> Contexts:
    """The contexts the program ships with."""
    return Contexts.pinned(ASSETS / "contexts")


@cache
def _rsa_key(_seed: str) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One key of an issuer.

    Attributes:
        algorithm: `EdDSA`, `ES256` or `RS256`.
        seed: What an Ed25519 or P-256 key is made from; RSA keys are new in every process.
    """

    algorithm: str
    seed: str

    @property
    def private(self) -> PrivateKey:
        digest = hashlib.sha256(f"simulated issuer key: {self.seed}".encode()).digest()
        if self.algorithm == "EdDSA":
            return ed25519.Ed25519PrivateKey.from_private_bytes(digest)
        if self.algorithm == "ES256":
            secret = int.from_bytes(digest, "big") % (_P256_ORDER - 1) + 1
            return ec.derive_private_key(secret, ec.SECP256R1())
        return _rsa_key(self.seed)

    def sign(self, message: bytes) -> bytes:
        """Sign in the form JWS and Data Integrity want (P-256: r and s, not DER)."""
        private = self.private
        if isinstance(private, ed25519.Ed25519PrivateKey):
            return private.sign(message)
        if isinstance(private, ec.EllipticCurvePrivateKey):
            r, s = decode_dss_signature(private.sign(message, ec.ECDSA(hashes.SHA256())))
            return r.to_bytes(32, "big") + s.to_bytes(32, "big")
        return private.sign(message, padding.PKCS1v15(), hashes.SHA256())

    @property
    def multibase(self) -> str:
        """The public key as Multikey text; an RSA key has none."""
        public = self.private.public_key()
        if isinstance(public, ed25519.Ed25519PublicKey):
            raw = public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
            return "z" + base58(b"\xed\x01" + raw)
        if isinstance(public, ec.EllipticCurvePublicKey):
            point = public.public_bytes(
                serialization.Encoding.X962, serialization.PublicFormat.CompressedPoint)
            return "z" + base58(b"\x80\x24" + point)
        return ""

    @property
    def jwk(self) -> JsonObject:
        """The public key as JWK."""
        public = self.private.public_key()
        if isinstance(public, ed25519.Ed25519PublicKey):
            raw = public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
            return {"kty": "OKP", "crv": "Ed25519", "x": base64url(raw)}
        if isinstance(public, ec.EllipticCurvePublicKey):
            point = public.public_numbers()
            return {"kty": "EC", "crv": "P-256", "x": base64url(point.x.to_bytes(32, "big")),
                    "y": base64url(point.y.to_bytes(32, "big"))}
        assert isinstance(public, rsa.RSAPublicKey)
        numbers = public.public_numbers()
        return {"kty": "RSA", "n": base64url(numbers.n.to_bytes(256, "big")), "e": "AQAB"}


def embed_proof(
    document: JsonObject, key: SigningKey, *, suite: str, method: str, created: str,
    purpose: str = "assertionMethod", options: JsonObject | None = None,
) -> JsonObject:
    """Add one Data Integrity proof: `eddsa-rdfc-2022` or `Ed25519Signature2020`."""
    kind = ({"type": "DataIntegrityProof", "cryptosuite": suite} if suite == "eddsa-rdfc-2022"
            else {"type": suite})
    proof: JsonObject = {**kind, "created": created, "verificationMethod": method,
                         "proofPurpose": purpose, **(options or {})}
    unsigned = {name: value for name, value in document.items() if name != "proof"}
    signed = _hash({"@context": document["@context"], **proof}) + _hash(unsigned)
    proof["proofValue"] = "z" + base58(key.sign(signed))
    return {**unsigned, "proof": proof}


def _hash(document: JsonObject) -> bytes:
    variants = pinned_contexts().variants(context_addresses(document))
    return hashlib.sha256(canonicalise(document, variants[0])).digest()


def compact_jws(payload: JsonObject, key: SigningKey, header: JsonObject) -> bytes:
    """Sign a compact JWS over the payload as JSON."""
    head = base64url(compact_json({"alg": key.algorithm, **header}))
    signing_input = f"{head}.{base64url(compact_json(payload))}".encode()
    return signing_input + b"." + base64url(key.sign(signing_input)).encode()
