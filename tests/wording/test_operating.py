"""Sentences of wishes that failed."""

from __future__ import annotations

import pytest

from tests.wording.words import check_template
from wallet.model.reasons import ReasonCode as R
from wallet.wording.operating import FAILURES


@pytest.mark.parametrize("code", FAILURES)
def test_three_plain_sentences(code: R) -> None:
    failure = FAILURES[code]
    for template in (failure.what, failure.safe, failure.next):
        check_template(template)


def test_wrong_passphrase_damage_and_lock_are_told_apart() -> None:
    told = {
        FAILURES[code].what
        for code in (
            R.VAULT_WRONG_PASSPHRASE,
            R.VAULT_DAMAGED,
            R.VAULT_OLDER_COPY,
            R.VAULT_BUSY,
            R.DISK_FULL,
            R.VAULT_MISSING,
        )
    }
    assert len(told) == 6
