"""Real sockets, real TLS, many names: the door reaches them and nothing else does."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import REPOSITORY
from tests.simulators.host import LoopbackWeb
from wallet.model.network import FetchOutcome, Order, Purpose
from wallet.model.reasons import ReasonCode
from wallet.net.fetch import FetchError
from wallet.net.https import Https

UNI, STATE = "https://uni.example/.well-known/did.json", "https://state.example/list"


def order(address: str, **changes: object) -> Order:
    return Order(address, Purpose.STATUS_LIST, **changes)  # type: ignore[arg-type]


def test_every_name_is_here_with_a_certificate_of_its_own() -> None:
    with LoopbackWeb({UNI: {"id": "uni"}, STATE: b"[1]"}) as web, web.https() as door:
        assert door.fetch(order(UNI)).data == b'{"id":"uni"}'
        assert door.fetch(order(STATE)).data == b"[1]"
        again = door.fetch(order(UNI))
        assert door.fetch(order(UNI, etag=again.etag)).unchanged
        assert web.counted == {UNI: 3, STATE: 1}
        assert web.connections == 2


def test_a_host_closes_down() -> None:
    with LoopbackWeb({UNI: b"{}"}) as web, web.https() as door:
        for change, what, outcome in ((web.gone, UNI, FetchOutcome.GONE),
                                      (web.missing, UNI, FetchOutcome.MISSING),
                                      (web.unreachable, "uni.example", FetchOutcome.UNREACHABLE)):
            change(what)
            with pytest.raises(FetchError) as caught:
                door.fetch(order(UNI))
            assert caught.value.outcome is outcome
        web.reachable("uni.example")
        web.redirect(UNI, STATE)
        web.put(STATE, b"{}")
        assert door.fetch(order(UNI)).host == "state.example"


def test_without_its_policy_the_door_stays_shut() -> None:
    with LoopbackWeb({UNI: b"{}"}) as web:
        with Https(resolve=web.resolve, proxies={}) as door, pytest.raises(FetchError) as caught:
            door.fetch(order(UNI))
        assert caught.value.reason.code is ReasonCode.ADDRESS_INNER
        assert web.connections == 0


def test_a_process_of_its_own_gets_the_door_by_text() -> None:
    program = ("import wallet.assemble\nfrom wallet.model.network import Order, Purpose\n"
               f"order = Order({UNI!r}, Purpose.ISSUER_KEY)\n"
               "print(wallet.assemble.web().fetch(order).data.decode())")
    with LoopbackWeb({UNI: b"{}"}) as web:
        done = subprocess.run([sys.executable, "-c", web.prelude() + program], cwd=REPOSITORY,
                              capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("{}\n", "")
