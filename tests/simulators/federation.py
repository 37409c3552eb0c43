"""A simulated federation: anchors, intermediates and their signed statements; and keys that sign lists.

Signs straight on `cryptography`, so that a mistake in the wallet's own code cannot hide behind the same
mistake here. OpenID Federation 1.0 §3; the members are those that public registries send.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.simulators.signing import JsonObject, base64url, compact_json
from wallet.keys.keypair import PublicKey, public_key_from_jwk
from wallet.model.evidence import EvidenceDocument, EvidenceKind, Grade
from wallet.trust.federation import configuration_address, list_address, statement_address

_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
LIFE = timedelta(days=1)


class SimulatedKey:
    """A key pair from a seed, with the id that statements name it by."""

    def __init__(self, seed: str, kind: str = "ES256") -> None:
        self.kid = f"{seed}-key1"
        self.kind = kind
        digest = hashlib.sha256(seed.encode()).digest()
        self._edwards = ed25519.Ed25519PrivateKey.from_private_bytes(digest)
        self._curve = ec.derive_private_key(int.from_bytes(digest, "big") % (_ORDER - 1) + 1, ec.SECP256R1())

    def jwk(self) -> JsonObject:
        """The public key."""
        if self.kind == "EdDSA":
            raw = self._edwards.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
            return {"kty": "OKP", "crv": "Ed25519", "kid": self.kid, "x": base64url(raw)}
        numbers = self._curve.public_key().public_numbers()
        return {"kty": "EC", "crv": "P-256", "kid": self.kid,
                "x": base64url(numbers.x.to_bytes(32, "big")), "y": base64url(numbers.y.to_bytes(32, "big"))}

    @property
    def public(self) -> PublicKey:
        """The public key as the wallet holds it."""
        return public_key_from_jwk(self.jwk())

    def sign(self, payload: bytes, **header: Any) -> str:
        """A compact JWS over these bytes."""
        protected = {"alg": self.kind, "kid": self.kid} | header
        signed = f"{base64url(compact_json(protected))}.{base64url(payload)}"
        return f"{signed}.{base64url(self._signature(signed.encode()))}"

    def _signature(self, message: bytes) -> bytes:
        if self.kind == "EdDSA":
            return self._edwards.sign(message)
        r, s = decode_dss_signature(self._curve.sign(message, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")


@dataclass
class SimulatedEntity:
    """An anchor, an intermediate or an https issuer.

    Attributes:
        id: Its https address.
        hints: Its superiors.
        lists: Whether it says where it names the intermediates below it.
    """

    id: str
    issued: datetime
    hints: tuple[str, ...] = ()
    lists: bool = False
    key: SimulatedKey = field(init=False)

    def __post_init__(self) -> None:
        self.key = SimulatedKey(self.id)

    @property
    def endpoint(self) -> str:
        """Where it answers about others."""
        return f"{self.id}/fetch"

    def claims(self, subject: str, **members: Any) -> JsonObject:
        """What a statement of its own says before it is signed."""
        seconds = int(self.issued.timestamp())
        return {"iss": self.id, "sub": subject, "iat": seconds, "exp": seconds + int(LIFE.total_seconds()),
                "jti": "bdmrixn80dm"} | members

    def configuration(self, **members: Any) -> JsonObject:
        """What it says about itself."""
        entity = {"organization_name": f"Registry of {self.id}", "federation_fetch_endpoint": self.endpoint,
                  "homepage_uri": self.id, "logo_uri": "data:image/png;base64,AAAA"}
        if self.lists:
            entity["federation_list_endpoint"] = f"{self.id}/list"
        own = {"jwks": {"keys": [self.key.jwk()]}, "metadata": {"federation_entity": entity}}
        if self.hints:
            own["authority_hints"] = list(self.hints)
        return self.claims(self.id, **(own | members))

    def about(self, subject: str, name: str = "Northbridge University", **members: Any) -> JsonObject:
        """What it says about an issuer, as the public registries write it."""
        metadata = {"federation_entity": {"organization_name": name, "homepage_uri": "https://nb.example"},
                    "institution_additional_information": {"legal_name": f"{name}, Inc."},
                    "ror_entity": {"rorid": "042nb2s44", "ror_url": "https://ror.org/042nb2s44"}}
        return self.claims(subject, **({"metadata": metadata} | members))

    def above(self, member: SimulatedEntity, **members: Any) -> JsonObject:
        """What it says about an entity below it: above all, its keys."""
        return self.claims(member.id, **({"jwks": {"keys": [member.key.jwk()]}} | members))

    def signed(self, claims: JsonObject, **header: Any) -> bytes:
        """The statement, signed by this entity."""
        protected = {"typ": "entity-statement+jwt"} | header
        return self.key.sign(json.dumps(claims).encode(), **protected).encode()

    def own_document(self, fetched: datetime | None = None, **members: Any) -> EvidenceDocument:
        """Its configuration, where it is kept."""
        return kept(configuration_address(self.id), self.signed(self.configuration(**members)), fetched)

    def document_about(self, subject: str, fetched: datetime | None = None, **members: Any,
                       ) -> EvidenceDocument:
        """Its statement about an issuer, where it is kept."""
        data = self.signed(self.about(subject, **members))
        return kept(statement_address(self.endpoint, subject), data, fetched)

    def document_listing(self, *below: str) -> EvidenceDocument:
        """Its list of the intermediates right below it, where it is kept; nothing in it is signed."""
        return kept(list_address(f"{self.id}/list"), json.dumps(below).encode())

    def document_denying(self, subject: str, fetched: datetime | None = None) -> EvidenceDocument:
        """Its answer that it does not know somebody."""
        return kept(statement_address(self.endpoint, subject), b'{"error":"not_found"}', fetched)

    def document_above(self, member: SimulatedEntity, **members: Any) -> EvidenceDocument:
        """Its statement about an entity below it, where it is kept."""
        return kept(statement_address(self.endpoint, member.id), self.signed(self.above(member, **members)))


def kept(address: str, data: bytes, fetched: datetime | None = None, grade: Grade = Grade.FETCHED,
         ) -> EvidenceDocument:
    """A document as the store keeps it."""
    digest = hashlib.sha256(data).hexdigest()
    return EvidenceDocument(address, EvidenceKind.REGISTRY, data, digest, grade, "registry.example", fetched)
