"""A short canary session; `python -m tests.faults canaries` has the long one, with window and web."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from tests.faults.canaries import WORDS, run_canaries, words_in


def test_no_word_stands_where_it_must_not(tmp_path: Path) -> None:
    found = run_canaries(tmp_path, quick=True)
    assert found.violations == ()
    assert {"claim", "issuer", "passphrase", "note", "tag", "title", "recovery code"} <= found.seen
    assert found.places > 20


@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
def test_words_are_found_in_all_their_forms(before: str) -> None:
    text = before + WORDS["claim"] + " and more"
    for data in (text.encode(), text.upper().encode(), text.encode("utf-16-le"),
                 base64.b64encode(text.encode())):
        assert list(words_in(data, WORDS)) == ["claim"]
    assert list(words_in(b"nothing of hers", WORDS)) == []
