"""Check 2 for certificates anchored in a public chain: does the document agree with the receipt it carries?

The receipt is anybody's own arithmetic until the chain is asked, which is never done here: one that agrees
leaves the answer open, one that does not shows a changed document. What cannot be turned into statements by
our rules is not accused, because the programs that made such certificates had other rules. The arithmetic is
in `proofs.merkle`.
"""

from __future__ import annotations

from typing import Any

from wallet.codec.linked_data.contexts import Contexts
from wallet.model.credential import Credential, JsonObject, Presentation
from wallet.model.errors import LinkedDataError, ProofError
from wallet.model.reasons import ReasonCode, reason
from wallet.model.report import Check, CheckId, Outcome
from wallet.proofs.data_integrity import prepare
from wallet.proofs.merkle import check_receipt, read_receipt

from .checks.proof import ProofAnswer, not_checked

_SUITE = "MerkleProof"
_HASHLINK = "hl:"


def check_anchored(thing: Credential | Presentation, contexts: Contexts) -> ProofAnswer:
    """Answer check 2.

    Raises:
        ProofError: The receipt cannot be read, or is not this document's.
        LinkedDataError: CONTEXT_UNKNOWN.
    """
    proof: JsonObject = thing.proofs[0] if thing.proofs else thing.document["signature"]
    receipt = read_receipt(proof)
    document = {name: value for name, value in thing.document.items() if name not in ("proof", "signature")}
    try:
        check_receipt(prepare(document, contexts), receipt)
    except LinkedDataError as error:
        if error.reason.code is ReasonCode.CONTEXT_UNKNOWN:
            raise
        why = reason(ReasonCode.PROOF_UNSUPPORTED, suite=_SUITE)
        return ProofAnswer(Check(CheckId.PROOF, Outcome.UNDETERMINED, why, notes=(error.reason,)))
    except ProofError:
        if _has_hashlink(document):  # nobody wrote down what such a document's hash is taken of
            return not_checked(reason(ReasonCode.PROOF_UNSUPPORTED, suite=f"{_SUITE}, hashlink"))
        raise
    why = reason(ReasonCode.ANCHOR_NOT_CHECKED, chain=receipt.chain)
    return ProofAnswer(Check(CheckId.PROOF, Outcome.UNDETERMINED, why))


def _has_hashlink(document: JsonObject) -> bool:
    stack: list[Any] = [document]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)
        elif isinstance(value, str) and _HASHLINK in value:
            return True
    return False
