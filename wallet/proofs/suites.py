"""The table of proof types: one line per suite, nothing else.

Adding a suite is one file with its recipe and one line here. What is not in the table is named and cannot
be checked, which never means that it is a fake. Specifications: VC Data Integrity 1.0 §3, VC-DI-EDDSA.
"""

from __future__ import annotations

from typing import Any, Final

from wallet.model.credential import JsonObject
from wallet.model.errors import ProofError, ProofUnsupportedError
from wallet.model.reasons import ReasonCode, reason

from .suite import Suite, ed25519_over_rdfc

_DATA_INTEGRITY: Final = "DataIntegrityProof"

#: Cryptosuite, or legacy proof type, to its recipe.
SUITES: Final[dict[str, Suite]] = {
    suite.name: suite
    for suite in (
        Suite("eddsa-rdfc-2022", _DATA_INTEGRITY, ed25519_over_rdfc),
        Suite("Ed25519Signature2020", "Ed25519Signature2020", ed25519_over_rdfc, legacy=True),
    )
}


def suite_name(proof: JsonObject) -> str:
    """Return the name of a proof's suite: its cryptosuite, or its type where that is the suite.

    Raises:
        ProofError: PROOF_MALFORMED: no type, or a Data Integrity proof without a cryptosuite.
    """
    proof_type, cryptosuite = _text(proof, "type"), proof.get("cryptosuite")
    if proof_type != _DATA_INTEGRITY:
        if cryptosuite is not None:  # two names for one recipe: nobody can tell which is meant
            raise _malformed("cryptosuite")
        return proof_type
    return _text(proof, "cryptosuite")


def is_supported(proof: JsonObject) -> bool:
    """Whether there is a recipe for this proof."""
    try:
        return suite_name(proof) in SUITES
    except ProofError:
        return False


def suite_of(proof: JsonObject) -> Suite:
    """Return the recipe for a proof.

    Raises:
        ProofError: PROOF_MALFORMED.
        ProofUnsupportedError: PROOF_UNSUPPORTED, with the suite's name.
    """
    name = suite_name(proof)
    suite = SUITES.get(name)
    if suite is None:
        raise ProofUnsupportedError(reason(ReasonCode.PROOF_UNSUPPORTED, suite=name[:100]))
    if suite.proof_type != proof["type"]:
        raise _malformed("type")
    return suite


def _text(proof: JsonObject, member: str) -> str:
    value: Any = proof.get(member)
    if not isinstance(value, str) or not value:
        raise _malformed(member)
    return value


def _malformed(member: str) -> ProofError:
    return ProofError(reason(ReasonCode.PROOF_MALFORMED, member=member))
