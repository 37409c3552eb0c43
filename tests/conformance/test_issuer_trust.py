"""Who knows the issuer: the authors' word and ours, file by file."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.conformance.issuer_trust import NOT_PUBLISHED, TrustRow, print_trust, trust_rows
from wallet.model.reasons import ReasonCode
from wallet.model.report import CheckId, Outcome


@pytest.fixture(scope="module")
def looked_up(vectors: Path) -> tuple[TrustRow, ...]:
    return trust_rows(vectors)


def test_nobody_disagrees_about_who_knows_the_issuer(looked_up: tuple[TrustRow, ...]) -> None:
    told = print_trust(looked_up)
    assert [row.entry["path"] for row in looked_up if not row.trust_agrees] == [], told
    assert [row.entry["path"] for row in looked_up if not row.verdict_agrees] == [], told
    assert Counter(row.stated.split(" ")[0] for row in looked_up) == {"known": 48, "unknown": 7,
                                                                      "unresolvable": 1}


def test_what_is_known_by_its_file_name_alone_is_still_on_no_published_list(
        looked_up: tuple[TrustRow, ...], vectors: Path) -> None:
    published = b"".join(one.read_bytes() for one in (vectors / "dcc/registries").rglob("*.json"))
    noted = [row for row in looked_up if row.entry["path"] in NOT_PUBLISHED]
    assert len(noted) == len(NOT_PUBLISHED)
    assert [row for row in noted if str(row.entry["issuer"]).encode() in published] == []


def test_the_first_list_that_names_it_is_told_with_its_date(looked_up: tuple[TrustRow, ...]) -> None:
    told = [row.report.check(CheckId.RECOGNITION) for row in looked_up if "sandbox" in row.stated]
    listed = [one for one in told if one and one.outcome is Outcome.PASSED]
    assert len(listed) >= 20
    for check in listed:
        assert check.reason["list"] == "DCC Sandbox Registry"
        assert check.reason["date"] == "2026-03-25T00:00:00Z"


def test_what_only_a_federation_knows_is_not_called_unlisted(looked_up: tuple[TrustRow, ...]) -> None:
    rows = [row for row in looked_up if "network" in row.stated]
    assert len(rows) == 15
    for row in rows:
        check = row.report.check(CheckId.RECOGNITION)
        assert check is not None
        codes = [note.code for note in check.notes]
        assert ReasonCode.ISSUER_LISTS_UNCHECKED in codes
        assert len(row.unchecked) == 6  # four federations, and two registries that are not published here
