"""Badges that have no seal: their records on the issuer's website, brought in and kept with their dates.

An award before Open Badges 3.0 is three documents and a picture: assertion, badge class, issuer, image. Each
is asked for once, through the door, and kept under its own address as it came; every version stays. What a
later look at them finds is in `later_look`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import Final

from wallet.formats.openbadges2 import record_address
from wallet.formats.parse import parse
from wallet.formats.pictures import JPEG_MAGIC, PNG_MAGIC
from wallet.model.credential import Carrier, Credential, EvidenceClass
from wallet.model.errors import TrustError, WalletError
from wallet.model.evidence import EvidenceDocument, EvidenceKind, Grade
from wallet.model.limits import MAX_FILE_BYTES, MAX_PICTURE_BYTES
from wallet.model.links import Link, LinkKind
from wallet.model.network import Fetched, Order, Purpose
from wallet.model.reasons import Reason
from wallet.model.stored import Changes
from wallet.trust.badge_records import completed
from wallet.trust.evidence_store import evidence_document
from wallet.vault.links import VaultLinks
from wallet.verify.gather import gather

from .arrivals import speaks_for_itself
from .checking import desk_of
from .intake import ImportOutcome, ImportRow, import_bytes
from .library import check_again, evidence_for, load_credential
from .network import Door, FetchError
from .online import FetchSummary, fetch_documents, session_shelf
from .requests import missing_needs, plan
from .session import Session

__all__ = ["Brought", "bring_badge", "bring_picture", "keep_data", "keep_fetched"]

#: An award names its badge class, that its issuer, that its keys.
_MAX_ROUNDS: Final = 4
_PICTURES: Final = ("image/png", "image/jpeg", "image/*")
_HERE: Final = frozenset({ImportOutcome.ADDED, ImportOutcome.KNOWN, ImportOutcome.REPLACES})


@dataclass(frozen=True, slots=True)
class Brought:
    """What one address brought.

    Attributes:
        rows: One per credential that was found, kept or not.
        asked: What became of the requests for its records.
        page: The title of a page that holds no credential; it can be kept as a document with its link.
        address: The address, without what would tell who asks.
        problem: Why there are no rows, None if there are.
        data: What came, where nothing of it could be kept as a credential and it is no page; else b"".
        name: Of that file.
    """

    rows: tuple[ImportRow, ...] = ()
    asked: FetchSummary = field(default_factory=FetchSummary)
    page: str = ""
    address: str = ""
    problem: Reason | None = None
    data: bytes = b""
    name: str = ""

    @property
    def changes(self) -> Changes:
        """What it changed."""
        ids = {one for row in self.rows for one in (row.credential_id, row.replaced_id) if one}
        return Changes(frozenset(ids), evidence=bool(ids))


def bring_badge(session: Session, address: str, door: Door) -> Brought:
    """Ask for the record of one badge and for everything it names, and keep the badge.

    Args:
        session: The opened wallet.
        address: Of the record itself, or of a picture with the badge in it.
        door: By whose leave.

    Raises:
        FetchError: The record did not come.
        VaultError: As `Vault.transaction`.
    """
    return keep_fetched(session, ask(door, address), door)


def ask(door: Door, address: str) -> Fetched:
    """Ask for something that may be a credential, a page or a picture. Raises as `Door.get`."""
    plain = address.lower().startswith("http:")
    return door.get(Order(address, Purpose.CREDENTIAL, max_bytes=MAX_FILE_BYTES, legacy_http=plain))


def keep_fetched(session: Session, fetched: Fetched, door: Door) -> Brought:
    """Keep what came from an address, with the records and the picture it names.

    Raises:
        VaultError: As `Vault.transaction`.
    """
    _keep_as_record(session, fetched)
    name = fetched.final_address.partition("?")[0].rstrip("/").rpartition("/")[2] or fetched.host
    brought = keep_data(session, fetched.data, name, door)
    links = VaultLinks(session.vault)
    for row in brought.rows:
        if row.outcome in _HERE:
            links.add(row.credential_id, [Link(fetched.address, LinkKind.PAGE)])
    if brought.problem is not None:
        return replace(brought, address=fetched.address, data=fetched.data, name=name)
    return replace(brought, address=fetched.address)


def keep_data(session: Session, data: bytes, name: str, door: Door) -> Brought:
    """Keep a credential that is at hand, after asking for what it names. Raises as `keep_fetched`."""
    try:
        parsed = parse(data, name=name)
    except WalletError:
        parsed = None
    asked = _ask_for_records(session, parsed, door) if isinstance(parsed, Credential) else FetchSummary()
    rows = import_bytes(session, data, name).rows
    known = [row.credential_id for row in rows if row.outcome is ImportOutcome.KNOWN]
    if known:
        check_again(session, known)
    for row in rows:
        if row.outcome in _HERE:
            bring_picture(session, row.credential_id, door)
    problem = next((row.reason for row in rows if row.reason), None)
    return Brought(rows, asked, problem=None if any(row.outcome in _HERE for row in rows) else problem)


def bring_picture(session: Session, credential_id: str, door: Door) -> bool:
    """Ask for the picture of a badge and keep it; return whether it is here now.

    Nothing that is shown ever asks for it: only this wish does. A picture that does not come is no fault.
    """
    credential = load_credential(session, credential_id)
    named = completed(credential, evidence_for(session, credential_id, credential).lookup)
    address = named.achievement.picture_url
    if not address.startswith("https://") or named.achievement.picture:
        return False
    if session.kept.documents(address):
        return True
    try:
        fetched = door.get(Order(address, Purpose.PICTURE, _PICTURES, MAX_PICTURE_BYTES))
    except FetchError:
        return False
    if not fetched.data.startswith((PNG_MAGIC, JPEG_MAGIC)):
        return False
    digest = hashlib.sha256(fetched.data).hexdigest()
    session.kept.add(EvidenceDocument(address, EvidenceKind.PICTURE, fetched.data, digest, Grade.FETCHED,
                                      fetched.host, session.now()))
    return True


def _ask_for_records(session: Session, credential: Credential, door: Door) -> FetchSummary:
    """Ask for what a credential names, then for what that names, until nothing new is named."""
    done = FetchSummary()
    asked: set[str] = set()
    for _ in range(_MAX_ROUNDS):
        evidence = gather(credential, session.evidence, session.contexts, session.lists)
        new = [one for one in plan(missing_needs(credential, evidence)) if one.wanted not in asked]
        if not new:
            break
        asked |= {one.wanted for one in new}
        done |= fetch_documents(new, session_shelf(session), door, lambda: desk_of(session))
    return done


def _keep_as_record(session: Session, fetched: Fetched) -> None:
    """Keep what came as the record of its address, if that is what it says it is."""
    try:
        parsed = parse(fetched.data)
    except WalletError:
        return
    if not isinstance(parsed, Credential) or parsed.evidence_class is not EvidenceClass.HOSTED:
        return
    address = record_address(parsed)
    itself = (fetched.address, fetched.final_address) if speaks_for_itself(fetched) else (
        fetched.final_address,)
    if parsed.original.carrier is not Carrier.JSON or address not in itself:
        return  # it names another place: that is asked for, like any record
    grade = Grade.FETCHED if fetched.secure else Grade.FETCHED_PLAIN
    try:
        session.kept.add(evidence_document(address, fetched.data, grade=grade, source=fetched.host,
                                           fetched_at=session.now()))
    except TrustError:
        return
