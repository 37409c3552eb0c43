"""CLR 2.0: the outer envelope of a Comprehensive Learner Record, many achievements in one.

The credentials inside are counted and named, not verified here; each carries its own proof. Comprehensive
Learner Record 2.0 §B.1.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from wallet.model.credential import Achievement, JsonObject
from wallet.model.reasons import Reason

from .members import first_object, identifier, many, objects, strings, text, types
from .openbadges3 import check_node
from .vc import Findings

CLR_CREDENTIAL: Final = "ClrCredential"
_MAX_LINES: Final = 500


def is_clr(document: JsonObject) -> bool:
    """Return whether a credential calls itself a CLR."""
    return CLR_CREDENTIAL in types(document)


def check_clr(document: JsonObject, version: str) -> tuple[Reason, ...]:
    """List what breaks the shape of the envelope."""
    findings = Findings()
    if version == "2.0" and document.get("validFrom") is None:
        findings.missing("validFrom")
    check_node(document.get("issuer"), "Profile", "issuer", findings)
    check_node(document.get("credentialSubject"), "ClrSubject", "credentialSubject", findings)
    for subject in objects(document.get("credentialSubject")):
        if not many(subject.get("verifiableCredential")):
            findings.missing("credentialSubject.verifiableCredential")
    return tuple(findings.problems)


def without_inner(document: JsonObject) -> JsonObject:
    """Return the record without the credentials inside, which are bounded and judged one by one."""
    subjects = [
        {key: value for key, value in subject.items() if key != "verifiableCredential"}
        for subject in objects(document.get("credentialSubject"))
    ]
    return {**document, "credentialSubject": subjects}


def count_inner(document: JsonObject) -> int:
    """Count the credentials inside."""
    subject = first_object(document.get("credentialSubject"))
    return len(objects(subject.get("verifiableCredential"))) + len(
        strings(subject.get("verifiableCredential"))
    )


def read_record(document: JsonObject, first: Achievement) -> Achievement:
    """Return what the record says about itself: its name, and one line for each achievement inside."""
    subject = first_object(document.get("credentialSubject"))
    # Each name once: neither a piece without one nor achievements without an id may take a line away.
    lines = dict.fromkeys((identifier(one), text(one.get("name"))) for one in _achievements(subject))
    results = tuple((name, "") for _, name in lines if name)[:_MAX_LINES]
    return replace(
        first,
        name=text(document.get("name")),
        description=text(document.get("description")),
        results=results,
        skills=(),
        criteria="",
        criteria_url="",
        kind="",
        credits="",
    )


def _achievements(subject: JsonObject) -> tuple[JsonObject, ...]:
    inner = objects(subject.get("verifiableCredential"))
    subjects = tuple(first_object(one.get("credentialSubject")) for one in inner)
    return objects(subject.get("achievement")) + tuple(
        each for one in subjects for each in objects(one.get("achievement"))
    )
