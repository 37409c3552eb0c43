"""Which part of an address is one member's own place at a host."""

from __future__ import annotations

import pytest

from wallet.model.places import goes_back, is_shared, member_place


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
    ("https://gist.githubusercontent.com/eve/7/raw", "eve"),
    ("https://RAW.githubusercontent.com./eve/badges/main/1.json", "eve"),
    ("https://raw.githubusercontent.com/uni/../eve/1.json", "eve"),
    ("https://storage.googleapis.com/bucket-7/a/1.json", "bucket-7"),
    ("https://s3.eu-west-1.amazonaws.com/bucket/a.json", "bucket"),
    ("https://pastebin.com/raw/7", "raw/7"),
    ("https://www.dropbox.com/s/7/badge.json?raw=1", "s/7/badge.json"),
    ("https://github.com", ""),
    ("https://github.com.example/eve/1", ""),
    ("https://eve.github.io/1", ""),
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


@pytest.mark.parametrize(("address", "shared"), [
    ("https://gist.githubusercontent.com/eve/7/raw", True), ("http://S3.amazonaws.com/b/1", True),
    ("https://uni.example/~eve", False), ("https://uni.s3.amazonaws.com/1", False),
    ("https://s3.dualstack.eu-west-1.amazonaws.com/b", True), ("https://s3-eu-west-1.amazonaws.com/b", True),
    ("https://[gist.github.com/1", False), ("did:web:github.com", False), ("", False),
    pytest.param(f"https://s3{'-' * 200}.example/b", False, id="dashes")])
def test_a_host_that_keeps_files_for_anybody(address: str, *, shared: bool) -> None:
    assert is_shared(address) is shared
