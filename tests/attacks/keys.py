"""D4: keys and curves, K01 to K10. Keys that verify anything, and documents about keys that lie."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from tests.attacks.cases import (
    FINE,
    TWIN,
    VALID,
    Act,
    File,
    Input,
    Severity,
    bad_seal,
    case,
    malformed,
    refused,
    undetermined,
)
from tests.attacks.scene import attacker, judged_file, university
from tests.simulators import suites
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.signing import JsonObject, base58, base64url, compact_json
from tests.verify.desk import documents
from wallet.codec.encoding import base58_decode, base64url_decode
from wallet.formats.parse import parse
from wallet.keys.keypair import (
    public_key_from_base58,
    public_key_from_jwk,
    public_key_from_multibase,
    public_key_from_pem,
)
from wallet.keys.signatures import _ORDERS
from wallet.model.credential import Credential
from wallet.model.reasons import ReasonCode as R
from wallet.model.report import CheckId

C, H, M = Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM
_HOME = "did:web:northbridge.example"
_P25519 = 2**255 - 19
_ORDER_ED25519 = 2**252 + 27742317777372353535851937790883648493
_P256_PRIME = 2**256 - 2**224 + 2**192 + 2**96 - 1
_P256_ORDER = _ORDERS["secp256r1"]
_Y_OF_ORDER_8 = 2707385501144840649318225287225658788936804267575313519463743609750303402022
_IDENTITY = b"\1" + bytes(31)


def _point(y: int, sign: int = 0) -> bytes:
    return (y | sign << 255).to_bytes(32, "little")


#: Every point whose order divides 8, in the encodings that are canonical …
_SMALL = {
    "identity": _IDENTITY, "order 2": _point(_P25519 - 1), "order 4": _point(0),
    "order 4, other sign": _point(0, 1),
    "order 8": _point(_Y_OF_ORDER_8), "order 8, other sign": _point(_Y_OF_ORDER_8, 1),
    "order 8, mirrored": _point(_P25519 - _Y_OF_ORDER_8),
    "order 8, mirrored, other sign": _point(_P25519 - _Y_OF_ORDER_8, 1),
    "identity, other sign": _point(1, 1), "order 2, other sign": _point(_P25519 - 1, 1),
}
#: … and encodings of a y that is not reduced.
_UNREDUCED = {"y is the prime": _point(_P25519), "y is the prime and one": _point(_P25519 + 1),
              "the largest y": _point(2**255 - 1), "y is the prime, other sign": _point(_P25519, 1)}


def _served(method: JsonObject, **more: Any) -> tuple[Any, ...]:
    """The university's document with this method."""
    full = {"id": f"{_HOME}#key-1", "controller": _HOME} | method
    document = {"id": _HOME, "verificationMethod": [full], "assertionMethod": [f"{_HOME}#key-1"], **more}
    return tuple(documents({_HOME: compact_json(document)}))


def _open_key(code: R) -> Any:
    """A key that the gate refuses opens no seal: the result says so, and is neither fine nor a forgery."""
    return undetermined(code, CheckId.PROOF)


@case("K01", C, "the issuer's key is the point that verifies one signature over everything",
      attacks={"Multikey": _open_key(R.KEY_WEAK), "JWK": _open_key(R.KEY_WEAK),
               "did:key": _open_key(R.KEY_WEAK), "token": _open_key(R.KEY_WEAK)},
      twins={TWIN: VALID, "JWK twin": VALID, "token twin": VALID})
def _universal_key(variant: str) -> Input:
    issuer = university()
    document = json.loads(issuer.badge())
    # With the identity as key, R = identity and S = 0 satisfy the equation for every message.
    document["proof"]["proofValue"] = "z" + base58(_IDENTITY + bytes(32))
    weak: dict[str, JsonObject] = {"Multikey": {"type": "Multikey",
                                                "publicKeyMultibase": "z" + base58(b"\xed\x01" + _IDENTITY)},
            "JWK": {"type": "JsonWebKey", "publicKeyJwk": {"kty": "OKP", "crv": "Ed25519",
                                                           "x": base64url(_IDENTITY)}}}
    if variant == "token":
        head, payload, _ = issuer.badge_jwt().split(b".")
        return File(b".".join((head, payload, base64url(_IDENTITY + bytes(32)).encode())),
                    _served(weak["Multikey"]))
    if variant == "did:key":
        own = "z" + base58(b"\xed\x01" + _IDENTITY)
        document["issuer"]["id"] = f"did:key:{own}"
        document["proof"]["verificationMethod"] = f"did:key:{own}#{own}"
    if variant in weak or variant == "did:key":
        return File(compact_json(document), _served(weak.get(variant, weak["Multikey"])))
    good = {"type": "JsonWebKey", "publicKeyJwk": issuer.key.jwk} if variant == "JWK twin" else {
        "type": "Multikey", "publicKeyMultibase": issuer.key.multibase}
    return File(issuer.badge_jwt() if variant == "token twin" else issuer.badge(), _served(good))


