"""Every algorithm by its own arithmetic: the width of a signature is part of it."""

from __future__ import annotations

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from wallet.keys.keypair import KeyKind
from wallet.keys.signatures import ALGORITHMS, NativeKey, algorithms_of, check_signature

CURVES: dict[str, tuple[ec.EllipticCurve, hashes.HashAlgorithm, int]] = {
    "ES256": (ec.SECP256R1(), hashes.SHA256(), 32),
    "ES384": (ec.SECP384R1(), hashes.SHA384(), 48),
    "ES512": (ec.SECP521R1(), hashes.SHA512(), 66),
}


def holds(key: NativeKey | None, algorithm: str, signature: bytes, message: bytes = b"m") -> bool:
    try:
        check_signature(key, algorithm, signature, message)
    except InvalidSignature:
        return False
    return True


@pytest.mark.parametrize("algorithm", list(CURVES))
def test_two_numbers_side_by_side_at_the_exact_width(algorithm: str) -> None:
    curve, digest, width = CURVES[algorithm]
    private = ec.derive_private_key(7, curve)
    der = private.sign(b"m", ec.ECDSA(digest))
    r, s = decode_dss_signature(der)
    good = r.to_bytes(width) + s.to_bytes(width)
    assert holds(private.public_key(), algorithm, good)
    assert not holds(private.public_key(), algorithm, good, b"n")
    for bad in (der, b"\0" + good, good + b"\0", good[1:], r.to_bytes(width + 1) + s.to_bytes(width + 1),
                bytes(2 * width), good[:width] + bytes(width), b"\xff" * (2 * width)):
        assert not holds(private.public_key(), algorithm, bad)


def test_a_hash_of_another_algorithm_is_wrong() -> None:
    private = ec.derive_private_key(7, ec.SECP384R1())
    r, s = decode_dss_signature(private.sign(b"m", ec.ECDSA(hashes.SHA256())))
    assert not holds(private.public_key(), "ES384", r.to_bytes(48) + s.to_bytes(48))


def test_no_key_and_a_key_of_another_kind_verify_nothing() -> None:
    private = Ed25519PrivateKey.generate()
    signature = private.sign(b"m")
    assert holds(private.public_key(), "EdDSA", signature)
    assert not holds(None, "EdDSA", signature)
    assert not holds(ec.derive_private_key(7, ec.SECP256R1()).public_key(), "EdDSA", signature)


def test_every_algorithm_has_one_kind_of_key() -> None:
    kinds = [kind.value for kind in KeyKind]
    assert {one.key for one in ALGORITHMS.values()} <= set(kinds)
    assert sum(len(algorithms_of(kind)) for kind in kinds) == len(ALGORITHMS)
    assert algorithms_of("P-521") == {"ES512"}
