"""Public lists of badges, read into a tick list."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.formats.backpack import MAX_OFFERS, awards_in, list_address, read_list
from wallet.model.errors import CodecError, FormatError
from wallet.model.reasons import ReasonCode

UUID = "630a804c-4fb6-4bc6-86be-552614d370f3"
CREDLY = "https://www.credly.com/users/maya-lind/badges.json?page=1"
RECORD = {"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "https://a.example/1",
          "recipient": {"type": "email", "hashed": False, "identity": "maya@lind.example"},
          "badge": {"name": "Rope Work", "issuer": {"name": "Harbor College"}},
          "issuedOn": "2024-04-01T00:00:00Z"}


def listed(value: Any, address: str = "https://host.example/list.json") -> Any:
    return read_list(json.dumps(value).encode(), address)


@pytest.mark.parametrize(("pasted", "place"), [
    ("https://www.credly.com/users/maya-lind", CREDLY),
    ("https://credly.com/users/maya-lind/badges/credly", CREDLY),
    ("https://www.credly.com/users/maya-lind/badges", CREDLY),
    ("https://eu.badgr.com/public/collections/abcd1234", "https://eu.badgr.com/public/collections/abcd1234.json?v=2_0"),
    ("https://backpack.example/displayer/12/group/7", "https://backpack.example/displayer/12/group/7.json"),
    ("https://www.credential.net/profile/mayalind/wallet", "https://www.credential.net/profile/mayalind/wallet"),
    (f"https://www.credly.com/badges/{UUID}", ""),
    ("https://notcredly.com/users/maya-lind", ""),
    ("https://uni.example/", ""),
])
def test_a_profile_is_known_by_its_address(pasted: str, place: str) -> None:
    assert list_address(pasted) == place


def test_entries_of_the_largest_host() -> None:
    page = listed({"data": [{
        "id": UUID, "issued_at_date": "2024-04-01",
        "issuer": {"entities": [{"primary": False, "entity": {"name": "Other"}},
                                {"primary": True, "entity": {"name": "Harbor College"}}]},
        "badge_template": {"name": "Rope Work"}}],
        "metadata": {"next_page_url": "https://www.credly.com/users/maya-lind/badges.json?page=2"}}, CREDLY)
    (offer,) = page.offers
    assert (offer.title, offer.issuer, offer.address) == (
        "Rope Work", "Harbor College", f"https://www.credly.com/badges/{UUID}")
    assert offer.date is not None
    assert offer.date.date().isoformat() == "2024-04-01"
    assert page.next_address.endswith("page=2")


def test_records_of_a_collection() -> None:
    entries = [{"badge": RECORD}, {"badge": "https://a.example/2"}, {"x": 1}]
    page = listed({"type": "Collection", "badges": entries})
    assert page.offers[0].address == "https://a.example/1"
    assert page.offers[0].title == "Rope Work"
    assert page.offers[0].issuer == "Harbor College"
    assert page.unusable >= 1


def test_a_record_without_an_address_comes_along() -> None:
    (offer,) = listed([{**RECORD, "id": "urn:uuid:1"}]).offers
    assert offer.address == ""
    assert json.loads(offer.record)["id"] == "urn:uuid:1"


def test_the_older_display_interface() -> None:
    page = listed({"userId": 12, "groupId": 7, "badges": [{
        "hostedUrl": "https://a.example/1", "assertion": {**RECORD, "id": ""}, "imageUrl": "https://i.example/1"}]})
    (offer,) = page.offers
    assert offer.title == "Rope Work"
    assert offer.record or offer.address == "https://a.example/1"


@pytest.mark.parametrize("following", ["https://evil.example/next", "http://www.credly.com/x", "javascript:1",
                                       CREDLY, "//evil.example/", {"a": 1}])
def test_a_list_goes_on_at_its_own_site_only(following: object) -> None:
    entries = [{"id": UUID, "badge_template": {"name": "x"}}]
    assert listed({"data": entries, "metadata": {"next_page_url": following}}, CREDLY).next_address == ""


def test_an_empty_page_ends_a_list() -> None:
    assert listed({"data": [], "metadata": {"next_page_url": CREDLY + "0"}}, CREDLY).next_address == ""


@pytest.mark.parametrize("value", [{}, {"data": "x"}, {"badges": [1, 2]}, 7, "text", None,
                                   {"data": {"data": {}}}])
def test_what_is_no_list_is_refused(value: object) -> None:
    with pytest.raises(FormatError) as caught:
        listed(value)
    assert caught.value.reason.code is ReasonCode.LIST_UNREADABLE


def test_entries_beyond_the_bound_are_counted() -> None:
    page = listed([{"url": f"https://a.example/{number}"} for number in range(MAX_OFFERS + 5)])
    assert len(page.offers) == MAX_OFFERS
    assert page.unusable == 5


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "data:,x", "ftp://a.example/"])
def test_an_entry_leads_to_the_web_only(address: str) -> None:
    page = listed([{"name": "x", "url": address, "id": address, "hostedUrl": address}])
    assert page.offers == ()
    assert page.unusable == 1


NAMES = ["data", "badges", "badge", "assertion", "id", "url", "issuer", "name", "metadata", "next_page_url",
         "entities", "issuedOn", "recipient"]
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5))


@given(json_values)
def test_any_json_is_a_list_or_refused(value: object) -> None:
    try:
        page = listed(value)
    except (FormatError, CodecError):
        return
    assert all(one.address.startswith("http") or one.record for one in page.offers)


def test_a_saved_collection_is_its_awards() -> None:
    collection = {"@context": "https://w3id.org/openbadges/v2", "type": "Collection", "name": "Mine",
                  "owner": {"firstName": "Maya"}, "badges": [RECORD, {"id": 7, "badge": RECORD}, "x"]}
    assert awards_in(collection) == [RECORD, RECORD, "x"]
    assert awards_in(collection | {"badges": {}}) is None
    for kind in ("Assertion", ["Collection", "VerifiableCredential"], None):
        assert awards_in(collection | {"type": kind}) is None
