"""Expansion by PyLD: slow, independent, and fenced in.

PyLD has no safe mode: it drops what it cannot place and makes up a base for relative addresses. Here it
expands only, with a null base, a loader that knows the given contexts and nothing else, and a hook that
turns each dropped member into an error. What the hook does not see, `quads` refuses and `canonical`
counts. Specification: JSON-LD 1.1 Processing Algorithms §5.
"""

from __future__ import annotations

import copy
import threading
from functools import lru_cache
from typing import Any, Final, Never

from wallet.model.credential import JsonObject
from wallet.model.errors import LinkedDataError
from wallet.model.reasons import ReasonCode, reason

from .contexts import ContextSet

# PyLD's caches are not made for threads, and the program checks in the background.
_LOCK: Final = threading.Lock()
_CACHED_SETS: Final = 16


def expand(document: JsonObject, contexts: ContextSet) -> list[Any]:
    """Expand a document with these contexts, and with no others.

    Raises:
        LinkedDataError: UNDEFINED_TERM, CONTEXT_UNKNOWN, or LINKED_DATA with PyLD's own code.
    """
    # Importing PyLD costs a tenth of a second: only those pay who need it.
    from pyld.jsonld import JsonLdError, JsonLdProcessor  # noqa: PLC0415  # lazy on purpose

    with _LOCK:
        loader, resolver = _machinery(contexts)
        options = {"base": None, "documentLoader": loader, "contextResolver": resolver}
        try:
            processor = JsonLdProcessor(on_property_dropped=_refuse_dropped)
            expanded: list[Any] = processor.expand(document, options)
        except JsonLdError as error:
            raise _translated(error) from None
        except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError) as error:
            raise LinkedDataError(reason(ReasonCode.LINKED_DATA, found=type(error).__name__)) from None
    return expanded


class _Loader:
    """Gives PyLD copies of the given contexts: it writes into what it gets."""

    def __init__(self, contexts: ContextSet) -> None:
        self._contexts = contexts

    def __call__(self, url: str, _options: JsonObject) -> JsonObject:
        return {
            "contentType": "application/ld+json",
            "contextUrl": None,
            "documentUrl": url,
            "document": copy.deepcopy(self._contexts.document(url)),
            "tag": "static",
        }


@lru_cache(maxsize=_CACHED_SETS)
def _machinery(contexts: ContextSet) -> tuple[_Loader, Any]:
    """Build loader and resolver of one set. PyLD's own cache goes by address alone: it must not be shared."""
    import uuid  # noqa: PLC0415 - as below
    from types import SimpleNamespace  # noqa: PLC0415 - as below

    from pyld import ContextResolver, jsonld  # noqa: PLC0415  # lazy on purpose

    # PyLD numbers its contexts with uuid1, which opens a socket to ask a network card for its address.
    jsonld.uuid = SimpleNamespace(uuid1=uuid.uuid4)
    loader = _Loader(contexts)
    return loader, ContextResolver({}, loader)


def _refuse_dropped(term: object) -> Never:
    raise LinkedDataError(reason(ReasonCode.UNDEFINED_TERM, term=str(term or "")[:200]))


def _translated(error: BaseException) -> LinkedDataError:
    """Find the reason behind PyLD's error: ours where the loader refused, else its code."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, LinkedDataError):
            return cause
        cause = cause.__cause__
    code = getattr(error, "code", None) or "syntax error"
    return LinkedDataError(reason(ReasonCode.LINKED_DATA, found=str(code)[:100]))
