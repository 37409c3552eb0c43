"""The adapter that opens sockets: one document, asked for politely, under every bound there is.

The library that speaks the protocol is loaded with the first document, not with this module. Redirects are
followed by hand, each hop judged like the first. No cookies, no referrer, no log-in, and one constant
User-Agent that half the web sends: a host learns the number of this machine and what was asked, no more. A
mark of a version (ETag) is sent back only where the caller passes it, and only to the origin first asked.
RFC 9110, RFC 9112.
"""

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import urljoin

from wallet.model.limits import (
    MAX_CONNECT_S,
    MAX_ETAG_CHARS,
    MAX_FETCH_S,
    MAX_KEY_FETCH_S,
    MAX_READ_S,
    MAX_REDIRECTS,
    MAX_RETRIES,
    MAX_RETRY_AFTER_S,
)
from wallet.model.network import Fetched, FetchOutcome, Order, Purpose
from wallet.model.reasons import ReasonCode, reason

from .answer import is_believed, is_withdrawal, media_type_of, refusal, wrong_type
from .body import ENCODINGS, Body, broken
from .fetch import FetchError
from .policy import PUBLIC, Policy, Target, target
from .proxies import proxy_of, shown, system_proxies
from .turns import Turns

if TYPE_CHECKING:
    import httpx

    from .wire import CheckedTransport, Deadline, Resolve

USER_AGENT: Final = "Mozilla/5.0 (compatible)"
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_ETAG: Final = re.compile(r'(?:W/)?"[\x21\x23-\x7e]*"')
_SHORT: Final = re.compile(r"[0-9]{1,4}")  # as the length of an answer, in bytes
_SECONDS: Final = re.compile(r"[0-9]{1,4}")
_FIRST_BACKOFF_S: Final = 0.5
_JITTER: Final = random.SystemRandom().random


@dataclass(frozen=True, slots=True)
class Patience:
    """How long is waited, in seconds; tests have less.

    Attributes:
        connect: For a connection, TLS included.
        read: Between two pieces of an answer.
        total: For everything; key documents get less.
    """

    connect: float = MAX_CONNECT_S
    read: float = MAX_READ_S
    total: float = MAX_FETCH_S

    def for_purpose(self, purpose: Purpose) -> float:
        """Return the time for everything."""
        return min(self.total, MAX_KEY_FETCH_S) if purpose is Purpose.ISSUER_KEY else self.total


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    data: bytes


