"""What the tests of judging share: one call from bytes to a report, and small questions to it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from tests.conftest import AT
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.signing import JsonObject, pinned_contexts
from wallet.formats.parse import parse
from wallet.model.evidence import EvidenceDocument, Grade
from wallet.model.reasons import ReasonCode
from wallet.model.report import Check, CheckId, Outcome, Report
from wallet.trust.evidence_store import MemoryEvidence, evidence_document
from wallet.trust.registry import IssuerList
from wallet.verify.evidence import Expectation
from wallet.verify.gather import gather
from wallet.verify.pipeline import judge

FETCHED_AT = datetime.fromisoformat("2026-11-20T08:00:00Z")


def documents(served: Mapping[str, bytes], *, grade: Grade = Grade.SUPPLIED,
              fetched_at: datetime | None = None) -> list[EvidenceDocument]:
    """Turn what an issuer serves into evidence of one grade."""
    return [evidence_document(address, data, grade=grade, source="test", fetched_at=fetched_at)
            for address, data in served.items()]


def judged(data: bytes, evidence: list[EvidenceDocument] | None = None, *, at: datetime = AT,
           lists: tuple[IssuerList, ...] = (), **expectation: Any) -> Report:
    """Read, gather, judge."""
    parsed = parse(data)
    found = gather(parsed, MemoryEvidence(evidence or []), pinned_contexts(), lists)
    return judge(parsed, found, at=at, expectation=Expectation(**expectation))


def row(report: Report, check_id: CheckId) -> Check:
    """The answered check; it must be there."""
    check = report.check(check_id)
    assert check is not None, check_id
    return check


def answer(report: Report, check_id: CheckId) -> tuple[Outcome, ReasonCode]:
    """Outcome and reason of a check."""
    check = row(report, check_id)
    return check.outcome, check.reason.code


def note_codes(check: Check) -> list[ReasonCode]:
    """The codes of a check's notes."""
    return [note.code for note in check.notes]


def edited(data: bytes, edit: Callable[[JsonObject], object]) -> bytes:
    """A sealed JSON credential after one edit that nobody sealed."""
    document = json.loads(data)
    edit(document)
    return json.dumps(document, ensure_ascii=False).encode()


def university(kind: Any = "did:web", **options: Any) -> SimulatedIssuer:
    """The honest issuer of most tests."""
    return SimulatedIssuer(kind, **options)


def attacker(kind: Any = "did:key") -> SimulatedIssuer:
    """Somebody else with a key of his own."""
    return SimulatedIssuer(kind, name="Northbridge University", seed="mallory", host="mallory.example")
