"""Hosts with real sockets: a TLS server on this machine that is every host of the web at once.

It listens on 127.0.0.1, shows for each name a certificate of an authority of its own (`trustme`), and hands
each request to a function. `LoopbackWeb` serves a table of addresses, as `web.SimulatedWeb` does without
sockets; `villain` has answers nobody should believe. The wallet's real door reaches it by an injected policy
(this number, this authority) and an injected resolver (every name is here):

    with LoopbackWeb() as web:
        web.put("https://uni.example/.well-known/did.json", document)
        web.https().fetch(order)

A run of the real program in a process of its own gets the same by `prelude`, Python text that replaces the
product's door before the product begins: the product itself knows no switch for it.
"""

from __future__ import annotations

import contextlib
import hashlib
import socket
import ssl
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self, TypeAlias
from urllib.parse import urlsplit

import trustme

from tests.simulators.loopback import loopback
from tests.simulators.signing import compact_json
from wallet.net.https import Https, Patience
from wallet.net.policy import Policy

NUMBER = "127.0.0.1"
_MAX_HEAD = 64 * 1024
_IDLE_S = 20.0

Certify: TypeAlias = Callable[[trustme.CA, str], trustme.LeafCert | None]


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked."""

    host: str
    path: str
    headers: Mapping[str, str]
    secure: bool
    raw: bytes = b""

    @property
    def address(self) -> str:
        return f"{'https' if self.secure else 'http'}://{self.host}{self.path}"


#: Answers a request on its connection; True keeps the connection for the next one.
Answer: TypeAlias = Callable[[socket.socket, Request], bool]


def answered(connection: socket.socket, status: int, data: bytes = b"", **headers: str) -> bool:
    """Send one whole answer. Names of headers have `_` for `-`."""
    named = {"content_length": str(len(data))} | headers
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in named.items())
    connection.sendall(f"HTTP/1.1 {status} Answer\r\n{lines}\r\n".encode() + data)
    return True


@dataclass
class Listener:
    """A server on this machine. Use it as a context manager; sockets are permitted meanwhile.

    Attributes:
        answer: What to do with a request.
        certify: Makes the certificate of a name; None ends the handshake.
        requests: Everything that was asked, in turn.
        connections: How many were accepted.
    """

    answer: Answer
    certify: Certify = lambda authority, host: authority.issue_cert(host)
    requests: list[Request] = field(default_factory=list)
    connections: int = 0
    authority: trustme.CA = field(default_factory=trustme.CA)
    _contexts: dict[str, ssl.SSLContext] = field(default_factory=dict)
    _threads: list[threading.Thread] = field(default_factory=list)
    _open: set[socket.socket] = field(default_factory=set)
    _stack: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)
    _ports: dict[int, int] = field(default_factory=dict)
    _stopped: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        self._stack.enter_context(loopback())
        for port in (443, 80):
            server = self._stack.enter_context(socket.create_server((NUMBER, 0)))
            self._ports[port] = server.getsockname()[1]
            self._start(self._accept, server, port == 443)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self._stopped.set()
        for port in self._ports.values():
            # A connection of our own wakes the thread that waits for one.
            with contextlib.suppress(OSError), socket.create_connection((NUMBER, port), 1):
                pass
        for one in tuple(self._open):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)
        self._stack.close()

    # --- for the wallet's door ---

    @property
    def policy(self) -> Policy:
        """Lets the door in: this number, and the authority of these certificates."""
        return Policy(numbers=frozenset({NUMBER}), authorities=self.authority.cert_pem.bytes().decode())

    def resolve(self, _host: str, port: int) -> Sequence[tuple[str, int]]:
        """Say that every name is here."""
        return ((NUMBER, self._ports[port]),)

    def https(self, **changes: Any) -> Https:
        """Return the real door, as it reaches this server; without pauses between tries."""
        given: dict[str, Any] = {"policy": self.policy, "resolve": self.resolve, "proxies": {},
                                 "patience": Patience(2, 2, 4), "pause": lambda _: None}
        return Https(**given | changes)

    def prelude(self) -> str:
        """Return Python text that gives a process of its own the same door."""
        return (
            "import wallet.assemble\n"
            "from wallet.net.https import Https\n"
            "from wallet.net.policy import Policy\n"
            f"policy = Policy(numbers=frozenset({{{NUMBER!r}}}), authorities={self.policy.authorities!r})\n"
            f"ports = {self._ports!r}\n"
            f"wallet.assemble.web = lambda: Https(policy, proxies={{}}, "
            f"resolve=lambda host, port: (({NUMBER!r}, ports[port]),))\n")

    # --- sockets ---

    def _start(self, work: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self, server: socket.socket, secure: bool) -> None:
        while not self._stopped.is_set():
            try:
                connection, _ = server.accept()
            except OSError:
                return
            if self._stopped.is_set():
                connection.close()
                return
            self.connections += 1
            self._start(self._serve, connection, secure)

    def _serve(self, connection: socket.socket, secure: bool) -> None:
        connection.settimeout(_IDLE_S)
        # Else a connection's first answer waits until the other side has acknowledged the handshake's end.
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._open.add(connection)
        try:
            with contextlib.suppress(OSError, ssl.SSLError, ValueError):
                if secure:
                    self._open.discard(connection)
                    connection = self._gate().wrap_socket(connection, server_side=True)
                    self._open.add(connection)
                while not self._stopped.is_set() and self._one(connection, secure):
                    pass
        finally:
            self._open.discard(connection)
            connection.close()

    def _one(self, connection: socket.socket, secure: bool) -> bool:
        head = b""
        while b"\r\n\r\n" not in head:
            piece = connection.recv(4096)
            if not piece or len(head) > _MAX_HEAD:
                return False
            head += piece
        first, *lines = head.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
        parts = (one.partition(":") for one in lines)
        headers = {name.strip().lower(): value.strip() for name, _, value in parts}
        request = Request(headers.get("host", ""), first.split(" ")[1], headers, secure, head)
        self.requests.append(request)
        return self.answer(connection, request)

    def _gate(self) -> ssl.SSLContext:
        """Return a context that shows each name the certificate of that name."""
        def chosen(connection: ssl.SSLSocket | ssl.SSLObject, host: str | None,
                   _: ssl.SSLContext) -> ssl.AlertDescription | None:
            context = self._context(host or "nobody.example")
            if context is None:
                return ssl.AlertDescription.ALERT_DESCRIPTION_HANDSHAKE_FAILURE
            connection.context = context
            return None

        gate = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        gate.sni_callback = chosen
        return gate

    def _context(self, host: str) -> ssl.SSLContext | None:
        if host not in self._contexts:
            leaf = self.certify(self.authority, host)
            if leaf is None:
                return None
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            leaf.configure_cert(context)
            self._contexts[host] = context
        return self._contexts[host]


@dataclass(frozen=True, slots=True)
class _Page:
    status: int = 404
    data: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


class LoopbackWeb(Listener):
    """Every host there is, with what was put at its addresses.

    Attributes:
        counted: How often each address was asked.
    """

    def __init__(self, pages: Mapping[str, bytes | dict[str, Any]] | None = None) -> None:
        super().__init__(self._serve_page)
        self._pages: dict[str, _Page] = {}
        self._silent: set[str] = set()
        self.counted: Counter[str] = Counter()
        for address, data in (pages or {}).items():
            self.put(address, data)

    def put(self, address: str, data: bytes | dict[str, Any], media_type: str = "application/json") -> None:
        """Serve this at an address from now on."""
        body = data if isinstance(data, bytes) else compact_json(data)
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        self._pages[address] = _Page(200, body, {"content_type": media_type, "etag": etag})

    def redirect(self, address: str, to: str, status: int = 302) -> None:
        """Send on to another address."""
        self._pages[address] = _Page(status, headers={"location": to})

    def answer_with(self, address: str, status: int, data: bytes = b"") -> None:
        """Answer with a status code, and with nothing else unless it is said."""
        self._pages[address] = _Page(status, data, {"content_type": "application/json"} if data else {})

    def gone(self, address: str) -> None:
        """Answer 410."""
        self.answer_with(address, 410)

    def missing(self, address: str) -> None:
        """Answer 404, as every address does where nothing was put."""
        self._pages.pop(address, None)

    def unreachable(self, host: str) -> None:
        """Close every connection to a host without a word; its pages stay."""
        self._silent.add(host)

    def reachable(self, host: str) -> None:
        """Answer for a host again."""
        self._silent.discard(host)

    def _serve_page(self, connection: socket.socket, request: Request) -> bool:
        self.counted[request.address] += 1
        if urlsplit(request.address).hostname in self._silent:
            return False
        page = self._pages.get(request.address, _Page())
        etag = page.headers.get("etag", "")
        if etag and request.headers.get("if-none-match") == etag:
            return answered(connection, 304, etag=etag)
        return answered(connection, page.status, page.data, **page.headers)
