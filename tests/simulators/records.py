"""Documents inside documents, minted by a simulated issuer: records and endorsed badges."""

from __future__ import annotations

from typing import Any

from tests.simulators.issuer import OB_2_0, V2, SimulatedIssuer
from tests.simulators.signing import JsonObject

CLR = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"


def record(issuer: SimulatedIssuer, items: list[Any],
           name: str = "urn:uuid:5d1f0f3a-2f9d-4e0f-9a6c-7a3f0c1b2d4e") -> JsonObject:
    """A sealed CLR with these credentials inside, whatever they are."""
    return issuer.seal({
        "@context": [V2, CLR, OB_2_0],
        "id": name,
        "type": ["VerifiableCredential", "ClrCredential"],
        "name": "Transcript",
        "issuer": {"id": issuer.id, "type": ["Profile"], "name": issuer.name},
        "validFrom": "2026-05-12T09:30:00Z",
        "credentialSubject": {"type": ["ClrSubject"], "verifiableCredential": items},
    })


def endorsement(issuer: SimulatedIssuer, of: str, comment: str = "Well taught.") -> JsonObject:
    """A sealed endorsement of the thing with that id."""
    return issuer.seal({
        "@context": [V2, OB_2_0],
        "id": "urn:uuid:0d2b7a6e-63d4-4a5e-8f4f-0f6c7e9b1a2c",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": "Endorsement",
        "issuer": {"id": issuer.id, "type": ["Profile"], "name": issuer.name},
        "validFrom": "2026-05-12T09:30:00Z",
        "credentialSubject": {"id": of, "type": ["EndorsementSubject"], "endorsementComment": comment},
    })


def endorsed_badge(issuer: SimulatedIssuer, *endorsements: JsonObject, **tokens: list[str]) -> JsonObject:
    """A sealed badge that carries these endorsements of itself."""
    return issuer.seal({**issuer.badge_document(), "endorsement": list(endorsements), **tokens})
