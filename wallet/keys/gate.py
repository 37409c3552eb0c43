"""The import gate: every public key passes one of these checks before anything is verified with it.

The crypto library accepts keys that verify everybody's signature (small-order points), reduces coordinates
that are too large, and takes short RSA keys; here they end. Specifications: RFC 8032 §5.1.3, RFC 7518 §6,
RFC 8725 §3.5, SEC 1 §3.2.2, BBS signatures §4.2.4. Parsing of key documents is in `controller`.
"""

from __future__ import annotations

from typing import Final

from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    SECP384R1,
    SECP521R1,
    EllipticCurve,
    EllipticCurvePublicKey,
    EllipticCurvePublicNumbers,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, RSAPublicNumbers

from wallet.model.errors import KeysError
from wallet.model.reasons import ReasonCode, reason

_P25519: Final = 2**255 - 19
_D25519: Final = -121665 * pow(121666, -1, _P25519) % _P25519
_Y_ORDER_8: Final = 2707385501144840649318225287225658788936804267575313519463743609750303402022
# The y coordinates of the eight points whose order divides 8; each stands for x and -x.
_SMALL_ORDER_Y: Final = frozenset({0, 1, _P25519 - 1, _Y_ORDER_8, _P25519 - _Y_ORDER_8})
_FIELD: Final = {
    "secp256r1": 2**256 - 2**224 + 2**192 + 2**96 - 1,
    "secp384r1": 2**384 - 2**128 - 2**96 + 2**32 - 1,
    "secp521r1": 2**521 - 1,
}
_MIN_RSA_BITS: Final = 2048
_MAX_RSA_BITS: Final = 8192  # larger ones only cost time
_MIN_RSA_EXPONENT: Final = 65537
_MAX_RSA_EXPONENT_BITS: Final = 64

P256: Final = SECP256R1()
P384: Final = SECP384R1()
P521: Final = SECP521R1()


def ed25519_key(data: bytes) -> Ed25519PublicKey:
    """Admit 32 bytes that encode, canonically, a curve point of large order.

    Raises:
        KeysError: KEY_MALFORMED or KEY_WEAK.
    """
    if len(data) != 32:
        raise malformed("Ed25519", "length")
    y = int.from_bytes(data, "little") & ((1 << 255) - 1)
    if y >= _P25519:
        raise malformed("Ed25519", "encoding")
    if y in _SMALL_ORDER_Y:
        raise KeysError(reason(ReasonCode.KEY_WEAK, key="Ed25519", found="small order"))
    # x² = (y² - 1) / (d y² + 1) must be a square, by Euler's criterion.
    square = (y * y - 1) * (_D25519 * y * y + 1) % _P25519
    if pow(square, (_P25519 - 1) // 2, _P25519) != 1:
        raise malformed("Ed25519", "not on the curve")
    return Ed25519PublicKey.from_public_bytes(data)


def ec_key_from_point(curve: EllipticCurve, point: bytes) -> EllipticCurvePublicKey:
    """Admit a compressed point.

    Raises:
        KeysError: KEY_MALFORMED.
    """
    width = (curve.key_size + 7) // 8
    if len(point) != width + 1 or point[0] not in (2, 3) or _too_large(curve, point[1:]):
        raise malformed(curve.name, "point")
    try:
        return EllipticCurvePublicKey.from_encoded_point(curve, point)
    except ValueError:
        raise malformed(curve.name, "not on the curve") from None


def ec_key_from_coordinates(curve: EllipticCurve, x: bytes, y: bytes) -> EllipticCurvePublicKey:
    """Admit two coordinates of exactly the field's width, below the field's prime.

    Raises:
        KeysError: KEY_MALFORMED.
    """
    width = (curve.key_size + 7) // 8
    if len(x) != width or len(y) != width or _too_large(curve, x) or _too_large(curve, y):
        raise malformed(curve.name, "coordinates")
    try:
        return EllipticCurvePublicNumbers(int.from_bytes(x), int.from_bytes(y), curve).public_key()
    except ValueError:
        raise malformed(curve.name, "not on the curve") from None


def bls12_381_g2_key(data: bytes) -> bytes:
    """Admit a compressed point of the right group that is not the neutral one.

    Raises:
        KeysError: KEY_MALFORMED or KEY_WEAK.
    """
    # Few credentials need the curve library: only those load it.
    from py_arkworks_bls12381 import G2Point  # noqa: PLC0415  # lazy on purpose

    try:
        point = G2Point.from_compressed_bytes(data)
    except ValueError:
        raise malformed("BLS12-381 G2", "not in the group") from None
    if point == G2Point.identity():
        raise KeysError(reason(ReasonCode.KEY_WEAK, key="BLS12-381 G2", found="identity"))
    if point.to_compressed_bytes() != data:
        raise malformed("BLS12-381 G2", "encoding")
    return data


def rsa_key(modulus: int, exponent: int) -> RSAPublicKey:
    """Admit an RSA key of at least 2048 bits with an odd exponent of at least 65537.

    Raises:
        KeysError: KEY_WEAK or KEY_MALFORMED.
    """
    if modulus.bit_length() < _MIN_RSA_BITS:
        raise KeysError(reason(ReasonCode.KEY_WEAK, key="RSA", found=f"{modulus.bit_length()} bits"))
    if exponent < _MIN_RSA_EXPONENT:
        raise KeysError(reason(ReasonCode.KEY_WEAK, key="RSA", found=f"exponent {exponent}"))
    if modulus.bit_length() > _MAX_RSA_BITS or exponent.bit_length() > _MAX_RSA_EXPONENT_BITS:
        raise malformed("RSA", "too large")
    try:
        return RSAPublicNumbers(exponent, modulus).public_key()
    except ValueError:
        raise malformed("RSA", "numbers") from None


def malformed(key: str, found: str) -> KeysError:
    """Build the refusal of a key that is not what its form demands."""
    return KeysError(reason(ReasonCode.KEY_MALFORMED, key=key, found=found))


def _too_large(curve: EllipticCurve, coordinate: bytes) -> bool:
    return int.from_bytes(coordinate) >= _FIELD[curve.name]
