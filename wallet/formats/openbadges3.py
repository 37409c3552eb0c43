"""Open Badges 3.0: the shape its types promise, and what an achievement credential says.

The type names that the model fixes for its members are structure, not schema: a node in the place of a
Profile that says it is something else was not meant as one. A further type beside the fixed one is
allowed. Open Badges 3.0 §B.1 (data models); the endorsements inside are documents of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from wallet.model.credential import Achievement, JsonObject, Skill
from wallet.model.reasons import Reason, ReasonCode

from .members import contexts, first_object, identifier, many, objects, strings, text, texts, types
from .pictures import inline_picture, remote_picture
from .vc import CREDENTIAL_TYPE, Findings

ACHIEVEMENT_CREDENTIAL: Final = frozenset({"AchievementCredential", "OpenBadgeCredential"})
ENDORSEMENT_CREDENTIAL: Final = "EndorsementCredential"
CONTEXT_PREFIX: Final = "https://purl.imsglobal.org/spec/ob/v3p0/"
_MAX_LINES: Final = 500  # of skills, results and evidence; more is no page for people


@dataclass(frozen=True, slots=True)
class Node:
    """What the model fixes for one kind of node.

    Attributes:
        type: The name its `type` must contain.
        members: Which of its members are nodes, and of which kind.
        required: Members that must be there.
        references: Members that name another node, and say nothing else of it.
        typed: Whether `type` itself is required; where not, a given type must still be right.
    """

    type: str
    members: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    required: tuple[str, ...] = ()
    typed: bool = False
    references: tuple[str, ...] = ()


_ACHIEVEMENT_MEMBERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "alignment": "Alignment",
        "creator": "Profile",
        "criteria": "Criteria",
        "image": "Image",
        "otherIdentifier": "IdentifierEntry",
        "related": "Related",
        "resultDescription": "ResultDescription",
    }
)
NODES: Final[Mapping[str, Node]] = MappingProxyType(
    {
        "Profile": Node(
            "Profile",
            {
                "address": "Address",
                "otherIdentifier": "IdentifierEntry",
                "image": "Image",
                "parentOrg": "Profile",
            },
        ),
        "AchievementSubject": Node(
            "AchievementSubject",
            {
                "achievement": "Achievement",
                "identifier": "IdentityObject",
                "source": "Profile",
                "result": "Result",
                "image": "Image",
            },
            ("achievement",),
            typed=True,
        ),
        "EndorsementSubject": Node("EndorsementSubject", {}, ("id",), typed=True),
        "Achievement": Node(
            "Achievement", _ACHIEVEMENT_MEMBERS, ("id", "name", "description", "criteria"), typed=True
        ),
        "Alignment": Node("Alignment", {}, ("targetName", "targetUrl")),
        "Criteria": Node("Criteria"),
        "Evidence": Node("Evidence", typed=True),
        "Image": Node("Image", {}, ("id",), typed=True),
        "Related": Node("Related", {}, ("id",), typed=True),
        "Result": Node("Result", {"alignment": "Alignment"}, typed=True,
                       references=("resultDescription", "achievedLevel")),
        "ResultDescription": Node(
            "ResultDescription",
            {"alignment": "Alignment", "rubricCriterionLevel": "RubricCriterionLevel"},
            ("id", "name", "resultType"),
            typed=True,
        ),
        "RubricCriterionLevel": Node(
            "RubricCriterionLevel", {"alignment": "Alignment"}, ("id", "name"), typed=True
        ),
        "IdentityObject": Node("IdentityObject", {}, ("hashed", "identityHash", "identityType"), typed=True),
        "IdentifierEntry": Node("IdentifierEntry", {}, ("identifier", "identifierType"), typed=True),
        "Address": Node("Address", {"geo": "GeoCoordinates"}, typed=True),
        "GeoCoordinates": Node("GeoCoordinates", {}, ("latitude", "longitude"), typed=True),
        # CLR 2.0 §B.1
        "ClrSubject": Node(
            "ClrSubject",
            {"achievement": "ClrAchievement", "identifier": "IdentityObject", "association": "Association"},
            typed=True,
        ),
        # A transcript's courses are met without criteria and descriptions.
        "ClrAchievement": Node("Achievement", _ACHIEVEMENT_MEMBERS, ("id", "name"), typed=True),
        "Association": Node("Association", {}, ("associationType", "sourceId", "targetId"), typed=True,
                            references=("sourceId", "targetId")),
    }
)

#: By kind: the name, whether it must be there, the required members, the members that are nodes with their
#: kinds, and those that are references. Laid out for what is asked of every node of every badge.
_RULES: Final = {kind: (node.type, node.typed, node.required, tuple(node.members.items()),
                        node.references)
                 for kind, node in NODES.items()}
#: Members that may be a bare address instead of a node.
_MAY_BE_ADDRESS: Final = frozenset({"Profile", "Image", "Criteria"})
#: Kinds of which readers look at one node only. In two pieces it seals like the whole, and shows less.
_WHOLE: Final = frozenset({"Achievement", "ClrAchievement", "Result", "ResultDescription",
                           "RubricCriterionLevel"})

#: The name of a node, in a text without escapes.
_NAMED: Final = re.compile(rb'"id"\s*:\s*"([^"]*)"')
#: What only the standard itself can ask for: that something is there, or says what it is.
_DEMANDED: Final = frozenset({ReasonCode.MEMBER_MISSING, ReasonCode.TYPE_MISSING})


def uses_context(document: JsonObject) -> bool:
    """Return whether a document names an Open Badges 3.0 context."""
    return any(address.startswith(CONTEXT_PREFIX) for address in contexts(document))


def check_achievement_credential(document: JsonObject, version: str) -> tuple[Reason, ...]:
    """List what breaks the shape of an achievement credential.

    Of one whose words come from another vocabulary nothing is demanded: its type has the name in common.
    """
    findings = Findings()
    _check_credential(document, version, "AchievementSubject", findings)
    if findings.problems and not uses_context(document):
        return tuple([problem for problem in findings.problems if problem.code not in _DEMANDED])
    return tuple(findings.problems)


def check_endorsement(document: JsonObject, version: str) -> tuple[Reason, ...]:
    """List what breaks the shape of an endorsement credential."""
    findings = Findings()
    _check_credential(document, version, "EndorsementSubject", findings)
    return tuple(findings.problems)


def check_node(value: Any, kind: str, path: str, findings: Findings) -> None:
    """Record what breaks the shape of one member that holds one or many nodes of a kind."""
    for one in value if isinstance(value, list) else many(value):
        if isinstance(one, dict):
            _check_one(one, kind, path, findings)
        elif not (isinstance(one, str) and kind in _MAY_BE_ADDRESS):
            findings.wrong(path, one)
    if kind in _WHOLE and isinstance(value, list) and len(value) > 1:
        _check_whole(value, path, findings)


def _check_whole(values: list[Any], path: str, findings: Findings) -> None:
    """Record a node that stands there in several pieces."""
    seen: dict[str, JsonObject] = {}
    for one in values:
        name = one.get("id") if isinstance(one, dict) else None
        if isinstance(name, str) and seen.setdefault(name, one) != one:
            findings.wrong(f"{path}.id", name)


def read_achievement(document: JsonObject) -> Achievement:
    """Read what was achieved, of whatever shape the members have."""
    subject = first_object(document.get("credentialSubject"))
    achievement = first_object(subject.get("achievement"))
    criteria = achievement.get("criteria")
    picture = achievement.get("image") or subject.get("image") or document.get("image")
    return Achievement(
        name=text(achievement.get("name")),
        description=text(achievement.get("description")),
        kind=text(achievement.get("achievementType")),
        criteria=_criteria(criteria),
        criteria_url=identifier(criteria),
        skills=tuple(_skills(subject, achievement))[:_MAX_LINES],
        results=tuple(_results(subject, achievement))[:_MAX_LINES],
        evidence=tuple(_evidence(document, subject))[:_MAX_LINES],
        credits=text(subject.get("creditsEarned")) or text(achievement.get("creditsAvailable")),
        language=text(achievement.get("inLanguage")),
        picture=inline_picture(picture),
        picture_url=remote_picture(picture),
    )


def name_of(document: JsonObject) -> str:
    """Return what the achievement is called, and read nothing else of it."""
    return text(first_object(first_object(document.get("credentialSubject")).get("achievement")).get("name"))


def endorsed_nodes(document: JsonObject) -> tuple[JsonObject, ...]:
    """Return what may carry endorsements: the credential, its achievement, and everybody who is described."""
    subject = first_object(document.get("credentialSubject"))
    achievement, issuer = first_object(subject.get("achievement")), first_object(document.get("issuer"))
    if "creator" in achievement or "source" in subject:
        others = _others_described(subject, achievement)
        return document, achievement, issuer, *(one for one in others if one != issuer)  # who is both is one
    return document, achievement, issuer


def name_told_elsewhere(document: JsonObject, issuer_id: str) -> str:
    """Return what the issuer is called where it is described once more.

    As who made or keeps the achievement, or as the issuer of what a record holds: under a seal over
    statements each of the places may say what the others leave out.
    """
    subject = first_object(document.get("credentialSubject"))
    held = objects(subject.get("verifiableCredential"))
    described = (*_others_described(subject, first_object(subject.get("achievement"))),
                 *(first_object(one.get("issuer")) for one in held))
    names = (text(one.get("name")) for one in described if issuer_id and identifier(one) == issuer_id)
    return next(filter(None, names), "")


def _others_described(subject: JsonObject, achievement: JsonObject) -> tuple[JsonObject, ...]:
    return objects(achievement.get("creator")) + objects(subject.get("source"))


def count_endorsements(document: JsonObject) -> int:
    """Count the endorsements of all that may carry some, sealed in either way."""
    count = 0
    for holder in endorsed_nodes(document):
        if "endorsement" in holder or "endorsementJwt" in holder:
            count += len(objects(holder.get("endorsement"))) + len(strings(holder.get("endorsementJwt")))
    return count


def may_be_in_pieces(document: JsonObject, written: bytes) -> bool:
    """Return whether a thing that a credential is read for may be spoken of in more than one place.

    Args:
        document: What is looked at.
        written: Its text: what no two nodes are named by in it is not described in it twice.
    """
    if b"\\" in written:
        return True  # an escape hides a name
    named = _NAMED.findall(written)
    subject = first_object(document.get("credentialSubject"))
    criteria = first_object(subject.get("achievement")).get("criteria")
    if criteria.__class__ is not dict:
        named.append(identifier(criteria).encode())  # names its node without being one
    return len(set(named)) < len(named)


def _check_credential(document: JsonObject, version: str, subject_kind: str, findings: Findings) -> None:
    # The text also asks for the credential's `id` and for a subject's `id` or `identifier`. Published,
    # validly sealed badges lack both: such a badge is simply one without a name, or a bearer's.
    # Open Badges 3.0 §B.1.1: `validFrom` is required; in its first form, on VC 1.1, it was `issuanceDate`.
    if version == "2.0" and document.get("validFrom") is None:
        findings.missing("validFrom")
    for member, kind in (("issuer", "Profile"), ("credentialSubject", subject_kind), ("evidence", "Evidence"),
                         ("image", "Image")):
        if member in document:
            check_node(document[member], kind, member, findings)


def _check_one(node: JsonObject, kind: str, path: str, findings: Findings) -> None:
    name, typed, required, members, references = _RULES[kind]
    stated = node.get("type")
    if stated != name and not (stated.__class__ is list and name in stated) and (typed or "type" in node):
        findings.untyped(f"{path}.type", name, types(node))
    for member in required:
        found = node.get(member)
        if not found and (found is None or found in ("", [])):
            findings.missing(f"{path}.{member}")
    for member in references:
        if isinstance(node.get(member), dict | list) and not _only_names(node[member]):
            findings.wrong(f"{path}.{member}", node[member])
    for member, inner in members:
        if member in node:
            value = node[member]
            if value.__class__ is dict:
                _check_one(value, inner, f"{path}.{member}", findings)
            else:
                check_node(value, inner, f"{path}.{member}", findings)


def _only_names(value: Any) -> bool:
    return all(isinstance(one, str) or (isinstance(one, dict) and one.keys() <= {"id"})
               for one in many(value))


def _criteria(value: Any) -> str:
    if isinstance(value, str):
        return ""
    return text(first_object(value).get("narrative"))


def _skills(subject: JsonObject, achievement: JsonObject) -> Iterator[Skill]:
    seen: set[str] = set()
    nodes = objects(achievement.get("alignment"))
    for result in objects(subject.get("result")):
        nodes += objects(result.get("alignment"))
    for node in nodes:
        skill = Skill(
            text(node.get("targetName")), text(node.get("targetFramework")), text(node.get("targetUrl"))
        )
        if skill.name and skill.name.casefold() not in seen:
            seen.add(skill.name.casefold())
            yield skill
    for tag in texts(achievement.get("tag")):
        if tag.casefold() not in seen:
            seen.add(tag.casefold())
            yield Skill(tag)


def _results(subject: JsonObject, achievement: JsonObject) -> Iterator[tuple[str, str]]:
    described = {identifier(each): each for each in objects(achievement.get("resultDescription"))}
    for result in objects(subject.get("result")):
        description = described.get(identifier(result.get("resultDescription")), {})
        levels = {
            identifier(level): text(level.get("name"))
            for level in objects(description.get("rubricCriterionLevel"))
        }
        achieved = identifier(result.get("achievedLevel"))
        value = text(result.get("value")) or levels.get(achieved, "") or text(result.get("status"))
        name = text(description.get("name")) or text(first_object(result.get("alignment")).get("targetName"))
        if name or value:
            yield name, value


def _evidence(document: JsonObject, subject: JsonObject) -> Iterator[tuple[str, str]]:
    for node in objects(document.get("evidence")) + objects(subject.get("evidence")):
        name = text(node.get("name")) or text(node.get("narrative")) or text(node.get("description"))
        address = identifier(node)
        if name or address:
            # An attached file travels inside as data; its megabytes are no address to show. A name for
            # something nameless is none either, and no seal covers it.
            yield name, "" if address.startswith(("data:", "_:")) else address


def is_own_type(name: str) -> bool:
    """Return whether a type name only says "this is a credential", not of what."""
    return name in ACHIEVEMENT_CREDENTIAL or name == CREDENTIAL_TYPE
