"""A pasted address: of a badge page, a record, a public list, or of any file a credential comes in.

Whatever is behind it is asked for through the door, told by its content, and kept as what it is. A page
without a credential is no failure: it can be kept as a document with its link, if the learner wants.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from wallet.formats.backpack import (
    MAX_LIST_BYTES,
    MAX_LIST_PAGES,
    MAX_OFFERS,
    Offer,
    list_address,
    read_list,
)
from wallet.formats.badge_page import PageFinds, clean_address, places, read_page
from wallet.formats.parse import parse
from wallet.model.credential import Credential
from wallet.model.errors import CancelledError, FormatError, WalletError
from wallet.model.links import Link, LinkKind
from wallet.model.network import Fetched, FetchOutcome, Order, Purpose
from wallet.model.reasons import ReasonCode, reason
from wallet.model.stored import Changes
from wallet.vault.links import VaultLinks

from .hosted import Brought, ask, keep_data, keep_fetched
from .intake import ImportOutcome, ImportRow, ImportSummary
from .network import Door, FetchError, host_of
from .progress import Progress, SilentProgress, stop_if_cancelled
from .session import Session

__all__ = ["Offer", "OfferList", "bring_address", "bring_offers", "hosts_asked", "is_profile",
           "offer_profile"]

_LIST_TYPES: Final = ("application/json", "application/ld+json")
_MAX_NAMED: Final = 3  # addresses that a page names which are asked


@dataclass(frozen=True, slots=True)
class OfferList:
    """What a public list offers.

    Attributes:
        offers: To be ticked.
        unusable: How many of its entries could not be used.
        complete: Whether the list was read to its end.
        known: Addresses among them from which something was brought before.
    """

    offers: tuple[Offer, ...]
    unusable: int = 0
    complete: bool = True
    known: frozenset[str] = frozenset()


def is_profile(address: str) -> bool:
    """Tell whether an address is that of a public list of badges. Never raises."""
    try:
        return bool(list_address(clean_address(address)))
    except FormatError:
        return False


def hosts_asked(address: str) -> tuple[str, ...]:
    """Return the hosts that would be asked at first, for the sheet before; what they name comes on top.

    Raises:
        FormatError: ADDRESS_UNREADABLE, ADDRESS_CREDENTIALS.
    """
    given = clean_address(address)
    listed = list_address(given)
    return tuple(dict.fromkeys(map(host_of, [listed] if listed else [*places(given), given])))


def bring_address(session: Session, address: str, door: Door) -> Brought:
    """Bring in whatever credential is behind an address.

    Args:
        session: The opened wallet.
        address: As pasted: a page, a record, a picture, a file.
        door: By whose leave.

    Raises:
        FormatError: ADDRESS_UNREADABLE, ADDRESS_CREDENTIALS.
        FetchError: Nothing came from any of the places that were asked; the first one's reason.
        VaultError: As `Vault.transaction`.
    """
    given = clean_address(address)
    first: FetchError | None = None
    seen: Brought | None = None
    for place in dict.fromkeys((*places(given), given)):
        try:
            fetched = ask(door, place)
        except FetchError as error:
            first = first or error
            if error.outcome is FetchOutcome.REFUSED and door.hosts is None:
                break  # where any host may be asked, what refuses one place refuses all
            continue
        page = read_page(fetched.data, fetched.final_address)
        found = _from_page(session, fetched, page, door) if page else keep_fetched(session, fetched, door)
        brought = replace(found, address=given)
        if brought.rows or page is None:
            return _linked(session, brought)
        seen = brought  # a page may stand where another place has the record; the last one is hers
    if seen is not None:
        return seen
    raise first or FormatError(reason(ReasonCode.ADDRESS_UNREADABLE, found=given[:200]))


def offer_profile(session: Session, address: str, door: Door) -> OfferList:
    """Ask for a public list and return what it offers; nothing is kept.

    Args:
        session: The opened wallet; known badges are offered too, and recognised when they are brought.
        address: Of the profile, backpack or collection, as pasted.
        door: By whose leave.

    Raises:
        FormatError: ADDRESS_UNREADABLE, ADDRESS_CREDENTIALS, LIST_UNREADABLE.
        CodecError: What came is no readable list.
        FetchError: Its first page did not come.
    """
    offers: dict[tuple[str, bytes], Offer] = {}
    unusable, complete = 0, False
    given = clean_address(address)
    place = list_address(given) or given
    for number in range(MAX_LIST_PAGES):
        try:
            fetched = door.get(Order(place, Purpose.PROFILE, _LIST_TYPES, MAX_LIST_BYTES))
            page = read_list(fetched.data, place)
        except WalletError:
            if not number:
                raise
            break
        offers |= {(one.address, one.record): one for one in page.offers}
        unusable += page.unusable
        place = page.next_address
        complete = not place and len(offers) <= MAX_OFFERS
        if not place or len(offers) >= MAX_OFFERS:
            break
    known = VaultLinks(session.vault).addresses() & {one.address for one in offers.values()}
    return OfferList(tuple(offers.values())[:MAX_OFFERS], unusable, complete, known)


def bring_offers(session: Session, offers: Sequence[Offer], door: Door, *,
                 progress: Progress | None = None) -> ImportSummary:
    """Bring in what was ticked, one after the other; what does not come names the reason and stops nothing.

    Raises:
        VaultError: As `Vault.transaction`; what was brought before stays.
    """
    watched = progress or SilentProgress()
    rows: list[ImportRow] = []
    cancelled = False
    for number, offer in enumerate(offers):
        try:
            stop_if_cancelled(watched)
        except CancelledError:
            cancelled = True
            break
        watched.step(number, len(offers), offer.title)
        rows += _bring_offer(session, offer, door)
    watched.step(len(rows), len(offers), "")
    ids = {one for row in rows for one in (row.credential_id, row.replaced_id) if one}
    return ImportSummary(tuple(rows), Changes(frozenset(ids), evidence=bool(ids)), cancelled)


def _bring_offer(session: Session, offer: Offer, door: Door) -> tuple[ImportRow, ...]:
    try:
        if offer.record:
            brought = keep_data(session, offer.record, offer.title, door)
        else:
            brought = bring_address(session, offer.address, door)
    except (FetchError, FormatError) as error:
        return (ImportRow(offer.title, ImportOutcome.REFUSED, reason=error.reason),)
    if brought.rows:
        return brought.rows
    return (ImportRow(offer.title, ImportOutcome.REFUSED, reason=brought.problem),)


def _linked(session: Session, brought: Brought) -> Brought:
    """Keep the address that was pasted beside what it brought."""
    links = VaultLinks(session.vault)
    for row in brought.rows:
        if row.credential_id:
            links.add(row.credential_id, [Link(brought.address, LinkKind.PAGE)])
    return brought


def _from_page(session: Session, fetched: Fetched, page: PageFinds, door: Door) -> Brought:
    """Look for the credential behind a page: in it, at addresses it names, in its picture."""
    for text in page.inside:
        if _is_credential(text):
            return keep_data(session, text, fetched.host, door)
    named = (*page.records, page.picture) if page.picture else page.records
    for address in dict.fromkeys(named[:_MAX_NAMED]):
        try:
            other = ask(door, address)
        except FetchError:
            continue
        if _is_credential(other.data):
            return keep_fetched(session, other, door)
    return Brought(page=page.title or fetched.host,
                   problem=reason(ReasonCode.PAGE_EMPTY, host=fetched.host))


def _is_credential(data: bytes) -> bool:
    try:
        return isinstance(parse(data), Credential)
    except WalletError:
        return False

