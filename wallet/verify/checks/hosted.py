"""Checks 2, 3 and 6 of what has no seal: the issuer's web record stands in for it.

An Open Badges 1.x or 2.0 award that is hosted is what its issuer's website says, and no more. 2: the record
at its own address and the file in hand say the same, member by member. 3: the record is kept where the
issuer's profile allows it. 6: the record does not call itself withdrawn. Open Badges 2.0 §5
(hosted verification). A copy that came from the sender counts for nothing (`trust.badge_records`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from wallet.codec.dates import format_datetime
from wallet.codec.jcs import canonical_json
from wallet.formats.members import first_object, identifier, text, types
from wallet.formats.openbadges2 import Part, is_moved_to_https, part_of, read_moment
from wallet.model.credential import JsonObject
from wallet.model.evidence import EvidenceUsed, Grade
from wallet.model.places import is_shared, member_place
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.model.report import Check, CheckId, Outcome
from wallet.trust.badge_records import (
    BadgeRecords,
    WebRecord,
    keeps_records_at,
    names_beginnings,
    web_host,
)
from wallet.trust.evidence_store import used

_NAMED: Final = 8  # members that are named of those that differ
#: Said by the record alone: withdrawal is check 6, and one vocabulary has several addresses (check 1). How an
#: award is verified has two names, and is compared as one thing.
_NOT_COMPARED: Final = frozenset({"@context", "revoked", "revocationReason", "verify", "verification"})
#: Of no weight where only one of both has it: a number of 1.x, and where the picture is that was baked.
_ONE_HAS_IT: Final = frozenset({"uid"})
_RECORD_HAS_IT: Final = frozenset({"uid", "image"})
_DATES: Final = frozenset({"issuedOn", "issued_on", "expires"})
#: What is named by its address, whether it is written out or not.
_NAMED_BY_ID: Final = frozenset({"badge", "issuer", "image"})
_EMPTY: Final = canonical_json(None)
#: What tells an issuer, and what of a badge class says nothing of an award; its issuer is looked at apart.
_OF_ISSUER: Final = frozenset({"id", "type", "name"})
_LOOKS: Final = frozenset({"issuer", "image", "version", "@language", "related", "endorsement"})
#: Profiles of these versions had no place to list keys; that one lists none says nothing against any.
_BEFORE_KEYS: Final = ("0.5", "1.0", "1.1")
#: Copies of which it is known when they were taken.
_DATED: Final = (Grade.SHIPPED, Grade.FETCHED, Grade.FETCHED_PLAIN)
_PAGES: Final = "~"  # of the places of members, those that a university gives to anybody who studies there
_SAME: Final = {"HostedBadge": "hosted", "SignedBadge": "signed", "Issuer": "Profile"}


def check_record(records: BadgeRecords) -> Check:
    """Answer check 2: does the issuer's record say what the file says?"""
    record, issuer = records.assertion, records.credential.issuer.id
    if record.document is None:
        return _open(CheckId.PROOF, _missing(record, issuer))
    if not record.names_itself or part_of(record.document) not in (Part.ASSERTION, None):
        return _open(CheckId.PROOF, _gone(record), record)
    host = web_host(record.address)
    changed = tuple(_differing(records.credential.document, record.document))
    if changed:
        shown = ", ".join(name[:60] for name in changed[:_NAMED]) + (", …" if len(changed) > _NAMED else "")
        return Check(CheckId.PROOF, Outcome.FAILED,
                     reason(ReasonCode.HOSTED_CHANGED, host=host, found=shown), _evidence(record))
    inside = _check_inside(records, host)
    if inside is not None:
        return inside
    return Check(CheckId.PROOF, Outcome.PASSED,
                 reason(ReasonCode.HOSTED_OK, host=host, date=_day(_seen(record))),
                 _evidence(record, records.badge), _open_lines(record, records.badge, records.issuer))


