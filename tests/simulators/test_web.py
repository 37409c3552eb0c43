"""The web in memory keeps what the real door promises."""

from __future__ import annotations

import pytest

from tests.simulators.web import SimulatedWeb
from wallet.model.network import FetchOutcome, Order, Purpose
from wallet.model.reasons import ReasonCode
from wallet.net.fetch import FetchError

DID = "https://uni.example/.well-known/did.json"


def order(address: str = DID, **changes: object) -> Order:
    return Order(address, Purpose.ISSUER_KEY, **changes)  # type: ignore[arg-type]


def refused(web: SimulatedWeb, asked: Order) -> tuple[ReasonCode, FetchOutcome]:
    with pytest.raises(FetchError) as caught:
        web.fetch(asked)
    return caught.value.reason.code, caught.value.outcome


def test_what_was_put_comes_and_is_counted() -> None:
    web = SimulatedWeb({DID: {"id": "did:web:uni.example"}})
    fetched = web.fetch(order())
    assert fetched.data == b'{"id":"did:web:uni.example"}'
    assert (fetched.host, fetched.media_type, fetched.secure) == ("uni.example", "application/json", True)
    again = web.fetch(order(etag=fetched.etag))
    assert again.unchanged
    assert again.data == b""
    assert web.requests[DID] == 2
    assert web.addresses == (DID, DID)


def test_what_is_not_there_is_said_as_the_door_says_it() -> None:
    web = SimulatedWeb({DID: b"{}"})
    assert refused(web, order(DID + "x")) == (ReasonCode.ANSWER_MISSING, FetchOutcome.MISSING)
    web.gone(DID)
    assert refused(web, order()) == (ReasonCode.ANSWER_GONE, FetchOutcome.GONE)
    web.missing(DID)
    assert refused(web, order()) == (ReasonCode.ANSWER_MISSING, FetchOutcome.MISSING)
    web.unreachable("uni.example")
    assert refused(web, order()) == (ReasonCode.HOST_UNREACHABLE, FetchOutcome.UNREACHABLE)
    web.reachable("uni.example")
    web.put(DID, b"{}")
    assert web.fetch(order()).data == b"{}"
    assert web.requests[DID] == 4


def test_bounds_types_and_redirects_hold() -> None:
    web = SimulatedWeb()
    web.put(DID, b"12345", "text/html")
    assert refused(web, order(accept=("application/json",)))[0] is ReasonCode.ANSWER_TYPE
    assert refused(web, order(max_bytes=4)) == (ReasonCode.ANSWER_TOO_LARGE, FetchOutcome.TOO_LARGE)
    assert web.fetch(order(max_bytes=5)).data == b"12345"
    web.put(DID, b"{}", final_address="https://other.example/did.json")
    assert refused(web, order(same_origin=True))[0] is ReasonCode.REDIRECT_ELSEWHERE
    assert web.fetch(order()).host == "other.example"
