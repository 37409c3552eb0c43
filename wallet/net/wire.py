"""The wire: names resolved once and checked, connections to checked numbers only, and an end to all waiting.

`httpx` speaks the protocol; what it is not trusted with is here. Whatever the host of a request is called,
the connection goes to a number that was checked a moment before, in the same call, while TLS and the Host
header keep the name: a name that changes its mind in between gains nothing. Every read and write is bounded
by what is left of the whole request, so that an answer in drops ends as one that never comes. Only `https`
knows this module, and loads it when the first document is asked for.
"""

from __future__ import annotations

import logging
import math
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, TypeAlias

import certifi
import httpcore
import httpx

from wallet.model.limits import MAX_CONNECT_S, MAX_HOSTS_AT_ONCE, MAX_HOSTS_BEGUN, MAX_NUMBERS
from wallet.model.network import FetchOutcome
from wallet.model.reasons import ReasonCode, reason

from .body import broken
from .fetch import FetchError
from .policy import Policy, check_number

#: From a name and a port to numbers and ports. The port is the asked one, except in a test's world.
Resolve: TypeAlias = Callable[[str, int], Sequence[tuple[str, int]]]

# Both libraries log addresses and headers; our log lines hold neither.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)

#: OpenSSL's numbers (X509_V_ERR_…) for what is wrong with a certificate.
_NOT_IN_FORCE: Final = frozenset({9, 10})
_OTHER_NAME: Final = frozenset({62, 63, 64})
#: A connection of each host that will be asked again, and those to where hosts have sent us on.
_MAX_CONNECTIONS: Final = MAX_HOSTS_BEGUN + 2 * MAX_HOSTS_AT_ONCE


class Deadline(threading.local):
    """When the request of this thread ends."""

    moment: float = math.inf

    def begin(self, seconds: float) -> None:
        """Give the request so many seconds from now."""
        self.moment = time.monotonic() + seconds

    def left(self, limit: float | None = None) -> float:
        """Return the seconds that may be waited; 0 when the time is over."""
        left = max(0.0, self.moment - time.monotonic())
        return left if limit is None else min(left, limit)


def system_numbers(host: str, port: int) -> Sequence[tuple[str, int]]:
    """Ask the system what a name stands for.

    Raises:
        OSError: Nobody knows it.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys((str(address[0]), int(address[1])) for *_, address in found))


def trust_of(policy: Policy) -> ssl.SSLContext:
    """Return the authorities that are believed: this system's; a shipped list where the system shows none."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_default_certs()
    if not context.cert_store_stats()["x509_ca"]:
        context.load_verify_locations(cafile=certifi.where())
    if policy.authorities:
        context.load_verify_locations(cadata=policy.authorities)
    return context


