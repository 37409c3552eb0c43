"""From a parsed thing, evidence and one fixed time to a report. Pure: opens nothing, asks nobody.

"Verified" means, in this order:

    1  structure    it parses under the limits, has what its types promise, and every vocabulary is known
    2  proof        its seal and the kept bytes agree
    3  authority    the issuer's own document, from somebody else than the sender, lists the key for this
    4  recognition  on whose list the issuer is, as of when; unknown is unknown, not false
    5  validity     its dates at the one now
    6  status       every entry, from lists that are themselves judged by 1, 2, 3 and 5
    7  recipient    is it about the person meant; of a presentation: does it answer her challenge
    8  schema       informational
    9  endorsements informational, each on its own

1 to 3 prove, 5 and 6 say whether it still holds, the rest informs. What nobody has proven proves nothing:
when one of 1 to 3 fails, the rows after it stay and say that they mean nothing; while one of them cannot
be told, dates and withdrawals inside are shown, and never decide. How the rows add up to one word is in
`model.report`. Every row is there whatever happens: leaves raise, and the one `except` that turns an
exception into a row is here; a bug of ours counts as "could not be told", never as fine.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final, NamedTuple, TypeVar, TypeVarTuple

from wallet.codec.linked_data.worker import says_nothing
from wallet.model.credential import (
    Credential,
    EvidenceClass,
    Issuer,
    JsonObject,
    Parsed,
    Presentation,
    Securing,
    Unreadable,
)
from wallet.model.errors import KeysError, ProofUnsupportedError, TrustError, WalletError
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.model.report import Check, CheckId, Outcome, Report
from wallet.trust.badge_records import BadgeRecords, badge_records
from wallet.trust.issuer_keys import IssuerKeys

from .believing import with_belief, with_names
from .checks.hosted import check_record_status
from .checks.informational import NO_ENDORSEMENTS, check_endorsements, with_count, with_repeats
from .checks.proof import ProofAnswer, unsigned
from .checks.recipient import check_binding, check_item_holder, check_recipient, within_record
from .checks.recognition import check_recognition
from .checks.schema import check_schema
from .checks.structure import Structure, check_structure
from .checks.validity import doubt_clock, pack_validity_check, validity_check
from .evidence import Evidence, Expectation
from .gather import still_wanted
from .key_binding import check_answer, check_confirmation, check_fresh, check_missing
from .seal import check_authority, check_seal, is_unsigned, meaningless, party_of

__all__ = ["CHECKS", "PACK_CHECKS", "Expectation", "judge", "unreadable_report", "validity_check"]

#: The rows of a credential, known before anything runs.
CHECKS: Final = (
    CheckId.STRUCTURE, CheckId.PROOF, CheckId.KEY_AUTHORITY, CheckId.RECOGNITION, CheckId.VALIDITY,
    CheckId.STATUS, CheckId.RECIPIENT, CheckId.SCHEMA, CheckId.ENDORSEMENTS,
)
#: The rows of a presentation; its items have rows of their own.
PACK_CHECKS: Final = (
    CheckId.STRUCTURE, CheckId.PROOF, CheckId.KEY_AUTHORITY, CheckId.VALIDITY, CheckId.STATUS,
    CheckId.BINDING,
)

_ASKS_NOTHING: Final = Expectation()
_NO_STATUS: Final = Check(CheckId.STATUS, Outcome.NOT_APPLICABLE, reason(ReasonCode.STATUS_NONE))
#: Not the file's fault: something we lack or cannot do.
_OURS: Final = (ProofUnsupportedError, KeysError, TrustError)
_Answer = TypeVar("_Answer")
_Asked = TypeVarTuple("_Asked")


class _Proven(NamedTuple):
    """The three rows that prove, and what the later ones need from them."""

    checks: tuple[Check, Check, Check]
    answer: ProofAnswer
    party: str

    @property
    def holds(self) -> bool:
        return self.unsettled is None

    @property
    def broken(self) -> Check | None:
        for check in self.checks:
            if check.outcome is Outcome.FAILED:
                return check
        return None

    @property
    def unsettled(self) -> Check | None:
        for check in self.checks:
            if check.outcome is not Outcome.PASSED:
                return check
        return None


def judge(parsed: Parsed, evidence: Evidence, *, at: datetime,
          expectation: Expectation = _ASKS_NOTHING) -> Report:
    """Judge a credential or a presentation. Never raises for what is in it.

    Args:
        parsed: What the reader made of the file.
        evidence: What `gather` found for it.
        at: The one now of the whole report, UTC.
        expectation: What the person who checks brings.
    """
    if isinstance(parsed, Presentation):
        if parsed.securing is Securing.KEY_BINDING:
            return _judge_answer(parsed, evidence, at, expectation)
        return _judge_presentation(parsed, evidence, at, expectation)
    return _with_holder(_judge_credential(parsed, evidence, at, expectation), *check_missing(expectation))


def unreadable_report(why: Reason, at: datetime) -> Report:
    """Return the report of a file that could not be read, or looked at at all.

    Where this program is what falls short, nothing was found out against the file.
    """
    is_ours = why.code in (ReasonCode.CHECK_STOPPED, ReasonCode.INTERNAL_ERROR,
                           ReasonCode.FORMAT_UNSUPPORTED)
    first = Check(CheckId.STRUCTURE, Outcome.UNDETERMINED if is_ours else Outcome.FAILED, why)
    rest = tuple(meaningless(check_id, why) for check_id in CHECKS[1:])
    return Report(EvidenceClass.DOCUMENT, (first, *rest), at)


# --- one credential ---


def _judge_credential(credential: Credential, evidence: Evidence, at: datetime, expectation: Expectation, *,
                      depth: int = 1, alone: bool = False) -> Report:
    # `depth` is 0 for a status list, whose own status is not asked for; what an endorsement holds in turn is
    # not looked at.
    records = badge_records(credential, evidence.lookup)
    credential = records.credential if records else credential
    proven = _prove(credential, evidence, at, records, is_holder=expectation.is_holder)
    issuer = credential.issuer
    expires = proven.answer.expires
    rows: tuple[Check, ...] = (
        _guarded(CheckId.RECOGNITION, _recognised, issuer, evidence, proven, at),
        _guarded(CheckId.VALIDITY, lambda: doubt_clock(validity_check(
            credential.valid_from, credential.valid_until, at, proof_expires=expires),
            at, evidence.clock_floor)),
        _NO_STATUS if records is None and not credential.statuses else
        _guarded(CheckId.STATUS, lambda: _withdrawn(
            credential, credential.statuses if depth else (), evidence, at, expectation, proven.answer)
            if records is None or not records.is_hosted
            else check_record_status(records, at=at, max_age=expectation.max_status_age)),
        _guarded(CheckId.RECIPIENT, check_recipient, credential.subject, expectation.identities),
    )
    if proven.checks[0].notes:
        from .hidden import as_shown  # noqa: PLC0415 - most are shown whole, and nothing is noted

        rows = as_shown(rows, proven.checks[0].notes)
    in_light = rows if proven.holds else tuple([_in_light_of(proven, row) for row in rows])
    endorsements = NO_ENDORSEMENTS if not credential.endorsements else _guarded(
        CheckId.ENDORSEMENTS, lambda: check_endorsements(
        replace(credential, endorsed=()) if alone else credential,
        lambda one: _judge_credential(one, evidence, at, _ASKS_NOTHING, alone=True)))
    structure, *seal = proven.checks
    inside = () if alone else credential.inside
    items = tuple([_judge_inner(one, credential, evidence, at, expectation)
                   for one in inside]) if inside else ()
    schema = _guarded(CheckId.SCHEMA, check_schema, credential)
    checks = (with_count(structure, items), *seal, *in_light, schema, endorsements)
    return Report(credential.evidence_class, checks, at,
                  issuer_id=issuer.id, issuer_name=issuer.name,
                  wanted=() if _beyond_us(proven) else still_wanted(credential, evidence), items=items)


def _judge_inner(item: Credential | Unreadable, record: Credential, evidence: Evidence, at: datetime,
                 expectation: Expectation) -> Report:
    """What a record holds keeps its own verdict, and never changes the record's."""
    if isinstance(item, Unreadable):
        return unreadable_report(item.reason, at)
    report = _judge_credential(item, evidence, at, expectation)
    return replace(report, checks=within_record(report.checks, item.subject, record.subject))


