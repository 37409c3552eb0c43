"""Embedded proofs: is this document what was signed with this key?

`prepare` writes the document out canonically once, for each known content of its contexts; `verify_proof`
does the same for the options of one proof and asks the suite. Whose key it is, for what it may be used and
when is decided in `trust` and `verify`. Specifications: VC Data Integrity 1.0 §4.2, §4.4 and §4.6,
VC-DI-EDDSA §3.2 and §3.3, VC-DI-ECDSA §3.2 and §3.3.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, TypeAlias

from wallet.codec.dates import format_datetime, parse_datetime
from wallet.codec.jcs import canonical_json
from wallet.codec.linked_data.canonical import (
    CanonicalForm,
    canonical_form,
    context_addresses,
    first_form,
    reference_form,
)
from wallet.codec.linked_data.contexts import Contexts, ContextSet
from wallet.codec.linked_data.definitions import NotExpressibleError
from wallet.codec.linked_data.vocabulary import with_vocabulary
from wallet.keys.keypair import HolderKey, PublicKey
from wallet.model.credential import JsonObject
from wallet.model.errors import CodecError, LinkedDataError, ProofError, ProofUnsupportedError
from wallet.model.limits import MAX_CANONICALISATION_S, MAX_PROOFS, MAX_STRING_CHARS, MAX_URL_CHARS
from wallet.model.reasons import Reason, ReasonCode, reason

from .suite import DATA_INTEGRITY, Suite, Writing
from .suites import SUITES, is_sealed_as_json, suite_of

# Members that a verifier acts upon, and that must be plain texts where they stand.
_TEXTS: Final = ("type", "proofPurpose", "verificationMethod")
_OPTIONAL_TEXTS: Final = ("id", "cryptosuite", "challenge", "nonce")
_DATES: Final = ("created", "expires")


_Reading: TypeAlias = tuple[bytes, bytes, tuple[Reason, ...]]  # options and document, written; allowances


@dataclass(frozen=True, slots=True)
class ProofFacts:
    """What a proof that verified is.

    Attributes:
        suite: Its name.
        legacy: Whether it is an old form.
        notes: Allowances made, and what is not sealed.
        previous: Ids of the proofs that this one is sealed over, in a chain. It says that they stood
            there, not that they verify: each is checked on its own.
    """

    suite: str
    legacy: bool = False
    notes: tuple[Reason, ...] = ()
    previous: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document ready for its proofs to be checked.

    Attributes:
        document: Without its proofs.
        known: All contexts there are.
        choices: Known contents of its contexts, the newest first; none if a vocabulary is unknown.
        proofs: What it is sealed with, for chains.
        notes: What the document says that no seal covers, or that nobody has agreed upon.
        context: Its contexts as they are written, for seals over the JSON.
    """

    document: JsonObject
    known: Contexts = field(repr=False, compare=False)
    choices: tuple[ContextSet, ...] = ()
    proofs: tuple[JsonObject, ...] = ()
    notes: tuple[Reason, ...] = ()
    context: Any = None
    # Forms already made, or why there is none: eight bad proofs shall not cost eight times.
    _forms: dict[tuple[ContextSet, str, bool], CanonicalForm | LinkedDataError] = field(
        default_factory=dict, repr=False, compare=False
    )

    def variants(
        self, algorithm: str = "SHA-256", *, by_reference: bool = False
    ) -> Iterator[tuple[ContextSet, CanonicalForm]]:
        """Yield the canonical form under each known content of the contexts that loses nothing.

        Args:
            algorithm: The hash inside RDFC-1.0.
            by_reference: Whether only the reference path may answer.

        Raises:
            LinkedDataError: What is lost under the newest content, if something is under every one;
                LIMIT_CANONICALISATION: one is too intricate, or all together take too long to tell.
        """
        lost: LinkedDataError | None = None
        found = False
        started = time.monotonic()
        for contexts in self.choices:
            if time.monotonic() - started > MAX_CANONICALISATION_S:
                limit = str(int(MAX_CANONICALISATION_S))
                raise LinkedDataError(reason(ReasonCode.LIMIT_CANONICALISATION, what="seconds", limit=limit))
            form = self._form(contexts, algorithm, by_reference=by_reference)
            if isinstance(form, CanonicalForm):
                found = True
                yield contexts, form
            elif form.reason.code is ReasonCode.LIMIT_CANONICALISATION:
                raise form
            else:
                lost = lost or form
        if not found:
            raise lost or LinkedDataError(reason(ReasonCode.CONTEXT_MISSING))

    def _form(
        self, contexts: ContextSet, algorithm: str, *, by_reference: bool
    ) -> CanonicalForm | LinkedDataError:
        place = contexts, algorithm, by_reference
        if place not in self._forms:
            write = _writer(by_reference=by_reference)
            try:
                self._forms[place] = write(self.document, contexts, algorithm=algorithm)
            except LinkedDataError as error:  # under this content it loses something: it was not sealed so
                self._forms[place] = error
        return self._forms[place]

    def upon(self, proofs: tuple[JsonObject, ...]) -> Prepared:
        """Return the document as a chained proof seals it: together with earlier proofs (§4.6)."""
        return replace(self, document=self.document | {"proof": list(proofs)}, _forms={})


