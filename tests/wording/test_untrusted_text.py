"""Text from a file: direction tricks, invisible letters, storms and imitations; and their benign twins."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.wording.untrusted_text import MAX_SHOWN_CHARS, isolated, shown_text

ATTACKS = {
    "right-to-left override": "invoice\u202egnp.exe",
    "isolate": "Northbridge\u2067 University",
    "zero width": "MI\u200bT",
    "word joiner": "MI\u2060T",
    "byte order mark": "\ufeffMIT",
    "tag letters": "MIT\U000e0041",
    "control": "MIT\x1b[31m",
    "combining storm": "M" + "\u0301" * 40 + "IT",
    "cyrillic a": "Westm\u0430rk",
    "greek o": "L\u03bfndon",
    "private use": "MIT\ue000",
}
BENIGN = {
    "plain": "Northbridge University",
    "accents": "École polytechnique fédérale",
    "vietnamese": "Đại học Quốc gia",
    "decomposed": "E\u0301cole",
    "cyrillic": "Московский университет",
    "greek": "Πανεπιστήμιο Αθηνών",
    "hebrew": "\u05d9\u05e8\u05d5\u05e9\u05dc\u05d9\u05dd",
    "persian with a joiner": "\u0645\u06cc\u200c\u062e\u0648",
    "hindi with a joiner": "क्\u200dष",
    "emoji with joiners": "👩\u200d🎓",
    "chinese": "北京大学",
    "two scripts, two words": "Universität Москва",
    "soft hyphen": "Berufs\u00adbildung",
}


@pytest.mark.parametrize("text", ATTACKS.values(), ids=ATTACKS.keys())
def test_tricks_are_taken_out_and_named(text: str) -> None:
    shown = shown_text(text)
    assert shown.unusual
    assert all(unicodedata.category(char) not in ("Cf", "Cc", "Co", "Cn") for char in shown.text)
    assert len(shown.text) <= len(text)


@pytest.mark.parametrize("text", BENIGN.values(), ids=BENIGN.keys())
def test_honest_names_stay_as_they_are(text: str) -> None:
    shown = shown_text(text)
    assert not shown.unusual
    assert shown.text == text.replace("\u00ad", "")


def test_blank_lines_cannot_push_things_away() -> None:
    assert shown_text("a" + "\n" * 5_000 + "b").text == "a\n\nb"
    assert shown_text("a" + "\r\n" * 5_000 + "b").text == "a\n\nb"
    assert shown_text("a\n\tb", single_line=True).text == "a b"


def test_a_megabyte_is_cut() -> None:
    assert len(shown_text("x" * 1_000_000).text) == MAX_SHOWN_CHARS + 1


def test_isolates_stay_in_our_own_sentences_only() -> None:
    sentence = "Sealed by \u2068\u05d9\u05e8\u05d5\u05e9\u2069."
    assert shown_text(sentence, keep_isolates=True).text == sentence
    assert "\u2068" not in shown_text(sentence).text


def test_isolated_keeps_direction_to_itself() -> None:
    assert isolated("MIT") == "MIT"
    assert isolated("\u05d9\u05e8") == "\u2068\u05d9\u05e8\u2069"


@given(st.text(max_size=300))
def test_any_text_is_shown_without_invisible_or_reordering_characters(text: str) -> None:
    shown = shown_text(text).text
    directions = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert not (directions | set("\u200b\u2060\ufeff\x00\x1b\r\u2028")) & set(shown)
    assert shown_text(shown).text == shown