# --- one presentation ---


def _judge_presentation(pack: Presentation, evidence: Evidence, at: datetime,
                        expectation: Expectation) -> Report:
    proven = _prove(pack, evidence, at)
    from wallet.formats.presentation import answered_by  # noqa: PLC0415 - no credential needs it

    pack = answered_by(pack, proven.answer.proof, *proven.answer.equals, asked=expectation.challenge)
    validity = _in_light_of(proven, doubt_clock(
        pack_validity_check(pack.expires, at, begins=pack.begins), at, evidence.clock_floor))
    asked = _guarded(CheckId.BINDING, lambda: check_binding(
        found_challenge=pack.challenge, found_domain=pack.domain, challenge=expectation.challenge,
        domain=expectation.domain, may_name_others=pack.securing is not Securing.EMBEDDED))
    # A wrong answer stays wrong while the key is unknown; a right one proves nothing yet.
    binding = asked if asked.outcome is Outcome.FAILED and not proven.broken else _in_light_of(proven, asked)
    live = (proven.holds and validity.outcome is Outcome.PASSED
            and binding.reason.code is ReasonCode.CHALLENGE_MATCHES)
    items = with_repeats(pack.credentials, [_judge_item(item, evidence, at, expectation, proven, live=live)
                                            for item in pack.credentials])
    return Report(EvidenceClass.SEALED, (*proven.checks, validity, _NO_STATUS, binding), at,
                  issuer_id=proven.party, wanted=still_wanted(pack, evidence), items=items, is_pack=True)


