"""The EvidenceStore port: documents by address, all versions, each with its grade and dates.

Here are the port itself, two stores in memory, and the recognition of what a document is. Where documents
rest is in `vault.evidence`; what they prove is in `issuer_keys` and in `verify`. Nothing here fetches.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final, Protocol

from wallet.codec.cose import cose_bytes, looks_like_cose, split_cose
from wallet.codec.dates import parse_datetime
from wallet.codec.encoding import split_jws
from wallet.codec.strict_json import parse_json
from wallet.model.errors import CodecError, TrustError
from wallet.model.evidence import EvidenceDocument, EvidenceKind, EvidenceUsed, Grade, Verified
from wallet.model.limits import MAX_DID_DOCUMENT_BYTES, MAX_EVIDENCE_BYTES, MAX_URL_CHARS
from wallet.model.reasons import ReasonCode, reason

from .anchors import is_trust_list

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_KEY_DOCUMENTS: Final = (EvidenceKind.DID_DOCUMENT, EvidenceKind.ISSUER_PROFILE, EvidenceKind.JWK_SET,
                         EvidenceKind.KEY)
_LIST_TYPES: Final = frozenset({"BitstringStatusListCredential", "StatusList2021Credential",
                                "RevocationList2020Credential"})
_LIST_SUBJECTS: Final = frozenset({"BitstringStatusList", "StatusList2021", "RevocationList2020"})
_KEY_SETS: Final = frozenset({"jwks", "jwks_uri"})  # of an issuer's metadata: the keys, or where they are
_KEY_MEMBERS: Final = ("kty", "publicKeyMultibase", "publicKeyJwk", "publicKeyPem", "publicKeyBase58")
_RELATIONSHIPS: Final = ("verificationMethod", "assertionMethod", "authentication", "publicKey")
_PARTIES: Final = frozenset({"Profile", "Issuer"})
_RECORDS: Final = frozenset({"Assertion", "BadgeClass"})
_LAST_SECOND: Final = 253_402_300_799  # 9999-12-31T23:59:59Z
#: By what alone a document of a grade is what it should be; its own seal is judged in `operations`.
_VERIFIED_BY: Final = {Grade.SHIPPED: (Verified.SHIPPED,), Grade.FETCHED: (Verified.TLS,),
                       Grade.FETCHED_PLAIN: (),
                       Grade.SUPPLIED: (Verified.BY_HAND,), Grade.SENDER: ()}
_MAX_NODES: Final = 400_000  # a long issuer list; what is believed is parsed again under its own bounds


class EvidenceStore(Protocol):
    """Where documents are looked up. Never fetches."""

    def documents(self, address: str) -> tuple[EvidenceDocument, ...]:
        """Return every version kept for that exact address, newest first."""
        ...


class MemoryEvidence:
    """Documents that were given, in memory."""

    def __init__(self, documents: Iterable[EvidenceDocument]) -> None:
        """Keep the documents; of one address, what was fetched last comes first."""
        self._by_address: dict[str, tuple[EvidenceDocument, ...]] = {}
        for document in documents:
            before = self._by_address.get(document.address, ())
            self._by_address[document.address] = newest_first((*before, document))

    def documents(self, address: str) -> tuple[EvidenceDocument, ...]:
        """Return every version of that address, newest first."""
        return self._by_address.get(address, ())


class LayeredEvidence:
    """Several stores as one; the same bytes in two of them count once, with the better grade."""

    def __init__(self, stores: Iterable[EvidenceStore]) -> None:
        """Look into the stores in this order."""
        self._stores = tuple(stores)

    def documents(self, address: str) -> tuple[EvidenceDocument, ...]:
        """Return every version in any of the stores, newest first."""
        return newest_first(one for store in self._stores for one in store.documents(address))


def newest_first(documents: Iterable[EvidenceDocument]) -> tuple[EvidenceDocument, ...]:
    """Return the versions by the time they got here, without doubles.

    One that nobody can date comes behind the dated ones; among equals the order given stays. Of the same
    bytes the copy of the best grade is kept, and of that grade the one that came last; it keeps the day on
    which any of them came first.
    """
    best: dict[str, EvidenceDocument] = {}
    for document in documents:
        other = best.get(document.sha256)
        if other is None:
            best[document.sha256] = document
        else:
            better, worse = (document, other) if _rank(document) < _rank(other) else (other, document)
            best[document.sha256] = _seen_first(better, worse.first_seen)
    return tuple(sorted(best.values(), key=lambda one: one.as_of or _EPOCH, reverse=True))


def evidence_document(address: str, data: bytes, *, grade: Grade, source: str,
                      fetched_at: datetime | None = None) -> EvidenceDocument:
    """Take a document in, recognising what it is from its content.

    Args:
        address: URL or DID it answers for, byte-exact.
        data: Its bytes, kept as they are.
        grade: How it got here.
        source: In words for details.
        fetched_at: When it got here, None if nobody knows.

    Raises:
        TrustError: EVIDENCE_ADDRESS for an address that is none; EVIDENCE_UNREADABLE for something that
            is too large, or no document that could prove anything.
    """
    if ":" not in address or len(address) > MAX_URL_CHARS or not address.isprintable() or " " in address:
        raise TrustError(reason(ReasonCode.EVIDENCE_ADDRESS, found=address[:200]))
    if not data or len(data) > MAX_EVIDENCE_BYTES:
        raise TrustError(reason(ReasonCode.EVIDENCE_UNREADABLE, name=address, limit=str(MAX_EVIDENCE_BYTES)))
    kind = _kind_of_bytes(address, data)
    if kind in _KEY_DOCUMENTS and len(data) > MAX_DID_DOCUMENT_BYTES:
        raise TrustError(reason(ReasonCode.EVIDENCE_UNREADABLE, name=address,
                                limit=str(MAX_DID_DOCUMENT_BYTES)))
    valid_from, valid_until = own_dates(data)
    return EvidenceDocument(address, kind, data, hashlib.sha256(data).hexdigest(), grade, source, fetched_at,
                            valid_from, valid_until, _VERIFIED_BY[grade])


def used(document: EvidenceDocument, *, dated: datetime | None = None) -> EvidenceUsed:
    """Return the mention of a document in an answer.

    Args:
        document: What the answer rests on.
        dated: The document's own date, if it states one.
    """
    return EvidenceUsed(document.address, document.kind, document.grade, document.sha256,
                        document.fetched_at, dated)


def own_dates(data: bytes) -> tuple[datetime | None, datetime | None]:
    """Return from when and until when a document says it counts; None for what it does not say."""
    text = data.strip()
    try:
        document = parse_json(text, max_nodes=_MAX_NODES) if text[:1] == b"{" else _claims(data)
    except (UnicodeDecodeError, CodecError):
        return None, None
    if not isinstance(document, dict):
        return None, None
    begins = _moment(document, "validFrom", "issuanceDate", "nbf", "iat")
    return begins, _moment(document, "validUntil", "expirationDate", "exp")


def _moment(document: dict[str, Any], *members: str) -> datetime | None:
    for member in members:
        value = document.get(member)
        if isinstance(value, str):
            try:
                return parse_datetime(value)[0]
            except CodecError:
                continue
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _LAST_SECOND:
            return datetime.fromtimestamp(value, UTC)
    return None


def _seen_first(document: EvidenceDocument, moment: datetime | None) -> EvidenceDocument:
    first = document.first_seen
    return replace(document, first_at=moment) if moment and first and moment < first else document


def _rank(document: EvidenceDocument) -> tuple[int, float]:
    order = tuple(Grade).index(document.grade)
    return order, -(document.fetched_at or _EPOCH).timestamp()


def _kind_of_bytes(address: str, data: bytes) -> EvidenceKind:
    if is_trust_list(data):
        return EvidenceKind.REGISTRY
    text = data.strip()
    if text[:1] in (b"{", b"["):
        try:
            return _kind_of(parse_json(text, max_nodes=_MAX_NODES))
        except CodecError as error:
            raise TrustError(reason(ReasonCode.EVIDENCE_UNREADABLE, name=address,
                                    found=error.reason.code.value)) from error
    try:
        claims = _claims(data)
    except (UnicodeDecodeError, CodecError) as error:
        raise TrustError(reason(ReasonCode.EVIDENCE_UNREADABLE, name=address)) from error
    return _kind_of_claims(claims)


def _claims(data: bytes) -> Any:
    """Return what a token or a COSE message states. Raises as its readers."""
    if looks_like_cose(data):
        from wallet.codec.cwt import cwt_claims  # noqa: PLC0415 - few lists are such messages

        payload = split_cose(cose_bytes(data)).payload
        return parse_json(payload) if payload[:1] == b"{" else cwt_claims(payload)
    return parse_json(split_jws(data.strip().decode("ascii")).payload)


def _kind_of_claims(claims: Any) -> EvidenceKind:
    if not isinstance(claims, dict):
        return EvidenceKind.OTHER
    if "status_list" in claims:  # a Token Status List
        return EvidenceKind.STATUS_LIST
    inner = claims.get("vc")
    return EvidenceKind.STATUS_LIST if _is_list(inner if isinstance(inner, dict) else claims) \
        else EvidenceKind.OTHER


def _kind_of(document: Any) -> EvidenceKind:
    if isinstance(document, list):
        return EvidenceKind.REGISTRY if _is_plain_list(document) else EvidenceKind.OTHER
    if not isinstance(document, dict):
        return EvidenceKind.OTHER
    if _is_list(document):
        return EvidenceKind.STATUS_LIST
    if isinstance(document.get("registry"), dict):
        return EvidenceKind.REGISTRY
    if "revokedCredential" in document or "revokedAssertions" in document:
        return EvidenceKind.REVOCATION_LIST
    return _kind_of_controller(document)


def _kind_of_controller(document: dict[str, Any]) -> EvidenceKind:
    types = _texts(document.get("type"))
    is_metadata = "issuer" in document and not _KEY_SETS.isdisjoint(document)
    if isinstance(document.get("keys"), list) or is_metadata:
        return EvidenceKind.JWK_SET
    if any(member in document for member in _KEY_MEMBERS):
        return EvidenceKind.KEY
    if str(document.get("id", "")).startswith("did:"):
        return EvidenceKind.DID_DOCUMENT
    if types & _PARTIES or ("id" in document and any(member in document for member in _RELATIONSHIPS)):
        return EvidenceKind.ISSUER_PROFILE
    if "@context" in document and not types and "id" not in document:
        # JSON-LD 1.1 §4.1: a context document is an object whose one meaningful member is @context.
        return EvidenceKind.CONTEXT
    badge = types & _RECORDS or {"badge", "recipient"} <= document.keys()
    return EvidenceKind.BADGE_RECORD if badge else EvidenceKind.OTHER


def _is_list(document: dict[str, Any]) -> bool:
    """Tell a status list by its type, or by its subject where the type is missing (seen in the field)."""
    subject = document.get("credentialSubject")
    inner = _texts(subject.get("type")) if isinstance(subject, dict) else set()
    return bool(_texts(document.get("type")) & _LIST_TYPES or inner & _LIST_SUBJECTS)


def _is_plain_list(document: list[Any]) -> bool:
    return bool(document) and all(isinstance(one, dict) and isinstance(one.get("id"), str) and "name" in one
                                  for one in document)


def _texts(value: Any) -> set[str]:
    values = value if isinstance(value, list) else [value]
    return {one for one in values if isinstance(one, str)}
