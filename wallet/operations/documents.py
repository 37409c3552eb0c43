"""Documents and own statements: what has no seal and no record, kept as what it is, with what is said of it.

A PDF or a picture stays as it came. Its title, who gave it and when are the learner's word; what the file
says fills the form before she does. Links are listed and never opened. A credential inside the file is
another thing: `intake` takes it out and keeps it beside. Nothing here ever gets a tick.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from wallet.formats.badge_page import clean_address, split_address
from wallet.formats.entries import (
    MAX_ENTRY_LINKS,
    Details,
    bounded,
    details_of,
    document_entry,
    is_entry,
    link_entry,
    statement_entry,
)
from wallet.formats.first_bytes import is_pdf
from wallet.formats.members import first_object, text
from wallet.formats.parse import parse
from wallet.formats.pdf import PdfContents
from wallet.formats.providers import first_provider
from wallet.formats.qr import is_picture, read_qr
from wallet.model.credential import Carrier, Credential, EvidenceClass, Original
from wallet.model.errors import FormatError, OperationError, WalletError
from wallet.model.links import Link, LinkKind
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.model.stored import Changes, NewRecord, StoredCredential
from wallet.vault.entries import entry_with_file, rewrite_entry
from wallet.vault.links import VaultLinks
from wallet.vault.store import AddOutcome
from wallet.verify.gather import gather
from wallet.verify.pipeline import judge

from .files import read_file
from .intake import ImportOutcome, ImportRow, import_bytes, new_record
from .pdf_worker import look_into_pdf
from .session import Session

__all__ = ["MAX_ENTRY_LINKS", "Details", "Document", "Found", "add_document", "add_link", "add_statement",
           "advice", "change_entry", "details", "keep_document", "links", "look_into", "typed_link"]

_TYPES: Final = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif",
                 b"RIFF": "image/webp"}


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a file, to fill the form with; every text untrusted.

    Attributes:
        details: What it says of itself.
        links: Addresses in it, with where they stand.
        problem: Why it could not be looked into, None if it could; it can be kept all the same.
    """

    details: Details
    links: tuple[Link, ...] = ()
    problem: Reason | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What became of a file that was kept as a document.

    Attributes:
        row: The document.
        inside: Credentials that were in the file, kept beside it.
        found: What was found in it.
    """

    row: ImportRow
    inside: tuple[ImportRow, ...] = ()
    found: Found | None = None

    @property
    def changes(self) -> Changes:
        """What it changed."""
        return Changes(frozenset(row.credential_id for row in (self.row, *self.inside) if row.credential_id))


def look_into(data: bytes, name: str) -> Found:
    """Return what a file says of itself; a PDF is looked into in a process of its own. Never raises.

    Args:
        data: The file.
        name: Its name, the title of last resort.
    """
    title = Path(name).stem.replace("_", " ").strip() or "Document"
    try:
        if is_pdf(data):
            return _of_pdf(look_into_pdf(data), title)
        if is_picture(data):
            codes = read_qr(data)
            return Found(_filled(Details(title), codes), _links((codes, LinkKind.CODE)))
    except WalletError as error:
        return Found(Details(title), problem=error.reason)
    return Found(Details(title))


def add_document(session: Session, path: Path, said: Details | None = None, *,
                 more_links: Iterable[str] = ()) -> Document:
    """Keep a file as a document, and any credential inside it as what that is.

    Args:
        session: The opened wallet.
        path: The file.
        said: What the learner says; what she leaves empty is filled from the file. None for all of it.
        more_links: Addresses that belong to it.

    Raises:
        OperationError: FILE_MISSING and kin.
        VaultError: As `Vault.transaction`.
    """
    return keep_document(session, read_file(path), path.name, said, more_links=more_links)


def keep_document(session: Session, data: bytes, name: str, said: Details | None = None, *,
                  more_links: Iterable[str] = ()) -> Document:
    """Keep bytes as a document. The same file again changes what is said of it. Raises as `add_document`.

    Raises:
        OperationError: EMPTY_FILE.
    """
    if not data:
        raise OperationError(reason(ReasonCode.EMPTY_FILE))
    found = look_into(data, name)
    inside = tuple(row for row in import_bytes(session, data, name).rows
                   if row.outcome is not ImportOutcome.REFUSED)
    whole = _merged(said or Details(), found.details)
    original = document_entry(whole, data, name=name, media_type=_media_type(data))
    before = entry_with_file(session.vault.database, hashlib.sha256(data).hexdigest())
    pages = [Link(one, LinkKind.PAGE) for one in more_links if split_address(one) is not None]
    if before and said is None:
        stored = session.vault.get(before)
        return Document(ImportRow(name, ImportOutcome.KNOWN, stored.id, stored.title, stored.issuer_name,
                                  report=stored.report), inside, found)
    row = _rewritten(session, before, original, name) if before else _kept(session, original, name)
    VaultLinks(session.vault).add(row.credential_id, (*pages, *found.links))
    return Document(row, inside, found)


def add_link(session: Session, address: str, said: Details | None = None) -> ImportRow:
    """Keep a web page as a document: its link, and what the learner says of it. Nothing is fetched.

    Raises:
        FormatError: ADDRESS_UNREADABLE, ADDRESS_CREDENTIALS.
        VaultError: As `Vault.transaction`.
    """
    given = clean_address(address)
    said = said or Details()
    provider = first_provider([given])
    parts = split_address(given)
    host = parts.hostname if parts else ""
    issuer = said.issuer or (provider.name if provider else "")
    whole = replace(said, title=said.title or host or given, issuer=issuer,
                    links=(given, *said.links))
    row = _kept(session, link_entry(bounded(whole)), given)
    VaultLinks(session.vault).add(row.credential_id, [Link(given, LinkKind.PAGE)])
    return row


def add_statement(session: Session, said: Details, *, source: str = "") -> ImportRow:
    """Keep a statement of the learner's own.

    Args:
        session: The opened wallet.
        said: What she says.
        source: Where she wrote it before, "" for here.

    Raises:
        OperationError: ENTRY_UNTITLED.
        VaultError: As `Vault.transaction`.
    """
    whole = bounded(said)
    if not whole.title:
        raise OperationError(reason(ReasonCode.ENTRY_UNTITLED))
    row = _kept(session, statement_entry(whole, source=source), whole.title)
    VaultLinks(session.vault).add(row.credential_id, [Link(one, LinkKind.PAGE) for one in whole.links])
    return row


def change_entry(session: Session, credential_id: str, said: Details) -> Changes:
    """Write down anew what is said of a document or in a statement; its file stays as it came.

    Raises:
        OperationError: ENTRY_UNTITLED; ENTRY_SEALED for what others said.
        VaultError: CREDENTIAL_NOT_FOUND, and as `Vault.transaction`.
    """
    stored, credential = _entry(session, credential_id)
    whole = bounded(said)
    if not whole.title:
        raise OperationError(reason(ReasonCode.ENTRY_UNTITLED))
    original = credential.original
    if original.carrier is Carrier.FILE:
        name = text(first_object(credential.document.get("file")).get("name"))
        told = document_entry(whole, original.data, name=name, media_type=original.media_type)
    elif credential.evidence_class is EvidenceClass.OWN:
        told = statement_entry(whole, source=text(credential.document.get("source")))
    else:
        told = link_entry(whole)
    with session.vault.transaction():
        _rewritten(session, stored.id, told, stored.title)
        _relink(session, stored.id, details_of(credential.document).links, whole.links)
    return Changes(frozenset({stored.id}))


def typed_link(text: str) -> str:
    """Return a web address as it was typed, with what stands before it; "" for what is none."""
    given = text.strip()
    parts = split_address(given)
    if parts is not None:
        return "" if parts.username or parts.password else given
    try:
        return clean_address(given) if given else ""
    except FormatError:
        return ""


def details(session: Session, credential_id: str) -> Details:
    """Return what is said of a document or in a statement. Raises as `change_entry`."""
    return details_of(_entry(session, credential_id)[1].document)


def links(session: Session, credential_id: str) -> tuple[Link, ...]:
    """Return the web addresses that belong to a credential; listed, never opened.

    Raises:
        VaultError: CREDENTIAL_NOT_FOUND.
    """
    return VaultLinks(session.vault).of(session.vault.get(credential_id).id)


def advice(session: Session, credential_id: str) -> Reason | None:
    """Return how to get a sealed version of something that has none; None for what is sealed.

    Raises:
        VaultError: CREDENTIAL_NOT_FOUND.
    """
    stored = session.vault.get(credential_id)
    if stored.evidence_class not in (EvidenceClass.DOCUMENT, EvidenceClass.HOSTED):
        return None
    known = [one.address for one in links(session, stored.id)]
    provider = first_provider((stored.credential_id, stored.issuer_id, *known))
    if provider is None:
        return reason(ReasonCode.ADVICE_ASK_ISSUER)
    return reason(provider.advice, name=provider.name)


def _relink(session: Session, credential_id: str, before: Iterable[str], after: Iterable[str]) -> None:
    """Let the links that are shown follow what the learner says; those found in the file stay."""
    kept, shown = VaultLinks(session.vault), tuple(after)
    for one in before:
        if one not in shown and Link(one, LinkKind.PAGE) in kept.of(credential_id):
            kept.remove(credential_id, one)
    kept.add(credential_id, [Link(one, LinkKind.PAGE) for one in shown])


def _entry(session: Session, credential_id: str) -> tuple[StoredCredential, Credential]:
    stored = session.vault.get(credential_id)
    original = session.vault.original(stored.id)
    parsed = parse(original.payload)
    if not isinstance(parsed, Credential) or not is_entry(parsed.document):
        raise OperationError(reason(ReasonCode.ENTRY_SEALED, name=stored.title))
    return stored, replace(parsed, original=original)


def _of_pdf(contents: PdfContents, title: str) -> Found:
    told = Details(contents.title or title, contents.author, contents.date)
    marks = ((contents.codes, LinkKind.CODE), (contents.links, LinkKind.FOUND))
    return Found(_filled(told, (*contents.codes, *contents.links)), _links(*marks))


def _filled(told: Details, addresses: Iterable[str]) -> Details:
    provider = first_provider(addresses)
    return replace(told, issuer=told.issuer or (provider.name if provider else ""))


def _links(*marks: tuple[Iterable[str], LinkKind]) -> tuple[Link, ...]:
    found: dict[str, Link] = {}
    for addresses, kind in marks:
        for one in addresses:
            if split_address(one) is not None:
                found.setdefault(one, Link(one, kind))
    return tuple(found.values())


def _merged(said: Details, found: Details) -> Details:
    return bounded(replace(said, title=said.title or found.title, issuer=said.issuer or found.issuer,
                           date=said.date or found.date))


def _record(session: Session, original: Original) -> NewRecord:
    parsed = parse(original.payload)
    if not isinstance(parsed, Credential):  # our own writer made it
        raise OperationError(reason(ReasonCode.INTERNAL_ERROR, kind="entry"))
    credential = replace(parsed, original=original)
    evidence = gather(credential, session.evidence, session.contexts, session.lists)
    return new_record(credential, judge(credential, evidence, at=session.now()), ())


def _kept(session: Session, original: Original, name: str) -> ImportRow:
    record = _record(session, original)
    added = session.vault.add(record, now=session.now())
    outcome = ImportOutcome.KNOWN if added.outcome is AddOutcome.KNOWN else ImportOutcome.ADDED
    return ImportRow(name, outcome, added.id, record.title, record.issuer_name, report=record.report)


def _rewritten(session: Session, credential_id: str, original: Original, name: str) -> ImportRow:
    record = _record(session, original)
    with session.vault.transaction():
        session.vault.from_bin([credential_id])
        rewrite_entry(session.vault.database, credential_id, record)
    return ImportRow(name, ImportOutcome.KNOWN, credential_id, record.title, record.issuer_name,
                     report=record.report)


def _media_type(data: bytes) -> str:
    if is_pdf(data):
        return "application/pdf"
    known = (kind for magic, kind in _TYPES.items() if data.startswith(magic))
    return next(known, "application/octet-stream")
