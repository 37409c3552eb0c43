"""What an issuer's own document says about keys: DID documents, badge profiles, key documents, JWK sets.

A document is read as it is; whether it may be believed, and whether a method may sign for an issuer, is
decided in `trust`. Methods of other documents that are only named here stay names. Specification:
Controlled Identifiers 1.0 §2, RFC 7517 §5; CryptographicKey of Open Badges 2.0; JWT VC Issuer Metadata.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from wallet.codec.dates import parse_datetime
from wallet.model.credential import JsonObject
from wallet.model.errors import CodecError, KeysError
from wallet.model.limits import MAX_DID_METHODS, MAX_URL_CHARS
from wallet.model.reasons import Reason, ReasonCode, reason

from .gate import malformed
from .keypair import (
    KeyKind,
    PublicKey,
    public_key_from_base58,
    public_key_from_jwk,
    public_key_from_multibase,
    public_key_from_pem,
)


@dataclass(frozen=True, slots=True)
class VerificationMethod:
    """One key of a document, usable or not.

    Attributes:
        id: Absolute.
        controller: Who it says controls the key.
        key: The key, None where `problem` says why it cannot be used.
        problem: Why there is no key, or KEY_REVOKED: the document revokes the same key under another name,
            and stands by it under this one.
        revoked, expires: Dates the document gives, UTC.
        type: As written.
        kid: The JWK's own name, "" if it has none.
    """

    id: str
    controller: str
    key: PublicKey | None = None
    problem: Reason | None = None
    revoked: datetime | None = None
    expires: datetime | None = None
    type: str = ""
    kid: str = ""


@dataclass(frozen=True, slots=True)
class ControllerDocument:
    """What one document says about keys.

    Attributes:
        id: Its own id, equal to the address it answers for.
        methods: The methods it defines.
        assertion, authentication: Absolute ids it lists for that purpose; some may name methods that
            other documents define.
        is_silent: Whether it has no word about keys, not even that there are none: a badge profile need not.
    """

    id: str
    methods: tuple[VerificationMethod, ...] = ()
    assertion: frozenset[str] = frozenset()
    authentication: frozenset[str] = frozenset()
    is_silent: bool = False

    def method(self, method_id: str) -> VerificationMethod | None:
        """Return the method of that absolute id, or None."""
        return next((method for method in self.methods if method.id == method_id), None)


# Met in badge profiles at web addresses that know no purposes: a key called by the seals it makes.
_NAMED_BY_SEAL: Final = "DataIntegrityProof"
# Type of method -> the member that holds its key, and the kinds it may hold.
_ANY: Final = frozenset(KeyKind)
_FORMS: Final[dict[str, tuple[tuple[str, ...], frozenset[KeyKind]]]] = {
    "Multikey": (("publicKeyMultibase",), _ANY),
    "JsonWebKey": (("publicKeyJwk",), _ANY),
    "JsonWebKey2020": (("publicKeyJwk",), _ANY),
    "Ed25519VerificationKey2020": (("publicKeyMultibase",), frozenset({KeyKind.ED25519})),
    "Ed25519VerificationKey2018": (
        ("publicKeyBase58", "publicKeyMultibase", "publicKeyJwk"),
        frozenset({KeyKind.ED25519}),
    ),
    "EcdsaSecp256r1VerificationKey2019": (
        ("publicKeyMultibase", "publicKeyJwk"),
        frozenset({KeyKind.P256}),
    ),
    "CryptographicKey": (("publicKeyPem",), _ANY),
    "RsaVerificationKey2018": (("publicKeyPem", "publicKeyJwk"), frozenset({KeyKind.RSA})),
    "Key": (("publicKeyPem",), _ANY),
    _NAMED_BY_SEAL: (("publicKeyMultibase",), _ANY),
}
_READERS: Final[dict[str, Callable[[Any], PublicKey]]] = {
    "publicKeyMultibase": public_key_from_multibase,
    "publicKeyBase58": public_key_from_base58,
    "publicKeyPem": public_key_from_pem,
    "publicKeyJwk": public_key_from_jwk,
}
_LAST_SECOND: Final = 253_402_300_799  # 9999-12-31T23:59:59Z
_PRIVATE_PREFIXES: Final = ("privateKey", "secretKey")
_DEFINING: Final = ("verificationMethod", "publicKey")
_RELATIONSHIPS: Final = (
    "assertionMethod",
    "authentication",
    "keyAgreement",
    "capabilityInvocation",
    "capabilityDelegation",
)


def controller_document(document: JsonObject, *, address: str) -> ControllerDocument:
    """Read a document about keys.

    Args:
        document: Parsed under the limits.
        address: What it was asked for by; its own `id` must be the same text.

    Raises:
        KeysError: DID_DOCUMENT_MALFORMED: another id, ambiguous or unnamed methods, wrong shapes;
            LIMIT_ITEMS: too many methods.
    """
    if isinstance(document.get("keys"), list):
        return _read_jwk_set(document["keys"], address)
    jwks = document.get("jwks")
    if isinstance(jwks, dict) and "issuer" in document:
        # SD-JWT VC §5.2: the issuer's metadata; its `issuer` must be what it was asked for by.
        if document["issuer"] != address or not isinstance(jwks.get("keys"), list):
            raise _malformed("issuer", str(document["issuer"])[:200])
        return _read_jwk_set(jwks["keys"], address)
    if "kty" in document:
        return _all_purposes(address, (_read_jwk(document, address, address),))
    if document.get("id") != address:
        raise _malformed("id", str(document.get("id"))[:200])
    if any(member in document for member in _READERS):
        return _all_purposes(address, (_read_method(document, address, address),))
    return _read_controller(document, address)


def _read_controller(document: JsonObject, address: str) -> ControllerDocument:
    reader = _MethodReader(address)
    sealing = set()
    for value in _values(document.get("verificationMethod")):
        method_id = reader.define(value)
        if value.get("type") == _NAMED_BY_SEAL and not address.startswith("did:"):
            sealing.add(method_id)
    listed = {name: frozenset(reader.list_in(document.get(name))) for name in _RELATIONSHIPS}
    # Badge profiles before Controlled Identifiers list their keys in `publicKey` and know no purposes.
    # A document that has purposes means them: there the old member only defines.
    legacy = frozenset(reader.list_in(document.get("publicKey")))
    has_purposes = any(name in document for name in _RELATIONSHIPS)
    assertion = listed["assertionMethod"] if has_purposes else legacy | sealing
    authentication = listed["authentication"] if has_purposes else legacy
    # A DID's document is about its keys; a profile at a web address is about its owner.
    is_silent = not (address.startswith("did:") or has_purposes
                     or any(name in document for name in _DEFINING))
    return ControllerDocument(address, reader.methods, assertion, authentication, is_silent)


class _MethodReader:
    """Collects the methods of one document and keeps their ids unique."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._methods: dict[str, VerificationMethod] = {}
        self._listed = 0

    @property
    def methods(self) -> tuple[VerificationMethod, ...]:
        return _taken_back(tuple(self._methods.values()))

    def define(self, value: Any) -> str:
        if not isinstance(value, dict):
            raise _malformed("verificationMethod", "")
        method_id = self._absolute(value.get("id"))
        self._count()
        method = _read_method(value, method_id, self._address)
        # Written out once per purpose is common; two keys under one name leave nobody to tell which is meant.
        if self._methods.setdefault(method_id, method) != method:
            raise _malformed("id", method_id[:200])
        return method_id

    def list_in(self, relationship: Any) -> Iterator[str]:
        for value in _values(relationship):
            if isinstance(value, dict):
                yield self.define(value)
            else:
                self._count()
                yield self._absolute(value)

    def _absolute(self, value: Any) -> str:
        if not isinstance(value, str) or not value or len(value) > MAX_URL_CHARS:
            raise _malformed("id", str(value)[:200])
        return self._address + value if value.startswith("#") else value

    def _count(self) -> None:
        self._listed += 1
        if self._listed > MAX_DID_METHODS:
            raise KeysError(reason(ReasonCode.LIMIT_ITEMS, limit=str(MAX_DID_METHODS)))


