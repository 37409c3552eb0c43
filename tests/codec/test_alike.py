"""Contents of contexts that read a document alike: whenever that is said, the reference path says so too."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ASSETS
from tests.simulators.issuer import SimulatedIssuer
from wallet.codec.linked_data.alike import names_in, reads_alike
from wallet.codec.linked_data.canonical import reference_form
from wallet.codec.linked_data.contexts import ContextDocument, Contexts, ContextSet
from wallet.model.errors import LinkedDataError

BASE = "https://uni.example/base"
BADGE = json.loads(SimulatedIssuer("did:key").badge())
CHOICES = Contexts.pinned(ASSETS / "contexts").variants(BADGE["@context"])
TERMS = ("name", "label", "place", "note", "ex", "kind", "Thing")


def of(definitions: dict[str, Any]) -> ContextSet:
    """Return one content of one context."""
    sha256 = json.dumps(definitions, sort_keys=True)  # stands for it
    return ContextSet((ContextDocument(BASE, sha256, {"@context": definitions}),))


def said(document: dict[str, Any], contexts: ContextSet) -> bytes | None:
    try:
        return reference_form({"@context": [BASE], **document}, contexts).nquads
    except LinkedDataError:
        return None


def test_a_published_badge_reads_alike_under_what_its_publishers_changed() -> None:
    assert len(CHOICES) > 1
    unsealed = {name: value for name, value in BADGE.items() if name != "proof"}
    names = names_in([unsealed])
    alike = [one for one in CHOICES[1:] if reads_alike(names, CHOICES[0], one)]
    assert alike, "otherwise none of this is worth anything"
    forms = {reference_form(unsealed, one).nquads for one in (CHOICES[0], *alike)}
    assert len(forms) == 1


CHANGED = [
    ({"name": "urn:n"}, {"name": "urn:other"}, {"name": "x"}, False),  # the word itself
    ({"name": "urn:n"}, {"name": "urn:other"}, {"label": "x"}, True),  # a word that is not there
    ({"ex": "urn:e:", "name": "ex:n"}, {"ex": "urn:f:", "name": "ex:n"}, {"name": "x"}, False),  # its prefix
    ({"ex": "urn:e:"}, {"ex": "urn:f:"}, {"ex:n": "x"}, False),  # a prefix in the document
    ({"ex": "urn:e:", "name": "urn:n"}, {"ex": "urn:f:", "name": "urn:n"}, {"name": "x"}, True),
    ({"ex": "urn:e:", "name": {"@id": "urn:n", "@type": "@id"}},
     {"ex": "urn:f:", "name": {"@id": "urn:n", "@type": "@id"}}, {"name": "ex:1"}, False),  # in a value
    ({"Thing": "urn:T", "name": "urn:n"}, {"Thing": "urn:U", "name": "urn:n"},
     {"type": "Thing", "name": "x"}, False),  # a type
    ({"name": {"@id": "urn:n", "@context": {"label": "urn:l"}}},
     {"name": {"@id": "urn:n", "@context": {"label": "urn:m"}}}, {"name": {"label": "x"}}, False),  # below
    ({"name": {"@id": "urn:n", "@context": {"label": "urn:l"}}},
     {"name": {"@id": "urn:n", "@context": {"label": "urn:m"}}}, {"name": {"note": "x"}}, True),
    ({"name": {"@id": "urn:n", "@context": {"label": "urn:l"}}},
     {"name": {"@id": "urn:o", "@context": {"label": "urn:l"}}}, {"name": {"note": "x"}}, False),
    ({"@vocab": "urn:v:"}, {"@vocab": "urn:w:"}, {"name": "x"}, False),  # what is in force for every word
    ({"@vocab": "ex:", "ex": "urn:e:"}, {"@vocab": "ex:", "ex": "urn:f:"}, {"name": "x"}, False),
]


@pytest.mark.parametrize(("one", "other", "document", "expected"), CHANGED, ids=map(str, range(len(CHANGED))))
def test_which_changes_a_document_notices(one: dict[str, Any], other: dict[str, Any],
                                          document: dict[str, Any], expected: bool) -> None:
    assert reads_alike(names_in([document]), of(one), of(other)) is expected


def test_contents_of_different_addresses_are_not_compared() -> None:
    other = ContextSet((ContextDocument(BASE + "2", "1", {"@context": {}}),))
    assert not reads_alike(frozenset(), of({}), other)


IRIS = st.sampled_from(["urn:a", "urn:b", "ex:c", "ex:d", "name", "urn:e:", "urn:f/"])
PLAIN = IRIS | st.fixed_dictionaries(
    {"@id": IRIS}, optional={"@type": st.sampled_from(["@id", "@vocab", "urn:t"]), "@prefix": st.just(True)}
)
DEFINITIONS = st.dictionaries(st.sampled_from(TERMS), PLAIN | st.builds(
    lambda iri, inside: {"@id": iri, "@context": inside}, IRIS,
    st.dictionaries(st.sampled_from(TERMS), PLAIN, max_size=3)), max_size=6)
VALUES = st.sampled_from([*TERMS, "ex:1", "urn:x:1", "some words"])
DOCUMENTS = st.recursive(
    st.dictionaries(st.sampled_from([*TERMS, "ex:name", "@type"]), VALUES, max_size=4),
    lambda inner: st.dictionaries(st.sampled_from(TERMS), VALUES | inner, max_size=3), max_leaves=6)


@settings(max_examples=300, deadline=None)
@given(common=DEFINITIONS, ours=DEFINITIONS, theirs=DEFINITIONS, document=DOCUMENTS)
def test_what_is_called_alike_is_alike(common: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any],
                                       document: dict[str, Any]) -> None:
    one, other = of(common | ours), of(common | theirs)
    first = said(document, one)
    if first is not None and reads_alike(names_in([document]), one, other):
        assert said(document, other) in (None, first)