def prepare(document: JsonObject, contexts: Contexts) -> Prepared:
    """Make a document ready, and find what would get lost on the way.

    A document that is sealed over its statements must say nothing that would not be one of them. Where
    every proof we know seals the JSON itself, such parts are sealed, and noted as having no agreed meaning.

    Raises:
        LinkedDataError: What is wrong with the document as linked data; LIMIT_PROOFS.
    """
    unsecured = {name: value for name, value in document.items() if name != "proof"}
    written = document.get("@context")
    proofs = tuple(proof for proof in _array(document.get("proof", [])) if isinstance(proof, dict))
    if len(proofs) > MAX_PROOFS:
        raise LinkedDataError(reason(ReasonCode.LIMIT_PROOFS, limit=str(MAX_PROOFS)))
    unsecured, contexts, brought = with_vocabulary(unsecured, contexts)
    if is_sealed_as_json(proofs):
        return replace(_prepare_json(unsecured, contexts, proofs), context=written)
    try:
        choices, form = first_form(unsecured, contexts)
    except (NotExpressibleError, LinkedDataError):  # the reference path judges, and other contents count
        prepared = Prepared(unsecured, contexts, contexts.variants(context_addresses(unsecured)), proofs)
        notes = (*next(prepared.variants())[1].notes, *brought)
        return replace(prepared, notes=notes, context=written)
    forms: dict[tuple[ContextSet, str, bool], CanonicalForm | LinkedDataError] = {
        (choices[0], "SHA-256", False): form
    }
    return Prepared(unsecured, contexts, choices, proofs, (*form.notes, *brought), written, forms)


def _prepare_json(document: JsonObject, contexts: Contexts, proofs: tuple[JsonObject, ...]) -> Prepared:
    prepared = Prepared(document, contexts, proofs=proofs)
    addresses = context_addresses(document)
    try:
        prepared = replace(prepared, choices=contexts.variants(addresses))
        next(prepared.variants())
    except LinkedDataError as error:
        return replace(prepared, notes=(_no_agreed_meaning(error),))
    return prepared


def verify_proof(prepared: Prepared, proof: JsonObject, key: PublicKey) -> ProofFacts:
    """Check one proof of a prepared document against a key that is known from elsewhere.

    Raises:
        ProofError: PROOF_MALFORMED, CONTEXT_MISMATCH, KEY_SUITE_MISMATCH or SIGNATURE_WRONG.
        ProofUnsupportedError: PROOF_UNSUPPORTED: no recipe; nothing is said about the seal.
        LinkedDataError: The proof's options, or the document, say something that would not be signed.
    """
    suite = suite_of(proof)
    quirks = check_proof_members(proof)
    earlier = _earlier_proofs(prepared.proofs, proof)
    if earlier:
        prepared = prepared.upon(earlier)
    if suite.writing is Writing.JSON:
        readings = iter([_as_json(prepared, proof, suite)])
    else:
        readings = _as_statements(prepared, proof, suite, suite.statement_hash(key))
    tried: set[tuple[bytes, bytes]] = set()
    for options, document, notes in readings:
        if (options, document) in tried:
            continue
        tried.add((options, document))
        try:
            suite.verification(options, document, proof[suite.value], key)
        except ProofError as error:
            if error.reason.code is not ReasonCode.SIGNATURE_WRONG:
                raise
            continue
        previous = tuple(one["id"] for one in earlier)
        return ProofFacts(suite.name, suite.legacy, (*quirks, *notes, *_legacy_note(suite)), previous)
    raise ProofError(reason(ReasonCode.SIGNATURE_WRONG, suite=suite.name))


