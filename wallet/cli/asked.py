"""Requests as lines and rows: what would be asked, what was asked of whom, and why something did not come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wallet.model.network import FetchOutcome, LedgerEntry
from wallet.operations.online import Answer, FetchSummary
from wallet.operations.requests import Request, by_host
from wallet.wording.asking import learns, outcome_word, purpose_word, sheet_title
from wallet.wording.labels import tidy
from wallet.wording.reasons import reason_text

from .exit_codes import ExitCode
from .output import print_json, result, say
from .render import stamp


def print_asked(lines: Sequence[LedgerEntry]) -> None:
    """Tell somebody without a wallet what was asked of whom, on standard error."""
    for one in lines:
        say(f"Asked {tidy(one.host)} for {purpose_word(one.purpose)}: {outcome_word(one.outcome)}.")


def print_failed(asked: FetchSummary) -> None:
    """Tell why something did not come, each reason once."""
    told = (f"- {reason_text(one.reason)} ({one.reason.code.value})" for one in asked.failed if one.reason)
    for line in dict.fromkeys(told):
        say(line)


def print_sheet(requests: Sequence[Request], *, as_json: bool) -> ExitCode:
    """Say what would be asked of whom, and what each would learn. Nothing is asked."""
    hosts = by_host(requests)
    refused = [one for one in requests if one.refused]
    if as_json:
        print_json(
            wouldAsk=[{"host": one.host, "addresses": [asked.places[0] for asked in one.requests],
                       "purposes": [purpose.value for purpose in one.purposes]} for one in hosts],
            refused=[{"address": one.wanted, "code": one.refused.code.value}
                     for one in refused if one.refused])
    else:
        count = sum(len(one.requests) for one in hosts)
        result(sheet_title(count, tuple(one.host for one in hosts)))
        for one in hosts:
            number = len(one.requests)
            result(f"{tidy(one.host)}: {number} document{'s' if number != 1 else ''}")
            many = number > 1 and len(one.purposes) == 1
            for purpose in one.purposes:
                result(f"    {purpose_word(purpose, many=many)}; it learns {learns(purpose, many=many)}")
        for line in dict.fromkeys(reason_text(one.refused) for one in refused if one.refused):
            result(f"- {line}")
    if hosts:
        say("Nothing was asked. Add --online to ask.")
    return ExitCode.UNDECIDED if hosts else ExitCode.ACCEPTED


def lookup_line(one: Answer) -> str:
    """Return what became of one request to a federation, in words."""
    told = {FetchOutcome.FETCHED: "new", FetchOutcome.UNCHANGED: "unchanged"}.get(
        one.outcome, "does not know it")
    if one.reason:
        told = reason_text(one.reason)
    return f"{tidy(one.request.host)}: {told} ({tidy(one.request.wanted)})"


def lookup_row(one: Answer) -> dict[str, Any]:
    """Return what became of one request to a federation, as JSON."""
    return {"list": one.request.host, "address": one.request.wanted,
            "new": one.outcome is FetchOutcome.FETCHED,
            "unknown": one.document is not None and one.outcome is FetchOutcome.MISSING,
            "reason": one.reason.code.value if one.reason else None}


def ledger_row(one: LedgerEntry) -> dict[str, Any]:
    """Return one request as JSON."""
    return {"at": stamp(one.at), "host": one.host, "address": one.address, "purpose": one.purpose.value,
            "allowed": one.allowed.value, "outcome": one.outcome.value, "bytes": one.bytes}
