"""Reading and judging what is to be imported, here or in other processes. Nothing is written here.

A reader carries everything it needs, so that it can be handed to another process, which has no wallet and
no key. What it answers is ready to be kept. Whether the wallet has the same bytes already, and since when,
is found out where they are kept (`intake`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import Final

from wallet.formats.linkedin_export import is_linkedin_export
from wallet.formats.parse import parse
from wallet.model.credential import Credential, Parsed, Presentation, Securing, Unreadable
from wallet.model.errors import WalletError
from wallet.model.evidence import EvidenceDocument
from wallet.model.limits import MIB
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.model.report import Report
from wallet.model.stored import NewRecord
from wallet.proofs.data_integrity import ProofFacts
from wallet.proofs.known_seals import KnownSeals
from wallet.trust.badge_records import completed
from wallet.trust.evidence_store import LayeredEvidence, MemoryEvidence
from wallet.verify.pipeline import Expectation, judge

from .checking import Desk, desk_of
from .containers import contained
from .holder_keys import own_dids
from .inputs import Input
from .seals import known_seals
from .session import Session

#: An archive with more in it is not read in one go: its answers would all lie in memory at once.
_MANY_INSIDE: Final = 256
_HANDED_OVER: Final = 64 * MIB  # of evidence; with more of it one process alone is the thriftier one
_REMEMBERED: Final = 4096


@dataclass(frozen=True, slots=True)
class ReadItem:
    """One credential, read and judged; or why it could not be.

    Attributes:
        record: What the wallet would keep, None if `problem` is set.
        learned: Seals that were found good on the way.
        dated: Whether the judgement knew since when these bytes are here, or nobody does.
    """

    record: NewRecord | None = None
    problem: Reason | None = None
    learned: Mapping[str, ProofFacts] = field(default_factory=dict)
    dated: bool = False


@dataclass(frozen=True, slots=True)
class ReadInput:
    """Everything one input holds.

    Attributes:
        whole: The input itself, where it is to be taken apart only where the wallet is.
    """

    name: str
    items: tuple[ReadItem, ...] = ()
    whole: Input | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads and judges.

    Attributes:
        desk: What is known.
        at: The one now of every report.
        identities: What the learner is called.
        own_dids: Her own keys.
        look_up: Returns what a seal came to that the wallet knows; None where there is no wallet.
        remembered: Seals found good by this reader.
    """

    desk: Desk
    at: datetime
    identities: tuple[str, ...] = ()
    own_dids: frozenset[str] = frozenset()
    look_up: Callable[[str], ProofFacts | None] | None = None
    remembered: dict[str, ProofFacts] = field(default_factory=dict)

    def answers(self, inputs: Iterable[Input]) -> Iterator[ReadInput]:
        """Yield what each input holds; one that holds very much is given back as it is."""
        for one in inputs:
            inside = list(islice(contained([one]), _MANY_INSIDE + 1))
            if len(inside) > _MANY_INSIDE:
                yield ReadInput(one.name, whole=one)
            else:
                yield from map(self.read, inside)

    def read(self, one: Input) -> ReadInput:
        """Read and judge one input. Never raises for it."""
        if one.problem:
            return ReadInput(one.name, (ReadItem(problem=one.problem),))
        if is_linkedin_export(one.data):
            return ReadInput(one.name, whole=one)
        try:
            parsed = parse(one.data, name=one.name)
        except WalletError as error:
            return ReadInput(one.name, (ReadItem(problem=error.reason),))
        if isinstance(parsed, Presentation) and parsed.securing is Securing.KEY_BINDING:
            # RFC 9901 §7.2: a holder keeps what the issuer gave, never an answer made for somebody else.
            return ReadInput(one.name, (ReadItem(problem=reason(ReasonCode.SHOWN_NOT_GIVEN)),))
        return ReadInput(one.name, tuple(map(self._item, credentials_of(parsed))))

    def _item(self, item: Credential | Unreadable) -> ReadItem:
        if isinstance(item, Unreadable):
            return ReadItem(problem=item.reason)
        known = KnownSeals(self._known)
        evidence = replace(self.desk.gather(item), known=known)
        report = judge(item, evidence, at=self.at, expectation=Expectation(self._names(item), is_holder=True))
        if len(self.remembered) < _REMEMBERED:
            self.remembered.update(known.learned)
        record = new_record(completed(item, evidence.lookup), report,
                            used_documents(report, evidence.documents))
        return ReadItem(record, learned=known.learned, dated=evidence.seen_at is not None)

    def _known(self, name: str) -> ProofFacts | None:
        return self.remembered.get(name) or (self.look_up(name) if self.look_up else None)

    def _names(self, item: Credential) -> tuple[str, ...]:
        """Return what the learner is called, and her own key if it is the one that a credential names."""
        named = item.subject.id
        mine = bool(named) and named.partition("#")[0] in self.own_dids
        return (*self.identities, named) if mine else self.identities


def reader_for(session: Session) -> Reader:
    """Return a reader that looks into the open wallet."""
    return Reader(desk_of(session), session.now(), session.identities, frozenset(own_dids(session)),
                  known_seals(session).look_up)


def portable_reader(session: Session) -> Reader | None:
    """Return a reader that another process can be given; None if too much would have to be handed over."""
    if not isinstance(session.supplied, MemoryEvidence) or session.kept.size() > _HANDED_OVER:
        return None
    here = reader_for(session)
    evidence = LayeredEvidence((session.supplied, MemoryEvidence(session.kept.all())))
    return replace(here, desk=replace(here.desk, evidence=evidence, seen=None), look_up=None)


def credentials_of(parsed: Parsed) -> tuple[Credential | Unreadable, ...]:
    """Return the credentials in what was parsed."""
    return (parsed,) if isinstance(parsed, Credential) else parsed.credentials


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
