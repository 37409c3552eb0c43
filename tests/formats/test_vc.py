"""The envelope of VC 1.1 and 2.0: what is read, and which broken shapes are named."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.formats.documents import (
    ISSUER,
    LEARNER,
    PROOF,
    badge,
    first_version,
    presentation,
    said,
    subject,
    without,
)
from wallet.formats.vc import (
    V1_CONTEXT,
    V2_CONTEXT,
    is_credential,
    is_presentation,
    read_envelope,
    read_subject,
    version_of,
)
from wallet.model.credential import Identifier, JsonObject
from wallet.model.reasons import ReasonCode as R

RELATED = {"id": "https://harbor.example/p", "digestSRI": "sha384-abc"}


def _problems(document: JsonObject) -> list[tuple[R, str]]:
    return said(read_envelope(document).problems)


@pytest.mark.parametrize(("document", "version"), [(badge(), "2.0"), (first_version(), "1.1")])
def test_both_versions_read_alike(document: JsonObject, version: str) -> None:
    envelope = read_envelope(document)
    assert envelope.version == version
    assert envelope.issuer.id == ISSUER
    assert envelope.issuer.name == "Harbor College"
    assert envelope.subject.id == LEARNER
    assert envelope.valid_from == datetime(2026, 1, 2, tzinfo=UTC)
    assert envelope.valid_until == datetime(2029, 1, 2, tzinfo=UTC)
    assert envelope.proofs == (PROOF,)
    assert envelope.problems == envelope.notes == ()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"type": "OpenBadgeCredential"}, (R.TYPE_MISSING, "type")),
        ({"type": None}, (R.TYPE_MISSING, "type")),
        ({"type": ["VerifiableCredential", 5]}, (R.MEMBER_TYPE, "type")),
        ({"issuer": None}, (R.MEMBER_MISSING, "issuer")),
        ({"issuer": "Harbor College"}, (R.MEMBER_TYPE, "issuer")),
        ({"issuer": {"name": "Harbor"}}, (R.MEMBER_MISSING, "issuer.id")),
        ({"issuer": {"id": "harbor"}}, (R.MEMBER_TYPE, "issuer.id")),
        ({"issuer": [ISSUER]}, (R.MEMBER_TYPE, "issuer")),
        ({"credentialSubject": None}, (R.MEMBER_MISSING, "credentialSubject")),
        ({"credentialSubject": []}, (R.MEMBER_MISSING, "credentialSubject")),
        ({"credentialSubject": "x"}, (R.MEMBER_TYPE, "credentialSubject")),
        ({"credentialSubject": {}}, (R.MEMBER_TYPE, "credentialSubject")),
        ({"credentialSubject": {"id": "ada"}}, (R.MEMBER_TYPE, "credentialSubject.id")),
        ({"id": "0001"}, (R.MEMBER_TYPE, "id")),
        ({"id": None}, (R.MEMBER_TYPE, "id")),
        ({"credentialStatus": "https://a.example"}, (R.MEMBER_TYPE, "credentialStatus")),
        ({"credentialStatus": {"id": "urn:x"}}, (R.TYPE_MISSING, "credentialStatus.type")),
        ({"credentialSchema": {"type": "JsonSchema"}}, (R.MEMBER_MISSING, "credentialSchema.id")),
        ({"termsOfUse": {"id": "urn:x"}}, (R.TYPE_MISSING, "termsOfUse.type")),
        ({"validFrom": "2 January"}, (R.DATE_UNREADABLE, "validFrom")),
        ({"validUntil": 5}, (R.DATE_UNREADABLE, "validUntil")),
        ({"proof": "z3abc"}, (R.PROOF_MALFORMED, "proof")),
    ],
)
def test_a_broken_member_is_named_and_the_rest_is_still_read(
    change: dict[str, Any], problem: tuple[R, str]
) -> None:
    assert problem in _problems(badge(**change))
    assert read_envelope(badge(**change)).types is not None
    assert _problems(badge()) == []


def test_the_first_version_needs_its_issuance_date() -> None:
    assert _problems(without(first_version(), "issuanceDate")) == [(R.MEMBER_MISSING, "issuanceDate")]
    assert _problems(first_version(issuanceDate=None)) == [(R.MEMBER_MISSING, "issuanceDate")]


def test_an_end_before_the_beginning_is_named() -> None:
    codes = [code for code, _ in _problems(badge(validUntil="2025-01-01T00:00:00Z"))]
    assert codes == [R.DATE_ORDER]
    assert _problems(badge(validUntil="2026-01-02T00:00:00Z")) == []


def test_contexts_must_be_there_and_the_base_first() -> None:
    other = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
    assert [code for code, _ in _problems(without(badge(), "@context"))] == [R.CONTEXT_MISSING]
    assert [code for code, _ in _problems(badge(**{"@context": [other, V2_CONTEXT]}))] == [R.CONTEXT_ORDER]
    assert [code for code, _ in _problems(badge(**{"@context": [{"a": "b"}, V2_CONTEXT]}))] == [
        R.CONTEXT_ORDER
    ]
    assert _problems(badge(**{"@context": V2_CONTEXT})) == []


@pytest.mark.parametrize("proof", [[], None, {}, [{}]])
def test_an_empty_proof_is_no_proof(proof: Any) -> None:
    envelope = read_envelope(badge(proof=proof))
    assert envelope.proofs == ()
    assert envelope.problems == ()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"name": {"@value": "Rope", "url": "https://harbor.example/"}}, "name"),
        ({"name": {"@value": 5}}, "name"),
        ({"name": {"@value": "Rope", "@direction": "up"}}, "name"),
        ({"name": 5}, "name"),
        ({"name": {}}, "name"),
        ({"description": [{"@value": "Knots"}, {"url": "https://harbor.example/"}]}, "description"),
        ({"issuer": {"id": ISSUER, "name": {"@value": "Harbor", "id": ISSUER}}}, "issuer.name"),
        ({"relatedResource": "https://harbor.example/p"}, "relatedResource"),
        ({"relatedResource": {"digestSRI": "sha384-abc"}}, "relatedResource"),
        ({"relatedResource": {"id": "p.png", "digestSRI": "sha384-abc"}}, "relatedResource.id"),
        ({"relatedResource": [RELATED, RELATED]}, "relatedResource.id"),
    ],
)
def test_what_2_0_says_of_texts_and_related_resources(change: JsonObject, problem: str) -> None:
    assert (R.MEMBER_TYPE, problem) in _problems(badge(**change))
    assert _problems(badge()) == []


@pytest.mark.parametrize(
    "entry", [123, None, ["https://vocabulary.example/"], "https ://vocabulary.example/", "vocabulary.json"]
)
def test_a_context_is_an_address_or_an_object(entry: object) -> None:
    for base in (badge(), first_version()):
        broken = base | {"@context": [*base["@context"], entry]}
        assert [one.code for one in read_envelope(broken).problems] == [R.CONTEXT_REFUSED]
        for fine in ("urn:x:vocabulary", {"word": "urn:x:word"}):
            assert _problems(base | {"@context": [*base["@context"], fine]}) == []


@pytest.mark.parametrize("tag", ["not a language", "", 5, None, ["en"]])
def test_a_language_has_the_shape_of_one(tag: object) -> None:
    worded = badge(name={"@value": "Rope", "@language": tag})
    assert [one.code for one in read_envelope(worded).problems] == [R.BAD_LANGUAGE]


@pytest.mark.parametrize("keyword", ["@index", "@type", "@anything"])
def test_a_text_says_nothing_else_of_itself(keyword: str) -> None:
    worded = badge(description={"@value": "Knots", "@language": "en", keyword: "x"})
    assert [(one.code, one["term"]) for one in read_envelope(worded).problems] == [
        (R.KEYWORD_IN_DATA, keyword)
    ]


def test_a_related_resource_needs_a_digest() -> None:
    assert _problems(badge(relatedResource=[RELATED, RELATED | {"id": "https://harbor.example/q"}])) == []
    without_digest = {"id": RELATED["id"], "mediaType": "image/png"}
    assert _problems(badge(relatedResource=without_digest)) == [
        (R.MEMBER_MISSING, "relatedResource.digestSRI")
    ]


@pytest.mark.parametrize(
    "name",
    [
        "Rope",
        {"@value": "Rope"},
        {"@value": "Seil", "@language": "de-AT"},
        {"@value": "Rope", "@language": "en", "@direction": "ltr"},
        [{"@value": "Rope", "@language": "en"}, {"@value": "Corde", "@language": "fr"}],
        {"en": "Rope", "fr": ["Corde"]},
    ],
)
def test_a_text_in_every_way_it_is_written(name: object) -> None:
    assert _problems(badge(name=name, issuer={"id": ISSUER, "name": name, "type": "Profile"})) == []


def test_nine_proofs_break_the_limit_and_eight_do_not() -> None:
    assert [code for code, _ in _problems(badge(proof=[PROOF] * 9))] == [R.LIMIT_PROOFS]
    assert len(read_envelope(badge(proof=[PROOF] * 8)).proofs) == 8
    assert _problems(badge(proof=[PROOF] * 8)) == []


def test_a_missing_zone_is_a_named_quirk() -> None:
    envelope = read_envelope(badge(validFrom="2026-01-02T00:00:00"))
    assert envelope.problems == ()
    assert [(note.code, note["which"]) for note in envelope.notes] == [(R.QUIRK_DATE, "validFrom")]
    assert envelope.valid_from == datetime(2026, 1, 2, tzinfo=UTC)


def test_identifiers_of_the_subject_hashed_and_plain() -> None:
    hashed = {
        "type": "IdentityObject",
        "identityType": "emailAddress",
        "hashed": "true",
        "identityHash": "sha256$ab",
        "salt": " s ",
    }
    found = read_envelope(
        badge(credentialSubject=subject(identifier=hashed, email="ada@harbor.example"))
    ).subject
    assert found.identifiers == (
        Identifier("sha256$ab", hashed=True, salt=" s ", kind="emailAddress"),
        Identifier("ada@harbor.example", kind="emailAddress"),
    )


@pytest.mark.parametrize("form", [True, "true", [True], [[True]], {"@value": True}, [{"@value": "true"}],
                                  [["x", {"@value": "true"}]]], ids=str)
def test_one_seal_covers_these_forms_and_one_meaning_is_read_from_them(form: object) -> None:
    hashed = {"hashed": form, "identityHash": "sha256$ab", "salt": [{"@value": "s"}]}
    found, = read_envelope(badge(credentialSubject=subject(identifier=hashed))).subject.identifiers
    assert (found.hashed, found.salt) == (True, "s")


def test_a_learner_who_is_named_by_an_identifier_alone_has_that_name() -> None:
    """A university that knows its learners by name writes it there, and nowhere else."""
    def called(*names: str, is_hashed: bool = False, **others: object) -> str:
        stated = [{"type": "IdentityObject", "identityType": "name", "hashed": is_hashed, "salt": "not-used",
                   "identityHash": name} for name in names]
        return read_envelope(badge(credentialSubject=subject(identifier=stated, **others))).subject.name

    assert called("Lucas Delisle") == "Lucas Delisle"
    assert called("Lucas Delisle", name="Lucas D.") == "Lucas D."
    assert called("sha256$ab", is_hashed=True) == ""
    assert called("Lucas Delisle", "Maya Lind") == called("Maya Lind", "Lucas Delisle") == ""


def test_what_claims_to_be_a_credential() -> None:
    assert is_credential(badge())
    assert is_credential({"@context": V1_CONTEXT, "issuer": ISSUER})
    assert is_credential({"issuer": ISSUER, "credentialSubject": {}})
    assert not is_credential({"issuer": ISSUER})
    assert not is_credential({"@context": "https://w3id.org/openbadges/v2", "type": "Assertion"})
    assert is_presentation(presentation(badge()))
    assert not is_presentation(badge())
    assert version_of({"@context": ["urn:x", V1_CONTEXT]}) == "1.1"


def test_of_several_subjects_the_first_is_meant_and_the_others_stand_beside_it() -> None:
    other = {"id": "did:example:2", "email": "noor@lind.example"}
    people = [{"id": "did:example:1"}, [other], "did:example:3"]
    subject = read_subject({"credentialSubject": people})
    assert (subject.id, [one.id for one in subject.others]) == ("did:example:1", ["did:example:2"])
    assert [one.value for one in subject.others[0].identifiers] == ["noor@lind.example"]
    for alone in ({"id": "did:example:1"}, [{"id": "did:example:1"}], []):
        assert read_subject({"credentialSubject": alone}).others == ()
