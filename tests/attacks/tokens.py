"""D5: tokens, S01 to S12. What a header can lie about, what claims can contradict, what is no token."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import DirectoryName, ExtendedKeyUsage, ExtensionType, NameConstraints
from cryptography.x509.oid import ExtendedKeyUsageOID

from tests.attacks.cases import (
    TWIN,
    VALID,
    Expected,
    File,
    Input,
    Severity,
    bad_seal,
    case,
    malformed,
    not_authorised,
    undetermined,
    valid,
)
from tests.attacks.scene import attacker, judged_file, university
from tests.simulators.certificates import Sealer, authority, jades, name
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.sdjwt import answer, claims, issue, part
from tests.simulators.self_signed import self_made
from tests.simulators.signing import JsonObject, SigningKey, base64url, compact_json, compact_jws
from tests.verify.desk import documents
from wallet.model.reasons import ReasonCode as R
from wallet.model.report import CheckId, Verdict
from wallet.trust.registry import issuer_list

_LATER = datetime(2030, 1, 1, tzinfo=UTC)
C, H, M, L = Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW


def _claims(issuer: SimulatedIssuer, **more: object) -> JsonObject:
    """The payload of an honest badge as a token."""
    payload = json.loads(_decoded(issuer.badge_jwt().split(b".")[1]))
    return {name: value for name, value in (payload | more).items() if value is not None}


def _token(issuer: SimulatedIssuer, payload: JsonObject | None = None, key: SigningKey | None = None,
           **header: object) -> bytes:
    head = {"typ": "JWT", "kid": issuer.method} | header
    kept = {name: value for name, value in head.items() if value is not None}
    return compact_jws(payload or _claims(issuer), key or issuer.key, kept)


def _decoded(part: bytes) -> bytes:
    return base64.urlsafe_b64decode(part + b"=" * (-len(part) % 4))


def _headed(token: bytes, header: JsonObject) -> bytes:
    """A token under a header that nobody signed."""
    return b".".join((base64url(compact_json(header)).encode(), *token.split(b".")[1:]))


@case("S01", C, "no algorithm, or one called none in any case, or an empty signature",
      attacks={"none": malformed(R.ALGORITHM_REFUSED), "None": malformed(R.ALGORITHM_REFUSED),
               "nOnE": malformed(R.ALGORITHM_REFUSED), "no alg": malformed(R.BAD_JWS),
               "empty alg": malformed(R.BAD_JWS), "empty signature": malformed(R.BAD_JWS)})
def _no_algorithm(variant: str) -> Input:
    issuer = university()
    token = _token(issuer)
    if variant in ("none", "None", "nOnE"):
        return judged_file(_headed(token, {"alg": variant, "kid": issuer.method}), issuer)
    made = {TWIN: token, "no alg": _headed(token, {"kid": issuer.method}),
            "empty alg": _headed(token, {"alg": "", "kid": issuer.method}),
            "empty signature": token.rsplit(b".", 1)[0] + b"."}
    return judged_file(made[variant], issuer)


@case("S02", C, "an HMAC whose secret is the issuer's public key, as JWK and as PEM",
      attacks={name: malformed(R.ALGORITHM_REFUSED) for name in ("JWK", "PEM", "HS512")},
      twins={TWIN: VALID, "RSA": VALID})
def _shared_secret(variant: str) -> Input:
    issuer = university("https", algorithm="RS256")
    if variant in (TWIN, "RSA"):
        issuer = university() if variant == TWIN else issuer
        return judged_file(_token(issuer), issuer)
    secret = compact_json(issuer.key.jwk)
    if variant == "PEM":
        secret = issuer.key.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    algorithm = "HS512" if variant == "HS512" else "HS256"
    message = _headed(_token(issuer), {"alg": algorithm, "kid": issuer.method}).rsplit(b".", 1)[0]
    mac = hmac.new(secret, message, hashlib.sha512 if variant == "HS512" else hashlib.sha256).digest()
    return judged_file(message + b"." + base64url(mac).encode(), issuer)


_OWN_KEY = not_authorised()
_UNKNOWN_KEY = undetermined(R.KEY_UNKNOWN, CheckId.KEY_AUTHORITY)


_UNCONFIRMED = undetermined(R.CERTIFICATE_UNCONFIRMED, CheckId.KEY_AUTHORITY)
_CONDITIONS = {
    "other names": ((NameConstraints([DirectoryName(name("Faculty of Zed"))], None), True),),
    "web servers": ((ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False),)}


def _certified_by(conditions: tuple[tuple[ExtensionType, bool], ...]) -> File:
    """A European seal that does not bring the certificate of its authority, which a list names."""
    office = authority(more=conditions)
    sealer = Sealer(above=office)
    trusted = issuer_list(office.certificate.public_bytes(Encoding.PEM), name="authorities.pem")
    return File(compact_json(jades(sealer, header={"x5c": sealer.x5c[:1]})), lists=(trusted,))


@case("S03", C, "the attacker's key in the header: jwk, x5c of its own making, jku and x5u to its own host",
      attacks={"jwk": _OWN_KEY, "jwk, issuer unknown": _UNKNOWN_KEY, "x5c": _OWN_KEY,
               "x5c, issuer unknown": _UNKNOWN_KEY, "jku": bad_seal(), "x5u": bad_seal(),
               "jku, issuer unknown": _UNKNOWN_KEY,
               "x5c by a trusted authority for other names, left out": _UNCONFIRMED,
               "x5c by a trusted authority for web servers, left out": _UNCONFIRMED},
      twins={TWIN: VALID, "own jwk": VALID, "own x5c": VALID, "x5c by a trusted authority, left out": VALID})
def _key_in_header(variant: str) -> Input:
    if variant.endswith("left out"):
        return _certified_by(_CONDITIONS.get(variant.partition(" for ")[2].partition(",")[0], ()))
    issuer = university(algorithm="ES256")
    kind, _, unknown = variant.partition(", ")
    own = variant.startswith("own ") or variant == TWIN
    key = issuer.key if own else SigningKey("ES256", "mallory")
    headers: dict[str, JsonObject] = {
        "jwk": {"jwk": key.jwk}, "x5c": {"x5c": [self_made(key, "northbridge.example")]},
        "jku": {"jku": "https://mallory.example/keys"}, "x5u": {"x5u": "https://mallory.example/chain"}}
    header = headers.get(kind.removeprefix("own "), {})
    token = _token(issuer, key=key, **({"kid": None} | header if header else {}))
    return judged_file(token, *(() if unknown else (issuer,)))


@case("S04", H, "a kid that is a path, a query, an address or a fragment of somebody else",
      attacks={name: not_authorised() for name in (
          "../../keys", "' OR 1=1 --", "%2e%2e%2fkeys", "\x00", "did:web:mallory.example#key-1")},
      twins={TWIN: VALID, "fragment": VALID, "a name of its own": valid(note=R.QUIRK_BADGE_MEMBER),
             "a number": valid(note=R.QUIRK_BADGE_MEMBER)})
def _hostile_kid(variant: str) -> Input:
    issuer, other = university(), attacker("did:web")
    if variant.startswith("a "):  # a hint that leads nowhere, and the issuer's own key
        return judged_file(_token(issuer, kid="2024-A" if variant == "a name of its own" else 7), issuer)
    if variant == TWIN:
        return judged_file(_token(issuer), issuer)
    if variant == "fragment":
        return judged_file(_token(issuer, kid="#key-1"), issuer)
    if variant.startswith("did:"):
        return judged_file(_token(issuer, key=other.key, kid=variant), issuer, other)
    return judged_file(_token(issuer, key=other.key, kid=variant), issuer)


@case("S05", H, "an algorithm that the key does not allow, by its kind or by its own word",
      attacks={"kind": bad_seal(R.KEY_SUITE_MISMATCH), "JWK's word": bad_seal(R.KEY_SUITE_MISMATCH)},
      twins={TWIN: VALID, "JWK's own word": VALID})
def _algorithm_of_another_key(variant: str) -> Input:
    if variant in (TWIN, "kind"):
        issuer = university()
        key = issuer.key if variant == TWIN else SigningKey("ES256", "x")
        return judged_file(_token(issuer, key=key), issuer)
    issuer = university("https-jwks", algorithm="RS256")
    served = {issuer.id: compact_json({"keys": [{
        **issuer.key.jwk, "kid": "key-1", "alg": "RS256" if variant != "JWK's word" else "PS256"}]})}
    return judged_file_with(_token(issuer), served)


def judged_file_with(data: bytes, served: dict[str, bytes], **more: Any) -> Input:
    """A file, and these documents as evidence supplied by the person who checks."""
    return File(data, tuple(documents(served)), **more)


@case("S06", H, "header members that change what is signed: crit, b64, zip",
      attacks={name: malformed(R.BAD_JWS) for name in ("crit", "empty crit", "b64", "zip", "named, not there",
                                                       "one known, one not", "named twice")},
      twins={TWIN: VALID, "a seal's own date": VALID})
def _changing_header(variant: str) -> Input:
    issuer = university()
    dated: JsonObject = {"sigT": "2026-08-01T09:00:00Z"}
    more: dict[str, JsonObject] = {TWIN: {}, "crit": {"crit": ["x"], "x": 1}, "empty crit": {"crit": []},
                                   "b64": {"b64": False, "crit": ["b64"]}, "zip": {"zip": "DEF"},
                                   "named, not there": {"crit": ["sigT"]},
                                   "one known, one not": dated | {"crit": ["sigT", "x"], "x": 1},
                                   "named twice": dated | {"crit": ["sigT", "sigT"]},
                                   "a seal's own date": dated | {"crit": ["sigT"]}}
    return judged_file(_token(issuer, **more[variant]), issuer)


@case("S07", H, "claims that say something else than the credential inside",
      attacks={**{name: malformed(R.JWT_CONFLICT) for name in ("iss", "sub", "jti", "nbf", "exp")},
               "the seal has ended": Expected(Verdict.EXPIRED.value, R.ENDED, CheckId.VALIDITY)},
      twins={TWIN: VALID, "agreeing": VALID, "the seal ends first": VALID})
def _conflict(variant: str) -> Input:
    issuer = university()
    changed: dict[str, Any] = {"iss": "did:web:mallory.example", "sub": "did:key:zOther",
                               "jti": "urn:uuid:other", "nbf": 1, "exp": 4000000000}
    document = issuer.badge_document(subject_id="did:web:maya.example", valid_until=_LATER)
    payload = json.loads(_decoded(issuer.seal_jwt(document).split(b".")[1]))
    if variant in changed:
        payload[variant] = changed[variant]
    if variant.startswith("the seal"):  # where the payload is the credential, its claims date the seal
        payload["exp"] -= 86_400 if variant.endswith("first") else payload["exp"] - payload["nbf"] - 1
        return judged_file(_token(issuer, payload, typ="vc+jwt"), issuer)
    return judged_file(_token(issuer, payload), issuer)


@case("S08", H, "a token of another kind shown as a credential",
      attacks={"key binding": malformed(R.FORMAT_UNKNOWN), "id token": malformed(R.FORMAT_UNKNOWN),
               "credential as kb+jwt": malformed(R.JWT_TYPE), "credential as list": malformed(R.JWT_CLAIM),
               "credential as presentation": malformed(R.JWT_TYPE),
               "SD-JWT as id token": malformed(R.JWT_TYPE), "id token as answer": malformed(R.JWT_TYPE)},
      twins={TWIN: VALID, "SD-JWT": VALID, "answer": VALID})
def _confused_type(variant: str) -> Input:
    issuer = university()
    text = issue(issuer, claims(issuer))
    typed = {"credential as kb+jwt": "kb+jwt", "credential as list": "statuslist+jwt",
             "credential as presentation": "vp+jwt"}
    if variant == "credential as list":
        return judged_file(_token(issuer, typ="application/statuslist+jwt"), issuer)
    made = {
        TWIN: _token(issuer), "SD-JWT": text.encode(), "answer": answer(text),
        "key binding": answer(text).rpartition(b"~")[2],
        "id token": compact_jws({"iss": issuer.id, "sub": "maya", "aud": "x", "iat": 1795000000}, issuer.key,
                                {"typ": "JWT", "kid": issuer.method}),
        "SD-JWT as id token": issue(issuer, claims(issuer), typ="JWT").encode(),
        "id token as answer": answer(text, typ="JWT"),
    }
    return judged_file(made[variant] if variant in made else _token(issuer, typ=typed[variant]), issuer)


@case("S09", M, "dates of a token that are none, or end before they begin",
      attacks={"text": malformed(R.JWT_CLAIM), "negative": malformed(R.JWT_CLAIM),
               "year 9999999": malformed(R.JWT_CLAIM), "true": malformed(R.JWT_CLAIM),
               "ends first": malformed(R.DATE_ORDER)},
      twins={TWIN: VALID, "fraction": VALID})
def _odd_dates(variant: str) -> Input:
    issuer = university()
    changed: dict[str, Any] = {"text": "2030-01-01", "negative": -1, "year 9999999": 315_000_000_000_000,
                               "true": True, "ends first": 1, "fraction": 1893456000.5, TWIN: 1893456000}
    return judged_file(_token(issuer, _claims(issuer, exp=changed[variant])), issuer)


@case("S10", M, "base64url with padding, of the other alphabet, with space or with stray bits",
      attacks={"padding": malformed(R.BAD_JWS), "alphabet": malformed(R.BAD_JWS),
               "stray bits": malformed(R.BAD_JWS), "space inside": malformed(R.FORMAT_UNKNOWN)},
      twins={TWIN: VALID, "space around": VALID})
def _loose_base64(variant: str) -> Input:
    issuer = university()
    token = _token(issuer)
    head, payload, signature = token.split(b".")
    last = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    stray = signature[:-1] + last[last.index(signature[-1:]) + 1:][:1]
    made = {TWIN: token, "space around": b"\n " + token + b"\n", "padding": token + b"==",
            "alphabet": b".".join((head, payload, b"+" + signature[1:])),
            "stray bits": b".".join((head, payload, stray)),
            "space inside": head + b". " + payload + b"." + signature}
    return judged_file(made[variant], issuer)


def _serialised(token: bytes, **more: object) -> JsonObject:
    head, payload, signature = token.decode().split(".")
    return {"payload": payload, "signatures": [{"protected": head, "signature": signature, **more}]}


@case("S11", H, "a token in JSON with two signatures, or with header members that nobody signed",
      attacks={"two": malformed(R.BAD_JWS), "alg outside": malformed(R.BAD_JWS),
               "kid outside": malformed(R.BAD_JWS), "none": malformed(R.BAD_JWS),
               "SD-JWT, kid outside": malformed(R.BAD_JWS),
               "SD-JWT, another part": malformed(R.DISCLOSURE_UNREFERENCED),
               **dict.fromkeys(("one beside the list", "no list", "a list in the list", "a word in the list"),
                               malformed(R.BAD_JWS))},
      twins={TWIN: VALID, "flattened": VALID, "SD-JWT": VALID, "SD-JWT, flattened": VALID,
             "SD-JWT, nothing shown": VALID, "SD-JWT with its answer": VALID})
def _json_form(variant: str) -> Input:
    issuer, other = university(), attacker("did:web")
    if variant.startswith("SD-JWT"):
        return judged_file(_hidden_parts(issuer, variant), issuer)
    one = _serialised(_token(issuer))
    made: dict[str, JsonObject] = {
        TWIN: one, "flattened": {"payload": one["payload"], **one["signatures"][0]},
        "one beside the list": {**_serialised(_token(other))["signatures"][0], **one},
        "no list": {"payload": one["payload"], **one["signatures"][0], "signatures": []},
        "a list in the list": {**one, "signatures": [one["signatures"]]},
        "a word in the list": {**one, "signatures": [*one["signatures"], "and another"]},
        "two": {**one, "signatures": one["signatures"] + _serialised(_token(other))["signatures"]},
        "alg outside": _serialised(_token(issuer), header={"alg": "none"}),
        "kid outside": _serialised(_token(issuer), header={"kid": other.method}),
        "none": {**one, "signatures": []}}
    return judged_file(compact_json(made[variant]), issuer)


def _hidden_parts(issuer: SimulatedIssuer, variant: str) -> bytes:
    """RFC 9901 §8: what is shown stands in a header that nobody signed."""
    grade, other = part("A", name="assessment_grade"), part("A+", name="assessment_grade")
    token, *_ = issue(issuer, claims(issuer, grade)).split("~")
    shown = {"SD-JWT, another part": [other], "SD-JWT, nothing shown": []}.get(variant, [grade])
    header: JsonObject = {"disclosures": shown}
    if variant.endswith("kid outside"):
        header["kid"] = issuer.method
    if variant.endswith("answer"):
        header["kb_jwt"] = answer(f"{token}~{grade}~").decode().rpartition("~")[2]
    one = _serialised(token.encode(), header=header)
    flat = {"payload": one["payload"], **one["signatures"][0]}
    return compact_json(flat if variant.endswith("flattened") else one)


@case("S12", H, "an encrypted token, and a deflated one",
      attacks={"JWE": undetermined(R.FORMAT_UNSUPPORTED, CheckId.STRUCTURE), "zip": malformed(R.BAD_JWS)})
def _encrypted(variant: str) -> Input:
    issuer = university()
    head = base64url(compact_json({"alg": "dir", "enc": "A256GCM", "zip": "DEF"})).encode()
    made = {TWIN: _token(issuer), "JWE": b".".join((head, b"", b"AAAA", b"AAAA", b"AAAA")),
            "zip": _token(issuer, zip="DEF")}
    return judged_file(made[variant], issuer)
