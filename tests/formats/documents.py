"""Documents the format tests start from: one good example of each shape, with single members changed."""

from __future__ import annotations

import json
from typing import Any

from wallet.codec.encoding import base64url_encode
from wallet.formats.vc import V1_CONTEXT, V2_CONTEXT
from wallet.model.credential import JsonObject
from wallet.model.reasons import Reason, ReasonCode

OB_CONTEXT = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
ISSUER = "did:web:harbor.example"
LEARNER = "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ8XJPt4swbTQ2"
PROOF = {
    "type": "DataIntegrityProof",
    "cryptosuite": "eddsa-rdfc-2022",
    "created": "2026-01-02T03:04:05Z",
    "verificationMethod": f"{ISSUER}#key-1",
    "proofPurpose": "assertionMethod",
    "proofValue": "z3abc",
}


def achievement(**changes: Any) -> JsonObject:
    """An achievement with everything that is shown."""
    return {
        "id": "https://harbor.example/achievements/rope",
        "type": ["Achievement"],
        "name": "Rope Work",
        "description": "Knots and splices.",
        "criteria": {"narrative": "Tie eight knots blindfolded."},
        "achievementType": "Course",
        "tag": ["knots", "Safety"],
        "alignment": [
            {
                "type": ["Alignment"],
                "targetName": "Safety",
                "targetFramework": "ESCO",
                "targetUrl": "http://data.europa.eu/esco/skill/1",
            }
        ],
    } | changes


def badge(**changes: Any) -> JsonObject:
    """An Open Badges 3.0 credential on VC 2.0, with a proof whose value is nonsense."""
    return {
        "@context": [V2_CONTEXT, OB_CONTEXT],
        "id": "urn:uuid:00000000-0000-4000-8000-000000000001",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {
            "id": ISSUER,
            "type": ["Profile"],
            "name": "Harbor College",
            "url": "https://harbor.example",
        },
        "validFrom": "2026-01-02T00:00:00Z",
        "validUntil": "2029-01-02T00:00:00Z",
        "name": "Certificate of Ada",
        "credentialSubject": {"id": LEARNER, "type": ["AchievementSubject"], "achievement": achievement()},
        "proof": PROOF,
    } | changes


def subject(**changes: Any) -> JsonObject:
    """The badge's subject, changed."""
    return {"id": LEARNER, "type": ["AchievementSubject"], "achievement": achievement()} | changes


def first_version(**changes: Any) -> JsonObject:
    """The same badge on VC 1.1."""
    document = badge() | {
        "@context": [V1_CONTEXT, OB_CONTEXT],
        "issuanceDate": "2026-01-02T00:00:00Z",
        "expirationDate": "2029-01-02T00:00:00Z",
    }
    del document["validFrom"], document["validUntil"]
    return document | changes


def presentation(*items: Any, **changes: Any) -> JsonObject:
    """A presentation of VC 2.0 that answers a challenge."""
    proof = PROOF | {
        "proofPurpose": "authentication",
        "challenge": "n-1",
        "domain": "harbor.example",
        "expires": "2026-02-01T00:00:00Z",
    }
    return {
        "@context": [V2_CONTEXT],
        "type": ["VerifiablePresentation"],
        "holder": LEARNER,
        "verifiableCredential": list(items),
        "proof": proof,
    } | changes


def status_list(encoded: str, kind: str = "BitstringStatusList", **changes: Any) -> JsonObject:
    """A status list credential."""
    return {
        "@context": [V2_CONTEXT],
        "type": ["VerifiableCredential", f"{kind}Credential"],
        "issuer": ISSUER,
        "credentialSubject": {"type": kind, "statusPurpose": "revocation", "encodedList": encoded},
    } | changes


def token(claims: JsonObject, **header: Any) -> str:
    """A compact JWS around claims; its signature is nonsense."""
    head = {"alg": "EdDSA", "typ": "JWT", "kid": f"{ISSUER}#key-1"} | header
    parts = (
        json.dumps({name: value for name, value in head.items() if value is not None}),
        json.dumps(claims),
    )
    return ".".join((*(base64url_encode(part.encode()) for part in parts), base64url_encode(b"s" * 64)))


def without(document: JsonObject, *members: str) -> JsonObject:
    """The document without some of its members."""
    return {name: value for name, value in document.items() if name not in members}


def data(document: Any) -> bytes:
    """The document as a file."""
    return json.dumps(document, ensure_ascii=False).encode()


def said(reasons: tuple[Reason, ...]) -> list[tuple[ReasonCode, str]]:
    """What is wrong, and where."""
    return [(one.code, one["member"]) for one in reasons]