def check_keeper(records: BadgeRecords) -> Check:
    """Answer check 3: is the record where the issuer of the badge class keeps its records?"""
    issuer, profile = records.credential.issuer.id, records.issuer.document
    address = records.assertion.address
    evidence = _evidence(records.issuer, records.badge)
    host = web_host(address)
    # Rules written into the award itself are the award's word. Those of a profile bind even where it calls
    # itself by another name, since until it is found to name itself they can only refuse.
    rules = profile if profile and records.issuer.address else {}
    if profile and address and web_host(issuer) and not keeps_records_at(rules, issuer, address):
        return Check(CheckId.KEY_AUTHORITY, Outcome.FAILED,
                     reason(ReasonCode.HOSTED_ELSEWHERE, issuer=issuer, host=host), evidence)
    place = member_place(address)
    is_somebodys = place.startswith(_PAGES) or is_shared(address)
    if is_somebodys and place != member_place(issuer) and not names_beginnings(rules):
        # Somebody's own pages at the issuer's host: it may keep records there, but has not said so.
        why = reason(ReasonCode.HOSTED_ELSEWHERE, issuer=issuer, host=f"{host}/{place}")
        return Check(CheckId.KEY_AUTHORITY, Outcome.UNDETERMINED, why, evidence)
    lacking = records.missing
    if lacking is not None:
        why = _gone(lacking) if lacking.document is not None else _missing(lacking, issuer)
        return _open(CheckId.KEY_AUTHORITY, why, lacking)
    if not address or not web_host(issuer):
        return _open(CheckId.KEY_AUTHORITY, _missing(records.issuer, issuer), records.issuer)
    return Check(CheckId.KEY_AUTHORITY, Outcome.PASSED,
                 reason(ReasonCode.HOSTED_BY_ISSUER, issuer=issuer, host=host), evidence)


def check_definitions(records: BadgeRecords) -> Check | None:
    """Answer check 3 for a signed award that lacks a badge class or a profile to say whose key counts."""
    lacking = records.missing
    if lacking is None and (records.credential.version not in _BEFORE_KEYS or records.lists_keys):
        return None
    address = lacking.address if lacking else records.key_address
    why = reason(ReasonCode.KEY_UNKNOWN, issuer=records.credential.issuer.id, address=address)
    return _open(CheckId.KEY_AUTHORITY, why, lacking or records.issuer)


def check_record_status(records: BadgeRecords, *, at: datetime, max_age: timedelta | None) -> Check:
    """Answer check 6: does the record call the award withdrawn?

    Args:
        records: The award and its records.
        at: The one now.
        max_age: The oldest record the caller accepts, None for any.
    """
    record = records.assertion
    if record.document is None or not record.names_itself:
        return _open(CheckId.STATUS, reason(ReasonCode.STATUS_NOT_SEEN, address=record.address))
    seen = _seen(record)
    date = _day(seen)
    if record.is_withdrawn:
        message = text(record.document.get("revocationReason"))
        return Check(CheckId.STATUS, Outcome.FAILED,
                     reason(ReasonCode.STATUS_REVOKED, recorded=date, message=message), _evidence(record))
    if record.is_withdrawn is None:
        return _open(CheckId.STATUS, reason(
            ReasonCode.STATUS_LIST_UNTRUSTED, address=record.address,
            because=ReasonCode.STATUS_LIST_MALFORMED.value), record)
    if max_age is not None and (seen is None or at - seen > max_age):
        limit = f"{max_age / timedelta(days=1):g}"
        return _open(CheckId.STATUS, reason(ReasonCode.STATUS_STALE, date=date, limit=limit), record)
    return Check(CheckId.STATUS, Outcome.PASSED,
                 reason(ReasonCode.STATUS_CLEAR, recorded=date, address=record.address), _evidence(record))


def _check_inside(records: BadgeRecords, host: str) -> Check | None:
    """A badge class or an issuer written out in the file must be what its own address says."""
    badge = records.credential.document.get("badge")
    kept = first_object((records.assertion.document or {}).get("badge"))
    pairs = ((badge, kept, records.badge, "badge"),
             (first_object(badge).get("issuer"), kept.get("issuer"), records.issuer, "badge.issuer"))
    for stated, in_record, record, member in pairs:
        if not isinstance(stated, dict) or not record.address or _is_kept_so(stated, in_record, record):
            continue
        if record.document is None:
            return _open(CheckId.PROOF, _missing(record, records.credential.issuer.id))
        told = [name for name in _differing(stated, record.document)
                if name in stated and _matters(member, name)]
        if told:
            found = ", ".join(f"{member}.{name[:60]}" for name in told[:_NAMED])
            return Check(CheckId.PROOF, Outcome.FAILED,
                         reason(ReasonCode.HOSTED_CHANGED, host=host, found=found), _evidence(record))
    return None