class Https:
    """Brings documents from the public web.

    Safe to use from several threads. With a proxy in the system's settings, names are resolved by the proxy:
    the text of each address is judged as ever, its number is not.
    """

    def __init__(self, policy: Policy = PUBLIC, *, resolve: Resolve | None = None,
                 proxies: Mapping[str, str] | None = None, patience: Patience | None = None,
                 pause: Callable[[float], None] = time.sleep,
                 jitter: Callable[[], float] = _JITTER) -> None:
        """Prepare; nothing is loaded or opened.

        Args:
            policy: What may be asked.
            resolve: From names to numbers; None for the system's way.
            proxies: As `urllib.request.getproxies` returns them; None for the system's.
            patience: How long is waited.
            pause: Sleeps.
            jitter: From 0 to 1, for the pauses between tries.
        """
        self._policy, self._resolve = policy, resolve
        self._proxies = proxies
        self._patience = patience or Patience()
        self._pause, self._jitter = pause, jitter
        self._turns = Turns(pause)
        self._lock = threading.Lock()
        self._deadline: Deadline | None = None
        self._transports: dict[str, CheckedTransport] = {}

    def fetch(self, order: Order) -> Fetched:
        """Bring what is ordered.

        Raises:
            FetchError: It did not come; the reason says why.
        """
        first = target(order.address, self._policy, legacy_http=order.legacy_http)
        with self._turns.of(first.host):
            self._clock().begin(self._patience.for_purpose(order.purpose))
            return self._follow(order, first)

    def proxy_for(self, address: str) -> str:
        """Return the proxy that a request would go by, without its log-in; "" for the straight way.

        Nothing is looked up, so that it can be shown before a request is allowed.
        """
        try:
            asked = target(address, self._policy, legacy_http=True)
        except FetchError:
            return ""
        return shown(self._proxy_of(asked))

    def close(self) -> None:
        """Close every connection. The next document opens new ones."""
        with self._lock:
            transports, self._transports = tuple(self._transports.values()), {}
        for transport in transports:
            transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()

    # --- one document ---

    def _follow(self, order: Order, first: Target) -> Fetched:
        asked, seen, secure = first, {first}, first.is_secure
        while len(seen) <= MAX_REDIRECTS + 1:
            answer = self._try(asked, order, first)
            if answer.status not in _REDIRECTS:
                return _fetched(answer, order, asked, first, secure=secure)
            asked = self._next(asked, answer.headers.get("location", ""), order, first)
            secure = secure and asked.is_secure
            if asked in seen:
                break
            seen.add(asked)
        raise FetchError(reason(ReasonCode.REDIRECT_ENDLESS, host=first.host, limit=str(MAX_REDIRECTS)),
                         FetchOutcome.REFUSED)

    def _next(self, asked: Target, location: str, order: Order, first: Target) -> Target:
        """Judge where a host sends us on to."""
        if not location:
            raise broken(asked.host)
        try:
            # Once an answer came over TLS, nothing after it may come without.
            following = target(urljoin(asked.address, location), self._policy,
                               legacy_http=order.legacy_http and not asked.is_secure)
        except FetchError as error:
            why = error.reason
            raise _misled(asked, why.code, **dict(why.params)) from error
        except ValueError as error:
            raise _misled(asked, ReasonCode.ADDRESS_UNREADABLE) from error
        if order.same_origin and following.origin != first.origin:
            elsewhere = reason(ReasonCode.REDIRECT_ELSEWHERE, host=asked.host, found=following.host)
            raise FetchError(elsewhere, FetchOutcome.REFUSED)
        return following

    def _try(self, asked: Target, order: Order, first: Target) -> _Answer:
        """Ask, and ask again after a pause where that is polite and may help."""
        for attempt in range(MAX_RETRIES + 1):
            wait = _FIRST_BACKOFF_S * 2**attempt * (0.5 + self._jitter())
            is_last = attempt == MAX_RETRIES
            try:
                answer = self._once(asked, order, first)
            except FetchError as error:
                if is_last or error.reason.code is not ReasonCode.HOST_UNREACHABLE or not self._has(wait):
                    raise
            else:
                if answer.status != 503 or is_last:
                    return answer
                wanted = answer.headers.get("retry-after", "0")
                # A date would need a clock, and is never soon.
                if not _SECONDS.fullmatch(wanted) or int(wanted) > MAX_RETRY_AFTER_S:
                    return answer
                wait = max(wait, int(wanted))
                if not self._has(wait):
                    return answer
            self._pause(wait)
        raise AssertionError("the last try returns or raises")

    def _has(self, wait: float) -> bool:
        return self._clock().left() > wait

    def _once(self, asked: Target, order: Order, first: Target) -> _Answer:
        """Send one request and read its answer, within all bounds."""
        import httpx  # noqa: PLC0415 - loaded for those who ask for something, and nobody else

        patience = self._patience
        timeout = httpx.Timeout(patience.read, connect=patience.connect).as_dict()
        try:
            request = httpx.Request("GET", asked.address, headers=_headers(order, asked, first),
                                    extensions={"timeout": timeout})
        except httpx.InvalidURL as error:
            unread = reason(ReasonCode.ADDRESS_UNREADABLE, found=asked.host)
            raise FetchError(unread, FetchOutcome.REFUSED, sent=False) from error
        # Straight to the transport: a client reads where it is sent on to, and cookies, unasked.
        response = self._transport(asked).handle_request(request)
        try:
            headers = response.headers
            media_type = media_type_of(headers.get("content-type", ""))
            believed = is_believed(media_type, order.accept)
            gone = response.status_code == 410 and order.purpose is Purpose.BADGE_RECORD and believed
            if response.status_code not in (200, 203) and not gone:
                _drain(response)
                return _Answer(response.status_code, headers, b"")
            if not believed:
                raise wrong_type(asked.host, media_type)
            body = Body(asked.host, order.max_bytes, headers.get("content-encoding", ""),
                        headers.get("content-length", ""))
            for piece in response.iter_raw():
                body.feed(piece)
            return _Answer(response.status_code, headers, body.finish())
        finally:
            response.close()

    # --- the library ---

    def _proxy_of(self, asked: Target) -> str:
        return proxy_of(asked, system_proxies() if self._proxies is None else self._proxies)

    def _clock(self) -> Deadline:
        from .wire import Deadline  # noqa: PLC0415 - as above

        with self._lock:
            if self._deadline is None:
                self._deadline = Deadline()
            return self._deadline

    def _transport(self, asked: Target) -> CheckedTransport:
        """Return the one pool of connections of a way out: straight, or by a proxy."""
        from .wire import CheckedTransport, system_numbers  # noqa: PLC0415 - as above

        proxy, clock = self._proxy_of(asked), self._clock()
        with self._lock:
            if proxy not in self._transports:
                resolve = self._resolve or system_numbers
                self._transports[proxy] = CheckedTransport(self._policy, resolve, clock, proxy)
            return self._transports[proxy]


