"""The import gate: keys that the crypto library accepts and nobody should."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from wallet.keys.gate import (
    P256,
    P384,
    P521,
    ec_key_from_coordinates,
    ec_key_from_point,
    ed25519_key,
    rsa_key,
)
from wallet.model.errors import KeysError
from wallet.model.reasons import ReasonCode

_P = 2**255 - 19
_SMALL_ORDER = (
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
)
_NON_CANONICAL = tuple((_P + small).to_bytes(32, "little").hex() for small in (0, 1, 3, 18))


def refusal(admit: Callable[[], object]) -> ReasonCode:
    with pytest.raises(KeysError) as caught:
        admit()
    return caught.value.reason.code


def test_the_library_alone_would_take_a_key_that_signs_everything() -> None:
    """Why the gate exists: the identity point verifies one signature for every message."""
    identity = Ed25519PublicKey.from_public_bytes(bytes.fromhex(_SMALL_ORDER[0]))
    universal = bytes.fromhex(_SMALL_ORDER[0]) + bytes(32)
    identity.verify(universal, b"any")
    identity.verify(universal, b"thing")


@pytest.mark.parametrize("encoded", _SMALL_ORDER)
def test_small_order_points_are_refused(encoded: str) -> None:
    assert refusal(lambda: ed25519_key(bytes.fromhex(encoded))) is ReasonCode.KEY_WEAK


@pytest.mark.parametrize("encoded", _NON_CANONICAL)
def test_second_encodings_of_a_point_are_refused(encoded: str) -> None:
    assert refusal(lambda: ed25519_key(bytes.fromhex(encoded))) is ReasonCode.KEY_MALFORMED


@given(st.binary(min_size=32, max_size=32))
def test_every_honest_ed25519_key_is_admitted(seed: bytes) -> None:
    raw = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    assert ed25519_key(raw).public_bytes_raw() == raw


def test_points_beside_the_curve_and_wrong_lengths_are_refused() -> None:
    assert refusal(lambda: ed25519_key((2).to_bytes(32, "little"))) is ReasonCode.KEY_MALFORMED
    for size in (0, 31, 33):
        assert refusal(partial(ed25519_key, b"\x05" * size)) is ReasonCode.KEY_MALFORMED


@pytest.mark.parametrize("curve", [P256, P384], ids=lambda curve: curve.name)
def test_a_point_of_the_curve_is_admitted_in_both_forms(curve: ec.EllipticCurve) -> None:
    public = ec.derive_private_key(12345, curve).public_key()
    numbers, width = public.public_numbers(), curve.key_size // 8
    point = public.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    x, y = numbers.x.to_bytes(width), numbers.y.to_bytes(width)
    assert ec_key_from_point(curve, point).public_numbers() == numbers
    assert ec_key_from_coordinates(curve, x, y).public_numbers() == numbers


@pytest.mark.parametrize("curve", [P256, P384], ids=lambda curve: curve.name)
def test_other_points_are_refused(curve: ec.EllipticCurve) -> None:
    public = ec.derive_private_key(12345, curve).public_key()
    numbers, width = public.public_numbers(), curve.key_size // 8
    x, y = numbers.x.to_bytes(width), numbers.y.to_bytes(width)
    whole = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    bad_points = [b"", b"\0", whole, b"\x05" + x, b"\x02" + x[1:], b"\x02" + b"\xff" * width]
    bad_coordinates = [(x, x), (x[1:], y), (b"\0" + x, y), (b"\xff" * width, y), (b"", b"")]
    for point in bad_points:
        assert refusal(partial(ec_key_from_point, curve, point)) is ReasonCode.KEY_MALFORMED
    for pair in bad_coordinates:
        assert refusal(partial(ec_key_from_coordinates, curve, *pair)) is ReasonCode.KEY_MALFORMED


#: SEC 2 §2.4.2, §2.5.1 and §2.6.1, as printed there.
PRIMES = {P256: int("FFFFFFFF00000001" + "0" * 24 + "F" * 24, 16), P521: int("1FF" + "F" * 128, 16),
          P384: int("F" * 63 + "EFFFFFFFF" + "0" * 16 + "F" * 8, 16)}  # fmt: skip


def first_point(curve: ec.EllipticCurve, numbers: Iterable[int]) -> tuple[int, bytes, bytes]:
    """The first of the numbers that is the x of a point, and the point's coordinates."""
    width = (curve.key_size + 7) // 8
    for x in numbers:
        with suppress(ValueError):
            key = ec.EllipticCurvePublicKey.from_encoded_point(curve, b"\x02" + x.to_bytes(width))
            return x, x.to_bytes(width), key.public_numbers().y.to_bytes(width)
    raise AssertionError(curve.name)


@pytest.mark.parametrize("curve", PRIMES, ids=lambda curve: curve.name)
def test_a_coordinate_beyond_the_prime_is_not_reduced(curve: ec.EllipticCurve) -> None:
    """The library takes x + p for x; two encodings of one key are refused here."""
    prime = PRIMES[curve]
    _, last, y = first_point(curve, range(prime - 1, 0, -1))
    assert ec_key_from_coordinates(curve, last, y)
    assert ec_key_from_point(curve, b"\x02" + last)
    least, x, y = first_point(curve, range(99))  # small enough for x + p to fit
    beyond = (least + prime).to_bytes(len(x))
    assert ec_key_from_coordinates(curve, x, y)
    assert refusal(lambda: ec_key_from_coordinates(curve, beyond, y)) is ReasonCode.KEY_MALFORMED
    assert refusal(lambda: ec_key_from_point(curve, b"\x02" + beyond)) is ReasonCode.KEY_MALFORMED


def test_rsa_keys_have_bounds() -> None:
    good = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key().public_numbers()
    assert rsa_key(good.n, good.e).key_size == 2048
    assert refusal(lambda: rsa_key(good.n >> 1, good.e)) is ReasonCode.KEY_WEAK
    assert refusal(lambda: rsa_key(2**1023 + 1, 65537)) is ReasonCode.KEY_WEAK
    assert refusal(lambda: rsa_key(good.n, 3)) is ReasonCode.KEY_WEAK
    assert refusal(lambda: rsa_key(good.n, 1)) is ReasonCode.KEY_WEAK
    assert refusal(lambda: rsa_key(good.n, 2**65 + 1)) is ReasonCode.KEY_MALFORMED
    assert refusal(lambda: rsa_key(good.n, 65538)) is ReasonCode.KEY_MALFORMED
    assert refusal(lambda: rsa_key(2**8192 + 1, 65537)) is ReasonCode.KEY_MALFORMED
    assert rsa_key(2**8191 + 1, 2**63 + 1).key_size == 8192
    assert refusal(lambda: rsa_key(2**8191 + 1, 2**64 + 1)) is ReasonCode.KEY_MALFORMED
    assert refusal(lambda: rsa_key(2**2047 - 1, 65537)) is ReasonCode.KEY_WEAK
    assert refusal(lambda: rsa_key(2**2047 + 1, 65535)) is ReasonCode.KEY_WEAK
