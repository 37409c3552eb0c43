"""A document ready for its proofs, and the ways in which it and a proof's options can be written out.

The document is written canonically once for each known content of its contexts; a proof's options likewise,
under each context that they may be read with. What is done with the bytes is in `data_integrity` and in the
recipes. Specifications: VC Data Integrity 1.0 §4.2 and §4.5, VC-DI-EDDSA §3.2 and §3.3.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias

from wallet.codec.jcs import canonical_json
from wallet.codec.linked_data.canonical import (
    CanonicalForm,
    canonical_form,
    context_addresses,
    fenced_form,
    first_form,
)
from wallet.codec.linked_data.contexts import Contexts, ContextSet
from wallet.codec.linked_data.definitions import NotExpressibleError
from wallet.codec.linked_data.vocabulary import with_vocabulary
from wallet.model.credential import JsonObject
from wallet.model.errors import LinkedDataError, ProofError
from wallet.model.limits import MAX_CANONICALISATION_S, MAX_PROOFS
from wallet.model.reasons import Reason, ReasonCode, reason

from .members import array
from .options import written_options
from .suite import Suite
from .suites import is_sealed_as_json

_Forms: TypeAlias = dict[tuple[ContextSet, str, bool], CanonicalForm | LinkedDataError]
Reading: TypeAlias = tuple[bytes, bytes, tuple[Reason, ...]]  # options and document, written; allowances


class Prepared(NamedTuple):  # and no dataclass: one is made for every document
    """A document ready for its proofs to be checked.

    Attributes:
        document: Without its proofs.
        known: All contexts there are.
        choices: Known contents of its contexts, the newest first; none if a vocabulary is unknown.
        proofs: What it is sealed with, for chains.
        notes: What the document says that no seal covers, or that nobody has agreed upon.
        context: Its contexts as they are written, for seals over the JSON.
        may_use_keywords: Whether a node in it may be named by `@id` instead of its term; False is certain.
        forms: Forms already made, or why there is none: eight bad proofs shall not cost eight times.
    """

    document: JsonObject
    known: Contexts
    forms: _Forms
    choices: tuple[ContextSet, ...] = ()
    proofs: tuple[JsonObject, ...] = ()
    notes: tuple[Reason, ...] = ()
    context: Any = None
    may_use_keywords: bool = True

    def variants(
        self, algorithm: str = "SHA-256", *, by_reference: bool = False, distinct: bool = False
    ) -> Iterator[tuple[ContextSet, CanonicalForm]]:
        """Yield the canonical form under each known content of the contexts that loses nothing.

        Args:
            algorithm: The hash inside RDFC-1.0.
            by_reference: Whether only the reference path may answer; that is asked once for what reads alike.
            distinct: Whether the other, too, is asked once for contents under which the document reads alike.

        Raises:
            LinkedDataError: What is lost under the newest content, if something is under every one;
                LIMIT_CANONICALISATION: one is too intricate, or all together take too long to tell;
                CHECK_STOPPED: nobody could look at one.
        """
        lost: LinkedDataError | None = None
        told: list[ContextSet] = []
        started = time.monotonic()
        for contexts in self.choices:
            if (by_reference or distinct) and told and self._was_told(contexts, told):
                continue  # it would be said once more
            if time.monotonic() - started > MAX_CANONICALISATION_S:
                limit = str(int(MAX_CANONICALISATION_S))
                raise LinkedDataError(reason(ReasonCode.LIMIT_CANONICALISATION, what="seconds", limit=limit))
            form = self._form(contexts, algorithm, by_reference=by_reference)
            if isinstance(form, CanonicalForm):
                told.append(contexts)
                yield contexts, form
            elif form.reason.code in (ReasonCode.LIMIT_CANONICALISATION, ReasonCode.CHECK_STOPPED):
                raise form
            else:
                lost = lost or form
        if not told:
            raise lost or LinkedDataError(reason(ReasonCode.CONTEXT_MISSING))

    def _was_told(self, contexts: ContextSet, told: list[ContextSet]) -> bool:
        from wallet.codec.linked_data.alike import names_in, reads_alike  # noqa: PLC0415 - few are put to it

        names = names_in([self.document, *self.proofs])
        return any(reads_alike(names, one, contexts) for one in told)

    def _form(
        self, contexts: ContextSet, algorithm: str, *, by_reference: bool
    ) -> CanonicalForm | LinkedDataError:
        place = contexts, algorithm, by_reference
        known = self.forms.get(place)
        if known is None:
            write = fenced_form if by_reference else canonical_form
            try:
                known = write(self.document, contexts, algorithm=algorithm)
            except LinkedDataError as error:  # under this content it loses something: it was not sealed so
                known = error
            self.forms[place] = known
        return known

    def upon(self, proofs: tuple[JsonObject, ...]) -> Prepared:
        """Return the document as a chained proof seals it: together with earlier proofs (§4.5)."""
        return self._replace(document=self.document | {"proof": list(proofs)}, forms={})


def prepare(document: JsonObject, contexts: Contexts, *, plain: bool = False) -> Prepared:
    """Make a document ready, and find what would get lost on the way.

    A document that is sealed over its statements must say nothing that would not be one of them. Where
    every proof we know seals the JSON itself, such parts are sealed, and noted as having no agreed meaning.

    Args:
        document: With its proofs.
        contexts: All there are.
        plain: Whether it is known that no text in the document needs an escape.

    Raises:
        LinkedDataError: What is wrong with the document as linked data; LIMIT_PROOFS.
    """
    unsecured = document.copy()
    unsecured.pop("proof", None)
    written = document.get("@context")
    proofs = tuple([proof for proof in array(document.get("proof", [])) if isinstance(proof, dict)])
    if len(proofs) > MAX_PROOFS:
        raise LinkedDataError(reason(ReasonCode.LIMIT_PROOFS, limit=str(MAX_PROOFS)))
    unsecured, contexts, brought = with_vocabulary(unsecured, contexts)
    if is_sealed_as_json(proofs):
        return _prepare_json(unsecured, contexts, proofs)._replace(context=written)
    try:
        choices, form = first_form(unsecured, contexts, plain=plain)
    except (NotExpressibleError, LinkedDataError):  # the reference path judges, and other contents count
        prepared = Prepared(unsecured, contexts, {}, contexts.variants(context_addresses(unsecured)), proofs)
        notes = (*next(prepared.variants())[1].notes, *brought)
        return prepared._replace(notes=notes, context=written)
    return Prepared(unsecured, contexts, {(choices[0], "SHA-256", False): form}, choices, proofs,
                    form.notes + brought, written, form.may_use_keywords)


def _prepare_json(document: JsonObject, contexts: Contexts, proofs: tuple[JsonObject, ...]) -> Prepared:
    prepared = Prepared(document, contexts, {}, proofs=proofs)
    addresses = context_addresses(document)
    try:
        prepared = prepared._replace(choices=contexts.variants(addresses))
        next(prepared.variants())
    except LinkedDataError as error:
        return prepared._replace(notes=(_no_agreed_meaning(error),))
    return prepared


def as_json(prepared: Prepared, proof: JsonObject, suite: Suite) -> Reading:
    """Write both as canonical JSON; a proof's own contexts are the sealed ones (VC-DI-EDDSA §3.3.2)."""
    options = {name: value for name, value in proof.items() if name != suite.value}
    document = prepared.document | {"@context": prepared.context}
    notes: tuple[Reason, ...] = ()
    if "@context" in proof:
        sealed, listed = array(proof["@context"]), array(document["@context"])
        _check_context_prefix(sealed, listed)
        added = listed[len(sealed) :]
        notes = tuple(reason(ReasonCode.QUIRK_UNSEALED_CONTEXT, which=str(one)[:200]) for one in added)
        document = document | {"@context": proof["@context"]}
    return canonical_json(options), canonical_json(document), notes


