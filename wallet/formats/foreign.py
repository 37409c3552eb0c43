"""Families that are recognised and shown, and whose seal cannot be checked here yet.

SD-JWT, COSE, Blockcerts anchored in a chain, the European JAdES seal, Token Status Lists. Each comes back as
a credential that says what it is; none of them is an error, and none is ever taken for sealed.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import replace
from typing import Final

from wallet.codec.encoding import split_jws
from wallet.codec.strict_json import parse_object
from wallet.model.credential import (
    Achievement,
    CompactJws,
    Credential,
    CredentialFormat,
    EvidenceClass,
    Issuer,
    JsonObject,
    Original,
    Securing,
    Subject,
)

from . import openbadges2
from .jwt import payload_object
from .members import contexts, first_object, identifier, strings, text, types
from .openbadges2 import unix_moment
from .vc import read_issuer, read_subject, version_of

_SD_JWT_TYPES: Final = frozenset({"vc+sd-jwt", "dc+sd-jwt", "vp+sd-jwt"})
_TOKEN_LIST_TYPE: Final = "statuslist+jwt"
_EUROPEAN_TYPE: Final = "EuropeanDigitalCredential"
# RFC 9052 §2: tag 18 and an array of four; as base64 and as hex text it starts like this.
_COSE_BYTES: Final = (b"\xd2\x84",)
_COSE_TEXTS: Final = (b"0oR", b"d284")


def read_foreign(
    document: JsonObject, original: Original, jws: CompactJws | None = None
) -> Credential | None:
    """Return what a document of another family says, or None if it is of no family we know."""
    if openbadges2.part_of(document) is None:
        return None
    badge = openbadges2.read_badge(document, original, jws)
    if "signature" not in document and not _mentions_blockcerts(document):
        return badge
    return replace(
        badge,
        format=CredentialFormat.BLOCKCERTS,
        evidence_class=EvidenceClass.SEALED,
        securing=Securing.UNSUPPORTED,
        problems=(),
    )


def is_foreign_token(media_type: str, claims: JsonObject) -> bool:
    """Return whether a token is of a family with rules of its own: SD-JWT or a Token Status List."""
    return (
        media_type in _SD_JWT_TYPES
        or media_type == _TOKEN_LIST_TYPE
        or "vct" in claims
        or "_sd_alg" in claims
    )


def read_foreign_token(claims: JsonObject, original: Original, jws: CompactJws) -> Credential:
    """Return what an SD-JWT or a Token Status List says without its disclosures."""
    kind = CredentialFormat.STATUS_LIST if "status_list" in claims else CredentialFormat.SD_JWT
    issuer = read_issuer(claims.get("issuer"))
    stated = text(claims.get("iss"))
    achievement = Achievement(
        name=text(first_object(first_object(claims.get("credentialSubject")).get("achievement")).get("name"))
    )
    vct = text(claims.get("vct"))
    title = (
        achievement.name or text(claims.get("name")) or vct.rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1]
    )
    return Credential(
        original=original,
        format=kind,
        evidence_class=EvidenceClass.SEALED,
        securing=Securing.UNSUPPORTED,
        document=claims,
        issuer=issuer if issuer.id else replace(issuer, id=stated),
        subject=read_subject(claims),
        achievement=achievement,
        jws=jws,
        id=identifier(claims) or text(claims.get("jti")),
        version=version_of(claims),
        types=types(claims) or ((vct,) if vct else ()),
        title=title[:200] or "SD-JWT",
        valid_from=unix_moment(claims.get("nbf")),
        valid_until=unix_moment(claims.get("exp")),
    )


def read_sd_jwt(token_text: str, original: Original) -> Credential:
    """Return what the sealed part of an SD-JWT says.

    Raises:
        CodecError: Its first part is no compact JWS.
    """
    jws = split_jws(token_text.split("~", 1)[0])
    return read_foreign_token(payload_object(jws), original, replace(jws, text=token_text))


def looks_like_cose(payload: bytes) -> bool:
    """Return whether bytes start like a COSE_Sign1 message: plain, in hex, or in base64 that decodes."""
    if payload.startswith(_COSE_BYTES):
        return True
    head = payload[:64]
    if head.startswith(_COSE_TEXTS[1]):
        return all(character in b"0123456789abcdefABCDEF" for character in head)
    if not head.startswith(_COSE_TEXTS[0]):
        return False
    try:
        return base64.b64decode(
            head[:60], altchars=b"-_" if b"-" in head or b"_" in head else None, validate=True
        ).startswith(_COSE_BYTES)
    except (binascii.Error, ValueError):
        return False


def read_cose(original: Original) -> Credential:
    """Return a credential that says no more than that it is sealed with COSE."""
    return Credential(
        original=original,
        format=CredentialFormat.OTHER,
        evidence_class=EvidenceClass.SEALED,
        securing=Securing.UNSUPPORTED,
        document={},
        issuer=Issuer(""),
        subject=Subject(),
        achievement=Achievement(),
        title="COSE",
        types=("COSE_Sign1",),
    )


def is_jades(document: JsonObject) -> bool:
    """Return whether a document is a European seal, whose payload is the text itself (RFC 7797)."""
    payload = document.get("payload")
    return isinstance(payload, str) and payload.lstrip().startswith("{") and "signatures" in document


def read_jades(document: JsonObject, original: Original) -> Credential:
    """Return what a European Digital Credential says.

    Raises:
        CodecError: The sealed text is no JSON object.
    """
    inner = parse_object(str(document["payload"]).encode("utf-8", "surrogatepass"))
    title = european_title(inner)
    return Credential(
        original=original,
        format=CredentialFormat.EUROPEAN,
        evidence_class=EvidenceClass.SEALED,
        securing=Securing.UNSUPPORTED,
        document=inner,
        issuer=named(read_issuer(inner.get("issuer")), inner),
        subject=read_subject(inner),
        achievement=Achievement(name=title),
        id=identifier(inner),
        version=version_of(inner),
        types=types(inner),
        title=title or _EUROPEAN_TYPE,
    )


def european_title(document: JsonObject) -> str:
    """Return the title a European credential asks to be shown under."""
    return text(first_object(document.get("displayParameter")).get("title"))


def family_of_credential(document: JsonObject) -> CredentialFormat | None:
    """Return the special family of a W3C credential, None for a plain one."""
    if _EUROPEAN_TYPE in types(document):
        return CredentialFormat.EUROPEAN
    return CredentialFormat.BLOCKCERTS if _mentions_blockcerts(document) else None


def only_anchored(proofs: tuple[JsonObject, ...]) -> bool:
    """Return whether every proof needs a look-up in a public chain."""
    return bool(proofs) and all(_is_anchored(proof) for proof in proofs)


def named(issuer: Issuer, document: JsonObject) -> Issuer:
    """Return the issuer with the name that European credentials keep under another member."""
    if issuer.name:
        return issuer
    profile = first_object(document.get("issuer"))
    return replace(issuer, name=text(profile.get("legalName")) or text(profile.get("prefLabel")))


def _mentions_blockcerts(document: JsonObject) -> bool:
    return any("blockcerts" in address for address in contexts(document))


def _is_anchored(proof: JsonObject) -> bool:
    names = (
        *strings(proof.get("type")),
        *strings(proof.get("cryptosuite")),
        *strings(proof.get("chainedProofType")),
    )
    return any(name.lower().replace("-", "").startswith("merkleproof") for name in names)
