"""Reason codes: words that never change once they were released."""

from __future__ import annotations

import re

from wallet.model.codes import ReasonCode


def test_codes_are_stable_words_in_lower_case() -> None:
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", code.value) for code in ReasonCode)
    assert all(code.value == code.name.lower() for code in ReasonCode)
    assert len({code.value for code in ReasonCode}) == len(ReasonCode)
