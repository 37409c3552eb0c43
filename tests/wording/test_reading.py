"""Sentences about files, keys and seals that cannot be read."""

from __future__ import annotations

import pytest

from tests.wording.words import check_template
from wallet.model.reasons import ReasonCode as R
from wallet.wording.reading import READING


@pytest.mark.parametrize("code", READING)
def test_template_is_plain(code: R) -> None:
    check_template(READING[code])


def test_every_limit_names_it() -> None:
    assert all("{limit}" in READING[code] for code in R if code.value.startswith("limit_"))


def test_what_is_refused_is_not_called_what_it_may_not_be() -> None:
    """A badge may name another vocabulary than its kind's, and a seal a method that nobody registered."""
    assert "names no vocabulary" not in READING[R.CONTEXT_MISSING]
    assert "no standard knows" in READING[R.ALGORITHM_REFUSED]
