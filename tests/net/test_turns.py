"""One request at a time to one host, with a pause."""

from __future__ import annotations

import threading

import pytest

from wallet.model.limits import MIN_SPACING_S
from wallet.net.turns import Turns


def test_the_second_request_waits_a_little() -> None:
    waited: list[float] = []
    turns = Turns(waited.append)
    for host in ("a.example", "b.example", "a.example"):
        with turns.of(host):
            pass
    assert len(waited) == 1
    assert 0 < waited[0] <= MIN_SPACING_S


def test_one_at_a_time_and_hosts_do_not_wait_for_each_other() -> None:
    turns = Turns(lambda _: None)
    second, done = threading.Event(), threading.Event()

    def ask() -> None:
        second.set()
        with turns.of("a.example"):
            done.set()

    with turns.of("a.example"):
        thread = threading.Thread(target=ask)
        thread.start()
        assert second.wait(2)
        with turns.of("b.example"):
            assert not done.wait(0.05)
    assert done.wait(2)
    thread.join()


def test_a_fault_gives_the_turn_back() -> None:
    turns = Turns(lambda _: None)
    with pytest.raises(ValueError, match="x"), turns.of("a.example"):
        raise ValueError("x")
    with turns.of("a.example"):
        pass
