"""The faster reader says what the strict one says, or nothing."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.codec import plain_json, strict_json
from wallet.codec.plain_json import UNTOLD, read_plain
from wallet.model.errors import CodecError

_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**54), 2**54), st.floats(allow_nan=False),
              st.text(max_size=6)),
    lambda inner: st.one_of(st.lists(inner, max_size=4),
                            st.dictionaries(st.text(max_size=4), inner, max_size=4)),
    max_leaves=12,
)  # fmt: skip


@pytest.fixture(autouse=True)
def _ready() -> None:
    plain_json._ORJSON.load()


def strictly(data: bytes) -> Any:
    """What the strict reader makes of it, or the code of its refusal."""
    try:
        return strict_json._load(data.decode())
    except CodecError as error:
        return error.reason.code
    except UnicodeDecodeError:
        return "no UTF-8"


def agrees(data: bytes) -> bool:
    """Whether the faster one is silent or says the same; kinds count, as 1 and 1.0 and true are equal."""
    said = read_plain(data)
    return said is UNTOLD or repr(said) == repr(strictly(data))


@given(_VALUES, st.sampled_from([None, 0, 2]), st.sampled_from([(",", ":"), (", ", ": "), (" ,", " : ")]))
def test_it_agrees_about_whatever_a_program_writes(value: Any, indent: int | None, signs: Any) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=indent, separators=signs)
    if "\\" not in text:
        assert agrees(text.encode("utf-8", "surrogatepass"))


@given(_VALUES, st.randoms(use_true_random=False))
def test_it_agrees_about_whatever_becomes_of_that(value: Any, chance: random.Random) -> None:
    data = bytearray(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    for _ in range(chance.randrange(1, 4)):
        place = chance.randrange(len(data) + 1)
        data[place:place + chance.randrange(2)] = chance.choice(_PIECES)
    if b"\\" not in data:
        assert agrees(bytes(data))


_PIECES = (b"", b" ", b"\n", b",", b":", b'"', b'"a":1,', b"{", b"}", b"[", b"]", b"0", b"1", b"-", b".",
           b"e5", b"E+2", b"true", b"null", b"NaN", b"\x00", b"\x7f", b"\xff", b"\xef\xbb\xbf",
           b"/**/")  # fmt: skip


@pytest.mark.parametrize("text", [
    '{"a":1,"a":1}', '{"a":1,"a":2}', '{"b":{"a":1,"a":2}}', '[{"a":[],"a":{}}]', '{"a":1, "b":2, "a":3}',
    '{"a":"x","a":""}', '{"":0,"":0}', '{"a":1e15,"a":1}', '{"a":100.0,"b":1E2,"b":0}',
    '{"a b":1,"ab":2,"ab":3}',
    "9007199254740992", "-9007199254740992", "18446744073709551616", "[123456789012345678901234567890]",
    "NaN", "Infinity", "-Infinity", "1e999", "01", "+1", ".5", "1.", "[1,]", '{"a":1,}', "[1 2]", "'a'", "",
    '"a\tb"', '"\x00"', "[1]x", "\ufeff[1]", "tru", "{a:1}", "/**/1", "[1]\x0c",
])  # fmt: skip
def test_of_what_is_refused_or_counts_twice_it_says_nothing(text: str) -> None:
    assert read_plain(text.encode()) is UNTOLD


@pytest.mark.parametrize("text", [
    '{"a":1,"b":{"a":1}}', '{"a b":1,"ab":2}', '{"a": "x y", "b" :\n[1.5, true, null, -7]}\r\n',
    '"\x7f\u2028é"',
    "9007199254740991", "-0.5", "1e+22", '{"a":"b:c","d":",{["}',
])  # fmt: skip
def test_what_is_written_as_usual_it_reads(text: str) -> None:
    said = read_plain(text.encode())
    assert said is not UNTOLD
    assert repr(said) == repr(json.loads(text))


@pytest.mark.parametrize("text", ["-0", "1E5", "1.50", "100e-2", "[-0.0e1]"])
def test_numbers_in_an_unusual_form_are_left_to_the_strict_reader_or_mean_the_same(text: str) -> None:
    assert agrees(text.encode())


def _fresh() -> Iterator[plain_json._Orjson]:
    reader = plain_json._Orjson()
    for _ in range(plain_json._PAYS_AFTER):
        yield reader


def test_it_is_loaded_only_when_many_texts_are_read() -> None:
    for reader in _fresh():
        assert reader.read(b"[1]") is UNTOLD
    assert reader.read(b"[1]") == [1]


def test_without_the_library_the_strict_reader_reads_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "orjson", None)
    for reader in _fresh():
        assert reader.read(b"[1]") is UNTOLD
    assert reader.read(b"[1]") is UNTOLD
    assert not reader.load()
