"""Versions of a party's document: which may be believed, in which order, and where they are found."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from tests.conftest import AT
from tests.simulators.issuer import SimulatedIssuer
from wallet.model.evidence import EvidenceDocument, Grade
from wallet.trust.controllers import (
    Relationship,
    controller_versions,
    issuer_metadata,
    key_set_address,
    key_set_addresses,
    method_base,
    wanted_document,
    web_address,
)
from wallet.trust.evidence_store import MemoryEvidence, evidence_document


def version(issuer: SimulatedIssuer, days: int, grade: Grade = Grade.FETCHED) -> EvidenceDocument:
    return evidence_document(issuer.id, issuer.controller_document(), grade=grade, source="test",
                             fetched_at=AT + timedelta(days=days))


def test_the_newest_comes_first_with_the_day_it_first_came() -> None:
    issuer = SimulatedIssuer("did:web")
    first, again = version(issuer, 0), version(issuer, 9)
    issuer.rotate()
    newer, brought = version(issuer, 3), version(issuer, 4, Grade.SENDER)
    found = controller_versions(issuer.id, MemoryEvidence((first, newer, again, brought)).documents)
    assert [one.first_at for one in found] == [AT, AT + timedelta(days=3)]
    assert found[0].evidence[0].fetched_at == again.fetched_at
    assert list(found[1].keys(Relationship.ASSERTION)) == [f"{issuer.id}#key-2"]


def test_a_document_that_changes_with_every_look_pushes_no_key_out() -> None:
    issuer = SimulatedIssuer("did:web")
    before = version(issuer, 0)
    issuer.rotate()
    told = json.loads(issuer.controller_document())
    after = [evidence_document(issuer.id, json.dumps(told | {"updated": day}).encode(), grade=Grade.FETCHED,
                               source="test", fetched_at=AT + timedelta(days=day)) for day in range(1, 40)]
    found = controller_versions(issuer.id, MemoryEvidence((before, *after)).documents)
    assert [one.first_at for one in found] == [AT + timedelta(days=1), AT]
    assert found[0].evidence[0].sha256 == after[-1].sha256


def test_a_document_of_somebody_else_is_no_version() -> None:
    issuer, other = SimulatedIssuer("did:web"), SimulatedIssuer("did:web", host="other.example")
    stray = evidence_document(issuer.id, other.controller_document(), grade=Grade.FETCHED, source="test")
    assert controller_versions(issuer.id, MemoryEvidence((stray,)).documents) == ()


# --- key sets that metadata names ---

COLLEGE = SimulatedIssuer("https-jwks")
METADATA = issuer_metadata(COLLEGE.id)
SET = "https://keys.example/set"


def naming(address: object, issuer: str = COLLEGE.id, **more: object) -> bytes:
    return json.dumps({"issuer": issuer, "jwks_uri": address, **more}).encode()


def kept(address: str, data: bytes, day: int = 0, grade: Grade = Grade.SUPPLIED) -> EvidenceDocument:
    return evidence_document(address, data, grade=grade, source="test", fetched_at=AT + timedelta(days=day))


def test_a_key_set_that_the_issuers_metadata_names_is_the_issuers_own() -> None:
    """SD-JWT VC §5.2: the metadata holds the keys, or says where they are."""
    metadata = kept(METADATA, naming(SET))
    store = MemoryEvidence((metadata, kept(SET, COLLEGE.controller_document())))
    one, = controller_versions(COLLEGE.id, store.documents)
    assert list(one.keys(Relationship.ASSERTION)) == [f"{COLLEGE.id}#key-1"]
    assert [used.address for used in one.evidence] == [SET, METADATA]
    assert key_set_addresses(COLLEGE.id, store.documents) == ((SET, metadata),)
    assert controller_versions(COLLEGE.id, MemoryEvidence((metadata,)).documents) == ()
    assert controller_versions(COLLEGE.id, MemoryEvidence((store.documents(SET)[0],)).documents) == ()


@pytest.mark.parametrize("metadata", [
    naming(SET, "https://other.example"), naming(SET, jwks={"keys": []}), naming("http://keys.example/set"),
    naming(f"{SET} "), naming(7), naming(None), naming("did:web:keys.example"), b"[]", b'{"jwks_uri": "',
    b'{"issuer": "https://northbridge.example/issuer"}'])
def test_what_names_no_key_set(metadata: bytes) -> None:
    assert key_set_address(COLLEGE.id, metadata) == ""
    assert key_set_address(COLLEGE.id, naming(SET)) == SET


@pytest.mark.parametrize("place", [METADATA, SET])
@pytest.mark.parametrize("grade", [Grade.SENDER, Grade.FETCHED_PLAIN])
def test_neither_metadata_nor_key_set_is_the_senders_word(place: str, grade: Grade) -> None:
    told = {METADATA: naming(SET), SET: COLLEGE.controller_document()}
    store = MemoryEvidence(kept(address, data, grade=grade if address == place else Grade.SUPPLIED)
                           for address, data in told.items())
    assert controller_versions(COLLEGE.id, store.documents) == ()


def test_a_key_set_that_is_named_no_more_lists_earlier_keys() -> None:
    """However late a copy of it came: the issuer has gone elsewhere since."""
    issuer, moved = SimulatedIssuer("https-jwks"), "https://keys.example/new"
    before = issuer.controller_document()
    issuer.rotate()
    store = MemoryEvidence((kept(METADATA, naming(SET)), kept(METADATA, naming(moved), 5),
                            kept(SET, before, 9), kept(moved, issuer.controller_document(), 6)))
    found = controller_versions(issuer.id, store.documents)
    assert [list(one.keys(Relationship.ASSERTION)) for one in found] == [
        [f"{issuer.id}#key-2"], [f"{issuer.id}#key-1"]]
    assert [one.is_newest for one in found] == [True, False]


@pytest.mark.parametrize(("grade", "believed"), [(Grade.FETCHED_PLAIN, 0), (Grade.SUPPLIED, 1)])
def test_what_came_over_an_open_line_is_no_word_about_keys(grade: Grade, believed: int) -> None:
    issuer = SimulatedIssuer("did:web")
    found = controller_versions(issuer.id, MemoryEvidence((version(issuer, 0, grade),)).documents)
    assert len(found) == believed


def test_a_self_made_identifier_is_its_own_document() -> None:
    issuer = SimulatedIssuer("did:key")
    (found,) = controller_versions(issuer.id, MemoryEvidence(()).documents)
    assert found.evidence == ()
    assert list(found.keys(Relationship.ASSERTION)) == [issuer.method]
    assert all(found.keys(Relationship.ASSERTION).values())


@pytest.mark.parametrize(("address", "place"), [
    ("did:web:a.example", "https://a.example/.well-known/did.json"),
    ("did:web:a.example:students:eve", "https://a.example/students/eve/did.json"),
    ("https://a.example/issuer", ""),
])
def test_where_an_identifier_is_served(address: str, place: str) -> None:
    assert web_address(address) == place
    assert wanted_document(address).host == "a.example"
    assert method_base(f"{address}#key-1") == address


def test_where_tokens_look_for_keys() -> None:
    assert issuer_metadata("https://a.example/x") == "https://a.example/.well-known/jwt-vc-issuer/x"
    assert issuer_metadata("http://a.example/x") == issuer_metadata("did:web:a.example") == ""
