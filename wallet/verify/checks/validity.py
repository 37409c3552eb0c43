"""Check 5: validity. The dates of a credential, a proof or a pack against one fixed now.

VC Data Model 2.0 §4.9; in 1.1 the same two dates have other names, and both are checked in both. A date
proves something only inside a seal that holds; `pipeline` sees to that.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from wallet.codec.dates import format_datetime
from wallet.model.reasons import ReasonCode, reason
from wallet.model.report import Check, CheckId, Outcome

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
    ends = min((one for one in (valid_until, proof_expires) if one), default=None)
    if ends is None:
        return _answer(Outcome.PASSED, ReasonCode.VALID_NO_END)
    if ends - at <= SOON:
        return _answer(Outcome.PASSED, ReasonCode.ENDS_SOON, until=format_datetime(ends),
                       days=str((ends - at).days))
    return _answer(Outcome.PASSED, ReasonCode.VALID_NOW, until=format_datetime(ends))


def pack_validity_check(expires: datetime | None, at: datetime) -> Check:
    """Answer check 5 for a presentation, whose only date is its end."""
    if expires is None:
        return _answer(Outcome.PASSED, ReasonCode.PACK_NO_END)
    if at > expires:
        return _answer(Outcome.FAILED, ReasonCode.PACK_ENDED, until=format_datetime(expires))
    return _answer(Outcome.PASSED, ReasonCode.PACK_IN_DATE, until=format_datetime(expires))


def _answer(outcome: Outcome, code: ReasonCode, **params: str) -> Check:
    return Check(CheckId.VALIDITY, outcome, reason(code, **params))
