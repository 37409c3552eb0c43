"""Check 3, key authority: whose key is it?

It decides: the issuer's own document in evidence must list the method that sealed. Who knows its owner is
in `recognition`. Controlled Identifiers 1.0 §3.3; where keys come from is in `trust`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache

from wallet.codec.dates import format_datetime
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.model.report import Check, CheckId, Outcome
from wallet.trust.issuer_keys import Candidate, IssuerKeys, Relationship, Standing

_BELIEVED = (Standing.AUTHORISED, Standing.SELF_MADE)
_MAX_REMEMBERED = 1024  # keys that name themselves
_RESOLVABLE = ("did:key:", "did:jwk:", "did:web:")


def _undated() -> None:
    """What states no date."""


def check_key_authority(keys: IssuerKeys, candidate: Candidate | None, *, method: str, purpose: str,
                        sealed_at: datetime | None, at: datetime,
                        dated: Callable[[], datetime | None] = _undated) -> Check:
    """Answer check 3.

    Args:
        keys: The party's keys by the evidence.
        candidate: The key that opened the seal, or the best there was.
        method: What the seal names.
        purpose: What the seal says it is for; "" where its kind does not say.
        sealed_at: When the seal says it was made; self-asserted.
        at: The one now: no seal was made later.
        dated: Tells the latest date that seal and content state; self-asserted too.
    """
    if purpose and purpose != keys.relationship:
        return _answer(Outcome.FAILED, reason(ReasonCode.PROOF_PURPOSE, purpose=purpose,
                                              wanted=keys.relationship.value), keys, candidate)
    standing = candidate.standing if candidate else keys.absent
    if candidate is not None and standing is Standing.SELF_MADE and not (
            candidate.evidence or candidate.revoked or candidate.expires or keys.evidence):
        return _of_itself(keys.id, candidate.method)
    if candidate is not None and standing in _BELIEVED:
        return _by_dates(keys, candidate, sealed_at, at)
    if candidate is not None and standing is Standing.RETIRED:
        return _retired(keys, candidate, sealed_at, at)
    if standing is Standing.NOT_LISTED:
        return _not_listed(keys, candidate, method, dated)
    return _answer(Outcome.UNDETERMINED, _open_question(keys, candidate, standing), keys, candidate)


def _not_listed(keys: IssuerKeys, candidate: Candidate | None, method: str,
                dated: Callable[[], datetime | None]) -> Check:
    """A copy that was served before the seal was made tells nothing of a key that came after it.

    Whoever writes a late date gets no more for it than "cannot tell".
    """
    if keys.may_list_since(method, dated()):
        older = reason(ReasonCode.KEY_COPY_OLDER, issuer=keys.id, address=keys.id,
                       date=_text(keys.served_at))
        return _answer(Outcome.UNDETERMINED, older, keys, candidate)
    shown = (candidate.method if candidate else "") or method
    return _answer(Outcome.FAILED, reason(ReasonCode.KEY_NOT_AUTHORISED, issuer=keys.id, method=shown),
                   keys, candidate)


@lru_cache(maxsize=_MAX_REMEMBERED)
def _of_itself(issuer_id: str, method: str) -> Check:
    """Answer for a key that is its own name: it has no dates, no document, and nothing to change."""
    good = reason(ReasonCode.KEY_SELF_MADE, issuer=issuer_id, method=method)
    return Check(CheckId.KEY_AUTHORITY, Outcome.PASSED, good)


def _retired(keys: IssuerKeys, candidate: Candidate, sealed_at: datetime | None,
             at: datetime) -> Check:
    """A key of an earlier version proves what was in hand before any version without it came.

    The seal's own date settles nothing: whoever has an old key can write any date.
    """
    if candidate.was_listed(keys.seen_at):
        was = reason(ReasonCode.KEY_WAS_LISTED, issuer=keys.id, date=_text(candidate.listed_at),
                     **{"from": _text(keys.seen_at)}, until=_text(candidate.gone_at))
        return _by_dates(keys, candidate, sealed_at, at, notes=(was,))
    why = reason(ReasonCode.KEY_RETIRED, issuer=keys.id, method=candidate.method,
                 until=_text(candidate.gone_at))
    unproven = reason(ReasonCode.KEY_DATE_UNPROVEN, issuer=keys.id)
    return _answer(Outcome.UNDETERMINED, why, keys, candidate, notes=(unproven,))


def _by_dates(keys: IssuerKeys, candidate: Candidate, sealed_at: datetime | None, at: datetime, *,
              notes: tuple[Reason, ...] = ()) -> Check:
    """A method that has ended proves what was sealed before, by the seal's own date.

    One that was revoked proves what our own clock saw before: that somebody else has the key is what methods
    are revoked for, and he writes whatever date he likes.
    """
    code = (ReasonCode.KEY_SELF_MADE if candidate.standing is Standing.SELF_MADE
            else ReasonCode.KEY_AUTHORISED)
    good = reason(code, issuer=keys.id, method=candidate.method)
    revoked, expires = candidate.revoked, candidate.expires
    ends = min(revoked, expires) if revoked and expires else revoked or expires
    if ends is None:
        return _answer(Outcome.PASSED, good, keys, candidate, notes=notes)
    ended = reason(ReasonCode.KEY_REVOKED if ends == revoked else ReasonCode.KEY_ENDED, issuer=keys.id,
                   method=candidate.method, date=format_datetime(ends))
    if sealed_at is None and at < ends:
        sealed_at = at  # at the latest
    if sealed_at is None:
        return _answer(Outcome.UNDETERMINED, ended, keys, candidate, notes=notes)
    in_doubt = candidate.problem is not None and ends == revoked  # revoked under another name only
    if sealed_at >= ends and not in_doubt:
        return _answer(Outcome.FAILED, ended, keys, candidate, notes=notes)
    if revoked and not (sealed_at < ends and keys.seen_at and keys.seen_at < revoked):
        taken_back = reason(ReasonCode.KEY_REVOKED, issuer=keys.id, method=candidate.method,
                            date=format_datetime(revoked))
        unproven = reason(ReasonCode.KEY_DATE_UNPROVEN, issuer=keys.id)
        return _answer(Outcome.UNDETERMINED, taken_back, keys, candidate, notes=(*notes, unproven))
    told = () if ends == revoked and at < ends else (ended,)  # what is announced has not been taken back
    return _answer(Outcome.PASSED, good, keys, candidate, notes=(*notes, *told))


def _open_question(keys: IssuerKeys, candidate: Candidate | None, standing: Standing) -> Reason:
    if standing is Standing.FROM_SENDER:
        return reason(ReasonCode.KEY_FROM_SENDER, issuer=keys.id)
    missing = (candidate.missing if candidate else "") or keys.id
    if missing.startswith("did:") and not missing.startswith(_RESOLVABLE):
        return reason(ReasonCode.DID_UNSUPPORTED, method=":".join(missing.split(":")[:2]), issuer=keys.id,
                      address=missing)
    return reason(ReasonCode.KEY_UNKNOWN, issuer=keys.id, address=missing)


def _answer(outcome: Outcome, why: Reason, keys: IssuerKeys, candidate: Candidate | None, *,
            notes: tuple[Reason, ...] = ()) -> Check:
    evidence = candidate.evidence if candidate and candidate.evidence else keys.evidence
    return Check(CheckId.KEY_AUTHORITY, outcome, why, evidence, notes + _changed(keys))


def _changed(keys: IssuerKeys) -> tuple[Reason, ...]:
    """A new key is never taken over in silence."""
    changed = keys.changed if keys.relationship is Relationship.ASSERTION else None
    if changed is None:
        return ()
    return (reason(ReasonCode.ISSUER_KEY_CHANGED, issuer=keys.id, date=_text(changed.at)),)


def _text(moment: datetime | None) -> str:
    return format_datetime(moment) if moment else ""
