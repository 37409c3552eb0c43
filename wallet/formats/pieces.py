"""One thing described in two places: sealed like the whole, and a reader who looks in one place sees less.

A seal over statements covers what is said about a name, wherever it is said. An endorsement names what it
endorses, so that results, skills or the credentials of a record could be moved into it: the seal would hold,
and nobody would be shown them. What readers look for in a thing must therefore stand where they look. Names
of members beside those, as a publisher's own name and address, may stand in several places. Told by `id`;
several pieces side by side in one member are refused in `openbadges3` and `vc`. JSON-LD 1.1 §3.3.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from wallet.model.credential import JsonObject
from wallet.model.reasons import Reason

from .clr import is_clr
from .members import first_object, identifier, objects, types
from .openbadges3 import ACHIEVEMENT_CREDENTIAL
from .vc import Findings

_SUBJECT: Final = frozenset({"achievement", "association", "creditsEarned", "identifier", "result",
                             "verifiableCredential"})
_ACHIEVEMENT: Final = frozenset({"achievementType", "alignment", "creditsAvailable", "criteria", "image",
                                 "inLanguage", "resultDescription", "tag"})
_CRITERIA: Final = frozenset({"narrative"})
_RESULT: Final = frozenset({"achievedLevel", "alignment", "resultDescription", "status", "value"})
_DESCRIPTION: Final = frozenset({"alignment", "allowedValue", "requiredLevel", "requiredValue", "resultType",
                                 "rubricCriterionLevel", "valueMax", "valueMin"})
_LEVEL: Final = frozenset({"alignment", "level", "points"})
#: Inside a record's credentials the same person has awards of her own; these a record has alone.
_OF_A_RECORD: Final = frozenset({"association", "verifiableCredential"})
_UNREAD: Final = frozenset({"@context", "proof"})  # whose statements are in graphs of their own, or are none


class _Read(NamedTuple):
    """A node as readers find it: where, what it is, and which of its members they look for."""

    place: str
    node: JsonObject
    members: frozenset[str]


def check_pieces(document: JsonObject) -> tuple[Reason, ...]:
    """List what is said elsewhere about what a credential is read for, and not where it is read."""
    findings = Findings()
    own, kinds = document.get("id"), frozenset(types(document))
    if kinds & ACHIEVEMENT_CREDENTIAL:
        kinds |= ACHIEVEMENT_CREDENTIAL  # two names of one kind
    read: dict[str, dict[str, _Read]] = {}
    for one in _read_nodes(document):
        name = one.node.get("id")
        if isinstance(name, str) and name:  # of several in one place the first: a file may hold thousands
            read.setdefault(name, {}).setdefault(one.place, one)
    for piece, is_inner in _nodes(document):
        name = piece.get("id")
        if not isinstance(name, str):
            continue
        if name == own and not is_inner and any(
                one.endswith("Credential") and one not in kinds for one in types(piece)):
            findings.wrong("type", name)  # what kind of credential it is decides how it is read
        for one in read.get(name, {}).values():
            members = one.members & _OF_A_RECORD if is_inner else one.members
            if piece is not one.node and any(piece[member] != one.node.get(member)
                                             for member in members & piece.keys()):
                findings.wrong(f"{one.place}.id", name)
    return tuple(dict.fromkeys(findings.problems))


def _read_nodes(document: JsonObject) -> Iterator[_Read]:
    place = "credentialSubject"
    subject = first_object(document.get(place))
    yield _Read(place, subject, _SUBJECT)
    for result in objects(subject.get("result")):
        yield _Read(f"{place}.result", result, _RESULT)
    if is_clr(document):  # whose awards are read where they are sealed
        return
    place += ".achievement"
    achievement = first_object(subject.get("achievement"))
    yield _Read(place, achievement, _ACHIEVEMENT)
    criteria = achievement.get("criteria")
    yield _Read(f"{place}.criteria", first_object(criteria) or {"id": identifier(criteria)}, _CRITERIA)
    for description in objects(achievement.get("resultDescription")):
        yield _Read(f"{place}.resultDescription", description, _DESCRIPTION)
        for level in objects(description.get("rubricCriterionLevel")):
            yield _Read(f"{place}.resultDescription.rubricCriterionLevel", level, _LEVEL)


def _nodes(document: JsonObject) -> Iterator[tuple[JsonObject, bool]]:
    """Yield every node, and whether it stands in a credential that a record holds."""
    stack: list[tuple[Any, bool]] = [(document, False)]
    while stack:
        value, is_inner = stack.pop()
        if isinstance(value, list):
            stack.extend((one, is_inner) for one in value)
        elif isinstance(value, dict) and not (is_inner and is_clr(value)):
            yield value, is_inner
            stack.extend((each, is_inner or name == "verifiableCredential")
                         for name, each in value.items() if name not in _UNREAD)
