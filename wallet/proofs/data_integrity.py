"""Embedded proofs: is this document what was signed with this key?

`prepare` canonicalises the document once, for each known content of its contexts; `verify_proof` does the
same for the options of one proof and asks the suite. Whose key it is, for what it may be used and when is
decided in `trust` and `verify`. Specifications: VC Data Integrity 1.0 §4.2 and §4.4, VC-DI-EDDSA §3.2.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from wallet.codec.dates import format_datetime, parse_datetime
from wallet.codec.linked_data.canonical import CanonicalForm, canonical_form, context_addresses
from wallet.codec.linked_data.contexts import Contexts, ContextSet
from wallet.keys.keypair import HolderKey, PublicKey
from wallet.model.credential import JsonObject
from wallet.model.errors import CodecError, LinkedDataError, ProofError
from wallet.model.limits import MAX_CANONICALISATION_S, MAX_PROOFS, MAX_URL_CHARS
from wallet.model.reasons import Reason, ReasonCode, reason

from .suite import Suite, sign_ed25519_over_rdfc
from .suites import SUITES, suite_of

# Members that a verifier acts upon, and that must be plain texts where they stand.
_TEXTS: Final = ("type", "proofPurpose", "verificationMethod", "proofValue")
_OPTIONAL_TEXTS: Final = ("id", "cryptosuite", "challenge", "nonce")
_DATES: Final = ("created", "expires")


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
        form: Its canonical form under `contexts`.
        contexts: The first contents of its contexts under which nothing is lost.
        others: Further known contents, tried only where the first ones do not fit the seal.
        proofs: What it is sealed with, for chains.
    """

    document: JsonObject
    form: CanonicalForm
    contexts: ContextSet
    others: tuple[ContextSet, ...] = ()
    proofs: tuple[JsonObject, ...] = ()
    # Forms under the other contents, filled when first needed: eight bad proofs shall not cost eight times.
    _forms: dict[ContextSet, CanonicalForm | None] = field(default_factory=dict, repr=False, compare=False)

    @property
    def notes(self) -> tuple[Reason, ...]:
        """What the document says that no seal covers."""
        return self.form.notes

    def variants(self) -> Iterator[tuple[ContextSet, CanonicalForm]]:
        """Yield the canonical form under each known content of the contexts that loses nothing.

        Raises:
            LinkedDataError: LIMIT_CANONICALISATION: all of them together take too long to tell.
        """
        yield self.contexts, self.form
        started = time.monotonic()
        for contexts in self.others:
            if time.monotonic() - started > MAX_CANONICALISATION_S:
                limit = str(int(MAX_CANONICALISATION_S))
                raise LinkedDataError(reason(ReasonCode.LIMIT_CANONICALISATION, what="seconds", limit=limit))
            if contexts not in self._forms:
                self._forms[contexts] = _form_or_none(self.document, contexts)
            form = self._forms[contexts]
            if form is not None:
                yield contexts, form

    def upon(self, proofs: tuple[JsonObject, ...]) -> Prepared:
        """Return the document as a chained proof seals it: together with earlier proofs (§4.6).

        Raises:
            LinkedDataError: An earlier proof says something that would not be signed.
        """
        document = self.document | {"proof": list(proofs)}
        return replace(self, document=document, form=canonical_form(document, self.contexts), _forms={})


def prepare(document: JsonObject, contexts: Contexts) -> Prepared:
    """Canonicalise a document without its proofs, in safe mode.

    Contents of contexts under which the document loses something are left out; only if it loses something
    under every one, the newest content's reason is raised.

    Raises:
        LinkedDataError: What is wrong with the document as linked data; LIMIT_PROOFS.
    """
    unsecured = {name: value for name, value in document.items() if name != "proof"}
    proofs = tuple(proof for proof in _array(document.get("proof", [])) if isinstance(proof, dict))
    if len(proofs) > MAX_PROOFS:
        raise LinkedDataError(reason(ReasonCode.LIMIT_PROOFS, limit=str(MAX_PROOFS)))
    choices = contexts.variants(context_addresses(unsecured))
    first_error: LinkedDataError | None = None
    for index, choice in enumerate(choices):
        try:
            form = canonical_form(unsecured, choice)
        except LinkedDataError as error:
            if error.reason.code is ReasonCode.LIMIT_CANONICALISATION:
                raise
            first_error = first_error or error
            continue
        return Prepared(unsecured, form, choice, choices[index + 1 :], proofs)
    raise first_error or LinkedDataError(reason(ReasonCode.CONTEXT_MISSING))


