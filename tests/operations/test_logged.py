"""Log lines say where it stopped, and nothing of hers."""

from __future__ import annotations

import logging
from dataclasses import dataclass

import pytest

from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode, reason
from wallet.operations.logged import counted, logged


@dataclass(frozen=True, slots=True)
class Summary:
    title: str
    rows: tuple[str, ...]
    bytes: int = 7
    cancelled: bool = False
    problem: str | None = None


@logged
def work(title: str, *, code: ReasonCode | None = None, fault: bool = False) -> Summary:
    """Do something."""
    if code:
        raise VaultError(reason(code, name=title))
    if fault:
        raise RuntimeError(title)
    return Summary(title, (title, title))


def test_an_operation_says_how_it_ended_and_no_word_of_it(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    assert work("Kestrel diploma").title == "Kestrel diploma"
    with pytest.raises(VaultError):
        work("Kestrel diploma", code=ReasonCode.VAULT_BUSY)
    with pytest.raises(RuntimeError):
        work("Kestrel diploma", fault=True)
    told = [one.getMessage() for one in caplog.records]
    assert [line for line in told if line.endswith("begun")] == ["work begun"] * 3
    ends = [line.partition(": ")[2] for line in told if not line.endswith("begun")]
    assert ends == ["rows 2, bytes 7, cancelled no, problem none", "vault_busy", "RuntimeError"]
    assert "Kestrel" not in caplog.text
    assert work.__doc__ == "Do something."


def test_without_debugging_nothing_is_said_or_counted(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    work("Kestrel diploma")
    assert caplog.records == []


@pytest.mark.parametrize(("result", "words"), [((1, 2), "2 items"), ("Kestrel", ""), (None, ""), (5, ""),
                                               (frozenset({"Kestrel"}), "1 items")])
def test_only_numbers_are_counted(result: object, words: str) -> None:
    assert counted(result) == words
