"""Check 5: validity. The dates of a credential, a proof or a pack against one fixed now.

VC Data Model 2.0 §4.9; in 1.1 the same two dates have other names, and both are checked in both. A date
proves something only inside a seal that holds; `pipeline` sees to that.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from wallet.codec.dates import format_datetime
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.model.report import Check, CheckId, Outcome

_CLOCK_SLACK: Final = timedelta(days=1)  # zones, and clocks that are a little off
#: By which the clocks of two computers may differ that talk to each other.
MAX_CLOCK_DIFFERENCE: Final = timedelta(minutes=5)
FAR_AHEAD: Final = timedelta(days=3 * 365)  # after everything known: a long pause, or a wrong clock
_OVER: Final = frozenset({ReasonCode.ENDED, ReasonCode.PROOF_EXPIRED, ReasonCode.PACK_ENDED})
_NO_END: Final = Check(CheckId.VALIDITY, Outcome.PASSED, reason(ReasonCode.VALID_NO_END))
SOON: Final = timedelta(days=90)  # what ends within this is said in time to renew it


def validity_check(valid_from: datetime | None, valid_until: datetime | None, at: datetime, *,
                   proof_expires: datetime | None = None) -> Check:
    """Answer check 5 for a credential.

    Args:
        valid_from: When it begins; None where not stated.
        valid_until: When it ends; None where not stated.
        at: The one now.
        proof_expires: The end of the deciding proof, which ends the seal (VC Data Integrity 1.0 §2.1).
    """
    if valid_from and at < valid_from:
        return _answer(Outcome.FAILED, ReasonCode.NOT_YET, **{"from": format_datetime(valid_from)})
    if valid_until and at > valid_until:
        return _answer(Outcome.FAILED, ReasonCode.ENDED, until=format_datetime(valid_until))
    if proof_expires and at > proof_expires:
        return _answer(Outcome.FAILED, ReasonCode.PROOF_EXPIRED, until=format_datetime(proof_expires))
    ends = min(valid_until, proof_expires) if valid_until and proof_expires else valid_until or proof_expires
    if ends is None:
        return _NO_END
    if ends - at <= SOON:
        return _answer(Outcome.PASSED, ReasonCode.ENDS_SOON, until=format_datetime(ends),
                       days=str((ends - at).days))
    now = Reason(ReasonCode.VALID_NOW, (("until", format_datetime(ends)),))  # what most are: made directly
    return Check(CheckId.VALIDITY, Outcome.PASSED, now)


def pack_validity_check(expires: datetime | None, at: datetime, *, begins: datetime | None = None) -> Check:
    """Answer check 5 for a presentation, which has an end at most; a token may also say when it begins.

    It is made in the moment in which it is shown, by another clock than ours (RFC 7519 §4.1.5).
    """
    if begins and at < begins - MAX_CLOCK_DIFFERENCE:
        return _answer(Outcome.FAILED, ReasonCode.NOT_YET, **{"from": format_datetime(begins)})
    if expires is None:
        return _answer(Outcome.PASSED, ReasonCode.PACK_NO_END)
    if at > expires:
        return _answer(Outcome.FAILED, ReasonCode.PACK_ENDED, until=format_datetime(expires))
    return _answer(Outcome.PASSED, ReasonCode.PACK_IN_DATE, until=format_datetime(expires))


def doubt_clock(row: Check, at: datetime, floor: datetime | None) -> Check:
    """Return the row, unless it rests on a clock that cannot be right.

    A clock that is behind makes what has ended look current and what has begun look early; what has ended
    even by such a clock has ended. A clock that is far ahead cannot be told from a long pause: it is named.

    Args:
        row: The answer by that clock.
        at: What it shows.
        floor: The latest moment that is known to have been; None where the time is not to be doubted.
    """
    if floor is None:
        return row
    shown = {"date": format_datetime(at), "from": format_datetime(floor)}
    if at < floor - _CLOCK_SLACK and row.reason.code not in _OVER:
        suspect = reason(ReasonCode.CLOCK_SUSPECT, **shown)
        return Check(row.id, Outcome.UNDETERMINED, suspect, row.evidence, (*row.notes, row.reason))
    if at > floor + FAR_AHEAD:
        return replace(row, notes=(*row.notes, reason(ReasonCode.CLOCK_FAR_AHEAD, **shown)))
    return row


def _answer(outcome: Outcome, code: ReasonCode, **params: str) -> Check:
    return Check(CheckId.VALIDITY, outcome, reason(code, **params))
