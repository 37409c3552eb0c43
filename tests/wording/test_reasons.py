"""Every reason has its sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.model.reasons import ReasonCode, reason
from wallet.wording.judging import JUDGING
from wallet.wording.operating import HAPPENED
from wallet.wording.reading import READING
from wallet.wording.reasons import SENTENCES, reason_text


def test_every_code_has_exactly_one_sentence() -> None:
    assert set(SENTENCES) == set(ReasonCode)
    assert len(READING) + len(JUDGING) + len(HAPPENED) == len(SENTENCES)


@pytest.mark.parametrize("code", ReasonCode)
def test_sentence_stands_without_parameters(code: ReasonCode) -> None:
    text = reason_text(reason(code))
    assert text[0].isupper()
    assert text.endswith((".", "?", "!"))
    assert "{" not in text
    assert "[[" not in text


def test_because_that_is_a_code_becomes_its_sentence() -> None:
    text = reason_text(reason(ReasonCode.STATUS_LIST_UNTRUSTED, because="signature_wrong"))
    assert text == "The withdrawal list cannot be trusted: Something in it differs from what was sealed."


def test_because_in_a_circle_ends() -> None:
    text = reason_text(reason(ReasonCode.STATUS_LIST_UNTRUSTED, because="status_list_untrusted"))
    assert text.count("cannot be trusted") == 2


@pytest.mark.parametrize("because", ["document", "self", "from_sender", "revoked"])
def test_because_that_is_another_word_of_the_model_is_put_plainly(because: str) -> None:
    text = reason_text(reason(ReasonCode.PROOF_NOT_CHECKED, because=because))
    assert f": {because}." not in text
    assert text.endswith(".")


def test_because_in_words_stays() -> None:
    assert (
        reason_text(reason(ReasonCode.HOLDER_FAILED, because="too late"))
        == "The live check failed: too late."
    )


@given(st.sampled_from(ReasonCode), st.text(max_size=60))
def test_hostile_parameters_stay_one_line(code: ReasonCode, value: str) -> None:
    names = (
        "what",
        "limit",
        "found",
        "issuer",
        "because",
        "address",
        "name",
        "member",
        "date",
        "until",
        "days",
    )
    text = reason_text(reason(code, **dict.fromkeys(names, value)))
    assert text.splitlines() == [text]
