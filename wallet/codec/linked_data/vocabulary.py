"""One vocabulary written into a document: the only inline context that cannot change what known words mean.

`{"@vocab": …}` gives words that no context defines an address under one of its own. That is harmless only
while no known word has an address there: else a member could be spelled so that it seals the same and no
reader finds it. So the host must be one that no other context of the document ever mentions. The object is
replaced by an address here, and any other inline context is left for the door to refuse. Specification:
JSON-LD 1.1 §4.1.2, VC Data Integrity 1.0 §2.4.1.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

from wallet.model.credential import JsonObject
from wallet.model.errors import LinkedDataError
from wallet.model.limits import MAX_URL_CHARS
from wallet.model.reasons import Reason, ReasonCode, reason

from .contexts import Contexts
from .names import VOCABULARIES

#: In front of the vocabulary, where it stands for the inline object.
ADDRESS_PREFIX: Final = "urn:vocabulary:"

_NAMESPACE: Final = re.compile(r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+)/[A-Za-z0-9._~/-]*[/#]", re.ASCII)


def inline_vocabulary(document: JsonObject) -> str:
    """Return the vocabulary that a document's last context sets and does nothing else, "" if none."""
    listed = document.get("@context")
    last: Any = listed[-1] if isinstance(listed, list) and len(listed) > 1 else None
    if not isinstance(last, dict) or list(last) != ["@vocab"]:
        return ""
    vocabulary = last["@vocab"]
    is_plain = isinstance(vocabulary, str) and len(vocabulary) <= MAX_URL_CHARS
    if not is_plain or not _NAMESPACE.fullmatch(vocabulary):
        return ""
    # The words of a context that was left out must not come back under names that nobody looks for.
    known = any(one.startswith(vocabulary) or vocabulary.startswith(one) for one in VOCABULARIES)
    return "" if known else vocabulary


def with_vocabulary(
    document: JsonObject, contexts: Contexts
) -> tuple[JsonObject, Contexts, tuple[Reason, ...]]:
    """Give a document's own vocabulary an address, if it has one and may have it; note that it has."""
    vocabulary = inline_vocabulary(document)
    others = document["@context"][:-1] if vocabulary else []
    if not others or not all(isinstance(one, str) for one in others):
        return document, contexts, ()
    match = _NAMESPACE.fullmatch(vocabulary)
    host = match[1] if match else ""
    try:
        choices = contexts.variants(others)
    except LinkedDataError:  # another one is unknown: the door says which
        return document, contexts, ()
    for choice in choices:
        if any(f"//{host}" in json.dumps(version.document) for version in choice.documents):
            return document, contexts, ()
    address = ADDRESS_PREFIX + vocabulary
    text = json.dumps({"@context": {"@vocab": vocabulary}}).encode()
    note = reason(ReasonCode.QUIRK_NO_AGREED_MEANING, which=vocabulary[:200])
    return document | {"@context": [*others, address]}, contexts.extended({address: text}), (note,)
