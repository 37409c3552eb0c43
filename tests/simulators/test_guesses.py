"""What is remembered is what the real function returns, and salts come again in the next test only."""

from __future__ import annotations

from typing import Any

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from tests.simulators.guesses import RememberedArgon2id, Salts
from wallet.vault.cipher import SALT_BYTES

_CHEAP: dict[str, Any] = {"length": 32, "iterations": 1, "lanes": 1, "memory_cost": 8}
_SALT = b"0123456789abcdef"


def test_each_guess_is_the_real_one_however_often_it_comes() -> None:
    costs = (_CHEAP, _CHEAP | {"iterations": 2}, _CHEAP | {"memory_cost": 16}, _CHEAP | {"length": 16})
    asked = [(salt, secret, cost)
             for salt in (_SALT, _SALT[::-1]) for secret in (b"one", b"two") for cost in costs]
    real = [Argon2id(salt=salt, **cost).derive(secret) for salt, secret, cost in asked]
    assert len(set(real)) == len(asked)
    for _ in range(2):
        assert [RememberedArgon2id(salt=salt, **cost).derive(bytearray(secret))
                for salt, secret, cost in asked] == real


def test_no_salt_comes_twice_in_a_test_and_the_next_has_the_same() -> None:
    salts = Salts()
    salts.begin()
    first = [salts.urandom(SALT_BYTES) for _ in range(200)]
    assert len(set(first)) == 200
    assert len(salts.urandom(12)) == 12
    salts.begin()
    assert [salts.urandom(SALT_BYTES) for _ in range(3)] == first[:3]
    salts.end()
    assert salts.urandom(SALT_BYTES) not in first
