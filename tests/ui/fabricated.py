"""Made-up rows for the window's tests and pictures: reports built by hand, nobody's credentials."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from wallet.model.credential import (
    Achievement,
    Carrier,
    Credential,
    CredentialFormat,
    EvidenceClass,
    Issuer,
    Original,
    Securing,
    Skill,
    Subject,
)
from wallet.model.evidence import EvidenceDocument, EvidenceKind, EvidenceUsed, Grade
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.model.report import Check, CheckId, Outcome, Report
from wallet.model.stored import StoredCredential
from wallet.operations.library import Detail

AT = datetime(2026, 11, 21, 12, 4, tzinfo=UTC)
KEY = EvidenceUsed("did:web:northbridge.example", EvidenceKind.DID_DOCUMENT, Grade.SUPPLIED, "ab" * 32,
                   datetime(2026, 5, 12, tzinfo=UTC))
LIST = EvidenceUsed("https://northbridge.example/status/1", EvidenceKind.STATUS_LIST, Grade.SUPPLIED,
                    "cd" * 32, datetime(2026, 11, 18, tzinfo=UTC), datetime(2026, 11, 18, tzinfo=UTC))
_GOOD: dict[CheckId, Check] = {
    CheckId.STRUCTURE: Check(CheckId.STRUCTURE, Outcome.PASSED, reason(ReasonCode.STRUCTURE_OK)),
    CheckId.PROOF: Check(CheckId.PROOF, Outcome.PASSED, reason(ReasonCode.PROOF_OK, suite="eddsa-rdfc-2022")),
    CheckId.KEY_AUTHORITY: Check(CheckId.KEY_AUTHORITY, Outcome.PASSED,
                                 reason(ReasonCode.KEY_AUTHORISED, issuer="Northbridge University"), (KEY,)),
    CheckId.RECOGNITION: Check(CheckId.RECOGNITION, Outcome.PASSED, reason(
        ReasonCode.ISSUER_LISTED, list="Open Campus Register", date="2026-11-02T00:00:00Z",
        name="Northbridge University")),
    CheckId.VALIDITY: Check(CheckId.VALIDITY, Outcome.PASSED,
                            reason(ReasonCode.VALID_NOW, until="2029-05-31T00:00:00Z")),
    CheckId.STATUS: Check(CheckId.STATUS, Outcome.PASSED,
                          reason(ReasonCode.STATUS_CLEAR, date="2026-11-18T00:00:00Z"), (LIST,)),
    CheckId.RECIPIENT: Check(CheckId.RECIPIENT, Outcome.PASSED,
                             reason(ReasonCode.RECIPIENT_MATCH, identity="maya@lind.example")),
}
FAILED, OPEN = Outcome.FAILED, Outcome.UNDETERMINED


def report(*changes: tuple[CheckId, Outcome, Reason], issuer: str = "Northbridge University",
           evidence_class: EvidenceClass = EvidenceClass.SEALED) -> Report:
    """Return a good report with some checks answered otherwise."""
    checks = dict(_GOOD)
    for check_id, outcome, why in changes:
        checks[check_id] = Check(check_id, outcome, why)
    return Report(evidence_class, tuple(checks.values()), AT, f"https://{_slug(issuer)}.example", issuer)


def ended() -> tuple[CheckId, Outcome, Reason]:
    return CheckId.VALIDITY, FAILED, reason(ReasonCode.ENDED, until="2025-06-30T00:00:00Z")


def ends_soon(days: int = 24) -> tuple[CheckId, Outcome, Reason]:
    until = AT + timedelta(days=days)
    why = reason(ReasonCode.ENDS_SOON, until=until.isoformat(), days=str(days))
    return CheckId.VALIDITY, Outcome.PASSED, why


def withdrawn() -> tuple[CheckId, Outcome, Reason]:
    return CheckId.STATUS, FAILED, reason(ReasonCode.STATUS_REVOKED, date="2026-10-02T00:00:00Z")


def not_asked() -> tuple[CheckId, Outcome, Reason]:
    return CheckId.STATUS, OPEN, reason(ReasonCode.STATUS_NOT_SEEN, address="https://x.example/1")


def stored(title: str, *, issuer: str = "Northbridge University", found: Report | None = None,
           number: int = 0, until: datetime | None = datetime(2029, 5, 31, tzinfo=UTC)) -> StoredCredential:
    """Return one row of a library."""
    found = found or report(issuer=issuer)
    return StoredCredential(
        id=f"c{number:04d}", title=title, issuer_id=f"https://{_slug(issuer)}.example", issuer_name=issuer,
        credential_id=f"urn:uuid:{number}", format=CredentialFormat.OPEN_BADGE_3,
        evidence_class=found.evidence_class, carrier=Carrier.JSON, sha256=f"{number:064x}",
        added_at=AT - timedelta(days=number), valid_from=datetime(2026, 5, 12, tzinfo=UTC), valid_until=until,
        report=found, skills=("Data cleaning", "Statistics"))


def library() -> tuple[StoredCredential, ...]:
    """Return a library with every material and state."""
    hosted = report(issuer="Civic Language College", evidence_class=EvidenceClass.HOSTED)
    document = Report(EvidenceClass.DOCUMENT, (), AT)
    own = Report(EvidenceClass.OWN, (), AT)
    altered = (CheckId.PROOF, FAILED, reason(ReasonCode.SIGNATURE_WRONG))
    return (
        stored("Agile Delivery in Practice", issuer="Harbor Skills Institute", number=1,
               until=AT + timedelta(days=24), found=report(ends_soon(), issuer="Harbor Skills Institute")),
        stored("Data Analysis Foundations", number=2),
        stored("Workplace First Aid", issuer="Westmark First Aid Trust", number=3,
               until=datetime(2027, 9, 1, tzinfo=UTC)),
        stored("Cloud Operations Associate", issuer="Meridian Cloud Guild", number=4,
               found=report(withdrawn())),
        stored("Spanish, level B2", issuer="Civic Language College", number=5, found=hosted),
        stored("Upper Secondary Diploma", issuer="Alder Grove School", number=6, found=document, until=None),
        stored("Statistical Thinking", number=7, found=report(not_asked())),
        stored("Accessible Interfaces", issuer="Tallis Design School", number=8),
        stored("Volunteer team lead", issuer="", number=9, found=own, until=None),
        stored("Ensemble Leadership", issuer="Tallis Design School", number=10, found=report(altered)),
        stored("Forklift Operation", issuer="Harbor Skills Institute", number=11, found=report(ended()),
               until=datetime(2025, 6, 30, tzinfo=UTC)),
        stored("Food Safety \u202eLevel 2", issuer="Westmark \u0430cademy", number=12, until=None),
    )


def detail(found: Report | None = None, *, achievement: Achievement | None = None,
           title: str = "Data Analysis Foundations", original: Original | None = None) -> Detail:
    """Return one credential as the detail page gets it."""
    found = found or report()
    kept = stored(title, found=found, number=2)
    data = b'{"type": ["VerifiableCredential"]}'
    credential = Credential(
        original=original or Original(data, "application/json", data, Carrier.JSON),
        format=CredentialFormat.OPEN_BADGE_3, evidence_class=found.evidence_class, securing=Securing.EMBEDDED,
        document={}, issuer=Issuer("did:web:northbridge.example", "Northbridge University"),
        subject=Subject("did:example:maya", "Maya Lind"), achievement=achievement or ACHIEVEMENT,
        id="urn:uuid:2b1f7a54-8f2c-4a64-9d1c-0a8f5f5d3c11", version="2.0",
        types=("VerifiableCredential", "OpenBadgeCredential"), title=title,
        valid_from=datetime(2026, 5, 12, tzinfo=UTC), valid_until=datetime(2029, 5, 31, tzinfo=UTC),
        proofs=({"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022",
                 "verificationMethod": "did:web:northbridge.example#key-1"},))
    kept_evidence = (EvidenceDocument(KEY.address, KEY.kind, b"{}", KEY.sha256, KEY.grade, "supplied by you",
                                      KEY.fetched_at),)
    return Detail(kept, credential, found, kept_evidence)


ACHIEVEMENT = Achievement(
    name="Data Analysis Foundations",
    description="- Clean and combine tables from several sources, and explain each step\n"
                "- Choose a fitting chart, and say what it cannot show\n"
                "- Test a simple claim with data and report how sure the answer is",
    criteria="Two marked projects and a 90-minute supervised exam, graded by two people.",
    results=(("Result", "Pass with distinction"),), credits="5 credits (ECTS)",
    evidence=(("Final report: “Bus delays in Northbridge, 2025”", "https://northbridge.example/e/1.pdf"),),
    skills=(Skill("Data cleaning", "Skills Europe"), Skill("Statistics"), Skill("Data visualisation"),
            Skill("Spreadsheets")),
)


def many(count: int) -> Sequence[StoredCredential]:
    """Return a large library."""
    found = report()
    return tuple(stored(f"Course {number}", issuer=f"School {number % 40}", number=number, found=found)
                 for number in range(count))


def _slug(name: str) -> str:
    return "".join(char for char in name.lower() if char.isalnum()) or "nobody"
