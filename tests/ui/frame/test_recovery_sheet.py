"""The recovery sheet: the code in groups, a PDF that names nobody, groups compared as people write them."""

from __future__ import annotations

import pytest

from wallet.ui.recovery_sheet import groups_of, same_group, sheet_pdf
from wallet.ui.theme import Theme

_CODE = "7Q3ZK-MB9RT-XW2P4-0HJ6D-8CVN5-EFG1S"


def test_groups_are_those_of_the_code() -> None:
    assert groups_of(_CODE) == ("7Q3ZK", "MB9RT", "XW2P4", "0HJ6D", "8CVN5", "EFG1S")


@pytest.mark.parametrize(
    ("typed", "same"),
    [("EFG1S", True), (" efgis ", True), ("EFGLS", True), ("EFG2S", False), ("", False), ("OHJ6D", False)],
)
def test_a_group_is_compared_as_people_write_it(typed: str, same: bool) -> None:
    assert same_group(typed, "EFG1S") is same


def test_the_sheet_is_a_pdf_that_names_nobody(light: Theme) -> None:
    data = sheet_pdf(_CODE)
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")
    assert b"/Author ()" in data
