"""Families told by what a document says of itself: Blockcerts anchored in a chain, European credentials.

A certificate that needs a look-up in a public chain comes back as a credential that says what it is; it is no
error, and never taken for sealed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from wallet.model.credential import (
    CompactJws,
    Credential,
    CredentialFormat,
    EvidenceClass,
    JsonObject,
    Original,
    Securing,
)
from wallet.model.errors import FormatError
from wallet.model.reasons import ReasonCode, reason

from . import openbadges2
from .european import is_european
from .members import contexts, has_type, strings

#: What people hand in by mistake, by members that only such a document has; the first that fits is named.
_HELPERS: Final = (
    ("key_document", frozenset({"id", "verificationMethod"})),
    ("key_document", frozenset({"id", "assertionMethod"})),
    ("key_set", frozenset({"keys"})),
    ("key", frozenset({"kty"})),
    ("key", frozenset({"publicKeyMultibase"})),
)
#: Older kinds of credentials that nobody reads here, by members that only they have.
_OLDER: Final = (
    ("Blockcerts 1", frozenset({"document", "receipt"})),
    ("Blockcerts 1", frozenset({"assertion", "certificate", "recipient"})),
    ("CLR 1.0", frozenset({"learner", "publisher"})),
)


def read_foreign(
    document: JsonObject, original: Original, jws: CompactJws | None = None
) -> Credential | None:
    """Return what a document of another family says, or None if it is of no family we know.

    Raises:
        FormatError: FORMAT_UNKNOWN, with its kind: a document that helps to check credentials and is none;
            FORMAT_UNSUPPORTED: a credential of an older kind.
    """
    if openbadges2.part_of(document) is None:
        older = next((name for name, members in _OLDER if members <= document.keys()), None)
        if older is not None:
            raise FormatError(reason(ReasonCode.FORMAT_UNSUPPORTED, what=older))
        kind = next((kind for kind, members in _HELPERS if members <= document.keys()), None)
        if document.keys() == {"@context"}:
            kind = "vocabulary"
        if kind is not None:
            raise FormatError(reason(ReasonCode.FORMAT_UNKNOWN, what=kind))
        return None
    badge = openbadges2.read_badge(document, original, jws)
    if "signature" not in document and not _mentions_blockcerts(document):
        return badge
    return replace(
        badge,
        format=CredentialFormat.BLOCKCERTS,
        evidence_class=EvidenceClass.SEALED,
        securing=Securing.ANCHORED if _is_receipt(document.get("signature")) else Securing.UNSUPPORTED,
        problems=(),
    )


def family_of_credential(document: JsonObject) -> CredentialFormat | None:
    """Return the special family of a W3C credential, None for a plain one.

    Its types tell: a seal over statements covers them, and not the list of vocabularies.
    """
    if is_european(document):
        return CredentialFormat.EUROPEAN
    return CredentialFormat.BLOCKCERTS if has_type(document, _BLOCKCERTS_TYPE) else None


_BLOCKCERTS_TYPE: Final = "BlockcertsCredential"
_KINDS: Final = ("type", "cryptosuite", "chainedProofType")


def only_anchored(proofs: tuple[JsonObject, ...]) -> bool:
    """Return whether every proof needs a look-up in a public chain."""
    return bool(proofs) and all(map(_is_anchored, proofs))


def has_one_receipt(proofs: tuple[JsonObject, ...]) -> bool:
    """Return whether there is one Merkle proof, and it builds on no other."""
    return len(proofs) == 1 and only_anchored(proofs) and "chainedProofType" not in proofs[0]


def _is_receipt(value: object) -> bool:
    return isinstance(value, dict) and "MerkleProof2017" in strings(value.get("type"))


def _mentions_blockcerts(document: JsonObject) -> bool:
    return any("blockcerts" in address for address in contexts(document))


def _is_anchored(proof: JsonObject) -> bool:
    for member in _KINDS:
        stated = proof.get(member, "")
        for name in (stated,) if stated.__class__ is str else strings(stated):
            if name[:1] in ("m", "M", "-") and name.lower().replace("-", "").startswith("merkleproof"):
                return True
    return False
