"""The Fetcher port, and the adapter that is in force until a person asks for more: nothing is fetched.

Whoever wants a document knows this port only; the adapter that opens sockets is in `https`. Every failure
is a `FetchError` with a reason; nothing of the HTTP library comes through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from wallet.model.errors import WalletError
from wallet.model.reasons import Reason, ReasonCode, reason

if TYPE_CHECKING:  # who asks for nothing has nothing to order
    from wallet.model.network import Fetched, FetchOutcome, Order


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
        from wallet.model.network import FetchOutcome  # noqa: PLC0415 - see above

        host = urlsplit(order.address).hostname or ""
        why = reason(ReasonCode.NETWORK_OFF, host=host)
        raise FetchError(why, FetchOutcome.REFUSED, sent=False)
