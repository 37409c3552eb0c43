"""Presentations: credentials shown together, as JSON with an embedded proof or as a compact JWS.

Each item is read on its own; one that cannot be read stays in its place with the reason. Whether the holder
may show them is judged in `verify`. VC Data Model 2.0 §4.13 and 1.1 §4.10; VC-JOSE-COSE 1.0 §3.1.2.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from wallet.codec.cose import cose_bytes, split_cose
from wallet.codec.encoding import split_jws
from wallet.codec.strict_json import parse_json
from wallet.model.credential import (
    CompactJws,
    Credential,
    JsonObject,
    Original,
    Presentation,
    Securing,
    Unreadable,
)
from wallet.model.errors import FormatError, WalletError
from wallet.model.limits import MAX_DISPLAY_CHARS, MAX_PACK_CREDENTIALS
from wallet.model.reasons import ReasonCode, reason

from . import sdjwt
from .cose import open_cose, read_cose_credential
from .credential import Seal, original_of, parse_credential, parse_token
from .jades import is_jades, read_jades
from .jwt import Token, audience, compact_form, nonce, payload_object, read_token
from .members import first_object, identifier, is_uri, many, objects, strings, types
from .tokenlist import is_list_message, read_list_message
from .vc import (
    MAX_PROBLEMS,
    PRESENTATION_TYPE,
    Findings,
    check_contexts,
    check_type,
    is_enveloped,
    is_presentation,
    read_date,
    read_proofs,
    version_of,
)

_DATA: Final = "data:"
_PLAIN_ALPHABET: Final = bytes.maketrans(b"-_", b"+/")


@dataclass(frozen=True, slots=True)
class Enveloped:
    """What an enveloping `data:` address holds."""

    media_type: str
    data: bytes


def read_presentation(document: JsonObject, original: Original, cover: str = "") -> Presentation:
    """Read a presentation with an embedded proof, or with none.

    Raises:
        FormatError: LIMIT_ITEMS.
    """
    findings = Findings()
    items = _read_items(document, findings)
    _check_envelope(document, findings)
    proofs = read_proofs(document, findings)
    proof = proofs[0] if proofs else {}
    created = read_date(proof.get("created"), "proof.created", findings)
    expires = read_date(proof.get("expires"), "proof.expires", findings)
    return Presentation(
        original=original,
        document=document,
        securing=Securing.EMBEDDED if proofs else Securing.NONE,
        holder=identifier(document.get("holder")),
        credentials=items,
        id=identifier(document),
        proofs=proofs,
        challenge=_answered(proof.get("challenge")),
        domain=strings(proof.get("domain")),
        created=created,
        expires=expires,
        cover=cover,
        problems=tuple(findings.problems[:MAX_PROBLEMS]),
        notes=tuple(findings.notes),
    )


def answered_by(shown: Presentation, deciding: JsonObject | None, *equals: JsonObject,
                asked: str | None = None) -> Presentation:
    """Return a presentation with what one of its proofs says it answers, for whom, and until when.

    A proof speaks for itself only: anybody can add one of his own, with today's question in it.

    Args:
        shown: As it was read.
        deciding: The proof that counts, None for a seal of another kind.
        equals: Others of the holder that count as much: of several, the one that answers speaks.
        asked: The question, None if there was none.
    """
    if deciding is None:
        return shown
    answers = (one for one in (deciding, *equals) if asked is not None and one.get("challenge") == asked)
    proof = next(answers, deciding)
    return replace(shown, challenge=_answered(proof.get("challenge")), domain=strings(proof.get("domain")),
                   created=read_date(proof.get("created"), "proof.created", Findings()),
                   expires=read_date(proof.get("expires"), "proof.expires", Findings()))


def _answered(challenge: Any) -> str:
    """Return what a proof says it answers: one string, exactly, since it is compared with a question."""
    return challenge if isinstance(challenge, str) else ""


def read_presentation_token(token_text: str, original: Original, cover: str = "") -> Presentation:
    """Read a presentation that is a compact JWS.

    Raises:
        CodecError: The token or its payload cannot be taken apart.
        FormatError: FORMAT_UNKNOWN if there is no presentation in it; LIMIT_ITEMS.
    """
    jws = split_jws(token_text)
    return _of_token(read_token(jws), jws, original, cover)


def read_sd_jwt(token_text: str, original: Original, cover: str = "") -> Credential | Presentation:
    """Read an SD-JWT: a credential, a presentation, or the holder's answer over a credential.

    Raises:
        CodecError: It cannot be taken apart, or shows what was not sealed.
        FormatError: FORMAT_UNSUPPORTED or LIMIT_ITEMS.
    """
    opened = sdjwt.open_sd_jwt(token_text)
    if opened.parts.key_binding is not None:
        return sdjwt.read_key_bound(opened, original)
    if not sdjwt.holds_presentation(opened):
        return sdjwt.read_sd_credential(opened, original)
    token, notes = sdjwt.read_sd_presentation(opened)
    found = _of_token(token, opened.jws, original, cover)
    return replace(found, securing=Securing.SD_JWT, notes=found.notes + notes)


def read_cose(data: bytes, original: Original, cover: str = "") -> Credential | Presentation:
    """Read a COSE message: a credential, a presentation, or a withdrawal list.

    Raises:
        CodecError: It cannot be taken apart.
        FormatError: FORMAT_UNKNOWN if it seals none of them; a bound.
    """
    message = split_cose(cose_bytes(data))
    if is_list_message(message):
        return read_list_message(message, original)
    opened = open_cose(message)
    if not opened.is_presentation:
        return read_cose_credential(opened, original)
    found = read_presentation(opened.document, original, cover)
    findings = Findings()
    begins, ends = opened.times(findings)
    opened.compare("iss", found.holder, "holder", findings)
    # Proofs inside are not looked at, so what they answer answers nobody: the message's own header does.
    return replace(found, securing=Securing.COSE, cose=opened.message, begins=begins, expires=ends,
                   challenge=opened.challenge, domain=audience(opened.claims), created=begins,
                   problems=(*opened.problems, *findings.problems, *found.problems)[:MAX_PROBLEMS])


def _of_token(token: Token, jws: CompactJws, original: Original, cover: str) -> Presentation:
    if not token.is_presentation:
        raise FormatError(reason(ReasonCode.FORMAT_UNKNOWN, what="JWT"))
    findings = token.findings
    items = _read_items(token.document, findings)
    _check_envelope(token.document, findings)
    return Presentation(
        original=original,
        document=token.document,
        securing=Securing.JWS,
        holder=identifier(token.document.get("holder")),
        credentials=items,
        jws=jws,
        id=identifier(token.document),
        challenge=nonce(token.claims),
        domain=audience(token.claims),
        created=token.not_before,
        begins=token.not_before,
        expires=token.expires,
        cover=cover,
        problems=tuple(findings.problems[:MAX_PROBLEMS]),
        notes=tuple(findings.notes),
    )


def read_collection(items: list[Any], original: Original) -> Presentation:
    """Read an array of credentials that nobody signed as a whole.

    Raises:
        FormatError: FORMAT_UNKNOWN if none of its items is a credential; LIMIT_ITEMS.
    """
    found = tuple(read_item(item) for item in _bounded(items))
    if not any(isinstance(item, Credential) for item in found):
        raise FormatError(reason(ReasonCode.FORMAT_UNKNOWN, what="array"))
    return Presentation(original=original, document={}, securing=Securing.NONE, holder="", credentials=found)


def token_holds_presentation(token_text: str) -> bool:
    """Return whether a token's payload is a presentation.

    Raises:
        CodecError: The token or its payload cannot be taken apart.
    """
    claims = payload_object(split_jws(token_text))
    return isinstance(claims.get("vp"), dict) or is_presentation(claims)


def open_envelope(document: JsonObject) -> Enveloped:
    """Return what an enveloped credential or presentation holds (VC Data Model 2.0 §4.13).

    Raises:
        FormatError: MEMBER_TYPE if its id is no `data:` address.
    """
    address = document.get("id")
    if not isinstance(address, str) or not address.startswith(_DATA) or "," not in address:
        found = address if isinstance(address, str) else type(address).__name__
        raise FormatError(reason(ReasonCode.MEMBER_TYPE, member="id", found=found[:80]))
    head, _, body = address.removeprefix(_DATA).partition(",")
    media_type, *parameters = head.lower().split(";")
    data = unquote_to_bytes(body) if "%" in body else body.encode("utf-8")
    if "base64" in parameters:
        # RFC 2397: a token is text again; a message in base64 stays as it is, and decodes itself.
        token = _token_in(data)
        return Enveloped(media_type.strip() + ("" if token else ";base64"), token or data)
    return Enveloped(media_type.strip(), data)


def _token_in(data: bytes) -> bytes:
    """Return the token that stands there, or that base64 in either alphabet stands for; "" for neither."""
    body = data.translate(_PLAIN_ALPHABET).rstrip(b"=")
    try:
        found = data if b"." in data else base64.b64decode(body + b"=" * (-len(body) % 4), validate=True)
    except (binascii.Error, ValueError):
        return b""
    return found if found.startswith((b"ey", b"ew")) and found.count(b".") >= 2 else b""


def read_compact(token_text: str, original: Original) -> Credential:
    """Read one credential in a compact form: SD-JWT with its tildes, or JWS.

    An answer of its holder inside something else answers nobody here: the credential is read without it.

    Raises:
        CodecError: It cannot be taken apart.
        FormatError: It holds no credential.
    """
    if not sdjwt.is_sd_jwt(token_text):
        return parse_token(token_text, original)
    opened = sdjwt.open_sd_jwt(token_text)
    if sdjwt.holds_presentation(opened):
        raise FormatError(reason(ReasonCode.FORMAT_UNKNOWN, what="SD-JWT"))
    return sdjwt.read_sd_credential(opened, original)


def _read_items(document: JsonObject, findings: Findings) -> tuple[Credential | Unreadable, ...]:
    items = many(document.get("verifiableCredential"))
    for item in items:
        # VC Data Model 2.0 §4.13 knows objects only; tokens as strings belong to 1.1.
        wanted = dict if version_of(document) == "2.0" else dict | str
        if not isinstance(item, wanted) or not item:
            findings.wrong("verifiableCredential", item)
        elif isinstance(item, dict) and is_enveloped(item) and not str(item.get("id")).startswith(_DATA):
            # VC Data Model 2.0 §4.13: the id MUST be a data: URL; a broken wrapper breaks the whole.
            findings.wrong("verifiableCredential.id", item.get("id"))
    return tuple(read_item(item) for item in _bounded(list(items)))


def read_item(item: Any) -> Credential | Unreadable:
    """Read one thing that stands inside another: an object, a token, or an enveloped token."""
    original = original_of(item)
    try:
        if isinstance(item, str):
            return read_compact(item, original)
        if not isinstance(item, dict):
            raise FormatError(reason(ReasonCode.FORMAT_UNKNOWN, what="JSON"))
        if is_enveloped(item):
            enveloped = open_envelope(item)
            original = original_of(enveloped.data.decode("utf-8", "replace"))
            return _read_enveloped(enveloped, original)
        if "signatures" in item or ("payload" in item and "signature" in item):
            return _read_serialised(item, original)
        return parse_credential(item, original, Seal())
    except WalletError as error:
        return Unreadable(original, error.reason)


def _read_enveloped(enveloped: Enveloped, original: Original) -> Credential:
    if enveloped.media_type.split(";")[0].endswith("cose") or enveloped.media_type.endswith(";base64"):
        return read_cose_credential(open_cose(split_cose(cose_bytes(enveloped.data))), original)
    inner = enveloped.data.decode("utf-8", "replace")
    if inner.lstrip().startswith("{"):
        document = parse_json(enveloped.data, max_string_chars=MAX_DISPLAY_CHARS)
        return parse_credential(first_object(document), original, Seal())
    return read_compact(inner, original)


def _read_serialised(item: JsonObject, original: Original) -> Credential:
    if is_jades(item):
        return read_jades(item, original)
    return read_compact(compact_form(item), original)


def _bounded(items: list[Any]) -> list[Any]:
    if len(items) > MAX_PACK_CREDENTIALS:
        raise FormatError(
            reason(
                ReasonCode.LIMIT_ITEMS,
                what="verifiableCredential",
                limit=str(MAX_PACK_CREDENTIALS),
                found=str(len(items)),
            )
        )
    return items


def _check_envelope(document: JsonObject, findings: Findings) -> None:
    check_contexts(document, findings)
    check_type(document, PRESENTATION_TYPE, findings)
    if "id" in document and not is_uri(document["id"]):
        findings.wrong("id", document["id"])
    for terms in many(document.get("termsOfUse")):
        # VC Data Model 2.0 §5.5: terms name their type, in a presentation as in a credential.
        if not isinstance(terms, dict):
            findings.wrong("termsOfUse", terms)
        elif not types(terms):
            findings.untyped("termsOfUse.type", "type", ())
    holder = document.get("holder")
    holders = len(strings(holder)) + len(objects(holder))
    if "holder" in document and (holders != 1 or not is_uri(identifier(holder))):
        findings.wrong("holder", holder)
