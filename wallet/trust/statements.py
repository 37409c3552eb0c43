"""Entity statements of OpenID Federation: what a superior, or an entity itself, signed about an entity.

Read and verified here, one at a time; how they make a way to an anchor is in `federation`. A statement that
has passed its end is still read, so that what it said can be told with its dates. OpenID Federation 1.0
§3 (claims), §3.2 (what to validate), §6.2 (constraints), RFC 7515, RFC 7517.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from wallet.codec.encoding import split_jws
from wallet.codec.strict_json import parse_object
from wallet.keys.keypair import PublicKey, public_key_from_jwk
from wallet.model.credential import CompactJws, JsonObject
from wallet.model.errors import CodecError, TrustError, WalletError
from wallet.model.evidence import EvidenceDocument
from wallet.model.limits import MAX_DID_DOCUMENT_BYTES
from wallet.model.reasons import ReasonCode, reason
from wallet.proofs.jws import verify_jws

_TYPE: Final = "entity-statement+jwt"
_MAX_KEYS: Final = 32
_SKEW: Final = timedelta(minutes=2)  # clocks of honest hosts differ a little
_LAST_SECOND: Final = 253_402_300_799  # of the year 9999
#: What we read, and what tells us nothing that could change an answer.
_UNDERSTOOD: Final = frozenset({
    "iss", "sub", "iat", "exp", "jti", "jwks", "metadata", "metadata_policy", "constraints",
    "authority_hints", "crit"})
#: The entity types whose members we show; a policy about one of them would have to be applied.
_SHOWN: Final = frozenset({"federation_entity", "institution_additional_information",
                           "credential_registry_entity", "ror_entity"})
_NOT_FOUND: Final = "not_found"


@dataclass(frozen=True, slots=True)
class Statement:
    """One verified statement.

    Attributes:
        document: Where it was read from.
        subject: Whom it is about.
        keys: The subject's keys by their ids, as the statement lists them.
        signed_by: The key that opened its signature.
        claims: All of it; untrusted beyond what was verified.
    """

    document: EvidenceDocument
    subject: str
    issued: datetime
    expires: datetime
    keys: tuple[tuple[str, PublicKey], ...]
    signed_by: PublicKey
    claims: JsonObject

    @property
    def metadata(self) -> JsonObject:
        """Return what is said about the subject, by kind of entity."""
        found = self.claims.get("metadata")
        return found if isinstance(found, dict) else {}

    @property
    def entity(self) -> JsonObject:
        """Return what is said about the subject as a member of the federation."""
        found = self.metadata.get("federation_entity")
        return found if isinstance(found, dict) else {}

    def allowed_types(self) -> set[str]:
        """Return the kinds of entity that those below may be (§6.2.3); a member of it is always allowed."""
        listed = self._constraints().get("allowed_entity_types")
        if listed is None:
            return set(_SHOWN)
        texts = {one for one in listed if isinstance(one, str)} if isinstance(listed, list) else set()
        return (texts & _SHOWN) | {"federation_entity"}

    def demand_allowed(self, subject: str, *, intermediates: int) -> None:
        """Hold a subject below to the constraints of this statement.

        Raises:
            TrustError: STATEMENT_REFUSED, naming the constraint.
        """
        constraints = self._constraints()
        longest = constraints.get("max_path_length")
        if longest is not None and (not _is_whole(longest) or intermediates > longest):
            raise refused("max_path_length", self.subject)
        naming = constraints.get("naming_constraints")
        if naming is not None and not _name_allowed(naming, subject):
            raise refused("naming_constraints", self.subject)

    def _constraints(self) -> JsonObject:
        found = self.claims.get("constraints")
        return found if isinstance(found, dict) else {}


def read_statement(document: EvidenceDocument, *, issuer: str, subject: str,
                   keys: tuple[tuple[str, PublicKey], ...] | None, at: datetime) -> Statement:
    """Read a statement and verify it. That it has passed its end is left to the caller.

    Args:
        document: As it was fetched or supplied.
        issuer: Who must have said it.
        subject: Of whom.
        keys: The issuer's keys; None for a configuration that vouches for its own.
        at: The present time.

    Raises:
        TrustError: STATEMENT_REFUSED, with what does not hold in `what`.
    """
    try:
        jws, claims = _taken_apart(document)
    except (CodecError, UnicodeDecodeError) as error:
        raise refused("form", issuer) from error
    if jws.header.get("typ") != _TYPE:
        raise refused("typ", issuer)
    if claims.get("iss") != issuer:
        raise refused("iss", issuer)
    if claims.get("sub") != subject:
        raise refused("sub", issuer)
    _demand_understood(claims, issuer)
    issued, expires = _moment(claims.get("iat"), "iat", issuer), _moment(claims.get("exp"), "exp", issuer)
    if issued > at + _SKEW or expires <= issued:
        raise refused("iat", issuer)
    listed = _keys(claims, issuer)
    signed_by = _verified(jws, listed if keys is None else keys, issuer)
    return Statement(document, subject, issued, expires, listed, signed_by, claims)


def is_not_found(document: EvidenceDocument) -> bool:
    """Tell the answer of a host that does not know the subject (§8.9: an error object)."""
    if document.data[:1] != b"{" or len(document.data) > MAX_DID_DOCUMENT_BYTES:
        return False
    try:
        return parse_object(document.data).get("error") == _NOT_FOUND
    except CodecError:
        return False


def refused(what: str, issuer: str) -> TrustError:
    """Return the error for a statement that does not hold."""
    return TrustError(reason(ReasonCode.STATEMENT_REFUSED, what=what, issuer=issuer))


def _taken_apart(document: EvidenceDocument) -> tuple[CompactJws, JsonObject]:
    if len(document.data) > MAX_DID_DOCUMENT_BYTES:
        raise CodecError(reason(ReasonCode.LIMIT_BYTES, limit=str(MAX_DID_DOCUMENT_BYTES)))
    jws = split_jws(document.data.strip().decode("ascii"))
    return jws, parse_object(jws.payload)


def _demand_understood(claims: JsonObject, issuer: str) -> None:
    critical = claims.get("crit", [])
    texts = [one for one in critical if isinstance(one, str)] if isinstance(critical, list) else None
    if texts is None or len(texts) != len(critical) or not _UNDERSTOOD.issuperset(texts):
        raise refused("crit", issuer)
    if not isinstance(claims.get("constraints", {}), dict):
        raise refused("constraints", issuer)
    if claims.get("metadata_policy_crit"):
        raise refused("metadata_policy_crit", issuer)
    policy = claims.get("metadata_policy", {})
    if not isinstance(policy, dict) or not _SHOWN.isdisjoint(policy):
        raise refused("metadata_policy", issuer)


def _moment(value: Any, member: str, issuer: str) -> datetime:
    if not _is_whole(value) or value > _LAST_SECOND:
        raise refused(member, issuer)
    return datetime.fromtimestamp(value, UTC)


def _keys(claims: JsonObject, issuer: str) -> tuple[tuple[str, PublicKey], ...]:
    """Return the subject's keys. Ids are unique (§3.1); a key that we cannot use counts as absent."""
    jwks = claims.get("jwks", {})
    entries = jwks.get("keys", []) if isinstance(jwks, dict) else None
    if not isinstance(entries, list) or len(entries) > _MAX_KEYS:
        raise refused("jwks", issuer)
    found: dict[str, PublicKey | None] = {}
    for entry in entries:
        kid = entry.get("kid") if isinstance(entry, dict) else None
        if not isinstance(kid, str) or not kid or kid in found:
            raise refused("jwks", issuer)
        try:
            found[kid] = public_key_from_jwk(entry)
        except WalletError as error:
            if error.reason.code is ReasonCode.KEY_PRIVATE:
                raise refused("private key", issuer) from error
            found[kid] = None
    return tuple((kid, key) for kid, key in found.items() if key)


def _verified(jws: CompactJws, keys: tuple[tuple[str, PublicKey], ...], issuer: str) -> PublicKey:
    kid = jws.header.get("kid")
    key = next((one for name, one in keys if name == kid), None)
    if key is None:
        raise refused("kid", issuer)
    try:
        verify_jws(jws, key)
    except WalletError as error:
        raise refused("signature", issuer) from error
    return key


def _name_allowed(naming: Any, subject: str) -> bool:
    """RFC 5280 §4.2.1.10 for hosts: a leading dot takes in what lies below, a plain name only itself.

    A subject without a host cannot be held to such a constraint, so it is refused.
    """
    if not isinstance(naming, dict):
        return False
    host = (urlsplit(subject).hostname or "") if subject.startswith("https://") else ""
    permitted, excluded = naming.get("permitted"), naming.get("excluded", [])
    if not host or not isinstance(excluded, list) or not isinstance(permitted, list | None):
        return False
    if any(_is_within(host, one) for one in excluded):
        return False
    return permitted is None or any(_is_within(host, one) for one in permitted)


def _is_within(host: str, pattern: Any) -> bool:
    if not isinstance(pattern, str):
        return False
    return host.endswith(pattern.lower()) if pattern.startswith(".") else host == pattern.lower()


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
