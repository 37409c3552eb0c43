"""One thing of a sealed badge in several pieces: the same statements, and less of them where readers look."""

from __future__ import annotations

from collections.abc import Callable

from tests.attacks.scene import achievement
from tests.simulators.signing import JsonObject


def graded(document: JsonObject) -> None:
    """A graded achievement in which everything has a name."""
    level = {"id": "urn:uuid:poor", "type": ["RubricCriterionLevel"], "name": "Poor"}
    described = {"id": "urn:uuid:grade", "type": ["ResultDescription"], "name": "Exam",
                 "resultType": "RubricCriterionLevel", "rubricCriterionLevel": [level]}
    achievement(document).update(criteria={"id": "urn:uuid:criteria", "narrative": "Two projects."},
                                 tag=["tables"], alignment=[], resultDescription=[described])
    document["credentialSubject"]["result"] = [{"type": ["Result"], "resultDescription": "urn:uuid:grade",
                                                "achievedLevel": "urn:uuid:poor"}]


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


#: One node in pieces: sealed like the whole, and a reader who looks at the first sees less.
PIECES: dict[str, Callable[[JsonObject], object]] = {
    "the achievement in pieces": lambda one: one["credentialSubject"].update(
        achievement=_less(achievement(one), "tag")),
    "a description in pieces": lambda one: achievement(one).update(
        resultDescription=_less(achievement(one)["resultDescription"][0], "rubricCriterionLevel")),
    "told where it is referred to": _told_elsewhere}
