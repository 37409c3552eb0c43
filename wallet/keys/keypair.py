"""Keys: public ones that verify, and the holder's own that signs.

Every public key comes through the gate, whatever its form: multibase, JWK, PEM or raw base58. Which key
belongs to whom is not known here. Specifications: Controlled Identifiers 1.0 §2.2.2, RFC 7517, RFC 7638,
RFC 7518 §3.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from enum import StrEnum, unique
from functools import lru_cache
from typing import Any, Final, Self, TypeAlias

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurve, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from wallet.codec.encoding import (
    base58_decode,
    base58_encode,
    base64url_decode,
    base64url_encode,
    multibase_decode,
    read_multicodec,
    write_multicodec,
)
from wallet.model.credential import JsonObject
from wallet.model.errors import CodecError, KeysError, ProofError
from wallet.model.reasons import ReasonCode, reason

from .gate import (
    P256,
    P384,
    P521,
    bls12_381_g2_key,
    ec_key_from_coordinates,
    ec_key_from_point,
    ed25519_key,
    malformed,
    rsa_key,
)
from .signatures import WIDTHS, NativeKey, algorithms_of, check_signature

_Native: TypeAlias = NativeKey

_MAX_REMEMBERED: Final = 1024  # keys


@unique
class KeyKind(StrEnum):
    """The kinds of key we verify with."""

    ED25519 = "Ed25519"
    P256 = "P-256"
    P384 = "P-384"
    P521 = "P-521"
    RSA = "RSA"
    BLS12_381_G2 = "BLS12-381 G2"  # no algorithm of its own here: its seals are the suites' arithmetic


# Multicodec table: the code in front of a Multikey fixes its type.
_CODE_OF_KIND: Final = {
    KeyKind.ED25519: 0xED,
    KeyKind.P256: 0x1200,
    KeyKind.P384: 0x1201,
    KeyKind.P521: 0x1202,
    KeyKind.BLS12_381_G2: 0xEB,
}
_KIND_OF_CODE: Final = {code: kind for kind, code in _CODE_OF_KIND.items()}
_FOREIGN_CODES: Final = {
    0xE7: "secp256k1",
    0xEC: "X25519",
    0x1205: "RSA",
}
_CURVES: Final[dict[str, tuple[KeyKind, EllipticCurve]]] = {
    "P-256": (KeyKind.P256, P256),
    "P-384": (KeyKind.P384, P384),
    "P-521": (KeyKind.P521, P521),
}
_KIND_OF_CURVE: Final = {curve.name: kind for kind, curve in _CURVES.values()}
_PRIVATE_MEMBERS: Final = ("d", "p", "q", "dp", "dq", "qi", "oth")  # RFC 7518 §6
# What verifies with a key of that kind, and so what its JWK may say it is for.
_ALGORITHMS: Final = {kind: algorithms_of(kind.value) for kind in KeyKind}
_MAX_PEM_CHARS: Final = 16 * 1024


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key that passed the gate.

    Attributes:
        kind: What key it is.
        thumbprint: RFC 7638, SHA-256, base64url: the same key has the same one in every form.
        multibase: As Multikey, "" for RSA.
        algorithm: The one algorithm its JWK allows, "" where it says nothing.
    """

    kind: KeyKind
    thumbprint: str
    multibase: str
    algorithm: str = field(default="", compare=False)
    _members: tuple[tuple[str, str], ...] = field(default=(), repr=False, compare=False)
    _native: _Native | None = field(default=None, repr=False, compare=False)

    def jwk(self) -> JsonObject:
        """Return it as a public JWK with the required members only."""
        return dict(self._members)

    def verify(self, algorithm: str, signature: bytes, message: bytes) -> None:
        """Check a signature.

        Args:
            algorithm: A JWS name, as in `signatures`.
            signature: Raw; for ECDSA the two numbers side by side (IEEE P1363), never DER.
            message: What is signed.

        Raises:
            ProofError: KEY_SUITE_MISMATCH, PROOF_MALFORMED or SIGNATURE_WRONG.
        """
        restricted = self.algorithm not in ("", algorithm) and self.kind is not KeyKind.ED25519
        if algorithm not in _ALGORITHMS[self.kind] or restricted:
            found = self.algorithm or self.kind.value
            raise ProofError(reason(ReasonCode.KEY_SUITE_MISMATCH, algorithm=algorithm, found=found))
        # Cut short, or in DER as some software writes it: no such signature was compared with anything.
        if len(signature) != WIDTHS.get(algorithm, len(signature)):
            raise ProofError(reason(ReasonCode.PROOF_MALFORMED, member="signature"))
        try:
            check_signature(self._native, algorithm, signature, message)
        except InvalidSignature:
            raise ProofError(reason(ReasonCode.SIGNATURE_WRONG, algorithm=algorithm)) from None


