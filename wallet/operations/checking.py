"""Checking what somebody else sent: no wallet, no password, no history."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wallet.codec.linked_data.contexts import Contexts
from wallet.formats.parse import parse
from wallet.model.beliefs import Belief
from wallet.model.credential import Credential, Parsed
from wallet.model.errors import CancelledError, VaultError, WalletError
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.model.report import Report
from wallet.trust.badge_records import completed
from wallet.trust.evidence_store import EvidenceStore, LayeredEvidence, MemoryEvidence
from wallet.trust.registry import IssuerList
from wallet.verify.evidence import Evidence
from wallet.verify.gather import gather
from wallet.verify.pipeline import Expectation, judge, unreadable_report

from .inputs import Input, inputs_from_bytes, inputs_from_paths, opened
from .progress import Progress, SilentProgress
from .session import Services, Session
from .shipped_lists import shipped_lists

if TYPE_CHECKING:  # for passes over many credentials only
    from wallet.verify.list_memory import ListMemory

__all__ = ["CheckedFile", "Desk", "Expectation", "check_bytes", "check_inputs", "check_paths", "desk_of"]

_ASKS_NOTHING: Final = Expectation()


@dataclass(frozen=True, slots=True)
class Desk:
    """What a person who checks has.

    Attributes:
        beliefs: What she believes about issuers, by her own act.
        clock_floor: The latest moment that is known to have been; None where she chose the time.
        seen: Tells from a credential's hash when it was first kept here; None without a wallet.
        memory: Of one pass over many credentials that name the same lists; None without one.
    """

    contexts: Contexts
    evidence: EvidenceStore = field(default_factory=lambda: MemoryEvidence(()))
    lists: tuple[IssuerList, ...] = ()
    beliefs: tuple[Belief, ...] = ()
    clock_floor: datetime | None = None
    seen: Callable[[str], datetime | None] | None = None
    memory: ListMemory | None = None

    def gather(self, parsed: Parsed, *, beside: EvidenceStore | None = None,
               seen_at: datetime | None = None) -> Evidence:
        """Return everything that a judgement of this may rest on.

        Args:
            parsed: What will be judged.
            beside: Further documents, for this alone.
            seen_at: When it was first kept here, where the caller knows.
        """
        store = LayeredEvidence((self.evidence, beside)) if beside else self.evidence
        if seen_at is None and self.seen and isinstance(parsed, Credential):
            seen_at = self.seen(hashlib.sha256(parsed.original.payload).hexdigest())
        return gather(parsed, store, self.contexts, self.lists, seen_at=seen_at, beliefs=self.beliefs,
                      clock_floor=self.clock_floor, memory=self.memory)


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """One judged file.

    Attributes:
        name: The file's name; untrusted text.
        sha256: Of the bytes that were parsed, "" if nothing could be read.
        parsed: What it is, None if it could not be read.
        report: The verdict; for a pack, its own and one per item.
    """

    name: str
    sha256: str
    parsed: Parsed | None
    report: Report


def desk_of(source: Session | Services) -> Desk:
    """Return a desk with what an opened wallet knows, or with what ships with the program."""
    if isinstance(source, Session):
        return Desk(source.contexts, source.evidence, source.lists, source.beliefs, source.clock_floor,
                    source.kept.seen_at)
    return Desk(source.contexts, lists=shipped_lists(source), clock_floor=source.clock_floor)


def _beside_what_is_seen(report: Report) -> Report:
    """Say that nothing was compared with what people see: a genuine file can be attached to any page."""
    first, *others = report.checks
    told = replace(first, notes=(reason(ReasonCode.AROUND_NOT_CHECKED), *first.notes))
    return replace(report, checks=(told, *others))


def check_paths(desk: Desk, paths: Sequence[Path], *, at: datetime, expectation: Expectation | None = None,
                progress: Progress | None = None, into_folders: bool = True) -> tuple[CheckedFile, ...]:
    """Judge files, folders, QR pictures and frames. Never raises for a file.

    Raises:
        CancelledError: When the person has asked to stop.
    """
    inputs = inputs_from_paths(paths, progress or SilentProgress(), into_folders=into_folders)
    return tuple(check_inputs(desk, inputs, at, expectation or _ASKS_NOTHING))


def check_bytes(desk: Desk, data: bytes, name: str, *, at: datetime,
                expectation: Expectation | None = None) -> tuple[CheckedFile, ...]:
    """Judge pasted text, a dropped picture or standard input."""
    return tuple(check_inputs(desk, inputs_from_bytes(data, name), at, expectation or _ASKS_NOTHING))


def check_inputs(desk: Desk, inputs: Iterable[Input], at: datetime, expectation: Expectation,
                 ) -> Iterator[CheckedFile]:
    """Judge one input after the other, each when it is asked for. Never raises for an input.

    Of an archive everything in it is judged, as of a folder.

    Raises:
        CancelledError: As the inputs.
        VaultError: VAULT_DAMAGED: the wallet that it is checked in cannot be read.
    """
    for outer in inputs:
        for one in (outer,) if outer.data[:1] == b"{" else _apart(outer):  # as most files begin
            digest = hashlib.sha256(one.data).hexdigest() if one.data else ""
            try:
                parsed, report = _judged(desk, one, at, expectation)
            except (CancelledError, VaultError):  # a damaged wallet says nothing about the file
                raise
            except Exception as error:  # noqa: BLE001 - a fault of ours costs a file its answer, not a folder
                parsed, report = None, unreadable_report(_why(error), at)
            yield CheckedFile(one.name, digest, parsed, report)


def _apart(outer: Input) -> Iterator[Input]:
    try:
        yield from opened(outer)
    except Exception as error:  # noqa: BLE001 - as above; what came before stays
        yield Input(outer.name, b"", outer.path, _why(error))


def _why(error: Exception) -> Reason:
    if isinstance(error, WalletError):
        return error.reason
    if isinstance(error, MemoryError):
        return reason(ReasonCode.CHECK_STOPPED)
    return reason(ReasonCode.INTERNAL_ERROR, kind=type(error).__name__)


def _judged(desk: Desk, one: Input, at: datetime, expectation: Expectation) -> tuple[Parsed | None, Report]:
    if one.problem:
        return None, unreadable_report(one.problem, at)
    parsed = parse(one.data, name=one.name)
    evidence = desk.gather(parsed)
    report = judge(parsed, evidence, at=at, expectation=expectation)
    if one.seen_around:
        report = _beside_what_is_seen(report)
    # A badge of the older kind names neither itself nor its issuer: its records do.
    return completed(parsed, evidence.lookup) if isinstance(parsed, Credential) else parsed, report
