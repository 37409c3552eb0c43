"""Requests as lines: on standard error, each reason once."""

from __future__ import annotations

import pytest

from tests.conftest import AT
from wallet.cli.asked import ledger_row, print_asked, print_failed
from wallet.model.evidence import EvidenceKind
from wallet.model.network import FetchOutcome, LedgerEntry, Permission, Purpose
from wallet.model.reasons import ReasonCode, reason
from wallet.operations.online import Answer, FetchSummary
from wallet.operations.requests import Request

LINE = LedgerEntry(AT, "uni.example", "https://uni.example/list", Purpose.STATUS_LIST, Permission.COMMAND,
                   FetchOutcome.FETCHED, 12)


def test_what_was_asked_goes_beside_the_result(capsys: pytest.CaptureFixture[str]) -> None:
    print_asked([LINE])
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "Asked uni.example for a withdrawal list: came.\n")
    assert ledger_row(LINE)["outcome"] == "fetched"


def test_each_reason_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    why = reason(ReasonCode.HOST_UNREACHABLE, host="uni.example")
    answers = [Answer(Request(f"https://uni.example/{number}", EvidenceKind.STATUS_LIST, (), "uni.example",
                              Purpose.STATUS_LIST), FetchOutcome.UNREACHABLE, reason=why)
               for number in range(3)]
    print_failed(FetchSummary(tuple(answers)))
    assert capsys.readouterr().err.count("host_unreachable") == 1
