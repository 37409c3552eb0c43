"""COSE_Sign1 taken apart: one reading, one label, nothing outside what is signed that matters."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.simulators.cose import cbor, cose_sign1
from tests.simulators.signing import SigningKey
from wallet.codec.cose import cose_bytes, looks_like_cose, split_cose
from wallet.model.errors import CodecError
from wallet.model.reasons import ReasonCode

KEY = SigningKey("ES256", "cose")


def refusal(data: bytes) -> ReasonCode:
    with pytest.raises(CodecError) as caught:
        split_cose(cose_bytes(data))
    return caught.value.reason.code


def test_parts_and_what_is_signed() -> None:
    message = split_cose(cose_sign1(b"payload", KEY, "key-1"))
    assert message.protected == {"alg": -7, "cty": "application/vc", "kid": "key-1",
                                 "typ": "application/vc+cose"}
    assert message.payload == b"payload"
    assert message.signing_input.startswith(b"\x84" + cbor("Signature1"))
    assert message.signing_input.endswith(b"\x40\x47payload")


def test_a_text_of_the_same_bytes() -> None:
    data = cose_sign1(b"payload \xff\xfe>?", KEY, "key-1")
    for text in (base64.b64encode(data), base64.urlsafe_b64encode(data),
                 base64.b64encode(data).rstrip(b"="), base64.b64encode(data) + b"\n"):
        assert looks_like_cose(text)
        assert cose_bytes(text) == data
    broken = base64.b64encode(data)[:9] + b" " + base64.b64encode(data)[9:]
    for text in (data.hex().encode(), b"0oR!", broken):
        with pytest.raises(CodecError):
            split_cose(cose_bytes(text))


def test_a_key_name_outside_the_signed_header_is_a_hint() -> None:
    message = split_cose(cose_sign1(b"x", KEY, "", protected={4: None}, unprotected={4: b"key-1"}))
    assert message.protected["kid"] == "key-1"


@pytest.mark.parametrize("changes", [
    {"tag": b""}, {"tag": b"\xd1"},  # COSE_Mac0
    {"protected": {1: None}},
    {"protected": {1: None}, "unprotected": {1: -7}},
    {"unprotected": {1: -7}},
    {"unprotected": {4: b"other"}},
    {"protected": {2: [1]}},
    {"protected": {4: "text"}},
])
def test_a_header_that_could_be_read_two_ways(changes: dict[str, Any]) -> None:
    assert refusal(cose_sign1(b"x", KEY, "key-1", **changes)) is ReasonCode.BAD_COSE
    assert split_cose(cose_sign1(b"x", KEY, "key-1"))


@pytest.mark.parametrize("message", [
    [b"", {}, b"x", b"s"], [cbor({1: -7}), {}, None, b"s"], [cbor({1: -7}), {}, b"", b"s"],
    [cbor({1: -7}), {}, b"x", b""], [cbor({1: -7}), {}, b"x"], [cbor({1: -7}), [], b"x", b"s"],
    [{1: -7}, {}, b"x", b"s"], [cbor({1: -7}), {}, "x", b"s"], {1: 2},
])
def test_another_shape(message: Any) -> None:
    data = b"\xd2" + (cbor(message) if not _has_nil(message) else b"\x84\x43\xa1\x01\x26\xa0\xf6\x41s")
    assert refusal(data) is ReasonCode.BAD_COSE


def _has_nil(message: Any) -> bool:
    return isinstance(message, list) and None in message


def test_the_same_label_twice_and_what_comes_behind() -> None:
    good = cose_sign1(b"x", KEY, "key-1")
    assert refusal(good + b"\0") is ReasonCode.BAD_COSE
    assert refusal(good[:-1]) is ReasonCode.BAD_COSE
    twice = b"\xa2\x01\x26\x01\x26"
    assert refusal(b"\xd2" + cbor([twice, {}, b"x", b"s"])) is ReasonCode.BAD_COSE


@given(st.binary(max_size=60))
def test_any_bytes_end_in_a_reason_or_in_parts(data: bytes) -> None:
    for whole in (data, b"\xd2\x84" + data, b"0oR" + data):
        try:
            split_cose(cose_bytes(whole))
        except CodecError as error:
            assert error.reason.code  # noqa: PT017 - either a reason or nothing, both are right


def test_published_messages(vectors: Path) -> None:
    folder = vectors / "w3c/vc-jose-cose-test-suite/tests/input"
    for name in ("credential-cose-bad-media-type", "presentation-cose-single",
                 "presentation-cose-bad-credential"):
        message = split_cose(cose_bytes((folder / f"{name}.txt").read_bytes()))
        assert message.payload.startswith(b'{"@context"')
        assert message.protected["alg"] in (-7, -35)
