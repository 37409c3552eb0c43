"""What changed since last time: each report before the last refresh, beside the one now."""

from __future__ import annotations

from typing import Final

from wallet.model.changes import Change, ChangeKind
from wallet.model.reasons import Reason
from wallet.model.report import CheckId, Outcome, Report, Verdict
from wallet.vault.reports import VaultReports

from .session import Session

__all__ = ["Change", "ChangeKind", "change_between", "what_changed"]

_PROVEN_BAD: Final = frozenset({Verdict.INVALID, Verdict.MALFORMED, Verdict.UNSIGNED})
#: What an answer is news for, whatever it was before.
_NEWS: Final = {Verdict.REVOKED: ChangeKind.WITHDRAWN, Verdict.SUSPENDED: ChangeKind.ON_HOLD,
                Verdict.EXPIRED: ChangeKind.ENDED, **dict.fromkeys(_PROVEN_BAD, ChangeKind.SPOILED)}
#: What has ended with the answer before.
_PAST: Final = {Verdict.SUSPENDED: ChangeKind.LIFTED, Verdict.REVOKED: ChangeKind.REINSTATED,
                Verdict.NOT_YET_VALID: ChangeKind.BEGUN}


def what_changed(session: Session) -> tuple[Change, ...]:
    """Return what the last refresh changed, the most urgent first."""
    found = []
    for before in VaultReports(session.vault).previous():
        stored = session.vault.get(before.credential_id)
        kind = change_between(before.report, stored.report)
        if kind is not None:
            found.append(Change(kind, stored.id, stored.title, before.report.verdict, stored.report.verdict,
                                _decisive(stored.report)))
    order = list(ChangeKind)
    return tuple(sorted(found, key=lambda one: order.index(one.kind)))


def change_between(before: Report, after: Report) -> ChangeKind | None:
    """Return what became of one credential, None if its answer is the same."""
    old, new = before.verdict, after.verdict
    if old is new or not before.checks or not after.checks:
        return None  # a report that could not be read says nothing that could have changed
    if new in _NEWS:
        return None if old in _PROVEN_BAD and new in _PROVEN_BAD else _NEWS[new]
    if old is Verdict.VALID:
        return ChangeKind.DOUBTFUL
    if old in _PAST:
        return _PAST[old]
    return ChangeKind.CONFIRMED if new is Verdict.VALID else ChangeKind.OTHER


def _decisive(report: Report) -> Reason:
    """Return the reason of the first check that decides: a failed one, else an open one, else the status."""
    checks = [check for check in report.checks if check.id in _DECIDING]
    for outcome in (Outcome.FAILED, Outcome.UNDETERMINED):
        found = next((check.reason for check in checks if check.outcome is outcome), None)
        if found is not None:
            return found
    return (report.check(CheckId.STATUS) or checks[0]).reason


_DECIDING: Final = (CheckId.STRUCTURE, CheckId.PROOF, CheckId.KEY_AUTHORITY, CheckId.STATUS, CheckId.VALIDITY)
