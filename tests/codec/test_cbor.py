"""CBOR in one form only: what is written comes back, and every other spelling is refused."""

from __future__ import annotations

from typing import Any

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.codec.cbor import CborValue, decode_any_cbor, decode_cbor, encode_cbor
from wallet.model.errors import CodecError
from wallet.model.limits import MAX_JSON_NODES
from wallet.model.reasons import ReasonCode

_SCALARS = st.integers(0, 2**64 - 1) | st.binary(max_size=300) | st.text(max_size=80)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(_SCALARS, inner, max_size=5),
    max_leaves=12,
)


def depth(value: Any) -> int:
    inner = [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else []
    return 1 + max(map(depth, inner), default=0) if isinstance(value, (dict, list)) else 0


@given(_VALUES)
def test_what_is_written_comes_back_and_another_library_agrees(value: CborValue) -> None:
    data = encode_cbor(value)
    assert cbor2.loads(data) == value
    assert cbor2.dumps(value) == data
    if depth(value) <= 4:
        assert decode_cbor(data) == value


@given(st.binary(max_size=60))
def test_whatever_is_read_has_no_other_spelling(data: bytes) -> None:
    try:
        value = decode_cbor(data)
    except CodecError:  # and nothing else
        return
    assert encode_cbor(value) == data


@pytest.mark.parametrize(
    ("data", "twin"),
    [
        ("1817", "17"),  # a number that fits the first byte
        ("190017", "17"),
        ("1a00000100", "190100"),
        ("1b0000000000000100", "190100"),
        ("5801ff", "41ff"),
        ("780161", "6161"),
        ("9f0102ff", "820102"),
        ("5f41ff41ffff", "42ffff"),
        ("bf0102ff", "a10102"),  # without a length
        ("a201020103", "a201020203"),  # one key twice
        ("c101", "01"),
        ("d84041ff", "41ff"),
        ("d81c80", "80"),
        ("d81d00", "00"),
        ("d823616b", "616b"),  # tags
        ("20", "00"),
        ("f4", "00"),
        ("f6", "00"),
        ("f90000", "00"),
        ("fb0000000000000000", "00"),
        ("61ff", "6161"),  # no UTF-8
        ("0000", "00"),
        ("", "00"),
        ("8201", "8101"),
        ("4241", "4141"),  # too much, too little
        ("9bffffffffffffffff", "80"),
        ("5bffffffffffffffff", "40"),
        ("bbffffffffffffffff", "a0"),
        ("a18001", "a10001"),
        ("a1a001", "a10001"),  # an array or a map as a key
        ("8181818180", "81818180"),
        ("81" * 100_000 + "00", "8100"),  # too deep
    ],
)
def test_other_spellings_are_refused(data: str, twin: str) -> None:
    with pytest.raises(CodecError) as caught:
        decode_cbor(bytes.fromhex(data))
    assert caught.value.reason.code is ReasonCode.BAD_ENCODING
    decode_cbor(bytes.fromhex(twin))


@pytest.mark.parametrize("value", [True, None, 1.5, -1, 2**64, {"a": {1, 2}}, object()])
def test_what_has_no_place_is_not_written(value: Any) -> None:
    with pytest.raises(CodecError) as caught:
        encode_cbor([value])
    assert caught.value.reason.code is ReasonCode.BAD_ENCODING


_ANY = st.recursive(
    st.integers(-(2**64), 2**64 - 1) | st.binary(max_size=40) | st.text(max_size=20) | st.booleans()
    | st.none() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.integers(-9, 2**17) | st.text(max_size=9), inner, max_size=4),
    max_leaves=12,
)


@given(_ANY, st.booleans())
def test_any_form_is_read_as_another_library_wrote_it(value: Any, canonical: bool) -> None:
    if depth(value) <= 4:
        assert decode_any_cbor(cbor2.dumps(value, canonical=canonical)) == value


@given(st.binary(max_size=60))
def test_what_is_read_in_any_form_another_library_reads_so(data: bytes) -> None:
    try:
        value = decode_any_cbor(data)
    except CodecError:  # and nothing else
        return
    assert cbor2.loads(data) == value


@pytest.mark.parametrize(("data", "value"), [
    ("1817", 23), ("1b0000000000000001", 1), ("5801ff", b"\xff"), ("9f0102ff", [1, 2]), ("9fff", []),
    ("5f41ff41ffff", b"\xff\xff"), ("7f6161626262ff", "abb"), ("bf0102ff", {1: 2}),
    ("bf6161f5ff", {"a": True}), ("20", -1), ("f4", False), ("f6", None), ("f93c00", 1.0),
    ("fa47c35000", 100000.0),
    ("fb41d2000000000000", 1207959552.0)])
def test_each_other_form(data: str, value: object) -> None:
    assert decode_any_cbor(bytes.fromhex(data)) == value


@pytest.mark.parametrize("data", [
    "a201020103", "a2010218 0103", "bf01020103ff",  # one key twice, however it is written
    "a1f501", "a1f601", "a1f93c0001", "a1410101", "a18001",  # no name for anything
    "c101", "d84041ff", "d81c80",  # tags
    "f7", "f820", "f97c00", "f97e00", "fb7ff0000000000000",  # undefined, and numbers that are none
    "ff", "9f01", "bf01ff", "5f6161ff", "7f4161ff", "5f5f41ffffff", "1f", "3f", "1c", "61ff", "7f61ffff",
    "0000", "", "8181818180", "9f9f9f9f9fffffffffff", "9bffffffffffffffff", "5bffffffffffffffff"])
def test_what_has_no_reading_in_any_form(data: str) -> None:
    with pytest.raises(CodecError) as caught:
        decode_any_cbor(bytes.fromhex(data))
    assert caught.value.reason.code is ReasonCode.BAD_ENCODING


@pytest.mark.parametrize(("start", "small"), [
    (b"\x9f", b"\x80"), (b"\x9f", b"\x00"), (b"\x5f", b"\x40")], ids=["arrays", "numbers", "pieces of bytes"])
def test_a_file_of_small_values_is_not_built(start: bytes, small: bytes) -> None:
    """Each byte of 16 MiB became an object: two GB and most of a minute for whoever was sent such a file."""
    decode_any_cbor(start + small * (MAX_JSON_NODES - 1) + b"\xff")
    with pytest.raises(CodecError) as caught:
        decode_any_cbor(start + small * MAX_JSON_NODES + b"\xff")
    assert caught.value.reason.code is ReasonCode.BAD_ENCODING
