"""Check 6: status. Has the issuer withdrawn it or put it on hold, as far as the lists in evidence tell?

Every entry is judged and the worst answer counts. A list speaks only if its own seal holds, it came from
somebody else than the sender, its purpose and kind fit and the index is in range; a set bit counts even in
an old list, "not withdrawn" only in one that is in force. Who keeps the list is named. Bitstring Status
List 1.0 §3.2, StatusList2021. How a list is decoded is in `formats.statuslist`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum, unique
from typing import Final, TypeAlias

from wallet.codec.dates import format_datetime
from wallet.formats.revocation import RevocationList
from wallet.formats.statuslist import (
    TOKEN_PURPOSE,
    UNSEALED,
    StatusEntry,
    StatusKind,
    StatusList,
    parse_status_entry,
)
from wallet.model.credential import JsonObject
from wallet.model.errors import WalletError
from wallet.model.evidence import EvidenceUsed, Grade
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.model.report import Check, CheckId, Outcome, Report
from wallet.trust.badge_records import web_host
from wallet.verify.judged_list import (
    PROVING,
    Asked,
    JudgedList,
    evidence_of,
    may_be_too_early,
    out_of_force,
    stale,
    too_early,
)

_REVOCATION: Final = "revocation"
_SUSPENSION: Final = "suspension"
_MESSAGE: Final = "message"
_REFRESH: Final = "refresh"
#: What a list that does not name the credential says; one of another purpose says nothing of withdrawal.
_CLEAR: Final = {_REVOCATION: ReasonCode.STATUS_CLEAR, TOKEN_PURPOSE: ReasonCode.STATUS_CLEAR,
                 _SUSPENSION: ReasonCode.STATUS_NOT_ON_HOLD}
#: Bitstring Status List 1.0 §2.1: what such a list says ends nothing, whatever it is.
_INFORMING: Final = (_MESSAGE, _REFRESH)
_WRONG: Final = (ReasonCode.STATUS_INDEX, ReasonCode.STATUS_PURPOSE)  # the entry, not the lack of a list
#: Why a list says nothing of then, which another of the same issuer may.
_OF_ANOTHER_TIME: Final = (ReasonCode.STATUS_LIST_ENDED, ReasonCode.STATUS_STALE)
_INVALID, _SUSPENDED = 1, 2  # of a Token Status List
#: Until then nothing said which bit of a byte is the first, and the libraries that wrote lists counted from
#: the right; the text that settles it (first bit is the leftmost) is of January 2023.
_ORDER_SETTLED: Final = datetime(2023, 1, 8, tzinfo=UTC)
_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)
_OLD_ORDER: Final = (StatusKind.STATUS_LIST_2021, StatusKind.REVOCATION_LIST_2020)


@dataclass(frozen=True, slots=True)
class _Speaker:
    """A list that may speak: decoded, proven, of the right kind."""

    judged: JudgedList
    content: StatusList
    report: Report


Lists: TypeAlias = Callable[[str], tuple[JudgedList, ...]]


@unique
class _Rank(IntEnum):
    """Answers of one entry, worst first."""

    REVOKED = 0
    SUSPENDED = 1
    OPEN = 2
    CLEAR = 3
    TOLD = 4  # open, and whatever it were, it would decide nothing


_OUTCOMES: Final = {_Rank.OPEN: Outcome.UNDETERMINED, _Rank.CLEAR: Outcome.PASSED,
                    _Rank.TOLD: Outcome.NOT_APPLICABLE}


@dataclass(frozen=True, slots=True)
class _Finding:
    rank: _Rank
    reason: Reason
    evidence: tuple[EvidenceUsed, ...] = ()
    notes: tuple[Reason, ...] = ()


def check_status(entries: tuple[JsonObject, ...], lists: Lists, *, issuer_id: str, at: datetime,
                 max_age: timedelta | None, names: tuple[str, ...] = (),
                 sealed_at: datetime | None = None) -> Check:
    """Answer check 6.

    Args:
        entries: Every status entry of the credential.
        lists: Gives the judged versions of the list at an address.
        issuer_id: Who sealed the credential; another keeper of the list is named.
        at: The one now.
        max_age: The caller's own policy for "not withdrawn"; None accepts any age.
        names: What the credential is called in lists that name whom they withdraw: its id, or its `uid`.
        sealed_at: When the credential says it was sealed: what is older cannot say that it is not withdrawn.
    """
    if not entries:
        return Check(CheckId.STATUS, Outcome.NOT_APPLICABLE, reason(ReasonCode.STATUS_NONE))
    asked = Asked(issuer_id, names, at, max_age, sealed_at)
    findings = sorted((_judge_entry(entry, lists, asked) for entry in entries),
                      key=lambda finding: (finding.rank, finding.reason.code is not ReasonCode.STATUS_CLEAR))
    worst = findings[0]
    outcome = _OUTCOMES.get(worst.rank, Outcome.FAILED)
    evidence = tuple(dict.fromkeys(one for finding in findings for one in finding.evidence))
    others = tuple(note for finding in findings[1:] for note in (finding.reason, *finding.notes))
    return Check(CheckId.STATUS, outcome, worst.reason, evidence, worst.notes + others)


def _judge_entry(raw: JsonObject, lists: Lists, asked: Asked) -> _Finding:
    try:
        entry = parse_status_entry(raw)
    except WalletError as error:
        return _Finding(_Rank.OPEN, error.reason)
    if entry.kind is StatusKind.UNKNOWN:
        return _Finding(_Rank.OPEN, reason(ReasonCode.STATUS_TYPE_UNKNOWN, type=entry.type))
    found = _look(lists(entry.list_address), entry, asked)
    if found.rank is _Rank.OPEN and entry.purpose in _INFORMING and found.reason.code not in _WRONG:
        return _Finding(_Rank.TOLD, reason(ReasonCode.STATUS_NOTICE_NOT_SEEN, address=entry.list_address))
    return found


def _look(versions: tuple[JudgedList, ...], entry: StatusEntry, asked: Asked) -> _Finding:
    if not versions:
        return _Finding(_Rank.OPEN, reason(ReasonCode.STATUS_NOT_SEEN, address=entry.list_address))
    if entry.kind in UNSEALED:
        return _read_record(versions, entry, asked)
    return _read_sealed(versions, entry, asked)


def _read_sealed(versions: tuple[JudgedList, ...], entry: StatusEntry, asked: Asked) -> _Finding:
    """Read the newest list that may speak, and beside a stranger's what the issuer's own has withdrawn.

    Whoever gets hold of a list's address can put a list of his own there.
    """
    answers = [_speaker(one, entry) for one in versions]
    speaking = [one for one in answers if isinstance(one, _Speaker)]
    doubts = [one for one in answers if isinstance(one, Reason)]
    if not speaking:
        return _Finding(_Rank.OPEN, doubts[0], evidence_of(versions[0]))
    # An issuer has many lists: where one is known to be kept here, a copy under another name says nothing.
    speaking = [one for one in speaking if one.judged.belongs_to(entry.list_address)] or speaking
    found = _read_newest(speaking, entry, asked)
    own = [one for one in speaking if one.report.issuer_id == asked.issuer_id]
    if found.rank <= _Rank.SUSPENDED or not own:
        return found
    issuers = _read_newest(own, entry, asked)
    return issuers if issuers.rank <= _Rank.SUSPENDED else found


def _read_newest(speaking: list[_Speaker], entry: StatusEntry, asked: Asked) -> _Finding:
    """Read the list that was made last of those that have begun, and of those that have not.

    What has not begun hides no withdrawal, and is one that the issuer already knows of.
    """
    ahead = [one for one in speaking if (row := one.report.check(CheckId.VALIDITY)) is not None
             and row.reason.code is ReasonCode.NOT_YET]
    begun = [one for one in speaking if one not in ahead]
    return _worst([_read_last(ones, entry, asked) for ones in (begun, ahead) if ones])


def _read_last(speaking: list[_Speaker], entry: StatusEntry, asked: Asked) -> _Finding:
    """Read the list that was made last; of equal date, what came from its address and what somebody gave.

    Not every list has another date whenever it changes. Then nobody knows which of the two is older, and a
    copy that was handed over takes nothing back.
    """
    made = [one.judged.made_at or _LONG_AGO for one in speaking]
    last = [one for one, moment in zip(speaking, made, strict=True) if moment == max(made)]
    either = {one.judged.is_asked_for: one for one in reversed(last)}  # of each the one that came last
    return _worst([_read(either[asked_for], entry, asked) for asked_for in (True, False)
                   if asked_for in either])


def _worst(found: list[_Finding]) -> _Finding:
    """Return the first that says it is withdrawn or on hold, else the first that is not of another time."""
    return min(found, key=lambda one: one.rank if one.rank <= _Rank.SUSPENDED
               else _Rank.CLEAR if one.reason.code in _OF_ANOTHER_TIME else _Rank.OPEN)


def _read_record(versions: tuple[JudgedList, ...], entry: StatusEntry, asked: Asked) -> _Finding:
    """Look the credential up in the newest copy of a list that nobody seals.

    Only the issuer's own website can stand in for the missing seal, and not what the sender brought.
    """
    believed = [one for one in versions if one.document.grade is not Grade.SENDER]
    if not believed:
        return _no_record(versions[0], entry, "from_sender")
    came = [one for one in believed if one.document.grade is not Grade.SUPPLIED]
    found = _judge_record((came or believed)[0], entry, asked)
    if came and came[0] is not believed[0]:
        # What somebody handed over later may say more, and takes nothing back.
        later = _judge_record(believed[0], entry, asked)
        return later if later.rank is _Rank.REVOKED else found
    return found


def _judge_record(newest: JudgedList, entry: StatusEntry, asked: Asked) -> _Finding:
    address, record = entry.list_address, newest.record
    if record is None or record.kind is not entry.kind:
        return _no_record(newest, entry, ReasonCode.STATUS_LIST_MALFORMED.value)
    if not web_host(address) or web_host(address) != web_host(asked.issuer_id):
        return _no_record(newest, entry, "other_host")
    if record.issuer not in ("", asked.issuer_id):
        return _no_record(newest, entry, "type")
    if not any(asked.names):
        return _no_record(newest, entry, "no_name")
    return _look_up(newest, record, entry, asked)


def _no_record(newest: JudgedList, entry: StatusEntry, because: str) -> _Finding:
    why = reason(ReasonCode.STATUS_LIST_UNTRUSTED, address=entry.list_address, because=because)
    return _Finding(_Rank.OPEN, why, evidence_of(newest))


def _look_up(one: JudgedList, record: RevocationList, entry: StatusEntry, asked: Asked) -> _Finding:
    other = record.id and record.id != entry.list_address
    notes: tuple[Reason, ...] = (reason(ReasonCode.QUIRK_LIST_ID, which=record.id[:200]),) if other else ()
    seen = one.as_of
    if one.document.grade is Grade.FETCHED_PLAIN:  # no seal of its own makes up for the open line
        seen = one.document.fetched_at
        notes += (reason(ReasonCode.HOSTED_PLAIN, host=web_host(entry.list_address)),)
    date = format_datetime(seen) if seen else ""
    message = record.listed(asked.names)
    if message is not None:
        return _Finding(_Rank.REVOKED, reason(ReasonCode.STATUS_REVOKED, date=date, message=message),
                        evidence_of(one), notes)
    doubt = too_early(one, asked) or stale(seen, asked)
    if doubt is not None:
        return _Finding(_Rank.OPEN, doubt, evidence_of(one), notes)
    return _Finding(_Rank.CLEAR, reason(ReasonCode.STATUS_CLEAR, date=date, address=entry.list_address),
                    evidence_of(one), notes)


def _speaker(one: JudgedList, entry: StatusEntry) -> _Speaker | Reason:
    """Return the list if it may speak for this entry, else why not."""
    if one.problem is not None:
        because = one.problem["because"] or one.problem.code.value
    elif one.document.grade is Grade.SENDER:
        because = "from_sender"
    elif one.content is None or one.report is None:
        because = ReasonCode.STATUS_LIST_MALFORMED.value
    elif one.content.kind is not entry.kind:
        because = "type"
    elif entry.kind is StatusKind.TOKEN_LIST and one.id != entry.list_address:
        because = ReasonCode.QUIRK_LIST_ID.value  # §8.3: `sub` MUST be the address; a list may not move
    else:
        checks = [one.report.check(check_id) for check_id in PROVING]
        unproven = next((check for check in checks if check and check.outcome is not Outcome.PASSED), None)
        if unproven is None and all(checks):
            return _Speaker(one, one.content, one.report)
        because = unproven.reason.code.value if unproven else ReasonCode.INTERNAL_ERROR.value
    return reason(ReasonCode.STATUS_LIST_UNTRUSTED, address=entry.list_address, because=because)


def _read(one: _Speaker, entry: StatusEntry, asked: Asked) -> _Finding:
    """Read the entry's value from a list that may speak."""
    notes = _notes(one, entry, asked.issuer_id)
    evidence = evidence_of(one.judged)
    if entry.purpose not in one.content.purposes:
        why = reason(ReasonCode.STATUS_PURPOSE, wanted=entry.purpose, found=", ".join(one.content.purposes))
        return _Finding(_Rank.OPEN, why, evidence, notes)
    try:
        value, order = _value(one.content, entry, one.judged.dated)
    except WalletError as error:
        return _Finding(_Rank.OPEN, error.reason, evidence, notes)
    notes += order
    seen = one.judged.as_of
    date = format_datetime(seen) if seen else ""
    if value is None:
        why = reason(ReasonCode.STATUS_LIST_UNTRUSTED, address=entry.list_address, because="bit_order")
        return _Finding(_Rank.OPEN, why, evidence, notes)
    if value:
        return _set(entry, value, date, evidence, notes)
    doubt = out_of_force(one.judged, date) or too_early(one.judged, asked) or stale(seen, asked)
    if doubt is not None:
        return _Finding(_Rank.OPEN, doubt, evidence, notes)
    older = may_be_too_early(one.judged, asked)
    notes += (older,) if older else ()
    validity = one.report.check(CheckId.VALIDITY)
    until = validity.reason["until"] if validity else ""
    ends = {"until": until} if until else {}
    code = _CLEAR.get(entry.purpose, ReasonCode.STATUS_NO_MESSAGE)
    message = dict(entry.messages).get(value, "") if entry.purpose == _MESSAGE else ""
    if message:  # Bitstring Status List 1.0 §2.1: each value has its text, and zero is one of them
        code, ends = ReasonCode.STATUS_MESSAGE, {**ends, "message": message}
    clear = reason(code, date=date, address=entry.list_address, **ends)
    return _Finding(_Rank.CLEAR, clear, evidence, notes)


