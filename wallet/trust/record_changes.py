"""Whether a badge's web record says something else than the copy before: told, never decided here.

In the place of a record that is gone stands a note of ours, dated when nothing was found there; copies stay.
"""

from __future__ import annotations

from typing import Final

from wallet.codec.strict_json import dump_json, parse_object
from wallet.model.credential import JsonObject
from wallet.model.errors import CodecError
from wallet.model.events import EventKind, RecordChange
from wallet.model.evidence import EvidenceDocument, EvidenceKind, Grade
from wallet.model.reasons import ReasonCode

GONE_NOTE: Final = dump_json({"note": ReasonCode.HOSTED_GONE.value})
_RECORDS: Final = frozenset({EvidenceKind.BADGE_RECORD, EvidenceKind.ISSUER_PROFILE})
_FETCHED: Final = frozenset({Grade.FETCHED, Grade.FETCHED_PLAIN})


def record_change(before: EvidenceDocument, after: EvidenceDocument) -> RecordChange | None:
    """Return what changed between two versions at one address, None if they say the same.

    Only what came from the web is news, and a version that is older than the other by its date is none.
    """
    if before.sha256 == after.sha256 or after.grade not in _FETCHED:
        return None
    if before.as_of and after.as_of and after.as_of < before.as_of:
        return None
    was_gone, is_gone = before.data == GONE_NOTE, after.data == GONE_NOTE
    if not _is_record(before, gone=was_gone) or not _is_record(after, gone=is_gone):
        return None
    members: tuple[str, ...] = ()
    if is_gone or was_gone:
        kind = EventKind.RECORD_GONE if is_gone else EventKind.RECORD_BACK
    else:
        kind, members = EventKind.RECORD_CHANGED, differing(before.data, after.data)
        if not members:
            return None  # written in another way
    return RecordChange(kind, after.address, before.as_of, after.as_of, before.sha256, after.sha256, members)


def differing(before: bytes, after: bytes) -> tuple[str, ...]:
    """Name the members that differ between two copies of a record; one that cannot be read has none."""
    old, new = _members(before), _members(after)
    return tuple(name for name in sorted({**old, **new}) if old.get(name) != new.get(name))


def _is_record(document: EvidenceDocument, *, gone: bool) -> bool:
    return gone or document.kind in _RECORDS


def _members(data: bytes) -> JsonObject:
    try:
        return parse_object(data)
    except CodecError:
        return {}
