"""Requests as lines and rows: what was asked of whom, and why something did not come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wallet.model.network import LedgerEntry
from wallet.operations.online import FetchSummary
from wallet.wording.asking import outcome_word, purpose_word
from wallet.wording.labels import tidy
from wallet.wording.reasons import reason_text

from .output import say
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


def ledger_row(one: LedgerEntry) -> dict[str, Any]:
    """Return one request as JSON."""
    return {"at": stamp(one.at), "host": one.host, "address": one.address, "purpose": one.purpose.value,
            "allowed": one.allowed.value, "outcome": one.outcome.value, "bytes": one.bytes}