def _judge_item(item: Credential | Unreadable, evidence: Evidence, at: datetime, expectation: Expectation,
                pack: _Proven, *, live: bool) -> Report:
    """An item keeps its own verdict; beside it stands whether it names the key that signed the pack."""
    if isinstance(item, Unreadable):
        return unreadable_report(item.reason, at)
    report = _judge_credential(item, evidence, at, expectation)
    party = pack.party if pack.holds else ""
    return _with_holder(report, check_item_holder(item.subject.id, party, live=live))


def _with_holder(report: Report, *rows: Check) -> Report:
    if not rows:
        return report
    place = CHECKS.index(CheckId.RECIPIENT) + 1
    return replace(report, checks=(*report.checks[:place], *rows, *report.checks[place:]))


def _judge_answer(pack: Presentation, evidence: Evidence, at: datetime, expectation: Expectation) -> Report:
    """The holder's answer over an SD-JWT has rows of its own; the credential keeps its verdict."""
    shown = pack.credentials[0]
    if isinstance(shown, Unreadable):  # the reader raises instead
        return unreadable_report(shown.reason, at)
    item = _judge_credential(shown, evidence, at, expectation)
    structure = _guarded(CheckId.STRUCTURE, lambda: check_structure(pack, evidence.contexts).check)
    answer = (meaningless(CheckId.PROOF, structure.reason) if structure.outcome is Outcome.FAILED
              else _guarded(CheckId.PROOF, lambda: check_answer(pack, evidence.lookup)))
    proven = _Proven((structure, answer, check_confirmation(item, answer)), ProofAnswer(answer), pack.holder)
    asked = _guarded(CheckId.BINDING, lambda: check_fresh(check_binding(
        found_challenge=pack.challenge, found_domain=pack.domain, challenge=expectation.challenge,
        domain=expectation.domain), pack.created, at, expectation))
    binding = asked if asked.outcome is Outcome.FAILED and not proven.broken else _in_light_of(proven, asked)
    validity = _in_light_of(proven, doubt_clock(
        pack_validity_check(pack.expires, at, begins=pack.begins), at, evidence.clock_floor))
    live = (proven.holds and validity.outcome is Outcome.PASSED
            and binding.reason.code is ReasonCode.CHALLENGE_MATCHES)
    key = pack.holder or "cnf"  # sealed into the credential, whether it has a name or not
    holder = check_item_holder(key, key, live=live)
    return Report(EvidenceClass.SEALED, (*proven.checks, validity, _NO_STATUS, binding), at,
                  issuer_id=pack.holder, wanted=still_wanted(pack, evidence),
                  items=(_with_holder(item, holder),), is_pack=True)


def _recognised(issuer: Issuer, evidence: Evidence, proven: _Proven, at: datetime) -> Check:
    """What the lists say of the issuer, what is noticeable about its address, and the learner's own word."""
    candidate = proven.answer.candidate
    key = candidate.key if candidate else None
    listed = check_recognition(evidence.lists, issuer.id, issuer.name, at=at)
    authority = proven.checks[2].reason
    if authority.code is ReasonCode.CERTIFICATE_CONFIRMED and not authority["address"]:
        # It vouches for a name. The address beside that is the sealer's word, and lists name addresses.
        unlisted = reason(ReasonCode.ISSUER_UNLISTED, host=issuer.id, name=issuer.name)
        listed = Check(CheckId.RECOGNITION, Outcome.UNDETERMINED, unlisted)
    told = with_names(listed, issuer.id, issuer.name, evidence.lists)
    return with_belief(told, evidence.belief(issuer.id), key.thumbprint if key else "")


