"""Embedded proofs: is this document what was signed with this key?

`verify_proof` asks the recipe of the proof's suite about each way in which the document and the proof's
options may have been meant (`prepared`); `create_proof` makes a proof. Whose key it is, for what it may be
used and when is decided in `trust` and `verify`. Specifications: VC Data Integrity 1.0 §4.2 and §4.4.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from wallet.codec.dates import format_datetime
from wallet.codec.linked_data.canonical import canonical_form, context_addresses
from wallet.codec.linked_data.contexts import Contexts
from wallet.keys.keypair import HolderKey, PublicKey
from wallet.model.credential import JsonObject
from wallet.model.errors import ProofError, ProofUnsupportedError
from wallet.model.reasons import Reason, ReasonCode, reason

from .members import check_proof_members, earlier_proofs
from .prepared import Prepared, Reading, as_json, as_statements, prepare, usual_statements
from .suite import DATA_INTEGRITY, Suite, Writing
from .suites import SUITES, suite_of

__all__ = ["Prepared", "ProofFacts", "check_proof_members", "create_proof", "prepare", "verify_proof"]


class ProofFacts(NamedTuple):  # and no dataclass: one is made for every seal
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


def verify_proof(prepared: Prepared, proof: JsonObject, key: PublicKey) -> ProofFacts:
    """Check one proof of a prepared document against a key that is known from elsewhere.

    Raises:
        ProofError: PROOF_MALFORMED, CONTEXT_MISMATCH, KEY_SUITE_MISMATCH or SIGNATURE_WRONG.
        ProofUnsupportedError: PROOF_UNSUPPORTED: no recipe; nothing is said about the seal.
        LinkedDataError: The proof's options, or the document, say something that would not be signed.
    """
    suite = suite_of(proof)
    quirks = check_proof_members(proof)
    earlier = earlier_proofs(prepared.proofs, proof)
    if earlier:
        prepared = prepared.upon(earlier)
    tried: set[tuple[bytes, bytes]] = set()
    for options, document, notes in _readings(prepared, proof, suite, key):
        if tried and (options, document) in tried:
            continue
        try:
            suite.verification(options, document, proof[suite.value], key)
        except ProofError as error:
            if error.reason.code is not ReasonCode.SIGNATURE_WRONG:
                raise
            tried.add((options, document))
            continue
        previous = tuple([one["id"] for one in earlier]) if earlier else ()
        return ProofFacts(suite.name, suite.legacy, quirks + notes + _legacy_note(suite), previous)
    raise ProofError(reason(ReasonCode.SIGNATURE_WRONG, suite=suite.name))


def _readings(prepared: Prepared, proof: JsonObject, suite: Suite, key: PublicKey) -> Iterator[Reading]:
    if suite.writing is Writing.JSON:
        yield as_json(prepared, proof, suite)
        return
    algorithm = suite.statement_hash(key)
    usual = usual_statements(prepared, proof, suite, algorithm)
    if usual is not None:
        yield usual
    yield from as_statements(prepared, proof, suite, algorithm)


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


def _legacy_note(suite: Suite) -> tuple[Reason, ...]:
    return (reason(ReasonCode.QUIRK_LEGACY_SUITE, suite=suite.name),) if suite.legacy else ()
