"""A vocabulary inside a document: read where it can name nothing that is known, refused everywhere else."""

from __future__ import annotations

from typing import Any

import pytest

from tests.codec.samples import OB_3, VC_2, badge, contexts
from wallet.codec.linked_data.canonical import canonicalise, context_addresses
from wallet.codec.linked_data.vocabulary import inline_vocabulary, with_vocabulary
from wallet.model.errors import LinkedDataError
from wallet.model.reasons import ReasonCode

OWN = "https://sails.example/words#"


def brought(*listed: Any) -> bool:
    document, _, notes = with_vocabulary({"@context": list(listed)}, contexts())
    assert bool(notes) is (document["@context"] != list(listed))
    return bool(notes)


def test_a_vocabulary_of_its_own_names_what_nobody_else_does() -> None:
    document = badge(sailNumber="Earth101") | {"@context": [VC_2, OB_3, {"@vocab": OWN}]}
    placed, known, notes = with_vocabulary(document, contexts())
    assert [note["which"] for note in notes] == [OWN]
    assert [note.code for note in notes] == [ReasonCode.QUIRK_NO_AGREED_MEANING]
    said = canonicalise(placed, known.variants(context_addresses(placed))[0]).decode()
    assert f'<{OWN}sailNumber> "Earth101"' in said
    assert "ob/vocab.html#achievement>" in said  # known words keep their meaning
    assert document["@context"][-1] == {"@vocab": OWN}  # the document itself is left alone


@pytest.mark.parametrize(
    "vocabulary",
    [
        # Each could spell a known member, and so hide one from readers while the seal still fits.
        "https://www.w3.org/2018/",
        "https://www.w3.org/2018/credentials#",
        "https://schema.org/",
        "https://w3id.org/",
        "https://purl.imsglobal.org/spec/vc/ob/",
        "http://www.w3.org/ns/",
    ],
)
def test_a_vocabulary_where_known_words_live_is_refused(vocabulary: str) -> None:
    assert not brought(VC_2, OB_3, {"@vocab": vocabulary})
    assert brought(VC_2, OB_3, {"@vocab": OWN})


@pytest.mark.parametrize(
    "vocabulary",
    [
        "https://",
        "https://sails.example",
        "https://w/",
        "urn:sails:",
        "",
        None,
        7,
        ["https://sails.example/"],
        "https://me@sails.example/",
        "https://sails.example:443/",
        "https://SAILS.example/",
        "https://sails.example/ #",
        "https://sails.example/words",
        "did:web:sails.example#",
        "@type",
        "_:",
        "https://sails.example/?q=/",
    ],
)
def test_what_is_no_plain_namespace_is_refused(vocabulary: Any) -> None:
    assert inline_vocabulary({"@context": [VC_2, {"@vocab": vocabulary}]}) == ""
    assert not brought(VC_2, {"@vocab": vocabulary})


@pytest.mark.parametrize(
    "listed",
    [
        [{"@vocab": OWN}],
        [{"@vocab": OWN}, VC_2],
        [VC_2, {"@vocab": OWN}, OB_3],
        [VC_2, {"@vocab": OWN, "name": "https://schema.org/alternateName"}],
        [VC_2, {"@vocab": OWN}, {"@vocab": OWN}],
        [VC_2, {"name": "https://schema.org/alternateName"}],
        {"@vocab": OWN},
        [VC_2, {}],
    ],
)
def test_any_other_inline_context_is_left_for_the_door_to_refuse(listed: Any) -> None:
    document, known, _ = with_vocabulary(badge() | {"@context": listed}, contexts())
    with pytest.raises(LinkedDataError) as caught:
        canonicalise(document, known.variants([VC_2, OB_3])[0])
    assert caught.value.reason.code in (ReasonCode.CONTEXT_INLINE, ReasonCode.CONTEXT_ORDER)


def test_an_unknown_context_beside_it_is_named_by_the_door() -> None:
    document, known, notes = with_vocabulary(
        {"@context": [VC_2, "https://unknown.example/v1", {"@vocab": OWN}]}, contexts()
    )
    assert (document["@context"][-1], notes) == ({"@vocab": OWN}, ())
    assert known.addresses() == contexts().addresses()
