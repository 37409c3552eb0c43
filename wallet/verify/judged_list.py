"""A withdrawal list that was judged: as of when it speaks, and when it is too old to say "not withdrawn".

Whether it may speak at all, and what it says of a credential, is in `checks.status`; how it comes to be
judged in `withdrawn`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from wallet.codec.dates import format_datetime
from wallet.formats.revocation import RevocationList
from wallet.formats.statuslist import StatusList
from wallet.model.evidence import EvidenceDocument, EvidenceUsed, Grade
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.model.report import CheckId, Outcome, Report
from wallet.trust.evidence_store import used

PROVING: Final = (CheckId.STRUCTURE, CheckId.PROOF, CheckId.KEY_AUTHORITY)
_CLOCK_DIFFERENCE: Final = timedelta(minutes=5)  # of an issuer's clock and ours


@dataclass(frozen=True, slots=True)
class JudgedList:
    """One version of a list, with what the pipeline found about it.

    Attributes:
        document: The bytes and their grade.
        content: The decoded bits; None if there is a problem.
        report: The list's own report; None if there is a problem.
        dated: The list's `validFrom`.
        id: The list's own id.
        problem: Why it cannot speak at all.
        record: The list, if it is of a kind that nobody seals.
        made_at: When it says it was made: its `validFrom`, or later its seal's own date.
    """

    document: EvidenceDocument
    content: StatusList | None = None
    report: Report | None = None
    dated: datetime | None = None
    id: str = ""
    problem: Reason | None = None
    record: RevocationList | None = None
    made_at: datetime | None = None

    @property
    def is_asked_for(self) -> bool:
        """Whether it came from its own address, on the day that is known, or with the program."""
        return self.document.grade in (Grade.SHIPPED, Grade.FETCHED)

    @property
    def as_of(self) -> datetime | None:
        """As of when it speaks: when it was asked for, else when it says it was made."""
        return self.document.fetched_at if self.is_asked_for and self.document.fetched_at else self.made_at

    def belongs_to(self, address: str) -> bool:
        """Whether it is known to be the list kept there: by its own word, or because it came from there."""
        return self.is_asked_for or self.id == address

    def is_proven_by(self, party: str) -> bool:
        """Whether that party's own seal holds on it."""
        if self.report is None or self.report.issuer_id != party:
            return False
        return all(check and check.outcome is Outcome.PASSED
                   for check in map(self.report.check, PROVING))


@dataclass(frozen=True, slots=True)
class Asked:
    """What every entry of one credential is judged against.

    Attributes:
        issuer_id: Who sealed the credential.
        names: What it is called in lists that name whom they withdraw.
        at: The one now.
        max_age: The oldest list the caller accepts, None for any.
        sealed_at: When the credential says it was sealed.
    """

    issuer_id: str
    names: tuple[str, ...]
    at: datetime
    max_age: timedelta | None
    sealed_at: datetime | None


def out_of_force(one: JudgedList, date: str) -> Reason | None:
    """Return why a list cannot say "not withdrawn" at the one now, None if it is in force.

    That one begins only later says nothing against it, if it had begun when it was asked for: whoever asks
    about an earlier time is answered by what is known since.
    """
    validity = one.report.check(CheckId.VALIDITY) if one.report else None
    address, begins, asked_at = one.document.address, one.dated, one.document.fetched_at
    if validity is not None and validity.outcome is Outcome.PASSED:
        return None
    code = validity.reason.code if validity else ReasonCode.INTERNAL_ERROR
    if code in (ReasonCode.ENDED, ReasonCode.PROOF_EXPIRED):
        return reason(ReasonCode.STATUS_LIST_ENDED, date=date, address=address)
    if code is not ReasonCode.NOT_YET or begins is None:
        return reason(ReasonCode.STATUS_LIST_UNTRUSTED, address=address, because=code.value)
    if one.is_asked_for and asked_at is not None and begins <= asked_at + _CLOCK_DIFFERENCE:
        return None
    return reason(ReasonCode.STATUS_LIST_UNTRUSTED, address=address, because=code.value,
                  **{"from": format_datetime(begins)})


def too_early(one: JudgedList, asked: Asked) -> Reason | None:
    """Return that a copy was here before the credential was sealed, and so says nothing of it; else None."""
    document = one.document
    here = document.first_seen if document.grade is Grade.SUPPLIED else document.fetched_at
    return _earlier(max(here, one.made_at or here), asked) if here else None


def may_be_too_early(one: JudgedList, asked: Asked) -> Reason | None:
    """Return that a copy calls itself older than the credential, and nobody knows how old it is; else None.

    Not every issuer seals its list anew for each credential.
    """
    return None if one.is_asked_for or one.made_at is None else _earlier(one.made_at, asked)


def _earlier(moment: datetime, asked: Asked) -> Reason | None:
    if asked.sealed_at is None or moment + _CLOCK_DIFFERENCE >= asked.sealed_at:
        return None
    return reason(ReasonCode.STATUS_STALE, date=format_datetime(moment),
                  **{"from": format_datetime(asked.sealed_at)})


def stale(seen: datetime | None, asked: Asked) -> Reason | None:
    """Return that a list is older than the caller accepts, None if it is not."""
    if asked.max_age is None or (seen is not None and asked.at - seen <= asked.max_age):
        return None
    return reason(ReasonCode.STATUS_STALE, date=format_datetime(seen) if seen else "",
                  limit=f"{asked.max_age / timedelta(days=1):g}")


def evidence_of(one: JudgedList) -> tuple[EvidenceUsed, ...]:
    """Return the list itself, and whatever its own seal rests on."""
    checks = one.report.checks if one.report else ()
    rests_on = (item for check in checks if check.id in PROVING for item in check.evidence)
    return (used(one.document, dated=one.made_at), *dict.fromkeys(rests_on))
