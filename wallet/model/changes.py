"""Words for what became of a credential between two reports."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique

from .reasons import Reason
from .report import Verdict


@unique
class ChangeKind(StrEnum):
    """What changed, the most urgent first."""

    SPOILED = "spoiled"  # it no longer passes: another key, a record that differs
    WITHDRAWN = "withdrawn"
    ON_HOLD = "on_hold"
    ENDED = "ended"
    DOUBTFUL = "doubtful"  # it was fine, and now it cannot be told
    LIFTED = "lifted"  # no longer on hold
    REINSTATED = "reinstated"  # no longer withdrawn
    BEGUN = "begun"  # it was not in force yet
    CONFIRMED = "confirmed"  # what was open is answered, and it is fine
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Change:
    """One credential whose answer changed.

    Attributes:
        reason: What the new answer rests on.
    """

    kind: ChangeKind
    credential_id: str
    title: str
    before: Verdict
    after: Verdict
    reason: Reason
