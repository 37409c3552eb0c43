"""Threads that bring documents: each answer comes back under its number, a mistake where it is waited for."""

from __future__ import annotations

import threading

import pytest

from wallet.model.network import Fetched, FetchOutcome, Order, Purpose
from wallet.model.reasons import ReasonCode, reason
from wallet.net.fetch import FetchError
from wallet.operations.lanes import Lanes


def order(name: str) -> Order:
    return Order(f"https://{name}.example/", Purpose.ISSUER_KEY)


def brought(asked: Order) -> Fetched:
    if "absent" in asked.address:
        raise FetchError(reason(ReasonCode.ANSWER_MISSING, host="absent.example"), FetchOutcome.MISSING)
    if "mistake" in asked.address:
        raise ZeroDivisionError
    return Fetched(asked.address, asked.address, "host", asked.address.encode())


def all_of(lanes: Lanes) -> dict[int, Fetched | FetchError]:
    found: dict[int, Fetched | FetchError] = {}
    while lanes.busy:
        found |= dict(lanes.came(5))
    return found


def test_answers_come_back_under_their_numbers() -> None:
    lanes = Lanes(brought)
    for number, name in enumerate(("one", "absent", "three")):
        lanes.send(number, order(name))
    found = all_of(lanes)
    lanes.close()
    brought_ones = {number: one.data for number, one in found.items() if isinstance(one, Fetched)}
    assert brought_ones == {0: b"https://one.example/", 2: b"https://three.example/"}
    assert isinstance(found[1], FetchError)
    assert found[1].reason.code is ReasonCode.ANSWER_MISSING


def test_nothing_comes_from_nothing_and_waiting_has_an_end() -> None:
    held = threading.Event()

    def holding(asked: Order) -> Fetched:
        held.wait(5)
        return brought(asked)

    lanes = Lanes(holding)
    assert lanes.came(5) == []
    lanes.send(0, order("slow"))
    assert lanes.came(0.01) == []
    held.set()
    assert set(all_of(lanes)) == {0}
    lanes.close()


def test_closing_lets_the_threads_end() -> None:
    before = set(threading.enumerate())
    lanes = Lanes(brought)
    for number in range(3):
        lanes.send(number, order(f"host{number}"))
    all_of(lanes)
    begun = set(threading.enumerate()) - before
    lanes.close()
    for thread in begun:
        thread.join(5)
    assert not any(thread.is_alive() for thread in begun)


def test_a_mistake_of_ours_reaches_whoever_waits() -> None:
    lanes = Lanes(brought)
    lanes.send(0, order("mistake"))
    with pytest.raises(ZeroDivisionError):
        lanes.came(5)
    lanes.close()
