"""What the generators share: honest issuer, attacker, what they publish, and edits to what is sealed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.attacks.cases import File
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.signing import JsonObject, compact_json
from tests.verify.desk import attacker, documents, edited, university
from wallet.model.evidence import EvidenceDocument, Grade

__all__ = ["attacker", "edited", "evidence_of", "judged_file", "sealed", "university", "unsealed"]

Edit = Callable[[JsonObject], object]


def evidence_of(*issuers: SimulatedIssuer, grade: Grade = Grade.SUPPLIED,
                **served: bytes) -> tuple[EvidenceDocument, ...]:
    """Everything these parties publish now."""
    return tuple(one for issuer in issuers for one in documents(issuer.evidence() | served, grade=grade))


def judged_file(data: bytes, *issuers: SimulatedIssuer, **more: Any) -> File:
    """A file, and what these issuers publish as evidence supplied by the person who checks."""
    return File(data, evidence_of(*issuers), **more)


def sealed(issuer: SimulatedIssuer, edit: Edit, **badge: Any) -> bytes:
    """A badge that the issuer seals after the edit."""
    document = issuer.badge_document(**badge)
    edit(document)
    return compact_json(issuer.seal(document))


def unsealed(issuer: SimulatedIssuer, edit: Edit, **badge: Any) -> bytes:
    """A sealed badge after an edit that nobody sealed."""
    return edited(issuer.badge(**badge), edit)


def achievement(document: JsonObject) -> JsonObject:
    """The achievement inside a badge."""
    found: JsonObject = document["credentialSubject"]["achievement"]
    return found


def as_text(data: bytes) -> JsonObject:
    """Read our own JSON."""
    found: JsonObject = json.loads(data)
    return found


def filled(text: str) -> bytes:
    """A sealed badge that says this in every text it has."""
    issuer = university("did:key", name=text)

    def edit(one: dict[str, Any]) -> None:
        one["name"] = text
        about = achievement(one)
        about.update(name=text, description=text, criteria={"narrative": text}, tag=[text],
                     fieldOfStudy=text, humanCode=text)
        for skill in about["alignment"]:
            skill.update(targetName=text, targetFramework=text)
        one["evidence"] = [{"id": "https://northbridge.example/e/1", "type": ["Evidence"], "name": text,
                            "narrative": text, "description": text}]

    return sealed(issuer, edit)
