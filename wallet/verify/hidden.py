"""A credential that is shown in part: what is not in it may be hidden, and is not said to be absent.

An end and a withdrawal list are told to be "none" only where the whole is there. Which members a holder may
have left out is found with the shape (`checks.structure`, `formats.sdjwt`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from wallet.model.headline import END_MEMBERS, LIST_MEMBERS, left_out
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.model.report import Check

_NOT_SHOWN: Final = {ReasonCode.VALID_NO_END: (ReasonCode.END_NOT_SHOWN, END_MEMBERS),
                     ReasonCode.STATUS_NONE: (ReasonCode.STATUS_NOT_SHOWN, LIST_MEMBERS)}


def as_shown(rows: tuple[Check, ...], notes: tuple[Reason, ...]) -> tuple[Check, ...]:
    """Return the rows of a credential as they are, or what they say of a part of one.

    Args:
        rows: What they would say of the whole.
        notes: Of the first check, which names what may be hidden.
    """
    hidden = left_out(notes)
    return tuple(_told(row, hidden) for row in rows) if hidden else rows


def _told(row: Check, hidden: frozenset[str]) -> Check:
    code, members = _NOT_SHOWN.get(row.reason.code, (row.reason.code, ()))
    return row if hidden.isdisjoint(members) else replace(row, reason=reason(code))
