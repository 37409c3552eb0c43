"""Members whose shape varies read as text, ids and many; odd shapes read as "not stated"."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.formats.members import (
    first_object,
    identifier,
    is_uri,
    many,
    objects,
    strings,
    text,
    texts,
    types,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("  Rope  ", "Rope"),
        (5, "5"),
        (2.5, "2.5"),
        ({"@value": 3, "@type": "https://www.w3.org/2001/XMLSchema#float"}, "3"),
        ({"@value": 2.0}, "2"),
        ({"@value": True}, ""),
        ({"@value": ["a"]}, ""),
        (None, ""),
        (True, ""),
        ([], ""),
        ({}, ""),
        ({"en": "Rope", "de": "Seil"}, "Rope"),
        ({"de": "Seil"}, "Seil"),
        ({"en-GB": ["Rope"], "fr": ["Corde"]}, "Rope"),
        ({"@value": "Rope", "@language": "en"}, "Rope"),
        (["", "Rope"], "Rope"),
        ([{"@value": "Seil", "@language": "de"}, {"@value": "Rope", "@language": "en"}], "Rope"),
        ({"id": "urn:x", "type": "Image"}, ""),
        ({"en": {"deep": "x"}}, ""),
        ({"en": 5, "de": "Seil"}, "Seil"),
    ],
)
def test_text_of_every_shape(value: Any, expected: str) -> None:
    assert text(value) == expected


def test_one_and_many_are_one_code_path() -> None:
    assert many(None) == ()
    assert many("a") == many(["a"]) == ("a",)
    assert objects([{"a": 1}, "b", None]) == ({"a": 1},)
    assert strings(["a", 1, {"b": 2}, ["c", ["d"]]]) == ("a", "c", "d")
    assert texts(["a", 1, {"b": 2}, ["c", [" d "]], {"@value": "e"}, None]) == ("a", "1", "c", "d", "e")
    assert (texts("a"), texts(None), texts({"@value": "e"})) == (("a",), (), ("e",))
    assert first_object("a") == {}
    assert types({"type": "A"}) == types({"type": ["A"]}) == ("A",)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("urn:a", "urn:a"),
        ({"id": "urn:a"}, "urn:a"),
        ([{"id": "urn:a"}], "urn:a"),
        (["urn:a"], "urn:a"),
        ({"id": 5}, ""),
        (None, ""),
        (7, ""),
    ],
)
def test_an_id_is_found_in_every_shape(value: Any, expected: str) -> None:
    assert identifier(value) == expected


@pytest.mark.parametrize("value", ["urn:uuid:1", "did:web:x", "https://a.example/b?c#d", "data:,x"])
def test_absolute_uris(value: str) -> None:
    assert is_uri(value)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "abc",
        "//host",
        "#frag",
        "did web:x",
        "https://a b",
        "x:\n",
        5,
        None,
        "urn:" + "x" * 5000,
        "https://a<b>",
    ],
)
def test_what_is_no_absolute_uri(value: Any) -> None:
    assert not is_uri(value)


@given(JSON)
def test_reading_never_raises(value: Any) -> None:
    assert isinstance(text(value), str)
    assert isinstance(identifier(value), str)
    assert isinstance(many(value), tuple)


@pytest.mark.parametrize("number", [1, 1.0])
def test_a_number_has_one_form_however_it_is_written(number: float) -> None:
    assert text(number) == "1"
    assert text(number + 0.5) == "1.5"