def _as_json(prepared: Prepared, proof: JsonObject, suite: Suite) -> _Reading:
    """Write both as canonical JSON; a proof's own contexts are the sealed ones (VC-DI-EDDSA §3.3.2)."""
    options = {name: value for name, value in proof.items() if name != suite.value}
    document = prepared.document | {"@context": prepared.context}
    notes: tuple[Reason, ...] = ()
    if "@context" in proof:
        sealed, listed = _array(proof["@context"]), _array(document["@context"])
        _check_context_prefix(sealed, listed)
        added = listed[len(sealed) :]
        notes = tuple(reason(ReasonCode.QUIRK_UNSEALED_CONTEXT, which=str(one)[:200]) for one in added)
        document = document | {"@context": proof["@context"]}
    return canonical_json(options), canonical_json(document), notes


def _as_statements(prepared: Prepared, proof: JsonObject, suite: Suite, algorithm: str) -> Iterator[_Reading]:
    """Write both as canonical statements, in each way that may have been meant.

    What compiled contexts say comes first; the reference path has its say before a seal is called wrong.

    Raises:
        LinkedDataError: The options say something that would not be signed, whatever was meant.
    """
    unsaid: LinkedDataError | None = None
    said = False
    for by_reference in (False, True):
        write = _writer(by_reference=by_reference)
        for contexts, form in prepared.variants(algorithm, by_reference=by_reference):
            for options, known in _options(prepared, proof, suite, contexts):
                try:
                    written = write(options, known, algorithm=algorithm).nquads
                except LinkedDataError as error:
                    unsaid = unsaid or error
                    continue
                said = True
                yield written, form.nquads, (*contexts.notes, *form.notes)
    if unsaid and not said:
        raise unsaid


def _writer(*, by_reference: bool) -> Callable[..., CanonicalForm]:
    return reference_form if by_reference else canonical_form


def check_proof_members(proof: JsonObject) -> tuple[Reason, ...]:
    """Check the shapes of a proof's members; return the allowances made.

    Raises:
        ProofError: PROOF_MALFORMED, naming the member.
    """
    value = suite_of(proof).value  # a selective one holds a signature for each statement
    for member in (*_TEXTS, value):
        limit = MAX_STRING_CHARS if member == value else MAX_URL_CHARS
        if not _is_text(proof.get(member), limit):  # an embedded key ends here, too: keys are never taken
            raise _malformed(member)
    for member in _OPTIONAL_TEXTS:
        if member in proof and not _is_text(proof[member]):
            raise _malformed(member)
    domain = proof.get("domain", "-")
    if not (_is_text(domain) or (isinstance(domain, list) and domain and all(map(_is_text, domain)))):
        raise _malformed("domain")
    return tuple(quirk for member in _DATES if member in proof for quirk in _check_date(proof, member))


