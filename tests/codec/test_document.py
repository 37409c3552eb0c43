"""Where contexts and keywords may stand in a document."""

from __future__ import annotations

from typing import Any

import pytest

from tests.codec.samples import ED25519_2020, OB_3, VC_1, VC_2, badge, endorsement, subject
from wallet.codec.linked_data.document import addresses_in, own_contexts
from wallet.model.errors import LinkedDataError
from wallet.model.limits import MAX_CONTEXTS, MAX_JSON_DEPTH
from wallet.model.reasons import ReasonCode


def refusal(document: dict[str, Any]) -> ReasonCode:
    with pytest.raises(LinkedDataError) as caught:
        addresses_in(document)
    return caught.value.reason.code


def test_addresses_come_once_in_order() -> None:
    assert addresses_in(badge()) == (VC_2, OB_3)
    assert addresses_in(badge(**{"@context": VC_2})) == (VC_2,)
    presentation = {"@context": [VC_2], "verifiableCredential": [badge(), badge(**{"@context": [VC_1]})]}
    assert addresses_in(presentation) == (VC_2, OB_3, VC_1)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ([VC_2, {"name": "https://schema.org/alternateName"}], ReasonCode.CONTEXT_INLINE),
        ({"name": "https://schema.org/alternateName"}, ReasonCode.CONTEXT_INLINE),
        ([VC_2, None], ReasonCode.CONTEXT_REFUSED),
        (None, ReasonCode.CONTEXT_REFUSED),
        ([VC_2, 5], ReasonCode.CONTEXT_REFUSED),
        ([VC_2, ""], ReasonCode.CONTEXT_REFUSED),
        ([VC_2, [OB_3]], ReasonCode.CONTEXT_REFUSED),
        ([], ReasonCode.CONTEXT_MISSING),
        ([OB_3, VC_2], ReasonCode.CONTEXT_ORDER),
        ([ED25519_2020, VC_1], ReasonCode.CONTEXT_ORDER),
        ([VC_2, VC_1], ReasonCode.CONTEXT_ORDER),
        ([VC_2] + [OB_3] * MAX_CONTEXTS, ReasonCode.LIMIT_CONTEXTS),
    ],
    ids=lambda value: str(value)[:50],
)
def test_a_context_that_is_no_list_of_addresses_is_refused(value: Any, code: ReasonCode) -> None:
    assert refusal(badge(**{"@context": value})) is code


def test_as_many_contexts_as_allowed_and_no_context_at_all() -> None:
    assert own_contexts({"@context": [VC_2] + [OB_3] * (MAX_CONTEXTS - 1)})
    assert refusal({"type": "VerifiableCredential"}) is ReasonCode.CONTEXT_MISSING


@pytest.mark.parametrize("inner", [[VC_2], VC_2, None, [], {"name": "urn:x"}], ids=str)
def test_a_context_inside_a_credential_is_refused(inner: Any) -> None:
    assert refusal(subject(**{"@context": inner})) in {
        ReasonCode.CONTEXT_NESTED,
        ReasonCode.CONTEXT_REFUSED,
        ReasonCode.CONTEXT_MISSING,
        ReasonCode.CONTEXT_INLINE,
    }
    assert refusal(subject(**{"@context": [VC_2]})) is ReasonCode.CONTEXT_NESTED


def test_embedded_documents_bring_their_own_and_a_proof_may_repeat() -> None:
    assert addresses_in(badge(endorsement=[endorsement()])) == (VC_2, OB_3)
    assert refusal(badge(evidence=[endorsement()])) is ReasonCode.CONTEXT_NESTED
    assert refusal(badge(endorsement=[{"@context": [VC_2], "type": "Profile"}])) is ReasonCode.CONTEXT_NESTED
    inner = badge(proof={"@context": [VC_2], "type": "DataIntegrityProof"})
    assert addresses_in({"@context": VC_2, "verifiableCredential": inner}) == (VC_2, OB_3)
    inner = badge(proof={"@context": [OB_3], "type": "DataIntegrityProof"})
    assert refusal({"@context": VC_2, "verifiableCredential": inner}) is ReasonCode.CONTEXT_NESTED


@pytest.mark.parametrize(
    "keyword", ["@graph", "@included", "@reverse", "@nest", "@list", "@set", "@index", "@json", "@evil"]
)
def test_keywords_that_move_statements_are_refused_at_any_depth(keyword: str) -> None:
    assert refusal(subject(**{keyword: "x"})) is ReasonCode.KEYWORD_IN_DATA
    assert refusal(badge(evidence=[[{"a": {keyword: []}}]])) is ReasonCode.KEYWORD_IN_DATA


def test_a_keyword_beside_its_word_is_refused() -> None:
    assert addresses_in({"@context": VC_2, "@id": "urn:x"}) == (VC_2,)
    assert refusal({"@context": VC_2, "@id": "urn:x", "id": "urn:y"}) is ReasonCode.KEYWORD_IN_DATA


def test_language_tags_have_a_form() -> None:
    assert addresses_in(badge(name={"@value": "x", "@language": "de-CH-1996"}))
    for tag in ("en .\n", "e n", "", "\u212aa", 5, ["en"]):
        assert refusal(badge(name={"@value": "x", "@language": tag})) is ReasonCode.BAD_LANGUAGE


@pytest.mark.parametrize("wrap", [lambda inner: {"a": inner}, lambda inner: [inner]])
def test_depth_is_bounded_here_too(wrap: Any) -> None:
    value: Any = {"b": 1}
    for _ in range(MAX_JSON_DEPTH + 1):
        value = wrap(value)
    assert refusal({"@context": VC_2, "x": value}) is ReasonCode.LIMIT_DEPTH


def test_a_language_that_only_becomes_one_when_made_small_is_refused() -> None:
    assert refusal(badge(motto={"\u212aa": "x"})) is ReasonCode.BAD_LANGUAGE
    assert addresses_in(badge(motto={"ka": "x", "KA": "y"})) == (VC_2, OB_3)
