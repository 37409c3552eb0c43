"""Several credentials shown together: the signed presentation, what it reveals, and the pack around it.

Each credential inside keeps every member in its order, so that its own seal still holds; a token travels
byte for byte. Which credentials are good enough to show is for `operations` to say. VC Data Model 2.0
§4.13, VC Data Integrity §2.1. Taking a pack apart is in `formats.pack`, which also defines its manifest.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from wallet.codec.dates import format_datetime
from wallet.codec.linked_data.contexts import Contexts
from wallet.codec.strict_json import dump_json, parse_json
from wallet.formats.pack import COVER, MANIFEST, PRESENTATION_JSON, manifest
from wallet.keys.keypair import HolderKey
from wallet.model.credential import Credential, CredentialFormat, JsonObject, Securing
from wallet.model.errors import ShareError
from wallet.model.limits import MAX_PACK_CREDENTIALS
from wallet.model.reasons import ReasonCode, reason
from wallet.model.sharing import Revealed, ShareTerms
from wallet.proofs.data_integrity import create_proof

CONTEXT_V2: Final = "https://www.w3.org/ns/credentials/v2"

#: The earliest time a ZIP entry can name; every pack has it, so that a pack says nothing about when.
_ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE: Final = 0o100644 << 16
_UNIX: Final = 3

#: Families whose documents are Verifiable Credentials; nothing else fits into a presentation of VC 2.0.
_FITTING: Final = (CredentialFormat.OPEN_BADGE_3, CredentialFormat.CLR_2, CredentialFormat.ENDORSEMENT,
                   CredentialFormat.CREDENTIAL)

#: How base proofs of ecdsa-sd-2023 and bbs-2023 begin: `u`, then base64url of d95d00, and of d95d02 and,
#: with optional features, 04, 06 and 08.
_BASE_PROOFS: Final = ("u2V0A", "u2V0C", "u2V0E", "u2V0G", "u2V0I")


def present(
    credentials: Sequence[Credential], key: HolderKey, terms: ShareTerms, *, at: datetime,
    contexts: Contexts, presentation_id: str,
) -> bytes:
    """Build a presentation and sign it with the holder's key.

    Args:
        credentials: What to show, in this order.
        key: The holder's; its did:key becomes the `holder`.
        terms: Audience, nonce and end; they become `domain`, `challenge` and `expires` of the proof.
        at: The time the proof states.
        contexts: For canonicalising; all the vocabularies the credentials use.
        presentation_id: An absolute IRI, new for every presentation.

    Returns:
        The signed presentation as compact JSON.

    Raises:
        ShareError: NOTHING_TO_SHARE, LIMIT_ITEMS, or SHARE_UNSUITABLE for a kind that `is_presentable`
            refuses.
        LinkedDataError: A credential whose statements cannot be told without loss.
    """
    if not credentials:
        raise ShareError(reason(ReasonCode.NOTHING_TO_SHARE))
    if len(credentials) > MAX_PACK_CREDENTIALS:
        raise ShareError(reason(ReasonCode.LIMIT_ITEMS, what="pack", limit=str(MAX_PACK_CREDENTIALS)))
    document: JsonObject = {
        "@context": [CONTEXT_V2],
        "id": presentation_id,
        "type": ["VerifiablePresentation"],
        "holder": key.did,
        "verifiableCredential": [_item(credential) for credential in credentials],
    }
    return dump_json(create_proof(
        document, key=key, contexts=contexts, created=at, purpose="authentication",
        challenge=terms.challenge, domain=terms.domain, expires=terms.expires))


def revealed(credential: Credential) -> tuple[Revealed, ...]:
    """Return every value that leaves when this credential is presented, in the order of the file.

    Of a token the header leaves too; its paths begin with `header`.
    """
    if credential.jws is None:
        return tuple(_leaves(credential.document, ""))
    payload = parse_json(credential.jws.payload)
    return (*_leaves(credential.jws.header, "header"), *_leaves(payload, ""))


def revealed_by_presentation(key: HolderKey, terms: ShareTerms, at: datetime) -> tuple[Revealed, ...]:
    """Return what the presentation itself says about the sender, beside the credentials in it."""
    said = {"holder": key.did, "domain": terms.domain, "challenge": terms.challenge,
            "created": format_datetime(at),
            "expires": format_datetime(terms.expires) if terms.expires else ""}
    return tuple(Revealed(f"/{name}", value) for name, value in said.items() if value)


def write_pack(presentation: bytes, cover: str) -> bytes:
    """Put a presentation and a note for people into a `.vcpack`.

    The same input gives the same bytes on every computer: fixed times, stored and not deflated, no author,
    no path. The note is not signed; readers show it as text and trust nothing in it.
    """
    members = {PRESENTATION_JSON: presentation, COVER: cover.encode("utf-8")}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in {MANIFEST: manifest(members), **members}.items():
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.create_system, entry.external_attr = _UNIX, _PLAIN_FILE
            archive.writestr(entry, data, zipfile.ZIP_STORED)
    return target.getvalue()


def is_presentable(credential: Credential) -> bool:
    """Return whether a presentation can, and may, carry this kind with its seal.

    A base proof for selective disclosure never leaves, nor does a record with one inside: it holds what
    would let a receiver disclose the rest.
    """
    sealed = credential.securing in (Securing.EMBEDDED, Securing.JWS)
    fits = credential.format in _FITTING and sealed and not _brings_vocabulary(credential.document)
    return fits and not _holds_base_proof(credential.document)


def _brings_vocabulary(document: JsonObject) -> bool:
    """Return whether a document defines words itself, which inside another document nobody accepts."""
    listed = document.get("@context")
    return any(isinstance(one, dict) for one in (listed if isinstance(listed, list) else [listed]))


def _holds_base_proof(value: Any) -> bool:
    if isinstance(value, dict):
        if str(value.get("proofValue")).startswith(_BASE_PROOFS):
            return True
        value = list(value.values())
    return isinstance(value, list) and any(map(_holds_base_proof, value))


def _item(credential: Credential) -> JsonObject:
    if not is_presentable(credential):
        raise ShareError(reason(ReasonCode.SHARE_UNSUITABLE, name=credential.title,
                                format=credential.format.value))
    if credential.jws is not None:
        # VC Data Model 2.0 §4.13.1. The inner context is needed: `verifiableCredential` clears the outer one.
        return {"@context": CONTEXT_V2, "type": "EnvelopedVerifiableCredential",
                "id": f"data:application/vc+jwt,{credential.jws.text}"}
    return credential.document


def _leaves(value: Any, path: str) -> Iterator[Revealed]:
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from _leaves(inner, f"{path}/{name.replace('~', '~0').replace('/', '~1')}")
    elif isinstance(value, list) and value:
        for index, inner in enumerate(value):
            yield from _leaves(inner, f"{path}/{index}")
    else:
        yield Revealed(path, value if isinstance(value, str) else json.dumps(value))
