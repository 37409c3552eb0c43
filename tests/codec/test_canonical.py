"""The door of linked data: what is said is sealed, and what cannot be sealed is refused by name."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from typing import Any

import pyoxigraph
import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from tests.codec.samples import OB_3, VC_1, VC_2, badge, contexts, endorsement, newest, subject
from wallet.codec.linked_data.canonical import canonical_form, canonicalise, context_addresses
from wallet.model.errors import LinkedDataError
from wallet.model.reasons import ReasonCode

Json = dict[str, Any]


def refusal(document: Json) -> ReasonCode:
    with pytest.raises(LinkedDataError) as caught:
        canonicalise(document, contexts().variants(context_addresses(document))[0])
    return caught.value.reason.code


def lines(document: Json) -> list[str]:
    return canonicalise(document, newest()).decode().splitlines()


def test_a_plain_badge_has_every_word_in_its_statements() -> None:
    text = "\n".join(lines(badge()))
    for word in (
        "Data Analysis Foundations",
        "University of Exempla",
        '"C"',
        "2026-05-12T09:30:00Z",
        "tables",
    ):
        assert word in text


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"honours": "first class"}, ReasonCode.UNDEFINED_TERM),
        ({"honours": None}, ReasonCode.UNDEFINED_TERM),
        ({"@type": "x:y"}, ReasonCode.KEYWORD_IN_DATA),
        ({"@id": "urn:other"}, ReasonCode.KEYWORD_IN_DATA),
        ({"issuer": "https://uni.example/a b"}, ReasonCode.BAD_IRI),
        ({"issuer": "https://uni.example/<x>"}, ReasonCode.BAD_IRI),
        ({"issuer": "https://uni.example/{x}"}, ReasonCode.BAD_IRI),
        ({"issuer": 'https://uni.example/"'}, ReasonCode.BAD_IRI),
        ({"issuer": "https://uni.example/x\n"}, ReasonCode.BAD_IRI),
        ({"issuer": "https://uni.example/x\u0085"}, ReasonCode.BAD_IRI),
        ({"issuer": "Forged"}, ReasonCode.RELATIVE_IRI),
        ({"issuer": ""}, ReasonCode.RELATIVE_IRI),
        ({"issuer": "#frag"}, ReasonCode.RELATIVE_IRI),
        ({"issuer": "//host/x"}, ReasonCode.RELATIVE_IRI),
        ({"id": ""}, ReasonCode.RELATIVE_IRI),
        ({"id": "../x"}, ReasonCode.RELATIVE_IRI),
        ({"id": None}, ReasonCode.LINKED_DATA),
        ({"id": 5}, ReasonCode.LINKED_DATA),
        ({"type": ["VerifiableCredential", "Forged"]}, ReasonCode.RELATIVE_IRI),
        ({"type": ["VerifiableCredential", "@json"]}, ReasonCode.RELATIVE_IRI),
        ({"type": None}, ReasonCode.UNDEFINED_TERM),
        ({"type": [None, "VerifiableCredential"]}, ReasonCode.LINKED_DATA),
        ({"name": {"@value": "x", "@language": "en .\n<urn:x> <urn:y> <urn:z> "}}, ReasonCode.BAD_LANGUAGE),
        ({"name": {"@value": "x", "@language": "\u212aa"}}, ReasonCode.BAD_LANGUAGE),
        ({"name": {"@value": "x", "@index": "1"}}, ReasonCode.KEYWORD_IN_DATA),
        ({"@included": [{"id": "urn:other", "type": "Profile"}]}, ReasonCode.KEYWORD_IN_DATA),
        ({"@reverse": {"issuer": {"id": "urn:other"}}}, ReasonCode.KEYWORD_IN_DATA),
        ({"@nest": {"name": "x"}}, ReasonCode.KEYWORD_IN_DATA),
        ({"@graph": [{"id": "urn:other", "type": "Profile"}]}, ReasonCode.KEYWORD_IN_DATA),
        ({"@unknown": "x"}, ReasonCode.KEYWORD_IN_DATA),
    ],
    ids=str,
)
def test_what_would_be_dropped_or_invented_is_refused(change: Json, code: ReasonCode) -> None:
    assert lines(badge())  # the twin
    assert refusal(badge(**change)) is code


@pytest.mark.parametrize("quiet", [{"image": None}, {"evidence": []}, {"evidence": [None]}])
def test_a_member_without_a_value_says_nothing(quiet: Json) -> None:
    """Peers seal such members as nothing, too; there is no word in them to lose."""
    assert lines(badge(**quiet)) == lines(badge())


def test_a_document_of_undefined_words_is_never_an_empty_seal() -> None:
    assert refusal({"@context": VC_2, "honours": "x"}) is ReasonCode.UNDEFINED_TERM
    assert refusal({"@context": VC_2}) is ReasonCode.NOTHING_SIGNED
    assert refusal({"@context": VC_2, "id": "urn:x"}) is ReasonCode.NOTHING_SIGNED


def test_the_direction_of_a_text_is_noted_as_unsealed() -> None:
    plain = badge(name={"@value": "نص", "@language": "ar"})
    turned = badge(name={"@value": "نص", "@language": "ar", "@direction": "rtl"})
    form = canonical_form(turned, newest())
    assert [note.code for note in form.notes] == [ReasonCode.QUIRK_UNSEALED_DIRECTION]
    assert canonical_form(plain, newest()).notes == ()
    assert form.nquads == canonicalise(plain, newest())


def test_order_and_repetition_in_a_set_mean_nothing_but_in_a_list_they_do() -> None:
    achievement = badge()["credentialSubject"]["achievement"]
    again = subject(achievement=achievement | {"tag": ["tables", "statistics", "tables"]})
    assert lines(again) == lines(badge())
    grades = achievement["resultDescription"][0]
    turned = grades | {"allowedValue": ["B", "A", "C"]}
    assert lines(subject(achievement=achievement | {"resultDescription": [turned]})) != lines(badge())


def test_one_value_and_an_array_of_it_are_the_same() -> None:
    document = badge(type=["VerifiableCredential", "OpenBadgeCredential"])
    document["issuer"] = [document["issuer"]]
    document["credentialSubject"] = [document["credentialSubject"]]
    assert lines(document) == lines(badge())


@pytest.mark.parametrize("spelling", [5, 5.0])
def test_numbers_of_one_value_are_one_number(spelling: float) -> None:
    assert lines(subject(creditsEarned=spelling)) == lines(badge())
    assert lines(subject(creditsEarned=5.5)) != lines(badge())


def test_control_characters_are_escaped_as_the_standard_says() -> None:
    line = next(line for line in lines(badge(name='a\x00\x08\x0b\x1f\x7f"\\\t\n\uffff')) if "\\u0000" in line)
    assert r'"a\u0000\b\u000B\u001F\u007F\"\\\t\n\uFFFF"' in line


def test_an_id_that_nothing_is_said_about_is_not_lost() -> None:
    presentation = {"@context": [VC_2], "type": ["VerifiablePresentation"], "holder": "did:example:maya"}
    held = {
        "@context": [VC_2],
        "id": "data:application/vc+jwt,e30.e30.AA",
        "type": "EnvelopedVerifiableCredential",
    }
    assert canonicalise(presentation | {"verifiableCredential": [held]}, newest(VC_2))
    bare = presentation | {"verifiableCredential": [{"@id": "urn:uuid:lost"}]}
    assert refusal(bare) is ReasonCode.DATA_LOSS
    token = presentation | {"verifiableCredential": ["e30.e30.AA"]}
    assert refusal(token) is ReasonCode.DATA_LOSS


def test_an_endorsement_brings_its_own_context() -> None:
    assert len(lines(badge(endorsement=[endorsement()]))) > len(lines(badge()))
    bare = endorsement() | {"type": ["Profile"]}
    assert refusal(badge(endorsement=[bare])) is ReasonCode.CONTEXT_NESTED


def test_a_presentation_holds_credentials_of_both_versions() -> None:
    old = {
        "@context": [VC_1],
        "id": "urn:uuid:old",
        "type": ["VerifiableCredential"],
        "issuer": "https://uni.example/issuers/7",
        "issuanceDate": "2026-05-12T09:30:00Z",
        "credentialSubject": {"id": "did:example:maya"},
    }
    both = {
        "@context": [VC_2],
        "type": ["VerifiablePresentation"],
        "holder": "did:example:maya",
        "verifiableCredential": [badge(), old],
    }
    said = canonicalise(both, newest(VC_2, OB_3, VC_1)).decode()
    # Each credential is a graph of its own, and keeps the words of its own version.
    assert len({graph for line in said.splitlines() if (graph := line.split(" ")[-2]).startswith("_:")}) == 2
    assert "https://www.w3.org/2018/credentials#issuanceDate" in said
    assert said.count("https://www.w3.org/2018/credentials#verifiableCredential") == 2


def _with_language_map() -> Callable[[Json], bytes]:
    context = {
        "@context": {"id": "@id", "type": "@type", "label": {"@id": "urn:label", "@container": "@language"}}
    }
    extended = contexts().extended({"https://maps.example/v1": json.dumps(context).encode()})
    choice = extended.variants((VC_2, "https://maps.example/v1"))[0]
    return lambda document: canonicalise(document, choice)


def test_a_language_map_cannot_smuggle_a_line() -> None:
    canonical = _with_language_map()
    document = {"@context": [VC_2, "https://maps.example/v1"], "id": "urn:x", "type": "VerifiableCredential"}
    assert b'"hi"@en' in canonical(document | {"label": {"en": "hi"}})
    with pytest.raises(LinkedDataError) as caught:
        canonical(document | {"label": {'en .\n<urn:x> <urn:label> "forged"@en': "hi"}})
    assert caught.value.reason.code is ReasonCode.BAD_LANGUAGE


def _inlined(context: Any) -> Any:
    """Replace addresses by their documents, for an engine that loads nothing."""
    if isinstance(context, list):
        return [inner for entry in context for inner in _as_list(_inlined(entry))]
    if isinstance(context, str):
        document = newest(VC_2, OB_3).document(context)
        return _inlined(document["@context"])
    return context


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _second_opinion(document: Json) -> list[str]:
    """Canonicalise with another engine. It has no safe mode, so only accepted documents are compared."""
    whole = copy.deepcopy(document)
    stack: list[Any] = [whole]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            stack.extend(inner for key, inner in value.items() if key != "@context")
            if "@context" in value:
                value["@context"] = _inlined(value["@context"])
        elif isinstance(value, list):
            stack.extend(value)
    dataset = pyoxigraph.Dataset(pyoxigraph.parse(json.dumps(whole), format=pyoxigraph.RdfFormat.JSON_LD))
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    text = pyoxigraph.serialize(dataset, format=pyoxigraph.RdfFormat.N_QUADS)
    assert text is not None
    return sorted(text.decode().splitlines())


_VALUES: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    3.25,
    1e30,
    "x",
    "https://y.example/z",
    "urn:z",
    "\u0007",
    "ß\n",
    [],
    ["a", "b", "a"],
    {"type": "Profile", "name": "n"},
    {"@value": "v", "@language": "en"},
    {"id": "urn:q"},
)


def _mutated(choice: random.Random) -> Json:
    document = badge(endorsement=[endorsement()]) if choice.random() < 0.3 else badge()
    objects: list[Any] = []
    stack: list[Any] = [document]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            objects.append(value)
            stack.extend(inner for key, inner in value.items() if key != "@context")
        elif isinstance(value, list):
            stack.extend(value)
    for _ in range(choice.randrange(1, 4)):
        target = choice.choice(objects)
        keys = [key for key in target if key != "@context"]
        if not keys:
            continue
        key = choice.choice(keys)
        action = choice.randrange(4)
        if action == 0:
            del target[key]
        elif action == 1:
            target[key] = copy.deepcopy(choice.choice(_VALUES))
        elif action == 2:
            target[key] = [copy.deepcopy(target[key]), copy.deepcopy(target[key])]
        else:
            target[choice.choice(("name", "description", "image", "url", "evidence"))] = copy.deepcopy(
                choice.choice(_VALUES)
            )
    return document


_KEYWORDS = ["id", "type", "@id", "@type", "@value", "@language", "@direction", "@context", "@list", "x"]
_MEMBERS = ["name", "issuer", "credentialSubject", "achievement", "proof", "endorsement", "jsonSchema"]
_WORDS = st.sampled_from([*_KEYWORDS, *_MEMBERS, "verifiableCredential", ""])
_TEXTS = st.sampled_from(
    ["VerifiableCredential", "Profile", "JsonSchema", VC_2, "urn:x", "@json", "en", "rtl", ""]
)
_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.floats(allow_nan=False, allow_infinity=False)
    | _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_WORDS, inner, max_size=4),
    max_leaves=10,
)


@seed(20261121)
@settings(max_examples=300, deadline=None)
@given(st.dictionaries(_WORDS, _JSON, max_size=6), st.booleans())
def test_no_document_ends_in_another_error(document: Json, is_badge: bool) -> None:
    whole = (badge() | document) if is_badge else {"@context": [VC_2, OB_3]} | document
    try:
        said = canonicalise(whole, newest())
    except LinkedDataError:
        return
    assert said.endswith(b" .\n")


@seed(20261121)
@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_second_engine_reads_the_same_statements(choice: random.Random) -> None:
    document = _mutated(choice)
    try:
        ours = lines(document)
    except LinkedDataError:
        return  # refused here; the other engine drops what it cannot place
    assert ours == _second_opinion(document)


def test_the_second_engine_also_agrees_on_the_plain_documents() -> None:
    for document in (badge(), badge(endorsement=[endorsement()]), subject(creditsEarned=2.5)):
        assert lines(document) == _second_opinion(document)