def _matters(member: str, name: str) -> bool:
    """Whether what a file says of its badge class or its issuer must be what they say of themselves today.

    Whose award it is and for what; a house that moved, or a new picture, changes neither.
    """
    return name in _OF_ISSUER if member == "badge.issuer" else name not in _LOOKS


def _is_kept_so(stated: JsonObject, in_record: Any, record: WebRecord) -> bool:
    """Whether the issuer's own record of the award has the same written out in it, about the same place.

    Several platforms write a badge class otherwise inside an award than at its own address: that is how they
    are, not what somebody changed.
    """
    if not isinstance(in_record, dict):
        return False
    named = web_host(identifier(stated))
    return named in ("", web_host(record.address)) and canonical_json(stated) == canonical_json(in_record)


def _differing(ours: JsonObject, theirs: JsonObject) -> Iterator[str]:
    """Name the members that differ. A record that says only that it is withdrawn has no others to compare."""
    withdrawn_only = bool(theirs.get("revoked")) and "recipient" not in theirs and "badge" not in theirs
    names = theirs.keys() if withdrawn_only else {**ours, **theirs}
    for name in names:
        if name not in _NOT_COMPARED and not _agree(name, ours.get(name), theirs.get(name)):
            yield name
    if not withdrawn_only and "recipient" in theirs and _kind(ours) != _kind(theirs):
        yield "verification"


def _agree(name: str, ours: Any, theirs: Any) -> bool:
    mine, other = _reduced(name, ours), _reduced(name, theirs)
    found, kept = canonical_json(mine), canonical_json(other)
    left_out = (found == _EMPTY and name in _RECORD_HAS_IT) or (kept == _EMPTY and name in _ONE_HAS_IT)
    if found == kept or left_out:
        return True
    return isinstance(mine, str) and isinstance(other, str) and is_moved_to_https(mine, other)


def _kind(document: JsonObject) -> tuple[str, ...]:
    """How an award says that it is verified; one that does not say so has no seal."""
    stated = types(first_object(document.get("verification") or document.get("verify"))) or ("hosted",)
    return tuple(sorted({_SAME.get(name, name) for name in stated}))


def _reduced(name: str, value: Any) -> Any:
    """Return a value in one form of those that mean the same: single or in an array, a date or a number."""
    if name == "hashed":
        return str(value).lower() == "true"
    if value in ("", []):
        return None  # as good as not said
    if isinstance(value, list):
        return _reduced(name, value[0]) if len(value) == 1 else [_reduced(name, one) for one in value]
    if name in _DATES:
        moment = read_moment(value)
        return format_datetime(moment) if moment else value
    if isinstance(value, dict):
        only_named = value.keys() - {"type"} == {"id"}
        named = identifier(value) if name in _NAMED_BY_ID or only_named else ""
        return named or {key: _reduced(key, one) for key, one in value.items() if one not in (None, "", [])}
    return _SAME.get(value, value) if name == "type" and isinstance(value, str) else value


def _seen(record: WebRecord) -> datetime | None:
    """Return as of when the record speaks; of a copy that somebody supplied nobody knows."""
    evidence = record.evidence
    return evidence.fetched_at if evidence and evidence.grade in _DATED else None


def _open_lines(*records: WebRecord) -> tuple[Reason, ...]:
    """Say of which hosts a record came over a line that anybody on the way could change."""
    plain = [one for one in records if one.evidence and one.evidence.grade is Grade.FETCHED_PLAIN]
    hosts = dict.fromkeys(web_host(one.address) for one in plain)
    return tuple(reason(ReasonCode.HOSTED_PLAIN, host=host) for host in hosts)


def _day(moment: datetime | None) -> str:
    return format_datetime(moment) if moment else ""


def _missing(record: WebRecord, issuer: str) -> Reason:
    because = {"because": "from_sender"} if record.from_sender else {}
    return reason(ReasonCode.HOSTED_NO_RECORD, issuer=issuer, address=record.address, **because)


def _gone(record: WebRecord) -> Reason:
    return reason(ReasonCode.HOSTED_GONE, address=record.address, host=web_host(record.address))


def _open(check_id: CheckId, why: Reason, *rests_on: WebRecord) -> Check:
    return Check(check_id, Outcome.UNDETERMINED, why, _evidence(*rests_on))


def _evidence(*records: WebRecord) -> tuple[EvidenceUsed, ...]:
    return tuple(used(one.evidence) for one in records if one.evidence)
