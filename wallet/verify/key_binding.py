"""The holder's answer over one SD-JWT: does the key that the issuer sealed in vouch for just what is shown?

Whether an answer is needed is the word of the person who checks, never of the file: where she asked, one
that is missing, old, for somebody else or over another selection fails, whatever else holds. RFC 9901 §7.3.
The credential itself is judged by `pipeline` like any other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias

from wallet.codec.dates import format_datetime
from wallet.codec.strict_json import parse_object
from wallet.keys.keypair import PublicKey, public_key_from_jwk
from wallet.model.credential import CompactJws, Credential, Presentation
from wallet.model.errors import KeysError, ProofError, ProofUnsupportedError
from wallet.model.evidence import EvidenceDocument
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.model.report import Check, CheckId, Outcome, Report
from wallet.proofs.jws import verify_jws
from wallet.trust.issuer_keys import IssuerKeys, Relationship, Standing, method_base

from .checks.validity import MAX_CLOCK_DIFFERENCE
from .evidence import Expectation

#: An answer to a question of this check is younger.
MAX_ANSWER_AGE: Final = timedelta(days=1)
_PROVING: Final = (CheckId.STRUCTURE, CheckId.PROOF, CheckId.KEY_AUTHORITY)
_BELIEVED: Final = (Standing.AUTHORISED, Standing.SELF_MADE)

Lookup: TypeAlias = Callable[[str], tuple[EvidenceDocument, ...]]


@dataclass(frozen=True, slots=True)
class _Key:
    """The key that the issuer sealed in, or why there is none."""

    key: PublicKey | None
    problem: Reason | None = None


def check_answer(pack: Presentation, lookup: Lookup) -> Check:
    """Answer check 2: is the answer signed with the sealed-in key, and over what is shown?"""
    item, answer = pack.credentials[0], pack.jws
    if not isinstance(item, Credential) or item.jws is None or answer is None:
        return Check(CheckId.PROOF, Outcome.FAILED, reason(ReasonCode.PROOF_MISSING))
    found = _confirmed_key(item.document.get("cnf"), lookup)
    if found.key is None:
        return Check(CheckId.PROOF, Outcome.UNDETERMINED,
                     found.problem or reason(ReasonCode.KEY_BINDING_NO_KEY))
    try:
        facts = verify_jws(answer, found.key)
    except ProofUnsupportedError as error:
        return Check(CheckId.PROOF, Outcome.UNDETERMINED, error.reason)
    except ProofError as error:
        return Check(CheckId.PROOF, Outcome.FAILED, error.reason)
    if pack.document.get("sd_hash") != _hash_of(item.jws):
        return Check(CheckId.PROOF, Outcome.FAILED, reason(ReasonCode.KEY_BINDING_OTHER))
    return Check(CheckId.PROOF, Outcome.PASSED, reason(ReasonCode.PROOF_OK, suite=facts.suite, method="cnf"))


def check_confirmation(item: Report, answer: Check) -> Check:
    """Answer check 3: the key stands in the credential, so it is worth what the credential's seal is."""
    check_id = CheckId.KEY_AUTHORITY
    if answer.outcome is not Outcome.PASSED:
        return Check(check_id, Outcome.UNDETERMINED,
                     reason(ReasonCode.NOT_MEANINGFUL, because=answer.reason.code.value))
    checks = [item.check(one) for one in _PROVING]
    unproven = next((check for check in checks if check is None or check.outcome is not Outcome.PASSED), None)
    if unproven is not None or not all(checks):
        because = unproven.reason.code if unproven else ReasonCode.INTERNAL_ERROR
        return Check(check_id, Outcome.UNDETERMINED,
                     reason(ReasonCode.NOT_MEANINGFUL, because=because.value))
    evidence = tuple(dict.fromkeys(one for check in checks if check for one in check.evidence))
    return Check(check_id, Outcome.PASSED,
                 reason(ReasonCode.KEY_BINDING_CONFIRMED, issuer=item.issuer_id), evidence)


def check_fresh(asked: Check, made: datetime | None, at: datetime, expectation: Expectation) -> Check:
    """Hold an answer that was asked for against the clock; one that was not may be of any age."""
    is_asked = expectation.challenge is not None or expectation.domain is not None
    if not is_asked or asked.outcome is Outcome.FAILED:
        return asked
    if made is None or at - made > MAX_ANSWER_AGE or made - at > MAX_CLOCK_DIFFERENCE:
        return Check(CheckId.BINDING, Outcome.FAILED, reason(
            ReasonCode.KEY_BINDING_STALE, date=format_datetime(made) if made else "",
            limit=str(MAX_ANSWER_AGE.days)), notes=asked.notes)
    return asked


def check_missing(expectation: Expectation) -> tuple[Check, ...]:
    """Answer check 7 of a credential that comes by itself: it fails if she asked for an answer.

    Whoever has the file can take it out of the presentation, or the answer off it; then it proves nobody's
    presence, of whatever kind it is.
    """
    if expectation.challenge is None and expectation.domain is None:
        return ()
    return (Check(CheckId.BINDING, Outcome.FAILED, reason(ReasonCode.KEY_BINDING_MISSING)),)


def _hash_of(issued: CompactJws) -> str:
    """RFC 9901 §4.3.1: with the issuer's hash, over everything up to the last tilde."""
    from wallet.codec.sdjwt import digest, digest_algorithm  # noqa: PLC0415 - of SD-JWT only

    return digest(issued.text, digest_algorithm(parse_object(issued.payload)))


def _confirmed_key(cnf: Any, lookup: Lookup) -> _Key:
    """RFC 7800 §3: a JWK, or a key's name; of a name, only what its own document lists."""
    if not isinstance(cnf, dict):
        return _Key(None, reason(ReasonCode.KEY_BINDING_NO_KEY))
    jwk, kid = cnf.get("jwk"), cnf.get("kid")
    try:
        if isinstance(jwk, dict):
            return _Key(public_key_from_jwk(jwk))
        if isinstance(kid, str) and ":" in kid:
            return _named_key(kid, lookup)
    except KeysError as error:
        return _Key(None, error.reason)
    return _Key(None, reason(ReasonCode.KEY_BINDING_NO_KEY))


def _named_key(kid: str, lookup: Lookup) -> _Key:
    party = method_base(kid)
    candidates = IssuerKeys(party, Relationship.AUTHENTICATION, lookup).for_method(kid)
    believed = next((one for one in candidates if one.key and one.standing in _BELIEVED), None)
    if believed is None:
        return _Key(None, reason(ReasonCode.KEY_UNKNOWN, issuer=party, address=party))
    return _Key(believed.key)
