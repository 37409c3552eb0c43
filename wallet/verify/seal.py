"""Checks 2 and 3, by kind: which recipe opens this seal, and where is it said whose it is?

Nothing is computed here and nothing recorded: each kind has its own module, and what it raises becomes a row
in `pipeline`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from wallet.codec.linked_data.contexts import Contexts
from wallet.model.credential import CompactJws, Credential, EvidenceClass, JsonObject, Parsed, Securing
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.model.report import Check, CheckId, Outcome
from wallet.proofs.known_seals import KnownSeals
from wallet.trust.badge_records import BadgeRecords
from wallet.trust.issuer_keys import IssuerKeys, Relationship, method_base
from wallet.trust.registry import IssuerList

from .certificate import check_certified, check_sealer, listed_key, with_certificate
from .checks.hosted import check_definitions, check_keeper, check_record
from .checks.issuer import check_key_authority
from .checks.proof import ProofAnswer, check_cose, check_embedded, check_token, not_checked, unsigned
from .checks.structure import Structure
from .dating import issued_at, latest_date, message_issued_at

_TOKENS: Final = (Securing.JWS, Securing.SD_JWT, Securing.JADES)
#: Why a key that a header brings cannot be held against those that the issuer lists.
_UNUSABLE: Final = (ReasonCode.KEY_MALFORMED, ReasonCode.KEY_UNSUPPORTED, ReasonCode.KEY_WEAK,
                    ReasonCode.KEY_PRIVATE)
#: What has neither a seal nor a record: nobody's key could say anything about it.
_UNSEALED: Final = (EvidenceClass.DOCUMENT.value, EvidenceClass.OWN.value)


def party_of(thing: Parsed) -> tuple[str, Relationship]:
    """Return who must have sealed it and what the key must be listed for.

    A presentation that names no holder is held by whoever's key signed it.
    """
    if isinstance(thing, Credential):
        return thing.issuer.id, Relationship.ASSERTION
    named = thing.proofs[0].get("verificationMethod") if thing.proofs else None
    if thing.jws is not None:
        named = thing.jws.header.get("kid")
    if thing.cose is not None:  # proofs inside what a token seals are not the one that counts
        named = thing.cose.protected.get("kid")
    signer = method_base(named) if isinstance(named, str) and ":" in named else ""
    return thing.holder or signer, Relationship.AUTHENTICATION


def check_seal(thing: Parsed, structure: Structure, keys: IssuerKeys, at: datetime,
               records: BadgeRecords | None, *, contexts: Contexts, is_holder: bool,
               known: KnownSeals | None = None) -> ProofAnswer:
    """Answer check 2 by the recipe of the thing's kind.

    Raises:
        KeysError: A key or certificate that it brings cannot be used.
        ProofError: The seal does not match.
        ProofUnsupportedError: There is no recipe.
        CodecError: A token's claims cannot be read.
    """
    evidence_class = thing.evidence_class if isinstance(thing, Credential) else EvidenceClass.SEALED
    if evidence_class is not EvidenceClass.SEALED:
        unsealed = reason(ReasonCode.PROOF_NOT_CHECKED, because=evidence_class.value)
        on_record = records if records is not None and records.is_hosted else None
        return ProofAnswer(check_record(on_record)) if on_record else not_checked(unsealed)
    if is_unsigned(thing):
        return unsigned()
    if thing.jws is not None and thing.securing in _TOKENS:
        token = _noting_future(_check_token(thing.jws, thing.securing, keys, records, known), at)
        return _noting_inside(token, thing.proofs) if thing.proofs else token
    if thing.securing is Securing.COSE and thing.cose is not None:
        sealed_at = message_issued_at(thing.cose)
        message = _noting_future(check_cose(thing.cose, keys)._replace(created=sealed_at), at)
        return _noting_inside(message, thing.proofs) if thing.proofs else message
    if thing.securing in (Securing.EMBEDDED, Securing.ANCHORED):
        return _check_anchored(thing, contexts) if thing.securing is Securing.ANCHORED else check_embedded(
            thing.proofs, structure.prepared, keys, at, is_holder=is_holder, known=known,
            data=thing.original.payload)
    kind = thing.format.value if isinstance(thing, Credential) else ""
    return not_checked(reason(ReasonCode.PROOF_UNSUPPORTED, suite=kind))


def _check_anchored(thing: Parsed, contexts: Contexts) -> ProofAnswer:
    from .anchored import check_anchored  # noqa: PLC0415 - loaded for the first of its kind

    return check_anchored(thing, contexts)


def _check_token(jws: CompactJws, securing: Securing, keys: IssuerKeys, records: BadgeRecords | None,
                 known: KnownSeals | None) -> ProofAnswer:
    if securing is Securing.JADES:
        from wallet.formats.jades import signing_time  # noqa: PLC0415 - loaded for the first of its kind

        return check_certified(jws, signing_time(jws.header))
    sealed_at = records.credential.valid_from if records else issued_at(jws)
    return check_token(jws, keys, sealed_at, method=records.key_address if records else "", known=known)


def _noting_future(answer: ProofAnswer, at: datetime) -> ProofAnswer:
    """Say of a token what is said of an embedded proof that is dated after now."""
    if answer.created is None or answer.created <= at:
        return answer
    notes = (*answer.check.notes, reason(ReasonCode.PROOF_FROM_FUTURE))
    return answer._replace(check=replace(answer.check, notes=notes))


def _noting_inside(answer: ProofAnswer, proofs: tuple[JsonObject, ...]) -> ProofAnswer:
    """Say of proofs inside what a token seals that they were not looked at: its own seal decides."""
    named = (proof.get("verificationMethod") for proof in proofs)
    inside = tuple(reason(ReasonCode.FOREIGN_PROOF_UNKNOWN, method=one[:200] if isinstance(one, str) else "")
                   for one in named)
    return answer._replace(check=replace(answer.check, notes=(*answer.check.notes, *inside)))


def check_authority(thing: Parsed, keys: IssuerKeys, answer: ProofAnswer,
                    records: BadgeRecords | None, lists: tuple[IssuerList, ...],
                    at: datetime) -> Check:
    """Answer check 3, unless the seal is broken, absent or of a kind that names no key we can find.

    Raises:
        KeysError: A certificate that it brings cannot be used.
    """
    why = answer.check.reason
    if records is not None and records.is_hosted:
        keeper = check_keeper(records)
        is_unseen = keeper.outcome is Outcome.PASSED and answer.check.outcome is Outcome.UNDETERMINED
        return meaningless(CheckId.KEY_AUTHORITY, why) if is_unseen else keeper
    keyless = why.code in (ReasonCode.PROOF_UNSUPPORTED, ReasonCode.INTERNAL_ERROR)
    if answer.check.outcome is Outcome.FAILED or keyless or thing.securing is Securing.ANCHORED:
        return meaningless(CheckId.KEY_AUTHORITY, why)
    if why.code is ReasonCode.PROOF_NOT_CHECKED and why["because"] in _UNSEALED:
        return meaningless(CheckId.KEY_AUTHORITY, why)
    if records is not None and (unnamed := check_definitions(records)):
        return unnamed
    if thing.securing is Securing.JADES and thing.jws is not None:
        document = thing.document if isinstance(thing, Credential) else {}
        sealer = check_sealer(thing.jws, answer.created, document, lists)
        own = listed_key(thing.jws, keys) if sealer.outcome is Outcome.UNDETERMINED else None
        return sealer if own is None else check_key_authority(
            keys, own, method=own.method, purpose="", sealed_at=answer.created, at=at)
    # Of a key that cannot be read nobody can say that the issuer does not list it.
    unread = answer.candidate is None and why.code in _UNUSABLE
    authority = meaningless(CheckId.KEY_AUTHORITY, why) if unread else check_key_authority(
        keys, answer.candidate, method=answer.method, purpose=answer.purpose, sealed_at=answer.created,
        at=at, dated=lambda: latest_date(thing))
    anchors = lists if isinstance(thing, Credential) else ()  # who presents something is known by her own key
    told = with_certificate(authority, thing.jws.header if thing.jws else {}, answer, keys.id, at, anchors)
    # That the issuer lists the key which a seal names says nothing of who made a seal that nobody could open.
    is_open = told.outcome is Outcome.PASSED and answer.check.outcome is not Outcome.PASSED
    return meaningless(CheckId.KEY_AUTHORITY, why) if is_open else told


def is_unsigned(thing: Parsed) -> bool:
    """Whether a thing of a sealed kind has no seal."""
    if isinstance(thing, Credential) and thing.evidence_class is not EvidenceClass.SEALED:
        return False
    return thing.securing is Securing.NONE or (thing.securing is Securing.EMBEDDED and not thing.proofs)


def meaningless(check_id: CheckId, why: Reason) -> Check:
    """Return a row that means nothing any more, and why."""
    return Check(check_id, Outcome.UNDETERMINED, reason(ReasonCode.NOT_MEANINGFUL, because=why.code.value))
