"""Words for the log of what happened to what is believed: lines that are only ever added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum, unique


@unique
class EventKind(StrEnum):
    """What happened. Values are part of the vault's format."""

    KEY_CHANGED = "key_changed"  # an issuer's document lists other keys than the version before
    RECORD_CHANGED = "record_changed"  # a badge's web record says something else than the copy before
    RECORD_GONE = "record_gone"  # nothing is at its address any more
    RECORD_BACK = "record_back"  # something is there again
    BELIEF_SET = "belief_set"  # before, after: as text of the record
    BELIEF_UNDONE = "belief_undone"  # undoes: the serial of a BELIEF_SET
    LISTS_SET = "lists_set"  # before: all issuer lists in force before the act, as text of the records
    LISTS_UNDONE = "lists_undone"  # undoes: the serial of a LISTS_SET
    OTHER = "other"  # written by a later version


@dataclass(frozen=True, slots=True)
class Event:
    """One line.

    Attributes:
        at: When it was seen or done here.
        subject: Whom it is about: an issuer's identifier, an address.
        details: Short texts by name; which ones depends on the kind.
        serial: Its number in the log, 0 before it is kept.
    """

    at: datetime
    kind: EventKind
    subject: str
    details: Mapping[str, str] = field(default_factory=dict)
    serial: int = 0


@dataclass(frozen=True, slots=True)
class KeyChange:
    """An issuer listed other keys than before.

    Attributes:
        issuer_id: Whose document it is.
        before_at, after_at: When the two versions got here; None where nobody knows.
        before_sha256, after_sha256: The two versions.
        gone, new: Ids of the methods that only the earlier, or only the later version lists; a method whose
            key was replaced stands in both.
    """

    issuer_id: str
    before_at: datetime | None
    after_at: datetime | None
    before_sha256: str
    after_sha256: str
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A badge's web record, or its issuer's, is other than before.

    Attributes:
        kind: Changed, gone, or back.
        address: Of the record.
        before_at, after_at: As of when the two versions count; None where nobody knows.
        before_sha256, after_sha256: The two versions.
        members: That differ; none for a record that is gone or back.
    """

    kind: EventKind
    address: str
    before_at: datetime | None
    after_at: datetime | None
    before_sha256: str
    after_sha256: str
    members: tuple[str, ...] = ()
