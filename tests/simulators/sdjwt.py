"""SD-JWTs of the simulated issuer, and the answers of a simulated holder. RFC 9901 §4.

Straight on `hashlib`; nothing of the wallet's own code for disclosures is used.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from tests.conftest import AT
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.signing import JsonObject, SigningKey, base64url, compact_json, compact_jws

HOLDER = SigningKey("ES256", "holder")
SALT = "kHMcmd2FBvVoKJkP3vyY5g"


def part(value: object, *, name: str | None = None, salt: str = "") -> str:
    """One disclosure: of a member, or (without a name) of an element. Each has its own salt."""
    own = salt or base64url(hashlib.sha256(f"{SALT}{name}{value}".encode()).digest()[:16])
    return base64url(compact_json([own, value] if name is None else [own, name, value]))


def digest(text: str, algorithm: str = "sha256") -> str:
    """The digest of an encoded disclosure."""
    return base64url(hashlib.new(algorithm, text.encode()).digest())


def element(text: str) -> JsonObject:
    """What stands in an array for a disclosure."""
    return {"...": digest(text)}


def claims(issuer: SimulatedIssuer, *hidden: str, **more: object) -> JsonObject:
    """The payload of an SD-JWT VC about a learning achievement."""
    found: JsonObject = {
        "iss": issuer.id,
        "iat": 1778578200,
        "vct": "urn:eu.europa.ec.eudi:learning:credential:1",
        "achievement_title": "Data Analysis Foundations",
        "cnf": {"jwk": HOLDER.jwk},
        **more,
    }
    if hidden:
        found |= {"_sd": sorted(digest(one) for one in hidden), "_sd_alg": "sha-256"}
    return found


def issue(issuer: SimulatedIssuer, payload: JsonObject, *shown: str, typ: str = "dc+sd-jwt",
          key: SigningKey | None = None, **header: object) -> str:
    """Seal a payload and append what is shown."""
    head: JsonObject = {"typ": typ, "kid": issuer.method, **header}
    token = compact_jws(payload, key or issuer.key, head).decode()
    return "~".join((token, *shown)) + "~"


def answer(presented: str, *, nonce: str = "n-7Q", aud: str = "https://harbor.example",
           key: SigningKey = HOLDER, at: datetime = AT, over: str = "", typ: str = "kb+jwt",
           drop: Sequence[str] = (), **more: object) -> bytes:
    """The holder's answer over what is presented, appended to it."""
    payload: JsonObject = {"iat": int(at.timestamp()), "aud": aud, "nonce": nonce,
                           "sd_hash": digest(over or presented), **more}
    kept = {name: value for name, value in payload.items() if name not in drop}
    return presented.encode() + compact_jws(kept, key, {"typ": typ})
