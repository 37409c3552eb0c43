"""Ed25519 by two libraries: one answer, and it is OpenSSL's, also where the two differ."""

from __future__ import annotations

import hashlib
from typing import Final, TypeAlias

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from wallet.keys import ed25519
from wallet.keys.ed25519 import check_ed25519
from wallet.keys.gate import ed25519_key

Point: TypeAlias = tuple[int, int]

_P: Final = 2**255 - 19
_ORDER: Final = 2**252 + 27742317777372353535851937790883648493
_D: Final = -121665 * pow(121666, -1, _P) % _P
_BASE: Final = (15112221349535400772501151409588531511454012693041857206046113283949847762202,
                46316835694926478169428394003475163141307993866256225615783033603165251855960)
_NEUTRAL: Final = (0, 1)
_SECRET: Final = 0x1234567890ABCDEF1234567890ABCDEF1234567890ABCDEF


def added(one: Point, other: Point) -> Point:
    (x, y), (v, w) = one, other
    both = _D * x * y * v * w % _P
    return ((x * w + y * v) * pow(1 + both, -1, _P) % _P, (y * w + x * v) * pow(1 - both, -1, _P) % _P)


def times(count: int, point: Point) -> Point:
    found = _NEUTRAL
    while count:
        if count & 1:
            found = added(found, point)
        point, count = added(point, point), count >> 1
    return found


def encoded(point: Point) -> bytes:
    return (point[1] | (point[0] & 1) << 255).to_bytes(32, "little")


def point_of_order_8() -> Point:
    y = 2707385501144840649318225287225658788936804267574313519463743609750303402022
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    root = pow(square, (_P + 3) // 8, _P)
    return (root if root * root % _P == square else root * pow(2, (_P - 1) // 4, _P) % _P, y)


_SMALL: Final = point_of_order_8()


def sealed(key: bytes, first: Point, nonce: int, message: bytes) -> bytes:
    """Sign so that the equation holds, but for what is of small order."""
    start = encoded(first)
    challenge = int.from_bytes(hashlib.sha512(start + key + message).digest(), "little")
    return start + ((nonce + challenge * _SECRET) % _ORDER).to_bytes(32, "little")


def by_openssl(key: Ed25519PublicKey, signature: bytes, message: bytes) -> bool:
    try:
        key.verify(signature, message)
    except InvalidSignature:
        return False
    return True


def by_ours(key: Ed25519PublicKey, signature: bytes, message: bytes) -> bool:
    try:
        check_ed25519(key, signature, message)
    except InvalidSignature:
        return False
    return True


@pytest.fixture(autouse=True)
def sodium() -> None:
    if not ed25519._FAST.load():
        pytest.skip("PyNaCl is not installed")


def edge_cases() -> list[tuple[str, bytes, bytes, bytes]]:
    honest = encoded(times(_SECRET, _BASE))
    mixed = encoded(added(times(_SECRET, _BASE), _SMALL))
    found = []
    for number in range(16):
        message = b"message %d" % number
        plain = times(number + 5, _BASE)
        for name, key in (("honest", honest), ("mixed", mixed)):
            found.append((f"{name} key", key, sealed(key, plain, number + 5, message), message))
            for factor in range(8):
                small = times(factor, _SMALL)
                alone = sealed(key, small, 0, message)
                mixture = sealed(key, added(plain, small), number + 5, message)
                found += [(f"{name} key, R of small order {factor}", key, alone, message),
                          (f"{name} key, R of mixed order {factor}", key, mixture, message)]
        good = sealed(honest, plain, number + 5, message)
        grown = (int.from_bytes(good[32:], "little") + _ORDER).to_bytes(32, "little")
        found += [("S + L", honest, good[:32] + grown, message),
                  ("R + p", honest, encoded((0, 1 + _P)) + good[32:], message),
                  ("S of all ones", honest, good[:32] + b"\xff" * 32, message),
                  ("R not on the curve", honest, encoded((0, 2)) + good[32:], message)]
    return found


def test_both_libraries_give_one_verdict_in_every_corner() -> None:
    verdicts = set()
    for name, raw, signature, message in edge_cases():
        key = ed25519_key(raw)
        expected = by_openssl(key, signature, message)
        assert by_ours(key, signature, message) is expected, name
        fast = ed25519._FAST.accepts(key, signature, message)
        assert expected or not fast, name  # it is the stricter one
        verdicts.add((expected, fast))
    assert verdicts == {(True, True), (True, False), (False, False)}


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=200), st.integers(0, 511))
def test_a_seal_holds_and_one_bit_breaks_it(seed: bytes, message: bytes, bit: int) -> None:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    key, signature = private.public_key(), private.sign(message)
    assert by_ours(key, signature, message)
    broken = bytearray(signature)
    broken[bit // 8] ^= 1 << bit % 8
    assert not by_ours(key, bytes(broken), message)
    assert not by_ours(key, signature, message + b"x")


def test_another_width_is_wrong_however_signature_and_message_run_together() -> None:
    private = Ed25519PrivateKey.from_private_bytes(b"7" * 32)
    signature = private.sign(b"message")
    both = signature + b"message"
    for cut in (0, 1, 63, 65, 70):
        assert not by_ours(private.public_key(), both[:cut], both[cut:])


def test_it_is_loaded_when_it_pays_and_missed_by_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    private = Ed25519PrivateKey.from_private_bytes(b"7" * 32)
    key, signature = private.public_key(), private.sign(b"m")
    without = ed25519._Sodium()
    monkeypatch.setattr(ed25519, "_FAST", without)
    for _ in range(7):
        assert by_ours(key, signature, b"m")
    assert not without.accepts(key, signature, b"m")
    assert without.accepts(key, signature, b"m")