def create_proof(
    document: JsonObject,
    *,
    key: HolderKey,
    contexts: Contexts,
    created: datetime,
    purpose: str,
    suite: str = "eddsa-rdfc-2022",
    challenge: str = "",
    domain: str = "",
    expires: datetime | None = None,
) -> JsonObject:
    """Return a copy of the document with a proof by this key.

    Args:
        document: Unsigned; its contexts must define the suite's words.
        key: Signs; its own `did:key` is the verification method.
        contexts: Known contexts; the newest content of each address is used.
        created: Written into the proof.
        purpose: `assertionMethod` for credentials, `authentication` for presentations.
        suite: A name of the table whose recipe signs with a holder's key.
        challenge: The verifier's nonce, "" for none.
        domain: Whom it is for, "" for none.
        expires: End of the proof, None for none.

    Raises:
        LinkedDataError: Something in the document would not be signed.
        ProofUnsupportedError: There is no such suite, or we only verify it.
    """
    unsecured = {name: value for name, value in document.items() if name != "proof"}
    recipe = suite_of({"type": suite} if suite not in SUITES else _suite_words(SUITES[suite]))
    if recipe.signing is None:
        raise ProofUnsupportedError(reason(ReasonCode.PROOF_UNSUPPORTED, suite=suite))
    proof = _suite_words(recipe) | {
        "created": format_datetime(created),
        "verificationMethod": key.verification_method,
        "proofPurpose": purpose,
    }
    terms = {"expires": format_datetime(expires) if expires else "", "challenge": challenge, "domain": domain}
    proof |= {name: value for name, value in terms.items() if value}
    choice = contexts.variants(context_addresses(unsecured))[0]
    said = canonical_form(unsecured, choice).nquads
    options = canonical_form({"@context": unsecured["@context"]} | proof, choice).nquads
    return unsecured | {"proof": proof | {"proofValue": recipe.signing(options, said, key)}}


def _suite_words(suite: Suite) -> JsonObject:
    named = {"cryptosuite": suite.name} if suite.proof_type == DATA_INTEGRITY else {}
    return {"type": suite.proof_type} | named


def _options(
    prepared: Prepared, proof: JsonObject, suite: Suite, contexts: ContextSet
) -> Iterator[tuple[JsonObject, ContextSet]]:
    """Yield the proof without its value, under each context it may be read with (VC-DI-EDDSA §3.2.5)."""
    outer = _array(prepared.document["@context"])
    own = _array(proof.get("@context", []))
    options = {name: value for name, value in proof.items() if name not in ("@context", suite.value)}
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


def _earlier_proofs(proofs: tuple[JsonObject, ...], proof: JsonObject) -> tuple[JsonObject, ...]:
    """Return the proofs that a chained proof names, each once and none of them built on it."""
    by_id = {one["id"]: one for one in proofs if _is_text(one.get("id"))}
    if len(by_id) != sum("id" in one for one in proofs) and "previousProof" in proof:
        raise _malformed("id")
    names = _previous_names(proof)
    reached, pending = set(), list(names)
    while pending:
        name = pending.pop()
        if name not in by_id or name == proof.get("id"):
            raise _malformed("previousProof")
        if name not in reached:
            reached.add(name)
            pending += _previous_names(by_id[name])
    return tuple(by_id[name] for name in names)


def _previous_names(proof: JsonObject) -> list[str]:
    names = _array(proof.get("previousProof", []))
    if not all(map(_is_text, names)) or ("previousProof" in proof and not names):
        raise _malformed("previousProof")
    return list(dict.fromkeys(names))


def _check_context_prefix(own: list[Any], outer: list[Any]) -> None:
    if own != outer[: len(own)]:
        raise ProofError(reason(ReasonCode.CONTEXT_MISMATCH, member="@context"))


def _check_date(proof: JsonObject, member: str) -> tuple[Reason, ...]:
    value = proof[member]
    try:
        _, zone_missing = parse_datetime(value if isinstance(value, str) else "")
    except CodecError:
        raise _malformed(member) from None
    return (reason(ReasonCode.QUIRK_DATE, member=member),) if zone_missing else ()


def _no_agreed_meaning(error: LinkedDataError) -> Reason:
    """Note what no vocabulary explains: a term, a whole vocabulary, or a value that is no name."""
    named = (error.reason[name] for name in ("term", "address", "found", "path"))
    return reason(ReasonCode.QUIRK_NO_AGREED_MEANING, which=next(filter(None, named), ""))


def _legacy_note(suite: Suite) -> tuple[Reason, ...]:
    return (reason(ReasonCode.QUIRK_LEGACY_SUITE, suite=suite.name),) if suite.legacy else ()


def _is_text(value: Any, limit: int = MAX_URL_CHARS) -> bool:
    return isinstance(value, str) and 0 < len(value) <= limit


def _array(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _malformed(member: str) -> ProofError:
    return ProofError(reason(ReasonCode.PROOF_MALFORMED, member=member))
