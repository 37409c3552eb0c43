"""The first promise for tokens with hidden parts: whatever is changed, it never stays what it was."""

from __future__ import annotations

import string

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.simulators.sdjwt import answer, claims, issue, part
from tests.verify.desk import documents, judged, university
from wallet.formats.parse import parse
from wallet.model.credential import Credential
from wallet.model.errors import WalletError
from wallet.model.report import Verdict

ISSUER = university()
PARTS = (part("Maya", name="given_name"), part("Lind", name="family_name"),
         part("A", name="assessment_grade"))
TEXT = issue(ISSUER, claims(ISSUER, *PARTS), *PARTS[:2])
ANSWER = answer(TEXT).decode()
EVIDENCE = documents(ISSUER.evidence())
CHARACTERS = string.ascii_letters + string.digits + "-_.~="


def still_good(text: str) -> bool:
    """Whether the answer and the credential in it are both still called valid."""
    try:
        parse(text.encode())
    except WalletError:
        return False
    report = judged(text.encode(), EVIDENCE, challenge="n-7Q", domain="https://harbor.example")
    return report.verdict is Verdict.VALID and all(item.verdict is Verdict.VALID for item in report.items)


def test_the_answer_as_it_is() -> None:
    assert still_good(ANSWER)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(ANSWER) - 1), st.sampled_from(CHARACTERS))
def test_no_character_can_be_changed(place: int, character: str) -> None:
    changed = ANSWER[:place] + character + ANSWER[place + 1:]
    assert changed == ANSWER or not still_good(changed)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(ANSWER) - 1), st.integers(1, 80))
def test_no_piece_can_be_left_out(place: int, count: int) -> None:
    assert not still_good(ANSWER[:place] + ANSWER[place + count:])


@given(st.sets(st.sampled_from(PARTS)))
def test_what_is_not_chosen_is_not_in_the_bytes(chosen: set[str]) -> None:
    text = issue(ISSUER, claims(ISSUER, *PARTS), *sorted(chosen))
    found = parse(text.encode())
    assert isinstance(found, Credential)
    for one, name in zip(PARTS, ("given_name", "family_name", "assessment_grade"), strict=True):
        assert (name in found.document) is (one in chosen)
        assert (one in text) is (one in chosen)
