"""Which of the lists in force know an issuer, and as what. Looked up here; nothing is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wallet.trust.registry import Listing

from .session import Session

_KNOWN = (Listing.LISTED, Listing.ENDED, Listing.DOMAIN)


@dataclass(frozen=True, slots=True)
class KnownTo:
    """What one list says.

    Attributes:
        list: Its name.
        name: What it calls the issuer.
        date: As of when, None where it does not say.
        by_domain: Whether it knows the web address only, and not this very issuer.
        has_ended: Whether it says so no longer.
        by_federation: Whether a federation was asked, and signed what it said.
        until: Until when it says so, None where it names no end.
    """

    list: str
    name: str
    date: datetime | None = None
    by_domain: bool = False
    has_ended: bool = False
    by_federation: bool = False
    until: datetime | None = None


def known_to(session: Session, issuer_id: str) -> tuple[KnownTo, ...]:
    """Return what the lists say about an issuer, the most authoritative first."""
    answers = (one.ask(issuer_id, session.now()) for one in session.lists)
    return tuple(KnownTo(one.list, one.issuer.name, one.date, one.listing is Listing.DOMAIN,
                         one.listing is Listing.ENDED, one.origin == "federation", one.until)
                 for one in answers if one.listing in _KNOWN and one.issuer)
