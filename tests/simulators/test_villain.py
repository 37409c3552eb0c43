"""The villain does what it says, and its honest answers are honest."""

from __future__ import annotations

import socket

import pytest

from tests.simulators.villain import BOMB, GOOD, Villain


def asked(villain: Villain, path: str) -> tuple[int, bytes]:
    """Ask as any program would, over the door without TLS."""
    ((number, port),) = villain.resolve("uni.example", 80)
    with socket.create_connection((number, port), 5) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: uni.example\r\n\r\n".encode())
        connection.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: connection.recv(4096), b""))
    head, _, data = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), data


@pytest.mark.parametrize(("path", "status", "data"), [
    ("/good", 200, GOOD), ("/bomb", 200, BOMB), ("/status/410", 410, b"<html>"), ("/liar", 200, GOOD),
    ("/to/302/https%3A%2F%2Fa.example%2F", 302, b""),
])
def test_parts_are_played(path: str, status: int, data: bytes) -> None:
    with Villain() as villain:
        assert asked(villain, path) == (status, data)
        assert [one.path for one in villain.requests] == [path]


def test_numbers_change_when_asked() -> None:
    with Villain() as villain:
        villain.numbers = ["127.0.0.1", "10.0.0.1"]
        found = [villain.resolve("a.example", 443)[0][0] for _ in range(3)]
        assert found == ["127.0.0.1", "10.0.0.1", "10.0.0.1"]
        assert villain.looked_up == ["a.example"] * 3


def test_it_stops_in_the_middle_of_everything() -> None:
    with Villain() as villain:
        ((number, port),) = villain.resolve("uni.example", 80)
        with socket.create_connection((number, port)) as connection:
            connection.sendall(b"GET /slow-body HTTP/1.1\r\nHost: uni.example\r\n\r\n")
            assert connection.recv(10)
        threads = villain._threads
    assert not [one for one in threads if one.is_alive()]
