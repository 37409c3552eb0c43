"""Templates, and untrusted values inside them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.wording.text import (
    FALLBACKS,
    MAX_VALUE_CHARS,
    fill,
    friendly_date,
    friendly_time,
    is_unusual,
    moment_of,
    names_in,
    party,
    tidy,
)


def test_value_is_data_and_never_a_template() -> None:
    assert fill("By {issuer}.", {"issuer": "{name} [[x]] %s {0}"}) == "By {name} [[x]] %s {0}."


def test_optional_part_goes_with_its_value() -> None:
    assert fill("Damaged[[ ({what})]].", {}) == "Damaged."
    assert fill("Damaged[[ ({what})]].", {"what": "frame"}) == "Damaged (frame)."
    assert fill("Damaged[[ ({what})]].", {"what": "\u200b"}) == "Damaged."


def test_missing_value_has_a_word() -> None:
    assert fill("Ask {issuer}.", {}) == "Ask the issuer."


def test_translation_sees_the_template_and_no_value() -> None:
    seen: list[str] = []

    def translate(text: str) -> str:
        seen.append(text)
        return {"By {issuer}.": "Von {issuer}."}.get(text, text)

    assert fill("By {issuer}.", {"issuer": "Secret"}, translate) == "Von Secret."
    assert seen == ["By {issuer}."]


def test_names_in_leaves_out_optional_ones() -> None:
    assert names_in("{a}[[ {b}]] {c}") == {"a", "c"}


@pytest.mark.parametrize("mark", ["\x00", "\x1b", "\u202e", "\u200b", "\u2066", "\ufeff", "\ue000"])
def test_unseen_characters_are_taken_out(mark: str) -> None:
    assert tidy(f"Har{mark}bor") == "Harbor"
    assert is_unusual(f"Har{mark}bor")
    assert not is_unusual("Harbor Skills 世界 é")


def test_line_breaks_become_spaces() -> None:
    assert tidy("Harbor\r\n\tSkills\u2028Ltd") == "Harbor Skills Ltd"


def test_long_values_are_cut_with_a_mark() -> None:
    assert tidy("x" * MAX_VALUE_CHARS) == "x" * MAX_VALUE_CHARS
    cut = tidy("x" * (MAX_VALUE_CHARS + 1))
    assert len(cut) == MAX_VALUE_CHARS
    assert cut.endswith("…")


def test_right_to_left_values_are_isolated() -> None:
    name = "\u062c\u0627\u0645\u0639\u0629"  # a university, in Arabic
    assert tidy(name) == f"\u2068{name}\u2069"
    assert tidy("Universität") == "Universität"


@given(st.text(max_size=400))
def test_no_value_breaks_a_line(value: str) -> None:
    line = fill("A {issuer} B", {"issuer": value})
    assert line.startswith("A ")
    assert line.endswith(" B")
    assert line.splitlines() == [line]
    assert len(line) <= MAX_VALUE_CHARS + 6


def test_dates_in_values_are_written_for_people() -> None:
    assert fill("Until {until}.", {"until": "2029-05-31T00:00:00Z"}) == "Until 31 May 2029."
    assert fill("Until {until}.", {"until": "soon"}) == "Until soon."


def test_friendly_dates() -> None:
    moment = datetime(2026, 11, 2, 9, 5, tzinfo=UTC)
    assert friendly_date(moment) == "2 November 2026"
    assert friendly_time(moment) == "2 November 2026, 09:05 UTC"
    assert moment_of("2026-11-02") == datetime(2026, 11, 2, tzinfo=UTC)
    assert moment_of("yesterday") is None


@pytest.mark.parametrize(
    ("identifier", "shown"),
    [
        ("did:web:school.example", "school.example"),
        ("did:web:school.example%3A8443", "school.example:8443"),
        ("did:web:school.example%3A8443:issuers:1", "school.example:8443/issuers/1"),
        ("did:web:school.example#key-1", "school.example"),
        ("https://user@school.example/issuer", "school.example"),
        ("https://school.example:443/issuer", "school.example"),
        ("https://school.example:8443/issuer", "school.example:8443"),
        ("https://school.example:port/issuer", "https://school.example:port/issuer"),
        ("https://school.example/~eve/issuer.json", "school.example/~eve"),
        ("https://school.example/users/eve", "school.example/users/eve"),
        ("https://sch\u043eol.example/issuer", "xn--schol-lye.example"),
        ("https://\u00e9cole.example/issuer", "xn--cole-9oa.example"),
        ("did:web:sch\u043eol.example:staff", "xn--schol-lye.example/staff"),
        ("https://[broken", "https://[broken"),
        ("did:key:z6MkexampleABCDEFGH", "key …ABCDEFGH"),
        ("urn:uuid:1", "urn:uuid:1"),
        ("Harbor Ltd", "Harbor Ltd"),
    ],
)
def test_party(identifier: str, shown: str) -> None:
    assert party(identifier) == shown


def test_fallbacks_are_plain_words() -> None:
    assert all(word and "{" not in word for word in FALLBACKS.values())


def test_marks_piled_on_a_letter_are_few_and_honest_ones_stay() -> None:
    assert tidy("M" + "\u0301" * 60 + "IT") == "M" + "\u0301" * 3 + "IT"
    for name in ("E\u0301cole", "Đại học Quốc gia", "\u05d1\u05b0\u05bc"):
        assert name in tidy(name)
