"""Names: which members and types written as IRIs are words that readers look for."""

from __future__ import annotations

import pytest

from tests.simulators.issuer import OB_2_0, V1, V2
from tests.simulators.signing import JsonObject, compact_json, pinned_contexts
from wallet.codec.linked_data import names
from wallet.codec.linked_data.contexts import ContextSet
from wallet.codec.linked_data.fast import fast_statements
from wallet.codec.linked_data.names import (
    READ,
    _collected,
    _meanings,
    _stated,
    check_ids,
    check_names,
    is_renamed,
    is_renamed_type,
    read_iris,
)
from wallet.model.errors import LinkedDataError
from wallet.model.reasons import ReasonCode

MINE = "https://mine.example/v1"


def newest() -> ContextSet:
    return pinned_contexts().variants((V2, OB_2_0))[0]


@pytest.mark.parametrize(("name", "renamed"), [
    ("https://www.w3.org/2018/credentials#validUntil", True),
    ("https://www.w3.org/2018/credentials#expirationDate", True),  # no term of 2.0, and still an end
    ("https://schema.org/name", True),
    ("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", True),
    ("https://words.example/honours", False),
    ("urn:words:honours", False)])
def test_a_word_with_a_name_is_not_written_as_an_iri(name: str, renamed: bool) -> None:
    assert is_renamed(name, newest()) is renamed
    document: JsonObject = {"@context": [V2, OB_2_0], "credentialSubject": [{name: "x"}]}
    if not renamed:
        check_names(document, newest())
        return
    with pytest.raises(LinkedDataError) as caught:
        check_names(document, newest())
    assert (caught.value.reason.code, caught.value.reason["term"]) == (ReasonCode.UNDEFINED_TERM, name)


@pytest.mark.parametrize(("name", "renamed"), [
    ("https://purl.imsglobal.org/spec/vc/clr/vocab.html#ClrCredential", True), ("ClrCredential", False),
    ("https://schema.org/Person", False), ("https://words.example/Badge", False)])
def test_a_type_that_has_a_name_is_not_written_as_an_iri(name: str, renamed: bool) -> None:
    assert is_renamed_type(name, newest()) is renamed


@pytest.mark.parametrize("defined", [False, True])
def test_a_term_that_is_defined_with_its_colon_is_that_term(*, defined: bool) -> None:
    name, terms = "cred:evidence", {"cred": "https://www.w3.org/2018/credentials#"}
    context = {"@context": terms | ({name: "urn:words:evidence"} if defined else {})}
    known = pinned_contexts().extended({MINE: compact_json(context)})
    assert is_renamed(name, known.variants((V2, MINE))[0]) is not defined


def test_the_id_is_found_as_a_keyword_wherever_it_stands() -> None:
    check_ids({"@context": {"a": {"@id": "urn:a"}}, "id": "urn:x", "credentialSubject": {"id": "urn:y"}})
    check_ids({"verifiableCredential": [{"@context": [{"a": {"@id": "urn:a"}}], "id": "urn:x"}]})
    with pytest.raises(LinkedDataError) as caught:
        check_ids({"@context": V2, "evidence": [[{"@id": "urn:x"}]]})
    assert caught.value.reason.code is ReasonCode.KEYWORD_IN_DATA


@pytest.mark.parametrize(("word", "other"), [("geo", "GeoCoordinates"), ("image", "Image")])
def test_a_second_name_for_a_word_of_readers_is_refused_on_both_paths(word: str, other: str) -> None:
    listed = (V2, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json")
    known = pinned_contexts().variants(listed)[0]
    inside = {"type": "Address", "geo": {"type": "GeoCoordinates"}, "image": {"type": "Image"}}
    document: JsonObject = {"@context": list(listed), "type": "VerifiableCredential",
                            "issuer": {"id": "urn:x", "type": "Profile", "address": inside}}
    if word == "image":
        document |= {word: {"id": "urn:i", "type": "Image"}}
    del inside["image"]
    check_names(document, known)
    fast_statements(document, known)
    holder = document if word == "image" else inside
    holder[other] = holder.pop(word)
    for path in (check_names, fast_statements):
        with pytest.raises(LinkedDataError) as caught:
            path(document, known)
        assert (caught.value.reason.code, caught.value.reason["term"]) == (ReasonCode.UNDEFINED_TERM, other)


def test_a_date_of_something_else_may_have_its_own_name() -> None:
    listed = ("https://www.w3.org/2018/credentials/v1", "http://data.europa.eu/snb/model/context/edc-ap")
    known = pinned_contexts().variants(listed)[0]
    check_names({"@context": list(listed), "credentialSubject": {"dateCreated": "2026-05-12"}}, known)
    proof: JsonObject = {"@context": list(listed), "proofPurpose": "assertionMethod",
                         "dateCreated": "2026-05-12"}
    with pytest.raises(LinkedDataError):
        check_names(proof, known)


@pytest.mark.parametrize(("listed", "name"), [
    ([V2, OB_2_0], "Criteria"), ([V2, OB_2_0], "GeoCoordinates"),
    ([V1, "https://purl.imsglobal.org/spec/ob/v3p0/context.json"], "Achievement")])
def test_nor_where_the_word_itself_is_not_defined(listed: list[str], name: str) -> None:
    """Of a node that does not state its type, some words are unknown, and their second names are not."""
    known = pinned_contexts().variants(listed)[0]
    document: JsonObject = {"@context": listed, "type": "VerifiableCredential", name: {"id": "urn:x"}}
    for read in (check_names, fast_statements):
        with pytest.raises(LinkedDataError) as caught:
            read(document, known)
        assert (caught.value.reason.code, caught.value.reason["term"]) == (ReasonCode.UNDEFINED_TERM, name)


@pytest.mark.parametrize("address", sorted(pinned_contexts().addresses()))
def test_what_words_of_readers_stand_for_is_found_without_reading_all_terms(address: str) -> None:
    for known in pinned_contexts().variants((V1, address) if address != V1 else (V1,)):
        stated = _stated(known)
        found = {iri for word in READ for one in stated.get(word, ()) for iri in _meanings(one, stated)}
        assert read_iris(known) == found


def supplied(terms: JsonObject) -> ContextSet:
    contexts = pinned_contexts().extended({MINE: compact_json({"@context": terms})})
    return contexts.variants([V2, OB_2_0, MINE])[0]


def test_words_that_could_stand_for_everything_are_not_spelled_out() -> None:
    """Each place gives the prefix another meaning, and each of these leads to it again."""
    places: JsonObject = {f"t{one}": {"@id": f"{MINE}#{one}", "@context": {"p": f"p:{one}/"}}
                          for one in range(300)}
    with pytest.raises(LinkedDataError) as caught:
        read_iris(supplied(places | {"result": "p:x"}))
    assert caught.value.reason.code is ReasonCode.LIMIT_CANONICALISATION
    some: JsonObject = {"t0": places["t0"], "p": f"{MINE}#", "result": "p:x"}
    assert f"{MINE}#x" in read_iris(supplied(some))


def test_a_long_chain_of_prefixes_is_followed_as_far_as_it_can_count(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[frozenset[str] | None] = []

    def counted(contexts: ContextSet, wanted: frozenset[str] | None) -> dict[str, frozenset[str]]:
        asked.append(wanted)
        return _collected(contexts, wanted)

    monkeypatch.setattr(names, "_collected", counted)
    chain: JsonObject = {f"p{one}": f"p{one + 1}:" for one in range(1_000)}
    assert "p3:x" in read_iris(supplied(chain | {"result": "p0:x"}))
    assert len(asked) < 10  # and not once for each of them
