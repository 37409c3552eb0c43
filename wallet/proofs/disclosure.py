"""Selective disclosure for those who hold: is a base proof good, and what a part of the document looks like.

A base proof is checked here and nowhere else, for its holder; whoever else is given one is told so by the
suite, and which is which is told in `disclosure_value`. `derive` repeats the issuer's naming, keeps the seals
of what is shown, and never returns a part whose statements are not exactly those it sealed. One line of the
table per suite. Specifications: VC-DI-ECDSA §3.5 and §3.6, VC-DI-BBS §3.3 and §3.4.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Protocol

from wallet.codec.linked_data.canonical import canonicalise, context_addresses
from wallet.codec.linked_data.contexts import Contexts, ContextSet
from wallet.codec.linked_data.vocabulary import with_vocabulary
from wallet.keys.keypair import PublicKey
from wallet.model.credential import JsonObject
from wallet.model.errors import LinkedDataError, ProofError, ProofUnsupportedError
from wallet.model.reasons import ReasonCode, reason

from . import bbs_2023, ecdsa_sd
from .data_integrity import ProofFacts
from .grouping import Labelling, Selection, Statements, label_statements, relabel
from .members import check_proof_members, earlier_proofs
from .prepared import Prepared
from .selective import select, wrong_pointer
from .suites import suite_name


class BaseProof(Protocol):
    """What every base proof has."""

    @property
    def pointers(self) -> tuple[str, ...]:
        """What is always shown."""

    @property
    def labelling(self) -> Labelling:
        """How the issuer named blank nodes."""


@dataclass(frozen=True, slots=True)
class _Recipe:
    read_base: Callable[[str], BaseProof]
    verify_base: Callable[[bytes, Statements, str, PublicKey], None]
    derive_value: Callable[[bytes, Statements, str, Selection], str]


_RECIPES: Final = MappingProxyType(
    {
        module.NAME: _Recipe(module.read_base, module.verify_base, module.derive_value)
        for module in (ecdsa_sd, bbs_2023)
    }
)


def mandatory_pointers(proof: JsonObject) -> tuple[str, ...]:
    """Return what a base proof lets nobody hide.

    Raises:
        ProofError: PROOF_MALFORMED.
        ProofUnsupportedError: PROOF_UNSUPPORTED.
    """
    return _recipe(proof).read_base(proof["proofValue"]).pointers


def verify_base_proof(prepared: Prepared, proof: JsonObject, key: PublicKey) -> ProofFacts:
    """Check the base proof of a prepared document, as its holder.

    Raises:
        ProofError: PROOF_MALFORMED, POINTER_WRONG, CONTEXT_MISMATCH, KEY_SUITE_MISMATCH or SIGNATURE_WRONG.
        ProofUnsupportedError: PROOF_UNSUPPORTED.
        LinkedDataError: Something would not be signed, or cannot be told from another thing.
    """
    recipe = _recipe(proof)
    quirks = check_proof_members(proof)
    value = proof["proofValue"]
    base = recipe.read_base(value)
    earlier = earlier_proofs(prepared.proofs, proof)
    if earlier:
        prepared = prepared.upon(earlier)
    wrong: ProofError | None = None
    for contexts, form in prepared.variants():
        statements = label_statements(prepared.document, contexts, base.labelling)
        options = _written_options(prepared.document, proof, contexts)
        try:
            recipe.verify_base(options, statements, value, key)
        except ProofError as error:
            if error.reason.code is not ReasonCode.SIGNATURE_WRONG:
                raise
            wrong = wrong or error
            continue
        return ProofFacts(suite_name(proof), notes=(*quirks, *contexts.notes, *form.notes),
                          previous=tuple(one["id"] for one in earlier))
    raise wrong or ProofError(reason(ReasonCode.SIGNATURE_WRONG, suite=suite_name(proof)))


def derive(
    document: JsonObject, proof: JsonObject, pointers: Sequence[str], contexts: Contexts
) -> JsonObject:
    """Return the part of a document that its mandatory pointers and these name, with a proof of its own.

    Whose key sealed it is not asked: check the base proof before, or what is derived after.

    Args:
        document: As the issuer sealed it; of its proofs only the given one is used.
        proof: Its base proof.
        pointers: JSON pointers (RFC 6901) of what to show beside the mandatory part.
        contexts: Known contexts.

    Raises:
        ProofError: PROOF_MALFORMED, CONTEXT_MISMATCH, SIGNATURE_WRONG: the base proof is not of this
            document; POINTER_WRONG: names nothing, or a part of something sealed as one.
        ProofUnsupportedError: PROOF_UNSUPPORTED.
        LinkedDataError: Something would not be signed, or NOT_SELECTABLE.
    """
    recipe = _recipe(proof)
    check_proof_members(proof)
    whole = {name: member for name, member in document.items() if name != "proof"}
    unsecured, contexts, _ = with_vocabulary(whole, contexts)
    base = recipe.read_base(proof["proofValue"])
    chosen = tuple(dict.fromkeys((*base.pointers, *pointers)))
    if not chosen:
        raise wrong_pointer("")
    wrong: ProofError | None = None
    for known in contexts.variants(context_addresses(unsecured)):
        try:
            return _derived(unsecured, proof, chosen, known) | {"@context": document["@context"]}
        except ProofError as error:
            if error.reason.code is not ReasonCode.SIGNATURE_WRONG:
                raise
            wrong = wrong or error
    raise wrong or ProofError(reason(ReasonCode.SIGNATURE_WRONG, suite=suite_name(proof)))


def _derived(document: JsonObject, proof: JsonObject, pointers: Sequence[str],
             contexts: ContextSet) -> JsonObject:
    recipe = _recipe(proof)
    statements = label_statements(document, contexts, recipe.read_base(proof["proofValue"]).labelling)
    shown = statements.selection(pointers)
    options = _written_options(document, proof, contexts)
    value = recipe.derive_value(options, statements, proof["proofValue"], shown)
    part = select(document, pointers)
    # What a verifier will read must be what was sealed, statement by statement.
    if relabel(canonicalise(part, contexts), shown.labels) != tuple(
        statements.lines[index] for index in shown.indexes
    ):
        raise LinkedDataError(reason(ReasonCode.NOT_SELECTABLE))
    return part | {"proof": proof | {"proofValue": value}}


def _written_options(document: JsonObject, proof: JsonObject, contexts: ContextSet) -> bytes:
    """Write the proof's options as both suites hash them (VC-DI-ECDSA §3.6.4)."""
    outer, own = _array(document["@context"]), _array(proof.get("@context", []))
    if own != outer[: len(own)]:
        raise ProofError(reason(ReasonCode.CONTEXT_MISMATCH, member="@context"))
    options = {name: value for name, value in proof.items() if name not in ("@context", "proofValue")}
    return canonicalise({"@context": outer} | options, contexts)


def _recipe(proof: JsonObject) -> _Recipe:
    name = suite_name(proof)
    if name not in _RECIPES:
        raise ProofUnsupportedError(reason(ReasonCode.PROOF_UNSUPPORTED, suite=name[:100]))
    return _RECIPES[name]


def _array(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
