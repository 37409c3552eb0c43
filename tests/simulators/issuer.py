"""A simulated issuer: mints credentials of every kind in scope, serves its documents, rotates, revokes.

Everything comes out as bytes, as it would come from a stranger. `evidence()` maps each address to the
document that stands there now; keep an earlier mapping to simulate what was fetched before a change.

    issuer = SimulatedIssuer("did:web")
    badge = issuer.badge(entries=(issuer.entry(7),))
    issuer.revoke(7)
    documents = issuer.evidence()
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal
from uuid import NAMESPACE_URL, uuid5

from tests.simulators.signing import JsonObject, SigningKey, base64url, compact_json, compact_jws, embed_proof

IssuerKind = Literal["did:key", "did:web", "did:jwk", "https", "https-jwks"]
Version = Literal["2.0", "1.1"]
Suite = Literal["eddsa-rdfc-2022", "Ed25519Signature2020"]
ListKind = Literal["bitstring", "2021"]
Purpose = Literal["revocation", "suspension"]

V2 = "https://www.w3.org/ns/credentials/v2"
V1 = "https://www.w3.org/2018/credentials/v1"
OB_2_0 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OB_1_1 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json"
ED25519_2020 = "https://w3id.org/security/suites/ed25519-2020/v1"
DATA_INTEGRITY = "https://w3id.org/security/data-integrity/v2"
STATUS_2021 = "https://w3id.org/vc/status-list/2021/v1"

LIST_BITS = 131_072
SEALED_AT = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)
LISTED_AT = datetime(2026, 11, 18, 6, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Badge:
    """What a badge says. Change single members with `dataclasses.replace` or keyword arguments.

    Attributes:
        subject_id: A DID, "" for none.
        email: Whose hash names the recipient, "" for none.
        salt: Behind the e-mail address before hashing.
        picture: A data URI or an address, "" for none.
    """

    title: str = "Data Analysis Foundations"
    description: str = "Cleans, combines and explains tables of data."
    criteria: str = "Two marked projects and a supervised exam."
    skills: tuple[str, ...] = ("Data cleaning", "Statistics")
    subject_id: str = ""
    email: str = "maya@lind.example"
    salt: str = "b4c1"
    valid_from: datetime = SEALED_AT
    valid_until: datetime | None = None
    picture: str = ""
    number: int = 1


class SimulatedIssuer:
    """One issuer with its keys, its documents and its status lists.

    Attributes:
        id: Its DID or https address.
        name: What it calls itself inside what it seals.
        host: Where its lists (and, unless it is a did:key, its documents) are.
        method: Id of the verification method in use.
    """

    def __init__(
        self, kind: IssuerKind = "did:web", *, name: str = "Northbridge University",
        seed: str = "northbridge", host: str = "northbridge.example", algorithm: str = "EdDSA",
    ) -> None:
        self.kind = kind
        self.name = name
        self.host = host
        self.key = SigningKey(algorithm, seed)
        self._seed = seed
        self._keys = [self.key]
        self._set: dict[Purpose, set[int]] = {"revocation": set(), "suspension": set()}
        self._list_kinds: set[tuple[ListKind, Purpose]] = set()

    @property
    def id(self) -> str:
        if self.kind == "did:key":
            return f"did:key:{self._keys[0].multibase}"
        if self.kind == "did:jwk":
            return "did:jwk:" + base64url(compact_json(self._keys[0].jwk))
        return f"did:web:{self.host}" if self.kind == "did:web" else f"https://{self.host}/issuer"

    @property
    def method(self) -> str:
        if self.kind == "did:key":
            return f"{self.id}#{self._keys[0].multibase}"
        return f"{self.id}#0" if self.kind == "did:jwk" else f"{self.id}#key-{len(self._keys)}"

    # --- sealing ---

    def badge(
        self, content: Badge | None = None, *, version: Version = "2.0", suite: Suite = "eddsa-rdfc-2022",
        entries: tuple[JsonObject, ...] = (), created: datetime = SEALED_AT, **changes: object,
    ) -> bytes:
        """An Open Badges 3.0 credential with an embedded proof."""
        document = self.badge_document(content, version=version, entries=entries, **changes)
        return compact_json(self.seal(document, suite=suite, created=created))

    def badge_jwt(
        self, content: Badge | None = None, *, version: Version = "2.0",
        entries: tuple[JsonObject, ...] = (), **changes: object,
    ) -> bytes:
        """The same as compact JWS: the credential as payload (2.0) or inside `vc` (1.1)."""
        document = self.badge_document(content, version=version, entries=entries, **changes)
        return self.seal_jwt(document)

    def credential(
        self, claims: JsonObject | None = None, *, version: Version = "2.0",
        suite: Suite = "eddsa-rdfc-2022", entries: tuple[JsonObject, ...] = (),
        valid_from: datetime = SEALED_AT, valid_until: datetime | None = None,
    ) -> bytes:
        """A plain Verifiable Credential, no badge."""
        document: JsonObject = {
            "@context": [V2 if version == "2.0" else V1],
            "id": self._uuid("credential", repr(claims)),
            "type": ["VerifiableCredential"],
            "issuer": self.id,
            **_dates(version, valid_from, valid_until),
            "credentialSubject": claims or {"id": "did:example:learner"},
            **_entries(entries),
        }
        self._add_list_context(document, entries, version)
        return compact_json(self.seal(document, suite=suite, created=valid_from))

    def badge_document(
        self, content: Badge | None = None, *, version: Version = "2.0",
        entries: tuple[JsonObject, ...] = (), **changes: object,
    ) -> JsonObject:
        """The badge without its proof."""
        badge = replace(content or Badge(), **changes)  # type: ignore[arg-type] # checked by replace itself
        document: JsonObject = {
            "@context": [V2, OB_2_0] if version == "2.0" else [V1, OB_1_1],
            "id": self._uuid("badge", f"{badge.title} {badge.number}"),
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": badge.title,
            "issuer": {"id": self.id, "type": ["Profile"], "name": self.name, "url": f"https://{self.host}/"},
            **_dates(version, badge.valid_from, badge.valid_until),
            "credentialSubject": _subject(badge, self.host),
            **_entries(entries),
        }
        self._add_list_context(document, entries, version)
        return document

    def seal(self, document: JsonObject, *, suite: Suite = "eddsa-rdfc-2022",
             created: datetime = SEALED_AT) -> JsonObject:
        """Add a proof by the key in use, and the context the suite needs, to any document."""
        contexts = list(document["@context"])
        if suite == "Ed25519Signature2020":
            contexts.append(ED25519_2020)
        elif V1 in contexts:
            contexts.append(DATA_INTEGRITY)
        return embed_proof({**document, "@context": contexts}, self.key, suite=suite, method=self.method,
                           created=_text(created))

    def seal_jwt(self, document: JsonObject, **header: str) -> bytes:
        """Seal any credential document as compact JWS."""
        claims: JsonObject = {"iss": self.id, "jti": document["id"]}
        subject = document["credentialSubject"].get("id")
        if subject:
            claims["sub"] = subject
        begins: str = document.get("validFrom") or document["issuanceDate"]
        ends = document.get("validUntil", document.get("expirationDate"))
        claims["nbf"] = int(datetime.fromisoformat(begins).timestamp())
        if ends:
            claims["exp"] = int(datetime.fromisoformat(ends).timestamp())
        payload = {**claims, "vc": document} if V1 in document["@context"] else {**document, **claims}
        return compact_jws(payload, self.key, {"typ": "JWT", "kid": self.method, **header})

    # --- status ---

    def entry(self, index: int, purpose: Purpose = "revocation", kind: ListKind = "bitstring") -> JsonObject:
        """A status entry for a credential; its list is part of `evidence()` from now on."""
        self._list_kinds.add((kind, purpose))
        address = self.list_address(purpose, kind)
        return {"id": f"{address}#{index}",
                "type": "BitstringStatusListEntry" if kind == "bitstring" else "StatusList2021Entry",
                "statusPurpose": purpose, "statusListIndex": str(index), "statusListCredential": address}

    def list_address(self, purpose: Purpose = "revocation", kind: ListKind = "bitstring") -> str:
        return f"https://{self.host}/status/{kind}-{purpose}"

    def revoke(self, index: int) -> None:
        self._set["revocation"].add(index)

    def suspend(self, index: int) -> None:
        self._set["suspension"].add(index)

    def resume(self, index: int) -> None:
        self._set["suspension"].discard(index)

    def status_list(
        self, purpose: Purpose = "revocation", kind: ListKind = "bitstring", *, listed: datetime = LISTED_AT,
        until: datetime | None = None, bits: int = LIST_BITS, as_jwt: bool = False,
    ) -> bytes:
        """The status list credential with the bits as they are now."""
        array = bytearray(bits // 8)
        for index in self._set[purpose]:
            array[index // 8] |= 0x80 >> index % 8  # the first bit is the most significant one
        encoded = base64url(gzip.compress(bytes(array), mtime=0))
        address = self.list_address(purpose, kind)
        new = kind == "bitstring"
        name = "BitstringStatusList" if new else "StatusList2021"
        document: JsonObject = {
            "@context": [V2] if new else [V1, STATUS_2021],
            "id": address,
            "type": ["VerifiableCredential", f"{name}Credential"],
            "issuer": self.id,
            **_dates("2.0" if new else "1.1", listed, until),
            "credentialSubject": {"id": f"{address}#list", "type": name, "statusPurpose": purpose,
                                  "encodedList": ("u" if new else "") + encoded},
        }
        if as_jwt:
            return self.seal_jwt(document)
        return compact_json(self.seal(document, suite="eddsa-rdfc-2022" if new else "Ed25519Signature2020",
                                      created=listed))

    # --- documents ---

    def rotate(self) -> None:
        """Use a new key; the documents list only the new one from now on. A did:key cannot rotate."""
        assert self.kind not in ("did:key", "did:jwk")
        self.key = SigningKey(self.key.algorithm, f"{self._seed} {len(self._keys)}")
        self._keys.append(self.key)

    def controller_document(self) -> bytes:
        """What the issuer's own address serves: did.json, an issuer profile with keys, or a JWK set."""
        if self.kind == "https-jwks":
            named = {**self.key.jwk, "kid": self.method.partition("#")[2], "alg": self.key.algorithm}
            return compact_json({"keys": [named]})
        multikey = self.kind == "did:web" and bool(self.key.multibase)
        public = ({"publicKeyMultibase": self.key.multibase} if multikey
                  else {"publicKeyJwk": self.key.jwk})
        head: JsonObject = {"@context": ["https://www.w3.org/ns/did/v1"], "id": self.id}
        if self.kind == "https":
            head = {"@context": [V2, OB_2_0], "id": self.id, "type": "Profile", "name": self.name,
                    "url": f"https://{self.host}/"}
        return compact_json({
            **head,
            "verificationMethod": [{"id": self.method, "type": "Multikey" if multikey else "JsonWebKey",
                                    "controller": self.id, **public}],
            "assertionMethod": [self.method],
        })

    def evidence(self) -> dict[str, bytes]:
        """Every document this issuer serves now, by address."""
        lists = {self.list_address(purpose, kind): self.status_list(purpose, kind)
                 for kind, purpose in sorted(self._list_kinds)}
        if self.kind in ("did:key", "did:jwk"):
            return lists
        return {self.id: self.controller_document(), **lists}

    # --- inside ---

    def _uuid(self, kind: str, name: str) -> str:
        return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{self.host} {kind} {name}')}"

    @staticmethod
    def _add_list_context(document: JsonObject, entries: tuple[JsonObject, ...], version: Version) -> None:
        if any(entry["type"] == "StatusList2021Entry" for entry in entries):
            document["@context"].append(STATUS_2021)
        elif entries and version == "1.1":
            document["@context"].append("https://www.w3.org/ns/credentials/status/v1")