# --- checks 1 to 3 ---


def _prove(thing: Parsed, evidence: Evidence, at: datetime, records: BadgeRecords | None = None, *,
           is_holder: bool = False) -> _Proven:
    party, relationship = party_of(thing)
    structure = _guarded_with(CheckId.STRUCTURE, lambda: check_structure(thing, evidence.contexts), Structure)
    if structure.check.outcome is Outcome.FAILED:
        failed = structure.check.reason
        nothing = unsigned() if is_unsigned(thing) else ProofAnswer(meaningless(CheckId.PROOF, failed))
        return _Proven((structure.check, nothing.check, meaningless(CheckId.KEY_AUTHORITY, failed)),
                       nothing, party)
    seen_at, floor = evidence.seen_at, evidence.clock_floor
    if seen_at is None and floor is not None and at >= floor:
        seen_at = at  # it is in hand now; by a time that somebody chose, nobody knows when it was
    keys = IssuerKeys(party, relationship, evidence.lookup, seen_at=seen_at,
                      silence_counts=records is not None)
    answer = _guarded_with(CheckId.PROOF, lambda: check_seal(
        thing, structure, keys, at, records, contexts=evidence.contexts, is_holder=is_holder,
        known=evidence.known), ProofAnswer)
    authority = _guarded(CheckId.KEY_AUTHORITY, check_authority, thing, keys, answer, records, evidence.lists,
                         at)
    return _Proven((structure.check, answer.check, authority), answer, party)


# --- check 6: the lists are judged by the same pipeline, one level deep ---


def _withdrawn(credential: Credential, entries: tuple[JsonObject, ...], evidence: Evidence, at: datetime,
               expectation: Expectation, seal: ProofAnswer) -> Check:
    from .withdrawn import check_withdrawn  # noqa: PLC0415 - most credentials name no list

    return check_withdrawn(credential, entries, evidence, at, _judge_list, max_age=expectation.max_status_age,
                           sealed_at=seal.created or credential.valid_from)


def _judge_list(listed: Credential, evidence: Evidence, at: datetime) -> Report:
    return _judge_credential(listed, evidence, at, _ASKS_NOTHING, depth=0)


# --- how rows are recorded ---


def _guarded(check_id: CheckId, answer: Callable[[*_Asked], Check], *asked: *_Asked) -> Check:
    # Not by way of the other: seven rows of every report are recorded here.
    try:
        return answer(*asked)
    except Exception as error:  # noqa: BLE001 - the one place where an exception turns into a row
        return _recorded(check_id, error)


def _guarded_with(check_id: CheckId, answer: Callable[[], _Answer],
                  otherwise: Callable[[Check], _Answer]) -> _Answer:
    """Run one check that says more than its row; whatever it raises becomes its row."""
    try:
        return answer()
    except Exception as error:  # noqa: BLE001 - as above
        return otherwise(_recorded(check_id, error))


def _recorded(check_id: CheckId, error: Exception) -> Check:
    """What we lack or cannot do is open; what the file broke has failed; a bug of ours is open."""
    if not isinstance(error, WalletError):
        bug = reason(ReasonCode.INTERNAL_ERROR, kind=type(error).__name__)
        return Check(check_id, Outcome.UNDETERMINED, bug)
    is_open = isinstance(error, _OURS) or error.reason.code is ReasonCode.CONTEXT_UNKNOWN
    is_open = is_open or says_nothing(error.reason)
    return Check(check_id, Outcome.UNDETERMINED if is_open else Outcome.FAILED, error.reason)


def _in_light_of(proven: _Proven, row: Check) -> Check:
    """Take the weight from a row that stands inside something nobody has proven; keep what it says."""
    if proven.holds:
        return row
    doubtful = proven.broken or proven.unsettled
    if doubtful is None or row.outcome is Outcome.NOT_APPLICABLE:
        return row
    dates = row.id is CheckId.VALIDITY and proven.broken is None
    code = ReasonCode.DATES_UNPROVEN if dates else ReasonCode.NOT_MEANINGFUL
    why = reason(code, because=doubtful.reason.code.value)
    return replace(row, outcome=Outcome.UNDETERMINED, reason=why, notes=(row.reason, *row.notes))


def _beyond_us(proven: _Proven) -> bool:
    """Whether the seal is of a kind that no further document would let us check."""
    beyond = (ReasonCode.PROOF_UNSUPPORTED, ReasonCode.ANCHOR_NOT_CHECKED)
    return proven.answer.check.reason.code in beyond
