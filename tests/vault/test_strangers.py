"""Rows that nobody has vouched for: no days, no better grade than the sender's, no vocabularies."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.vault.vaults import NOW
from wallet.model.evidence import Grade
from wallet.vault.records import date_text
from wallet.vault.rows import Row
from wallet.vault.strangers import StrangerRows, may_be_taken, of_a_stranger


@dataclass(frozen=True)
class Rows:
    """A source of rows by table."""

    tables: dict[str, list[Row]]

    def rows(self, table: str) -> Iterator[Row]:
        yield from self.tables.get(table, ())

    def content(self, sha256: str) -> bytes:
        return sha256.encode()


def document(**changes: str | None) -> Row:
    return {"address": "did:web:a", "kind": "did_document", "sha256": "00", "grade": "fetched", "source": "a",
            "fetched_at": "2020-01-01T00:00:00Z", **changes}


def test_documents_are_the_senders_word_of_no_day() -> None:
    rows = StrangerRows(Rows({"evidence": [document(), document(grade="supplied")]}), NOW)
    found = [(row["grade"], row["fetched_at"]) for row in rows.rows("evidence")]
    assert found == [(Grade.SENDER.value, None)] * 2
    assert rows.content("00") == b"00"


def test_credentials_have_come_now() -> None:
    rows = StrangerRows(Rows({"credential": [{"added_at": "2001-01-01T00:00:00Z", "title": "x"}]}), NOW)
    assert list(rows.rows("credential")) == [{"added_at": date_text(NOW), "title": "x"}]


def test_vocabularies_and_what_refers_to_them_stay_there() -> None:
    named = json.dumps(["https://a/ctx", "context", "00", "supplied", "a", None])
    assert not may_be_taken("evidence", document(kind="context"))
    assert not may_be_taken("pinned", {"credential": "00", "evidence": named})
    assert may_be_taken("tag", {"credential": "00", "tag": "first"})


@pytest.mark.parametrize("grade", ["shipped", "fetched", "fetched_plain", "supplied", "sender"])
def test_a_reference_follows_its_document(grade: str) -> None:
    named = json.dumps(["did:web:a", "did_document", "00", grade, "a", "2020-01-01T00:00:00Z"])
    row = of_a_stranger("pinned", {"credential": "00", "evidence": named})
    assert json.loads(row["evidence"]) == ["did:web:a", "did_document", "00", Grade.SENDER.value, "a", None]
