"""Signature algorithms by their JWS names: which kind of key each demands, and its arithmetic.

One line of the table per algorithm. ECDSA signatures are the two numbers side by side at the exact width
of the curve; RSA signatures have the width of the modulus; the salt of PSS has the length of the hash.
Specifications: RFC 7518 §3.3 to §3.5, RFC 8037, RFC 9864. Who owns a key is not known here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS, AsymmetricPadding, PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from .ed25519 import check_ed25519
from .gate import P256, P384, P521

NativeKey: TypeAlias = Ed25519PublicKey | EllipticCurvePublicKey | RSAPublicKey
_Hash: TypeAlias = Callable[[], hashes.HashAlgorithm]
_Padding: TypeAlias = Callable[[hashes.HashAlgorithm], AsymmetricPadding]

_ORDERS: Final = {
    P256.name: 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    P384.name: int(
        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973", 16
    ),
    P521.name: int(
        "01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFA51868783BF2F966B7FCC0148F709A5D0"
        "3BB5C9B8899C47AEBB6FB71E91386409",
        16,
    ),
}


def _pkcs1(_hash: hashes.HashAlgorithm) -> AsymmetricPadding:
    return PKCS1v15()


def _pss(digest: hashes.HashAlgorithm) -> AsymmetricPadding:
    # RFC 7518 §3.5: MGF1 with the same hash, and a salt of exactly the hash's length.
    return PSS(mgf=MGF1(digest), salt_length=PSS.DIGEST_LENGTH)


@dataclass(frozen=True, slots=True)
class Algorithm:
    """One algorithm.

    Attributes:
        key: The kind of key it demands, by `KeyKind`'s value.
        digest: Its hash; None where the signature scheme has its own.
        padding: Of RSA; None for every other.
    """

    key: str
    digest: _Hash | None = None
    padding: _Padding | None = None


#: `Ed25519` is the newer name of `EdDSA` (RFC 9864 §2.2).
ALGORITHMS: Final = MappingProxyType(
    {
        "EdDSA": Algorithm("Ed25519"),
        "Ed25519": Algorithm("Ed25519"),
        "ES256": Algorithm("P-256", hashes.SHA256),
        "ES384": Algorithm("P-384", hashes.SHA384),
        "ES512": Algorithm("P-521", hashes.SHA512),
        "RS256": Algorithm("RSA", hashes.SHA256, _pkcs1),
        "RS384": Algorithm("RSA", hashes.SHA384, _pkcs1),
        "RS512": Algorithm("RSA", hashes.SHA512, _pkcs1),
        "PS256": Algorithm("RSA", hashes.SHA256, _pss),
        "PS384": Algorithm("RSA", hashes.SHA384, _pss),
        "PS512": Algorithm("RSA", hashes.SHA512, _pss),
    }
)

#: How many bytes a signature has, where its algorithm alone fixes that (RFC 7518 §3.4, RFC 8037 §3.1).
WIDTHS: Final = MappingProxyType({"EdDSA": 64, "Ed25519": 64, "ES256": 64, "ES384": 96, "ES512": 132})


def algorithms_of(kind: str) -> frozenset[str]:
    """Return the names of the algorithms that a kind of key verifies."""
    return frozenset(name for name, one in ALGORITHMS.items() if one.key == kind)


def check_signature(native: NativeKey | None, algorithm: str, signature: bytes, message: bytes) -> None:
    """Check a signature with a key of the kind the algorithm demands.

    Raises:
        InvalidSignature: It is of another width, or not over this message.
    """
    one = ALGORITHMS[algorithm]
    if isinstance(native, Ed25519PublicKey):
        check_ed25519(native, signature, message)
    elif isinstance(native, EllipticCurvePublicKey) and one.digest:
        order, width = _ORDERS[native.curve.name], (native.curve.key_size + 7) // 8
        r, s = int.from_bytes(signature[:width]), int.from_bytes(signature[width:])
        if len(signature) != 2 * width or not (0 < r < order and 0 < s < order):
            raise InvalidSignature
        native.verify(encode_dss_signature(r, s), message, ECDSA(one.digest()))
    elif isinstance(native, RSAPublicKey) and one.digest and one.padding:
        if len(signature) != (native.key_size + 7) // 8:
            raise InvalidSignature
        digest = one.digest()
        native.verify(signature, message, one.padding(digest), digest)
    else:
        raise InvalidSignature
