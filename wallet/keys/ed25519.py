"""Ed25519: is this signature over these bytes? As fast as it can be told, and as OpenSSL would tell it.

libsodium needs half the time. It is the stricter of the two: it refuses a signature whose first half is a
point of small order, and nothing that OpenSSL refuses is good to it. So its yes is taken, and what it does
not accept is put to OpenSSL, which has the last word. RFC 8032 §5.1.7, without the cofactor. Keys come
through `gate`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_Opened: TypeAlias = Callable[[bytes, bytes], bytes]

_SIGNATURE_BYTES: Final = 64
_PAYS_AFTER: Final = 8  # checks: who asks so often asks on, and then it soon gains more than loading it costs


def check_ed25519(key: Ed25519PublicKey, signature: bytes, message: bytes) -> None:
    """Check a signature.

    Raises:
        InvalidSignature: It is of another width, or not over this message.
    """
    # What is opened is signature and message in one: with another width they would run into each other.
    if len(signature) != _SIGNATURE_BYTES or not _FAST.accepts(key, signature, message):
        key.verify(signature, message)


class _Sodium:
    """libsodium, loaded when it pays; where it is not installed everything else stays the same."""

    __slots__ = ("_checks", "_open", "_refusal")

    def __init__(self) -> None:
        self._checks = 0
        self._open: _Opened | None = None
        self._refusal: type[Exception] = ValueError

    def accepts(self, key: Ed25519PublicKey, signature: bytes, message: bytes) -> bool:
        """Whether it says yes; False says nothing."""
        if self._open is None:
            self._checks += 1
            if self._checks == _PAYS_AFTER:
                self.load()
            return False
        try:
            self._open(signature + message, key.public_bytes_raw())
        except self._refusal:
            return False
        return True

    def load(self) -> bool:
        """Make it ready; return whether it is there."""
        try:
            from nacl.bindings import crypto_sign_open  # noqa: PLC0415 - a single check does without it
            from nacl.exceptions import CryptoError  # noqa: PLC0415
        except ImportError:
            return False
        self._open, self._refusal = crypto_sign_open, CryptoError
        return True


_FAST: Final = _Sodium()
