"""What a European Digital Credential says, in the learner's words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.simulators.certificates import european
from wallet.formats.european import is_european, named_issuer, named_subject, read_european
from wallet.formats.parse import parse
from wallet.model.credential import Credential, CredentialFormat, Issuer, Subject

SAMPLES = "elm/European-Learning-Model/Credentials/JSON-LD Examples (ELM v3)"


def test_titles_and_names_are_read_from_texts_per_language() -> None:
    found = parse(json.dumps(european()).encode())
    assert isinstance(found, Credential)
    assert (found.format, found.title) == (CredentialFormat.EUROPEAN, "Certificate")
    assert (found.issuer.name, found.subject.name) == ("University of Zed", "Ana Andromeda")
    assert found.achievement.results == (("Course", ""),)


def test_a_name_in_full_comes_before_its_parts() -> None:
    document = european(credentialSubject={"fullName": {"en": "A. Andromeda"}, "givenName": {"en": "Ana"}})
    assert named_subject(Subject(), document).name == "A. Andromeda"
    assert named_subject(Subject(name="Said"), document).name == "Said"


def test_an_issuer_that_has_a_name_keeps_it() -> None:
    assert named_issuer(Issuer("urn:x", "Said"), european()).name == "Said"
    assert named_issuer(Issuer("urn:x"), {"issuer": {"prefLabel": {"fr": "Nom"}}}).name == "Nom"


@pytest.mark.parametrize("claims", [None, [], "x", [7], {"provenBy": "x", "specifiedBy": [1]}])
def test_claims_of_any_shape_are_read(claims: object) -> None:
    found = read_european(european(credentialSubject={"hasClaim": claims}))
    assert (found.name, found.results, found.skills, found.credits) == ("Certificate", (), (), "")


def test_other_credentials_are_not_european() -> None:
    assert is_european(european())
    assert not is_european({"type": ["VerifiableCredential"]})


def test_the_published_micro_credential(vectors: Path) -> None:
    found = parse((vectors / SAMPLES / "Sample-MC-Annex1-signed.jsonld").read_bytes())
    assert isinstance(found, Credential)
    assert found.title == "Micro-Credential"
    assert found.subject.name == "Ana Andromeda"
    assert found.achievement.results == (("Digital micro-credential creation", "Pass"),)
    assert found.achievement.credits == "2 European Credit Transfer System"
    assert "develop digital content" in {skill.name for skill in found.achievement.skills}
    assert found.achievement.criteria == "Digital artefact assessment"
