"""The authors' word and ours, file by file; and what must hold whatever anybody says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conformance.table import AGREES, BAD, OURS, Desk, Row, Standing, entries, print_table, rows
from wallet.model.reasons import ReasonCode
from wallet.model.report import CheckId, Outcome, Verdict


@pytest.fixture(scope="module")
def judged(vectors: Path) -> tuple[Row, ...]:
    return rows(vectors)


def test_nobody_disagrees(judged: tuple[Row, ...]) -> None:
    table = print_table(judged)
    assert [row.path for row in judged if row.standing is Standing.DISAGREED] == [], table
    assert sum(row.standing is Standing.AGREED for row in judged) >= 223, table


def test_open_answers_name_a_document_that_nobody_has(judged: tuple[Row, ...]) -> None:
    still_open = [row for row in judged if row.standing is Standing.UNDETERMINED]
    assert still_open
    for row in still_open:
        assert row.lacks_record or set(row.missing) & set(row.entry["needs_network"]), row.path


def test_where_our_word_is_another_one_it_still_is(judged: tuple[Row, ...]) -> None:
    """A note that nobody needs any more is taken out."""
    noted = [row for row in judged if row.path in OURS]
    assert len(noted) == len(OURS)
    assert [row.path for row in noted if row.verdict in AGREES[str(row.expected)]] == []


def test_nothing_bad_is_ever_valid_in_scope_or_not(judged: tuple[Row, ...]) -> None:
    bad = [row for row in judged if row.expected in BAD and "valid" not in row.entry.get("verdict_here", ())]
    assert len(bad) >= 100
    assert [row.path for row in bad if row.verdict is Verdict.VALID] == []


def test_what_is_out_of_scope_is_not_accused(judged: tuple[Row, ...]) -> None:
    good = [row for row in judged if row.standing is Standing.OUT_OF_SCOPE and row.expected == "valid"]
    assert good
    assert {row.verdict for row in good} == {Verdict.UNDETERMINED}


@pytest.mark.parametrize(("change", "code"), [
    ("claim-changed", ReasonCode.SIGNATURE_WRONG), ("validity-changed", ReasonCode.SIGNATURE_WRONG),
    ("created-changed", ReasonCode.SIGNATURE_WRONG), ("proofvalue-changed", ReasonCode.SIGNATURE_WRONG),
    ("wrong-key", ReasonCode.SIGNATURE_WRONG), ("no-proof", ReasonCode.PROOF_MISSING)])
def test_constructed_negatives_fail_for_their_reason(judged: tuple[Row, ...], change: str,
                                                     code: ReasonCode) -> None:
    made = [row for row in judged if row.in_scope and row.path.startswith("constructed-negatives/")
            and f".{change}." in row.path]
    assert made
    for row in made:
        proof = row.report.check(CheckId.PROOF)
        assert proof is not None
        assert (proof.outcome, proof.reason.code) == (Outcome.FAILED, code), row.path


def test_none_of_our_own_bugs_shows_in_any_file(vectors: Path) -> None:
    """Every file of the table, also those whose check is a part only."""
    desk = Desk(vectors)
    for entry in entries(vectors):
        report = desk.judge(entry["path"])
        codes = {one.code for check in report.checks for one in (check.reason, *check.notes)}
        assert ReasonCode.INTERNAL_ERROR not in codes, entry["path"]
        if entry["check"].startswith("data model"):
            assert report.verdict is not Verdict.VALID, entry["path"]


def test_sealed_by_somebody_else_is_never_valid(vectors: Path) -> None:
    """Files whose authors prove only the signature: the key is not the issuer's."""
    desk = Desk(vectors)
    only_signed = [entry for entry in entries(vectors) if entry["check"].startswith("signature only")]
    assert only_signed
    assert Verdict.VALID not in {desk.judge(entry["path"]).verdict for entry in only_signed}
