"""Sample credentials by made-up issuers, minted when they are asked for, so that nothing in them rots.

All dates are counted from the day of asking, and the same day gives the same bytes. The texts, and the
published demo seed the keys are made from, are in `assets/samples/demo.json`; anybody can seal with these
keys, so the samples prove nothing but that the program works.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from wallet.codec.dates import format_datetime
from wallet.codec.encoding import base64url_encode
from wallet.codec.linked_data.contexts import Contexts
from wallet.codec.strict_json import dump_json, parse_object
from wallet.formats.baked import bake_png, bake_svg
from wallet.keys.keypair import HolderKey
from wallet.model.credential import JsonObject
from wallet.model.evidence import EvidenceDocument, Grade
from wallet.model.limits import MIN_STATUS_LIST_BITS
from wallet.model.report import Verdict
from wallet.proofs.data_integrity import create_proof
from wallet.proofs.jws import sign_jws
from wallet.trust.evidence_store import evidence_document

from .files import read_file

_V2: Final = ("https://www.w3.org/ns/credentials/v2",
              "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json")
_V1: Final = ("https://www.w3.org/2018/credentials/v1",
              "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
              "https://w3id.org/vc/status-list/2021/v1")
_SKILLS: Final = "Open skills (Demo)"
_LIST_AGE: Final = timedelta(days=3)
_MODERN: Final = "eddsa-rdfc-2022"


@dataclass(frozen=True, slots=True)
class SampleFile:
    """One sample.

    Attributes:
        name: A plausible file name.
        verdict: What a check says with the evidence of the set at hand.
    """

    name: str
    data: bytes
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class SampleSet:
    """All samples and what proves them.

    Attributes:
        evidence: The demo issuers' own documents and status lists, supplied.
        learner: The made-up person they were issued to.
        identities: Her addresses, hashed inside the samples.
    """

    files: tuple[SampleFile, ...]
    evidence: tuple[EvidenceDocument, ...]
    learner: str
    identities: tuple[str, ...]


def samples(assets: Path, now: datetime) -> SampleSet:
    """Mint the samples and the demo issuers' documents as of today.

    Args:
        assets: The data the program ships with.
        now: Everything in the samples is dated from the beginning of this day (UTC).

    Raises:
        OperationError, CodecError: The shipped data is damaged.
    """
    folder = assets / "samples"
    seed = parse_object(read_file(folder / "demo.json"))
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    contexts = Contexts.pinned(assets / "contexts")
    issuers = {name: _Issuer.from_seed(entry, seed["seed"], contexts)
               for name, entry in seed["issuers"].items()}
    mint = partial(_mint, folder=folder, learner=seed["learner"], issuers=issuers, today=today)
    documents = tuple(
        evidence_document(address, data, grade=Grade.SUPPLIED, source=seed["source"], fetched_at=today)
        for address, data in _documents(seed, issuers, today))
    return SampleSet(tuple(mint(entry) for entry in seed["samples"]), documents, seed["learner"]["name"],
                     (seed["learner"]["email"],))


@dataclass(frozen=True, slots=True)
class _DemoKey(HolderKey):
    """A key whose proofs name a method of its issuer's DID document instead of its own did:key."""

    method: str = ""

    @property
    def verification_method(self) -> str:
        """What a proof by this key names."""
        return self.method