def usual_statements(prepared: Prepared, proof: JsonObject, suite: Suite, algorithm: str) -> Reading | None:
    """Return the first of what `as_statements` yields where it is plain what that is, else None.

    Nearly every seal is opened by it, and what follows costs more to get ready than it takes to look here.
    """
    if "@context" in proof or not prepared.choices:
        return None
    contexts = prepared.choices[0]
    form = prepared.forms.get((contexts, algorithm, False))
    if not isinstance(form, CanonicalForm):
        return None
    options = {"@context": array(prepared.document["@context"])} | proof
    del options[suite.value]
    try:
        written = written_options(options, contexts, algorithm=algorithm)
    except LinkedDataError:
        return None
    return written, form.nquads, contexts.notes + form.notes


def as_statements(prepared: Prepared, proof: JsonObject, suite: Suite, algorithm: str) -> Iterator[Reading]:
    """Write both as canonical statements, in each way that may have been meant.

    What compiled contexts say comes first; the reference path has its say before a seal is called wrong.

    Raises:
        LinkedDataError: The options say something that would not be signed, whatever was meant.
    """
    unsaid: LinkedDataError | None = None
    said = False
    for by_reference in (False, True):
        for contexts, form in prepared.variants(algorithm, by_reference=by_reference):
            for options, known in _options(prepared, proof, suite, contexts):
                try:
                    if by_reference:
                        written = fenced_form(options, known, algorithm=algorithm).nquads
                    else:
                        written = written_options(options, known, algorithm=algorithm)
                except LinkedDataError as error:
                    unsaid = unsaid or error
                    continue
                said = True
                yield written, form.nquads, (*contexts.notes, *form.notes)
    if unsaid and not said:
        raise unsaid


def _options(
    prepared: Prepared, proof: JsonObject, suite: Suite, contexts: ContextSet
) -> Iterator[tuple[JsonObject, ContextSet]]:
    """Yield the proof without its value, under each context it may be read with (VC-DI-EDDSA §3.2.5)."""
    outer, unsealed = array(prepared.document["@context"]), suite.value
    own = array(proof["@context"]) if "@context" in proof else []
    options = {name: value for name, value in proof.items() if name not in (unsealed, "@context")}
    brings = own != outer[: len(own)]
    if brings and not suite.words:
        raise ProofError(reason(ReasonCode.CONTEXT_MISMATCH, member="@context"))
    if not brings:
        yield {"@context": outer} | options, contexts
    others = [[*outer, *(one for one in own if one not in outer)]] if brings else []
    for listed in (*others, [suite.words]) if suite.words else ():
        document = {"@context": listed} | options
        for known in prepared.known.variants(context_addresses(document)):
            yield document, known


def _check_context_prefix(own: list[Any], outer: list[Any]) -> None:
    if own != outer[: len(own)]:
        raise ProofError(reason(ReasonCode.CONTEXT_MISMATCH, member="@context"))


def _no_agreed_meaning(error: LinkedDataError) -> Reason:
    """Note what no vocabulary explains: a term, a whole vocabulary, or a value that is no name."""
    named = (error.reason[name] for name in ("term", "address", "found", "path"))
    return reason(ReasonCode.QUIRK_NO_AGREED_MEANING, which=next(filter(None, named), ""))
