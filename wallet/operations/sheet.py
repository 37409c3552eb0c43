"""The sheet before a wish that needs the web: host by host what would be asked, why, and by which way.

One sheet for one wish, however many credentials it is about. Nothing is asked here. A leave that is given on
the sheet goes as far as the hosts that were ticked on it (`network.session_door`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from wallet.model.network import Permission, Purpose
from wallet.model.reasons import Reason
from wallet.net.fetch import Fetcher

from .network import Door, allow_host, allowed_hosts, host_of, standing_permission
from .requests import Request, by_host
from .session import Services, Session


@dataclass(frozen=True, slots=True)
class HostAsked:
    """One line of the sheet.

    Attributes:
        documents: How many would be asked for.
        purposes: Why, each once; what the host learns follows from them.
        proxy: By which proxy, "" for the straight way.
        is_allowed: Whether the learner has let it be asked before, for keeps.
    """

    host: str
    documents: int
    purposes: tuple[Purpose, ...]
    proxy: str = ""
    is_allowed: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that one wish would ask.

    Attributes:
        hosts: By name.
        refused: Why something is not asked for, each reason once.
        standing: By what it may be asked without a question, None if the learner must be asked.
    """

    hosts: tuple[HostAsked, ...]
    refused: tuple[Reason, ...] = ()
    standing: Permission | None = None

    @property
    def documents(self) -> int:
        """How many documents would be asked for."""
        return sum(one.documents for one in self.hosts)

    @property
    def names(self) -> frozenset[str]:
        """Who would be asked."""
        return frozenset(one.host for one in self.hosts)


@runtime_checkable
class _KnowsProxies(Protocol):
    def proxy_for(self, address: str) -> str: ...


def sheet_of(session: Session, requests: Sequence[Request]) -> Sheet:
    """Return the sheet for planned requests; what is not asked for is on it with its reason."""
    hosts = [(one.host, len(one.requests), one.purposes, one.requests[0].places[0])
             for one in by_host(requests)]
    refused = tuple(dict.fromkeys(one.refused for one in requests if one.refused))
    return _sheet(session, hosts, refused)


def sheet_for(session: Session, addresses: Iterable[str], purpose: Purpose) -> Sheet:
    """Return the sheet for web addresses that are asked for one purpose."""
    found: dict[str, list[str]] = {}
    for address in dict.fromkeys(addresses):
        if host_of(address):
            found.setdefault(host_of(address), []).append(address)
    hosts = [(host, len(asked), (purpose,), asked[0]) for host, asked in sorted(found.items())]
    return _sheet(session, hosts)


def sheet_without_wallet(services: Services, requests: Sequence[Request]) -> Sheet:
    """Return the sheet for somebody who has no wallet: nobody has been allowed anything for keeps."""
    refused = tuple(dict.fromkeys(one.refused for one in requests if one.refused))
    return Sheet(tuple(
        HostAsked(one.host, len(one.requests), one.purposes,
                  _proxy(services.fetcher, one.requests[0].places[0])) for one in by_host(requests)), refused)


def open_door(session: Session, hosts: Collection[str], *, for_keeps: bool = False) -> Door:
    """Return the door for the hosts that were ticked; `for_keeps` remembers the leave.

    Raises:
        VaultError: As `Vault.transaction`, where the leave cannot be kept.
    """
    ticked = frozenset(hosts)
    if not for_keeps:
        return session.door(Permission.ONCE, ticked)
    for host in sorted(ticked):
        allow_host(session, host)
    return session.door(Permission.HOST, ticked)


def _sheet(session: Session, hosts: Iterable[tuple[str, int, tuple[Purpose, ...], str]],
           refused: tuple[Reason, ...] = ()) -> Sheet:
    allowed = {one.host for one in allowed_hosts(session)}
    fetcher = session.services.fetcher
    lines = tuple(HostAsked(host, count, purposes, _proxy(fetcher, address), host in allowed)
                  for host, count, purposes, address in hosts)
    names = frozenset(one.host for one in lines)
    return Sheet(lines, refused, standing_permission(session, names) if lines else None)


def _proxy(fetcher: Fetcher, address: str) -> str:
    return fetcher.proxy_for(address) if isinstance(fetcher, _KnowsProxies) else ""
