"""Issuers of every whole-document suite that is verified and not signed by the wallet itself.

Each signer is its own issuer (`did:key`, or `did:jwk` for RSA), so that a test needs no evidence. Only the
canonical forms are the wallet's; hashes, signatures and proof values are made here, straight on
`cryptography`. VC-DI-ECDSA §3, VC-DI-EDDSA §3.3, RFC 7797 and the drafts of the old suites.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from tests.simulators.signing import JsonObject, base58, base64url, compact_json, pinned_contexts
from wallet.codec.jcs import canonical_json
from wallet.codec.linked_data.canonical import canonicalise, context_addresses

VC_1 = "https://www.w3.org/2018/credentials/v1"
VC_2 = "https://www.w3.org/ns/credentials/v2"
OB_3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OB_3_V1 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json"
JWS_2020 = "https://w3id.org/security/suites/jws-2020/v1"
DATA_INTEGRITY_V2 = "https://w3id.org/security/data-integrity/v2"
SECURITY_V2 = "https://w3id.org/security/v2"
CREATED = "2026-05-12T09:30:00Z"

#: Suite -> algorithms whose keys may sign it.
DATA_INTEGRITY = {
    "eddsa-jcs-2022": ("EdDSA",), "eddsa-2022": ("EdDSA",), "ecdsa-rdfc-2019": ("ES256", "ES384"),
    "ecdsa-jcs-2019": ("ES256", "ES384"),
}
OLD = {
    "Ed25519Signature2018": ("EdDSA",), "EcdsaSecp256r1Signature2019": ("ES256",),
    "JsonWebSignature2020": ("EdDSA", "ES256", "ES384", "PS256", "RS256"),
}
#: The hash of a suite that neither the key nor SHA-256 decides.
DIGESTS: dict[str, str] = {}
EVERY = [(suite, algorithm) for table in (DATA_INTEGRITY, OLD) for suite in table
         for algorithm in table[suite]]
_CURVES = {"ES256": (ec.SECP256R1(), b"\x80\x24", "P-256"), "ES384": (ec.SECP384R1(), b"\x81\x24", "P-384")}
_HASHES: dict[str, hashes.HashAlgorithm] = {"ES256": hashes.SHA256(), "ES384": hashes.SHA384()}


@dataclass(frozen=True)
class Signer:
    """A key that is its own issuer.

    Attributes:
        algorithm: EdDSA, ES256, ES384, PS256 or RS256.
        seed: What an Ed25519 or elliptic-curve key is made from.
    """

    algorithm: str
    seed: int = 7

    @property
    def did(self) -> str:
        if self.algorithm.endswith("S256") and self.algorithm != "ES256":
            return "did:jwk:" + base64url(compact_json(self.jwk))
        return "did:key:" + self.multibase

    @property
    def method(self) -> str:
        return self.did + ("#0" if self.did.startswith("did:jwk:") else "#" + self.multibase)

    @property
    def multibase(self) -> str:
        if self.algorithm == "EdDSA":
            return "z" + base58(b"\xed\x01" + self._ed25519().public_key().public_bytes_raw())
        point = self._curve_key().public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.CompressedPoint)
        return "z" + base58(_CURVES[self.algorithm][1] + point)

    @property
    def jwk(self) -> JsonObject:
        if self.algorithm == "EdDSA":
            raw = self._ed25519().public_key().public_bytes_raw()
            return {"kty": "OKP", "crv": "Ed25519", "x": base64url(raw)}
        if self.algorithm in _CURVES:
            curve, _, name = _CURVES[self.algorithm]
            point, width = self._curve_key().public_key().public_numbers(), curve.key_size // 8
            return {"kty": "EC", "crv": name, "x": base64url(point.x.to_bytes(width, "big")),
                    "y": base64url(point.y.to_bytes(width, "big"))}
        numbers = _rsa().public_key().public_numbers()
        return {"kty": "RSA", "n": base64url(numbers.n.to_bytes(256, "big")), "e": "AQAB"}

    def sign(self, message: bytes) -> bytes:
        """Sign as JWS and Data Integrity want it: for ECDSA the two numbers side by side."""
        if self.algorithm == "EdDSA":
            return self._ed25519().sign(message)
        if self.algorithm in _CURVES:
            key = self._curve_key()
            r, s = decode_dss_signature(key.sign(message, ec.ECDSA(_HASHES[self.algorithm])))
            width = key.curve.key_size // 8
            return r.to_bytes(width, "big") + s.to_bytes(width, "big")
        if self.algorithm == "RS256":
            return _rsa().sign(message, padding.PKCS1v15(), hashes.SHA256())
        return _rsa().sign(message, padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())

    def _ed25519(self) -> ed25519.Ed25519PrivateKey:
        return ed25519.Ed25519PrivateKey.from_private_bytes(bytes([self.seed]) * 32)

    def _curve_key(self) -> ec.EllipticCurvePrivateKey:
        return ec.derive_private_key(self.seed + 2**200, _CURVES[self.algorithm][0])


@cache
def _rsa() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def badge(signer: Signer, suite: str) -> JsonObject:
    """A small badge of that signer, in the data model and with the contexts that its suite needs."""
    subject = {"id": "did:example:maya", "type": ["AchievementSubject"], "achievement": {
        "id": "urn:uuid:6a1c7b0e-2f0c-4d5e-9a53-0f2f7f7b6a11", "type": ["Achievement"], "name": "Tables",
        "description": "Builds tables", "criteria": {"narrative": "Built three tables"}}}
    common: JsonObject = {
        "id": "urn:uuid:6a1c7b0e-2f0c-4d5e-9a53-0f2f7f7b6a10",
        "type": ["VerifiableCredential", "OpenBadgeCredential"], "name": "Tables",
        "issuer": {"id": signer.did, "type": ["Profile"], "name": "Northbridge University"},
        "credentialSubject": subject}
    if suite in OLD:
        extra = [JWS_2020] if suite == "JsonWebSignature2020" else []
        return {"@context": [VC_1, OB_3_V1, *extra], **common, "issuanceDate": CREATED}
    return {"@context": [VC_2, OB_3], **common, "validFrom": CREATED}


def sealed(document: JsonObject, signer: Signer, suite: str, **options: object) -> JsonObject:
    """The document with one more proof of that suite, sealed over `previousProof` if the options name one."""
    kind: JsonObject = {"type": suite} if suite in OLD else {"type": "DataIntegrityProof",
                                                             "cryptosuite": suite}
    proof: JsonObject = {**kind, "created": CREATED, "verificationMethod": signer.method,
                         "proofPurpose": "assertionMethod", **options}
    before = document.get("proof", [])
    earlier = before if isinstance(before, list) else [before]
    unsecured = {name: value for name, value in document.items() if name != "proof"}
    previous = [one for one in earlier if one.get("id") in options.get("previousProof", [])]  # type: ignore[operator] # a list of ids
    covered = unsecured | ({"proof": previous} if previous else {})
    value = _value(covered, proof, signer, suite)
    member = "jws" if suite in ("Ed25519Signature2018", "JsonWebSignature2020") else "proofValue"
    proofs = [*earlier, proof | {member: value}]
    return unsecured | {"proof": proofs if len(proofs) > 1 else proofs[0]}


def detached(signer: Signer, hashed: bytes, **header: object) -> str:
    """A JWS over raw bytes, without them."""
    encoded = base64url(compact_json({"alg": signer.algorithm, "b64": False, "crit": ["b64"], **header}))
    return f"{encoded}..{base64url(signer.sign(encoded.encode() + b'.' + hashed))}"


def _value(document: JsonObject, proof: JsonObject, signer: Signer, suite: str) -> str:
    curved = "SHA-384" if signer.algorithm == "ES384" and suite in DATA_INTEGRITY else "SHA-256"
    name = DIGESTS.get(suite, curved)
    if suite.split("-")[1:2] == ["jcs"]:
        if "@context" in proof:
            document = document | {"@context": proof["@context"]}
        written = [canonical_json(proof), canonical_json(document)]
    else:
        # Old libraries read the options of the 2018 suite with their own context.
        outer = [SECURITY_V2] if suite == "Ed25519Signature2018" else document["@context"]
        written = [_statements({"@context": outer, **proof}, name), _statements(document, name)]
    hashed = b"".join(hashlib.new(name.replace("-", ""), one).digest() for one in written)
    if suite in ("Ed25519Signature2018", "JsonWebSignature2020"):
        return detached(signer, hashed)
    return "z" + base58(signer.sign(hashed))


def _statements(document: JsonObject, hash_name: str) -> bytes:
    variants = pinned_contexts().variants(context_addresses(document))
    return canonicalise(document, variants[0], algorithm=hash_name)
