"""Check 1: structure. Parses under the limits, has what its types promise, uses known vocabularies only.

The shape itself was read in `formats`, which lists what breaks it. Here the vocabularies are looked up, the
shape of every proof is checked before any key is, and a document that is sealed over its statements is
turned into them once, in safe mode. VC Data Model 2.0 §4.1 and §4.3, VC Data Integrity 1.0 §2.1 and §2.4.3.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from wallet.codec.linked_data.contexts import Contexts
from wallet.codec.linked_data.names import check_ids
from wallet.codec.strict_json import has_plain_texts
from wallet.model.credential import (
    Credential,
    CredentialFormat,
    EvidenceClass,
    JsonObject,
    Presentation,
    Securing,
)
from wallet.model.errors import KeysError, LinkedDataError, ProofError, ProofUnsupportedError
from wallet.model.limits import MAX_DATE_CHARS, MAX_URL_CHARS
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.model.report import Check, CheckId, Outcome
from wallet.proofs.cose import cose_algorithm
from wallet.proofs.data_integrity import Prepared, check_proof_members, prepare
from wallet.proofs.disclosure_value import is_derived
from wallet.proofs.jws import algorithm_of
from wallet.proofs.members import previous_names
from wallet.proofs.suites import SUITES, is_supported
from wallet.trust.issuer_keys import check_method_url

_TOKENS = (Securing.JWS, Securing.SD_JWT, Securing.JADES)
_ENVELOPING = (*_TOKENS, Securing.COSE)
_V1 = "https://www.w3.org/2018/credentials/v1"
_DATA_INTEGRITY = "DataIntegrityProof"
_ALWAYS = frozenset({"@context", "type", "issuer", "credentialSubject"})
# Members that would make a credential worth less, under each of their names.
_LIMITING = (("validUntil", "expirationDate"), ("credentialStatus",))
_STATUS_OF = " <https://www.w3.org/2018/credentials#credentialStatus> "
_OK = reason(ReasonCode.STRUCTURE_OK)
_SOUND = Check(CheckId.STRUCTURE, Outcome.PASSED, _OK)
_MAX_METHODS = 512  # texts whose form is remembered
_BOUNDED = (("verificationMethod", MAX_URL_CHARS), ("created", MAX_DATE_CHARS), ("expires", MAX_DATE_CHARS))


class Structure(NamedTuple):  # and no dataclass: one is made for every credential, and soon dropped
    """The answer, and the document ready for its proofs where it could be prepared."""

    check: Check
    prepared: Prepared | None = None


def check_structure(thing: Credential | Presentation, contexts: Contexts) -> Structure:
    """Answer check 1.

    Raises:
        LinkedDataError: The statements cannot be told without loss, or a vocabulary is unknown.
    """
    problems = _all_problems(thing)
    if problems:
        return Structure(Check(CheckId.STRUCTURE, Outcome.FAILED, problems[0],
                               notes=(*problems[1:], *thing.notes)))
    prepared = None
    if _means_its_vocabularies(thing):
        _look_up_vocabularies(thing.document, contexts)
    elif thing.securing is Securing.EMBEDDED and any(map(is_supported, thing.proofs)):
        prepared = _prepared(thing, contexts)
    notes = thing.notes + (prepared.notes if prepared else ()) + _hidden(thing, prepared)
    sound = Check(CheckId.STRUCTURE, Outcome.PASSED, _OK, notes=notes) if notes else _SOUND
    return Structure(sound, prepared)


def _all_problems(thing: Credential | Presentation) -> tuple[Reason, ...]:
    """What is wrong, the shape first; what a kind cannot have is not looked for."""
    problems = _problems(thing) if thing.problems else ()
    if thing.__class__ is Presentation:
        problems += tuple(_holder_problems(thing))
    if thing.proofs:
        problems += tuple(_proof_problems(thing.proofs))
    return problems if thing.securing is Securing.EMBEDDED else problems + tuple(_token_problems(thing))


def _prepared(thing: Credential | Presentation, contexts: Contexts) -> Prepared:
    """Make it ready for its proofs; refuse a keyword in the place of a term before anything else."""
    document = thing.document
    try:
        prepared = prepare(document, contexts, plain=has_plain_texts(thing.original.payload))
    except LinkedDataError:
        check_ids(document)
        raise
    # Where every node was seen and none is named so, only the proofs are left to be looked at.
    check_ids(document if prepared.may_use_keywords else {"proof": document.get("proof")})
    return prepared


def _means_its_vocabularies(thing: Credential | Presentation) -> bool:
    """Whether its terms are read, but not turned into statements; the oldest badges name no vocabulary."""
    if not isinstance(thing, Credential):
        return thing.securing in _ENVELOPING and "@context" in thing.document
    hosted = thing.evidence_class is EvidenceClass.HOSTED
    claims = thing.format is CredentialFormat.SD_JWT  # of no vocabulary, whatever they are called
    return (hosted or thing.securing in _ENVELOPING) and not claims and "@context" in thing.document


def _look_up_vocabularies(document: JsonObject, contexts: Contexts) -> None:
    """Find every context of the document itself.

    A token is sealed over its bytes, but what its terms mean is still the vocabularies' word: an unknown
    one leaves the meaning open, and one written into the file could swap two terms.
    """
    listed = document.get("@context")
    entries = listed if isinstance(listed, list) else [listed]
    addresses = tuple(entry for entry in entries if isinstance(entry, str))
    if len(addresses) != len(entries):
        raise LinkedDataError(reason(ReasonCode.CONTEXT_INLINE))
    contexts.variants(addresses)


def _problems(thing: Credential | Presentation) -> tuple[Reason, ...]:
    """What breaks the shape that its types promise.

    Of a credential that its holder shows in part, members may be missing: it was whole when it was sealed.
    What nobody can hide is not excused, and neither is a member of the wrong kind.
    """
    if not _is_part(thing):
        return thing.problems
    return tuple(one for one in thing.problems
                 if one.code is not ReasonCode.MEMBER_MISSING or _is_always_shown(one["member"]))


def _is_part(thing: Credential | Presentation) -> bool:
    return isinstance(thing, Credential) and bool(thing.proofs) and all(map(is_derived, thing.proofs))


def _is_always_shown(member: str) -> bool:
    return member in _ALWAYS or member.rpartition(".")[2] in ("id", "type")


def _hidden(thing: Credential | Presentation, prepared: Prepared | None) -> tuple[Reason, ...]:
    """Say that it is a part, and which members that end or withdraw a credential may be hidden.

    Of a list that could have been hidden itself, a second one may be.
    """
    derived = [proof for proof in thing.proofs if is_derived(proof)]
    if not derived or not isinstance(thing, Credential):  # any seal can be put beside it by who shows it
        return ()
    from wallet.proofs.chosen import chosen_statements  # noqa: PLC0415 - loaded for the first part

    document = thing.document
    absent = [names[0] for names in _LIMITING if not any(name in document for name in names)]
    if "credentialStatus" in document and prepared and any(
            _STATUS_OF in line for proof in derived for line in chosen_statements(prepared, proof)):
        absent.append("credentialStatus")
    return (reason(ReasonCode.SHOWN_IN_PART, members=", ".join(absent)),)


def _holder_problems(thing: Credential | Presentation) -> Iterator[Reason]:
    if not isinstance(thing, Presentation) or not isinstance(thing.document.get("holder"), dict):
        return
    listed = thing.document.get("@context")
    if _V1 in (listed if isinstance(listed, list) else [listed]):
        # VC Data Model 1.1 §4.10: a URI. Only 2.0 allows an object with an id.
        yield reason(ReasonCode.MEMBER_TYPE, member="holder", found="object")


def _proof_problems(proofs: tuple[JsonObject, ...]) -> Iterator[Reason]:
    """What is wrong with the shape of a proof, before any key is looked for."""
    for proof in proofs:
        if not is_supported(proof):
            # What a kind we cannot check may look like is not ours to say, but it must have one kind.
            kind, named = proof.get("type"), proof.get("cryptosuite")
            nameless = not kind or (kind == _DATA_INTEGRITY and not named)
            if nameless or (isinstance(kind, str) and kind in SUITES and named is not None):
                yield _malformed("type")
            continue
        long = _too_long(proof)
        if long:
            yield from long
            continue
        try:
            check_proof_members(proof)
            if not _is_method_url(proof["verificationMethod"]):
                yield _malformed("verificationMethod", proof["verificationMethod"])
            if "previousProof" in proof:
                previous_names(proof)  # whether there are such proofs is a matter of the seal
        except ProofError as error:
            yield error.reason


@lru_cache(maxsize=_MAX_METHODS)
def _is_method_url(text: str) -> bool:
    try:
        check_method_url(text)
    except KeysError:
        return False
    return True


def _too_long(proof: JsonObject) -> list[Reason]:
    """Texts that are not looked at, because they are longer than their kind ever is."""
    found = []
    for member, limit in _BOUNDED:
        value = proof.get(member)
        if isinstance(value, str) and len(value) > limit:
            found.append(reason(ReasonCode.LIMIT_STRING, member=f"proof.{member}", limit=str(limit),
                                found=str(len(value))))
    return found


def _token_problems(thing: Credential | Presentation) -> Iterator[Reason]:
    """An algorithm that nobody may use for a seal is a matter of shape (RFC 8725 §3.1)."""
    try:
        if thing.securing in (*_TOKENS, Securing.KEY_BINDING) and thing.jws is not None:
            algorithm_of(thing.jws)
        elif thing.securing is Securing.COSE and thing.cose is not None:
            cose_algorithm(thing.cose)
    except ProofUnsupportedError:
        return
    except ProofError as error:
        yield error.reason


def _malformed(member: str, found: str = "") -> Reason:
    return reason(ReasonCode.PROOF_MALFORMED, member=member, found=found[:200])
