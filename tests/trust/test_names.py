"""Addresses and names that look like others are pointed out; honest ones are left alone."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.model.reasons import ReasonCode as R
from wallet.trust import names
from wallet.trust.names import Address, address_of, mixes_scripts, name_notes, skeleton
from wallet.trust.registry import issuer_list

KNOWN = "did:web:northbridge.example"
LIST = issuer_list(json.dumps([
    {"id": KNOWN, "name": "Northbridge University"},
    {"id": "https://lakeside.example/issuer", "name": "Lakeside College"},
    {"id": "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK", "name": "A key"},
]).encode(), name="Register")


def codes(issuer_id: str, name: str = "") -> set[R]:
    return {one.code for one in name_notes(issuer_id, name, (LIST,))}


@pytest.mark.parametrize(("issuer_id", "expected"), [
    (KNOWN, set()),
    ("https://northbridge.example/issuer", set()),  # another document of the same host
    ("did:web:login.northbridge.example", set()),  # whose it is, is the host's own affair
    ("did:web:elsewhere.example", set()),
    ("did:web:elsewhere.example%3A8443", set()),
    ("did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK", set()),
    ("urn:uuid:1", set()),
    ("did:web:Northbridge.example", {R.HOST_CAPITALS, R.HOST_RESEMBLES}),
    ("did:web:northbridge.example.", {R.HOST_TRAILING_DOT, R.HOST_RESEMBLES}),
    ("did:web:northbrigde.example", {R.HOST_RESEMBLES}),
    ("did:web:nortbridge.example", {R.HOST_RESEMBLES}),
    ("did:web:n0rthbridge.example", {R.HOST_RESEMBLES}),
    ("https://1akeside.example/issuer", {R.HOST_RESEMBLES}),
    ("did:web:northbridge.example.mallory.example", {R.HOST_RESEMBLES}),
    ("did:web:northbridge.example:students:~eve", {R.ISSUER_BELOW_HOST}),
    ("did:web:northbr\u0456dge.example", {R.HOST_MIXED_SCRIPTS, R.HOST_RESEMBLES}),
    ("did:web:xn--northbrdge-32i.example", {R.HOST_MIXED_SCRIPTS, R.HOST_RESEMBLES}),
    ("did:web:xn--mnchen-3ya.example", {R.HOST_PUNYCODE}),
    ("did:web:m\u00fcnchen.example", {R.HOST_PUNYCODE}),
    ("did:web:\u6771\u4eac\u3068abc.example", {R.HOST_PUNYCODE}),  # scripts that are written together
])  # fmt: skip
def test_what_is_noticeable_about_an_address(issuer_id: str, expected: set[R]) -> None:
    assert codes(issuer_id) == expected


def test_the_network_name_is_said_and_the_listed_one_is_named() -> None:
    mixed, resembles = name_notes("did:web:northbr\u0456dge.example", "", (LIST,))
    assert mixed["host"].startswith("xn--")
    assert mixed["found"] == "northbr\u0456dge.example"
    assert (resembles["party"], resembles["name"]) == ("northbridge.example", "Northbridge University")


def test_a_famous_name_under_another_address_is_pointed_out() -> None:
    assert codes("did:web:mallory.example", "Northbridge  University") == {R.NAME_OF_LISTED}
    assert codes("did:web:mallory.example", "N\u043erthbridge University") == {R.NAME_OF_LISTED}
    assert codes("did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
                 "northbridge university") == {R.NAME_OF_LISTED}
    assert codes("did:web:mallory.example", "Mallory University") == set()
    assert codes(KNOWN, "Northbridge University") == set()
    assert codes("https://northbridge.example/issuer", "Northbridge University") == set()


def test_without_lists_an_address_is_still_looked_at() -> None:
    assert [one.code for one in name_notes("did:web:A.example", "A", ())] == [R.HOST_CAPITALS]


def test_scripts_and_skeletons() -> None:
    assert mixes_scripts("p\u0430ypal")
    assert not mixes_scripts("\u043f\u0440\u0438\u043c\u0435\u0440-42")
    assert skeleton("\u0440\u0430\u0443\u0440\u0430l") == skeleton("paypal")
    assert skeleton("rnodern") == skeleton("modern")


def test_addresses_are_taken_apart() -> None:
    assert address_of("did:web:a.example%3A8443:b:c") == Address("a.example", "b/c")
    assert address_of("https://user@a.example:8443/x?y") == Address("a.example")
    assert address_of("did:jwk:abc") is None
    assert address_of("did:web:") is None


def test_a_long_list_is_written_down_once_and_then_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    many = issuer_list(json.dumps([{"id": f"did:web:school-{number}.example", "name": f"School {number}"}
                                   for number in range(20_000)]).encode(), name="Long")
    name_notes("did:web:schoo1-7.example", "x", (many,))
    compared: list[str] = []

    def counted(text: str) -> str:
        compared.append(text)
        return skeleton(text)

    monkeypatch.setattr(names, "skeleton", counted)
    for number in range(20):
        assert name_notes(f"did:web:nowhere-at-all-{number}.example", "x", (many,)) == ()
    assert 0 < len(compared) < 200


@given(st.text(max_size=80), st.text(max_size=40))
def test_nothing_in_a_name_breaks_it(rest: str, name: str) -> None:
    for issuer_id in (rest, f"did:web:{rest}", f"https://{rest}"):
        name_notes(issuer_id, name, (LIST,))


def test_what_was_found_of_a_host_is_found_again_and_only_so_many_are_remembered(
        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wallet.trust.names._MAX_REMEMBERED", 2)
    for _ in range(3):
        for issuer_id, expected in (("did:web:nortbridge.example", {R.HOST_RESEMBLES}),
                                    ("did:web:elsewhere.example", set()),
                                    ("did:web:Northbridge.example", {R.HOST_CAPITALS, R.HOST_RESEMBLES}),
                                    (KNOWN, set())):
            assert codes(issuer_id) == expected
    other = issuer_list(b'[{"id": "did:web:elsewhere.example", "name": "Elsewhere"}]', name="Another")
    found = name_notes("did:web:elsewere.example", "", (LIST, other))
    assert [one["party"] for one in found] == ["elsewhere.example"]
    assert name_notes("did:web:elsewere.example", "", (LIST,)) == ()
