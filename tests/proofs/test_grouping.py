"""Statements under the issuer's names: lists and graphs are found again, nothing is mistaken for a name."""

from __future__ import annotations

from typing import Any

import pytest

from tests.codec.samples import badge, contexts, endorsement
from wallet.codec.linked_data.canonical import canonicalise, context_addresses
from wallet.codec.linked_data.contexts import ContextSet
from wallet.model.errors import LinkedDataError, ProofError
from wallet.model.reasons import ReasonCode
from wallet.proofs.grouping import (
    Statements,
    hash_of,
    hmac_labels,
    label_statements,
    part,
    relabel,
    shuffled_labels,
)
from wallet.proofs.selective import select

KEY = bytes(range(32))
RESULTS = "/credentialSubject/achievement/resultDescription"


def known(document: dict[str, Any]) -> ContextSet:
    return contexts().variants(context_addresses(document))[0]


def labelled(document: dict[str, Any]) -> Statements:
    return label_statements(document, known(document), hmac_labels(KEY))


def graded(*values: list[str]) -> dict[str, Any]:
    """A badge with several graded results, each with a list of its allowed values."""
    document = badge()
    [result] = document["credentialSubject"]["achievement"]["resultDescription"]
    document["credentialSubject"]["achievement"]["resultDescription"] = [
        {name: member for name, member in result.items() if name != "id"}
        | {"name": str(n), "allowedValue": one}
        for n, one in enumerate(values)
    ]
    return document


def is_exact(document: dict[str, Any], *pointers: str) -> bool:
    """Whether what a verifier reads in the part is what stands among all statements."""
    statements = labelled(document)
    shown = statements.selection(pointers)
    read = relabel(canonicalise(select(document, pointers), known(document)), shown.labels)
    return read == tuple(statements.lines[index] for index in shown.indexes)


def test_labels_are_the_published_forms() -> None:
    names = ["c14n0", "c14n1", "c14n2"]
    by_hmac = hmac_labels(KEY)(names)
    assert all(label.startswith("u") and len(label) == 44 for label in by_hmac.values())
    shuffled = shuffled_labels(KEY)(names)
    assert sorted(shuffled.values()) == ["b0", "b1", "b2"]
    assert sorted(names, key=by_hmac.__getitem__) == sorted(names, key=shuffled.__getitem__)
    assert hmac_labels(bytes(32))(names) != by_hmac


def test_every_statement_is_there_once_and_in_order() -> None:
    document = badge()
    lines = labelled(document).lines
    assert list(lines) == sorted(set(lines))
    assert len(lines) == canonicalise(document, known(document)).count(b"\n")
    assert not any("c14n" in line or "urn:bnid" in line for line in lines)


def test_lists_are_shown_whole_or_not_at_all() -> None:
    document = graded(["A", "B"], ["A", "B"], ["A", "B", "C"], [])
    for place in range(4):
        assert is_exact(document, f"{RESULTS}/{place}")
        assert is_exact(document, f"{RESULTS}/{place}/allowedValue", f"{RESULTS}/{(place + 1) % 4}/name")
    assert is_exact(document, "/credentialSubject")
    with pytest.raises(ProofError) as caught:  # half a list says something else than the issuer did
        labelled(document).selection([f"{RESULTS}/2/allowedValue/0"])
    assert caught.value.reason.code is ReasonCode.POINTER_WRONG


def test_half_a_text_with_its_language_is_not_shown() -> None:
    document = badge(name={"@value": "Data", "@language": "en"})
    assert is_exact(document, "/name")
    with pytest.raises(ProofError) as caught:
        labelled(document).selection(["/name/@value"])
    assert caught.value.reason.code is ReasonCode.POINTER_WRONG


def test_a_sealed_endorsement_inside_is_shown_with_its_seal_or_without() -> None:
    document = badge(
        endorsement=[endorsement(), endorsement() | {"id": "urn:uuid:11111111-2222-4333-8444-555555555555"}]
    )
    for inner in document["endorsement"]:
        inner["proof"] = {
            "type": "DataIntegrityProof",
            "cryptosuite": "eddsa-rdfc-2022",
            "created": "2026-05-12T09:30:00Z",
            "verificationMethod": "https://uni.example/issuers/7#key-1",
            "proofPurpose": "assertionMethod",
            "proofValue": "z3FXQjecWufY46yg5abdVZsXqLhxhueuSoZgNSARiKBk9czhSePTFehP8c3PGfb6a22gkfUK",
        }
    assert is_exact(document, "/endorsement/1")
    assert is_exact(document, "/endorsement/0/proof", "/endorsement/0/credentialSubject")
    assert is_exact(document, "/endorsement/0/issuer", "/name")
    assert is_exact(document, "")


def test_nothing_selected_is_nothing() -> None:
    assert labelled(badge()).selection([]).indexes == ()


def test_a_name_of_a_blank_node_used_twice_cannot_be_told_apart() -> None:
    document = badge(id="_:b0")
    assert is_exact(document, "/name")
    document["credentialSubject"]["achievement"]["related"] = [{"type": ["Related"], "id": "_:b0"}]
    labelled(document)  # as a member it gets one name in both places
    document["credentialSubject"]["id"] = "urn:bnid:label-b0"  # an address that looks like one of ours
    with pytest.raises(LinkedDataError) as caught:
        labelled(document)
    assert caught.value.reason.code is ReasonCode.NOT_SELECTABLE


def test_names_in_texts_and_addresses_are_left_alone() -> None:
    nquads = (
        b'_:c14n0 <urn:a:_:c14n0> "_:c14n0 and \\"_:c14n1\\"" .\n'
        b'_:c14n0 <urn:b> "x"@en .\n<urn:_:c14n1> <urn:c> _:c14n1 _:c14n0 .\n'
    )
    lines = relabel(nquads, {"c14n0": "u0", "c14n1": "u1"})
    assert lines == (
        "<urn:_:c14n1> <urn:c> _:u1 _:u0 .\n",
        '_:u0 <urn:a:_:c14n0> "_:c14n0 and \\"_:c14n1\\"" .\n',
        '_:u0 <urn:b> "x"@en .\n',
    )


@pytest.mark.parametrize("labels", [{}, {"c14n1": "u1"}, {"c14n0": "u0", "c14n1": "u1"}])
def test_a_map_that_does_not_fit_is_refused(labels: dict[str, str]) -> None:
    with pytest.raises(ProofError) as caught:
        relabel(b"_:c14n0 <urn:a> <urn:b> .\n", labels)
    assert caught.value.reason.code is ReasonCode.SIGNATURE_WRONG
    assert relabel(b"_:c14n0 <urn:a> <urn:b> .\n", {"c14n0": "u0"}) == ("_:u0 <urn:a> <urn:b> .\n",)


def test_statements_are_split_at_places_that_exist() -> None:
    assert part(["a", "b", "c"], [0, 2]) == (["a", "c"], ["b"])
    assert part([], []) == ([], [])
    with pytest.raises(ProofError) as caught:
        part(["a"], [1])
    assert caught.value.reason.code is ReasonCode.SIGNATURE_WRONG
    assert hash_of([]).hex().startswith("e3b0c442")
