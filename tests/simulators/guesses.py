"""Argon2id as it is, each guess computed once in a process: tests try the same passphrases again and again.

Nothing is made cheaper: the first time, the real function runs at the real cost. The salts that a test makes
are random to the vault, but the same series in each test, so that what one test has computed serves the next.
"""

from __future__ import annotations

import os

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from wallet.vault.cipher import SALT_BYTES

_SERIES = [os.urandom(SALT_BYTES) for _ in range(64)]
_COMPUTED: dict[tuple[bytes | int, ...], bytes] = {}


class RememberedArgon2id:
    """What `Argon2id` is, with a memory."""

    def __init__(self, *, salt: bytes, length: int, iterations: int, lanes: int, memory_cost: int) -> None:
        self._kdf = Argon2id(salt=salt, length=length, iterations=iterations, lanes=lanes,
                             memory_cost=memory_cost)
        self._given = (salt, length, iterations, lanes, memory_cost)

    def derive(self, secret: bytes | bytearray) -> bytes:
        """Return what the real function returns."""
        asked = (bytes(secret), *self._given)
        if asked not in _COMPUTED:
            _COMPUTED[asked] = self._kdf.derive(bytes(secret))
        return _COMPUTED[asked]


class Salts:
    """What `os.urandom` is; within a test, what is as long as a salt comes from the series, each once."""

    def __init__(self) -> None:
        self._left: list[bytes] = []

    def begin(self) -> None:
        """Begin the series: each test has all of it, and no salt twice."""
        self._left = _SERIES[::-1]

    def end(self) -> None:
        """Give random salts only: what serves many tests is made between them."""
        self._left = []

    def urandom(self, size: int) -> bytes:
        """Return bytes that this program never had, or a salt that this test never had."""
        return self._left.pop() if size == SALT_BYTES and self._left else os.urandom(size)
