"""The one door to the network: by whose leave something is asked, and the line that is kept of it.

Nothing is asked past this door. Its fetcher brings nothing until the front door (`wallet.assemble`) chose the
real one; its permission says which hosts may be asked; its ledger has a line of every request before the
request is made. What is asked and why is planned in `requests`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import urlsplit

from wallet.model.errors import OperationError
from wallet.model.network import Fetched, FetchOutcome, LedgerEntry, Order, Permission
from wallet.model.reasons import ReasonCode, reason
from wallet.net.fetch import Fetcher, FetchError

if TYPE_CHECKING:  # who only checks a file loads nothing of a vault
    from wallet.vault.ledger import HostPermission, VaultLedger

    from .session import Services, Session

__all__ = ["Door", "FetchError", "RunLedger", "allow_host", "allowed_hosts", "always_allowed", "clear_ledger",
           "desk_door", "host_of", "ledger", "revoke_host", "session_door", "set_always_allowed",
           "standing_permission"]

_log = logging.getLogger(__name__)
_ALWAYS: Final = "network_always"
_YES: Final = "yes"
_DEFAULT_PORTS: Final = {"https": 443, "http": 80}


class Ledger(Protocol):
    """Where the lines are kept."""

    def begin(self, entry: LedgerEntry) -> int:
        """Write a line and return its number."""
        ...

    def end(self, line: int, outcome: FetchOutcome, size: int) -> None:
        """Write how it ended."""
        ...


@dataclass(slots=True)
class RunLedger:
    """The lines of one run, for somebody without a wallet: shown, and gone with the program.

    Attributes:
        entries: The lines, oldest first.
    """

    entries: list[LedgerEntry] = field(default_factory=list)

    def begin(self, entry: LedgerEntry) -> int:
        """Write a line and return its number."""
        self.entries.append(entry)
        return len(self.entries) - 1

    def end(self, line: int, outcome: FetchOutcome, size: int) -> None:
        """Write how it ended."""
        before = self.entries[line]
        self.entries[line] = LedgerEntry(before.at, before.host, before.address, before.purpose,
                                         before.allowed, outcome, size)


@dataclass(frozen=True, slots=True)
class Door:
    """One wish's way to the network.

    Attributes:
        fetcher: Brings a document, or refuses.
        ledger: Where each request is written down.
        clock: The time of a line.
        allowed: By what the requests are allowed.
        hosts: The hosts that may be asked; None for any, where a command says so in its name.
        together: What is written inside it is kept together, ledger and documents alike: on the disk when it
            ends. Of a wallet's door a transaction of its vault.
    """

    fetcher: Fetcher
    ledger: Ledger
    clock: Callable[[], datetime]
    allowed: Permission
    hosts: frozenset[str] | None = None
    together: Callable[[], AbstractContextManager[None]] = nullcontext

    def may_ask(self, address: str) -> bool:
        """Tell whether the host of an address may be asked."""
        return self.hosts is None or host_of(address) in self.hosts

    def get(self, order: Order) -> Fetched:
        """Bring what is ordered; the ledger has it before anything is sent, and how it ended after.

        Raises:
            FetchError: REQUEST_NOT_ALLOWED, without a line in the ledger; as the fetcher else.
            VaultError: The line cannot be written; nothing was sent then.
        """
        line = self.begin(order)
        try:
            fetched = self.bring(order)
        except FetchError as error:
            self.end(order, line, error)
            raise
        self.end(order, line, fetched)
        return fetched

    def begin(self, order: Order) -> int:
        """Write the line of a request that is about to be made, and return its number.

        The request may leave when the line is on the disk, which is at the end of `together` where this is
        called inside it.

        Raises:
            FetchError: REQUEST_NOT_ALLOWED; there is no line then.
            VaultError: The line cannot be written; nothing may be sent then.
        """
        host = host_of(order.address)
        if not self.may_ask(order.address):
            why = reason(ReasonCode.REQUEST_NOT_ALLOWED, host=host)
            raise FetchError(why, FetchOutcome.REFUSED, sent=False)
        return self.ledger.begin(self._entry(host, order.address, order))

    def bring(self, order: Order) -> Fetched:
        """Make the request whose line was written. Writes nothing, so that it may be done by any thread.

        Raises:
            FetchError: As the fetcher.
        """
        return self.fetcher.fetch(order)

    def end(self, order: Order, line: int, came: Fetched | FetchError) -> None:
        """Write how a request ended.

        Raises:
            VaultError: It cannot be written.
        """
        if isinstance(came, FetchError):
            _log.debug("asked for %s: %s, %s", order.purpose.value, came.outcome.value,
                       came.reason.code.value)
            self.ledger.end(line, came.outcome, 0)
            return
        outcome = FetchOutcome.UNCHANGED if came.unchanged else FetchOutcome.FETCHED
        _log.debug("asked for %s: %s, %d bytes", order.purpose.value, outcome.value, len(came.data))
        self.ledger.end(line, outcome, len(came.data))
        answering = host_of(came.final_address)
        if answering != host_of(order.address):  # somebody else was asked too, on the host's word
            other = self._entry(answering, came.final_address, order)
            self.ledger.end(self.ledger.begin(other), outcome, 0)

    def _entry(self, host: str, address: str, order: Order) -> LedgerEntry:
        return LedgerEntry(self.clock(), host, address, order.purpose, self.allowed, FetchOutcome.ASKED)


def host_of(address: str) -> str:
    """Return who is asked at a web address: host, and port where it is unusual; "" for anything else."""
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    if parts.scheme not in _DEFAULT_PORTS:
        return ""
    return host if port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{host}:{port}"


# --- doors ---


def session_door(session: Session, allowed: Permission, hosts: frozenset[str] | None = None) -> Door:
    """Return a door of an opened wallet, by one kind of leave.

    A leave that was given on a sheet goes as far as the sheet (`hosts`); a standing one as far as what the
    learner allowed before; only a command that says so in its name goes anywhere.
    """
    if allowed is Permission.HOST:
        standing = frozenset(one.host for one in _lines(session).permissions())
        hosts = standing if hosts is None else hosts & standing
    unset = allowed is Permission.SETTING and not always_allowed(session)
    if unset or (allowed is Permission.ONCE and hosts is None):
        hosts = frozenset()
    return Door(session.services.fetcher, _lines(session), session.now, allowed, hosts,
                session.vault.transaction)


def desk_door(services: Services, ledger: Ledger) -> Door:
    """Return the door of somebody without a wallet, who said `--online`."""
    return Door(services.fetcher, ledger, services.clock, Permission.COMMAND)


def standing_permission(session: Session, hosts: frozenset[str]) -> Permission | None:
    """Return by what all these hosts may be asked without a sheet, None if the learner must be asked."""
    if always_allowed(session):
        return Permission.SETTING
    allowed = frozenset(one.host for one in _lines(session).permissions())
    return Permission.HOST if hosts <= allowed else None


# --- what was asked, and who may be ---


def ledger(session: Session, *, limit: int = -1) -> tuple[LedgerEntry, ...]:
    """Return every request that was made, newest first."""
    return _lines(session).entries(limit=limit)


def clear_ledger(session: Session) -> int:
    """Forget every line, and return how many there were. Raises as `Vault.transaction`."""
    count = len(ledger(session))
    _lines(session).clear()
    return count


def allowed_hosts(session: Session) -> tuple[HostPermission, ...]:
    """Return the hosts that may be asked without a question."""
    return _lines(session).permissions()


def allow_host(session: Session, host: str) -> str:
    """Let a host be asked until that is taken back; return its name as it is kept.

    Raises:
        OperationError: ADDRESS_UNREADABLE, for something that names no host.
        VaultError: As `Vault.transaction`.
    """
    name = _host_name(host)
    _lines(session).allow(name, session.now())
    return name


def revoke_host(session: Session, host: str) -> bool:
    """Take the leave back; return whether there was one. Raises as `allow_host`."""
    return _lines(session).revoke(_host_name(host))


def always_allowed(session: Session) -> bool:
    """Whether the learner lets every host be asked that a credential names."""
    return session.vault.setting(_ALWAYS) == _YES


def set_always_allowed(session: Session, *, allowed: bool) -> None:
    """Set or take back that leave. Raises as `Vault.transaction`."""
    session.vault.set_setting(_ALWAYS, _YES if allowed else "")


def _host_name(text: str) -> str:
    address = text.strip() if "://" in text else f"https://{text.strip()}/"
    host = host_of(address)
    if not host or any(sign in host for sign in " \\@") or not host.isprintable():
        raise OperationError(reason(ReasonCode.ADDRESS_UNREADABLE, found=text[:200]))
    return host


def _lines(session: Session) -> VaultLedger:
    from wallet.vault.ledger import VaultLedger  # noqa: PLC0415 - see above

    return VaultLedger(session.vault)
