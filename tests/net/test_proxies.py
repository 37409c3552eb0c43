"""Which proxy an address goes by."""

from __future__ import annotations

import pytest

from wallet.net.policy import target
from wallet.net.proxies import proxy_of, shown, system_proxies

UNI = target("https://www.uni.example/")
OLD = target("http://old.example/", legacy_http=True)


def test_the_scheme_chooses() -> None:
    settings = {"https": "http://proxy.example:3128", "http": "plain.example:80"}
    assert proxy_of(UNI, settings) == "http://proxy.example:3128"
    assert proxy_of(OLD, settings) == "http://plain.example:80"
    assert proxy_of(UNI, {"all": "http://all.example"}) == "http://all.example"
    assert proxy_of(UNI, {"http": "http://plain.example"}) == ""
    assert proxy_of(UNI, {}) == ""


@pytest.mark.parametrize("no", ["*", "uni.example", ".uni.example", "*.uni.example",
                                "a.example, UNI.example ", "www.uni.example:443"])
def test_exceptions_go_straight(no: str) -> None:
    assert proxy_of(UNI, {"https": "http://proxy.example", "no": no}) == ""


@pytest.mark.parametrize("no", ["", ",", "i.example", "ni.example", "www.uni.example.org", "uni.example:80",
                                "."])
def test_others_do_not(no: str) -> None:
    assert proxy_of(UNI, {"https": "http://proxy.example", "no": no}) == "http://proxy.example"


def test_a_password_is_never_shown() -> None:
    assert shown("http://maya:secret@proxy.example:3128/x?y") == "http://proxy.example:3128"
    assert shown("") == ""
    assert shown("http://[") == ""


def test_the_system_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    assert system_proxies()["https"] == "http://proxy.example:3128"
