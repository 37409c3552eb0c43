from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode
from wallet.vault.chunks import CHUNK_BYTES, seal, unseal

KEY = bytes(range(32))
SEALED_BYTES = CHUNK_BYTES + 16


def sealed(content: bytes, piece_bytes: int = 50_000) -> bytes:
    target = io.BytesIO()
    seal((content[at:at + piece_bytes] for at in range(0, len(content), piece_bytes)), target, KEY)
    return target.getvalue()


def unsealed(data: bytes, key: bytes = KEY) -> bytes:
    return b"".join(unseal(io.BytesIO(data), key))


def refused(data: bytes, key: bytes = KEY) -> None:
    with pytest.raises(VaultError) as caught:
        unsealed(data, key)
    assert caught.value.reason.code is ReasonCode.BACKUP_DAMAGED


@pytest.mark.parametrize("length", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES])
def test_what_is_sealed_comes_back(length: int) -> None:
    content = bytes(index % 251 for index in range(length))
    assert unsealed(sealed(content)) == content
    assert unsealed(sealed(content, 7_001)) == content


def test_pieces_cannot_be_cut_moved_doubled_or_added() -> None:
    data = sealed(bytes(3 * CHUNK_BYTES + 100))
    chunks = [data[at:at + SEALED_BYTES] for at in range(0, len(data), SEALED_BYTES)]
    assert len(chunks) == 4
    refused(b"")
    for count in range(1, 4):
        refused(b"".join(chunks[:count]))
    refused(b"".join([chunks[1], chunks[0], *chunks[2:]]))
    refused(b"".join([chunks[0], chunks[0], *chunks[2:]]))
    refused(b"".join([*chunks[:2], chunks[3]]))
    refused(data + b"\0")
    refused(data + chunks[3])
    refused(data[:-1])


def test_a_file_of_another_key_does_not_open() -> None:
    refused(sealed(b"content"), bytes(32))


@given(st.integers(0, 8 * (100 + 16) - 1))
def test_any_flipped_bit_is_noticed(bit: int) -> None:
    data = bytearray(sealed(bytes(100)))
    data[bit // 8] ^= 1 << bit % 8
    refused(bytes(data))


def test_nothing_is_yielded_of_a_first_piece_that_is_not_authentic() -> None:
    data = bytearray(sealed(bytes(2 * CHUNK_BYTES)))
    data[5] ^= 1
    with pytest.raises(VaultError):
        next(unseal(io.BytesIO(bytes(data)), KEY))
