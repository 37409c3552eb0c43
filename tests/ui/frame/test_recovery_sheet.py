"""The recovery sheet: the code in groups, a PDF that names nobody, groups compared as people write them."""

from __future__ import annotations

from wallet.ui.recovery_sheet import groups_of, sheet_pdf
from wallet.ui.theme import Theme

_CODE = "7Q3ZK-MB9RT-XW2P4-0HJ6D-8CVN5-EFG1S"


def test_groups_are_those_of_the_code() -> None:
    assert groups_of(_CODE) == ("7Q3ZK", "MB9RT", "XW2P4", "0HJ6D", "8CVN5", "EFG1S")


def test_the_sheet_is_a_pdf_that_names_nobody(light: Theme) -> None:
    data = sheet_pdf(_CODE)
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")
    assert b"/Author ()" in data
