"""Bytes under a bound, packed and unpacked."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.model.network import FetchOutcome
from wallet.model.reasons import ReasonCode
from wallet.net.body import Body
from wallet.net.fetch import FetchError


def read(pieces: list[bytes], limit: int = 1000, encoding: str = "", length: str = "") -> bytes:
    body = Body("uni.example", limit, encoding, length)
    for piece in pieces:
        body.feed(piece)
    return body.finish()


def refused(pieces: list[bytes], limit: int = 1000, encoding: str = "", length: str = "") -> ReasonCode:
    with pytest.raises(FetchError) as caught:
        read(pieces, limit, encoding, length)
    return caught.value.reason.code


def test_the_bound_is_exact() -> None:
    assert read([b"a" * 600, b"b" * 400]) == b"a" * 600 + b"b" * 400
    assert refused([b"a" * 600, b"b" * 401]) is ReasonCode.ANSWER_TOO_LARGE
    assert read([gzip.compress(b"a" * 1000)], encoding="gzip") == b"a" * 1000
    assert refused([gzip.compress(b"a" * 1001)], encoding="gzip") is ReasonCode.ANSWER_TOO_LARGE


def test_a_bomb_ends_at_the_bound() -> None:
    bomb = gzip.compress(bytes(64 << 20))
    assert len(bomb) < 100_000
    assert refused([bomb], 100_000, "gzip") is ReasonCode.ANSWER_TOO_LARGE
    assert refused([bomb[at:at + 10] for at in range(0, 5000, 10)], 100_000, "gzip") \
        is ReasonCode.ANSWER_TOO_LARGE


def test_an_announced_size_is_believed_against_the_host() -> None:
    with pytest.raises(FetchError) as caught:
        Body("uni.example", 1000, "", "1001")
    assert caught.value.outcome is FetchOutcome.TOO_LARGE
    assert caught.value.reason["limit"] == "1000"
    assert read([b"x"], length="1000") == b"x"
    assert refused([], length="9" * 5000) is ReasonCode.ANSWER_TOO_LARGE


@pytest.mark.parametrize("encoding", ["br", "deflate", "zstd", "gzip, gzip", "identity, gzip", "compress"])
def test_an_encoding_nobody_asked_for_is_damage(encoding: str) -> None:
    assert refused([b"x"], encoding=encoding) is ReasonCode.ANSWER_BROKEN


@pytest.mark.parametrize("encoding", ["", "identity", "Identity "])
def test_plain_stays_plain(encoding: str) -> None:
    assert read([b"x"], encoding=encoding) == b"x"


def test_packed_data_is_whole_and_single() -> None:
    packed = gzip.compress(b"document")
    assert read([packed], encoding=" X-GZIP") == b"document"
    assert read([], encoding="gzip") == b""
    for wrong in (packed[:-1], packed[:5], packed + b"x", packed + packed, b"plain", packed[:-8] + bytes(8)):
        assert refused([wrong], encoding="gzip") is ReasonCode.ANSWER_BROKEN
    assert refused([packed, b"x"], encoding="gzip") is ReasonCode.ANSWER_BROKEN


@given(st.binary(max_size=1000), st.integers(1, 50))
def test_pieces_do_not_matter(data: bytes, size: int) -> None:
    packed = gzip.compress(data)
    assert read([data[at:at + size] for at in range(0, len(data), size)]) == data
    assert read([packed[at:at + size] for at in range(0, len(packed), size)], 1100, "gzip") == data


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        unpacked = read([data], 100, "gzip")
    except FetchError:
        return
    assert len(unpacked) <= 100
