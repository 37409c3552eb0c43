"""Sentences of the checks."""

from __future__ import annotations

import pytest

from tests.wording.words import check_template
from wallet.model.reasons import ReasonCode as R
from wallet.wording.judging import JUDGING


@pytest.mark.parametrize("code", JUDGING)
def test_template_is_plain(code: R) -> None:
    check_template(JUDGING[code])


def test_not_knowing_is_never_called_false() -> None:
    unknown = (R.KEY_UNKNOWN, R.ISSUER_UNLISTED, R.STATUS_NOT_SEEN, R.ISSUER_LISTS_MISSING, R.DATES_UNPROVEN)
    assert not any(
        word in JUDGING[code] for code in unknown for word in ("fake", "false", "wrong", "invalid")
    )
