"""Check 9, endorsements, and the count of what is inside: told, never deciding.

An attacker can endorse anything under a key of his own, and a broken endorsement says nothing against what
it is attached to. An endorser is named by its identifier or a list's word, never by the name it gives
itself. One that was made for something else is no endorsement of this; one that was made for a name shows
only that somebody has that name in his badge. Open Badges 3.0 §B.1 (`endorsement`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final, TypeAlias

from wallet.model.credential import Credential, Endorsement, Unreadable
from wallet.model.headline import is_fine
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.model.report import Check, CheckId, Outcome, Report, Verdict
from wallet.trust.issuer_keys import wanted_document

Judge: TypeAlias = Callable[[Credential], Report]

_ENDORSEMENT: Final = "EndorsementCredential"
_OUTCOMES: Final = {ReasonCode.ENDORSEMENT_BAD: Outcome.FAILED,
                    ReasonCode.ENDORSEMENT_OF_OTHER: Outcome.FAILED,
                    ReasonCode.ENDORSEMENT_UNKNOWN: Outcome.UNDETERMINED}
NO_ENDORSEMENTS: Final = Check(CheckId.ENDORSEMENTS, Outcome.NOT_APPLICABLE,
                               reason(ReasonCode.ENDORSEMENTS_NONE))
_OPEN: Final = (Outcome.FAILED, Outcome.UNDETERMINED)


def with_count(structure: Check, items: tuple[Report, ...]) -> Check:
    """Say beside check 1 how many of the credentials inside are fine."""
    if not items:
        return structure
    good = sum(map(is_fine, items))
    note = reason(ReasonCode.INNER_CHECKED, count=str(len(items)), good=str(good))
    return replace(structure, notes=(*structure.notes, note))


def with_repeats(items: Sequence[Credential | Unreadable], reports: Sequence[Report]) -> tuple[Report, ...]:
    """Say beside check 1 of what stands in a pack again that it does: it is no second award.

    Args:
        items: In their order.
        reports: Of each.
    """
    seen: set[tuple[str, str] | bytes] = set()
    found = []
    for item, report in zip(items, reports, strict=True):
        is_named = isinstance(item, Credential) and bool(item.id)
        name = (item.issuer.id, item.id) if isinstance(item, Credential) and is_named else item.original.data
        if name in seen:
            first, *rest = report.checks
            again = replace(first, notes=(*first.notes, reason(ReasonCode.ITEM_REPEATED)))
            report = replace(report, checks=(again, *rest))  # noqa: PLW2901 - the same, and one line more
        seen.add(name)
        found.append(report)
    return tuple(found)


def check_endorsements(credential: Credential, judge: Judge) -> Check:
    """Answer check 9.

    Args:
        credential: With the endorsements it carries.
        judge: Judges one of them like any other credential.
    """
    total = credential.endorsements
    if not total:
        return NO_ENDORSEMENTS
    said = tuple(_say(one, credential.issuer.id, judge) for one in credential.endorsed)
    unseen = total - len(said)
    if unseen > 0:
        said += (reason(ReasonCode.ENDORSEMENTS_NOT_CHECKED, count=str(unseen)),)
    good = sum(one.code is ReasonCode.ENDORSEMENT_GOOD for one in said)
    why = reason(ReasonCode.ENDORSEMENTS_CHECKED, count=str(total), good=str(good))
    found = {_OUTCOMES.get(one.code, Outcome.PASSED) for one in said}
    outcome = Outcome.UNDETERMINED if unseen > 0 else Outcome.PASSED
    return Check(CheckId.ENDORSEMENTS, next((one for one in _OPEN if one in found), outcome), why, notes=said)


def _say(endorsement: Endorsement, issuer_id: str, judge: Judge) -> Reason:
    found = endorsement.credential
    if isinstance(found, Unreadable):
        return reason(ReasonCode.ENDORSEMENT_BAD, because=found.reason.code.value)
    report = judge(found)
    endorser = _endorser(report)
    if report.verdict is Verdict.UNDETERMINED:
        return reason(ReasonCode.ENDORSEMENT_UNKNOWN, endorser=endorser, because=_because(report))
    if report.verdict is not Verdict.VALID:
        return reason(ReasonCode.ENDORSEMENT_BAD, endorser=endorser, because=_because(report))
    if _ENDORSEMENT not in found.types or not endorsement.of or found.subject.id != endorsement.of:
        return reason(ReasonCode.ENDORSEMENT_OF_OTHER, endorser=endorser)
    copied = {} if _is_issuers_own(endorsement.of, issuer_id) else {"name": endorsement.of[:200]}
    return reason(ReasonCode.ENDORSEMENT_GOOD, endorser=endorser, **copied)


def _is_issuers_own(name: str, issuer_id: str) -> bool:
    """Whether what is endorsed is the issuer, or lies at its host; any other name can stand in any badge."""
    host = wanted_document(name).host
    return name == issuer_id or (bool(host) and host == wanted_document(issuer_id).host)


def _endorser(report: Report) -> str:
    listed = report.check(CheckId.RECOGNITION)
    name = listed.reason["name"] if listed and listed.outcome is Outcome.PASSED else ""
    return name or report.issuer_id


def _because(report: Report) -> str:
    """Return the code of the row that decided."""
    proving = (CheckId.STRUCTURE, CheckId.PROOF, CheckId.KEY_AUTHORITY, CheckId.STATUS, CheckId.VALIDITY)
    rows = [report.check(one) for one in proving]
    for outcome in _OPEN:
        for row in rows:
            if row is not None and row.outcome is outcome:
                return row.reason.code.value
    return report.verdict.value