def _import(read: Callable[[Any], object], value: object) -> Act:
    return Act(lambda: read(value))


@case("K02", H, "the other points of small order, and encodings that are not reduced, in every form of a key",
      attacks={**{f"{form}: {name}": refused(R.KEY_WEAK) for form in ("multibase", "JWK", "base58")
                  for name in _SMALL},
               **{f"{form}: {name}": refused(R.KEY_MALFORMED) for form in ("multibase", "JWK", "base58")
                  for name in _UNREDUCED},
               "multibase: not on the curve": refused(R.KEY_MALFORMED)},
      twins={f"{form}: honest": FINE for form in ("multibase", "JWK", "base58")})
def _weak_points(variant: str) -> Input:
    form, _, name = variant.partition(": ")
    honest = base64url_decode(university().key.jwk["x"])
    point = (_SMALL | _UNREDUCED | {"honest": honest, "not on the curve": _point(2)})[name]
    if form == "multibase":
        return _import(public_key_from_multibase, "z" + base58(b"\xed\x01" + point))
    if form == "base58":
        return _import(public_key_from_base58, base58(point))
    return _import(public_key_from_jwk, {"kty": "OKP", "crv": "Ed25519", "x": base64url(point)})


@case("K03", M, "S grown by the order of the group",
      attacks={"embedded": bad_seal(), "token": bad_seal()}, twins={TWIN: VALID, "token twin": VALID})
def _grown_signature(variant: str) -> Input:
    issuer = university()

    def grown(signature: bytes) -> bytes:
        number = int.from_bytes(signature[32:], "little") + _ORDER_ED25519
        return signature[:32] + number.to_bytes(32, "little")

    if variant.startswith("token"):
        head, payload, signature = issuer.badge_jwt().split(b".")
        if variant == "token":
            signature = base64url(grown(base64url_decode(signature.decode()))).encode()
        return judged_file(b".".join((head, payload, signature)), issuer)
    document = json.loads(issuer.badge())
    if variant == "embedded":
        value = base58_decode(document["proof"]["proofValue"][1:])
        document["proof"]["proofValue"] = "z" + base58(grown(value))
    return judged_file(compact_json(document), issuer)


def _curved(change: Callable[[int, int], bytes]) -> bytes:
    """A badge sealed on P-256, its two numbers written by `change`."""
    signer = suites.Signer("ES256")
    document = suites.sealed(suites.badge(signer, "ecdsa-rdfc-2019"), signer, "ecdsa-rdfc-2019")
    value = base58_decode(document["proof"]["proofValue"][1:])
    r, s = int.from_bytes(value[:32]), int.from_bytes(value[32:])
    document["proof"]["proofValue"] = "z" + base58(change(r, s))
    return compact_json(document)


def _beside(r: int, s: int) -> bytes:
    return r.to_bytes(32) + s.to_bytes(32)


@case("K04", M, "the second valid signature of ECDSA, (r, n - s): verified, and the same credential",
      attacks={"mirrored": VALID})
def _mirrored(variant: str) -> Input:
    data = _curved(lambda r, s: _beside(r, s if variant == TWIN else _P256_ORDER - s))
    same, other = parse(_curved(_beside)), parse(data)
    assert isinstance(same, Credential)
    assert isinstance(other, Credential)
    assert (same.id, same.issuer, same.achievement) == (other.id, other.issuer, other.achievement)
    return judged_file(data)