@dataclass(frozen=True, slots=True)
class _Issuer:
    """One demo issuer with the key that its name and the published seed give.

    Attributes:
        silent: Whether its key is published nowhere.
    """

    id: str
    name: str
    host: str
    description: str
    country: str
    key: _DemoKey
    contexts: Contexts
    silent: bool

    @classmethod
    def from_seed(cls, entry: JsonObject, seed: str, contexts: Contexts) -> _Issuer:
        """Derive the issuer from its entry in the demo file."""
        host = entry["host"]
        own = HolderKey.from_seed(hashlib.sha256(f"{seed}/{host}".encode()).digest())
        ident = own.did if entry["kind"] == "did:key" else f"did:web:{host}"
        method = own.verification_method if ident == own.did else f"{ident}#key-1"
        return cls(ident, entry["name"], host, entry["description"], entry["country"],
                   _DemoKey(own.seed, own.public, method), contexts, entry.get("silent", False))

    @property
    def profile(self) -> JsonObject:
        """Who it says it is, inside what it seals."""
        return {"id": self.id, "type": ["Profile"], "name": self.name, "url": f"https://{self.host}/",
                "description": self.description,
                "address": {"type": ["Address"], "addressCountry": self.country}}

    def document(self) -> bytes:
        """Return its did:web document."""
        method = {"id": self.key.method, "type": "Multikey", "controller": self.id,
                  "publicKeyMultibase": self.key.public.multibase}
        return dump_json({
            "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
            "id": self.id, "verificationMethod": [method], "assertionMethod": [self.key.method]})

    def seal(self, document: JsonObject, suite: str, created: datetime) -> bytes:
        """Seal a credential with an embedded proof."""
        return dump_json(create_proof(
            document, key=self.key, contexts=self.contexts, created=created, purpose="assertionMethod",
            suite=suite))

    def seal_jwt(self, document: JsonObject, begins: datetime, ends: datetime | None) -> bytes:
        """Seal a credential as a compact JWS; the registered claims repeat what it says."""
        claims = {"iss": self.id, "jti": document["id"], "nbf": int(begins.timestamp()),
                  **({"exp": int(ends.timestamp())} if ends else {})}
        header = {"alg": "EdDSA", "typ": "JWT", "kid": self.key.method}
        return sign_jws(dump_json({**document, **claims}), header, self.key).encode("ascii")


def _mint(entry: JsonObject, *, folder: Path, learner: JsonObject, issuers: dict[str, _Issuer],
          today: datetime) -> SampleFile:
    issuer = issuers[entry["issuer"]]
    begins = today + timedelta(days=entry["from_days"])
    ends = today + timedelta(days=entry["until_days"]) if "until_days" in entry else None
    emblem = folder / "emblems" / entry["emblem"]
    # A baked badge is its own picture; a token stays small enough for a code.
    picture = read_file(emblem.with_suffix(".png")) if entry["form"] == "json" else b""
    document = _credential(entry, issuer, learner, begins, ends, picture)
    if entry["form"] == "jwt":
        data = issuer.seal_jwt(document, begins, ends)
    else:
        data = issuer.seal(document, entry.get("suite", _MODERN), begins)
    if entry["form"] == "png":
        data = bake_png(read_file(emblem.with_suffix(".png")), data)
    elif entry["form"] == "svg":
        data = bake_svg(read_file(emblem.with_suffix(".svg")), data)
    return SampleFile(entry["file"], data, Verdict(entry["expected"]))


def _credential(entry: JsonObject, issuer: _Issuer, learner: JsonObject, begins: datetime,
                ends: datetime | None, picture: bytes) -> JsonObject:
    old = entry.get("version") == "1.1"
    first, last = ("issuanceDate", "expirationDate") if old else ("validFrom", "validUntil")
    suite = ["https://w3id.org/security/suites/ed25519-2020/v1"] if old else []
    status = {"credentialStatus": _status_entry(entry["status"], issuer)} if "status" in entry else {}
    evidence = [{"id": address, "type": ["Evidence"], "name": name, "narrative": narrative}
                for name, narrative, address in entry["evidence"]]
    number = uuid5(NAMESPACE_URL, f"{issuer.host}/{entry['file']}/{begins:%Y-%m-%d}")
    return {
        "@context": [*(_V1 if old else _V2), *suite],
        "id": f"urn:uuid:{number}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": entry["achievement"]["name"],
        "issuer": issuer.profile,
        first: format_datetime(begins),
        **({last: format_datetime(ends)} if ends else {}),
        "credentialSubject": _subject(entry, issuer, learner, picture),
        **({"evidence": evidence} if evidence else {}),
        **status,
    }


