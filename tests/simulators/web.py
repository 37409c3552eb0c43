"""A web in memory: a `Fetcher` that serves what a test puts at an address, and remembers what was asked.

It opens nothing. It keeps the promises of the real door (bounds, types, marks of versions), so that what
works against it works against `wallet.net.https`; hosts with real sockets are in `host` and `villain`.

    web = SimulatedWeb()
    web.put("https://uni.example/.well-known/did.json", document)
    web.fetch(order)
    assert web.requests["https://uni.example/.well-known/did.json"] == 1
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from tests.simulators.signing import compact_json
from wallet.model.network import Fetched, FetchOutcome, Order, Purpose
from wallet.model.reasons import ReasonCode, reason
from wallet.net.answer import is_believed, is_withdrawal, refusal, too_large, wrong_type
from wallet.net.fetch import FetchError


@dataclass(frozen=True, slots=True)
class Page:
    """What lies at one address."""

    data: bytes = b""
    media_type: str = "application/json"
    status: int = 200
    final_address: str = ""


class SimulatedWeb:
    """Every host there is.

    Attributes:
        requests: How often each address was asked, whatever came of it.
        orders: Every order, in turn.
    """

    def __init__(self, pages: Mapping[str, bytes | dict[str, Any]] | None = None) -> None:
        self._pages: dict[str, Page] = {}
        self._silent: set[str] = set()
        self.requests: Counter[str] = Counter()
        self.orders: list[Order] = []
        for address, data in (pages or {}).items():
            self.put(address, data)

    # --- what is there ---

    def put(self, address: str, data: bytes | dict[str, Any], media_type: str = "application/json", *,
            final_address: str = "") -> None:
        """Serve this at an address from now on; `final_address` is where redirects led."""
        body = data if isinstance(data, bytes) else compact_json(data)
        self._pages[address] = Page(body, media_type, final_address=final_address)

    def gone(self, address: str) -> None:
        """Answer 410."""
        self.answer(address, 410)

    def missing(self, address: str) -> None:
        """Answer 404, as every address does where nothing was put."""
        self._pages.pop(address, None)

    def answer(self, address: str, status: int, data: bytes = b"") -> None:
        """Answer with a status code, and with nothing else unless it is said."""
        self._pages[address] = Page(data, status=status)

    def unreachable(self, host: str) -> None:
        """Let nothing of a host be reached; its pages stay."""
        self._silent.add(host)

    def reachable(self, host: str) -> None:
        """Let a host be reached again."""
        self._silent.discard(host)

    # --- what was asked ---

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses that were asked for, in turn."""
        return tuple(order.address for order in self.orders)

    def fetch(self, order: Order) -> Fetched:
        """Bring what was put there."""
        self.requests[order.address] += 1
        self.orders.append(order)
        host = urlsplit(order.address).hostname or ""
        if host in self._silent:
            raise FetchError(reason(ReasonCode.HOST_UNREACHABLE, host=host), FetchOutcome.UNREACHABLE)
        page = self._pages.get(order.address, Page(status=404))
        final = page.final_address or order.address
        error = refusal(page.status, host)
        record = order.purpose is Purpose.BADGE_RECORD
        if error is not None and not (record and is_withdrawal(page.status, page.data)):
            raise error
        if order.same_origin and _origin(final) != _origin(order.address):
            raise FetchError(reason(ReasonCode.REDIRECT_ELSEWHERE, host=host, found=_origin(final)),
                             FetchOutcome.REFUSED)
        if not is_believed(page.media_type, order.accept):
            raise wrong_type(host, page.media_type)
        if len(page.data) > order.max_bytes:
            raise too_large(host, order.max_bytes)
        etag = f'"{hashlib.sha256(page.data).hexdigest()[:16]}"'
        unchanged = order.etag == etag
        return Fetched(order.address, final, urlsplit(final).hostname or "", b"" if unchanged else page.data,
                       page.media_type, etag, unchanged, final.startswith("https:"))


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
