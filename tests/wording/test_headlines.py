"""Every headline code has its saying, for both readers."""

from __future__ import annotations

import pytest

from tests.wording.words import check_template
from wallet.model.reasons import ReasonCode
from wallet.model.report import HeadlineCode
from wallet.wording.headlines import HEADLINES, HOLDER_ADVICE, PACK_HEADLINES, Audience


def test_every_code_has_a_saying() -> None:
    assert set(HEADLINES) == set(HeadlineCode)


@pytest.mark.parametrize("code", HeadlineCode)
def test_saying_is_plain(code: HeadlineCode) -> None:
    sayings = [HEADLINES[code], *(PACK_HEADLINES[one] for one in PACK_HEADLINES if one is code)]
    for template in (
        text
        for saying in sayings
        for text in (
            saying.headline,
            saying.sentence,
            saying.employer,
            saying.learner,
            saying.next_learner,
            saying.next_employer,
        )
    ):
        if template and template != "{why}":
            check_template(template.replace("{why}", "It is so.").replace("{withdrawal}", "It is so."))


def test_ended_and_unknown_are_not_called_false() -> None:
    for code in (HeadlineCode.EXPIRED, HeadlineCode.KEY_UNKNOWN, HeadlineCode.UNSUPPORTED):
        assert "rely" not in HEADLINES[code].sentence
    assert HEADLINES[HeadlineCode.EXPIRED].employer == "Ended is not false."


def test_problems_say_not_to_rely_on_it() -> None:
    for code in (HeadlineCode.TAMPERED, HeadlineCode.REVOKED, HeadlineCode.KEY_NOT_AUTHORISED):
        assert "Do not rely on" in HEADLINES[code].sentence


def test_holder_advice_hangs_on_real_codes() -> None:
    assert all(ReasonCode(code) and audience in Audience for code, audience in HOLDER_ADVICE)
    for text in HOLDER_ADVICE.values():
        check_template(text)
