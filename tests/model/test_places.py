"""Which part of an address is one member's own place at a host."""

from __future__ import annotations

import pytest

from wallet.model.places import member_place


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
    ("did:web:uni.example:~eve", ""),
])
def test_a_members_place(address: str, place: str) -> None:
    assert member_place(address) == place
