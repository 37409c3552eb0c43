"""Entries of the learner's own: written, read back, and never more than they are."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.codec.strict_json import dump_json
from wallet.formats.entries import (
    MAX_ENTRY_LINKS,
    Details,
    bounded,
    details_of,
    document_entry,
    link_entry,
    statement_entry,
)
from wallet.formats.parse import parse
from wallet.model.credential import Carrier, Credential, CredentialFormat, EvidenceClass, Securing

WHOLE = Details("First aid", "Red Cross", datetime(2026, 5, 12, tzinfo=UTC),
                datetime(2028, 5, 12, tzinfo=UTC), "Two days, with an exam.", ("First aid", "CPR"), ("https://redcross.example/1",))


def read(payload: bytes) -> Credential:
    parsed = parse(payload)
    assert isinstance(parsed, Credential)
    return parsed


def test_a_document_keeps_its_file_and_what_is_said() -> None:
    original = document_entry(WHOLE, b"%PDF-1.7", name="first aid.pdf", media_type="application/pdf")
    assert (original.data, original.carrier) == (b"%PDF-1.7", Carrier.FILE)
    found = read(original.payload)
    assert (found.evidence_class, found.format) == (EvidenceClass.DOCUMENT, CredentialFormat.DOCUMENT)
    assert (found.title, found.issuer.name, found.issuer.id) == ("First aid", "Red Cross", "")
    assert (found.valid_from, found.valid_until) == (WHOLE.date, WHOLE.until)


def test_a_statement_is_an_own_word() -> None:
    found = read(statement_entry(WHOLE).payload)
    assert found.evidence_class is EvidenceClass.OWN
    assert found.securing is Securing.NONE


texts = st.text(max_size=40)
days = st.none() | st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)).map(  # noqa: DTZ001 - zone is set below
    lambda one: one.replace(microsecond=0, second=0, tzinfo=UTC))


@given(st.builds(Details, texts, texts, days, days, texts, st.lists(texts, max_size=4).map(tuple),
                 st.lists(st.sampled_from(["https://a.example/", "javascript:1", "x"])).map(tuple)))
def test_what_is_written_is_read_back(said: Details) -> None:
    kept = bounded(said)
    assert details_of(read(statement_entry(said).payload).document) == kept
    assert details_of(read(link_entry(said).payload).document) == kept


def test_links_that_are_none_are_left_out_and_bounded() -> None:
    many = tuple(f"https://a.example/{number}" for number in range(MAX_ENTRY_LINKS + 9))
    assert bounded(Details("x", links=("javascript:alert(1)", "file:///etc/passwd"))).links == ()
    assert len(bounded(Details("x", links=many)).links) == MAX_ENTRY_LINKS


@pytest.mark.parametrize("changes", [
    {"proof": {"type": "DataIntegrityProof"}}, {"issuer": "did:web:mit.edu"},
    {"credentialSubject": {"id": "did:example:1"}}, {"evidence_class": "sealed"}, {"date": "not a date"},
    {"links": "https://a.example/"}, {"title": {"en": "x"}}, {"file": "x"}, {"skills": [1, {}, "a"]},
])
def test_nothing_written_into_an_entry_makes_it_more(changes: dict[str, object]) -> None:
    entry = {"type": "LearnerStatement", "version": 1, "title": "x", **changes}
    found = read(dump_json(entry))
    assert found.evidence_class is EvidenceClass.OWN
    assert found.proofs == ()
    assert found.issuer.id == ""
