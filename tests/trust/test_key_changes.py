"""What counts as a change of keys, and what does not."""

from __future__ import annotations

import json
from datetime import timedelta

from tests.conftest import AT
from tests.simulators.issuer import SimulatedIssuer
from wallet.model.evidence import EvidenceDocument, Grade
from wallet.trust.evidence_store import evidence_document
from wallet.trust.key_changes import key_change, listed_keys

BEFORE = AT - timedelta(days=30)


def version(issuer: SimulatedIssuer, data: bytes, days: int = 0,
            grade: Grade = Grade.FETCHED) -> EvidenceDocument:
    return evidence_document(issuer.id, data, grade=grade, source="test",
                             fetched_at=BEFORE + timedelta(days=days))


def test_a_replaced_key_is_gone_and_new() -> None:
    issuer = SimulatedIssuer("did:web")
    before = version(issuer, issuer.controller_document())
    document = json.loads(before.data)
    issuer.rotate()
    after = version(issuer, issuer.controller_document(), 3)
    change = key_change(before, after)
    assert change is not None
    assert (change.issuer_id, change.before_at, change.after_at) == (issuer.id, BEFORE,
                                                                     BEFORE + timedelta(days=3))
    assert change.gone == (f"{issuer.id}#key-1",)
    assert change.new == (f"{issuer.id}#key-2",)
    document["alsoKnownAs"] = ["https://northbridge.example"]
    assert key_change(before, version(issuer, json.dumps(document).encode(), 3)) is None


def test_another_key_under_the_same_name_is_a_change() -> None:
    issuer, other = SimulatedIssuer("did:web"), SimulatedIssuer("did:web", seed="mallory")
    before = version(issuer, issuer.controller_document())
    after = version(other, other.controller_document(), 1)
    change = key_change(before, after)
    assert change is not None
    assert change.gone == change.new == (f"{issuer.id}#key-1",)


def test_an_older_version_and_one_from_the_sender_are_no_news() -> None:
    issuer = SimulatedIssuer("did:web")
    old = version(issuer, issuer.controller_document())
    issuer.rotate()
    new = version(issuer, issuer.controller_document(), 3)
    assert key_change(new, old) is None
    assert key_change(old, version(issuer, new.data, 3, Grade.SENDER)) is None


def test_metadata_that_says_where_the_keys_are_takes_none_away() -> None:
    issuer = SimulatedIssuer("https-jwks")
    keys = json.loads(issuer.controller_document())
    inline = version(issuer, json.dumps({"issuer": issuer.id, "jwks": keys}).encode())
    named = {"issuer": issuer.id, "jwks_uri": "https://keys.example/1"}
    elsewhere = version(issuer, json.dumps(named).encode(), 3)
    empty = version(issuer, json.dumps({"issuer": issuer.id, "jwks": {"keys": []}}).encode(), 3)
    assert key_change(inline, elsewhere) is None
    assert key_change(elsewhere, version(issuer, inline.data, 5)) is None
    assert key_change(inline, empty) is not None


def test_a_list_or_an_unreadable_document_lists_nothing() -> None:
    issuer = SimulatedIssuer("did:web")
    issuer.entry(1)
    listed = evidence_document(issuer.list_address(), issuer.status_list(), grade=Grade.FETCHED,
                               source="test")
    assert key_change(version(issuer, issuer.controller_document()), listed) is None
    broken = evidence_document(issuer.id, b'{"id": "did:web:a.example", "verificationMethod": 7}',
                               grade=Grade.FETCHED, source="test")
    assert listed_keys(broken) == ("", {})
