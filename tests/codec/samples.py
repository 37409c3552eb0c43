"""Small documents for the tests of linked data. Values are invented."""

from __future__ import annotations

from functools import cache
from typing import Any

from tests.conftest import ASSETS
from wallet.codec.linked_data.contexts import Contexts, ContextSet

VC_1 = "https://www.w3.org/2018/credentials/v1"
VC_2 = "https://www.w3.org/ns/credentials/v2"
OB_3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
ED25519_2020 = "https://w3id.org/security/suites/ed25519-2020/v1"


@cache
def contexts() -> Contexts:
    return Contexts.pinned(ASSETS / "contexts")


def newest(*addresses: str) -> ContextSet:
    return contexts().variants(addresses or (VC_2, OB_3))[0]


def badge(**changes: Any) -> dict[str, Any]:
    """An unsigned badge with a list, numbers, nested objects and an image."""
    document: dict[str, Any] = {
        "@context": [VC_2, OB_3],
        "id": "urn:uuid:9d2c1e0e-7b33-4f8e-8a5c-0f1d2e3c4b5a",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {
            "id": "https://uni.example/issuers/7",
            "type": ["Profile"],
            "name": "University of Exempla",
        },
        "validFrom": "2026-05-12T09:30:00Z",
        "name": "Data Analysis Foundations",
        "credentialSubject": {
            "id": "did:example:maya",
            "type": ["AchievementSubject"],
            "creditsEarned": 5,
            "achievement": {
                "id": "https://uni.example/achievements/12",
                "type": ["Achievement"],
                "name": "Data Analysis",
                "description": "Cleans tables.",
                "criteria": {"narrative": "Two projects."},
                "tag": ["statistics", "tables"],
                "resultDescription": [
                    {
                        "id": "urn:uuid:0b1f8f3c-1111-4222-8333-444455556666",
                        "type": ["ResultDescription"],
                        "name": "Grade",
                        "resultType": "LetterGrade",
                        "allowedValue": ["A", "B", "C"],
                    }
                ],
            },
        },
    }
    return document | changes


def subject(**changes: Any) -> dict[str, Any]:
    """A badge whose subject has these members."""
    document = badge()
    return document | {"credentialSubject": document["credentialSubject"] | changes}


def endorsement() -> dict[str, Any]:
    """An endorsement credential: a document of its own."""
    return {
        "@context": [VC_2, OB_3],
        "id": "urn:uuid:endorsement",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "issuer": {"id": "https://guild.example", "type": ["Profile"], "name": "Guild"},
        "validFrom": "2026-05-13T00:00:00Z",
        "credentialSubject": {
            "id": "https://uni.example/achievements/12",
            "type": ["EndorsementSubject"],
            "endorsementComment": "Sound.",
        },
    }
