"""The exemption is narrow, and ends."""

from __future__ import annotations

import socket

import pytest

from tests.simulators.loopback import loopback


def test_outside_of_a_block_no_socket_opens() -> None:
    with pytest.raises(AssertionError, match="opened a socket"):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    with loopback():
        pass
    with pytest.raises(AssertionError, match="opened a socket"):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    with pytest.raises(AssertionError, match="looked up"):
        socket.getaddrinfo("127.0.0.1", 443)


def test_inside_a_block_this_machine_is_reached() -> None:
    with (loopback(), socket.create_server(("127.0.0.1", 0)) as there,
          socket.create_connection(there.getsockname()[:2]) as here):
        assert here.getpeername() == there.getsockname()
        answering, _ = there.accept()
        answering.close()


@pytest.mark.parametrize("place", [("192.0.2.1", 443), ("127.0.0.2", 443)])
def test_inside_a_block_nothing_else_is(place: tuple[str, int]) -> None:
    with loopback(), socket.socket(socket.AF_INET, socket.SOCK_STREAM) as here:
        with pytest.raises(AssertionError, match="reached out"):
            here.connect(place)
        with pytest.raises(AssertionError, match="reached out"):
            here.bind(place)


def test_inside_a_block_a_name_is_no_way_round() -> None:
    with loopback(), socket.socket(socket.AF_INET, socket.SOCK_STREAM) as here:
        for go in (here.connect, here.bind):
            # A system may know no such name; then it says so before anybody else is asked.
            with pytest.raises((AssertionError, socket.gaierror)):
                go(("localhost", 443))


@pytest.mark.parametrize("name", ["localhost", "uni.example", "192.0.2.1"])
def test_inside_a_block_no_name_is_looked_up(name: str) -> None:
    with loopback():
        with pytest.raises(AssertionError, match="looked up"):
            socket.getaddrinfo(name, 443)
        with pytest.raises(AssertionError, match="looked up"):
            socket.gethostbyname(name)
