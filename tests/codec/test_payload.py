"""The compact payload: it holds the exact bytes, is worth it, and never inflates without end."""

from __future__ import annotations

import json
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.documents import badge, presentation
from wallet.codec.dictionary import DICTIONARIES
from wallet.codec.payload import VERSION, decode_payload, encode_payload
from wallet.model.errors import CodecError
from wallet.model.limits import MAX_PAYLOAD_BYTES
from wallet.model.reasons import ReasonCode


def _refused(payload: bytes) -> tuple[ReasonCode, str]:
    with pytest.raises(CodecError) as caught:
        decode_payload(payload)
    return caught.value.reason.code, caught.value.reason["found"]


@given(st.binary(max_size=4096))
def test_decoding_gives_back_exactly_what_was_encoded(data: bytes) -> None:
    assert decode_payload(encode_payload(data)) == data


def test_the_dictionary_makes_a_presentation_less_than_half_of_plain_deflate() -> None:
    data = json.dumps(presentation(badge()), separators=(",", ":")).encode()
    assert len(encode_payload(data)) < len(zlib.compress(data, 9)) * 0.6
    assert len(encode_payload(data)) < len(data) / 3


def test_a_payload_without_a_dictionary_is_read_too() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    assert decode_payload(bytes((VERSION, 0)) + packer.compress(b"{}") + packer.flush()) == b"{}"


def test_an_unknown_version_or_dictionary_is_named() -> None:
    good = encode_payload(b"{}")
    assert _refused(bytes((VERSION + 1,)) + good[1:]) == (ReasonCode.BAD_ENCODING, "version")
    assert _refused(good[:1] + bytes((max(DICTIONARIES) + 1,)) + good[2:]) == (
        ReasonCode.BAD_ENCODING,
        "dictionary",
    )
    assert _refused(good[:2]) == (ReasonCode.BAD_ENCODING, "length")


def test_a_cut_payload_and_one_with_something_behind_it_are_refused() -> None:
    good = encode_payload(b"a text long enough to be cut")
    assert _refused(good[:-3]) == (ReasonCode.BAD_ENCODING, "deflate")
    assert _refused(good + b"x") == (ReasonCode.BAD_ENCODING, "deflate")
    assert decode_payload(good) == b"a text long enough to be cut"


def test_a_bomb_stops_at_the_bound_and_the_bound_itself_passes() -> None:
    assert len(decode_payload(encode_payload(bytes(MAX_PAYLOAD_BYTES)))) == MAX_PAYLOAD_BYTES
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = bytes((VERSION, 0)) + packer.compress(bytes(MAX_PAYLOAD_BYTES + 1)) + packer.flush()
    assert len(bomb) < 10_000
    assert _refused(bomb)[0] is ReasonCode.LIMIT_BYTES


def test_nothing_is_written_that_no_reader_would_take() -> None:
    with pytest.raises(CodecError) as caught:
        encode_payload(bytes(MAX_PAYLOAD_BYTES + 1))
    assert caught.value.reason.code is ReasonCode.LIMIT_BYTES


@given(st.binary(max_size=200))
def test_arbitrary_bytes_end_in_a_named_error_or_in_bounded_bytes(data: bytes) -> None:
    with suppress(CodecError):
        assert len(decode_payload(data)) <= MAX_PAYLOAD_BYTES
