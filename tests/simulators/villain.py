"""A host that means no good: every way to answer that must not be believed, waited for or kept.

Real sockets on this machine; the behaviour is chosen by the path, so that one server plays every part. The
benign twin of each is beside it. Certificates that are wrong are chosen by the host's name.
"""

from __future__ import annotations

import datetime as dt
import gzip
import socket
import time
from collections.abc import Callable, Sequence
from urllib.parse import unquote

import trustme

from tests.simulators.host import NUMBER, Listener, Request, answered

GOOD = b'{"id":"did:web:uni.example"}'
BOMB = gzip.compress(bytes(32 << 20))
ETAG = '"v1"'

#: Names with a certificate that must not be believed, and one with a good one of many names.
ENDED, FUTURE, OTHER_NAME = "ended.example", "future.example", "other.example"
SELF_SIGNED = "selfsigned.example"
#: A name whose connection ends in the middle of the handshake.
NO_TLS = "notls.example"


def _certify(authority: trustme.CA, host: str) -> trustme.LeafCert | None:
    now = dt.datetime.now(dt.UTC)
    if host == ENDED:
        return authority.issue_cert(host, not_after=now - dt.timedelta(days=1))
    if host == FUTURE:
        return authority.issue_cert(host, not_before=now + dt.timedelta(days=1),
                                    not_after=now + dt.timedelta(days=9))
    if host == SELF_SIGNED:
        return trustme.CA().issue_cert(host)
    if host == NO_TLS:
        return None
    return authority.issue_cert("somebody-else.example" if host == OTHER_NAME else host)


def _json(connection: socket.socket, data: bytes = GOOD, **headers: str) -> bool:
    return answered(connection, 200, data, **{"content_type": "application/json"} | headers)


def _raw(connection: socket.socket, head: str, data: bytes = b"") -> None:
    connection.sendall(head.replace("\n", "\r\n").encode() + data)


