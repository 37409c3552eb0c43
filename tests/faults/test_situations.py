"""Some of the situations; `python -m tests.faults situations` brings about all."""

from __future__ import annotations

import sys

import pytest

from tests.faults.situations import NOT_HERE, run_situations

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="they are brought about with means of Linux")

_EXPECTED = {
    "a disk filled to its last byte": "disk_full (exit 4); backup: disk_full (exit 4)",
    "a list printed to a full device": "disk_full (exit 4)",
    "read-only folder, not as administrator": "can be read; import: vault_read_only (exit 4)",
    "missing folder": "vault_missing (exit 2)",
    "clock set back two years": "clock_suspect (a warning)",
    "a second window": "vault_busy",
}


@pytest.mark.parametrize("name", _EXPECTED)
def test_a_situation_ends_in_a_sentence_and_loses_nothing(name: str) -> None:
    (outcome,) = run_situations((name,))
    assert outcome.problem == ""
    if outcome.told == NOT_HERE:
        pytest.skip(outcome.told)
    assert outcome.told == _EXPECTED[name]
