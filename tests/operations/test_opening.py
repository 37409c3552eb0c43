"""What may be handed to the browser: plain https pages of the public web, and their whole host."""

from __future__ import annotations

import pytest

from wallet.model.reasons import ReasonCode as R
from wallet.operations.opening import web_page


@pytest.mark.parametrize(("address", "host"), [
    ("https://northbridge.example/criteria?x=1#top", "northbridge.example"),
    ("https://NORTHBRIDGE.example", "northbridge.example"),
    ("https://xn--mnchen-3ya.example/", "xn--mnchen-3ya.example")])
def test_a_plain_page_has_its_host_in_full(address: str, host: str) -> None:
    page = web_page(address)
    assert (page.host, page.refused) == (host, None)
    assert page.address.startswith(f"https://{host}/")
    assert page.address.isascii()


@pytest.mark.parametrize(("address", "code"), [
    ("javascript:alert(1)", R.ADDRESS_UNREADABLE), ("file:///etc/passwd", R.ADDRESS_UNREADABLE),
    ("\\\\host\\share", R.ADDRESS_UNREADABLE), ("data:text/html,x", R.ADDRESS_UNREADABLE),
    ("ms-msdt:/id PCW", R.ADDRESS_UNREADABLE), ("https://uni.example/" + "a" * 10_000, R.ADDRESS_UNREADABLE),
    ("https://uni.example@evil.example/", R.ADDRESS_CREDENTIALS), ("https://127.0.0.1/", R.ADDRESS_NUMERIC),
    ("https://localhost/", R.ADDRESS_INNER), ("https://uni.example:8443/", R.ADDRESS_PORT),
    ("http://uni.example/", R.ADDRESS_INSECURE), ("https://uni.ex\u0430mple/", R.ADDRESS_UNREADABLE),
    ("", R.ADDRESS_UNREADABLE), ("https://uni.example\\@evil.example/", R.ADDRESS_UNREADABLE)])
def test_anything_else_stays_closed_and_says_why(address: str, code: R) -> None:
    page = web_page(address)
    assert page.host == ""
    assert page.refused is not None
    assert page.refused.code is code
