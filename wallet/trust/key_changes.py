"""Whether two versions of an issuer's document list other keys: told to the learner, never decided here."""

from __future__ import annotations

from wallet.codec.strict_json import parse_object
from wallet.keys.controller import controller_document
from wallet.model.errors import WalletError
from wallet.model.events import KeyChange
from wallet.model.evidence import EvidenceDocument, EvidenceKind, Grade
from wallet.model.limits import MAX_DID_DOCUMENT_BYTES

from .controllers import party_of_metadata

_KEY_KINDS = frozenset({EvidenceKind.DID_DOCUMENT, EvidenceKind.ISSUER_PROFILE, EvidenceKind.JWK_SET,
                        EvidenceKind.KEY})


def key_change(before: EvidenceDocument, after: EvidenceDocument) -> KeyChange | None:
    """Return what changed between two versions at one address, None if the keys are the same.

    A version that is older than the other by its date is no news, and one from the sender counts for nothing.
    """
    if {before.kind, after.kind} - _KEY_KINDS or before.sha256 == after.sha256 or after.grade is Grade.SENDER:
        return None
    if before.as_of and after.as_of and after.as_of < before.as_of:
        return None
    if _only_says_where(before) or _only_says_where(after):
        return None
    issuer_id, old = listed_keys(before)
    named, new = listed_keys(after)
    if old == new:
        return None
    return KeyChange(
        named or issuer_id or after.address, before.first_seen, after.first_seen, before.sha256, after.sha256,
        gone=tuple(sorted(one for one, key in old.items() if new.get(one) != key)),
        new=tuple(sorted(one for one, key in new.items() if old.get(one) != key)))


def _only_says_where(document: EvidenceDocument) -> bool:
    """Whether it is metadata that names a key set and lists no key itself (SD-JWT VC §5.2)."""
    try:
        content = parse_object(document.data, max_bytes=MAX_DID_DOCUMENT_BYTES)
    except WalletError:
        return False
    return "jwks_uri" in content and "jwks" not in content


def listed_keys(document: EvidenceDocument) -> tuple[str, dict[str, str]]:
    """Return whose document it is, and the methods it lists for sealing with the thumbprints of their keys.

    A document that cannot be read lists nothing; a method without a usable key has an empty thumbprint.
    """
    try:
        content = parse_object(document.data, max_bytes=MAX_DID_DOCUMENT_BYTES)
        own = content.get("id", content.get("issuer"))
        named = own if isinstance(own, str) and own else party_of_metadata(document.address)
        parsed = controller_document(content, address=named)
    except WalletError:
        return "", {}
    keys = {one.id: one.key.thumbprint for one in parsed.methods if one.key}
    return named, {one: keys.get(one, "") for one in parsed.assertion}
