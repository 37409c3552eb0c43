"""Context processing: every pinned context means what PyLD says it means, term by term."""

from __future__ import annotations

from typing import Any

import pytest
from pyld import ContextResolver
from pyld.jsonld import JsonLdError, JsonLdProcessor

from tests.codec.samples import VC_1, VC_2, contexts
from wallet.codec.linked_data.contexts import ContextSet
from wallet.codec.linked_data.definitions import (
    INITIAL,
    Definitions,
    NotExpressibleError,
    TermDefinition,
    merged,
)
from wallet.codec.linked_data.reference import _Loader

Json = dict[str, Any]


def of(choice: ContextSet, *addresses: str) -> Definitions:
    return merged(INITIAL, list(addresses), lambda address: choice.document(address)["@context"])


def no_addresses(address: str) -> Any:
    raise NotExpressibleError


def plain(term: TermDefinition) -> Json:
    """A definition in PyLD's words."""
    said: Json = {"@id": term.iri, "_prefix": term.prefix, "protected": term.protected}
    said |= {"@type": term.coercion} if term.coercion else {}
    said |= {"@container": sorted(term.container)} if term.container else {}
    said |= {"@language": term.language or None} if term.language is not None else {}
    said |= {"@context": term.context if term.context is not None else False} if term.scoped else {}
    return said


def theirs(mapping: Json) -> Json:
    said = {key: mapping[key] for key in ("_prefix", "protected")} | {"@id": mapping["@id"]}
    said |= {key: mapping[key] for key in ("@type", "@language", "@context") if key in mapping}
    said |= {"@container": sorted(mapping["@container"])} if "@container" in mapping else {}
    return said


class Pyld:
    """PyLD's own context processing, as the second opinion on ours."""

    def __init__(self, choice: ContextSet) -> None:
        loader = _Loader(choice)
        self._options: Json = {"base": None, "processingMode": "json-ld-1.1"}
        self._options |= {"contextResolver": ContextResolver({}, loader), "documentLoader": loader}
        self._processor = JsonLdProcessor()
        self.initial = self._processor._get_initial_context(self._options)

    def merged(self, active: Any, local: Any, **kind: bool) -> Any:
        return self._processor._process_context(active, local, self._options, **kind)


def assert_same_terms(ours: Definitions, other: Any) -> None:
    mappings = other["mappings"]
    assert ours.terms.keys() == mappings.keys()
    for name, term in ours.terms.items():
        if not term.others:  # what only the reference knows is never answered from these tables
            assert plain(term) == theirs(dict(mappings[name])), name
    assert ours.vocab == (other.get("@vocab") or "")


def all_variants() -> list[Any]:
    return [
        pytest.param(choice, address, id=f"{choice.documents[0].name} {address}")
        for address in sorted(contexts().addresses())
        for choice in contexts().variants((address,))
    ]


@pytest.mark.parametrize(("choice", "address"), all_variants())
def test_every_term_of_every_pinned_context_means_what_pyld_says(choice: ContextSet, address: str) -> None:
    pyld = Pyld(choice)
    other = pyld.merged(pyld.initial, address)
    ours = of(choice, address)
    assert_same_terms(ours, other)
    for term in ours.terms.values():
        if term.scoped:
            inside = merged(ours, term.context, no_addresses, override=True)
            scoped = False if term.context is None else term.context
            assert_same_terms(inside, pyld.merged(other, scoped, override_protected=True))


@pytest.mark.parametrize("address", sorted(contexts().addresses() - {VC_1, VC_2}))
def test_what_follows_a_base_context_is_accepted_or_refused_by_both(address: str) -> None:
    for base in (VC_1, VC_2):
        choice = contexts().variants((base, address))[0]
        pyld = Pyld(choice)
        try:
            other = pyld.merged(pyld.initial, [base, address])
        except JsonLdError:
            with pytest.raises(NotExpressibleError):
                of(choice, base, address)
        else:
            assert_same_terms(of(choice, base, address), other)


@pytest.mark.parametrize(
    "context",
    [
        {"@import": "https://other.example"},
        {"@base": "https://base.example/"},
        {"@vocab": "relative"},
        {"@version": 1.0},
        {"a": "b", "b": "a"},
        {"": "urn:x"},
        {"a": 5},
        {"a": {"@id": "urn:a", "@unknown": 1}},
        {"a": {"@id": "@context"}},
        {"a": {"@type": "@id"}},
        {"a:b": {"@id": "urn:other"}},
        {"@id": "urn:x"},
        {"@type": "urn:x"},
        {"a": {"@id": "urn:a", "@container": "@nowhere"}},
        "https://unknown.example",
        5,
    ],
    ids=str,
)
def test_a_context_that_is_wrong_or_too_much_is_left_to_the_reference(context: Any) -> None:
    assert merged(INITIAL, {"a": "urn:a"}, no_addresses).terms["a"].iri == "urn:a"
    with pytest.raises(NotExpressibleError):
        merged(INITIAL, context, no_addresses)


def test_protected_terms_stay_unless_a_property_brings_the_context() -> None:
    before = merged(INITIAL, {"@protected": True, "a": "urn:a"}, no_addresses)
    for other in ({"a": "urn:b"}, {"a": {"@id": "urn:a", "@type": "@id"}}, None):
        with pytest.raises(NotExpressibleError):
            merged(before, other, no_addresses)
        assert merged(before, other, no_addresses, override=True) != before
    again = merged(before, {"a": "urn:a"}, no_addresses)
    assert again.terms["a"] == before.terms["a"]


def test_contexts_that_name_each_other_come_to_an_end() -> None:
    with pytest.raises(NotExpressibleError):
        merged(INITIAL, "https://one.example", lambda _address: ["https://one.example", {"a": "urn:a"}])