_DEGENERATE: dict[str, Callable[[int, int], bytes]] = {
    "r = 0": lambda _r, s: _beside(0, s), "s = 0": lambda r, _s: _beside(r, 0),
    "both 0": lambda _r, _s: bytes(64), "r = n": lambda _r, s: _beside(_P256_ORDER, s),
    "s = n": lambda r, _s: _beside(r, _P256_ORDER), "s above n": lambda r, _s: _beside(r, _P256_ORDER + 1),
    "r grown by n": lambda r, s: _beside((r + _P256_ORDER) % 2**256, s),
    "all ones": lambda _r, _s: b"\xff" * 64,
}
_FORMS: dict[str, Callable[[int, int], bytes]] = {
    "DER": encode_dss_signature, "63 bytes": lambda r, s: _beside(r, s)[:63],
    "65 bytes": lambda r, s: _beside(r, s) + b"\0", "empty": lambda _r, _s: b"",
    "leading zero": lambda r, s: b"\0" + _beside(r, s),
}


@case("K05", M, "ECDSA signatures at the edges, and in other forms",
      attacks={**dict.fromkeys(_DEGENERATE, bad_seal()),
               **dict.fromkeys((*_FORMS, "token in DER"),
                               malformed(R.PROOF_MALFORMED, check=CheckId.PROOF)),
               "token, s = 0": bad_seal()},
      twins={TWIN: VALID, "token twin": VALID})
def _degenerate(variant: str) -> Input:
    if variant.startswith("token"):
        issuer = SimulatedIssuer("did:web", algorithm="ES256")
        head, payload, signature = issuer.badge_jwt().split(b".")
        raw = base64url_decode(signature.decode())
        other = {"token in DER": encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:])),
                 "token, s = 0": raw[:32] + bytes(32), "token twin": raw}[variant]
        return judged_file(b".".join((head, payload, base64url(other).encode())), issuer)
    return judged_file(_curved((_DEGENERATE | _FORMS).get(variant, _beside)))


def _p256() -> tuple[int, int]:
    jwk = suites.Signer("ES256").jwk
    return int.from_bytes(base64url_decode(jwk["x"])), int.from_bytes(base64url_decode(jwk["y"]))


@case("K06", H, "points that are not on the curve, at infinity, or wrongly compressed",
      attacks=dict.fromkeys(("JWK off the curve", "JWK zero", "compressed off the curve", "infinity",
                             "uncompressed prefix", "hybrid prefix", "wrong prefix", "x of the prime",
                             "another curve"), refused(R.KEY_MALFORMED)),
      twins={"JWK honest": FINE, "compressed honest": FINE})
def _bad_point(variant: str) -> Input:
    x, y = _p256()

    def jwk(x: int, y: int, curve: str = "P-256") -> Act:
        return _import(public_key_from_jwk, {"kty": "EC", "crv": curve, "x": base64url(x.to_bytes(32)),
                                             "y": base64url(y.to_bytes(32))})

    made = {"JWK honest": jwk(x, y), "JWK off the curve": jwk(x, y ^ 1), "JWK zero": jwk(0, 0),
            "another curve": jwk(x, y, "P-384")}
    if variant in made:
        return made[variant]
    off = next(candidate for candidate in range(5, 100) if not _is_on_curve(candidate))
    points = {"compressed honest": bytes([2 + y % 2]) + x.to_bytes(32), "infinity": b"\0",
              "compressed off the curve": b"\2" + off.to_bytes(32), "wrong prefix": b"\5" + x.to_bytes(32),
              "uncompressed prefix": b"\4" + x.to_bytes(32) + y.to_bytes(32),
              "hybrid prefix": bytes([6 + y % 2]) + x.to_bytes(32) + y.to_bytes(32),
              "x of the prime": b"\2" + _P256_PRIME.to_bytes(32)}
    return _import(public_key_from_multibase, "z" + base58(b"\x80\x24" + points[variant]))


