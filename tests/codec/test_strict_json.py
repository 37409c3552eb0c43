"""JSON under the limits: what Python reads too generously ends with a reason."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.codec.linked_data.quads import literal
from wallet.codec.strict_json import (
    check_credential,
    dump_json,
    has_plain_texts,
    kind_of,
    parse_json,
    parse_object,
    starts_with_bom,
)
from wallet.model.errors import CodecError
from wallet.model.limits import (
    MAX_CREDENTIAL_BYTES,
    MAX_DATA_URI_CHARS,
    MAX_JSON_DEPTH,
    MAX_JSON_NODES,
    MAX_STRING_CHARS,
)
from wallet.model.reasons import ReasonCode

_SCALARS = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=8)
_TREES = st.recursive(
    _SCALARS | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


def refusal(data: bytes, **limits: int) -> ReasonCode:
    with pytest.raises(CodecError) as caught:
        parse_json(data, **limits)
    return caught.value.reason.code


@given(_TREES)
def test_what_is_written_comes_back(value: Any) -> None:
    assert parse_json(dump_json(value)) == value


@given(st.binary(max_size=60) | st.text('{}[]",:\\u0aeE1-.tfn \u201c', max_size=40).map(str.encode))
def test_no_bytes_end_in_another_error(data: bytes) -> None:
    try:
        value = parse_json(data)
    except CodecError:
        return
    assert value == json.loads(data.removeprefix(b"\xef\xbb\xbf"))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", ReasonCode.EMPTY_FILE),
        (b" \n", ReasonCode.EMPTY_FILE),
        (b"\xef\xbb\xbf", ReasonCode.EMPTY_FILE),
        (b'{"a":1,"a":2}', ReasonCode.DUPLICATE_KEY),
        (b'{"issuer":1,"\\u0069ssuer":2}', ReasonCode.DUPLICATE_KEY),
        (b'{"proof":{"a":1,"a":1}}', ReasonCode.DUPLICATE_KEY),
        (b"[NaN]", ReasonCode.BAD_NUMBER),
        (b"[-Infinity]", ReasonCode.BAD_NUMBER),
        (b"[1e999]", ReasonCode.BAD_NUMBER),
        (b"[9007199254740992]", ReasonCode.UNSAFE_INTEGER),
        (b"[-9007199254740992]", ReasonCode.UNSAFE_INTEGER),
        (b"[" + b"1" * 5_000 + b"]", ReasonCode.UNSAFE_INTEGER),
        (b'["\\ud800"]', ReasonCode.LONE_SURROGATE),
        (b'{"\\udc00":1}', ReasonCode.LONE_SURROGATE),
        (b'"\xed\xa0\x80"', ReasonCode.NOT_UTF8),
        (b'"\xc0\xaf"', ReasonCode.NOT_UTF8),
        ('"ü"'.encode("latin-1"), ReasonCode.NOT_UTF8),
        ('{"a":1}'.encode("utf-16"), ReasonCode.NOT_UTF8),
        ('{"a":1}'.encode("utf-16-le"), ReasonCode.NOT_JSON),
        ("{“a”:1}".encode(), ReasonCode.SMART_QUOTES),
        (b'{"a":1} {"b":2}', ReasonCode.TRAILING_DATA),
        (b"callback({})", ReasonCode.NOT_JSON),
        (b'{"a":"\n"}', ReasonCode.NOT_JSON),
        (b"\0{}", ReasonCode.NOT_JSON),
        (b'{"a":1,}', ReasonCode.NOT_JSON),
        (b"\xef\xbb\xbf\xef\xbb\xbf{}", ReasonCode.NOT_JSON),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_refused_with_its_reason(data: bytes, code: ReasonCode) -> None:
    assert refusal(data) is code


def test_one_byte_order_mark_is_skipped_and_can_be_noted() -> None:
    assert parse_json(b'\xef\xbb\xbf{"a":-9007199254740991}') == {"a": -9007199254740991}
    assert starts_with_bom(b"\xef\xbb\xbf{}")
    assert not starts_with_bom(b"{}")


def test_a_pair_of_surrogates_is_one_character() -> None:
    assert parse_json(b'["\\ud83c\\udf93"]') == ["🎓"]


@pytest.mark.parametrize("depth", [MAX_JSON_DEPTH - 1, MAX_JSON_DEPTH])
def test_depth_up_to_the_limit(depth: int) -> None:
    assert parse_json(b"[" * depth + b"]" * depth) is not None
    assert parse_json(b'{"a":' * depth + b"1" + b"}" * depth) is not None


@pytest.mark.parametrize("depth", [MAX_JSON_DEPTH + 1, 300, 100_000])
def test_depth_beyond_the_limit(depth: int) -> None:
    assert refusal(b"[" * depth + b"]" * depth) is ReasonCode.LIMIT_DEPTH
    assert refusal(b'{"[":' * depth + b"1" + b"}" * depth) is ReasonCode.LIMIT_DEPTH


def test_brackets_inside_texts_are_no_depth() -> None:
    assert parse_json(json.dumps(["[" * 100, '"' + "{" * 100, "\\" + "[" * 50]).encode())


@pytest.mark.parametrize(("count", "passes"), [(MAX_JSON_NODES, True), (MAX_JSON_NODES + 1, False)])
def test_the_number_of_values_is_bounded(count: int, passes: bool) -> None:
    for data in (b"[" + b",".join([b"1"] * count) + b"]", b"[" + b",".join([b"[]"] * count) + b"]"):
        if passes:
            assert len(parse_json(data)) == count
        else:
            assert refusal(data) is ReasonCode.LIMIT_NODES


def test_keys_count_as_values_do() -> None:
    data = json.dumps({str(number): 0 for number in range(6)}).encode()
    assert parse_json(data, max_nodes=12)
    assert refusal(data, max_nodes=11) is ReasonCode.LIMIT_NODES


@pytest.mark.parametrize(
    ("prefix", "limit"), [
        ("", MAX_STRING_CHARS), ("data:image/png;base64,", MAX_DATA_URI_CHARS),
        ("iVBORw0KGgo", MAX_DATA_URI_CHARS), ("/9j/", MAX_DATA_URI_CHARS), ("iVBORw", MAX_STRING_CHARS)]
)
def test_texts_are_bounded_and_pictures_have_a_bound_of_their_own(prefix: str, limit: int) -> None:
    fits = json.dumps([prefix + "A" * (limit - len(prefix))]).encode()
    assert parse_json(fits)
    assert refusal(fits.replace(b"A", b"AA", 1)) is ReasonCode.LIMIT_STRING


def test_bytes_are_bounded() -> None:
    assert parse_json(b"[1]", max_bytes=3) == [1]
    assert refusal(b"[1 ]", max_bytes=3) is ReasonCode.LIMIT_BYTES


def test_an_unfinished_text_of_escapes_costs_linear_time() -> None:
    assert refusal(b'"' + b'\\"' * 3_000_000) is ReasonCode.NOT_JSON  # or else it would take hours


def test_an_object_is_asked_for() -> None:
    assert parse_object(b'{"a":1}') == {"a": 1}
    with pytest.raises(CodecError) as caught:
        parse_object(b"[1]")
    assert caught.value.reason["found"] == "array"


def test_a_credential_inside_a_pack_is_bounded_alone_and_its_picture_is_free() -> None:
    picture = "data:image/png;base64," + "A" * MAX_CREDENTIAL_BYTES
    check_credential({"name": "x", "image": picture})
    long = "ä" * (MAX_CREDENTIAL_BYTES // 8)
    check_credential({"a": long})
    with pytest.raises(CodecError) as caught:
        check_credential({"a": [long] * 5})
    assert caught.value.reason.code is ReasonCode.LIMIT_BYTES
    with pytest.raises(CodecError) as caught:
        check_credential({"a": [0] * MAX_JSON_NODES})
    assert caught.value.reason.code is ReasonCode.LIMIT_NODES


@pytest.mark.parametrize(
    ("value", "kind"),
    [(None, "null"), (True, "boolean"), (1.5, "number"), ("", "string"), ([], "array"), ({}, "object")],
)
def test_kinds_have_names(value: Any, kind: str) -> None:
    assert kind_of(value) == kind


@given(st.dictionaries(st.text(max_size=4), st.text(max_size=8), max_size=3), st.booleans())
def test_where_texts_are_said_to_be_plain_none_is_escaped(members: dict[str, str], short: bool) -> None:
    text = json.dumps(members, ensure_ascii=short).encode("utf-8", "surrogatepass")
    escaped = [one for one in members.values() if literal(one) != f'"{one}"']
    assert not (has_plain_texts(text) and escaped)


@pytest.mark.parametrize(("text", "plain"), [
    (b'{"a":"b"}', True), (b'{"a":"\xc3\xa9\xe2\x80\x8b"}', True), (b'{"a":"\\""}', False),
    (b'{"a":"\\u0041"}', False),
    (b'{"a":"\x7f"}', False), (b'"eyJ"', False), (b"eyJhbGciOi.e30.AA", False), (b"", False),
])  # fmt: skip
def test_of_what_is_no_object_without_an_escape_nothing_is_known(text: bytes, plain: bool) -> None:
    assert has_plain_texts(text) is plain
