"""Objects of a long array, one after the other, whatever the size of the pieces they come in."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.codec import json_records as room
from wallet.codec.json_records import json_records
from wallet.model.errors import CodecError
from wallet.model.reasons import ReasonCode

RECORDS = st.lists(st.dictionaries(st.text(max_size=6), st.text(max_size=9) | st.integers(), max_size=3))


def read(data: bytes, *, record: int = 1000, whole: int = 10**6) -> list[dict[str, Any]]:
    return list(json_records(io.BytesIO(data), max_record_bytes=record, max_bytes=whole))


@given(RECORDS, st.integers(1, 7), st.sampled_from([None, 1]))
def test_every_object_comes_out_whole(records: list[dict[str, Any]], chunk: int, indent: int | None) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "_CHUNK", chunk)
        assert read(json.dumps(records, ensure_ascii=False, indent=indent).encode()) == records


@pytest.mark.parametrize(("data", "code"), [
    (b"", "not_json"), (b"{}", "not_json"), (b"[1]", "not_json"), (b"[{}", "not_json"),
    (b"[{},]", "not_json"), (b"[{} {}]", "not_json"), (b'[{"a":', "not_json"),
    (b"[{}] x", "trailing_data"), (b'[{"a":"\xff"}]', "not_utf8"),
    (b'[{"a":"\xc3', "not_utf8"), (b'[{"a":NaN}]', "bad_number"), (b'[{"a":' + b"[" * 900, "not_json"),
    (b'[{"a":"' + b"x" * 1200 + b'"}]', ""), (b'[{"a":"' + b"x" * 3000, "limit_bytes"),
], ids=lambda value: value[:12].decode("latin-1") if isinstance(value, bytes) else value)
def test_what_is_no_such_array_is_refused(data: bytes, code: str) -> None:
    if not code:
        assert len(read(data, record=2000)) == 1
        return
    with pytest.raises(CodecError) as caught:
        read(data)
    assert caught.value.reason.code.value == code


def test_deep_nesting_is_refused_and_not_followed() -> None:
    with pytest.raises(CodecError) as caught:
        read(b'[{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}]", record=10**6)
    assert caught.value.reason.code is ReasonCode.LIMIT_DEPTH


def test_all_of_it_is_bounded_too() -> None:
    data = json.dumps([{"a": "x" * 50}] * 50).encode()
    assert len(read(data, whole=len(data))) == 50
    with pytest.raises(CodecError) as caught:
        read(data, whole=len(data) - 1)
    assert caught.value.reason.code is ReasonCode.LIMIT_BYTES
