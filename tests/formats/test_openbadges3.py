"""Open Badges 3.0: fixed type names and members, and what an achievement says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.formats.documents import achievement, badge, data, first_version, said, subject, without
from wallet.formats.european import named_issuer
from wallet.formats.openbadges3 import (
    check_achievement_credential,
    check_endorsement,
    count_endorsements,
    is_own_type,
    read_achievement,
    uses_context,
)
from wallet.formats.parse import parse
from wallet.formats.vc import read_issuer
from wallet.model.credential import Skill
from wallet.model.reasons import ReasonCode as R

SUITE = "1edtech/digital-credentials-public-validator/inspector-vc/src/test/resources/ob30"
DESCRIPTION = {
    "id": "urn:uuid:d",
    "type": ["ResultDescription"],
    "name": "Grade",
    "resultType": "LetterGrade",
}


def _problems(**changes: Any) -> list[tuple[R, str]]:
    return said(check_achievement_credential(badge(**changes), "2.0"))


def test_a_good_badge_has_no_problems() -> None:
    assert _problems() == []
    assert said(check_achievement_credential(first_version(), "1.1")) == []
    assert uses_context(badge())


@pytest.mark.parametrize(
    ("member", "value", "path"),
    [
        ("issuer", {"id": "urn:i", "type": ["Person"]}, "issuer.type"),
        (
            "issuer",
            {"id": "urn:i", "parentOrg": {"id": "urn:p", "type": "Organisation"}},
            "issuer.parentOrg.type",
        ),
        (
            "issuer",
            {"id": "urn:i", "otherIdentifier": {"type": "Id", "identifier": "1", "identifierType": "x"}},
            "issuer.otherIdentifier.type",
        ),
        ("issuer", {"id": "urn:i", "address": {"type": "Place"}}, "issuer.address.type"),
        (
            "issuer",
            {
                "id": "urn:i",
                "address": {"type": "Address", "geo": {"type": "Geo", "latitude": 1, "longitude": 2}},
            },
            "issuer.address.geo.type",
        ),
        ("credentialSubject", subject(type="Subject"), "credentialSubject.type"),
        ("credentialSubject", subject(type=None), "credentialSubject.type"),
        ("credentialSubject", without(subject(), "type"), "credentialSubject.type"),
        (
            "credentialSubject",
            subject(source={"id": "urn:s", "type": "Org"}),
            "credentialSubject.source.type",
        ),
        ("credentialSubject", subject(result={"type": "Outcome"}), "credentialSubject.result.type"),
        (
            "credentialSubject",
            subject(identifier={"type": "Id", "hashed": True, "identityHash": "x", "identityType": "y"}),
            "credentialSubject.identifier.type",
        ),
        (
            "credentialSubject",
            subject(achievement=achievement(type="Course")),
            "credentialSubject.achievement.type",
        ),
        (
            "credentialSubject",
            subject(achievement=achievement(criteria={"type": "Rule"})),
            "credentialSubject.achievement.criteria.type",
        ),
        (
            "credentialSubject",
            subject(achievement=achievement(resultDescription=DESCRIPTION | {"type": "Text"})),
            "credentialSubject.achievement.resultDescription.type",
        ),
        (
            "credentialSubject",
            subject(
                achievement=achievement(
                    resultDescription=DESCRIPTION
                    | {"rubricCriterionLevel": {"id": "urn:l", "name": "A", "type": "Level"}}
                )
            ),
            "credentialSubject.achievement.resultDescription.rubricCriterionLevel.type",
        ),
        (
            "credentialSubject",
            subject(
                achievement=achievement(alignment={"type": "Line", "targetName": "a", "targetUrl": "urn:a"})
            ),
            "credentialSubject.achievement.alignment.type",
        ),
        ("evidence", [{"id": "urn:e", "type": "Proof"}], "evidence.type"),
        ("image", {"id": "https://a.example/b.png", "type": "Picture"}, "image.type"),
    ],
)
def test_a_wrong_type_name_is_named_with_its_place(member: str, value: Any, path: str) -> None:
    assert (R.TYPE_MISSING, path) in _problems(**{member: value})


@pytest.mark.parametrize(
    ("document", "path"),
    [
        (without(badge(), "validFrom"), "validFrom"),
        (badge(credentialSubject=without(subject(), "achievement")), "credentialSubject.achievement"),
        (
            badge(credentialSubject=subject(achievement=without(achievement(), "name"))),
            "credentialSubject.achievement.name",
        ),
        (
            badge(credentialSubject=subject(achievement=without(achievement(), "criteria"))),
            "credentialSubject.achievement.criteria",
        ),
        (
            badge(credentialSubject=subject(achievement=achievement(alignment={"targetName": "Safety"}))),
            "credentialSubject.achievement.alignment.targetUrl",
        ),
        (
            badge(
                credentialSubject=subject(
                    identifier={"type": "IdentityObject", "hashed": True, "identityType": "x"}
                )
            ),
            "credentialSubject.identifier.identityHash",
        ),
    ],
)
def test_a_missing_member_is_named_with_its_place(document: dict[str, Any], path: str) -> None:
    assert said(check_achievement_credential(document, "2.0")) == [(R.MEMBER_MISSING, path)]


def test_a_further_type_beside_the_fixed_one_is_allowed() -> None:
    assert _problems(issuer={"id": "urn:i", "type": ["Profile", "CollegeOrUniversity"]}) == []
    assert _problems(issuer={"id": "urn:i"}) == []  # a party need not say its type
    assert _problems(issuer="urn:i") == []
    assert _problems(image="https://a.example/b.png") == []
    assert _problems(credentialSubject=subject(achievement=achievement(criteria="urn:rules"))) == []


@pytest.mark.parametrize(("changes", "path"), [
    ({"issuer": {"id": "urn:i", "address": {"addressLocality": "Zed"}}}, "issuer.address.type"),
    ({"issuer": {"id": "urn:i", "address": {"type": "Address", "geo": {"latitude": 1, "longitude": 2}}}},
     "issuer.address.geo.type"),
    ({"issuer": {"id": "urn:i", "otherIdentifier": {"identifier": "7", "identifierType": "isil"}}},
     "issuer.otherIdentifier.type"),
    ({"credentialSubject": subject(identifier={
        "hashed": True, "identityHash": "maya", "identityType": "name"})},
     "credentialSubject.identifier.type")],
    ids=["address", "place", "number", "recipient"])
def test_what_must_say_its_type_and_does_not_is_named(changes: dict[str, Any], path: str) -> None:
    assert [found for found in _problems(**changes) if found[1] == path] == [(R.TYPE_MISSING, path)]


@pytest.mark.parametrize(("name", "is_own"), [
    ("AchievementCredential", True), ("OpenBadgeCredential", True), ("VerifiableCredential", True),
    ("EndorsementCredential", False), ("DiplomaCredential", False)])
def test_a_type_that_only_says_that_it_is_a_credential(name: str, *, is_own: bool) -> None:
    assert is_own_type(name) is is_own


def test_a_text_where_a_node_belongs_is_named() -> None:
    assert _problems(credentialSubject=subject(achievement="Rope Work")) == [
        (R.MEMBER_TYPE, "credentialSubject.achievement")
    ]


def test_an_endorsement_names_what_it_endorses() -> None:
    document = badge(
        type=["VerifiableCredential", "EndorsementCredential"],
        credentialSubject={"id": "urn:x", "type": ["EndorsementSubject"]},
    )
    assert check_endorsement(document, "2.0") == ()
    document["credentialSubject"] = {"type": ["Subject"]}
    assert said(check_endorsement(document, "2.0")) == [
        (R.TYPE_MISSING, "credentialSubject.type"),
        (R.MEMBER_MISSING, "credentialSubject.id"),
    ]


def test_what_an_achievement_says() -> None:
    levels = {"id": "urn:l", "type": ["RubricCriterionLevel"], "name": "Mastered"}
    descriptions = [
        DESCRIPTION,
        DESCRIPTION | {"id": "urn:r", "name": "Rubric", "rubricCriterionLevel": [levels]},
    ]
    results = [
        {"type": ["Result"], "resultDescription": "urn:uuid:d", "value": "A"},
        {"type": ["Result"], "resultDescription": "urn:r", "achievedLevel": "urn:l"},
        {"type": ["Result"], "resultDescription": "urn:?", "status": "Completed"},
    ]
    evidence = [
        {"id": "https://a.example/work", "type": ["Evidence"], "name": "Logbook"},
        {"id": "data:application/pdf;base64,AAAA", "type": ["Evidence"], "narrative": "Scan"},
        {"id": "_:b0", "type": ["Evidence"], "name": "Nameless"},
    ]
    found = read_achievement(
        badge(
            evidence=evidence,
            credentialSubject=subject(
                result=results, creditsEarned=5.0, achievement=achievement(resultDescription=descriptions)
            ),
        )
    )
    assert (found.name, found.kind, found.criteria) == ("Rope Work", "Course", "Tie eight knots blindfolded.")
    assert found.skills == (Skill("Safety", "ESCO", "http://data.europa.eu/esco/skill/1"), Skill("knots"))
    assert found.results == (("Grade", "A"), ("Rubric", "Mastered"), ("", "Completed"))
    assert found.evidence == (("Logbook", "https://a.example/work"), ("Scan", ""), ("Nameless", ""))
    assert found.credits == "5"


def test_a_tag_in_any_form_that_one_seal_covers_is_shown() -> None:
    tags = ["knots", {"@value": "sails"}, [{"@value": "KNOTS", "@language": "en"}], {"en": "ropes"}, None]
    found = read_achievement(badge(credentialSubject=subject(achievement=achievement(tag=tags))))
    assert [skill.name for skill in found.skills] == ["Safety", "knots", "sails", "ropes"]


def test_criteria_may_be_an_address() -> None:
    found = read_achievement(
        badge(credentialSubject=subject(achievement=achievement(criteria="https://a.example/c")))
    )
    assert (found.criteria, found.criteria_url) == ("", "https://a.example/c")


def test_endorsements_are_counted_wherever_they_are() -> None:
    document = badge(
        endorsement=[{"id": "urn:1"}],
        endorsementJwt="a.b.c",
        credentialSubject=subject(achievement=achievement(endorsement={"id": "urn:2"})),
    )
    assert count_endorsements(document) == 3
    assert count_endorsements(badge()) == 0
    made = {"id": "https://maker.example", "endorsement": [{"id": "urn:3"}]}
    document["credentialSubject"]["achievement"]["creator"] = made
    document["credentialSubject"]["source"] = [{"id": "https://keeper.example", "endorsementJwt": ["d.e.f"]}]
    assert count_endorsements(document) == 5
    document["issuer"] = document["credentialSubject"]["source"][0]
    assert count_endorsements(document) == 5  # who keeps it and issued it is one and the same


@pytest.mark.parametrize("place", ["creator", "source"])
def test_an_issuer_is_called_what_it_is_called_anywhere(place: str) -> None:
    described = {"id": "https://a.example", "type": ["Profile"], "name": "Harbor School"}

    def told(issuer: object, **changes: object) -> str:
        about = {place: [described | changes]}
        made = achievement(**about) if place == "creator" else achievement()
        return _named({"issuer": issuer, "credentialSubject": {"achievement": made, **about}})

    assert told("https://a.example") == told({"id": "https://a.example"}) == "Harbor School"
    assert told({"id": "https://a.example", "name": "Harbor"}) == "Harbor"
    assert told("https://a.example", id="https://b.example") == ""
    assert told("", id="") == ""


def _named(document: dict[str, Any]) -> str:
    return named_issuer(read_issuer(document["issuer"]), document).name


@pytest.mark.parametrize(
    "name", ["identifier-type", "profile-type", "result-type", "achievement-result-description-type"]
)
def test_the_published_subjects_with_wrong_types(vectors: Path, name: str) -> None:
    found = parse((vectors / SUITE / f"simple-err-credential-subject-{name}.json").read_bytes())
    assert R.TYPE_MISSING in [problem.code for problem in found.problems]


@pytest.mark.parametrize("name", ["type", "otheridentifier-type", "parentorg-type"])
def test_the_published_issuers_with_wrong_types(vectors: Path, name: str) -> None:
    found = parse((vectors / SUITE / f"simple-err-issuer-{name}.json").read_bytes())
    assert [problem.code for problem in found.problems] == [R.TYPE_MISSING]


def test_odd_shapes_never_raise() -> None:
    odds: tuple[Any, ...] = (None, 5, [], {}, "x", [[]], {"type": {}})
    for odd in odds:
        for member in ("achievement", "result", "identifier", "source"):
            document = badge(credentialSubject=subject(**{member: odd}))
            assert read_achievement(document).name in ("Rope Work", "")
            check_achievement_credential(document, "2.0")
            parse(data(document))


def test_nothing_is_demanded_of_a_badge_in_another_vocabulary() -> None:
    bare = without(badge(), "validFrom") | {
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://plugfest.example/badges/v1"],
        "credentialSubject": {"id": "did:key:z1", "achievement": {"name": "Wallet maker"}},
    }
    assert not check_achievement_credential(bare, "2.0")
    asked = said(check_achievement_credential(bare | {"@context": badge()["@context"]}, "2.0"))
    assert {(R.MEMBER_MISSING, "validFrom"), (R.MEMBER_MISSING, "credentialSubject.achievement.id"),
            (R.TYPE_MISSING, "credentialSubject.type")} <= set(asked)


def test_an_achievement_in_two_pieces_is_refused_in_whatever_vocabulary() -> None:
    pieces = [{"id": "urn:a", "name": "Basics"}, {"id": "urn:a", "name": "Honours"}]
    split = badge(credentialSubject={"achievement": pieces}) | {
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://plugfest.example/badges/v1"]}
    assert said(check_achievement_credential(split, "2.0")) == [
        (R.MEMBER_TYPE, "credentialSubject.achievement.id")]


def test_a_required_date_that_is_null_is_missing() -> None:
    assert said(check_achievement_credential(badge() | {"validFrom": None}, "2.0")) == [
        (R.MEMBER_MISSING, "validFrom")]