def _is_on_curve(x: int) -> bool:
    b = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
    right = (x**3 - 3 * x + b) % _P256_PRIME
    return pow(right, (_P256_PRIME - 1) // 2, _P256_PRIME) == 1


@case("K07", M, "a JWK that is not in its one form, or that publishes the secret",
      attacks={"x grown by the prime": refused(R.KEY_MALFORMED), "33 bytes": refused(R.KEY_MALFORMED),
               "zero stripped": refused(R.KEY_MALFORMED), "padding": refused(R.KEY_MALFORMED),
               "secret d": refused(R.KEY_PRIVATE), "secret d of Ed25519": refused(R.KEY_PRIVATE),
               "for encryption": refused(R.KEY_MALFORMED), "for signing only": refused(R.KEY_MALFORMED),
               "another alg": refused(R.KEY_MALFORMED)},
      twins={TWIN: FINE, "alg agrees": FINE})
def _bad_jwk(variant: str) -> Input:
    jwk = suites.Signer("ES256").jwk
    raw = base64url_decode(jwk["x"])
    small = _small_x()
    changed: dict[str, JsonObject] = {
        "x grown by the prime": {"x": base64url((small[0] + _P256_PRIME).to_bytes(32)),
                                 "y": base64url(small[1].to_bytes(32))},
        "33 bytes": {"x": base64url(b"\0" + raw)}, "padding": {"x": jwk["x"] + "="},
        "secret d": {"d": jwk["x"]},
        "zero stripped": {"x": base64url(small[0].to_bytes(31)), "y": base64url(small[1].to_bytes(32))},
        "for encryption": {"use": "enc"}, "for signing only": {"key_ops": ["sign"]},
        "another alg": {"alg": "ES384"},
        "alg agrees": {"alg": "ES256", "use": "sig", "key_ops": ["verify"]}}
    if variant == "secret d of Ed25519":
        return _import(public_key_from_jwk, university().key.jwk | {"d": base64url(bytes(32))})
    return _import(public_key_from_jwk, jwk | changed.get(variant, {}))


@cache
def _small_x() -> tuple[int, int]:
    """A point whose x is so small that x and the prime fit into 32 bytes."""
    x = next(candidate for candidate in range(5, 100) if _is_on_curve(candidate))
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), b"\2" + x.to_bytes(32))
    return x, point.public_numbers().y


@case("K08", H, "a Multikey whose prefix lies, or names a key that must not sign",
      attacks={"Ed25519 before P-256": refused(R.KEY_MALFORMED),
               "P-256 before Ed25519": refused(R.KEY_MALFORMED),
               "P-384 before P-256": refused(R.KEY_MALFORMED), "secp256k1": refused(R.KEY_UNSUPPORTED),
               "X25519": refused(R.KEY_UNSUPPORTED), "secret Ed25519": refused(R.KEY_UNSUPPORTED),
               "no prefix": refused(R.KEY_UNSUPPORTED), "longer prefix": refused(R.KEY_MALFORMED),
               "base64url": refused(R.KEY_MALFORMED), "hex": refused(R.KEY_MALFORMED)},
      twins={"Ed25519": FINE, "P-256": FINE, "P-384": FINE})
def _lying_prefix(variant: str) -> Input:
    ed = base58_decode(suites.Signer("EdDSA").multibase[1:])
    small, large = (base58_decode(suites.Signer(one).multibase[1:]) for one in ("ES256", "ES384"))
    made = {"Ed25519": ed, "P-256": small, "P-384": large, "Ed25519 before P-256": ed[:2] + small[2:],
            "P-256 before Ed25519": small[:2] + ed[2:], "P-384 before P-256": large[:2] + small[2:],
            "secp256k1": b"\xe7\x01" + small[2:], "X25519": b"\xec\x01" + ed[2:],
            "secret Ed25519": b"\x80\x26" + ed[2:], "no prefix": b"\7" + ed[3:],
            "longer prefix": b"\xed\x81\x00" + ed[2:]}
    if variant == "base64url":
        return _import(public_key_from_multibase, "u" + base64url(ed))
    if variant == "hex":
        return _import(public_key_from_multibase, "f" + ed.hex())
    return _import(public_key_from_multibase, "z" + base58(made[variant]))


@cache
def _rsa(bits: int, exponent: int = 65537) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=exponent, key_size=bits)


def _pem(key: rsa.RSAPrivateKey) -> str:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_key().public_bytes(serialization.Encoding.PEM, form).decode()


@case("K09", H, "RSA keys that are too short, or whose exponent is too small",
      attacks={"1024 bits": refused(R.KEY_WEAK), "1024 bits, PEM": refused(R.KEY_WEAK),
               "512 bits": refused(R.KEY_WEAK), "2047 bits": refused(R.KEY_WEAK),
               "e = 1": refused(R.KEY_WEAK),
               "e = 3": refused(R.KEY_WEAK), "e = 3, PEM": refused(R.KEY_WEAK),
               "even e": refused(R.KEY_MALFORMED),
               "16,384 bits": refused(R.KEY_MALFORMED), "a token": undetermined(R.KEY_WEAK, CheckId.PROOF)},
      twins={"2048 bits": FINE, "2048 bits, PEM": FINE, "a token twin": VALID})
