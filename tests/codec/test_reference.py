"""PyLD behind its fence: only the given contexts, nothing dropped, errors of ours alone."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.codec.samples import OB_3, VC_2, badge, contexts, newest
from tests.conftest import REPOSITORY
from wallet.codec.linked_data.reference import expand
from wallet.model.errors import LinkedDataError
from wallet.model.reasons import ReasonCode

MINE = "https://mine.example/v1"
OTHER = "https://other.example/v1"


def test_a_badge_expands_to_full_names() -> None:
    [node] = expand(badge(), newest())
    assert node["@type"][0] == "https://www.w3.org/2018/credentials#VerifiableCredential"
    assert node["https://schema.org/name"] == [{"@value": "Data Analysis Foundations"}]


def test_the_document_and_the_contexts_stay_as_they_are() -> None:
    document, choice = badge(), newest()
    before = json.dumps([document, choice.document(VC_2), choice.document(OB_3)])
    expand(document, choice)
    assert json.dumps([document, choice.document(VC_2), choice.document(OB_3)]) == before


def test_a_dropped_member_is_named() -> None:
    with pytest.raises(LinkedDataError) as caught:
        expand(badge(honours="x"), newest())
    assert caught.value.reason.code is ReasonCode.UNDEFINED_TERM
    assert caught.value.reason["term"] == "honours"


def test_no_other_context_is_loaded() -> None:
    with pytest.raises(LinkedDataError) as caught:
        expand(badge(**{"@context": [VC_2, OTHER]}), newest(VC_2))
    assert caught.value.reason.code is ReasonCode.CONTEXT_UNKNOWN
    assert caught.value.reason["address"] == OTHER


def test_no_base_is_made_up() -> None:
    [node] = expand(badge(issuer="Forged"), newest())
    assert node["https://www.w3.org/2018/credentials#issuer"] == [{"@id": "Forged"}]


def test_a_protected_word_cannot_change_its_meaning() -> None:
    evil = json.dumps({"@context": {"VerifiableCredential": "https://evil.example/x"}}).encode()
    choice = contexts().extended({MINE: evil}).variants((VC_2, MINE))[0]
    with pytest.raises(LinkedDataError) as caught:
        expand(badge(**{"@context": [VC_2, MINE]}), choice)
    assert caught.value.reason.code is ReasonCode.LINKED_DATA
    assert "protected" in caught.value.reason["found"]


def test_contexts_that_name_each_other_end_in_a_reason() -> None:
    supplied = {
        MINE: json.dumps({"@context": [OTHER, {"x": "urn:x"}]}).encode(),
        OTHER: json.dumps({"@context": [MINE, {"y": "urn:y"}]}).encode(),
    }
    choice = contexts().extended(supplied).variants((VC_2, MINE))[0]
    with pytest.raises(LinkedDataError) as caught:
        expand(badge(**{"@context": [VC_2, MINE]}), choice)
    assert caught.value.reason.code is ReasonCode.LINKED_DATA


def test_a_null_vocabulary_that_trips_pyld_ends_in_a_reason() -> None:
    choice = contexts().extended({MINE: b'{"@context":{"@vocab":null,"x":"urn:x"}}'}).variants((MINE,))[0]
    with pytest.raises(LinkedDataError) as caught:
        expand({"@context": MINE, "x": "1"}, choice)
    assert caught.value.reason.code is ReasonCode.LINKED_DATA


def test_two_contents_of_one_address_are_kept_apart() -> None:
    old = contexts().extended({MINE: b'{"@context":{"x":"urn:old"}}'})
    both = old.extended({MINE: b'{"@context":{"x":"urn:new"}}'})
    names = [next(iter(expand({"@context": MINE, "x": "1"}, c)[0])) for c in both.variants((MINE,))]
    assert names == ["urn:new", "urn:old"]
    assert list(expand({"@context": MINE, "x": "1"}, old.variants((MINE,))[0])[0]) == ["urn:old"]


def test_pyld_is_imported_only_when_it_is_needed() -> None:
    program = "import sys, wallet.proofs.data_integrity; print('pyld' in sys.modules)"
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