def _taken_back(methods: tuple[VerificationMethod, ...]) -> tuple[VerificationMethod, ...]:
    """Return the methods, and of each whose key is revoked under another name that it is in doubt.

    What a method is revoked for is that somebody else has its key, and to him all its names are the same.
    """
    found: dict[str, datetime] = {}
    for one in methods:
        if one.key and one.revoked:
            found[one.key.thumbprint] = min(one.revoked, found.get(one.key.thumbprint, one.revoked))
    if not found:
        return methods
    return tuple(replace(one, revoked=found[one.key.thumbprint], problem=reason(ReasonCode.KEY_REVOKED))
                 if one.key and not one.revoked and one.key.thumbprint in found else one for one in methods)


def _read_method(value: JsonObject, method_id: str, address: str) -> VerificationMethod:
    types = [name for name in _values(value.get("type")) if isinstance(name, str)]
    known = next((name for name in types if name in _FORMS), types[0] if types else "")
    controller = value.get("controller", value.get("owner", address))
    jwk = value.get("publicKeyJwk")
    kid = jwk.get("kid", "") if isinstance(jwk, dict) else ""
    key = problem = revoked = expires = None
    try:
        if not isinstance(controller, str):
            raise malformed(known or "key", "controller")
        revoked, expires = _date(value, "revoked"), _date(value, "expires")
        key = _read_key(value, known)
    except KeysError as error:
        problem = error.reason
    return VerificationMethod(
        id=method_id,
        controller=controller if isinstance(controller, str) else "",
        key=key,
        problem=problem,
        revoked=revoked,
        expires=expires,
        type=known[:100],
        kid=kid if isinstance(kid, str) else "",
    )


