"""Which part of an address is one member's own place at a host."""

from __future__ import annotations

import pytest

from wallet.model.places import goes_back, member_place


@pytest.mark.parametrize(("address", "place"), [
    ("https://uni.example/~eve/issuer.json", "~eve"),
    ("https://uni.example/%7Eeve", "~eve"),
    ("https://uni.example/users/eve/issuer", "users/eve"),
    ("https://uni.example/PEOPLE/Eve?x=/#y", "PEOPLE/Eve"),
    ("https://uni.example/u/7", "u/7"),
    ("https://uni.example/~eve%0AGenuine%20and%20current", "~eve"),
    ("https://uni.example/users/", ""),
    ("https://uni.example/users", ""),
    ("https://uni.example/issuer", ""),
    ("https://uni.example/issuers/users/eve", ""),
    ("https://uni.example", ""),
    ("https://[uni.example/~eve", ""),
    ("https://uni.example/awards/../~eve/1", "~eve"),
    ("https://uni.example/awards/%2e%2E/users/eve", "users/eve"),
    ("https://uni.example//~eve", "~eve"),
    ("https://uni.example/./~eve", "~eve"),
    ("https://uni.example/x/..;a=b/~eve", "~eve"),
    ("https://uni.example/x\\..\\~eve", "~eve"),
    ("https://uni.example/../../~eve", "~eve"),
    ("https://uni.example/~eve/../issuer", ""),
    ("did:web:uni.example:~eve", ""),
])
def test_a_members_place(address: str, place: str) -> None:
    assert member_place(address) == place


@pytest.mark.parametrize(("address", "back"), [
    ("https://uni.example/awards/../~eve/1", True),
    ("https://uni.example/awards/%2e%2e/1", True),
    ("https://uni.example/awards/..;/1", True),
    ("https://uni.example/awards/1", False),
    ("https://uni.example/awards/a..b/...", False),
    ("https://uni.example/awards/1?x=/../", False),
    ("https://[uni.example/..", False),
])
def test_steps_back(address: str, *, back: bool) -> None:
    assert goes_back(address) is back
