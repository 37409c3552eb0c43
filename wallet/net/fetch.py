"""The Fetcher port, and the adapter that is in force until a person asks for more: nothing is fetched.

Whoever wants a document knows this port only; the adapter that opens sockets is in `https`. Every failure
is a `FetchError` with a reason; nothing of the HTTP library comes through.
"""

from __future__ import annotations

from typing import Protocol
from urllib.parse import urlsplit

from wallet.model.errors import WalletError
from wallet.model.network import Fetched, FetchOutcome, Order
from wallet.model.reasons import Reason, ReasonCode, reason


class FetchError(WalletError):
    """A document that did not come.

    Attributes:
        outcome: The word the ledger keeps.
        sent: Whether anything left this machine.
    """

    def __init__(self, why: Reason, outcome: FetchOutcome, *, sent: bool = True) -> None:
        super().__init__(why)
        self.outcome = outcome
        self.sent = sent


class Fetcher(Protocol):
    """Brings one document."""

    def fetch(self, order: Order) -> Fetched:
        """Bring what is ordered.

        Raises:
            FetchError: It did not come; the reason says why.
        """
        ...


class Offline:
    """Brings nothing."""

    def fetch(self, order: Order) -> Fetched:
        """Refuse, without looking anything up.

        Raises:
            FetchError: NETWORK_OFF, always.
        """
        host = urlsplit(order.address).hostname or ""
        why = reason(ReasonCode.NETWORK_OFF, host=host)
        raise FetchError(why, FetchOutcome.REFUSED, sent=False)
