"""The watch over the program sees what it must, and lets it reach the hosts of a test and nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys import runner
from tests.journeys.runner import run_wallet
from tests.simulators.host import LoopbackWeb

UNI = "https://uni.example/list"
_FETCH = """
import wallet.assemble
from wallet.model.network import Order, Purpose
print(wallet.assemble.web().fetch(Order(sys.argv[1], Purpose.STATUS_LIST)).data.decode())
"""
_CONNECT = "import socket; socket.socket().connect((sys.argv[1], 443))"


def test_hosts_of_a_test_are_reached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "MAIN", _FETCH)
    with LoopbackWeb({UNI: b"[1]"}) as web:
        assert run_wallet(tmp_path, UNI, web=web).out == "[1]\n"
        assert web.counted == {UNI: 1}


@pytest.mark.parametrize("place", ["192.0.2.1", "127.0.0.2"])
def test_nobody_else_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    monkeypatch.setattr(runner, "MAIN", _CONNECT)
    with LoopbackWeb() as web, pytest.raises(AssertionError, match="REACHED OUT"):
        run_wallet(tmp_path, place, web=web)
    with pytest.raises(AssertionError, match="SOCKET OPENED"):
        run_wallet(tmp_path, place)


def test_without_hosts_the_real_door_finds_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "MAIN", _FETCH)
    with pytest.raises(AssertionError, match="NAME LOOKED UP"):
        run_wallet(tmp_path, UNI)
