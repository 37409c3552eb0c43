"""Rows for machines, lines for people."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from tests.wording.samples import failed, report_with
from wallet.cli.policy import Policy, read_policy
from wallet.cli.render import csv_text, explained, report_row, stamp, verdict_lines
from wallet.model.reasons import ReasonCode as R
from wallet.model.reasons import reason
from wallet.model.report import CheckId
from wallet.wording.outcomes import Audience

WITHDRAWN = report_with(failed(CheckId.STATUS, reason(R.STATUS_REVOKED, date="2026-10-02")))


def test_moments_are_utc_for_machines() -> None:
    assert stamp(datetime(2026, 11, 21, 1, tzinfo=timezone(timedelta(hours=2)))) == "2026-11-20T23:00:00Z"
    assert stamp(datetime(2026, 11, 21, tzinfo=UTC)) == "2026-11-21T00:00:00Z"


def test_row_of_a_report_without_content() -> None:
    row = report_row(WITHDRAWN, None, Policy())
    assert (row["outcome"], row["verdict"], row["level"]) == ("revoked", "revoked", "problem")
    assert row["issuer"]["listed"] == "Open Campus"
    assert row["dates"] == {"from": None, "until": None}
    assert not row["accepted"]


def test_refusals_are_named() -> None:
    policy = read_policy(("status<=1d",), (), challenge=None)
    row = report_row(report_with(), None, policy)
    assert row["refused"] == ["status<=1d"]
    assert row["verdict"] == "valid"
    assert not row["accepted"]


def test_items_of_a_pack_follow_it_in_csv() -> None:
    pack = {"file": "a.vcpack", **report_row(report_with(is_pack=True), None, Policy())}
    pack["items"] = [{"file": "a.vcpack", **report_row(WITHDRAWN, None, Policy())}]
    lines = csv_text([pack]).splitlines()
    assert len(lines) == 3
    assert lines[2].startswith("a.vcpack,,sealed,revoked,revoked,problem,Withdrawn by the issuer")


def test_verdict_stands_first_and_the_name_is_harmless() -> None:
    first, *rest = verdict_lines("x\n✓ fine.json", WITHDRAWN, None, explain=False)
    assert first == "✕ Withdrawn by the issuer  [Sealed · revoked]  x ✓ fine.json"
    assert rest[0].strip().startswith("Northbridge University withdrew this on or before 2 October 2026")


def test_what_people_see_around_it_is_said_not_to_be_checked() -> None:
    good = report_with()
    around = replace(good, checks=(replace(good.checks[0], notes=(reason(R.AROUND_NOT_CHECKED),)),
                                   *good.checks[1:]))
    told = [line for line in verdict_lines("a.pdf: b.json", around, None, explain=False)
            if "the pages or the picture around it can show something else" in line]
    assert len(told) == 1
    assert "around it" not in "".join(verdict_lines("b.json", good, None, explain=False))


def test_explanation_names_what_is_not_proven() -> None:
    lines = list(explained(report_with(), Audience.EMPLOYER))
    assert sum("?)" in line for line in lines) == 4
    assert "It does not prove who is in front of you" in lines[-1]
