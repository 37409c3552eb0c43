"""Compiled contexts: scopes, values and types as on the reference path, and tables that stay bounded."""

from __future__ import annotations

import json
from itertools import combinations
from typing import Any

import pytest

from tests.codec.samples import ED25519_2020, OB_3, VC_2, badge, contexts, newest
from wallet.codec.linked_data import compiler
from wallet.codec.linked_data.canonical import compiled_form, reference_form
from wallet.codec.linked_data.compiler import ActiveContext, Role, compiled
from wallet.codec.linked_data.contexts import ContextDocument, ContextSet
from wallet.codec.linked_data.definitions import NotExpressibleError
from wallet.model.errors import LinkedDataError
from wallet.model.reasons import ReasonCode

MINE = "https://mine.example/v1"
Json = dict[str, Any]


def made(**addresses: Any) -> ContextSet:
    """A set of contexts that counts as shipped."""
    whole = {MINE: addresses.pop("mine"), **addresses}
    return ContextSet(
        tuple(ContextDocument(name, json.dumps(one), {"@context": one}) for name, one in whole.items())
    )


def entered(choice: ContextSet, *addresses: str) -> ActiveContext:
    return compiled(choice).initial.entered({"@context": list(addresses)})


def test_a_supplied_context_is_never_compiled() -> None:
    more = contexts().extended({MINE: b'{"@context":{"x":"urn:x"}}'}).variants((VC_2, MINE))[0]
    with pytest.raises(NotExpressibleError):
        compiled(more)
    assert compiled(newest())


@pytest.mark.parametrize(
    "term",
    [
        {"@reverse": "urn:a"},
        {"@id": "urn:a", "@container": "@index"},
        {"@id": "urn:a", "@container": ["@graph", "@id"]},
        {"@id": "urn:a", "@nest": "@nest"},
        {"@id": "urn:a", "@context": {"a": "urn:b"}},
        {"@id": "@nest"},
        {"@id": "@json"},
        None,
    ],
    ids=str,
)
def test_a_term_that_tables_cannot_hold_only_matters_where_it_is_used(term: Any) -> None:
    choice = made(mine={"a": term, "b": "urn:b", "id": "@id"})
    document = {"@context": MINE, "id": "urn:x", "b": "v"}
    assert compiled_form(document, choice).nquads == reference_form(document, choice).nquads
    with pytest.raises(NotExpressibleError):
        compiled_form(document | {"a": "v"}, choice)


SCOPES = {
    "id": "@id",
    "type": "@type",
    "A": {"@id": "urn:A", "@context": {"p": "urn:p-in-A", "q": {"@id": "urn:q", "@type": "@id"}}},
    "B": {"@id": "urn:B", "@context": {"p": {"@id": "urn:p-in-B", "@container": "@list"}}},
    "p": "urn:p",
    "child": {"@id": "urn:child", "@context": {"p": "urn:p-in-child"}},
    "other": "urn:other",
    "none": {"@id": "urn:none", "@context": None},
    "words": {"@id": "urn:words", "@container": "@language"},
    "de": {"@id": "urn:de", "@language": "de"},
    "turned": {"@id": "urn:turned", "@direction": "rtl"},
    "n": {"@id": "urn:n", "@type": "http://www.w3.org/2001/XMLSchema#double"},
    "v": {"@id": "urn:v", "@type": "@vocab"},
    "j": {"@id": "urn:j", "@type": "@json"},
    "g": {"@id": "urn:g", "@container": "@graph"},
    "pre": "urn:pre:",
}


@pytest.mark.parametrize(
    "said",
    [
        {"type": "A", "p": "x"},
        {"type": ["A", "B"], "p": ["x", "y"]},
        {"type": ["B", "A"], "p": ["x", "y"]},
        {"type": "A", "q": "urn:q1"},
        {"type": "A", "other": {"id": "urn:2", "p": "outside A again"}},
        {"type": "A", "other": {"type": "A", "p": "inside A again"}},
        {"type": "A", "child": {"p": "x"}},
        {"type": "A", "child": {"type": "B", "p": "x"}},
        {"child": {"p": "x", "other": {"p": "properties hand their context on"}}},
        {"child": "text"},
        {"none": {"@type": "urn:T"}},
        {"words": {"en": "a", "DE-at": ["b", "c"]}},
        {"words": "no map"},
        {"de": "x"},
        {"de": ["x", {"@value": "y"}, 5]},
        {"turned": "x"},
        {"n": [1, 2.5, "3", True]},
        {"v": ["A", "urn:z", "pre:z"]},
        {"j": {"b": [1, None], "a": "x"}},
        {"g": [{"p": "x"}, {"id": "urn:3", "type": "A", "p": "y"}]},
        {"other": {"id": "pre:9"}},
        {"pre:own": "x"},
        {"urn:own": [{"@value": "2026-01-01", "@type": "pre:date"}]},
    ],
    ids=str,
)
def test_scopes_and_values_come_out_as_on_the_reference_path(said: Json) -> None:
    choice = made(mine=SCOPES)
    document = {"@context": MINE, "id": "urn:1"} | said
    assert compiled_form(document, choice).nquads == reference_form(document, choice).nquads


@pytest.mark.parametrize("language", ["de", "unsaid"])
def test_a_language_that_is_a_word_too_is_left_to_the_reference(language: str) -> None:
    """Another name for `@none` looks like a language, and says that there is none."""
    choice = made(mine=SCOPES | {"unsaid": "@none"})
    document = {"@context": MINE, "id": "urn:1", "words": {language: "a"}}
    with pytest.raises(NotExpressibleError):
        compiled_form(document, choice)
    assert b"@unsaid" not in reference_form(document, choice).nquads


def test_a_word_of_an_inner_type_means_nothing_outside() -> None:
    choice = made(mine=SCOPES)
    document = {"@context": MINE, "id": "urn:1", "type": "A", "q": "urn:2"}
    assert compiled_form(document, choice)
    for wrong in ({"q": "urn:2"}, {"type": "A", "other": {"q": "urn:2"}}):
        with pytest.raises(LinkedDataError) as caught:
            compiled_form({"@context": MINE, "id": "urn:1"} | wrong, choice)
        assert caught.value.reason.code is ReasonCode.UNDEFINED_TERM


def test_a_vocabulary_gives_every_word_a_meaning() -> None:
    choice = made(mine={"@vocab": "https://all.example/#"})
    document = {"@context": MINE, "@id": "urn:1", "@type": "T", "anything": {"more": "x"}}
    assert compiled_form(document, choice).nquads == reference_form(document, choice).nquads


def test_tables_stay_bounded_whatever_documents_choose() -> None:
    whole = compiled(choice := newest(VC_2, OB_3, ED25519_2020))
    names = [name for name, term in entered(choice, VC_2, OB_3).definitions.terms.items() if term.scoped]
    for pair in combinations(names, 2):
        try:
            entered(choice, VC_2, OB_3).typed(pair)
        except NotExpressibleError:
            continue
    for depth in range(2, 9):
        arrays = {"@context": [VC_2, *[OB_3, ED25519_2020] * 4][:depth]}
        whole.initial.entered(arrays)
    state = entered(choice, VC_2, OB_3)
    for number in range(1_000):
        with pytest.raises(LinkedDataError):
            state.member(f"word{number}")
        assert state.member(f"urn:word:{number}").role is Role.PROPERTY
    assert len(whole._states) <= compiler._MAX_STATES
    assert len(state.steps) <= compiler._MAX_STEPS
    assert len(state.members) < len(state.definitions.terms) + 5
    assert compiled_form(badge(), newest()).nquads == reference_form(badge(), newest()).nquads
