"""The members of one proof: their shapes, and which other proofs it is sealed over.

Nothing is written out or hashed here. Specifications: VC Data Integrity 1.0 §2.1 (members) and §2.1.2
(`previousProof`).
"""

from __future__ import annotations

from typing import Any, Final

from wallet.codec.dates import parse_datetime
from wallet.model.credential import JsonObject
from wallet.model.errors import CodecError, ProofError
from wallet.model.limits import MAX_STRING_CHARS, MAX_URL_CHARS
from wallet.model.reasons import Reason, ReasonCode, reason

from .suites import suite_of

# Members that a verifier acts upon, and that must be plain texts where they stand.
_TEXTS: Final = ("type", "proofPurpose", "verificationMethod")
_OPTIONAL_TEXTS: Final = ("id", "cryptosuite", "challenge", "nonce")
_DATES: Final = ("created", "expires")


def array(value: Any) -> list[Any]:
    """Return one value, or each of several, as several."""
    return value if isinstance(value, list) else [value]


def check_proof_members(proof: JsonObject) -> tuple[Reason, ...]:
    """Check the shapes of a proof's members; return the allowances made.

    Raises:
        ProofError: PROOF_MALFORMED, naming the member.
    """
    value = suite_of(proof).value
    for member in _TEXTS:
        text = proof.get(member)
        # An embedded key ends here, too: keys are never taken.
        if text.__class__ is not str or not 0 < len(text) <= MAX_URL_CHARS:
            raise _malformed(member)
    if not _is_text(proof.get(value), MAX_STRING_CHARS):  # a selective one holds one for each statement
        raise _malformed(value)
    for member in _OPTIONAL_TEXTS:
        if member in proof and not _is_text(proof[member]):
            raise _malformed(member)
    domain = proof.get("domain", "-")
    if not (_is_text(domain) or (isinstance(domain, list) and domain and all(map(_is_text, domain)))):
        raise _malformed("domain")
    quirks: tuple[Reason, ...] = ()
    for member in _DATES:
        if member in proof:
            quirks += _check_date(proof, member)
    return quirks


def earlier_proofs(proofs: tuple[JsonObject, ...], proof: JsonObject) -> tuple[JsonObject, ...]:
    """Return the proofs that a chained proof names, each once and none of them built on it.

    Raises:
        ProofError: PROOF_MALFORMED: a name that is none; SIGNATURE_WRONG: it is not the name of exactly one
            other proof, or of one that is built on this: whatever was sealed, it was not this.
    """
    if "previousProof" not in proof:
        return ()
    names = previous_names(proof)
    ids = [one.get("id") for one in proofs]
    reached, pending = set(), list(names)
    while pending:
        name = pending.pop()
        if ids.count(name) != 1 or name == proof.get("id"):
            raise ProofError(reason(ReasonCode.SIGNATURE_WRONG, member="previousProof", found=name[:200]))
        if name not in reached:
            reached.add(name)
            pending += previous_names(proofs[ids.index(name)])
    return tuple(proofs[ids.index(name)] for name in names)


def previous_names(proof: JsonObject) -> list[str]:
    """Return the names of the proofs that a proof says it builds on, each once.

    Raises:
        ProofError: PROOF_MALFORMED: something in their place is no name.
    """
    names = array(proof.get("previousProof", []))
    if not all(map(_is_text, names)) or ("previousProof" in proof and not names):
        raise _malformed("previousProof")
    return list(dict.fromkeys(names))


def _check_date(proof: JsonObject, member: str) -> tuple[Reason, ...]:
    value = proof[member]
    try:
        _, zone_missing = parse_datetime(value if isinstance(value, str) else "")
    except CodecError:
        raise _malformed(member) from None
    return (reason(ReasonCode.QUIRK_DATE, which=member),) if zone_missing else ()


def _is_text(value: Any, limit: int = MAX_URL_CHARS) -> bool:
    return isinstance(value, str) and 0 < len(value) <= limit


def _malformed(member: str) -> ProofError:
    return ProofError(reason(ReasonCode.PROOF_MALFORMED, member=member))
