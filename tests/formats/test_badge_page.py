"""Pasted addresses, and what a page says about where its record is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.formats.badge_page import MAX_PLACES, clean_address, places, read_page
from wallet.model.errors import FormatError
from wallet.model.reasons import ReasonCode

UUID = "630a804c-4fb6-4bc6-86be-552614d370f3"
CREDLY_RECORD = f"https://api.credly.com/v1/obi/v2/badge_assertions/{UUID}"
BADGR = "https://api.eu.badgr.io/public/assertions/8bLUrJhgSMyWKF-I7xOosQ"


@pytest.mark.parametrize(("pasted", "asked"), [
    (f"https://www.credly.com/badges/{UUID}/public_url", CREDLY_RECORD),
    (f"credly.com/badges/{UUID}", CREDLY_RECORD),
    (f"https://www.youracclaim.com/badges/{UUID.upper()}", CREDLY_RECORD),
    (f"https://www.credential.net/{UUID}#gs.1", f"https://api.accredible.com/v1/obi/badge_assertions/{UUID}"),
    (BADGR, f"{BADGR}.json?v=2_0"),
    ("https://badges.parchment.com/public/assertions/21DKZvG-RV6BhE_-5JMHDw",
     "https://badges.parchment.com/public/assertions/21DKZvG-RV6BhE_-5JMHDw.json?v=2_0"),
    ("https://lms.uni.example/moodle/badges/badge.php?hash=abcdef0123456789",
     "https://lms.uni.example/moodle/badges/assertion.php?b=abcdef0123456789&obversion=2"),
    ("https://lms.uni.example/badges/json/assertion.php?b=abcdef0123456789&obversion=v2p0",
     "https://lms.uni.example/badges/json/assertion.php?b=abcdef0123456789&obversion=v2p0"),
    ("https://openbadgefactory.com/v1/assertion/82bbbb86b6b7e6a2c6f137d36f79a22cea247f5f.html",
     "https://openbadgefactory.com/v1/assertion/82bbbb86b6b7e6a2c6f137d36f79a22cea247f5f"),
    ("https://anybody.example/badge/7.json?x=1&y", "https://anybody.example/badge/7.json?x=1&y"),
])
def test_a_pasted_address_leads_to_the_record(pasted: str, asked: str) -> None:
    assert asked in places(clean_address(pasted))


def test_the_sealed_form_is_asked_for_first() -> None:
    found = places(clean_address(f"https://www.credly.com/badges/{UUID}"))
    assert found == (f"https://www.credly.com/api/v1/obi/v3/open_badge_credentials/{UUID}", CREDLY_RECORD)


@pytest.mark.parametrize("host", ["notcredly.com", "credly.com.evil.example", "evilcredential.net"])
def test_a_host_that_only_looks_like_one_is_asked_itself(host: str) -> None:
    address = f"https://{host}/badges/{UUID}"
    assert places(clean_address(address)) == (address,)


def test_what_tells_who_asks_is_left_out() -> None:
    told = f"{BADGR}?identity__email=maya%40lind.example&utm_source=mail&v=2_0"
    assert clean_address(told) == f"{BADGR}?v=2_0"
    assert clean_address(f"{BADGR}?v=2_0&a=%20b") == f"{BADGR}?v=2_0&a=%20b"


@pytest.mark.parametrize("text", ["", "hello", "file:///etc/passwd", "javascript:alert(1)",
                                  "ftp://a.example/b", "https://", "https://a b.example/", "data:text/html,x",
                                  "https://[::1"])
def test_what_is_no_web_address_is_refused(text: str) -> None:
    with pytest.raises(FormatError) as caught:
        clean_address(text)
    assert caught.value.reason.code is ReasonCode.ADDRESS_UNREADABLE


def test_an_address_with_a_password_is_refused() -> None:
    with pytest.raises(FormatError) as caught:
        clean_address("https://maya:secret@uni.example/badge")
    assert caught.value.reason.code is ReasonCode.ADDRESS_CREDENTIALS
    assert "secret" not in str(caught.value.reason)


@given(st.text(max_size=200))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        address = clean_address(text)
    except FormatError:
        return
    assert address.startswith(("https://", "http://"))
    assert clean_address(address) == address
    assert 1 <= len(places(address)) <= MAX_PLACES


PAGE = b"""<!doctype html><html><head><title> A
badge </title><link rel="Alternate" type="application/ld+json; charset=utf-8" href="/a/1.json">
<link rel="alternate" type="application/rss+xml" href="/feed"><link rel="alternate" type="application/json"
href="javascript:alert(1)"><meta property="og:image" content="images/1.png">
<script type="application/ld+json">{"type": "Assertion"}</script><script>evil()</script></head></html>"""


def test_a_page_names_its_record() -> None:
    found = read_page(PAGE, "https://uni.example/badges/1")
    assert found is not None
    assert found.title == "A badge"
    assert found.records == ("https://uni.example/a/1.json",)
    assert found.picture == "https://uni.example/badges/images/1.png"
    assert found.inside == (b'{"type": "Assertion"}',)


@pytest.mark.parametrize("href", ["http://uni.example/a.json", "file:///etc/passwd", "https://u:p@a.example/",
                                  "data:application/json,{}", "https://[bad/"])
def test_a_page_leads_to_protected_addresses_only(href: str) -> None:
    page = f'<html><link rel="alternate" type="application/json" href="{href}"></html>'.encode()
    found = read_page(page, "https://uni.example/1")
    assert found is not None
    assert found.records == ()


@pytest.mark.parametrize("data", [b"", b"{}", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7", b"eyJhbGciOiJub25lIn0.e30."])
def test_what_is_no_page_is_none(data: bytes) -> None:
    assert read_page(data, "https://uni.example/1") is None


def test_a_page_of_a_thousand_scripts_is_bounded() -> None:
    many = b'<script type="application/json">{}</script>' * 1000
    many += b"<link rel=alternate type=application/json href=x>"
    found = read_page(b"<html>" + many * 3, "https://uni.example/1")
    assert found is not None
    assert len(found.inside) <= 8
    assert len(found.records) <= MAX_PLACES


@given(st.binary(max_size=300))
def test_any_bytes_are_a_page_or_none(data: bytes) -> None:
    read_page(b"<html>" + data, "https://uni.example/1")
