from __future__ import annotations

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vault.vaults import numbered, record
from wallet.vault.search import match_expression, words_of
from wallet.vault.store import Vault

from .vaults import NOW

INDEX = apsw.Connection(":memory:")
INDEX.execute("CREATE VIRTUAL TABLE search USING fts5(text, tokenize='unicode61 remove_diacritics 2')")


def found(text: str, query: str) -> bool:
    INDEX.execute("DELETE FROM search")
    INDEX.execute("INSERT INTO search VALUES (?)", (text,))
    words = words_of(query)
    return bool(words) and bool(INDEX.execute("SELECT 1 FROM search WHERE search MATCH ?",
                                              (match_expression(words),)).fetchall())


@given(st.text(max_size=80))
def test_no_typed_text_is_an_error_of_the_query_language(text: str) -> None:
    found("anything", text)


@given(st.text(st.characters(categories=["L", "N", "Zs", "P"], max_codepoint=0x24F), max_size=40))
def test_every_text_finds_itself(text: str) -> None:
    if words_of(text):
        assert found(text, text)


@pytest.mark.parametrize("query", [
    "AND", "OR", "NOT", "NEAR", "NEAR(data)", '"', '""', "title:", "-analysis", "^data", "data*", "(",
    "data AND", "{title}:x", "'; DROP TABLE credential; --", "\x00", "+", "\N{BELL}",
])
def test_the_query_language_is_only_words(query: str) -> None:
    assert not found("zebra", query)


@pytest.mark.parametrize(("text", "query"), [
    ("Data Analysis", "data"), ("Data Analysis", "DAT anal"), ("Data Analysis", "analysis data"),
    ("Müller Ökonomie", "muller oko"), ("Mu\N{COMBINING DIAERESIS}ller", "müller"), ("C++ course", "c++"),
    ("rock'n'roll", "rock'n"), ("AND gate", "and"), ("Café", "cafe\N{COMBINING ACUTE ACCENT}"),
    ("Łódź 2026", "2026"), ("Школа", "шко"),
])
def test_words_and_beginnings_are_found(text: str, query: str) -> None:
    assert found(text, query)


@pytest.mark.parametrize("query", ["data missing", "nalysis", "dataanalysis"])
def test_every_word_must_begin_one(query: str) -> None:
    assert not found("Data Analysis", query)


def test_title_issuer_skills_and_text_are_searched(vault: Vault) -> None:
    added = vault.add(record(title="Welding", text="an oxyacetylene course"), now=NOW)
    for number in range(5):
        vault.add(numbered(number), now=NOW)
    for query in ("weld", "sud", "statis", "oxyac", "weld python"):
        assert added.id in [one.id for one in vault.search(query)]
    assert [one.id for one in vault.search("oxyac")] == [added.id]
    assert vault.search("weld badge") == ()


def test_a_word_in_the_title_comes_first(vault: Vault) -> None:
    vault.add(record(b"1", title="Cooking", credential_id="urn:1", text="python, python, python"), now=NOW)
    titled = vault.add(record(b"2", title="Python", credential_id="urn:2"), now=NOW)
    vault.add(record(b"3", title="Sewing", credential_id="urn:3", text="python"), now=NOW)
    assert vault.search("python")[0].id == titled.id


def test_nothing_typed_finds_everything_and_mere_signs_nothing(vault: Vault) -> None:
    vault.add(record(), now=NOW)
    assert len(vault.search("  ")) == 1
    assert vault.search("+++") == ()
