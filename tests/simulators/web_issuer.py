"""An issuer of the time before Open Badges 3.0: three documents per award on its website, or a signature.

Mints assertions of 0.5, 1.0, 1.1 and 2.0 with badge class, profile, key document and revocation list, each at
its own address. Open Badges 2.0 §4.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import serialization

from tests.simulators.issuer import hashed_email
from tests.simulators.signing import JsonObject, SigningKey, compact_json, compact_jws

V1 = "https://w3id.org/openbadges/v1"
V2 = "https://w3id.org/openbadges/v2"
EMAIL, SALT = "maya@lind.example", "9f1c"


@dataclass
class WebIssuer:
    """One website that awards badges.

    Attributes:
        host: Where everything is kept.
        profile_changes, badge_changes: Members to set in its profile and its badge class.
        revoked: What its revocation list names, None for an issuer without one.
    """

    host: str = "harbor.example"
    profile_changes: JsonObject = field(default_factory=dict)
    badge_changes: JsonObject = field(default_factory=dict)
    revoked: list[Any] | None = None
    seed: str = "harbor"

    @property
    def key(self) -> SigningKey:
        return SigningKey("RS256", self.seed)

    def at(self, path: str) -> str:
        return f"https://{self.host}/{path}"

    @property
    def id(self) -> str:
        return self.at("i/3")

    # --- documents ---

    def profile(self) -> JsonObject:
        listed = {} if self.revoked is None else {"revocationList": self.at("revoked")}
        return {"@context": V2, "type": "Issuer", "id": self.id, "name": "Harbor College",
                "url": self.at(""), "email": "badges@harbor.example", "publicKey": self.at("key"), **listed,
                **self.profile_changes}

    def badge_class(self) -> JsonObject:
        return {"@context": V2, "type": "BadgeClass", "id": self.at("b/9"), "name": "Rope Work",
                "description": "Knots and splices.", "criteria": {"narrative": "Tie eight knots."},
                "image": self.at("b/9.png"), "issuer": self.id, "tags": ["knots"],
                "alignment": [{"targetName": "Safety", "targetUrl": "https://skills.example/1"}],
                **self.badge_changes}

    def key_document(self) -> JsonObject:
        pem = self.key.private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        return {"@context": V2, "type": "CryptographicKey", "id": self.at("key"), "owner": self.id,
                "publicKeyPem": pem.decode()}

    def revocation_list(self) -> JsonObject:
        return {"@context": V2, "type": "RevocationList", "id": self.at("revoked"), "issuer": self.id,
                "revokedAssertions": self.revoked}

    def definitions(self) -> dict[str, bytes]:
        """Everything it serves but the assertions."""
        served = {self.id: self.profile(), self.at("b/9"): self.badge_class(),
                  self.at("key"): self.key_document()}
        if self.revoked is not None:
            served[self.at("revoked")] = self.revocation_list()
        return {address: compact_json(document) for address, document in served.items()}

    def served(self, record: JsonObject, address: str = "") -> dict[str, bytes]:
        """Everything, with one assertion at its own address."""
        return {**self.definitions(), address or self.at("a/1"): compact_json(record)}

    # --- awards ---

    def assertion(self, **changes: Any) -> JsonObject:
        """A hosted assertion of 2.0."""
        return {"@context": V2, "type": "Assertion", "id": self.at("a/1"), "badge": self.at("b/9"),
                "recipient": {"type": "email", "hashed": True, "salt": SALT,
                              "identity": hashed_email(EMAIL, SALT)},
                "issuedOn": "2024-04-01T14:41:00Z", "verification": {"type": "hosted"}, **changes}

    def signed(self, *, key: SigningKey | None = None, **changes: Any) -> bytes:
        """A signed assertion of 2.0: a compact JWS."""
        claims = {"verification": {"type": "SignedBadge", "creator": self.at("key")},
                  "id": "urn:uuid:00000000-0000-4000-8000-000000000001", **changes}
        return compact_jws(self.assertion(**claims), key or self.key, {"typ": "JWT"})

    def assertion_1_0(self, **changes: Any) -> JsonObject:
        """A hosted assertion of 1.0: no context, no type, seconds for a date."""
        return {"uid": "a1", "recipient": {"type": "email", "hashed": False, "identity": EMAIL},
                "badge": self.at("b/9"), "verify": {"type": "hosted", "url": self.at("a/1")},
                "issuedOn": 1359676800, **changes}

    def assertion_0_5(self, **changes: Any) -> JsonObject:
        """An assertion of 0.5: the badge inside, no address anywhere."""
        return {"recipient": hashed_email(EMAIL, SALT), "salt": SALT, "badge": {
            "version": "0.5.0", "name": "Rope Work", "image": self.at("b/9.png"),
            "description": "Knots and splices.", "criteria": self.at("b/9.html"),
            "issuer": {"origin": f"https://{self.host}", "name": "Harbor College"}}, **changes}
