"""Importing: what a person drops in becomes a kept, judged credential.

One transaction per file: a row is acknowledged only after it is safely on disk, and cancelling keeps what
was done. Whatever can be read is kept, with its verdict plainly marked; what cannot be read names the
reason and changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum, unique
from pathlib import Path

from wallet.formats.linkedin_export import is_linkedin_export
from wallet.formats.parse import parse
from wallet.model.credential import Credential, Parsed, Presentation, Securing, Unreadable
from wallet.model.errors import CancelledError, WalletError
from wallet.model.evidence import EvidenceDocument
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.model.report import Report
from wallet.model.stored import Changes, NewRecord
from wallet.trust.badge_records import completed
from wallet.vault.store import AddOutcome
from wallet.verify.pipeline import Expectation, judge

from .checking import desk_of
from .containers import contained
from .holder_keys import identities_for
from .inputs import Input, inputs_from_bytes, inputs_from_paths
from .progress import Progress, SilentProgress
from .seals import keep_seals, known_seals
from .session import Session


@unique
class ImportOutcome(StrEnum):
    """What became of one credential."""

    ADDED = "added"
    KNOWN = "known"  # the same bytes are already here
    REPLACES = "replaces"  # same issuer and id as an older one; both are kept
    REFUSED = "refused"  # could not be read; nothing was changed
    LEFT_OUT = "left_out"  # a part of an export that nobody needs here, named all the same
    WOULD_ADD = "would_add"  # a dry run


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One line of the import review.

    Attributes:
        name: The file's name; untrusted text.
        credential_id: The wallet's own id, "" if nothing was kept.
        replaced_id: The older one beside it, "" if none.
        reason: Why it was refused, else None.
        report: The verdict, where there is one.
    """

    name: str
    outcome: ImportOutcome
    credential_id: str = ""
    title: str = ""
    issuer: str = ""
    replaced_id: str = ""
    reason: Reason | None = None
    report: Report | None = None


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """Everything one import did.

    Attributes:
        cancelled: Whether the person stopped it; what was done stays done.
    """

    rows: tuple[ImportRow, ...]
    changes: Changes
    cancelled: bool = False

    def count(self, outcome: ImportOutcome) -> int:
        """Return how many rows ended so."""
        return sum(row.outcome is outcome for row in self.rows)


def import_paths(session: Session, paths: Sequence[Path], *, progress: Progress | None = None,
                 dry_run: bool = False) -> ImportSummary:
    """Import files and everything in folders. Never raises for a file; cancelling keeps what is done.

    Raises:
        VaultError: The vault cannot be written (DISK_FULL, VAULT_READ_ONLY, …); finished files stay.
    """
    return _summary(import_each(session, paths, progress=progress, dry_run=dry_run))


def import_each(session: Session, paths: Sequence[Path], *, progress: Progress | None = None,
                dry_run: bool = False) -> Iterator[ImportRow]:
    """Import one file after another; a row that comes out is safely on disk.

    Raises:
        CancelledError: Between two files, when the person has asked to stop.
        VaultError: As `import_paths`.
    """
    for one in contained(inputs_from_paths(paths, progress or SilentProgress())):
        yield from _import_one(session, one, dry_run=dry_run)


def import_bytes(session: Session, data: bytes, name: str, *, dry_run: bool = False) -> ImportSummary:
    """Import pasted text, a dropped picture or standard input. Raises as `import_paths`."""
    inputs = inputs_from_bytes(data, name)
    return _summary(import_inputs(session, contained(inputs), dry_run=dry_run))


def import_inputs(session: Session, inputs: Iterable[Input], *, dry_run: bool = False) -> Iterator[ImportRow]:
    """Import what was taken out of a file already. Raises as `import_paths`."""
    for one in inputs:
        yield from _import_one(session, one, dry_run=dry_run)


