"""What is said about one thing in two places, where readers look in one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.formats.documents import LEARNER, achievement, badge, data, said, subject
from wallet.formats.openbadges3 import may_be_in_pieces
from wallet.formats.parse import parse
from wallet.formats.pieces import check_pieces
from wallet.model.credential import JsonObject
from wallet.model.reasons import ReasonCode as R

ROPE = achievement()["id"]
LEVEL = {"id": "urn:uuid:poor", "type": ["RubricCriterionLevel"], "name": "Poor"}
GRADE = {"id": "urn:uuid:grade", "type": ["ResultDescription"], "name": "Exam", "resultType": "Status",
         "rubricCriterionLevel": [LEVEL]}
RESULT = {"id": "urn:uuid:result", "type": ["Result"], "value": "F"}


def endorsed(of: str, /, **said_of_it: Any) -> JsonObject:
    """An endorsement of something, saying this about it besides."""
    about = {"id": of, "type": ["EndorsementSubject"], "endorsementComment": "Sound."} | said_of_it
    return badge(id="urn:uuid:endorsement", type=["VerifiableCredential", "EndorsementCredential"],
                 credentialSubject=about)


def graded(**changes: Any) -> JsonObject:
    """A badge in which everything that is read has a name, with an endorsement or whatever else."""
    criteria = {"id": ROPE, "narrative": "Tie eight knots."}
    described = achievement(resultDescription=[GRADE], criteria=criteria)
    return badge(credentialSubject=subject(achievement=described, result=[RESULT]), **changes)


@pytest.mark.parametrize(("of", "member", "value", "place"), [
    (LEARNER, "result", [{"type": ["Result"], "value": "A"}], "credentialSubject"),
    (LEARNER, "creditsEarned", 3, "credentialSubject"),
    (LEARNER, "verifiableCredential", [badge()], "credentialSubject"),
    (ROPE, "alignment", [], "credentialSubject.achievement"),
    (ROPE, "image", {"id": "https://x.example/i", "type": "Image"}, "credentialSubject.achievement"),
    (ROPE, "narrative", "Anything.", "credentialSubject.achievement.criteria"),
    ("urn:uuid:result", "status", "Failed", "credentialSubject.result"),
    ("urn:uuid:grade", "valueMax", "4", "credentialSubject.achievement.resultDescription"),
    ("urn:uuid:poor", "points", "0", "credentialSubject.achievement.resultDescription.rubricCriterionLevel"),
], ids=lambda value: value if isinstance(value, str) else "")  # fmt: skip
def test_what_readers_look_for_is_not_said_elsewhere(of: str, member: str, value: Any, place: str) -> None:
    document = graded(endorsement=[endorsed(of, **{member: value})])
    assert said(check_pieces(document)) == [(R.MEMBER_TYPE, f"{place}.id")]
    for proof in ({}, {"proof": {"type": "MerkleProof2019"}}):  # a receipt covers statements, too
        assert (R.MEMBER_TYPE, f"{place}.id") in said(parse(data(document | proof)).problems)
    assert parse(data({name: one for name, one in document.items() if name != "proof"})).problems == ()


@pytest.mark.parametrize("further", [
    {}, {"endorsement": [endorsed(LEARNER), endorsed(ROPE), endorsed("urn:uuid:grade")]},
    {"endorsement": [endorsed(ROPE, name="Knots", tag=["knots", "Safety"])]},
    {"endorsement": [endorsed("urn:uuid:other", tag=["other"], result=[])]},
    {"issuer": {"id": LEARNER, "type": ["Profile"], "name": "Herself", "image": {"id": "urn:i"}}},
], ids=["nothing", "endorsements", "the same again", "of something else", "by herself"])  # fmt: skip
def test_what_an_honest_credential_says_twice_is_no_piece(further: JsonObject) -> None:
    assert check_pieces(graded(**further)) == ()


def _moved(document: JsonObject) -> None:
    person = document["credentialSubject"]
    person["verifiableCredential"][0]["credentialSubject"]["verifiableCredential"] = \
        person["verifiableCredential"][1:]
    del person["verifiableCredential"][1:]


@pytest.mark.parametrize(("edit", "found"), [
    (lambda _: None, []), (_moved, [(R.MEMBER_TYPE, "credentialSubject.id")]),
], ids=["whole", "one credential in another"])  # fmt: skip
def test_a_records_credentials_stand_side_by_side(edit: Callable[[JsonObject], None],
                                                  found: list[tuple[R, str]]) -> None:
    inner = badge(credentialSubject=subject(result=[RESULT], identifier=[]))
    record = badge(type=["VerifiableCredential", "ClrCredential"], credentialSubject={
        "id": LEARNER, "type": ["ClrSubject"], "achievement": [achievement()],
        "verifiableCredential": [inner, badge()]})
    edit(record)
    assert said(check_pieces(record)) == found


def test_a_record_in_a_record_is_read_for_itself() -> None:
    about = {"id": LEARNER, "verifiableCredential": [badge()]}
    inner = badge(type=["ClrCredential"], credentialSubject=about)
    outer = badge(type=["ClrCredential"], credentialSubject={"id": LEARNER, "verifiableCredential": [inner]})
    assert check_pieces(outer) == ()


@pytest.mark.parametrize(("document", "may"), [
    (badge(), False), (badge(credentialSubject=subject(achievement=achievement(criteria=ROPE))), True),
    (badge(credentialSubject=subject(achievement=achievement(criteria=[ROPE]))), True),
    (badge(endorsement=[endorsed(LEARNER)]), True), (badge(endorsement=[endorsed(ROPE)]), True),
    (badge(credentialSubject=subject(result=[RESULT])), False),
    (badge(credentialSubject=subject(result=[RESULT, RESULT])), True),
    (badge(name='says "so"'), True),
], ids=["once", "criteria", "criteria in an array", "the learner", "the achievement", "a result",
        "a result twice", "an escape"])  # fmt: skip
def test_what_is_named_once_is_not_looked_through(document: JsonObject, *, may: bool) -> None:
    assert may_be_in_pieces(document, data(document)) is may


@pytest.mark.parametrize(("stated", "found"), [
    (["EndorsementSubject"], []), (["EndorsementSubject", "VerifiableCredential"], []),
    (["EndorsementSubject", "AchievementCredential"], []),
    (["EndorsementSubject", "ClrCredential"], [(R.MEMBER_TYPE, "type")])], ids=str)  # fmt: skip
def test_what_kind_of_credential_it_is_stands_in_it(stated: list[str], found: list[tuple[R, str]]) -> None:
    document = badge(endorsement=[endorsed(badge()["id"], type=stated)])
    assert said(check_pieces(document)) == found
    assert may_be_in_pieces(document, data(document))


def test_thousands_of_one_name_are_looked_through_once() -> None:
    many = [{"id": "urn:uuid:result", "type": ["Result"], "value": str(number)} for number in range(20_000)]
    document = badge(credentialSubject=subject(result=many))
    assert said(check_pieces(document)) == [(R.MEMBER_TYPE, "credentialSubject.result.id")]


def test_odd_shapes_never_raise() -> None:
    for odd in ({}, {"credentialSubject": 5}, {"credentialSubject": [{"id": ["x"], "achievement": ["y"]}]},
                {"credentialSubject": {"id": {}, "result": [{"id": 3}], "achievement": {"criteria": [[1]]}}}):
        assert check_pieces(odd) == ()


def test_of_what_is_no_badge_in_itself_an_endorsement_makes_none() -> None:
    plain = badge(type=["VerifiableCredential"])
    plain["endorsement"] = [endorsed(plain["id"], type=["EndorsementSubject", "OpenBadgeCredential"])]
    assert said(check_pieces(plain)) == [(R.MEMBER_TYPE, "type")]
