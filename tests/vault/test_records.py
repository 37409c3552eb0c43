from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vault.vaults import NOW, report
from wallet.model.credential import EvidenceClass
from wallet.model.evidence import EvidenceKind, EvidenceUsed, Grade, Wanted
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.model.report import Check, CheckId, Outcome, Report, Verdict
from wallet.vault.records import (
    date_from_text,
    date_text,
    needs_judging,
    optional_date_from_text,
    optional_date_text,
    report_from_text,
    report_text,
)

MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds are naive by the library's rule
TEXTS = st.text(max_size=20)
REASONS = st.builds(lambda code, params: reason(code, **params), st.sampled_from(ReasonCode),
                    st.dictionaries(st.sampled_from(["name", "found", "address"]), TEXTS, max_size=2))
USED = st.builds(EvidenceUsed, TEXTS, st.sampled_from(EvidenceKind), st.sampled_from(Grade), TEXTS,
                 st.none() | MOMENTS, st.none() | MOMENTS)
CHECKS = st.builds(Check, st.sampled_from(CheckId), st.sampled_from(Outcome), REASONS,
                   st.lists(USED, max_size=2).map(tuple), st.lists(REASONS, max_size=2).map(tuple))
WANTED = st.builds(Wanted, TEXTS, st.sampled_from(EvidenceKind), TEXTS)


def reports(items: st.SearchStrategy[tuple[Report, ...]]) -> st.SearchStrategy[Report]:
    return st.builds(Report, st.sampled_from(EvidenceClass), st.lists(CHECKS, max_size=3).map(tuple), MOMENTS,
                     TEXTS, TEXTS, st.lists(WANTED, max_size=2).map(tuple), items, st.booleans())


REPORTS = reports(st.lists(reports(st.just(())), max_size=2).map(tuple))


@given(REPORTS)
def test_a_report_comes_back_as_it_was(made: Report) -> None:
    assert report_from_text(report_text(made), EvidenceClass.OWN) == made


def test_every_code_of_today_comes_back() -> None:
    for code in ReasonCode:
        made = Report(EvidenceClass.SEALED, (Check(CheckId.PROOF, Outcome.PASSED, Reason(code)),), NOW)
        assert report_from_text(report_text(made), EvidenceClass.OWN) == made


@pytest.mark.parametrize(("old", "new"), [
    ("proof_ok", "proof_ok_of_the_future"), ('"key_authority"', '"key_weather"'), ("undetermined", "perhaps"),
    ("did_document", "did_scroll"), ("supplied", "dreamt"), ('"sealed"', '"engraved"'),
    ("quirk_bom", "quirk_of_the_future"),
])
def test_a_word_of_a_later_version_asks_for_a_new_judgement(old: str, new: str) -> None:
    text = report_text(report())
    assert old in text
    read = report_from_text(text.replace(old, new), EvidenceClass.SEALED)
    assert needs_judging(read)
    assert read.verdict is Verdict.UNDETERMINED  # never better, never worse than what is known
    assert (read.evidence_class, read.at) == (EvidenceClass.SEALED, NOW)
    assert not needs_judging(report_from_text(text, EvidenceClass.SEALED))


def test_members_of_a_later_version_are_passed_over() -> None:
    body = json.loads(report_text(report()))
    body["mood"] = "sunny"
    body["checks"][0]["weight"] = 3
    assert report_from_text(json.dumps(body), EvidenceClass.OWN) == report()


@given(st.text(max_size=50) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["checks", "at", "class", "issuer", "wanted", "pack", "items"]), inner, max_size=7),
).map(json.dumps))
def test_no_text_ends_in_an_error(text: str) -> None:
    assert needs_judging(report_from_text(text, EvidenceClass.SEALED))


def test_nesting_has_an_end() -> None:
    made = report()
    for _ in range(20):
        made = replace(made, items=(made,), wanted=())
    assert needs_judging(report_from_text(report_text(made), EvidenceClass.SEALED))


@given(MOMENTS, MOMENTS)
def test_the_order_of_texts_is_the_order_of_dates(one: datetime, other: datetime) -> None:
    assert date_from_text(date_text(one)) == one
    assert (date_text(one) < date_text(other)) == (one < other)


def test_dates_without_a_zone_are_mistakes() -> None:
    with pytest.raises(ValueError, match="zone"):
        date_text(datetime(2026, 1, 1))  # noqa: DTZ001 - the mistake
    with pytest.raises(ValueError, match="zone"):
        date_from_text("2026-01-01T00:00:00")
    eastern = datetime(2026, 1, 1, 2, tzinfo=timezone(timedelta(hours=2)))
    assert date_text(eastern).startswith("2026-01-01T00:00")
    assert optional_date_text(None) is None
    assert optional_date_from_text(None) is None
