"""What a document may contain before anything is expanded: where contexts may stand, and which keywords.

A credential decides with its own `@context` what its words mean; nobody may change that further inside.
Only a credential inside a presentation or transcript, and an endorsement, is a document of its own with a
context of its own. Specifications: VC Data Integrity 1.0 §2.4.1 (context validation), VC Data Model 2.0
§4.3. Loading and expanding are elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from wallet.model.credential import JsonObject
from wallet.model.errors import LinkedDataError
from wallet.model.limits import MAX_CONTEXTS, MAX_JSON_DEPTH, MAX_URL_CHARS
from wallet.model.reasons import ReasonCode, reason

from .quads import LANGUAGE_TAG

VC_1: Final = "https://www.w3.org/2018/credentials/v1"
VC_2: Final = "https://www.w3.org/ns/credentials/v2"
_BASE_CONTEXTS: Final = (VC_1, VC_2)
# Members whose objects are documents of their own, and the types that make them so.
_EMBEDDING: Final = frozenset({"verifiableCredential", "endorsement"})
_EMBEDDED_TYPES: Final = frozenset(
    {
        "VerifiableCredential",
        "VerifiablePresentation",
        "EnvelopedVerifiableCredential",
        "EnvelopedVerifiablePresentation",
    }
)
# `@id` and `@type` are what `id` and `type` stand for; the rest describes a text. Others move statements to
# where no reader looks for them.
_ALLOWED_KEYWORDS: Final = frozenset({"@context", "@id", "@type", "@value", "@language", "@direction"})


def addresses_in(document: JsonObject) -> tuple[str, ...]:
    """Check a document's contexts and keywords, and list the contexts it needs, each once, in order.

    Raises:
        LinkedDataError: CONTEXT_MISSING, CONTEXT_INLINE, CONTEXT_NESTED, CONTEXT_ORDER, CONTEXT_REFUSED,
            LIMIT_CONTEXTS, KEYWORD_IN_DATA, BAD_LANGUAGE or LIMIT_DEPTH.
    """
    if "@context" not in document:
        raise LinkedDataError(reason(ReasonCode.CONTEXT_MISSING))
    return tuple(dict.fromkeys(_walk(document, "", (), 1, is_root=True)))


def own_contexts(document: JsonObject) -> tuple[str, ...]:
    """Check and list the contexts of one object, not of what is inside it.

    Raises:
        LinkedDataError: As `addresses_in`.
    """
    value = document["@context"]
    entries = value if isinstance(value, list) else [value]
    if not entries:
        raise LinkedDataError(reason(ReasonCode.CONTEXT_MISSING))
    if len(entries) > MAX_CONTEXTS:
        raise LinkedDataError(reason(ReasonCode.LIMIT_CONTEXTS, limit=str(MAX_CONTEXTS)))
    for entry in entries:
        if isinstance(entry, dict):
            raise LinkedDataError(reason(ReasonCode.CONTEXT_INLINE))
        if not isinstance(entry, str) or not entry or len(entry) > MAX_URL_CHARS:
            raise LinkedDataError(reason(ReasonCode.CONTEXT_REFUSED, found=str(entry)[:200], address=""))
    for base in _BASE_CONTEXTS:
        if base in entries[1:]:
            raise LinkedDataError(reason(ReasonCode.CONTEXT_ORDER, address=base, found=entries[0][:200]))
    return tuple(entries)


def _walk(
    value: JsonObject, member: str, outer: tuple[str, ...], depth: int, *, is_root: bool = False
) -> Iterator[str]:
    if depth > MAX_JSON_DEPTH:
        raise LinkedDataError(reason(ReasonCode.LIMIT_DEPTH, limit=str(MAX_JSON_DEPTH)))
    if "@context" in value:
        own = own_contexts(value)
        if not is_root and not _may_have_context(value, own, member, outer):
            raise LinkedDataError(reason(ReasonCode.CONTEXT_NESTED, path=member))
        yield from own
        outer = own
    _check_keywords(value)
    for key, inner in value.items():
        if key != "@context":
            for item in _objects_in(inner, depth):
                yield from _walk(item, key, outer, depth + 1)


def _objects_in(value: Any, depth: int) -> Iterator[JsonObject]:
    """Yield the objects of a value, through arrays."""
    if isinstance(value, dict):
        yield value
    elif isinstance(value, list):
        if depth > MAX_JSON_DEPTH:
            raise LinkedDataError(reason(ReasonCode.LIMIT_DEPTH, limit=str(MAX_JSON_DEPTH)))
        for item in value:
            yield from _objects_in(item, depth + 1)


def _may_have_context(value: JsonObject, own: tuple[str, ...], member: str, outer: tuple[str, ...]) -> bool:
    if member == "proof":  # it may repeat the contexts of what it seals, as suites with JCS do
        return own == outer[: len(own)]
    types = value.get("type", value.get("@type"))
    names = {name for name in (types if isinstance(types, list) else [types]) if isinstance(name, str)}
    return member in _EMBEDDING and bool(names & _EMBEDDED_TYPES)


def _check_keywords(value: JsonObject) -> None:
    for key in value:
        # A keyword beside the word that stands for it would say something else than what is shown.
        if key.startswith("@") and (key not in _ALLOWED_KEYWORDS or key.removeprefix("@") in value):
            raise LinkedDataError(reason(ReasonCode.KEYWORD_IN_DATA, term=key[:100]))
        # PyLD makes the tags of a language map small before anybody sees them, and the Kelvin sign becomes k.
        if not key.isascii() and key.lower().isascii():
            raise LinkedDataError(reason(ReasonCode.BAD_LANGUAGE, found=key[:100], term=key[:100]))
    language = value.get("@language")
    if language is not None and not (isinstance(language, str) and LANGUAGE_TAG.fullmatch(language)):
        raise LinkedDataError(reason(ReasonCode.BAD_LANGUAGE, found=str(language)[:100], term=""))
