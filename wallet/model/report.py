"""Words for judging: outcomes, checks, reports, and the one place where checks add up to a verdict.

The order in which the verdict is decided is the promise of the product: what nobody has proven proves
nothing, so a date or a list inside it can never come out as "it was genuine".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, unique

from .credential import EvidenceClass
from .evidence import EvidenceUsed, Wanted
from .reasons import Reason, ReasonCode


@unique
class Outcome(StrEnum):
    """Four answers. Undetermined always names what was missing."""

    PASSED = "passed"
    FAILED = "failed"
    UNDETERMINED = "undetermined"
    NOT_APPLICABLE = "not_applicable"


@unique
class CheckId(StrEnum):
    """The checks, in the order in which they are shown."""

    STRUCTURE = "structure"  # 1
    PROOF = "proof"  # 2
    KEY_AUTHORITY = "key_authority"  # 3
    RECOGNITION = "recognition"  # 4
    VALIDITY = "validity"  # 5
    STATUS = "status"  # 6
    RECIPIENT = "recipient"  # 7
    BINDING = "binding"  # 7, of a presentation: challenge and audience
    SCHEMA = "schema"  # 8
    ENDORSEMENTS = "endorsements"  # 9


@unique
class Question(StrEnum):
    """The four questions a person asks, and the checks that answer each."""

    INTEGRITY = "integrity"
    ISSUER = "issuer"
    CURRENCY = "currency"
    HOLDER = "holder"
    NOTES = "notes"


QUESTION_OF: dict[CheckId, Question] = {
    CheckId.STRUCTURE: Question.INTEGRITY,
    CheckId.PROOF: Question.INTEGRITY,
    CheckId.KEY_AUTHORITY: Question.ISSUER,
    CheckId.RECOGNITION: Question.ISSUER,
    CheckId.VALIDITY: Question.CURRENCY,
    CheckId.STATUS: Question.CURRENCY,
    CheckId.RECIPIENT: Question.HOLDER,
    CheckId.BINDING: Question.HOLDER,
    CheckId.SCHEMA: Question.NOTES,
    CheckId.ENDORSEMENTS: Question.NOTES,
}


@unique
class Verdict(StrEnum):
    """The machine verdict: one word."""

    VALID = "valid"
    MALFORMED = "malformed"
    UNSIGNED = "unsigned"
    INVALID = "invalid"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    UNDETERMINED = "undetermined"


@unique
class Level(StrEnum):
    """How a line looks: shape, word and colour go together."""

    GOOD = "good"
    CARE = "care"
    PROBLEM = "problem"
    UNKNOWN = "unknown"
    INFO = "info"


@unique
class HeadlineCode(StrEnum):
    """The codes that can head a result. Stable; they go to JSON and the command line."""

    VALID = "valid"
    VALID_NO_EXPIRY = "valid_no_expiry"
    VALID_IN_PART = "valid_in_part"
    EXPIRING = "expiring"
    VALID_STATUS_UNCHECKED = "valid_status_unchecked"
    VALID_STATUS_STALE = "valid_status_stale"
    STATUS_UNTRUSTED = "status_untrusted"
    STATUS_LIST_ENDED = "status_list_ended"
    KEY_NOT_AUTHORISED = "key_not_authorised"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    TAMPERED = "tampered"
    UNSEALED_PARTS = "unsealed_parts"
    UNSIGNED = "unsigned"
    KEY_UNKNOWN = "key_unknown"
    KEY_RETIRED = "key_retired"
    SEALER_UNCONFIRMED = "sealer_unconfirmed"
    CONTEXT_UNKNOWN = "context_unknown"
    UNSUPPORTED = "unsupported"
    HOSTED_OK = "hosted_ok"
    HOSTED_CHANGED = "hosted_changed"
    HOSTED_GONE = "hosted_gone"
    HOSTED_UNREACHABLE = "hosted_unreachable"
    DOCUMENT_ONLY = "document_only"
    UNCHECKED = "unchecked"
    SELF_STATED = "self_stated"
    MALFORMED = "malformed"
    TOO_LARGE = "too_large"
    CLOCK_SUSPECT = "clock_suspect"
    HOLDER_FAILED = "holder_failed"
    PACK_PARTIAL = "pack_partial"
    PACK_FINE = "pack_fine"


@dataclass(frozen=True, slots=True)
class Check:
    """One answered check.

    Attributes:
        id: Which.
        outcome: The answer.
        reason: Why; always one.
        evidence: What the answer rests on.
        notes: Further lines: allowances, other proofs, who keeps the list.
    """

    id: CheckId
    outcome: Outcome
    reason: Reason
    evidence: tuple[EvidenceUsed, ...] = ()
    notes: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What was found about one credential, or about one presentation and its items.

    Attributes:
        evidence_class: What the thing is worth as proof.
        checks: One per check that applies, in `CheckId` order.
        at: The one "now" of the whole report, UTC.
        issuer_id, issuer_name: Who it says sealed it (a presentation: its holder).
        wanted: Documents that would have answered what is undetermined.
        items: Reports of the credentials inside a presentation; empty for a credential.
        is_pack: Whether this is a presentation's report.
    """

    evidence_class: EvidenceClass
    checks: tuple[Check, ...]
    at: datetime
    issuer_id: str = ""
    issuer_name: str = ""
    wanted: tuple[Wanted, ...] = ()
    items: tuple[Report, ...] = ()
    is_pack: bool = False

    def check(self, wanted: CheckId) -> Check | None:
        """Return the answered check of that id, or None."""
        return next((check for check in self.checks if check.id is wanted), None)

    @property
    def verdict(self) -> Verdict:
        """The machine verdict of this report's own checks (items keep theirs)."""
        return verdict_of(self.checks)