def hashed_email(email: str, salt: str = "") -> str:
    """`sha256$hex` of the address and the salt, as an IdentityObject has it."""
    return "sha256$" + hashlib.sha256((email + salt).encode()).hexdigest()


def days(count: int) -> timedelta:
    """That many days."""
    return timedelta(days=count)


def _subject(badge: Badge, host: str) -> JsonObject:
    subject: JsonObject = {"type": ["AchievementSubject"]}
    if badge.subject_id:
        subject = {"id": badge.subject_id, **subject}
    if badge.email:
        salt = {"salt": badge.salt} if badge.salt else {}
        subject["identifier"] = [{
            "type": "IdentityObject", "hashed": True, **salt, "identityType": "emailAddress",
            "identityHash": hashed_email(badge.email, badge.salt)}]
    address = f"https://{host}/achievements/{badge.number}"
    subject["achievement"] = {
        "id": address, "type": ["Achievement"], "achievementType": "Course", "name": badge.title,
        "description": badge.description, "criteria": {"narrative": badge.criteria},
        **({"image": {"id": badge.picture, "type": "Image"}} if badge.picture else {}),
        "alignment": [{"type": ["Alignment"], "targetName": skill,
                       "targetUrl": f"https://skills.example/{place}"}
                      for place, skill in enumerate(badge.skills, 1)],
    }
    return subject


def _dates(version: Version, begins: datetime, ends: datetime | None) -> JsonObject:
    first, last = ("validFrom", "validUntil") if version == "2.0" else ("issuanceDate", "expirationDate")
    return {first: _text(begins)} | ({last: _text(ends)} if ends else {})


def _entries(entries: tuple[JsonObject, ...]) -> JsonObject:
    if not entries:
        return {}
    return {"credentialStatus": entries[0] if len(entries) == 1 else list(entries)}


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