def _read_key(value: JsonObject, type_name: str) -> PublicKey:
    if any(member.startswith(_PRIVATE_PREFIXES) for member in value):
        raise KeysError(reason(ReasonCode.KEY_PRIVATE, key=type_name))
    if type_name not in _FORMS:
        raise KeysError(reason(ReasonCode.KEY_UNSUPPORTED, key=type_name[:100]))
    members, kinds = _FORMS[type_name]
    present = [member for member in _READERS if member in value]
    if not present or any(member not in members for member in present):
        raise malformed(type_name, ", ".join(present))
    keys = [_read_form(member, value[member]) for member in present]
    if any(key != keys[0] for key in keys) or keys[0].kind not in kinds:
        raise malformed(type_name, "key")
    return keys[0]


def _read_form(member: str, value: Any) -> PublicKey:
    expected = dict if member == "publicKeyJwk" else str
    if not isinstance(value, expected):
        raise malformed(member, "shape")
    return _READERS[member](value)


def _read_jwk_set(keys: list[Any], address: str) -> ControllerDocument:
    if len(keys) > MAX_DID_METHODS:
        raise KeysError(reason(ReasonCode.LIMIT_ITEMS, limit=str(MAX_DID_METHODS)))
    methods: dict[str, VerificationMethod] = {}
    seen: dict[str, JsonObject] = {}
    for index, jwk in enumerate(keys):
        if not isinstance(jwk, dict):
            raise _malformed("keys", str(index))
        kid = jwk.get("kid")
        name = kid if isinstance(kid, str) and kid else str(index)
        method_id = name if name.startswith(address) else f"{address}#{name.removeprefix('#')}"
        if seen.setdefault(method_id, jwk) != jwk:  # the very same again says nothing new
            raise _malformed("kid", name[:200])
        methods[method_id] = _read_jwk(jwk, method_id, address)
    return _all_purposes(address, _taken_back(tuple(methods.values())))


def _read_jwk(jwk: JsonObject, method_id: str, address: str) -> VerificationMethod:
    kid = jwk.get("kid", "")
    key = problem = revoked = expires = None
    try:
        # OpenID Federation 1.0 §8.7.2 registered both for keys in sets (RFC 7517 has neither).
        revoked = _taken_back_at(jwk.get("revoked"))
        expires = _seconds(jwk, "exp") if "exp" in jwk else None
        key = public_key_from_jwk(jwk)
    except KeysError as error:
        problem = error.reason
    return VerificationMethod(
        method_id, address, key, problem, revoked, expires, type="JsonWebKey",
        kid=kid if isinstance(kid, str) else ""
    )


def _taken_back_at(stated: Any) -> datetime | None:
    """Return since when a key of a set counts no more; in a form that nobody knows it was taken back, too."""
    if stated is None or stated is False:
        return None
    return _seconds(stated if isinstance(stated, dict) else {}, "revoked_at")


def _all_purposes(address: str, methods: tuple[VerificationMethod, ...]) -> ControllerDocument:
    listed = frozenset(method.id for method in methods)
    return ControllerDocument(address, methods, listed, listed)


def _date(value: JsonObject, member: str) -> datetime | None:
    text = value.get(member)
    if text is None:
        return None
    try:
        return parse_datetime(text if isinstance(text, str) else "")[0]
    except CodecError:
        raise malformed(member, str(text)[:40]) from None


def _seconds(value: JsonObject, member: str) -> datetime | None:
    stated = value.get(member)
    if isinstance(stated, bool) or not isinstance(stated, int | float) or not 0 <= stated <= _LAST_SECOND:
        raise malformed(member, str(stated)[:40])
    return datetime.fromtimestamp(stated, UTC)


def _values(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _malformed(what: str, found: str) -> KeysError:
    return KeysError(reason(ReasonCode.DID_DOCUMENT_MALFORMED, what=what, found=found))
