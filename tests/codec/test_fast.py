"""The one pass over compiled contexts: sure or silent, and never another reason than the reference path."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from tests.codec.samples import OB_3, VC_1, VC_2, badge, contexts, endorsement, newest, subject
from tests.conftest import REPOSITORY
from wallet.codec.linked_data.canonical import canonical_form, compiled_form, reference_form
from wallet.codec.linked_data.definitions import NotExpressibleError
from wallet.codec.linked_data.fast import fast_statements
from wallet.model.errors import LinkedDataError
from wallet.model.limits import MAX_JSON_DEPTH
from wallet.model.reasons import ReasonCode

Json = dict[str, Any]


def achievement(**changes: Any) -> Json:
    return subject(achievement=badge()["credentialSubject"]["achievement"] | changes)


ACCEPTED = {
    "plain": badge(),
    "endorsement": badge(endorsement=[endorsement()]),
    "one value for an array": badge(credentialSubject=[badge()["credentialSubject"]]),
    "numbers": subject(creditsEarned=5.5),
    "whole double": subject(creditsEarned=5.0),
    "language": badge(name={"@value": "Daten", "@language": "DE-at"}),
    "direction": badge(name={"@value": "نص", "@language": "ar", "@direction": "rtl"}),
    "several texts": badge(name=["a", {"@value": "b", "@language": "en"}, {"@value": 5}]),
    "typed text": badge(name={"@value": "5", "@type": "http://www.w3.org/2001/XMLSchema#byte"}),
    "controls": badge(name='a\x00\x08\x0b\x1f\x7f"\\\t\n\uffff'),
    "null member": badge(image=None),
    "empty array": badge(evidence=[]),
    "null in array": badge(evidence=[None]),
    "empty list": achievement(resultDescription=[{"type": "ResultDescription", "allowedValue": []}]),
    "no id": {name: value for name, value in badge().items() if name != "id"},
    "an id and nothing else": badge(evidence=[{"id": "urn:uuid:elsewhere"}]),
    "an empty object": badge(evidence=[{}]),
    "an IRI for a word": badge(**{"https://words.example/x": "y"}),
    "the keyword itself": {"@id" if name == "id" else name: value for name, value in badge().items()},
}


@pytest.mark.parametrize("document", ACCEPTED.values(), ids=ACCEPTED)
def test_the_same_bytes_and_notes_as_the_reference(document: Json) -> None:
    fast, slow = compiled_form(document, newest()), reference_form(document, newest())
    assert (fast.nquads, fast.notes) == (slow.nquads, slow.notes)
    assert (fast.is_compiled, slow.is_compiled) == (True, False)
    assert canonical_form(document, newest()).is_compiled


def test_a_presentation_of_both_versions_is_read_in_one_pass() -> None:
    old = {
        "@context": [VC_1],
        "type": ["VerifiableCredential"],
        "issuer": "https://uni.example/issuers/7",
        "credentialSubject": {"id": "did:example:maya"},
    }
    both = {
        "@context": [VC_2],
        "type": ["VerifiablePresentation"],
        "holder": "did:example:maya",
        "verifiableCredential": [badge(), old],
    }
    choice = newest(VC_2, OB_3, VC_1)
    assert compiled_form(both, choice).nquads == reference_form(both, choice).nquads


REFUSED = [
    (badge(honours="first class"), ReasonCode.UNDEFINED_TERM),
    (badge(honours=None), ReasonCode.UNDEFINED_TERM),
    (achievement(honours="x"), ReasonCode.UNDEFINED_TERM),
    (badge(**{"@unknown": "x"}), ReasonCode.KEYWORD_IN_DATA),
    (badge(**{"@nest": {"name": "x"}}), ReasonCode.KEYWORD_IN_DATA),
    (badge(**{"@reverse": {"issuer": {"id": "urn:other"}}}), ReasonCode.KEYWORD_IN_DATA),
    (badge(**{"@included": [{"id": "urn:other"}]}), ReasonCode.KEYWORD_IN_DATA),
    (badge(**{"@graph": [{"id": "urn:other"}]}), ReasonCode.KEYWORD_IN_DATA),
    (badge(**{"@language": "en"}), ReasonCode.KEYWORD_IN_DATA),
    (badge(id="../x"), ReasonCode.RELATIVE_IRI),
    (badge(id=""), ReasonCode.RELATIVE_IRI),
    (badge(issuer="Forged"), ReasonCode.RELATIVE_IRI),
    (badge(issuer="#frag"), ReasonCode.RELATIVE_IRI),
    (badge(type=["VerifiableCredential", "Forged"]), ReasonCode.RELATIVE_IRI),
    (badge(id=None), ReasonCode.LINKED_DATA),
    (badge(id=5), ReasonCode.LINKED_DATA),
    (badge(issuer={"id": ["urn:x"], "type": "Profile"}), ReasonCode.LINKED_DATA),
    (badge(issuer="https://uni.example/a b"), ReasonCode.BAD_IRI),
    (badge(issuer="https://uni.example/<x>"), ReasonCode.BAD_IRI),
    (badge(id="urn:x\u0085"), ReasonCode.BAD_IRI),
    (badge(name={"@value": "x", "@language": "en .\n<urn:x> <urn:y> <urn:z> "}), ReasonCode.BAD_LANGUAGE),
    (badge(name={"@value": "x", "@language": "\u212aa"}), ReasonCode.BAD_LANGUAGE),
    (subject(creditsEarned=2**53), ReasonCode.UNSAFE_INTEGER),
    (subject(creditsEarned=-(2**53)), ReasonCode.UNSAFE_INTEGER),
    ({"@context": [VC_2, OB_3], "id": "urn:x"}, ReasonCode.NOTHING_SIGNED),
    ({"id": "urn:x"}, ReasonCode.CONTEXT_MISSING),
    (badge(**{"@context": [OB_3, VC_2]}), ReasonCode.CONTEXT_ORDER),
    (badge(**{"@context": [VC_2, {"name": "urn:x"}]}), ReasonCode.CONTEXT_INLINE),
    (badge(issuer=badge()["issuer"] | {"@context": [VC_2]}), ReasonCode.CONTEXT_NESTED),
]


@pytest.mark.parametrize(("document", "code"), REFUSED, ids=str)
def test_both_paths_refuse_for_the_same_reason(document: Json, code: ReasonCode) -> None:
    with pytest.raises(LinkedDataError) as fast:
        fast_statements(document, newest())
    with pytest.raises(LinkedDataError) as slow:
        reference_form(document, newest())
    assert (fast.value.reason.code, slow.value.reason.code) == (code, code)
    with pytest.raises(LinkedDataError) as told:
        canonical_form(document, newest())
    assert told.value.reason == slow.value.reason


def _nested(depth: int) -> Json:
    inner: Json = {"id": "urn:leaf", "type": "Related", "inLanguage": "en"}
    for _ in range(depth - 2):
        inner = {"type": "Achievement", "related": inner}
    return inner


LEFT = {
    "a name for a blank node": badge(id="_:b0"),
    "an array in an array": badge(evidence=[[{"type": "Evidence", "name": "x"}]]),
    "a type that is null": badge(type=None),
    "no types": badge(type=[]),
    "two names for the id": badge(**{"@id": "urn:other"}),
    "two names for the types": badge(**{"@type": "urn:other"}),
    "a keyword for a type": badge(type=["VerifiableCredential", "@json"]),
    "a value that is null": badge(name={"@value": None}),
    "an index": badge(name={"@value": "x", "@index": "1"}),
    "a language that is null": badge(name={"@value": "x", "@language": None}),
    "a list in the data": badge(name={"@value": ["x"]}),
    "a text where a document belongs": {
        "@context": [VC_2],
        "type": "VerifiablePresentation",
        "verifiableCredential": ["e30.e30.AA"],
    },
    "too deep": subject(achievement=_nested(MAX_JSON_DEPTH)),
}


@pytest.mark.parametrize("document", LEFT.values(), ids=LEFT)
def test_what_the_pass_is_not_sure_of_is_left_to_the_reference(document: Json) -> None:
    with pytest.raises(NotExpressibleError):
        fast_statements(document, newest())
    try:
        form = canonical_form(document, newest())
    except LinkedDataError:
        return
    assert not form.is_compiled


def test_the_deepest_legal_document_is_read() -> None:
    document = subject(achievement=_nested(MAX_JSON_DEPTH - 1))
    assert compiled_form(document, newest()).nquads == reference_form(document, newest()).nquads


def test_a_supplied_context_goes_the_slow_way_to_the_same_end() -> None:
    mine = "https://mine.example/v1"
    more = contexts().extended({mine: b'{"@context":{"x":"urn:x"}}'}).variants((VC_2, OB_3, mine))[0]
    document = badge(x="v") | {"@context": [VC_2, OB_3, mine]}
    with pytest.raises(NotExpressibleError):
        compiled_form(document, more)
    form = canonical_form(document, more)
    assert b'<urn:x> "v"' in form.nquads
    assert not form.is_compiled


def test_a_good_badge_is_read_without_pyld() -> None:
    program = (
        "import sys; from tests.codec.samples import badge, newest;"
        "from wallet.codec.linked_data.canonical import canonicalise;"
        "canonicalise(badge(), newest()); print('pyld' in sys.modules);"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_one_credential_twice_in_a_presentation_costs_no_factorial() -> None:
    """Each blank node meets its graph in as many statements as it has."""
    bare = {name: value for name, value in endorsement().items() if name != "id"}
    held = bare | {"credentialSubject": {"type": ["EndorsementSubject"], "endorsementComment": "Sound."}}
    held |= {f"https://words.example/{number}": "x" for number in range(12)}
    twice = {"@context": [VC_2], "type": "VerifiablePresentation", "verifiableCredential": [held, held]}
    once = twice | {"verifiableCredential": held}
    read = [compiled_form(document, newest(VC_2, OB_3)).nquads for document in (once, twice)]
    assert read[1].count(b"Sound.") == 2 * read[0].count(b"Sound.") == 2
