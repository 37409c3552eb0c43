"""Dates of credentials: text to a moment in UTC, and back.

The form is xsd:dateTimeStamp (XML Schema 1.1). A missing zone is read as UTC and flagged, since published
badges lack it; everything else that is not that form is refused, but where older badges are read: there the
other ways that ISO 8601 has are met as well. No clock is read here.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import Final

from wallet.model.errors import CodecError
from wallet.model.limits import MAX_DATE_CHARS
from wallet.model.reasons import ReasonCode, reason

_DATE_TIME: Final = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?", re.ASCII
)
_LOOSE: Final = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d:\d\d(?:\.\d+)?)(Z|[+-]\d\d(?::?\d\d)?)?)?", re.ASCII
)
_MAX_REMEMBERED: Final = 1024  # texts; the dates of one credential are read in several places
_LAST: Final = datetime.max.replace(tzinfo=UTC)
_MAX_OFFSET: Final = timedelta(hours=14)  # XML Schema 1.1 §3.3.7.2


def parse_datetime(text: str) -> tuple[datetime, bool]:
    """Read a date and time.

    Returns:
        The moment in UTC, and whether its zone was missing (then UTC was assumed).

    Raises:
        CodecError: DATE_UNREADABLE.
    """
    if len(text) > MAX_DATE_CHARS:
        raise _unreadable(text)
    return _read(text)


def parse_loose_datetime(text: str) -> tuple[datetime, bool]:
    """Read a date as programs wrote it before its form was demanded.

    A day alone, a space for the "T", and a zone of hours only or without its colon are read too.

    Returns:
        The moment in UTC, and whether it is written in another form than `parse_datetime` wants.

    Raises:
        CodecError: DATE_UNREADABLE.
    """
    match = _LOOSE.fullmatch(text) if len(text) <= MAX_DATE_CHARS else None
    if match is None:
        raise _unreadable(text)
    day, time, zone = match[1], match[2] or "00:00:00", match[3] or ""
    if len(zone) > 1 and ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:] or '00'}"
    strict = f"{day}T{time}{zone}"
    try:
        moment, lacks_zone = _read(strict)
    except CodecError:
        raise _unreadable(text) from None
    return moment, lacks_zone or strict != text


@lru_cache(maxsize=_MAX_REMEMBERED)
def _read(text: str) -> tuple[datetime, bool]:
    match = _DATE_TIME.fullmatch(text)
    if match is None:
        raise _unreadable(text)
    *fields, fraction, zone = match.groups()
    year, month, day, hour, minute, second = (int(field) for field in fields)
    # XML Schema allows 24:00:00 as the end of a day.
    end_of_day = hour == 24 and minute == second == 0 and not (fraction or "").strip("0")
    microsecond = int((fraction or "0")[:6].ljust(6, "0"))
    try:
        moment = datetime(
            year, month, day, 0 if end_of_day else hour, minute, second, microsecond, tzinfo=_zone(zone)
        )
        moment = (moment + timedelta(days=1) if end_of_day else moment).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        if not isinstance(error, OverflowError) or year != _LAST.year or end_of_day:
            raise _unreadable(text) from None
        moment = _LAST  # "never", written west of Greenwich
    return moment, zone is None


@lru_cache(maxsize=_MAX_REMEMBERED)
def format_datetime(moment: datetime) -> str:
    """Write a moment as `YYYY-MM-DDTHH:MM:SSZ`, whole seconds.

    Raises:
        ValueError: The moment has no zone: a fault of the caller, not of a file.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone")
    # Not strftime: it writes years before 1000 with fewer digits on some systems.
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    return moment.isoformat(timespec="seconds")[:19] + "Z"


def _zone(text: str | None) -> timezone:
    if text is None or text == "Z":
        return UTC
    offset = timedelta(hours=int(text[1:3]), minutes=int(text[4:6]))
    if offset > _MAX_OFFSET or int(text[4:6]) > 59:
        raise ValueError(text)
    return timezone(-offset if text[0] == "-" else offset)


def _unreadable(text: str) -> CodecError:
    return CodecError(reason(ReasonCode.DATE_UNREADABLE, found=text[:MAX_DATE_CHARS]))