def _drain(response: httpx.Response) -> None:
    """Read the rest of an answer nobody wants, if it is short: its connection serves the next request."""
    if response.status_code == 304 or _SHORT.fullmatch(response.headers.get("content-length", "")):
        with suppress(FetchError):
            for _ in response.iter_raw():
                pass


def _headers(order: Order, asked: Target, first: Target) -> dict[str, str]:
    """Return everything that a host is told beside the address."""
    wanted = ", ".join((*order.accept, "*/*;q=0.1")) if order.accept else "*/*"
    headers = {"Accept": wanted, "Accept-Encoding": ENCODINGS, "User-Agent": USER_AGENT}
    if asked.origin == first.origin and _etag(order.etag):
        headers["If-None-Match"] = order.etag
    return headers


def _etag(text: str) -> str:
    return text if len(text) <= MAX_ETAG_CHARS and _ETAG.fullmatch(text) else ""


def _fetched(answer: _Answer, order: Order, asked: Target, first: Target, *, secure: bool) -> Fetched:
    """Return what came, if the last answer is one to believe.

    Raises:
        FetchError: By its status.
    """
    error = refusal(answer.status, asked.host)
    if error is not None and not is_withdrawal(answer.status, answer.data):
        raise error
    unchanged = answer.status == 304
    if unchanged and "If-None-Match" not in _headers(order, asked, first):
        found = str(answer.status)
        raise FetchError(reason(ReasonCode.ANSWER_FAILED, host=asked.host, found=found), FetchOutcome.FAILED)
    # A mark is for whoever gave it. One of another origin would be told to the first one next time.
    mark = _etag(answer.headers.get("etag", "")) if asked.origin == first.origin else ""
    return Fetched(order.address, asked.address, asked.host, answer.data,
                   media_type_of(answer.headers.get("content-type", "")),
                   mark or (order.etag if unchanged else ""), unchanged, secure)


def _misled(asked: Target, because: ReasonCode, **params: str) -> FetchError:
    """Return the error of being sent on to an address that is not asked, which is what `params` are about."""
    why = reason(ReasonCode.REDIRECT_REFUSED, party=asked.host, because=because.value, **params)
    return FetchError(why, FetchOutcome.REFUSED)
