"""What counts as a change of a web record, and what does not."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.conftest import AT
from wallet.model.events import EventKind
from wallet.model.evidence import EvidenceDocument, Grade
from wallet.trust.evidence_store import evidence_document
from wallet.trust.record_changes import GONE_NOTE, differing, record_change

ADDRESS = "https://badges.example/a/1"
LATER = AT + timedelta(days=3)


def record(*, at: Any = AT, grade: Grade = Grade.FETCHED, data: bytes = b"",
           **members: Any) -> EvidenceDocument:
    body = {"type": "Assertion", "id": ADDRESS, "issuedOn": "2026-01-01T00:00:00Z"} | members
    return evidence_document(ADDRESS, data or json.dumps(body).encode(), grade=grade, source="badges.example",
                             fetched_at=at)


@pytest.mark.parametrize(("before", "after", "kind", "members"), [
    (record(), record(at=LATER, expires="x", issuedOn="y"), EventKind.RECORD_CHANGED,
     ("expires", "issuedOn")),
    (record(), record(at=LATER, data=GONE_NOTE), EventKind.RECORD_GONE, ()),
    (record(data=GONE_NOTE), record(at=LATER), EventKind.RECORD_BACK, ()),
    (record(), record(at=LATER, grade=Grade.FETCHED_PLAIN, expires="x"), EventKind.RECORD_CHANGED,
     ("expires",)),
], ids=["changed", "gone", "back", "plain"])
def test_changes_are_told_with_both_dates(before: EvidenceDocument, after: EvidenceDocument, kind: EventKind,
                                          members: tuple[str, ...]) -> None:
    change = record_change(before, after)
    assert change is not None
    assert (change.kind, change.members, change.address) == (kind, members, ADDRESS)
    assert (change.before_at, change.after_at) == (AT, LATER)


@pytest.mark.parametrize(("before", "after"), [
    (record(), record(at=LATER)),
    (record(), record(at=LATER, data=b'{"id": "https://badges.example/a/1",  "type": "Assertion",'
                                     b' "issuedOn": "2026-01-01T00:00:00Z"}')),
    (record(at=LATER), record(expires="x")),
    (record(), record(at=LATER, grade=Grade.SENDER, expires="x")),
    (record(), record(at=LATER, grade=Grade.SUPPLIED, expires="x")),
    (record(), record(at=LATER, data=b'{"keys": []}')),
    (record(data=GONE_NOTE), record(at=LATER, data=GONE_NOTE)),
], ids=["same", "written otherwise", "older", "from the sender", "by hand", "no record", "gone still"])
def test_what_is_no_news(before: EvidenceDocument, after: EvidenceDocument) -> None:
    assert record_change(before, after) is None


def test_what_cannot_be_read_has_no_members() -> None:
    assert differing(b"{", b'{"a": 1}') == ("a",)
    assert differing(b"[1]", b"{") == ()
    assert record_change(replace(record(), data=b"{"), record(at=LATER, expires="x")) is not None
