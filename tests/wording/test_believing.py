"""Every sentence speaks plainly, and stays whole without its parameters."""

from __future__ import annotations

from tests.wording.words import check_template
from wallet.model.beliefs import Stance
from wallet.model.evidence import Verified
from wallet.wording.believing import BELIEVING, STANCE_WORDS, VERIFIED_WORDS


def test_every_sentence_speaks_plainly() -> None:
    for template in BELIEVING.values():
        check_template(template)


def test_every_way_and_every_stance_has_its_word() -> None:
    assert set(VERIFIED_WORDS) == set(Verified)
    assert set(STANCE_WORDS) == set(Stance)
    for word in (*VERIFIED_WORDS.values(), *STANCE_WORDS.values()):
        check_template(word)
