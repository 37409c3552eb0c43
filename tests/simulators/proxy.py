"""A web proxy on this machine: it is told names, makes tunnels (RFC 9110 §9.3.6), and remembers both."""

from __future__ import annotations

import contextlib
import select
import socket
from dataclasses import dataclass, field

from tests.simulators.host import NUMBER, Listener, Request, answered

NAME = "proxy.example"


@dataclass
class LoopbackProxy:
    """Leads to one server, whatever name it is asked for.

    Attributes:
        server: Where every tunnel ends.
        refuses: Whether it leads nowhere.
        asked: The requests it saw, tunnels and plain ones.
    """

    server: Listener
    refuses: bool = False
    asked: list[Request] = field(default_factory=list)

    def listener(self) -> Listener:
        """Return the server that is the proxy; use it as a context manager."""
        return Listener(self._tunnel)

    def _tunnel(self, connection: socket.socket, request: Request) -> bool:
        self.asked.append(request)
        if self.refuses:
            return answered(connection, 407)
        ((number, port),) = self.server.resolve(request.host, 443)
        connection.sendall(b"HTTP/1.1 200 Go on\r\n\r\n")
        with contextlib.suppress(OSError), socket.create_connection((number, port)) as there:
            ends = {connection: there, there: connection}
            while ready := select.select(list(ends), [], [], 5)[0]:
                for end in ready:
                    data = end.recv(65536)
                    if not data:
                        return False
                    ends[end].sendall(data)
        return False


def settings(proxy: Listener, login: str = "") -> dict[str, str]:
    """Return what a system's settings say of the proxy."""
    ((_, port),) = proxy.resolve(NAME, 80)
    return {"https": f"http://{login}{NAME}:{port}"}


def resolve(name: str, port: int) -> tuple[tuple[str, int], ...]:
    """Know the proxy, and nobody else: with a proxy no other name is looked up."""
    assert name == NAME, name
    return ((NUMBER, port),)
