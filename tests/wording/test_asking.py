"""Every word of the network is there, and speaks plainly."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.wording.words import check_template
from wallet.model.changes import ChangeKind
from wallet.model.network import FetchOutcome, Permission, Purpose
from wallet.wording import asking
from wallet.wording.asking import keys_changed, refresh_sentence, sheet_title


@pytest.mark.parametrize(("table", "words"), [
    (asking.PURPOSES, Purpose), (asking.LEARNS, Purpose), (asking.PURPOSES_MANY, Purpose),
    (asking.LEARNS_MANY, Purpose), (asking.OUTCOMES, FetchOutcome),
    (asking.PERMISSIONS, Permission), (asking.CHANGES, ChangeKind)], ids=range(7))
def test_every_word_has_its_text_and_speaks_plainly(table: Mapping[str, str], words: type[Purpose]) -> None:
    assert set(table) == set(words)
    for text in table.values():
        check_template(text)


@pytest.mark.parametrize(("documents", "hosts", "text"), [
    (0, (), "There is nothing to ask."), (1, ("a.example",), "1 document from a.example."),
    (3, ("a.example",), "3 documents from a.example."),
    (14, ("a", "b", "c"), "14 documents from 3 sites."),
])
def test_the_sheet_says_how_much_of_whom(documents: int, hosts: tuple[str, ...], text: str) -> None:
    assert sheet_title(documents, hosts) == text


def test_a_pass_in_one_line() -> None:
    counts = {ChangeKind.ENDED: 3, ChangeKind.WITHDRAWN: 1}
    assert refresh_sentence(counts, 2) == "1 withdrawn, 3 ended, 2 sites not reached."
    assert refresh_sentence({}, 0) == "Nothing changed."
    assert refresh_sentence({}, 1) == "Nothing changed, 1 site not reached."


def test_an_issuer_is_named_by_its_host() -> None:
    assert keys_changed("did:web:uni.example").startswith("uni.example lists other keys")
