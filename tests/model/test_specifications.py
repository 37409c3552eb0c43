"""What a specification demands is named by its section."""

from __future__ import annotations

from wallet.model.reasons import ReasonCode
from wallet.model.specifications import SPECIFICATION


def test_named_specifications_point_to_a_section() -> None:
    assert SPECIFICATION
    assert set(SPECIFICATION) <= set(ReasonCode)
    assert all("§" in section for section in SPECIFICATION.values())
