"""Reports made by hand, one per thing a report can say. Shared by the tests of this room."""

from __future__ import annotations

from datetime import UTC, datetime

from wallet.model.credential import EvidenceClass
from wallet.model.evidence import EvidenceKind, EvidenceUsed, Grade
from wallet.model.reasons import Reason, reason
from wallet.model.reasons import ReasonCode as R
from wallet.model.report import Check, CheckId, Outcome, Report

AT = datetime(2026, 11, 21, 12, 4, tzinfo=UTC)
LIST_DAY = datetime(2026, 11, 18, tzinfo=UTC)
STATUS_LIST = EvidenceUsed(
    address="https://status.example/1",
    kind=EvidenceKind.STATUS_LIST,
    grade=Grade.SUPPLIED,
    sha256="0" * 64,
    fetched_at=LIST_DAY,
    dated=LIST_DAY,
)
KEYS = EvidenceUsed(
    address="did:web:northbridge.example",
    kind=EvidenceKind.DID_DOCUMENT,
    grade=Grade.FETCHED,
    sha256="1" * 64,
    fetched_at=datetime(2026, 5, 12, tzinfo=UTC),
)

PASSED, FAILED, OPEN, NONE = Outcome.PASSED, Outcome.FAILED, Outcome.UNDETERMINED, Outcome.NOT_APPLICABLE


def good_checks() -> dict[CheckId, Check]:
    """The checks of a listed issuer's credential that is in date and not withdrawn."""
    listed = reason(R.ISSUER_LISTED, name="Northbridge University", list="Open Campus", date="2026-11-02")
    checks = (
        Check(CheckId.STRUCTURE, PASSED, reason(R.STRUCTURE_OK)),
        Check(CheckId.PROOF, PASSED, reason(R.PROOF_OK, suite="eddsa-rdfc-2022")),
        Check(
            CheckId.KEY_AUTHORITY,
            PASSED,
            reason(R.KEY_AUTHORISED, issuer="did:web:northbridge.example"),
            (KEYS,),
        ),
        Check(CheckId.RECOGNITION, PASSED, listed),
        Check(CheckId.VALIDITY, PASSED, reason(R.VALID_NOW, until="2029-05-31T00:00:00Z")),
        Check(CheckId.STATUS, PASSED, reason(R.STATUS_CLEAR, date="2026-11-18T00:00:00Z"), (STATUS_LIST,)),
        Check(CheckId.RECIPIENT, PASSED, reason(R.RECIPIENT_MATCH, identity="maya@lind.example")),
        Check(CheckId.SCHEMA, OPEN, reason(R.SCHEMA_NOT_CHECKED)),
    )
    return {check.id: check for check in checks}


def report_with(
    *changed: Check,
    issuer_id: str = "did:web:northbridge.example",
    issuer_name: str = "Northbridge University",
    evidence_class: EvidenceClass = EvidenceClass.SEALED,
    items: tuple[Report, ...] = (),
    is_pack: bool = False,
) -> Report:
    """The good report with some checks replaced."""
    checks = good_checks() | {check.id: check for check in changed}
    ordered = tuple(checks[one] for one in CheckId if one in checks)
    return Report(evidence_class, ordered, AT, issuer_id, issuer_name, items=items, is_pack=is_pack)


def failed(check_id: CheckId, why: Reason) -> Check:
    """A check that found something wrong."""
    return Check(check_id, FAILED, why)


def unsure(check_id: CheckId, why: Reason) -> Check:
    """A check that could not tell."""
    return Check(check_id, OPEN, why)
