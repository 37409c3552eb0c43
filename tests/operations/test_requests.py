"""What would be asked, of whom and why, and what is never asked."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.simulators.issuer import SimulatedIssuer
from wallet.codec.linked_data.contexts import Contexts
from wallet.formats.parse import parse
from wallet.model.credential import Credential
from wallet.model.evidence import EvidenceKind, Grade, Wanted
from wallet.model.network import Purpose
from wallet.model.reasons import ReasonCode
from wallet.operations.requests import (
    Need,
    Request,
    askable,
    by_host,
    missing_needs,
    names_of,
    plan,
    standing_needs,
    tracks,
)
from wallet.trust.evidence_store import MemoryEvidence, evidence_document
from wallet.verify.gather import gather

LIST = "https://uni.example/status/3"


def need(address: str, kind: EvidenceKind = EvidenceKind.STATUS_LIST, *names: str) -> Need:
    return Need(Wanted(address, kind, ""), names)


def only(address: str, kind: EvidenceKind = EvidenceKind.STATUS_LIST, *names: str) -> Request:
    (request,) = plan([need(address, kind, *names)])
    return request


def refusal(address: str, kind: EvidenceKind = EvidenceKind.STATUS_LIST, *names: str) -> ReasonCode | None:
    refused = only(address, kind, *names).refused
    return refused.code if refused else None


def credential_of(data: bytes) -> Credential:
    parsed = parse(data)
    assert isinstance(parsed, Credential)
    return parsed


@pytest.mark.parametrize(("did", "place"), [
    ("did:web:uni.example", "https://uni.example/.well-known/did.json"),
    ("did:web:uni.example:issuers:7", "https://uni.example/issuers/7/did.json"),
    ("did:web:uni.example%3A8443", "https://uni.example:8443/.well-known/did.json"),
])
def test_a_did_is_asked_for_where_it_is_kept(did: str, place: str) -> None:
    request = only(did, EvidenceKind.DID_DOCUMENT)
    assert (request.wanted, request.places, request.purpose) == (did, (place,), Purpose.ISSUER_KEY)
    order = request.order(place)
    assert order.same_origin
    assert order.max_bytes == 256 * 1024


def test_an_https_issuer_is_asked_for_its_profile_and_then_for_its_metadata() -> None:
    request = only("https://uni.example/issuer", EvidenceKind.ISSUER_PROFILE)
    assert request.places == ("https://uni.example/issuer",
                              "https://uni.example/.well-known/jwt-vc-issuer/issuer")


@pytest.mark.parametrize(("address", "kind", "code"), [
    ("https://uni.example/context/v1", EvidenceKind.CONTEXT, ReasonCode.REQUEST_VOCABULARY),
    ("file:///etc/passwd", EvidenceKind.STATUS_LIST, ReasonCode.REQUEST_SCHEME),
    ("data:application/json,{}", EvidenceKind.STATUS_LIST, ReasonCode.REQUEST_SCHEME),
    ("javascript:alert(1)", EvidenceKind.ISSUER_PROFILE, ReasonCode.REQUEST_SCHEME),
    ("urn:uuid:5c0f", EvidenceKind.BADGE_RECORD, ReasonCode.REQUEST_SCHEME),
    ("http://uni.example/status/3", EvidenceKind.STATUS_LIST, ReasonCode.ADDRESS_INSECURE),
    ("https://", EvidenceKind.STATUS_LIST, ReasonCode.ADDRESS_UNREADABLE),
    ("https://[::1", EvidenceKind.STATUS_LIST, ReasonCode.ADDRESS_UNREADABLE),
    ("https://uni.example/" + "a" * 5000, EvidenceKind.STATUS_LIST, ReasonCode.ADDRESS_UNREADABLE),
    ("did:ion:abc", EvidenceKind.DID_DOCUMENT, ReasonCode.DID_UNSUPPORTED),
    ("did:web:127.0.0.1", EvidenceKind.DID_DOCUMENT, ReasonCode.DID_MALFORMED),
])
def test_what_is_never_asked_says_why(address: str, kind: EvidenceKind, code: ReasonCode) -> None:
    assert refusal(address, kind) is code
    assert askable(plan([need(address, kind)])) == ()


def test_a_badge_from_before_https_may_be_asked_for() -> None:
    request = only("http://uni.example/badge/1", EvidenceKind.BADGE_RECORD)
    assert request.refused is None
    assert request.order(request.places[0]).legacy_http


UUID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"


@pytest.mark.parametrize("address", [
    f"https://uni.example/status/{UUID}", f"https://uni.example/status?list={UUID.upper()}",
    "https://uni.example/status?credentialId=7", "https://uni.example/status?holder=maya",
    "https://uni.example/s/maya%40lind.example", "https://uni.example/status?t=9f86d081884c7d659a2f",
    "https://uni.example/s/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    f"https://{UUID}.uni.example/status", "https://uni.example/credentials/3732/status",
])
def test_a_list_for_one_person_is_not_asked_for(address: str) -> None:
    names = (UUID, "maya@lind.example", "/credentials/3732")
    assert refusal(address, EvidenceKind.STATUS_LIST, *names) is ReasonCode.REQUEST_TRACKING


@pytest.mark.parametrize("address", [
    LIST, "https://uni.example/status/2b7f9a52-90c2-4d5e-8a10-4b1f6f1f5b10", "https://uni.example/status?id=3",
    "https://uni.example/credentials/status/2025/1", "https://uni.example/lists?page=12&purpose=revocation",
    "https://digitalcredentials.github.io/credential-status-playground/JWZM3H8WKU",
    "https://raw.githubusercontent.com/a/b/refs/heads/main/src/status/e5WK8CbZ1GjycuPombrj",
])
def test_a_list_for_many_is(address: str) -> None:
    assert refusal(address, EvidenceKind.STATUS_LIST, UUID, "maya@lind.example") is None


def test_a_subject_called_after_the_host_marks_nobody() -> None:
    assert not tracks("https://northbridge.example/status/3", ("northbridge.example",))
    assert tracks("https://lists.example/northbridge.example", ("northbridge.example",))


def test_one_persons_mark_speaks_for_all_who_name_that_list() -> None:
    requests = plan([need(f"{LIST}/{UUID}"), need(f"{LIST}/{UUID}", EvidenceKind.STATUS_LIST, UUID)])
    assert [one.refused.code for one in requests if one.refused] == [ReasonCode.REQUEST_TRACKING]
    assert len(requests) == 1


def test_each_document_once_and_host_by_host() -> None:
    needs = [need(LIST), need(LIST), need("did:web:uni.example", EvidenceKind.DID_DOCUMENT),
             need("https://other.example/list"), need("file:///x")]
    requests = plan(needs)
    assert len(requests) == 4
    assert [(one.host, len(one.requests), one.purposes) for one in by_host(requests)] == [
        ("other.example", 1, (Purpose.STATUS_LIST,)),
        ("uni.example", 2, (Purpose.ISSUER_KEY, Purpose.STATUS_LIST))]


def test_names_of_a_credential_are_its_own() -> None:
    issuer = SimulatedIssuer("did:web")
    credential = credential_of(issuer.badge(subject_id="did:example:maya-lindqvist"))
    names = names_of(credential)
    assert credential.id in names
    assert credential.id.removeprefix("urn:uuid:") in names
    assert "maya-lindqvist" in names
    assert any(re.fullmatch("[0-9a-f]{64}", one) for one in names)
    assert not any(one in issuer.list_address() for one in names)


def test_what_is_missing_and_what_may_have_changed(contexts: Contexts) -> None:
    issuer = SimulatedIssuer("did:web")
    credential = credential_of(issuer.badge(entries=(issuer.entry(1),)))
    nothing = gather(credential, MemoryEvidence(()), contexts)
    assert {one.wanted.address for one in missing_needs(credential, nothing)} == {
        issuer.id, issuer.list_address()}
    home = "https://northbridge.example/.well-known/did.json"
    there = issuer.evidence() | {home: issuer.controller_document()}
    everything = MemoryEvidence(evidence_document(address, data, grade=Grade.SUPPLIED, source="test")
                                for address, data in there.items())
    full = gather(credential, everything, contexts)
    assert missing_needs(credential, full) == ()
    assert {one.wanted for one in plan(standing_needs(credential, full))} == {
        issuer.id, issuer.list_address()}


def test_metadata_that_answered_before_is_asked_first(contexts: Contexts) -> None:
    issuer = SimulatedIssuer("https-jwks")
    credential = credential_of(issuer.badge_jwt())
    metadata = "https://northbridge.example/.well-known/jwt-vc-issuer/issuer"
    document = {"issuer": issuer.id, "jwks": json.loads(issuer.controller_document())}
    kept = MemoryEvidence([evidence_document(metadata, json.dumps(document).encode(), grade=Grade.FETCHED,
                                             source="test")])
    (request,) = plan(standing_needs(credential, gather(credential, kept, contexts)))
    assert (request.wanted, request.places[0]) == (issuer.id, metadata)


@given(st.text(max_size=80), st.sampled_from(EvidenceKind), st.text(min_size=12, max_size=20))
def test_no_address_breaks_the_plan(address: str, kind: EvidenceKind, name: str) -> None:
    for start in ("", "https://uni.example/", "did:web:", "https://"):
        request = only(start + address, kind, name)
        assert request.refused is not None or request.host