def _summary(arriving: Iterable[ImportRow]) -> ImportSummary:
    rows: list[ImportRow] = []
    cancelled = False
    try:
        rows.extend(arriving)
    except CancelledError:
        cancelled = True
    touched = {ident for row in rows for ident in (row.credential_id, row.replaced_id) if ident}
    return ImportSummary(tuple(rows), Changes(frozenset(touched), evidence=bool(touched)), cancelled)


def _import_one(session: Session, one: Input, *, dry_run: bool) -> Iterable[ImportRow]:
    if one.problem:
        return [ImportRow(one.name, ImportOutcome.REFUSED, reason=one.problem)]
    if is_linkedin_export(one.data):
        from .linkedin_import import import_export  # noqa: PLC0415 - it keeps entries, which build on this

        return import_export(session, one.data, dry_run=dry_run)
    try:
        parsed = parse(one.data, name=one.name)
    except WalletError as error:
        return [ImportRow(one.name, ImportOutcome.REFUSED, reason=error.reason)]
    if isinstance(parsed, Presentation) and parsed.securing is Securing.KEY_BINDING:
        # RFC 9901 §7.2: a holder keeps what the issuer gave, never an answer made for somebody else.
        return [ImportRow(one.name, ImportOutcome.REFUSED, reason=reason(ReasonCode.SHOWN_NOT_GIVEN))]
    items = _items(parsed)
    if dry_run:
        return [_keep(session, one.name, item, dry_run=True) for item in items]
    with session.vault.transaction():
        return [_keep(session, one.name, item, dry_run=False) for item in items]


def _items(parsed: Parsed) -> tuple[Credential | Unreadable, ...]:
    return (parsed,) if isinstance(parsed, Credential) else parsed.credentials


def _keep(session: Session, name: str, item: Credential | Unreadable, *, dry_run: bool) -> ImportRow:
    if isinstance(item, Unreadable):
        return ImportRow(name, ImportOutcome.REFUSED, reason=item.reason)
    evidence = replace(desk_of(session).gather(item), known=known_seals(session))
    hers = Expectation(identities_for(session, item), is_holder=True)
    report = judge(item, evidence, at=session.now(), expectation=hers)
    item = completed(item, evidence.lookup)
    issuer = item.issuer.name or item.issuer.id
    if dry_run:
        return ImportRow(name, ImportOutcome.WOULD_ADD, title=item.title, issuer=issuer, report=report)
    added = session.vault.add(new_record(item, report, used_documents(report, evidence.documents)),
                              now=session.now())
    keep_seals(session, evidence.known)
    outcome = {AddOutcome.ADDED: ImportOutcome.ADDED, AddOutcome.KNOWN: ImportOutcome.KNOWN,
               AddOutcome.REPLACES: ImportOutcome.REPLACES}[added.outcome]
    return ImportRow(name, outcome, added.id, item.title, issuer, added.other, None, report)


def new_record(item: Credential, report: Report, evidence: tuple[EvidenceDocument, ...]) -> NewRecord:
    """Build what the vault keeps of one credential."""
    skills = tuple(skill.name for skill in item.achievement.skills)
    achievement = item.achievement
    text = f"{achievement.description}\n{achievement.criteria}\n{item.subject.name}"
    return NewRecord(
        original=item.original,
        sha256=hashlib.sha256(item.original.payload).hexdigest(),
        format=item.format,
        evidence_class=item.evidence_class,
        title=item.title,
        issuer_id=item.issuer.id,
        issuer_name=item.issuer.name,
        credential_id=item.id,
        skills=skills,
        text=text,
        valid_from=item.valid_from,
        valid_until=item.valid_until,
        report=report,
        evidence=evidence,
    )


def used_documents(report: Report, documents: dict[str, tuple[EvidenceDocument, ...]],
                   ) -> tuple[EvidenceDocument, ...]:
    """Return the documents the report rests on, to be pinned beside the credential."""
    used = {(one.address, one.sha256) for check in report.checks for one in check.evidence}
    return tuple(document for versions in documents.values() for document in versions
                 if (document.address, document.sha256) in used)