class Villain(Listener):
    """Plays every part.

    Attributes:
        numbers: What names resolve to, in turn; the last one for ever. Set by tests of rebinding.
        hold: Seconds between two drops of a slow answer.
    """

    def __init__(self) -> None:
        super().__init__(self._play, _certify)
        self.numbers: list[str] = [NUMBER]
        self.looked_up: list[str] = []
        self.hold = 0.15
        self._asked: dict[str, int] = {}

    def resolve(self, host: str, port: int) -> Sequence[tuple[str, int]]:
        """Answer as the name service of a villain: each time something else, if the test says so."""
        self.looked_up.append(host)
        number = self.numbers.pop(0) if len(self.numbers) > 1 else self.numbers[0]
        return ((number, self._ports[port]),)

    def _play(self, connection: socket.socket, request: Request) -> bool:
        part, _, rest = request.path.partition("?")[0].lstrip("/").partition("/")
        parts: dict[str, Callable[[socket.socket, Request, str], bool]] = {
            "good": lambda wire, *_: _json(wire), "to": self._send_on, "chain": self._chain,
            "loop": self._loop, "slow-head": self._slow_head, "slow-body": self._slow_body,
            "silent": self._silent, "endless": self._endless, "endless-head": self._endless_head,
            "bomb": lambda wire, *_: _json(wire, BOMB, content_encoding="gzip"),
            "packed": lambda wire, *_: _json(wire, gzip.compress(GOOD), content_encoding="gzip"),
            "bytes": lambda wire, _, size: _json(wire, b"x" * int(size)),
            "chunked": self._chunked, "liar": self._liar, "short": self._short, "garbage": self._garbage,
            "type": lambda wire, _, kind: _json(wire, content_type=kind),
            "untyped": lambda wire, *_: answered(wire, 200, GOOD),
            "cookie": lambda wire, *_: _json(wire, set_cookie="who=maya; Path=/"),
            "version": self._version, "always-304": lambda wire, *_: answered(wire, 304),
            "status": lambda wire, _, code: answered(wire, int(code), b"<html>"),
            "busy": self._busy, "drops": self._drops, "raw": self._said,
        }
        return parts[part](connection, request, rest)

    # --- sending on ---

    def _send_on(self, connection: socket.socket, _: Request, rest: str) -> bool:
        """`/to/STATUS/ADDRESS` (the address encoded)."""
        status, address = rest.split("/", 1)
        return answered(connection, int(status), location=unquote(address))

    def _chain(self, connection: socket.socket, _: Request, rest: str) -> bool:
        left = int(rest)
        return answered(connection, 302, location=f"/chain/{left - 1}") if left else _json(connection)

    def _loop(self, connection: socket.socket, _: Request, rest: str) -> bool:
        return answered(connection, 302, location="/loop/" + ("b" if rest == "a" else "a"))

    # --- time ---

    def _drip(self, connection: socket.socket, data: bytes) -> None:
        for at in range(len(data)):
            if self._stopped.is_set():
                return
            connection.sendall(data[at:at + 1])
            time.sleep(self.hold)

    def _slow_head(self, connection: socket.socket, *_: object) -> bool:
        self._drip(connection, b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n")
        return False

    def _slow_body(self, connection: socket.socket, *_: object) -> bool:
        _raw(connection, "HTTP/1.1 200 OK\nContent-Length: 1000\nContent-Type: application/json\n\n")
        self._drip(connection, b"x" * 1000)
        return False

    def _silent(self, *_: object) -> bool:
        self._stopped.wait(3)
        return False

    # --- size ---

    def _endless(self, connection: socket.socket, *_: object) -> bool:
        _raw(connection, "HTTP/1.1 200 OK\nContent-Type: application/json\n\n")
        while not self._stopped.is_set():
            connection.sendall(b"x" * 65536)
        return False

    def _endless_head(self, connection: socket.socket, *_: object) -> bool:
        _raw(connection, "HTTP/1.1 200 OK\n")
        while not self._stopped.is_set():
            connection.sendall(b"X-More: " + b"x" * 8000 + b"\r\n")
        return False

    def _chunked(self, connection: socket.socket, *_: object) -> bool:
        _raw(connection, "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\nContent-Type: application/json\n\n")
        _raw(connection, f"{len(GOOD):x}\n", GOOD + b"\r\n0\r\n\r\n")
        return True

    # --- lies ---

    def _liar(self, connection: socket.socket, *_: object) -> bool:
        """Announce 5 bytes and send more."""
        _raw(connection, "HTTP/1.1 200 OK\nContent-Length: 5\nContent-Type: application/json\n\n", GOOD)
        return False

    def _short(self, connection: socket.socket, *_: object) -> bool:
        """Announce more than is sent."""
        _raw(connection, "HTTP/1.1 200 OK\nContent-Length: 500\nContent-Type: application/json\n\n", GOOD)
        return False

    def _garbage(self, connection: socket.socket, *_: object) -> bool:
        connection.sendall(b"220 mail.example ESMTP\r\n\r\n")
        return False

    def _said(self, connection: socket.socket, _: Request, rest: str) -> bool:
        """`/raw/HEX`: exactly these bytes."""
        connection.sendall(bytes.fromhex(rest))
        return False

    # --- memory ---

    def _version(self, connection: socket.socket, request: Request, _: str) -> bool:
        if request.headers.get("if-none-match") == ETAG:
            return answered(connection, 304, etag=ETAG)
        return _json(connection, etag=ETAG)

    # --- not now ---

    def _busy(self, connection: socket.socket, request: Request, rest: str) -> bool:
        """`/busy/TIMES/RETRY-AFTER`: 503 so many times, then good."""
        times, _, after = rest.partition("/")
        if self._count(request.path) <= int(times):
            return answered(connection, 503, retry_after=unquote(after) or "0")
        return _json(connection)

    def _drops(self, connection: socket.socket, request: Request, rest: str) -> bool:
        """`/drops/TIMES`: hang up without a word so many times, then good."""
        if self._count(request.path) <= int(rest):
            return False
        return _json(connection)

    def _count(self, path: str) -> int:
        self._asked[path] = self._asked.get(path, 0) + 1
        return self._asked[path]