def _weak_rsa(variant: str) -> Input:
    if variant.startswith("a token"):
        return _rsa_token(_rsa(2048 if variant == "a token twin" else 1024))
    if variant.endswith("PEM"):
        key = _rsa(2048, 3) if "e = 3" in variant else _rsa(int(variant[:4]))
        return _import(public_key_from_pem, _pem(key))
    n, e = _rsa(2048).public_key().public_numbers().n, 65537
    sizes = {"1024 bits": 1024, "512 bits": 512, "2047 bits": 2047, "16,384 bits": 16384}
    if variant in sizes:
        n = (1 << sizes[variant]) - 1
    e = {"e = 1": 1, "e = 3": 3, "even e": 65538}.get(variant, e)
    jwk = {"kty": "RSA", "n": base64url(n.to_bytes((n.bit_length() + 7) // 8)), "e": base64url(
        e.to_bytes((e.bit_length() + 7) // 8))}
    return _import(public_key_from_jwk, jwk)


def _rsa_token(key: rsa.RSAPrivateKey) -> File:
    issuer = university()
    width = key.key_size // 8
    jwk = {"kty": "RSA", "n": base64url(key.public_key().public_numbers().n.to_bytes(width)), "e": "AQAB"}
    head = base64url(compact_json({"alg": "RS256", "kid": issuer.method}))
    message = f"{head}.{issuer.badge_jwt().split(b'.')[1].decode()}"
    signature = key.sign(message.encode(), padding.PKCS1v15(), hashes.SHA256())
    return File(f"{message}.{base64url(signature)}".encode(),
                _served({"type": "JsonWebKey", "publicKeyJwk": jwk}))


_NO_KEY = undetermined(R.KEY_UNKNOWN, CheckId.KEY_AUTHORITY)


@case("K10", M, "a document with thousands of methods, or with two keys under one name",
      attacks={"10,000 methods": _NO_KEY, "257 methods": _NO_KEY, "10,000 names": _NO_KEY,
               "one name, two keys": _NO_KEY, "one name, two keys, in the set": _NO_KEY},
      twins={TWIN: VALID, "256 methods": VALID, "one name, one key twice": VALID, "set twin": VALID,
             "one name, one key twice, in the set": VALID, "the last of 40 in the set, unnamed": VALID})
def _many_methods(variant: str) -> Input:
    issuer, other = university(), attacker()
    if "set" in variant:
        issuer = SimulatedIssuer("https-jwks")
        named = json.loads(issuer.controller_document())["keys"]
        if variant.startswith("one name"):
            named.append(named[0] if "twice" in variant else other.key.jwk | {"kid": named[0]["kid"]})
        token = issuer.badge_jwt()
        if variant.startswith("the last"):
            named = [*(other.key.jwk | {"kid": f"a{number:02}"} for number in range(39)), *named]
            token = issuer.seal_jwt(issuer.badge_document(), kid="")
        return File(token, tuple(documents({issuer.id: compact_json({"keys": named})})))
    document = json.loads(issuer.controller_document())
    own = document["verificationMethod"][0]
    more = {"10,000 methods": 9_999, "257 methods": 256, "256 methods": 254}.get(variant, 0)
    document["verificationMethod"] += [
        {"id": f"{issuer.id}#m{number}", "type": "M", "controller": issuer.id} for number in range(more)]
    if variant == "10,000 names":
        document["assertionMethod"] += [f"#{number}" for number in range(10_000)]
    if variant.startswith("one name"):
        double = own if variant.endswith("twice") else own | {"publicKeyMultibase": other.key.multibase}
        document["verificationMethod"].append(double)
    data = compact_json(document)
    if len(data) > 256 * 1024:  # the bound on the whole document comes first
        document["verificationMethod"] = [own, *({"id": f"#{number}"} for number in range(9_999))]
        data = compact_json(document)
    return File(issuer.badge(), tuple(documents({issuer.id: data})))
