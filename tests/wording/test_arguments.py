"""The argument is complete: every check has a number, and words for what is compared."""

from __future__ import annotations

from wallet.model.reasons import ReasonCode
from wallet.model.report import CheckId
from wallet.operations.argument import PartKind
from wallet.wording.arguments import COMPARED, NUMBERS, PARTS, section_of


def test_every_check_is_numbered_and_says_what_is_compared() -> None:
    assert set(NUMBERS) == set(COMPARED) == set(CheckId)
    assert set(NUMBERS.values()) == set(range(1, 10))
    assert all(COMPARED.values())


def test_every_kind_of_bytes_has_a_name() -> None:
    assert set(PARTS) == {kind.value for kind in PartKind}


def test_section_of_the_reason_goes_before_that_of_the_check() -> None:
    assert section_of(CheckId.STRUCTURE, ReasonCode.DUPLICATE_KEY) == "RFC 7493 §2.3"
    assert section_of(CheckId.STRUCTURE, ReasonCode.STRUCTURE_OK).startswith("VC Data Model 2.0")
