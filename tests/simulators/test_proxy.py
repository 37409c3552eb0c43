"""The door behind a proxy: which names are looked up by whom, and what stays checked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.simulators.host import LoopbackWeb
from tests.simulators.proxy import NAME, LoopbackProxy, resolve, settings
from tests.simulators.villain import OTHER_NAME, Villain
from wallet.model.network import Order, Purpose
from wallet.model.reasons import ReasonCode as R
from wallet.net.fetch import FetchError
from wallet.net.https import Https
from wallet.net.policy import Policy

UNI = "https://uni.example/list"


@contextmanager
def behind(web: LoopbackWeb | Villain, *, refuses: bool = False, login: str = "",
           ) -> Iterator[tuple[Https, LoopbackProxy]]:
    proxy = LoopbackProxy(web, refuses)
    # No number of this machine is let in: through a proxy none is seen.
    policy = Policy(authorities=web.policy.authorities)
    with proxy.listener() as there:
        given: dict[str, Any] = {"policy": policy, "proxies": settings(there, login), "resolve": resolve}
        with web.https(**given) as door:
            yield door, proxy


def test_the_proxy_looks_names_up_and_tls_ends_at_the_host() -> None:
    with LoopbackWeb({UNI: b"[]"}) as web, behind(web, login="maya:secret@") as (door, proxy):
        assert door.fetch(Order(UNI, Purpose.STATUS_LIST)).data == b"[]"
        assert [one.path for one in proxy.asked] == ["uni.example:443"]
        assert "proxy-authorization" in proxy.asked[0].headers
        assert "proxy-authorization" not in web.requests[0].headers
        assert door.proxy_for(UNI).startswith(f"http://{NAME}:")


def test_names_and_certificates_are_still_judged() -> None:
    with Villain() as villain, behind(villain) as (door, proxy):
        for address, code in (("https://127.0.0.1/good", R.ADDRESS_NUMERIC),
                              ("https://localhost/good", R.ADDRESS_INNER),
                              (f"https://{OTHER_NAME}/good", R.TLS_OTHER_NAME)):
            with pytest.raises(FetchError) as caught:
                door.fetch(Order(address, Purpose.STATUS_LIST))
            assert caught.value.reason.code is code
        assert len(proxy.asked) == 1


def test_a_proxy_that_refuses_is_told_without_its_password() -> None:
    with LoopbackWeb() as web, behind(web, refuses=True, login="maya:secret@") as (door, _):
        with pytest.raises(FetchError) as caught:
            door.fetch(Order(UNI, Purpose.STATUS_LIST))
        assert caught.value.reason.code is R.PROXY_FAILED
        assert caught.value.reason["found"].startswith(f"http://{NAME}:")
        assert caught.value.reason["host"] == "uni.example"
