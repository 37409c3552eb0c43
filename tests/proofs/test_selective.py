"""Pointers and selections: what they name, what is shown with it, and what names nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.codec.samples import OB_3, VC_2, badge, newest
from wallet.model.errors import ProofError
from wallet.model.limits import MAX_DISCLOSURES
from wallet.model.reasons import ReasonCode
from wallet.proofs.selective import name_objects, parse_pointer, select

DOCUMENT: dict[str, Any] = {
    "@context": ["https://a.example"],
    "id": "urn:1",
    "type": ["T"],
    "a/b": 1,
    "m~n": 2,
    "": 3,
    "-": 4,
    "list": [{"id": "urn:2", "x": 1, "y": 2}, {"id": "_:b", "type": "U", "x": 3}, [5, 6]],
    "flag": False,
}


def refusal(pointers: list[str], document: dict[str, Any] = DOCUMENT) -> ReasonCode:
    with pytest.raises(ProofError) as caught:
        select(document, pointers)
    return caught.value.reason.code


@pytest.mark.parametrize(
    ("pointer", "tokens"),
    [
        ("", ()),
        ("/", ("",)),
        ("/a~1b/m~0n", ("a/b", "m~n")),
        ("/~01", ("~1",)),
        ("/list/0", ("list", "0")),
    ],
)
def test_pointers_are_read_as_rfc_6901_says(pointer: str, tokens: tuple[str, ...]) -> None:
    assert parse_pointer(pointer) == tokens


@given(st.lists(st.text(max_size=8), max_size=5))
def test_any_member_can_be_named(tokens: list[str]) -> None:
    pointer = "".join("/" + token.replace("~", "~0").replace("/", "~1") for token in tokens)
    assert parse_pointer(pointer) == tuple(tokens)


@pytest.mark.parametrize(
    "pointer",
    [
        "a",
        "#/a",
        "/~",
        "/~2",
        "/a~",
        "/list/-",
        "/list/01",
        "/list/+1",
        "/list/-1",
        "/list/3",
        "/list/x",
        "/list/1e0",
        "/list/\u0660",
        "/missing",
        "/id/0",
        "/flag/0",
        "/list/0/x/0",
        "/" + "a" * 5000,
        "/list/" + "9" * 30,
        "/list/ 0",
    ],
)
def test_x06_pointers_that_name_nothing_are_refused(pointer: str) -> None:
    assert refusal([pointer]) is ReasonCode.POINTER_WRONG
    assert refusal(["/a~1b", pointer]) is ReasonCode.POINTER_WRONG
    assert select(DOCUMENT, ["/a~1b"])["a/b"] == 1


def test_a_selection_shows_what_places_a_value_and_nothing_beside() -> None:
    placed = {"@context": ["https://a.example"], "id": "urn:1", "type": ["T"]}
    assert select(DOCUMENT, ["/m~0n", "/", "/-"]) == placed | {"m~n": 2, "": 3, "-": 4}
    assert select(DOCUMENT, ["/list/0/x"]) == placed | {"list": [{"id": "urn:2", "x": 1}]}
    assert select(DOCUMENT, ["/list/2/1", "/list/1/x"]) == placed | {"list": [{"type": "U", "x": 3}, [6]]}
    assert select(DOCUMENT, ["/list"]) == placed | {"list": DOCUMENT["list"]}
    assert select(DOCUMENT, ["/list/0", "/list/0/x"]) == select(DOCUMENT, ["/list/0/x", "/list/0"])
    assert select(DOCUMENT, ["/list/0/x", "/list/0"])["list"] == [DOCUMENT["list"][0]]
    assert select(DOCUMENT, ["/flag"])["flag"] is False
    assert select(DOCUMENT, ["/@context/0"])["@context"] == DOCUMENT["@context"]


def test_the_empty_pointer_is_everything_and_a_selection_is_a_copy() -> None:
    whole = select(DOCUMENT, ["/flag", ""])
    assert whole == DOCUMENT
    whole["list"][0]["x"] = 9
    select(DOCUMENT, ["/list/0"])["list"][0]["x"] = 9
    assert DOCUMENT["list"][0]["x"] == 1


def test_too_many_pointers_are_a_limit() -> None:
    assert refusal(["/flag"] * (MAX_DISCLOSURES + 1)) is ReasonCode.LIMIT_ITEMS
    assert select(DOCUMENT, ["/flag"] * MAX_DISCLOSURES)["flag"] is False


def test_a_credential_inside_keeps_the_contexts_of_its_own() -> None:
    inner = {"@context": [VC_2], "type": ["VerifiableCredential"], "name": "n", "description": "d"}
    picked = select({"@context": [VC_2], "endorsement": [inner]}, ["/endorsement/0/name"])
    assert picked["endorsement"] == [{"@context": [VC_2], "type": ["VerifiableCredential"], "name": "n"}]


def test_objects_get_names_and_what_is_no_thing_of_its_own_does_not() -> None:
    document = badge(name={"@value": "Data", "@language": "en"})
    document["credentialSubject"]["id"] = None
    named = name_objects(document, newest(VC_2, OB_3))
    assert named["id"] == document["id"]
    assert named["name"] == document["name"]
    subject = named["credentialSubject"]
    assert subject["@id"].startswith("urn:bnid:")
    assert "id" not in subject
    [graded] = subject["achievement"]["resultDescription"]
    assert graded["allowedValue"] == ["A", "B", "C"]  # a list is an array here, and stays one
    names = {subject["@id"], subject["achievement"]["criteria"]["@id"]}
    assert len(names) == 2
    labelled = name_objects({"@context": [VC_2], "id": "_:b0"}, newest(VC_2, OB_3))
    assert labelled["id"] == "urn:bnid:label-b0"
