"""The door of linked data: a document and its contexts in, canonical bytes out, or a named error.

Whoever signs or verifies comes through here; which path computes the bytes is nobody else's business.
Safe mode always: every scalar of the document must be found in the statements, and every line of the
result must be one statement. Specifications: VC Data Integrity 1.0 §2.4.3, RDFC-1.0.
"""

from __future__ import annotations

from typing import NamedTuple

from wallet.model.credential import JsonObject
from wallet.model.errors import LinkedDataError
from wallet.model.reasons import Reason, ReasonCode, reason

from .contexts import Contexts, ContextSet
from .definitions import NotExpressibleError
from .document import addresses_in, own_contexts
from .fast import fast_statements
from .names import check_names
from .quads import count_leaves, statements
from .rdfc import canonical_form_of, canonical_nquads
from .reference import expand
from .worker import ask


class CanonicalForm(NamedTuple):  # and no dataclass: one is made for every document
    """The canonical bytes of a document.

    Attributes:
        nquads: Canonical N-Quads, UTF-8.
        notes: What the document says that no signature covers.
        is_compiled: Whether compiled contexts gave it. It may open a seal; before a seal is called wrong,
            the reference path has to have its say.
        may_use_keywords: Whether a node may be named by `@id` instead of its term; False is certain.
    """

    nquads: bytes
    notes: tuple[Reason, ...] = ()
    is_compiled: bool = False
    may_use_keywords: bool = True


def context_addresses(document: JsonObject) -> tuple[str, ...]:
    """Check a document's contexts and list the addresses it needs, each once, in order.

    Raises:
        LinkedDataError: CONTEXT_MISSING, CONTEXT_INLINE, CONTEXT_NESTED, CONTEXT_ORDER, CONTEXT_REFUSED,
            LIMIT_CONTEXTS, KEYWORD_IN_DATA, BAD_LANGUAGE or LIMIT_DEPTH.
    """
    return addresses_in(document)


def first_form(document: JsonObject, contexts: Contexts, *,
               plain: bool = False) -> tuple[tuple[ContextSet, ...], CanonicalForm]:
    """Canonicalise with the newest known contents of a document's own contexts, compiled, in one pass.

    Returns the contents worth trying, as for `context_addresses`, with the form under the first.

    Args:
        document: What is written.
        contexts: All there are.
        plain: Whether it is known that no text in the document needs an escape.

    Raises:
        LinkedDataError: As `canonical_form`; the reference path may see it otherwise.
        NotExpressibleError: Only the reference path can tell.
    """
    if "@context" not in document:
        raise NotExpressibleError
    # What is inside may need more contexts. They are not in the set then, and the pass ends.
    choices = contexts.variants(own_contexts(document))
    return choices, compiled_form(document, choices[0], plain=plain)


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

    Compiled contexts answer where they can. What they cannot express, and what they would refuse, is judged
    by the reference path.

    Raises:
        LinkedDataError: Whatever would be dropped, invented or ambiguous, by name; NOTHING_SIGNED if the
            document states nothing; LIMIT_CANONICALISATION beyond the bounds; CHECK_STOPPED as `fenced_form`.
    """
    try:
        return compiled_form(document, contexts, algorithm=algorithm)
    except NotExpressibleError:
        pass
    except LinkedDataError as error:
        if error.reason["what"] == "seconds":  # both paths share that step: twice would double the bound
            raise
    return fenced_form(document, contexts, algorithm=algorithm)


def compiled_form(
    document: JsonObject, contexts: ContextSet, *, algorithm: str = "SHA-256", plain: bool = False
) -> CanonicalForm:
    """Return the canonical N-Quads by compiled contexts alone; `plain` as for `first_form`.

    Raises:
        LinkedDataError: As `canonical_form`; the reference path may see it otherwise.
        NotExpressibleError: Only the reference path can tell.
    """
    said = fast_statements(document, contexts, plain=plain)
    nquads = canonical_form_of(said.dataset, algorithm=algorithm)
    return CanonicalForm(nquads, said.notes, True, said.may_use_keywords)


def fenced_form(
    document: JsonObject, contexts: ContextSet, *, algorithm: str = "SHA-256"
) -> CanonicalForm:
    """Return the canonical N-Quads by the reference path, run in a process that can be ended.

    Raises:
        LinkedDataError: As `reference_form`; LIMIT_CANONICALISATION where it took too much; CHECK_STOPPED
            where no process can be started here, or the system ended it.
    """
    context_addresses(document)  # most of what is wrong needs no other process to be seen
    nquads, notes = ask(document, contexts, algorithm)
    return CanonicalForm(nquads, notes)


def reference_form(
    document: JsonObject, contexts: ContextSet, *, algorithm: str = "SHA-256"
) -> CanonicalForm:
    """Return the canonical N-Quads by the reference path alone, in this very process.

    Documents of strangers are for `fenced_form`.

    Raises:
        LinkedDataError: As `canonical_form`.
    """
    context_addresses(document)
    check_names(document, contexts)
    said = statements(expand(document, contexts))
    if not said.quads:
        raise LinkedDataError(reason(ReasonCode.NOTHING_SIGNED))
    if said.leaves != count_leaves(document):
        raise LinkedDataError(reason(ReasonCode.DATA_LOSS, term=""))
    return CanonicalForm(canonical_nquads(said.quads, algorithm=algorithm), said.notes)
