"""Authenticated chunks: a stream of bytes as AES-256-GCM pieces of 64 KiB that cannot be cut or reordered.

Each nonce is a counter of 11 bytes and one byte that says whether this is the last piece, so a missing,
doubled, moved or appended piece fails like an altered one. The key belongs to one file only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode, reason

CHUNK_BYTES: Final = 64 * 1024
_TAG_BYTES: Final = 16


def seal(source: Iterator[bytes], target: BinaryIO, key: bytes) -> None:
    """Write everything `source` yields into `target`, in chunks."""
    cipher = AESGCM(key)
    counter, held = 0, b""
    for piece in source:
        held = held + piece if held else piece
        while len(held) > CHUNK_BYTES:  # more is coming, so this one is not the last
            whole, held = held[:CHUNK_BYTES], held[CHUNK_BYTES:]
            target.write(cipher.encrypt(_nonce(counter, last=False), whole, None))
            counter += 1
    target.write(cipher.encrypt(_nonce(counter, last=True), held, None))


def unseal(source: BinaryIO, key: bytes) -> Iterator[bytes]:
    """Yield the content again; what has been yielded is authentic, what follows may still turn out not to be.

    Raises:
        VaultError: BACKUP_DAMAGED.
    """
    cipher = AESGCM(key)
    counter, sealed = 0, _read(source)
    while sealed:
        following = _read(source)
        try:
            yield cipher.decrypt(_nonce(counter, last=not following), sealed, None)
        except InvalidTag:
            raise VaultError(reason(ReasonCode.BACKUP_DAMAGED, what="content")) from None
        counter, sealed = counter + 1, following
    if counter == 0:
        raise VaultError(reason(ReasonCode.BACKUP_DAMAGED, what="content"))


def _read(source: BinaryIO) -> bytes:
    try:
        return source.read(CHUNK_BYTES + _TAG_BYTES)
    except OSError:
        raise VaultError(reason(ReasonCode.BACKUP_DAMAGED, what="unreadable")) from None


def _nonce(counter: int, *, last: bool) -> bytes:
    return counter.to_bytes(11) + (b"\x01" if last else b"\x00")