class CheckedBackend(httpcore.NetworkBackend):
    """Connects names to numbers that were checked.

    With a proxy the only name it sees is the proxy's, which is the system's own word and may be an inner one.
    """

    def __init__(self, policy: Policy, resolve: Resolve, deadline: Deadline, *, is_proxied: bool) -> None:
        self._policy, self._resolve, self._deadline = policy, resolve, deadline
        self._is_proxied = is_proxied
        self._plain = httpcore.SyncBackend()

    def connect_tcp(self, host: str, port: int, timeout: float | None = None,
                    local_address: str | None = None,
                    socket_options: Any = None) -> httpcore.NetworkStream:
        """Resolve, check every number, connect to one of them."""
        numbers = self._numbers(host, port)
        if not self._is_proxied:
            for number, _ in numbers:
                check_number(host, number, self._policy)
        failed: Exception = httpcore.ConnectError()
        for number, there in numbers[:MAX_NUMBERS]:
            try:
                stream = self._plain.connect_tcp(number, there, self._deadline.left(timeout), local_address,
                                                 socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
            else:
                return BoundedStream(stream, self._deadline)
        raise failed

    def _numbers(self, host: str, port: int) -> Sequence[tuple[str, int]]:
        """Resolve a name, within the time there is: the system's own resolver knows no end."""
        found: list[Sequence[tuple[str, int]]] = []

        def look_up() -> None:
            try:
                found.append(self._resolve(host, port))
            except (OSError, UnicodeError):
                found.append(())

        thread = threading.Thread(target=look_up, daemon=True, name="look up")
        thread.start()
        thread.join(self._deadline.left(MAX_CONNECT_S))
        if not found:
            raise httpcore.ConnectTimeout
        if not found[0] and self._is_proxied:
            raise httpcore.ConnectError
        if not found[0]:
            raise FetchError(reason(ReasonCode.HOST_UNKNOWN, host=host), FetchOutcome.UNREACHABLE)
        return found[0]


class BoundedStream(httpcore.NetworkStream):
    """A connection whose every wait ends with the request."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read, while there is time."""
        return self._inner.read(max_bytes, self._left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write, while there is time."""
        self._inner.write(buffer, self._left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        """Close."""
        self._inner.close()

    def start_tls(self, ssl_context: ssl.SSLContext, server_hostname: str | None = None,
                  timeout: float | None = None) -> httpcore.NetworkStream:
        """Begin TLS; what is wrong with the other side's certificate becomes a reason."""
        try:
            inner = self._inner.start_tls(ssl_context, server_hostname,
                                          self._left(timeout, httpcore.ConnectTimeout))
        except httpcore.ConnectError as error:
            if isinstance(error.__cause__, ssl.SSLError):
                raise _mistrusted(error.__cause__, server_hostname or "") from error
            raise
        return BoundedStream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """Tell what the connection knows of itself."""
        return self._inner.get_extra_info(info)

    def _left(self, timeout: float | None, late: type[Exception]) -> float:
        left = self._deadline.left(timeout)
        if not left:
            raise late
        return left


def _mistrusted(error: ssl.SSLError, host: str) -> FetchError:
    if not isinstance(error, ssl.SSLCertVerificationError):
        return FetchError(reason(ReasonCode.TLS_FAILED, host=host), FetchOutcome.UNREACHABLE)
    code = ReasonCode.TLS_UNKNOWN_AUTHORITY
    if error.verify_code in _NOT_IN_FORCE:
        code = ReasonCode.TLS_ENDED
    elif error.verify_code in _OTHER_NAME:
        code = ReasonCode.TLS_OTHER_NAME
    return FetchError(reason(code, host=host), FetchOutcome.REFUSED)


class CheckedTransport(httpx.BaseTransport):
    """One connection pool, straight or by a proxy. Raises nothing but `FetchError`."""

    def __init__(self, policy: Policy, resolve: Resolve, deadline: Deadline, proxy: str = "") -> None:
        """Prepare a pool; nothing is connected.

        Raises:
            FetchError: PROXY_FAILED, when the system's settings name a proxy that is none we can use.
        """
        self._proxy, self._deadline = proxy, deadline
        backend = CheckedBackend(policy, resolve, deadline, is_proxied=bool(proxy))
        trust = trust_of(policy)
        if not proxy:
            self._pool = httpcore.ConnectionPool(
                ssl_context=trust, max_connections=_MAX_CONNECTIONS,
                max_keepalive_connections=MAX_HOSTS_BEGUN, keepalive_expiry=15.0, network_backend=backend)
            return
        try:
            named = httpx.Proxy(proxy)
        except (ValueError, httpx.InvalidURL) as error:
            raise _proxy_failed("", proxy) from error
        if named.url.scheme not in ("http", "https") or not named.url.host:
            raise _proxy_failed("", str(named.url.copy_with(userinfo=b"")))
        self._proxy = f"{named.url.scheme}://{named.url.netloc.decode('ascii')}"
        self._pool = httpcore.HTTPProxy(
            proxy_url=self._proxy, proxy_auth=named.raw_auth, ssl_context=trust,
            proxy_ssl_context=trust if named.url.scheme == "https" else None,
            max_connections=_MAX_CONNECTIONS, max_keepalive_connections=MAX_HOSTS_BEGUN,
            keepalive_expiry=15.0, network_backend=backend)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and read the head of its answer."""
        host, url = request.url.host, request.url
        with self._worded(host, begun=False):
            answer = self._pool.handle_request(httpcore.Request(
                request.method,
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw, extensions=request.extensions))
        pieces = _Pieces(answer, lambda: self._worded(host))
        return httpx.Response(answer.status, headers=answer.headers, stream=pieces)

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()

    @contextmanager
    def _worded(self, host: str, *, begun: bool = True) -> Iterator[None]:
        """Turn the library's errors into reasons."""
        try:
            yield
        except httpcore.TimeoutException as error:
            raise FetchError(reason(ReasonCode.HOST_SLOW, host=host), FetchOutcome.TIMED_OUT) from error
        except httpcore.ProxyError as error:
            raise _proxy_failed(host, self._proxy) from error
        except httpcore.NetworkError as error:
            if isinstance(error, httpcore.ConnectError) and self._proxy:
                raise _proxy_failed(host, self._proxy) from error
            raise (broken(host) if begun else _unreached(host)) from error
        except (httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
            # A connection kept from before may have been closed by the other side just now.
            dropped = not begun and str(error).startswith("Server disconnected")
            raise (_unreached(host) if dropped else broken(host)) from error


class _Pieces(httpx.SyncByteStream):
    """The bytes of an answer, as they arrive."""

    def __init__(self, answer: httpcore.Response, worded: Callable[[], Any]) -> None:
        self._answer, self._worded = answer, worded

    def __iter__(self) -> Iterator[bytes]:
        with self._worded():
            yield from self._answer.iter_stream()

    def close(self) -> None:
        with self._worded():
            self._answer.close()


def _unreached(host: str) -> FetchError:
    return FetchError(reason(ReasonCode.HOST_UNREACHABLE, host=host), FetchOutcome.UNREACHABLE)


def _proxy_failed(host: str, proxy: str) -> FetchError:
    return FetchError(reason(ReasonCode.PROXY_FAILED, host=host, found=proxy), FetchOutcome.UNREACHABLE)
