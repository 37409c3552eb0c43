"""Which address of a credential may be handed to the browser, and whose it is.

The rule is the one for our own requests: https, a plain name of the public web, no user name in front of it,
no port of its own. Nothing is opened here, and nothing is looked up.
"""

from __future__ import annotations

from dataclasses import dataclass

from wallet.model.reasons import Reason
from wallet.net.fetch import FetchError
from wallet.net.policy import target


@dataclass(frozen=True, slots=True)
class WebPage:
    """A page somewhere.

    Attributes:
        host: Who is asked, in full; never shortened where it is shown.
        address: The whole address, spelled in one way, in ASCII.
        refused: Why it may not be opened; None where it may.
    """

    host: str
    address: str
    refused: Reason | None = None


def web_page(address: str) -> WebPage:
    """Judge an address that somebody else wrote. Never raises for one."""
    try:
        judged = target(address)
    except FetchError as error:
        return WebPage("", address, error.reason)
    return WebPage(judged.host, judged.address)
