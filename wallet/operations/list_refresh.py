"""Bringing issuer lists from the web, on purpose: a list, all lists anew, or one issuer's entry.

Everything goes through the door, so that it is allowed and written down. A version that is older, or not
sealed by the pinned key, is refused and the one at hand stays. Asking a federation about an issuer tells its
host that somebody here looks at that issuer; so it is an act of its own, and never part of a check.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from wallet.model.errors import CancelledError, TrustError, VaultError, WalletError
from wallet.model.evidence import EvidenceDocument, EvidenceKind, Grade, Wanted
from wallet.model.issuer_lists import KeptList, ListKind
from wallet.model.limits import MAX_DID_DOCUMENT_BYTES, MAX_EVIDENCE_BYTES
from wallet.model.network import FetchOutcome, Order, Purpose
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.trust.federation import WELL_KNOWN
from wallet.trust.issuer_keys import wanted_document
from wallet.trust.list_of_lists import known_lists, newest_list
from wallet.trust.registry import ListFile, demand_successor, issuer_list

from .lists import add_federation, keep_list, lists_in_force, read_key
from .network import Door, FetchError
from .progress import Progress, SilentProgress, stop_if_cancelled

if TYPE_CHECKING:
    from .session import Session

MAX_LOOKUPS: Final = 64  # requests of one look-up; an issuer below intermediates takes several
_NOT_FOUND: Final = b'{"error":"not_found"}'  # OpenID Federation 1.0 §8.9, as the host said it with its 404
_LEGACY: Final = "dcc-legacy"


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What became of one request.

    Attributes:
        name: Of the list.
        is_new: Whether another version than before is kept now.
        reason: Why not, None if it was brought.
        is_unknown: Whether the host answered that it does not know what it was asked about.
    """

    name: str
    address: str
    is_new: bool = False
    reason: Reason | None = None
    is_unknown: bool = False


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
        _bring_statement(session, door, address)
        return add_federation(session, address, name=name, key=key)
    fetched = door.get(_order(address))
    kept = keep_list(session, address, fetched.data, name=title, key=read_key(key), grade=Grade.FETCHED,
                     source=fetched.host)
    if kept.kind is ListKind.LIST_OF_LISTS:
        _bring_members(session, door, kept, SilentProgress())
        session.lists = lists_in_force(session)
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
    return tuple(found)


def lookups_wanted(session: Session, issuer_ids: Sequence[str]) -> tuple[Wanted, ...]:
    """Return what would have to be asked so that every list in force can answer about these issuers."""
    wanted = (need for issuer in dict.fromkeys(issuer_ids) for one in session.lists if not one.anchors
              for need in one.ask(issuer, session.now()).wanted)
    return tuple(dict.fromkeys(wanted))


def look_up(session: Session, door: Door, issuer_ids: Sequence[str]) -> tuple[Refreshed, ...]:
    """Ask the federations in force about issuers, step by step, and keep what they signed.

    A host that does not know an issuer has answered: that is kept too, with its date.
    """
    asked: dict[str, Refreshed] = {}
    while len(asked) < MAX_LOOKUPS:
        wanted = [one.address for one in lookups_wanted(session, issuer_ids) if one.address not in asked]
        if not wanted:
            break
        for address in wanted[:MAX_LOOKUPS - len(asked)]:
            asked[address] = _told(session, door, address)
    session.lists = lists_in_force(session)
    return tuple(asked.values())


def _refresh(session: Session, door: Door, kept: KeptList) -> Refreshed:
    try:
        if kept.kind is ListKind.FEDERATION:
            return Refreshed(kept.name, kept.address, _bring_statement(session, door, kept.address))
        fetched = door.get(_order(kept.address))
        new = keep_list(session, kept.address, fetched.data, name=kept.name, key=None, grade=Grade.FETCHED,
                        source=fetched.host)
        return Refreshed(kept.name, kept.address, new.sha256 != kept.sha256)
    except CancelledError:
        raise
    except (FetchError, TrustError) as error:
        return Refreshed(kept.name, kept.address, reason=error.reason)


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
                      else _bring_statement(session, door, line.address))
            found.append(Refreshed(line.name, line.address, is_new))
        except (FetchError, TrustError) as error:
            found.append(Refreshed(line.name, line.address, reason=error.reason))
    return found


def _bring_list(session: Session, door: Door, name: str, address: str) -> bool:
    fetched = door.get(_order(address))
    offered = issuer_list(fetched.data, name=name)
    present = newest_list(address, session.evidence.documents, name=name)
    if isinstance(present, ListFile):
        demand_successor(present, offered)
    return _keep(session, address, fetched.data, fetched.host)


def _bring_statement(session: Session, door: Door, address: str) -> bool:
    # Others choose these addresses: what a site sends us on to is not kept as that site's word.
    fetched = door.get(replace(_order(address, MAX_DID_DOCUMENT_BYTES), same_origin=True))
    return _keep(session, address, fetched.data, fetched.host)


def _told(session: Session, door: Door, address: str) -> Refreshed:
    host = wanted_document(address, EvidenceKind.REGISTRY).host
    try:
        return Refreshed(host, address, _bring_statement(session, door, address))
    except FetchError as error:
        if error.outcome is FetchOutcome.MISSING:
            return Refreshed(host, address, _keep(session, address, _NOT_FOUND, host), is_unknown=True)
        return Refreshed(host, address, reason=error.reason)
    except WalletError as error:
        return Refreshed(host, address, reason=error.reason)


def _keep(session: Session, address: str, data: bytes, host: str) -> bool:
    """Keep what was served; the same bytes again count from now on. Return whether they are other bytes."""
    before = session.evidence.documents(address)
    digest = hashlib.sha256(data).hexdigest()
    session.kept.add(EvidenceDocument(address, EvidenceKind.REGISTRY, data, digest, Grade.FETCHED, host,
                                      session.now()))
    return not before or before[0].sha256 != digest


def _order(address: str, max_bytes: int = MAX_EVIDENCE_BYTES) -> Order:
    return Order(address, Purpose.REGISTRY, max_bytes=max_bytes)


def _in_force(session: Session) -> tuple[KeptList, ...]:
    from wallet.vault.lists import VaultLists  # noqa: PLC0415 - who only checks a file loads no vault

    return VaultLists(session.vault).all()
