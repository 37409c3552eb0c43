"""A kept report at a later moment: what in it depends on time alone is judged anew, from the report itself.

A library of thousands is shown without reading one credential again. Two answers run out by themselves: the
credential's own dates (with the end of its seal), and "not withdrawn", which holds while the list it rests on
is in force. What is proven and what was withdrawn stay as they are.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from wallet.codec.dates import parse_datetime
from wallet.model.errors import CodecError
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.model.report import Check, CheckId, Outcome, Report

from .checks.validity import doubt_clock, validity_check
from .hidden import as_shown

_CLEAR = (ReasonCode.STATUS_CLEAR, ReasonCode.STATUS_NOT_ON_HOLD, ReasonCode.STATUS_NO_MESSAGE,
          ReasonCode.STATUS_MESSAGE)
_PROVEN = (CheckId.STRUCTURE, CheckId.PROOF, CheckId.KEY_AUTHORITY)


def aged(report: Report, valid_from: datetime | None, valid_until: datetime | None, now: datetime,
         floor: datetime | None) -> Report:
    """Return the report as it would read now.

    Args:
        report: As it was kept.
        valid_from: When the credential begins; None where not stated.
        valid_until: When it ends; None where not stated.
        now: The one now.
        floor: The latest moment that is known to have been (`validity.doubt_clock`).
    """
    proven = [report.check(one) for one in _PROVEN]
    if any(check is None or check.outcome is not Outcome.PASSED for check in proven):
        return report  # dates inside something unproven mean nothing
    kept = report.check(CheckId.VALIDITY)
    ends = [_end(said) for said in (kept.reason, *kept.notes)] if kept else []
    fresh = validity_check(valid_from, valid_until, now, proof_expires=next(filter(None, ends), None))
    noted = tuple(note for one in proven if one for note in one.notes)
    fresh, = as_shown((doubt_clock(fresh, now, floor),), noted)
    return replace(report, checks=tuple(
        fresh if check.id is CheckId.VALIDITY else _status_now(check, now) if check.id is CheckId.STATUS
        else check for check in report.checks))


def _status_now(status: Check, now: datetime) -> Check:
    if status.outcome is not Outcome.PASSED:
        return status
    for said in (status.reason, *status.notes):
        end = _end(said) if said.code in _CLEAR else None
        if end and now > end:
            ended = reason(ReasonCode.STATUS_LIST_ENDED, date=said["date"], address=said["address"])
            return replace(status, outcome=Outcome.UNDETERMINED, reason=ended)
    return status


def _end(said: Reason) -> datetime | None:
    """Return the end that a reason names: of the dates or the seal, or of a list."""
    try:
        return parse_datetime(said["until"])[0] if said["until"] else None
    except CodecError:
        return None