def _value(content: StatusList, entry: StatusEntry,
           dated: datetime | None) -> tuple[int | None, tuple[Reason, ...]]:
    """Return the value; None where two readings of an old list differ and neither can be ruled out."""
    value = content.entry(entry.index, entry.size)
    if content.kind not in _OLD_ORDER or entry.size != 1 or dated is None or dated >= _ORDER_SETTLED:
        return value, ()
    from_right = content.entry(entry.index ^ 7)
    order = (reason(ReasonCode.QUIRK_LIST_ORDER, which=entry.list_address),)
    if from_right:
        return from_right, order
    return (None, order) if value else (value, ())


def _set(entry: StatusEntry, value: int, date: str, evidence: tuple[EvidenceUsed, ...],
         notes: tuple[Reason, ...]) -> _Finding:
    if entry.kind is StatusKind.TOKEN_LIST:
        return _set_in_token_list(value, date, evidence, notes)
    message = dict(entry.messages).get(value, "")
    if entry.purpose == _REVOCATION:
        return _Finding(_Rank.REVOKED, reason(ReasonCode.STATUS_REVOKED, date=date, message=message),
                        evidence, notes)
    if entry.purpose == _SUSPENSION:
        return _Finding(_Rank.SUSPENDED, reason(ReasonCode.STATUS_SUSPENDED, date=date), evidence, notes)
    if entry.purpose in _INFORMING:
        said = reason(ReasonCode.STATUS_MESSAGE, message=message or entry.purpose, date=date)
        return _Finding(_Rank.CLEAR, said, evidence, notes)
    return _Finding(_Rank.OPEN, reason(ReasonCode.STATUS_PURPOSE, wanted=_REVOCATION, found=entry.purpose),
                    evidence, notes)


def _set_in_token_list(value: int, date: str, evidence: tuple[EvidenceUsed, ...],
                       notes: tuple[Reason, ...]) -> _Finding:
    """Token Status List §7.1: two values mean the same everywhere, the rest is the issuer's own affair."""
    if value == _INVALID:
        return _Finding(_Rank.REVOKED, reason(ReasonCode.STATUS_REVOKED, date=date, message=""), evidence,
                        notes)
    if value == _SUSPENDED:
        return _Finding(_Rank.SUSPENDED, reason(ReasonCode.STATUS_SUSPENDED, date=date), evidence, notes)
    return _Finding(_Rank.OPEN, reason(ReasonCode.STATUS_TYPE_UNKNOWN, type=f"0x{value:02x}"), evidence,
                    notes)


def _notes(one: _Speaker, entry: StatusEntry, issuer_id: str) -> tuple[Reason, ...]:
    notes = one.content.notes
    if one.report.issuer_id != issuer_id:
        notes += (reason(ReasonCode.STATUS_LIST_KEPT_BY, party=one.report.issuer_id),)
    if one.judged.id and one.judged.id != entry.list_address:
        notes += (reason(ReasonCode.QUIRK_LIST_ID, which=one.judged.id[:200]),)
    return notes
