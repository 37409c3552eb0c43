"""Families that are recognised and shown, and whose seal cannot be checked here yet.

Blockcerts anchored in a chain and the European JAdES seal. Each comes back as a credential that says what it
is; none of them is an error, and none is ever taken for sealed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

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
)

from . import openbadges2
from .members import contexts, first_object, identifier, strings, text, types
from .vc import read_issuer, read_subject, version_of

_EUROPEAN_TYPE: Final = "EuropeanDigitalCredential"


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