_UNSIGNED = {ReasonCode.PROOF_MISSING, ReasonCode.NOTHING_SIGNED}
#: A seal that cannot be read as one: refused before or beside the arithmetic, so nothing was compared.
_UNREADABLE_SEAL = {
    ReasonCode.PROOF_MALFORMED, ReasonCode.ALGORITHM_REFUSED, ReasonCode.CONTEXT_MISMATCH,
    ReasonCode.CONTEXT_NESTED, ReasonCode.CONTEXT_INLINE, ReasonCode.UNDEFINED_TERM, ReasonCode.RELATIVE_IRI,
    ReasonCode.BAD_IRI, ReasonCode.BAD_LANGUAGE, ReasonCode.KEYWORD_IN_DATA, ReasonCode.DATA_LOSS,
    ReasonCode.LINKED_DATA, ReasonCode.LIMIT_CANONICALISATION, ReasonCode.PROOF_BASE,
}
_DATE_VERDICTS = {ReasonCode.ENDED: Verdict.EXPIRED, ReasonCode.PACK_ENDED: Verdict.EXPIRED,
                  ReasonCode.PROOF_EXPIRED: Verdict.EXPIRED, ReasonCode.NOT_YET: Verdict.NOT_YET_VALID}
_PROVING = (CheckId.STRUCTURE, CheckId.PROOF, CheckId.KEY_AUTHORITY)


def verdict_of(checks: tuple[Check, ...]) -> Verdict:
    """Add the checks up to one word, by the first rule that applies.

    Missing checks count as undetermined, so that an empty list proves nothing. Recognition, recipient
    and the informational checks never decide; a presentation's binding does when it failed.
    """
    by_id = {check.id: check for check in checks}
    proving = [by_id.get(check_id) for check_id in _PROVING]
    failed = next((check for check in proving if check and check.outcome is Outcome.FAILED), None)
    if failed:
        return _verdict_of_failure(failed)
    binding = by_id.get(CheckId.BINDING)
    if binding and binding.outcome is Outcome.FAILED:
        return Verdict.INVALID
    if any(check is None or check.outcome is not Outcome.PASSED for check in proving):
        return Verdict.UNDETERMINED
    return _verdict_of_currency(by_id.get(CheckId.VALIDITY), by_id.get(CheckId.STATUS))


def _verdict_of_failure(failed: Check) -> Verdict:
    if failed.id is CheckId.STRUCTURE:
        return Verdict.MALFORMED
    if failed.id is CheckId.PROOF and failed.reason.code in _UNSIGNED:
        return Verdict.UNSIGNED
    unreadable = failed.id is CheckId.PROOF and failed.reason.code in _UNREADABLE_SEAL
    return Verdict.MALFORMED if unreadable else Verdict.INVALID


def _verdict_of_currency(validity: Check | None, status: Check | None) -> Verdict:
    if status and status.outcome is Outcome.FAILED:
        suspended = status.reason.code is ReasonCode.STATUS_SUSPENDED
        return Verdict.SUSPENDED if suspended else Verdict.REVOKED
    if validity and validity.outcome is Outcome.FAILED:
        return _DATE_VERDICTS.get(validity.reason.code, Verdict.UNDETERMINED)
    settled = (Outcome.PASSED, Outcome.NOT_APPLICABLE)
    if any(check is None or check.outcome not in settled for check in (validity, status)):
        return Verdict.UNDETERMINED
    return Verdict.VALID
