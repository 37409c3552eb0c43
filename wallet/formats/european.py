"""European Digital Credentials: what the European Learning Model says, as far as a learner's view needs it.

Values are texts per language; the issuer's and the learner's names have members of their own. The seal around
such a credential is in `jades`. European Learning Model 3, application profile `edc`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from wallet.model.credential import Achievement, Issuer, JsonObject, Skill, Subject

from .members import first_object, identifier, objects, text, types
from .openbadges3 import name_told_elsewhere

EUROPEAN_TYPE: Final = "EuropeanDigitalCredential"
_MAX_LINES: Final = 500


_NAMES: Final = frozenset({"fullName", "givenName", "familyName"})


def is_european(document: JsonObject) -> bool:
    """Return whether a credential calls itself a European Digital Credential."""
    return EUROPEAN_TYPE in types(document)


def named_issuer(issuer: Issuer, document: JsonObject) -> Issuer:
    """Return the issuer with a name that is kept under another member, or told in another place."""
    if issuer.name:
        return issuer
    profile = first_object(document.get("issuer"))
    return replace(issuer, name=text(profile.get("legalName")) or text(profile.get("prefLabel"))
                   or name_told_elsewhere(document, issuer.id))


def named_subject(subject: Subject, document: JsonObject) -> Subject:
    """Return the subject with the learner's name in full, or put together."""
    if subject.name:
        return subject
    person = first_object(document.get("credentialSubject"))
    if _NAMES.isdisjoint(person):
        return subject
    parts = (text(person.get("givenName")), text(person.get("familyName")))
    name = text(person.get("fullName")) or " ".join([part for part in parts if part])
    return replace(subject, name=name) if name else subject


def read_european(document: JsonObject) -> Achievement:
    """Return what was achieved: the title asked to be shown, and one line per claim."""
    shown = first_object(document.get("displayParameter"))
    claims = objects(first_object(document.get("credentialSubject")).get("hasClaim"))
    return Achievement(
        name=text(shown.get("title")),
        description=text(shown.get("description")),
        kind=next(iter(types(claims[0])), "") if claims else "",
        criteria=_assessed(claims),
        skills=_skills(claims),
        results=tuple(line for claim in claims if any(line := _result(claim)))[:_MAX_LINES],
        credits=_credits(claims),
    )


def _result(claim: JsonObject) -> tuple[str, str]:
    grade = first_object(first_object(claim.get("provenBy")).get("grade"))
    return text(claim.get("title")), text(grade.get("noteLiteral"))


def _assessed(claims: tuple[JsonObject, ...]) -> str:
    titles = (text(proof.get("title")) for claim in claims for proof in objects(claim.get("provenBy")))
    return "; ".join(dict.fromkeys(title for title in titles if title))


def _skills(claims: tuple[JsonObject, ...]) -> tuple[Skill, ...]:
    found: dict[str, Skill] = {}
    for claim in claims:
        for outcome in objects(first_object(claim.get("specifiedBy")).get("learningOutcome")):
            title = text(outcome.get("title"))
            if title:
                found.setdefault(title, Skill(title))
            for related in objects(outcome.get("relatedESCOSkill")):
                label = text(related.get("prefLabel"))
                if label:
                    found.setdefault(label, Skill(label, "ESCO", identifier(related)))
    return tuple(found.values())[:_MAX_LINES]


def _credits(claims: tuple[JsonObject, ...]) -> str:
    for claim in claims:
        points = first_object(first_object(claim.get("specifiedBy")).get("creditPoint"))
        if text(points.get("point")):
            framework = text(first_object(points.get("framework")).get("prefLabel"))
            return " ".join(part for part in (text(points.get("point")), framework) if part)
    return ""