def _subject(entry: JsonObject, issuer: _Issuer, learner: JsonObject, picture: bytes) -> JsonObject:
    told = entry["achievement"]
    address = f"https://{issuer.host}/achievements/{told['path']}"
    result_name, result = entry["result"]
    hashed = hashlib.sha256((learner["email"] + learner["salt"]).encode()).hexdigest()
    image = {"image": {"id": "data:image/png;base64," + base64.b64encode(picture).decode("ascii"),
                       "type": "Image"}} if picture else {}
    return {
        "type": ["AchievementSubject"],
        "identifier": [{"type": "IdentityObject", "hashed": True, "identityHash": f"sha256${hashed}",
                        "identityType": "emailAddress", "salt": learner["salt"]}],
        **({"creditsEarned": told["credits"]} if "credits" in told else {}),
        "achievement": {
            "id": address, "type": ["Achievement"], "achievementType": told["type"], "name": told["name"],
            "description": told["description"],
            **({} if entry.get("version") == "1.1" else {"inLanguage": "en"}),  # later than that context
            "criteria": {"id": f"{address}/criteria", "narrative": told["criteria"]},
            **({"creditsAvailable": told["credits"]} if "credits" in told else {}),
            "alignment": [{"type": ["Alignment"], "targetName": skill, "targetFramework": _SKILLS,
                           "targetUrl": f"https://open-skills.example/{skill.lower().replace(' ', '-')}"}
                          for skill in told["skills"]],
            "tag": told["tags"],
            "resultDescription": [{"id": f"{address}/result", "type": ["ResultDescription"],
                                   "name": result_name, "resultType": "Result"}],
            **image,
        },
        "result": [{"type": ["Result"], "resultDescription": f"{address}/result", "value": result}],
    }


def _list_address(status: JsonObject, issuer: _Issuer) -> str:
    return f"https://{issuer.host}/status/{status.get('purpose', 'revocation')}-{status.get('list', '1')}"


def _status_entry(status: JsonObject, issuer: _Issuer) -> JsonObject:
    address = _list_address(status, issuer)
    kind = "StatusList2021Entry" if status.get("kind") == "2021" else "BitstringStatusListEntry"
    return {"id": f"{address}#{status['index']}", "type": kind,
            "statusPurpose": status.get("purpose", "revocation"),
            "statusListIndex": str(status["index"]), "statusListCredential": address}


def _documents(seed: JsonObject, issuers: dict[str, _Issuer], today: datetime) -> Iterator[tuple[str, bytes]]:
    """Yield every document the demo issuers publish, by address. A silent one is what nobody has."""
    for issuer in issuers.values():
        if issuer.id.startswith("did:web:") and not issuer.silent:
            yield issuer.id, issuer.document()
    lists: dict[str, list[JsonObject]] = {}
    for entry in seed["samples"]:
        status = entry.get("status")
        if status and not status.get("silent"):
            lists.setdefault(_list_address(status, issuers[entry["issuer"]]), []).append(entry)
    for address, entries in lists.items():
        set_bits = tuple(entry["status"]["index"] for entry in entries if entry["status"].get("set"))
        yield address, _status_list(address, entries[0], issuers[entries[0]["issuer"]], set_bits, today)


def _status_list(address: str, entry: JsonObject, issuer: _Issuer, set_bits: tuple[int, ...],
                 today: datetime) -> bytes:
    array = bytearray(MIN_STATUS_LIST_BITS // 8)
    for index in set_bits:
        array[index // 8] |= 0x80 >> index % 8  # Bitstring Status List §3.2: most significant bit first
    encoded = base64url_encode(gzip.compress(bytes(array), mtime=0))
    old = entry["status"].get("kind") == "2021"
    kind = "StatusList2021" if old else "BitstringStatusList"
    listed = today - _LIST_AGE
    document = {
        "@context": [_V1[0], _V1[2], "https://w3id.org/security/suites/ed25519-2020/v1"] if old else [_V2[0]],
        "id": address,
        "type": ["VerifiableCredential", f"{kind}Credential"],
        "issuer": issuer.id,
        "issuanceDate" if old else "validFrom": format_datetime(listed),
        "credentialSubject": {"id": f"{address}#list", "type": kind,
                              "statusPurpose": entry["status"].get("purpose", "revocation"),
                              "encodedList": encoded if old else f"u{encoded}"},
    }
    return issuer.seal(document, "Ed25519Signature2020" if old else _MODERN, listed)
