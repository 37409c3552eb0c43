"""Check 2: proof. Do the seal and the kept bytes agree, with a key that the seal names?

Whose key it is, is check 3. The issuer's own proofs decide; every other is listed beside the answer. If
several are the issuer's own, one that fails counts against the file whatever the others say: that is the
fail-closed reading where Open Badges 3.0 lets one good proof suffice. A proof that builds on others counts
only as far as they do. VC Data Integrity 1.0 §4.4 and §4.5, RFC 7515.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from wallet.codec.dates import parse_datetime
from wallet.codec.linked_data.worker import says_nothing
from wallet.keys.keypair import PublicKey
from wallet.model.credential import CompactJws, CoseSign1, JsonObject
from wallet.model.errors import CodecError, LinkedDataError, ProofError, ProofUnsupportedError
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.model.report import Check, CheckId, Outcome
from wallet.proofs.cose import verify_cose
from wallet.proofs.data_integrity import Prepared, ProofFacts, verify_proof
from wallet.proofs.disclosure_value import is_base
from wallet.proofs.jws import verify_jws
from wallet.proofs.known_seals import KnownSeals, seal_name
from wallet.proofs.members import earlier_proofs
from wallet.proofs.suites import is_supported
from wallet.trust.issuer_keys import Candidate, IssuerKeys, Standing

_NONE: tuple[Reason, ...] = ()
_MAX_WORD = 100
_BEST = (Standing.AUTHORISED, Standing.SELF_MADE, Standing.RETIRED, Standing.UNKNOWN, Standing.FROM_SENDER,
         Standing.NOT_LISTED)


class ProofAnswer(NamedTuple):  # and no dataclass, as the next
    """The answer of check 2 and what check 3 needs from it.

    Attributes:
        check: The row.
        method: The verification method that the deciding proof names, "" if it names none.
        candidate: The key that opened the seal; if none did, the best there was; None if there was none.
        purpose: What the proof says it is for; "" for a token, which does not say.
        created: When it says it was made; self-asserted.
        expires: The proof's own end, None for none.
        proof: The deciding proof, None for a seal of another kind: what it answers is its word alone.
        equals: Others of the same party that are worth the same.
    """

    check: Check
    method: str = ""
    candidate: Candidate | None = None
    purpose: str = ""
    created: datetime | None = None
    expires: datetime | None = None
    proof: JsonObject | None = None
    equals: tuple[JsonObject, ...] = ()


class _Attempt(NamedTuple):  # and no dataclass: one is made for every seal
    outcome: Outcome
    reason: Reason
    method: str
    candidate: Candidate | None
    notes: tuple[Reason, ...] = ()
    own: bool = True
    proof: JsonObject | None = None
    previous: tuple[str, ...] = ()


def check_embedded(proofs: tuple[JsonObject, ...], prepared: Prepared | None, keys: IssuerKeys,
                   at: datetime, *, is_holder: bool = False, known: KnownSeals | None = None,
                   data: bytes = b"") -> ProofAnswer:
    """Answer check 2 for embedded proofs; those for a holder only are checked for nobody else.

    Args:
        proofs: All of them.
        prepared: The document they are in; None if it could not be made ready.
        keys: Of the party that must have sealed it.
        at: The one now.
        is_holder: Whether it was issued to the person who checks.
        known: Seals that were found good before, None to check them all.
        data: The bytes as they came, by which a seal is known.
    """
    if not proofs:
        return unsigned()
    attempts = [_attempt_proof(proof, prepared, keys, known, data, is_holder=is_holder) for proof in proofs]
    deciding, others = attempts[0], _NONE
    equals: tuple[JsonObject, ...] = ()
    if len(attempts) > 1:
        attempts = _chained(attempts)
        deciding = _deciding([one for one in attempts if one.own] or attempts, keys.relationship, at)
        others = tuple([_beside(one) for one in attempts if one is not deciding])
        worth = _worth(deciding, keys.relationship, at)
        equals = tuple(one.proof for one in attempts if one is not deciding and one.own and one.proof
                       and one.outcome is Outcome.PASSED and _worth(one, keys.relationship, at) == worth)
    proof = deciding.proof or {}
    created = _date(proof.get("created"))
    future = (reason(ReasonCode.PROOF_FROM_FUTURE),) if created and created > at else ()
    evidence = deciding.candidate.evidence if deciding.candidate else ()
    check = Check(CheckId.PROOF, deciding.outcome, deciding.reason, evidence,
                  deciding.notes + future + others)
    return ProofAnswer(check, deciding.method, deciding.candidate, str(proof.get("proofPurpose", "")),
                       created, _date(proof.get("expires")), deciding.proof, equals)


def check_token(jws: CompactJws, keys: IssuerKeys, issued_at: datetime | None, *, method: str = "",
                known: KnownSeals | None = None) -> ProofAnswer:
    """Answer check 2 for a compact JWS.

    Args:
        jws: The token.
        keys: Of the party that must have sealed it.
        issued_at: When it says it was sealed.
        method: The method that the sealed content names, where its kind does so instead of the header.
        known: Seals that were found good before, None to check them all.

    Raises:
        KeysError: The key in its header cannot be used.
    """
    kid = jws.header.get("kid")
    named = method or (kid if isinstance(kid, str) else "")
    candidates = keys.for_method(method) if method else keys.for_header(jws.header)

    def tried(key: PublicKey) -> ProofFacts:
        if known is None:
            return verify_jws(jws, key)
        return known.check(seal_name(jws.text.encode(), key, kind="token"), lambda: verify_jws(jws, key))

    attempt = _attempt(tried, candidates, str(jws.header.get("alg", "")), named)
    if not candidates and not method:
        attempt = _by_any_listed(tried, keys, attempt)
    evidence = attempt.candidate.evidence if attempt.candidate else ()
    check = Check(CheckId.PROOF, attempt.outcome, attempt.reason, evidence, attempt.notes)
    return ProofAnswer(check, attempt.method, attempt.candidate, created=issued_at)


def check_cose(message: CoseSign1, keys: IssuerKeys) -> ProofAnswer:
    """Answer check 2 for a COSE message.

    Raises:
        KeysError: The name of its key cannot be read.
    """
    kid = str(message.protected.get("kid", ""))
    candidates = keys.for_header({"kid": kid} if kid else {})
    attempt = _attempt(lambda key: verify_cose(message, key), candidates,
                       f"COSE {message.protected.get('alg')}", kid)
    if not candidates:
        attempt = _by_any_listed(lambda key: verify_cose(message, key), keys, attempt)
    evidence = attempt.candidate.evidence if attempt.candidate else ()
    check = Check(CheckId.PROOF, attempt.outcome, attempt.reason, evidence, attempt.notes)
    return ProofAnswer(check, attempt.method, attempt.candidate)


def unsigned() -> ProofAnswer:
    """Answer check 2 for a thing that nobody sealed."""
    return ProofAnswer(Check(CheckId.PROOF, Outcome.FAILED, reason(ReasonCode.PROOF_MISSING)))


def not_checked(why: Reason) -> ProofAnswer:
    """Answer check 2 for a kind of seal that is not checked here."""
    return ProofAnswer(Check(CheckId.PROOF, Outcome.UNDETERMINED, why))


def _attempt_proof(proof: JsonObject, prepared: Prepared | None, keys: IssuerKeys, known: KnownSeals | None,
                   data: bytes, *, is_holder: bool) -> _Attempt:
    supported = is_supported(proof)
    suite = (proof.get("cryptosuite") or proof["type"]) if supported else _stated_suite(proof)
    named = proof.get("verificationMethod")
    method = named if isinstance(named, str) else ""
    own = bool(method) and keys.owns(method)
    if not supported:
        why = reason(ReasonCode.PROOF_UNSUPPORTED, suite=suite)
        return _Attempt(Outcome.UNDETERMINED, why, method, None, own=own, proof=proof)
    candidates = keys.for_method(method)
    if prepared is None:
        why = reason(ReasonCode.PROOF_NOT_CHECKED, because=ReasonCode.CONTEXT_UNKNOWN.value, suite=suite)
        return _Attempt(Outcome.UNDETERMINED, why, method, next(iter(candidates), None), own=own, proof=proof)
    if "previousProof" in proof:
        try:  # whether there are such proofs needs no key
            earlier_proofs(prepared.proofs, proof)
        except ProofError as error:
            return _Attempt(Outcome.FAILED, error.reason, method, next(iter(candidates), None), own=own,
                            proof=proof)
    secret = is_holder and is_base(proof)
    verify = _verify_base if secret else verify_proof

    def check(key: PublicKey) -> ProofFacts:
        if known is None:
            return verify(prepared, proof, key)
        name = seal_name(data, key, proof=proof, prepared=prepared, kind="base" if secret else "proof")
        return known.check(name, lambda: verify(prepared, proof, key))

    return _attempt(check, candidates, suite, method, own=own, proof=proof)


def _chained(attempts: list[_Attempt]) -> list[_Attempt]:
    """Hold each proof that opened its seal against those it builds on: the worst of them is its outcome."""
    if not any(one.previous for one in attempts):
        return attempts
    by_id = {one.proof["id"]: one for one in attempts if one.proof and isinstance(one.proof.get("id"), str)}
    return [_in_light_of_earlier(one, by_id) for one in attempts]


def _in_light_of_earlier(attempt: _Attempt, by_id: dict[str, _Attempt]) -> _Attempt:
    reached: dict[str, _Attempt] = {}
    pending = list(attempt.previous)
    while pending:
        name = pending.pop()
        if name not in reached:
            reached[name] = by_id[name]  # `verify_proof` found each exactly once
            pending += reached[name].previous
    for outcome in (Outcome.FAILED, Outcome.UNDETERMINED):
        for earlier in reached.values():
            if earlier.outcome is outcome:
                return attempt._replace(outcome=outcome, reason=earlier.reason)
    return attempt


def _attempt(verify: Callable[[PublicKey], ProofFacts], candidates: tuple[Candidate, ...], suite: str,
             method: str, *, own: bool = True, proof: JsonObject | None = None) -> _Attempt:
    """Try the keys, the most trusted first; the first that opens the seal is the answer."""
    wrong: tuple[Candidate, Reason] | None = None
    unusable: tuple[Candidate, Reason] | None = None
    for candidate in candidates:
        if candidate.key is None:
            missing = reason(ReasonCode.PROOF_NOT_CHECKED, because=ReasonCode.KEY_UNKNOWN.value)
            unusable = unusable or (candidate, candidate.problem or missing)
            continue
        try:
            facts = verify(candidate.key)
        except ProofUnsupportedError as error:
            return _Attempt(Outcome.UNDETERMINED, error.reason, method, candidate, (), own, proof)
        except (ProofError, LinkedDataError) as error:
            if says_nothing(error.reason):
                unusable = unusable or (candidate, error.reason)
                continue
            wrong = wrong or (candidate, error.reason)
            continue
        opened = candidate.method or method
        ok = Reason(ReasonCode.PROOF_OK, (("method", opened), ("suite", facts.suite)))
        return _Attempt(Outcome.PASSED, ok, opened, candidate, facts.notes + candidate.notes, own, proof,
                        facts.previous)
    if unusable:
        return _Attempt(Outcome.UNDETERMINED, unusable[1], method, unusable[0], (), own, proof)
    if wrong:
        return _Attempt(Outcome.FAILED, wrong[1], method, wrong[0], (), own, proof)
    why = reason(ReasonCode.PROOF_NOT_CHECKED, because=ReasonCode.KEY_UNKNOWN.value, suite=suite)
    return _Attempt(Outcome.UNDETERMINED, why, method, None, (), own, proof)


def _by_any_listed(verify: Callable[[PublicKey], ProofFacts], keys: IssuerKeys,
                   attempt: _Attempt) -> _Attempt:
    """Try every key that the party lists where a token names none that anybody knows.

    Its `kid` is a hint (RFC 7515 §4.1.4), and some systems keep a name of their own in it. If no listed key
    opens the seal, it is as before: somebody else's.
    """
    found = _attempt(verify, keys.to_try, "", attempt.method)
    if found.outcome is Outcome.FAILED or found.candidate is None:
        return attempt
    if found.outcome is Outcome.UNDETERMINED:  # it may be the one that cannot be used here
        return found._replace(candidate=replace(found.candidate, standing=Standing.UNKNOWN))
    return found._replace(notes=(*found.notes, reason(ReasonCode.QUIRK_BADGE_MEMBER, which="kid")))


def _deciding(attempts: list[_Attempt], purpose: str, at: datetime) -> _Attempt:
    """Choose: one that failed, else the best that opened its seal, else one that could not be told.

    The best is by its key, made for this, and not ended: in whatever order they stand. A proof for the holder
    only, which nobody else checks, says nothing against one that opened its seal.
    """
    passed = [one for one in attempts if one.outcome is Outcome.PASSED]
    failed = [one for one in attempts if one.outcome is Outcome.FAILED
              and not (passed and one.reason.code is ReasonCode.PROOF_BASE)]
    if failed:
        return failed[0]
    if passed:
        return min(passed, key=lambda one: _worth(one, purpose, at))
    return attempts[0]


def _worth(attempt: _Attempt, purpose: str, at: datetime) -> tuple[int, int]:
    """Rank what opened its seal, the smallest first: by its key, then by what speaks against it."""
    proof, candidate = attempt.proof or {}, attempt.candidate
    ends = _date(proof.get("expires"))
    against = (proof.get("proofPurpose") != purpose, ends is not None and ends < at,
               candidate is not None and bool(candidate.revoked or candidate.expires))
    return _BEST.index(candidate.standing) if candidate else len(_BEST), sum(against)


def _beside(attempt: _Attempt) -> Reason:
    """Say in a line what another proof of the same document came to."""
    if attempt.own and (attempt.outcome is Outcome.PASSED or attempt.reason.code is ReasonCode.PROOF_BASE):
        return attempt.reason
    codes = {Outcome.PASSED: ReasonCode.FOREIGN_PROOF_OK, Outcome.FAILED: ReasonCode.FOREIGN_PROOF_WRONG}
    unknown = ReasonCode.OWN_PROOF_UNKNOWN if attempt.own else ReasonCode.FOREIGN_PROOF_UNKNOWN
    return reason(codes.get(attempt.outcome, unknown), method=attempt.method)


def _stated_suite(proof: JsonObject) -> str:
    """Name a kind of seal that is not in our table, as far as it names itself by one word.

    The word stands in a sentence of ours: a file must not be able to go on with it.
    """
    stated = proof.get("cryptosuite") or proof.get("type")
    names = stated if isinstance(stated, list) else [stated]
    return next((one for one in names if isinstance(one, str) and _is_word(one)), "")


def _is_word(text: str) -> bool:
    return len(text) <= _MAX_WORD and text.isascii() and all(one.isalnum() or one in "-_.:/#" for one in text)


def _date(value: object) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        return parse_datetime(value)[0]
    except CodecError:
        return None


def _verify_base(prepared: Prepared, proof: JsonObject, key: PublicKey) -> ProofFacts:
    from wallet.proofs.disclosure import verify_base_proof  # noqa: PLC0415 - only holders have such a proof

    return verify_base_proof(prepared, proof, key)
