"""The words of a report as a page speak plainly, and say that it proves nothing by itself."""

from __future__ import annotations

import pytest

from tests.wording.words import check_template
from wallet.wording.report_page import (
    Part,
    checked_line,
    fine_line,
    item_name,
    more_line,
    part,
    refused_line,
)


@pytest.mark.parametrize("one", list(Part), ids=lambda one: one.name.lower())
def test_every_part_speaks_plainly(one: Part) -> None:
    check_template(part(one))


def test_values_stand_in_their_lines() -> None:
    assert checked_line("21 November 2026, 12:04 UTC", "learner-wallet 0.1.0") == (
        "Checked 21 November 2026, 12:04 UTC with learner-wallet 0.1.0.")
    assert fine_line(2, 3) == "2 of 3 are fine"
    assert more_line(7) == "7 more are not shown in full here."
    assert item_name(2) == "Item 2"
    assert refused_line("listed") == "Refused, because you require: listed"
    assert "proves nothing by itself" in part(Part.BEWARE)
