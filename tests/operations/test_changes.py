"""What became of a credential between two reports."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.wording.samples import failed, report_with, unsure
from wallet.model.changes import ChangeKind
from wallet.model.reasons import ReasonCode, reason
from wallet.model.report import CheckId, Report
from wallet.operations.changes import change_between

GOOD = report_with()
REVOKED = report_with(failed(CheckId.STATUS, reason(ReasonCode.STATUS_REVOKED)))
HELD = report_with(failed(CheckId.STATUS, reason(ReasonCode.STATUS_SUSPENDED)))
ENDED = report_with(failed(CheckId.VALIDITY, reason(ReasonCode.ENDED)))
EARLY = report_with(failed(CheckId.VALIDITY, reason(ReasonCode.NOT_YET)))
OPEN = report_with(unsure(CheckId.STATUS, reason(ReasonCode.STATUS_NOT_SEEN)))
SPOILED = report_with(failed(CheckId.KEY_AUTHORITY, reason(ReasonCode.KEY_NOT_AUTHORISED)))
UNREAD = replace(GOOD, checks=())


@pytest.mark.parametrize(("before", "after", "kind"), [
    (GOOD, REVOKED, ChangeKind.WITHDRAWN), (OPEN, REVOKED, ChangeKind.WITHDRAWN),
    (HELD, REVOKED, ChangeKind.WITHDRAWN), (GOOD, HELD, ChangeKind.ON_HOLD), (HELD, GOOD, ChangeKind.LIFTED),
    (HELD, OPEN, ChangeKind.LIFTED), (HELD, ENDED, ChangeKind.ENDED), (REVOKED, GOOD, ChangeKind.REINSTATED),
    (GOOD, ENDED, ChangeKind.ENDED), (EARLY, GOOD, ChangeKind.BEGUN), (OPEN, GOOD, ChangeKind.CONFIRMED),
    (GOOD, OPEN, ChangeKind.DOUBTFUL), (GOOD, SPOILED, ChangeKind.SPOILED),
    (SPOILED, GOOD, ChangeKind.CONFIRMED), (ENDED, OPEN, ChangeKind.OTHER),
    (GOOD, GOOD, None), (OPEN, OPEN, None), (UNREAD, REVOKED, None), (GOOD, UNREAD, None),
], ids=lambda value: value.value if isinstance(value, ChangeKind) else "")
def test_each_kind_of_change(before: Report, after: Report, kind: ChangeKind | None) -> None:
    assert change_between(before, after) is kind


def test_a_later_list_with_the_same_answer_is_no_news() -> None:
    first, second = (report_with(failed(CheckId.STATUS, reason(ReasonCode.STATUS_REVOKED, date=date)))
                     for date in ("2026-11-18T00:00:00Z", "2026-11-20T00:00:00Z"))
    assert change_between(first, second) is None
