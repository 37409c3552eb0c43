"""The table of proof types: one line per suite, nothing else.

Adding a suite is one file with its recipe and one line here, as the head of `eddsa` says; recipes of the
rarer ones are loaded for the first proof of their kind. What is not in the table is named and cannot be
checked, which never means that it is a fake. Specifications: VC Data Integrity 1.0 §3, VC-DI-EDDSA,
VC-DI-ECDSA, and for the legacy ones the drafts that named them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from wallet.model.credential import JsonObject
from wallet.model.errors import ProofError, ProofUnsupportedError
from wallet.model.reasons import ReasonCode, reason

from .eddsa import sign_ed25519, verify_ed25519
from .suite import DATA_INTEGRITY, Suite, Verification, Writing

if TYPE_CHECKING:
    from wallet.keys.keypair import PublicKey

#: Old libraries read the options of old suites with this context, whatever the document's own are.
_SECURITY: Final = "https://w3id.org/security/v2"
#: Some issuers' software reads them with this one, and leaves it out of the document.
_ED25519_2020: Final = "https://w3id.org/security/suites/ed25519-2020/v1"


def _later(module: str, name: str) -> Verification:
    """Return a recipe whose module is loaded for the first proof that needs it."""

    def verification(options: bytes, document: bytes, value: str, key: PublicKey) -> None:
        recipe: Verification = getattr(import_module(f".{module}", __package__), name)
        recipe(options, document, value, key)

    return verification


def _hash_of_curve(key: PublicKey) -> str:
    from .ecdsa import hash_of_curve  # noqa: PLC0415 - loaded for the first proof that needs it

    return hash_of_curve(key)


def _detached(name: str, verification: Verification) -> Suite:
    return Suite(name, name, verification, value="jws", legacy=True, words=_SECURITY)


#: Cryptosuite, or proof type of an old suite, to its recipe.
SUITES: Final[dict[str, Suite]] = {
    suite.name: suite
    for suite in (
        Suite("eddsa-rdfc-2022", DATA_INTEGRITY, verify_ed25519, sign_ed25519),
        Suite("eddsa-jcs-2022", DATA_INTEGRITY, verify_ed25519, writing=Writing.JSON),
        Suite("ecdsa-rdfc-2019", DATA_INTEGRITY, _later("ecdsa", "verify_ecdsa"),
              statement_hash=_hash_of_curve),
        Suite("ecdsa-jcs-2019", DATA_INTEGRITY, _later("ecdsa", "verify_ecdsa"), writing=Writing.JSON),
        Suite("ecdsa-sd-2023", DATA_INTEGRITY, _later("ecdsa_sd", "verify_derived")),
        Suite("bbs-2023", DATA_INTEGRITY, _later("bbs_2023", "verify_derived")),
        Suite("eddsa-2022", DATA_INTEGRITY, verify_ed25519, legacy=True),
        Suite("Ed25519Signature2020", "Ed25519Signature2020", verify_ed25519, sign_ed25519, legacy=True,
              words=_ED25519_2020),
        _detached("Ed25519Signature2018", _later("detached_jws", "verify_ed25519_2018")),
        _detached("JsonWebSignature2020", _later("detached_jws", "verify_json_web_signature")),
        Suite("EcdsaSecp256r1Signature2019", "EcdsaSecp256r1Signature2019",
              _later("ecdsa", "verify_ecdsa_p256"), legacy=True, words=_SECURITY),
    )
}


def suite_name(proof: JsonObject) -> str:
    """Return the name of a proof's suite: its cryptosuite, or its type where that is the suite.

    Raises:
        ProofError: PROOF_MALFORMED: no type, or a Data Integrity proof without a cryptosuite.
    """
    proof_type, cryptosuite = proof.get("type"), proof.get("cryptosuite")
    if not isinstance(proof_type, str) or not proof_type:
        raise _malformed("type")
    if proof_type != DATA_INTEGRITY:
        if cryptosuite is not None:  # two names for one recipe: nobody can tell which is meant
            raise _malformed("cryptosuite")
        return proof_type
    if not isinstance(cryptosuite, str) or not cryptosuite:
        raise _malformed("cryptosuite")
    return cryptosuite


def is_supported(proof: JsonObject) -> bool:
    """Whether there is a recipe for this proof."""
    return _recipe(proof) is not None


def is_sealed_as_json(proofs: tuple[JsonObject, ...]) -> bool:
    """Whether every proof that has a recipe, and at least one, seals the JSON and not its statements."""
    known = [recipe.writing for proof in proofs if (recipe := _recipe(proof))]
    return Writing.JSON in known and Writing.STATEMENTS not in known


def _recipe(proof: JsonObject) -> Suite | None:
    """Return the line of the table by the name that `suite_name` would return, None where it would raise."""
    kind, named = proof.get("type"), proof.get("cryptosuite")
    if kind != DATA_INTEGRITY:
        named = kind if named is None else None
    return SUITES.get(named) if named.__class__ is str else None


def suite_of(proof: JsonObject) -> Suite:
    """Return the recipe for a proof.

    Raises:
        ProofError: PROOF_MALFORMED.
        ProofUnsupportedError: PROOF_UNSUPPORTED, with the suite's name.
    """
    known = _recipe(proof)
    if known is not None and known.proof_type == proof["type"]:
        return known
    name = suite_name(proof)
    suite = SUITES.get(name)
    if suite is None:
        raise ProofUnsupportedError(reason(ReasonCode.PROOF_UNSUPPORTED, suite=name[:100]))
    if suite.proof_type != proof["type"]:
        raise _malformed("type")
    return suite


def _malformed(member: str) -> ProofError:
    return ProofError(reason(ReasonCode.PROOF_MALFORMED, member=member))