@dataclass(frozen=True, slots=True)
class HolderKey:
    """The learner's own Ed25519 key. Its seed is secret: it never appears in a text form of this object."""

    seed: bytes = field(repr=False)
    public: PublicKey

    @classmethod
    def generate(cls) -> Self:
        """Make a new key from the operating system's randomness."""
        return cls.from_seed(Ed25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def from_seed(cls, seed: bytes) -> Self:
        """Take up a key again.

        Raises:
            KeysError: KEY_MALFORMED: the seed has not 32 bytes.
        """
        if len(seed) != 32:
            raise malformed("Ed25519", "seed length")
        return cls(seed, _public(Ed25519PrivateKey.from_private_bytes(seed).public_key()))

    @property
    def did(self) -> str:
        """The key's own identifier, a `did:key`."""
        return f"did:key:{self.public.multibase}"

    @property
    def verification_method(self) -> str:
        """What a proof by this key names."""
        return f"{self.did}#{self.public.multibase}"

    def sign(self, message: bytes) -> bytes:
        """Return the 64 bytes of an Ed25519 signature."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(message)


@lru_cache(maxsize=_MAX_REMEMBERED)
def public_key_from_multibase(text: str) -> PublicKey:
    """Read a Multikey value: `z`, base58, a multicodec prefix, the key.

    What the gate has admitted is remembered: one issuer's key opens many seals.

    Raises:
        KeysError: KEY_MALFORMED, KEY_WEAK or KEY_UNSUPPORTED.
    """
    try:
        code, data = read_multicodec(multibase_decode(text))
    except CodecError:
        raise malformed("Multikey", "encoding") from None
    kind = _KIND_OF_CODE.get(code)
    if kind is None:
        raise KeysError(reason(ReasonCode.KEY_UNSUPPORTED, key=_FOREIGN_CODES.get(code, f"0x{code:x}")))
    if not text.startswith("z"):  # Controlled Identifiers 1.0 §2.2.2: Multikey is base58btc
        raise malformed("Multikey", "base")
    if kind is KeyKind.ED25519:
        return _public(ed25519_key(data))
    if kind is KeyKind.BLS12_381_G2:
        data = bls12_381_g2_key(data)
        return _described(kind, data, {"crv": "BLS12381G2", "kty": "OKP", "x": base64url_encode(data)})
    return _public(ec_key_from_point(_CURVES[kind.value][1], data))


def public_key_from_jwk(jwk: JsonObject) -> PublicKey:
    """Read a public JWK.

    Raises:
        KeysError: KEY_PRIVATE, KEY_MALFORMED, KEY_WEAK or KEY_UNSUPPORTED.
    """
    if any(member in jwk for member in _PRIVATE_MEMBERS):
        raise KeysError(reason(ReasonCode.KEY_PRIVATE, key="JWK"))
    key_type, curve = jwk.get("kty"), jwk.get("crv")
    if key_type == "OKP" and curve == "Ed25519":
        native: _Native = ed25519_key(_member(jwk, "x"))
    elif key_type == "EC" and isinstance(curve, str) and curve in _CURVES:
        native = ec_key_from_coordinates(_CURVES[curve][1], _member(jwk, "x"), _member(jwk, "y"))
    elif key_type == "RSA":
        native = rsa_key(_number(jwk, "n"), _number(jwk, "e"))
    else:
        named = " ".join(text[:20] for text in (key_type, curve) if isinstance(text, str))
        raise KeysError(reason(ReasonCode.KEY_UNSUPPORTED, key=named or "JWK"))
    kind = _kind(native)
    return _public(native, _declared_algorithm(jwk, kind))


def public_key_from_pem(text: str) -> PublicKey:
    """Read a PEM public key (SubjectPublicKeyInfo or PKCS #1).

    Raises:
        KeysError: KEY_PRIVATE, KEY_MALFORMED, KEY_WEAK or KEY_UNSUPPORTED.
    """
    if "PRIVATE KEY" in text:
        raise KeysError(reason(ReasonCode.KEY_PRIVATE, key="PEM"))
    if len(text) > _MAX_PEM_CHARS:
        raise malformed("PEM", "length")
    # Loaded here: it brings every cipher there is.
    from cryptography.hazmat.primitives.serialization import load_pem_public_key  # noqa: PLC0415

    try:
        loaded = load_pem_public_key(text.encode())
    except (ValueError, UnsupportedAlgorithm):
        raise malformed("PEM", "encoding") from None
    if isinstance(loaded, Ed25519PublicKey):
        return _public(ed25519_key(loaded.public_bytes_raw()))
    if isinstance(loaded, RSAPublicKey):
        numbers = loaded.public_numbers()
        return _public(rsa_key(numbers.n, numbers.e))
    if isinstance(loaded, EllipticCurvePublicKey) and loaded.curve.name in _KIND_OF_CURVE:
        return _public(ec_key_from_point(loaded.curve, _compressed(loaded)))
    raise KeysError(reason(ReasonCode.KEY_UNSUPPORTED, key="PEM"))


def public_key_from_base58(text: str) -> PublicKey:
    """Read the 32 raw bytes of an Ed25519 key in base58 (Ed25519VerificationKey2018).

    Raises:
        KeysError: KEY_MALFORMED or KEY_WEAK.
    """
    try:
        return _public(ed25519_key(base58_decode(text)))
    except CodecError:
        raise malformed("Ed25519", "base58") from None


def _public(native: _Native, algorithm: str = "") -> PublicKey:
    kind = _kind(native)
    members: dict[str, str]
    if isinstance(native, Ed25519PublicKey):
        raw = native.public_bytes_raw()
        members = {"crv": kind.value, "kty": "OKP", "x": base64url_encode(raw)}
    elif isinstance(native, EllipticCurvePublicKey):
        raw, numbers, width = _compressed(native), native.public_numbers(), (native.curve.key_size + 7) // 8
        x, y = (base64url_encode(number.to_bytes(width)) for number in (numbers.x, numbers.y))
        members = {"crv": kind.value, "kty": "EC", "x": x, "y": y}
    else:
        raw, rsa = b"", native.public_numbers()
        members = {"e": _unsigned(rsa.e), "kty": "RSA", "n": _unsigned(rsa.n)}
    return _described(kind, raw, members, native, algorithm)


def _described(
    kind: KeyKind, raw: bytes, members: dict[str, str], native: _Native | None = None, algorithm: str = ""
) -> PublicKey:
    # RFC 7638 §3: required members only, sorted, without white space.
    canonical = json.dumps(members, sort_keys=True, separators=(",", ":")).encode()
    thumbprint = base64url_encode(hashlib.sha256(canonical).digest())
    multibase = "z" + base58_encode(write_multicodec(_CODE_OF_KIND[kind], raw)) if raw else ""
    return PublicKey(kind, thumbprint, multibase, algorithm, tuple(members.items()), native)


def _kind(native: _Native) -> KeyKind:
    if isinstance(native, Ed25519PublicKey):
        return KeyKind.ED25519
    if isinstance(native, RSAPublicKey):
        return KeyKind.RSA
    return _KIND_OF_CURVE[native.curve.name]


def _compressed(native: EllipticCurvePublicKey) -> bytes:
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415 - as above
        Encoding,
        PublicFormat,
    )

    return native.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)


def _member(jwk: JsonObject, name: str) -> bytes:
    value: Any = jwk.get(name)
    if not isinstance(value, str):
        raise malformed("JWK", name)
    try:
        return base64url_decode(value)
    except CodecError:
        raise malformed("JWK", name) from None


def _number(jwk: JsonObject, name: str) -> int:
    data = _member(jwk, name)
    if not data or data[0] == 0:  # RFC 7518 §2: Base64urlUInt has no leading zero
        raise malformed("JWK", name)
    return int.from_bytes(data)


def _unsigned(number: int) -> str:
    return base64url_encode(number.to_bytes((number.bit_length() + 7) // 8))


def _declared_algorithm(jwk: JsonObject, kind: KeyKind) -> str:
    """Return the algorithm a JWK allows, and refuse one that says it is not for verifying."""
    if "use" in jwk and jwk["use"] != "sig":
        raise malformed("JWK", "use")
    operations = jwk.get("key_ops", ["verify"])
    if not isinstance(operations, list) or "verify" not in operations:
        raise malformed("JWK", "key_ops")
    algorithm = jwk.get("alg", "")
    if not isinstance(algorithm, str) or (algorithm and algorithm not in _ALGORITHMS[kind]):
        raise malformed("JWK", "alg")
    return algorithm