def verify_proof(prepared: Prepared, proof: JsonObject, key: PublicKey) -> ProofFacts:
    """Check one proof of a prepared document against a key that is known from elsewhere.

    Raises:
        ProofError: PROOF_MALFORMED, CONTEXT_MISMATCH, KEY_SUITE_MISMATCH or SIGNATURE_WRONG.
        ProofUnsupportedError: PROOF_UNSUPPORTED: no recipe; nothing is said about the seal.
        LinkedDataError: The proof's options say something that would not be signed.
    """
    suite = suite_of(proof)
    quirks = check_proof_members(proof)
    options = _options(prepared.document, proof)
    earlier = _earlier_proofs(prepared.proofs, proof)
    if earlier:
        prepared = prepared.upon(earlier)
    tried: set[tuple[bytes, bytes]] = set()
    unsaid: LinkedDataError | None = None
    for contexts, form in prepared.variants():
        try:
            said = (canonical_form(options, contexts).nquads, form.nquads)
        except LinkedDataError as error:
            unsaid = unsaid or error
            continue
        if said in tried:
            continue
        tried.add(said)
        try:
            suite.verification(*said, proof["proofValue"], key)
        except ProofError as error:
            if error.reason.code is not ReasonCode.SIGNATURE_WRONG:
                raise
            continue
        notes = (*quirks, *contexts.notes, *form.notes, *_legacy_note(suite))
        return ProofFacts(suite.name, suite.legacy, notes, tuple(one["id"] for one in earlier))
    if unsaid and not tried:
        raise unsaid
    raise ProofError(reason(ReasonCode.SIGNATURE_WRONG, suite=suite.name))


def _form_or_none(document: JsonObject, contexts: ContextSet) -> CanonicalForm | None:
    try:
        return canonical_form(document, contexts)
    except LinkedDataError:
        return None  # under this content the document loses something: it was not sealed so


def check_proof_members(proof: JsonObject) -> tuple[Reason, ...]:
    """Check the shapes of a proof's members; return the allowances made.

    Raises:
        ProofError: PROOF_MALFORMED, naming the member.
    """
    for member in _TEXTS:
        if not _is_text(proof.get(member)):  # an embedded key object ends here too: keys are never taken
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
        suite: A name of the table.
        challenge: The verifier's nonce, "" for none.
        domain: Whom it is for, "" for none.
        expires: End of the proof, None for none.

    Raises:
        LinkedDataError: Something in the document would not be signed.
        ProofUnsupportedError: There is no such suite.
    """
    unsecured = {name: value for name, value in document.items() if name != "proof"}
    recipe = suite_of({"type": suite} if suite not in SUITES else _suite_words(SUITES[suite]))
    proof = _suite_words(recipe) | {
        "created": format_datetime(created),
        "verificationMethod": key.verification_method,
        "proofPurpose": purpose,
    }
    terms = {"expires": format_datetime(expires) if expires else "", "challenge": challenge, "domain": domain}
    proof |= {name: value for name, value in terms.items() if value}
    choice = contexts.variants(context_addresses(unsecured))[0]
    said = canonical_form(unsecured, choice).nquads
    options = canonical_form(_options(unsecured, proof), choice).nquads
    return unsecured | {"proof": proof | {"proofValue": sign_ed25519_over_rdfc(options, said, key)}}


def _suite_words(suite: Suite) -> JsonObject:
    return {"type": suite.proof_type} | ({} if suite.legacy else {"cryptosuite": suite.name})


def _options(document: JsonObject, proof: JsonObject) -> JsonObject:
    """Return the proof without its value, under the document's contexts (VC-DI-EDDSA §3.2.5)."""
    contexts = document["@context"]
    if "@context" in proof:
        _check_context_prefix(_array(proof["@context"]), _array(contexts))
    options = {name: value for name, value in proof.items() if name not in ("@context", "proofValue")}
    return {"@context": contexts} | options


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


def _legacy_note(suite: Suite) -> tuple[Reason, ...]:
    return (reason(ReasonCode.QUIRK_LEGACY_SUITE, suite=suite.name),) if suite.legacy else ()


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= MAX_URL_CHARS


def _array(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _malformed(member: str) -> ProofError:
    return ProofError(reason(ReasonCode.PROOF_MALFORMED, member=member))
