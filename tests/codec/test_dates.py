"""Dates: one form, one meaning, and a named allowance for a missing zone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.codec.dates import format_datetime, parse_datetime, parse_loose_datetime
from wallet.model.errors import CodecError
from wallet.model.reasons import ReasonCode

_MOMENTS = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30))  # noqa: DTZ001  # the zone follows


@given(_MOMENTS, st.integers(-14 * 60, 14 * 60))
def test_a_moment_comes_back_in_utc(moment: datetime, offset_minutes: int) -> None:
    zoned = moment.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=offset_minutes)))
    assert parse_datetime(zoned.isoformat()) == (zoned, False)
    assert parse_datetime(format_datetime(zoned)) == (zoned, False)


@given(st.text(max_size=40) | st.text("0123456789-:T.Z+ ", max_size=30))
def test_no_text_ends_in_another_error(text: str) -> None:
    try:
        moment, _ = parse_datetime(text)
    except CodecError as error:
        refused = error.reason.code
    else:
        assert moment.utcoffset() == timedelta(0)
        return
    assert refused is ReasonCode.DATE_UNREADABLE


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-04-01T14:41:00Z", datetime(2024, 4, 1, 14, 41, tzinfo=UTC)),
        ("2024-04-01T14:41:00.5Z", datetime(2024, 4, 1, 14, 41, 0, 500_000, tzinfo=UTC)),
        ("2024-04-01T14:41:00.123456789Z", datetime(2024, 4, 1, 14, 41, 0, 123_456, tzinfo=UTC)),
        ("2022-11-10T07:38:00-08:00", datetime(2022, 11, 10, 15, 38, tzinfo=UTC)),
        ("2024-04-01T14:41:00+00:00", datetime(2024, 4, 1, 14, 41, tzinfo=UTC)),
        ("2024-02-29T24:00:00Z", datetime(2024, 3, 1, tzinfo=UTC)),
    ],
)
def test_forms_that_are_met(text: str, moment: datetime) -> None:
    assert parse_datetime(text) == (moment, False)


def test_a_missing_zone_is_utc_and_said_so() -> None:
    assert parse_datetime("2024-04-01T14:41:00") == (datetime(2024, 4, 1, 14, 41, tzinfo=UTC), True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024-04-01",
        "2024-04-01T14:41:00z",
        "2024-04-01 14:41:00Z",
        "2024-04-01T14:41Z",
        "2024-04-01T14:41:60Z",
        "2024-02-30T00:00:00Z",
        "2024-02-29T24:00:01Z",
        "10000-01-01T00:00:00Z",
        "-0001-01-01T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T24:00:00Z",
        "2024-04-01T14:41:00+15:00",
        "2024-04-01T14:41:00+01:60",
        "2024-04-01T14:41:00+0100",
        "\uff12024-04-01T14:41:00Z",
        "2024-04-01T14:41:00Z\n",
        "2024-04-01T14:41:00." + "1" * 60 + "Z",
        "1" * 100_000,
    ],
)
def test_forms_that_are_refused(text: str) -> None:
    with pytest.raises(CodecError) as caught:
        parse_datetime(text)
    assert caught.value.reason.code is ReasonCode.DATE_UNREADABLE


@pytest.mark.parametrize("zone", ["Z", "-00:01", "-08:00"])
def test_an_end_that_means_never_is_one_in_any_zone(zone: str) -> None:
    assert format_datetime(parse_datetime(f"9999-12-31T23:59:59{zone}")[0]) == "9999-12-31T23:59:59Z"


def test_writing_needs_a_zone() -> None:
    assert format_datetime(datetime(33, 1, 2, 3, 4, 5, 999_999, tzinfo=UTC)) == "0033-01-02T03:04:05Z"
    with pytest.raises(ValueError, match="zone"):
        format_datetime(datetime(2024, 1, 1))  # noqa: DTZ001  # that is the fault


@given(st.text(max_size=40) | st.text("0123456789-:T.Z+ ", max_size=30))
def test_the_loose_form_reads_all_that_the_strict_one_reads_and_never_otherwise(text: str) -> None:
    strict, loose = read(parse_datetime, text), read(parse_loose_datetime, text)
    assert strict in (None, loose)
    assert strict is not None or loose is None or loose[1]


def read(reader: Callable[[str], tuple[datetime, bool]], text: str) -> tuple[datetime, bool] | None:
    try:
        return reader(text)
    except CodecError:
        return None


@pytest.mark.parametrize("text", [
    "2024-04-01T14:41:00+0000", "2024-04-01 14:41:00Z", "2024-04-01T16:41:00+02",
    "2024-04-01 16:41:00.5+0200", "2024-04-01T14:41:00"])
def test_older_ways_of_writing_a_moment(text: str) -> None:
    moment, unusual = parse_loose_datetime(text)
    assert (moment.replace(microsecond=0), unusual) == (datetime(2024, 4, 1, 14, 41, tzinfo=UTC), True)
    assert parse_loose_datetime("2024-04-01") == (datetime(2024, 4, 1, tzinfo=UTC), True)


@pytest.mark.parametrize("text", [
    "2024-04-31", "2024-04-01T14:41", "2024-04-01+0000", "2024-04-01T14:41:00+1500", "2024-04-01  14:41:00",
    "01.04.2024", "", "2024-04-01T14:41:00." + "0" * 64])
def test_no_way_of_writing_a_moment(text: str) -> None:
    with pytest.raises(CodecError) as caught:
        parse_loose_datetime(text)
    assert caught.value.reason["found"] == text[:64]
