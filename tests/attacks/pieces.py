"""One thing of a sealed badge in several pieces: the same statements, and less of them where readers look."""

from __future__ import annotations

from collections.abc import Callable

from tests.attacks.scene import achievement
from tests.simulators.issuer import OB_2_0, V2
from tests.simulators.signing import JsonObject

LEARNER = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"


def _endorsement(of: str) -> JsonObject:
    return {"@context": [V2, OB_2_0], "id": f"{of}:endorsement", "issuer": "did:web:peer.example",
            "type": ["VerifiableCredential", "EndorsementCredential"], "validFrom": "2026-05-01T00:00:00Z",
            "credentialSubject": {"id": of, "type": ["EndorsementSubject"], "endorsementComment": "Sound."}}


def graded(document: JsonObject) -> None:
    """A graded achievement in which everything has a name, and which is endorsed like its learner."""
    level = {"id": "urn:uuid:poor", "type": ["RubricCriterionLevel"], "name": "Poor"}
    described = {"id": "urn:uuid:grade", "type": ["ResultDescription"], "name": "Exam",
                 "resultType": "RubricCriterionLevel", "rubricCriterionLevel": [level]}
    achievement(document).update(criteria={"id": "urn:uuid:criteria", "narrative": "Two projects."},
                                 tag=["tables"], alignment=[], resultDescription=[described])
    document["credentialSubject"] |= {"id": LEARNER, "creditsEarned": 1, "result": [
        {"type": ["Result"], "resultDescription": "urn:uuid:grade", "achievedLevel": "urn:uuid:poor"}]}
    document["endorsement"] = [
        _endorsement(name) for name in (LEARNER, achievement(document)["id"], document["id"])]


def copied(document: JsonObject) -> None:
    """The whole of it twice, which says nothing new."""
    document["credentialSubject"]["achievement"] = [achievement(document), achievement(document)]


def _less(node: JsonObject, *members: str) -> list[JsonObject]:
    return [{name: value for name, value in node.items() if name not in members}, node]


def _told_elsewhere(document: JsonObject) -> None:
    described, = achievement(document)["resultDescription"]
    result, = document["credentialSubject"]["result"]
    levels = described.pop("rubricCriterionLevel")
    result["resultDescription"] = {"id": described["id"], "rubricCriterionLevel": levels}


def _told_in_an_endorsement(node: JsonObject, endorsement: JsonObject, *members: str) -> None:
    about = endorsement["credentialSubject"]
    about["type"] = [*about["type"], *node["type"]]
    about.update({name: node.pop(name) for name in members})


#: One node in pieces: sealed like the whole, and a reader who looks at the first sees less.
PIECES: dict[str, Callable[[JsonObject], object]] = {
    "the achievement in pieces": lambda one: one["credentialSubject"].update(
        achievement=_less(achievement(one), "tag")),
    "a description in pieces": lambda one: achievement(one).update(
        resultDescription=_less(achievement(one)["resultDescription"][0], "rubricCriterionLevel")),
    "told where it is referred to": _told_elsewhere,
    "a result in an endorsement": lambda one: _told_in_an_endorsement(
        one["credentialSubject"], one["endorsement"][0], "result", "creditsEarned"),
    "its kind in an endorsement": lambda one: one["endorsement"][2]["credentialSubject"].update(
        type=["EndorsementSubject", one["type"].pop()]),
    "a grade in an endorsement": lambda one: _told_in_an_endorsement(
        achievement(one), one["endorsement"][1], "resultDescription", "tag")}
