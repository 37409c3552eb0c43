"""Bringing issuer lists from the web, on purpose: a list, or all lists anew.

Everything goes through the door, so that it is allowed and written down. A version that is older, or not
sealed by the pinned key, is refused and the one at hand stays. Asking a federation about one issuer is in
`lookups`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from wallet.model.errors import CancelledError, TrustError, VaultError
from wallet.model.evidence import EvidenceDocument, EvidenceKind, Grade, Verified
from wallet.model.issuer_lists import KeptList, ListKind
from wallet.model.limits import MAX_DID_DOCUMENT_BYTES, MAX_EVIDENCE_BYTES
from wallet.model.network import Order, Purpose
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.trust.federation import WELL_KNOWN
from wallet.trust.list_of_lists import known_lists, newest_list
from wallet.trust.registry import ListFile, demand_successor, issuer_list

from .list_overview import note_refusals
from .lists import add_federation, keep_list, lists_in_force, read_key
from .network import Door, FetchError
from .progress import Progress, SilentProgress, stop_if_cancelled

if TYPE_CHECKING:
    from .session import Session

_LEGACY: Final = "dcc-legacy"


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What became of one request.

    Attributes:
        name: Of the list.
        is_new: Whether another version than before is kept now.
        reason: Why not, None if it was brought.
        is_refused: Whether it came, and is not what it has to be.
    """

    name: str
    address: str
    is_new: bool = False
    reason: Reason | None = None
    is_refused: bool = False


def add_list_address(session: Session, door: Door, address: str, *, name: str = "",
                     key: str = "") -> KeptList:
    """Bring a list, a list of lists or a federation's configuration, and put it in force.

    Raises:
        FetchError: It did not come.
        TrustError, VaultError: As `lists.add_list_file`; LIST_KNOWN for one in force.
    """
    if any(one.address == address for one in _in_force(session)):
        raise VaultError(reason(ReasonCode.LIST_KNOWN, name=address))
    title = name or address.removeprefix("https://")[:80]
    if address.endswith(WELL_KNOWN):
        bring_statement(session, door, address)
        return add_federation(session, address, name=name, key=key)
    fetched = door.get(_order(address))
    kept = keep_list(session, address, fetched.data, name=title, key=read_key(key), grade=Grade.FETCHED,
                     source=fetched.host)
    if kept.kind is ListKind.LIST_OF_LISTS:
        bring_members(session, door, kept.address)
    return kept


def refresh_lists(session: Session, door: Door, *, progress: Progress | None = None) -> tuple[Refreshed, ...]:
    """Bring every list in force anew that has a web address; what does not come changes nothing.

    Raises:
        CancelledError: When the person has asked to stop; what came stays.
    """
    shown = progress or SilentProgress()
    found: list[Refreshed] = []
    lists = [one for one in _in_force(session) if one.address.startswith("https://")]
    for done, kept in enumerate(lists):
        stop_if_cancelled(shown)
        shown.step(done, len(lists), kept.name)
        found.append(_refresh(session, door, kept))
        present = next((one for one in _in_force(session) if one.address == kept.address), kept)
        if present.kind is ListKind.LIST_OF_LISTS:
            found.extend(_bring_members(session, door, present, shown))
    session.lists = lists_in_force(session)
    _note(session, found)
    return tuple(found)


def bring_members(session: Session, door: Door, address: str, *,
                  progress: Progress | None = None) -> tuple[Refreshed, ...]:
    """Bring the lists that a list of lists in force names; nothing for another one.

    Raises:
        CancelledError: When the person has asked to stop; what came stays.
    """
    kept = next((one for one in _in_force(session) if one.address == address), None)
    if kept is None or kept.kind is not ListKind.LIST_OF_LISTS:
        return ()
    found = tuple(_bring_members(session, door, kept, progress or SilentProgress()))
    session.lists = lists_in_force(session)
    _note(session, found)
    return found


def _note(session: Session, found: Iterable[Refreshed]) -> None:
    """Remember what was refused for what it is; that a host was not reached says nothing of a list."""
    note_refusals(session, {one.address: one.reason for one in found if one.reason is None or one.is_refused})


def _refresh(session: Session, door: Door, kept: KeptList) -> Refreshed:
    try:
        if kept.kind is ListKind.FEDERATION:
            return Refreshed(kept.name, kept.address, bring_statement(session, door, kept.address))
        fetched = door.get(_order(kept.address))
        new = keep_list(session, kept.address, fetched.data, name=kept.name, key=None, grade=Grade.FETCHED,
                        source=fetched.host)
        return Refreshed(kept.name, kept.address, new.sha256 != kept.sha256)
    except CancelledError:
        raise
    except (FetchError, TrustError) as error:
        return Refreshed(kept.name, kept.address, reason=error.reason,
                         is_refused=isinstance(error, TrustError))


def _bring_members(session: Session, door: Door, kept: KeptList, progress: Progress) -> list[Refreshed]:
    """Bring the lists that a list of lists names, each under its own address."""
    versions = session.evidence.documents(kept.address)
    document = next((one for one in versions if one.sha256 == kept.sha256), None)
    lines = known_lists(document.data, name=kept.name) if document else ()
    found = []
    for line in lines:
        stop_if_cancelled(progress)
        if not line.address:
            continue
        try:
            is_new = (_bring_list(session, door, line.name, line.address) if line.type == _LEGACY
                      else bring_statement(session, door, line.address))
            found.append(Refreshed(line.name, line.address, is_new))
        except (FetchError, TrustError) as error:
            found.append(Refreshed(line.name, line.address, reason=error.reason,
                                   is_refused=isinstance(error, TrustError)))
    return found


def _bring_list(session: Session, door: Door, name: str, address: str) -> bool:
    fetched = door.get(_order(address))
    offered = issuer_list(fetched.data, name=name)
    present = newest_list(address, session.evidence.documents, name=name)
    if isinstance(present, ListFile):
        demand_successor(present, offered)
    return keep_statement(session, address, fetched.data, fetched.host)


def bring_statement(session: Session, door: Door, address: str, purpose: Purpose = Purpose.REGISTRY) -> bool:
    """Bring a signed statement of a federation; return whether it is another one than was kept.

    Raises:
        FetchError: It did not come.
        VaultError: As `Vault.transaction`.
    """
    # Others choose these addresses: what a site sends us on to is not kept as that site's word.
    fetched = door.get(Order(address, purpose, max_bytes=MAX_DID_DOCUMENT_BYTES, same_origin=True))
    return keep_statement(session, address, fetched.data, fetched.host)


def keep_statement(session: Session, address: str, data: bytes, host: str) -> bool:
    """Keep what was served; the same bytes again count from now on. Return whether they are other bytes."""
    before = session.evidence.documents(address)
    digest = hashlib.sha256(data).hexdigest()
    session.kept.add(EvidenceDocument(address, EvidenceKind.REGISTRY, data, digest, Grade.FETCHED, host,
                                      session.now(), verified=(Verified.TLS,)))
    return not before or before[0].sha256 != digest


def _order(address: str) -> Order:
    return Order(address, Purpose.REGISTRY, max_bytes=MAX_EVIDENCE_BYTES)


def _in_force(session: Session) -> tuple[KeptList, ...]:
    from wallet.vault.lists import VaultLists  # noqa: PLC0415 - who only checks a file loads no vault

    return VaultLists(session.vault).all()
