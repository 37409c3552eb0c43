"""The door of linked data: a document and its contexts in, canonical bytes out, or a named error.

Whoever signs or verifies comes through here; which path computes the bytes is nobody else's business.
Safe mode always: every scalar of the document must be found in the statements, and every line of the
result must be one statement. Specifications: VC Data Integrity 1.0 §5.4, RDFC-1.0.
"""

from __future__ import annotations

from dataclasses import dataclass

from wallet.model.credential import JsonObject
from wallet.model.errors import LinkedDataError
from wallet.model.reasons import Reason, ReasonCode, reason

from .contexts import ContextSet
from .document import addresses_in
from .quads import count_leaves, statements
from .rdfc import canonical_nquads
from .reference import expand


@dataclass(frozen=True, slots=True)
class CanonicalForm:
    """The canonical bytes of a document.

    Attributes:
        nquads: Canonical N-Quads, UTF-8.
        notes: What the document says that no signature covers.
    """

    nquads: bytes
    notes: tuple[Reason, ...] = ()


def context_addresses(document: JsonObject) -> tuple[str, ...]:
    """Check a document's contexts and list the addresses it needs, each once, in order.

    Raises:
        LinkedDataError: CONTEXT_MISSING, CONTEXT_INLINE, CONTEXT_NESTED, CONTEXT_ORDER, CONTEXT_REFUSED,
            LIMIT_CONTEXTS, KEYWORD_IN_DATA, BAD_LANGUAGE or LIMIT_DEPTH.
    """
    return addresses_in(document)


def canonicalise(document: JsonObject, contexts: ContextSet, *, algorithm: str = "SHA-256") -> bytes:
    """Return the canonical N-Quads of a document (RDFC-1.0), in safe mode.

    Raises:
        LinkedDataError: As `canonical_form`.
    """
    return canonical_form(document, contexts, algorithm=algorithm).nquads


def canonical_form(
    document: JsonObject, contexts: ContextSet, *, algorithm: str = "SHA-256"
) -> CanonicalForm:
    """Return the canonical N-Quads of a document with what they do not cover.

    Raises:
        LinkedDataError: Whatever would be dropped, invented or ambiguous, by name; NOTHING_SIGNED if the
            document states nothing; LIMIT_CANONICALISATION beyond the bounds.
    """
    context_addresses(document)
    said = statements(expand(document, contexts))
    if not said.quads:
        raise LinkedDataError(reason(ReasonCode.NOTHING_SIGNED))
    if said.leaves != count_leaves(document):
        raise LinkedDataError(reason(ReasonCode.DATA_LOSS, term=""))
    nquads = canonical_nquads(said.quads, algorithm=algorithm)
    if nquads.count(b"\n") != len(set(said.quads)):
        raise LinkedDataError(reason(ReasonCode.DATA_LOSS, term="line"))
    return CanonicalForm(nquads, said.notes)
