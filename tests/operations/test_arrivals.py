"""What came over the network: what of it is taken, and what is refused with its reason."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ASSETS, AT
from tests.operations.conftest import Clock
from tests.operations.connected import ask_again, codes, connect, keep, place_of, publish
from tests.operations.test_batch import run
from tests.simulators.issuer import LISTED_AT, SimulatedIssuer
from tests.simulators.signing import compact_json
from tests.simulators.web import SimulatedWeb
from tests.verify.checks.test_status_tokens import LIST, list_message, token_list
from wallet.codec.linked_data.contexts import Contexts
from wallet.model.evidence import EvidenceKind, Grade, Verified
from wallet.model.network import Fetched, Purpose
from wallet.model.reasons import ReasonCode
from wallet.model.report import Verdict
from wallet.operations.arrivals import Arrival, Refusal, key_set_address, received
from wallet.operations.checking import Desk
from wallet.operations.online import fetch_wanted
from wallet.operations.requests import Need, Request, plan
from wallet.operations.session import Session
from wallet.trust.issuer_keys import wanted_document

DESK = Desk(Contexts.pinned(ASSETS / "contexts"))
KINDS = {Purpose.ISSUER_KEY: EvidenceKind.DID_DOCUMENT, Purpose.STATUS_LIST: EvidenceKind.STATUS_LIST,
         Purpose.BADGE_RECORD: EvidenceKind.BADGE_RECORD}


def take(address: str, data: bytes, purpose: Purpose, *, secure: bool = True,
         unchanged: bool = False) -> Arrival | Refusal:
    request = Request(address, KINDS[purpose], (address,), "uni.example", purpose)
    fetched = Fetched(address, address, "uni.example", data, etag='"1"', secure=secure, unchanged=unchanged)
    return received(request, address, fetched, None, DESK, AT)


@pytest.mark.parametrize("form", ["token", "message"])
def test_a_list_of_tokens_is_kept_in_either_form(form: str) -> None:
    made = {"token": token_list, "message": list_message}[form]
    issuer = SimulatedIssuer("did:web")
    taken = take(LIST, made(issuer, 1), Purpose.STATUS_LIST)
    assert isinstance(taken, Arrival)
    assert (taken.document.kind, taken.document.valid_from) == (EvidenceKind.STATUS_LIST, LISTED_AT)
    refused = take(LIST, made(issuer, 1, typ="JWT"), Purpose.STATUS_LIST)
    assert isinstance(refused, Refusal)


@pytest.mark.parametrize("other", ["did:web:evil.example", "did:web:northbridge.example:students"])
def test_a_document_that_names_somebody_else_is_refused(session: Session, issuer: SimulatedIssuer,
                                                        other: str) -> None:
    web = SimulatedWeb()
    document = json.loads(issuer.controller_document()) | {"id": other}
    web.put(place_of(issuer.id), document)
    door = connect(session, web)
    ids = keep(session, issuer.badge())
    summary = fetch_wanted(session, ids, door)
    assert codes(summary) == {ReasonCode.ANSWER_OTHER_ID}
    assert session.kept.all() == ()
    publish(web, issuer)  # the twin
    assert fetch_wanted(session, ids, door).kept
    assert session.vault.get(ids[0]).report.verdict is Verdict.VALID


def test_a_key_document_from_another_origin_is_refused(session: Session, issuer: SimulatedIssuer) -> None:
    web = SimulatedWeb()
    place = place_of(issuer.id)
    web.put(place, issuer.controller_document(), final_address="https://evil.example/did.json")
    door = connect(session, web)
    ids = keep(session, issuer.badge())
    assert codes(fetch_wanted(session, ids, door)) == {ReasonCode.REDIRECT_ELSEWHERE}
    web.put(place, issuer.controller_document(), final_address="https://northbridge.example/did.json")
    assert fetch_wanted(session, ids, door).kept


@pytest.mark.parametrize("inline", [True, False])
def test_an_https_issuer_answers_by_its_metadata(session: Session, *, inline: bool) -> None:
    issuer = SimulatedIssuer("https-jwks")
    keys = json.loads(issuer.controller_document())
    metadata = {"issuer": issuer.id, "jwks": keys} if inline else {
        "issuer": issuer.id, "jwks_uri": "https://northbridge.example/keys.json"}
    web = SimulatedWeb({"https://northbridge.example/.well-known/jwt-vc-issuer/issuer": metadata,
                        "https://northbridge.example/keys.json": keys})
    web.put(issuer.id, b"<html>Welcome</html>", "text/html")
    door = connect(session, web)
    ids = keep(session, issuer.badge_jwt())
    assert fetch_wanted(session, ids, door).kept
    assert session.vault.get(ids[0]).report.verdict is Verdict.VALID


def test_a_key_set_stands_beside_a_silent_profile_and_replaces_what_the_metadata_held(
        session: Session, clock: Clock) -> None:
    """It was kept as a version of the profile: what the metadata listed before still counted."""
    issuer = SimulatedIssuer("https-jwks")
    place, keys = "https://northbridge.example/.well-known/jwt-vc-issuer/issuer", "https://keys.example/set"
    before = json.loads(issuer.controller_document())
    web = SimulatedWeb({issuer.id: {"id": issuer.id, "type": "Profile", "name": issuer.name},
                        place: {"issuer": issuer.id, "jwks": before}})
    door = connect(session, web)
    old = issuer.badge_jwt(number=1)
    issuer.rotate()
    ids = keep(session, old)
    assert fetch_wanted(session, ids, door).kept
    assert session.vault.get(ids[0]).report.verdict is Verdict.VALID
    clock.now += timedelta(days=1)
    web.put(place, json.dumps({"issuer": issuer.id, "jwks_uri": keys}).encode(), "application/json")
    web.put(keys, issuer.controller_document(), "application/json")
    needs = [Need(wanted_document(issuer.id, EvidenceKind.ISSUER_PROFILE))]
    (asked,), _ = run(session, door, plan(needs))
    assert asked.document is not None
    assert asked.document.address == place
    assert asked.change is not None
    assert asked.change.issuer_id == issuer.id
    later = keep(session, issuer.badge_jwt(number=2), SimulatedIssuer("https-jwks").badge_jwt(number=3))
    verdicts = [session.vault.get(one).report.verdict for one in later]
    assert verdicts == [Verdict.VALID, Verdict.UNDETERMINED]  # the other by the key that was given up


def test_metadata_for_another_issuer_is_refused(session: Session) -> None:
    issuer = SimulatedIssuer("https-jwks")
    keys = json.loads(issuer.controller_document())
    for metadata in ({"issuer": "https://evil.example", "jwks": keys},
                     {"issuer": "https://evil.example", "jwks_uri": "https://evil.example/keys"}):
        web = SimulatedWeb({"https://northbridge.example/.well-known/jwt-vc-issuer/issuer": metadata,
                            "https://evil.example/keys": keys})
        door = connect(session, web)
        ids = keep(session, issuer.badge_jwt())
        assert not fetch_wanted(session, ids, door).kept
        assert session.vault.get(ids[0]).report.verdict is Verdict.UNDETERMINED


def test_an_older_list_never_takes_the_place_of_a_newer_one(session: Session, issuer: SimulatedIssuer,
                                                            clock: Clock) -> None:
    older = issuer.status_list(listed=LISTED_AT - timedelta(days=30))
    issuer.revoke(7)
    web = SimulatedWeb()
    badge = issuer.badge(entries=(issuer.entry(7),))
    publish(web, issuer)
    door = connect(session, web)
    ids = keep(session, badge)
    fetch_wanted(session, ids, door)
    assert session.vault.get(ids[0]).report.verdict is Verdict.REVOKED
    web.put(issuer.list_address(), older)
    clock.now = AT + timedelta(days=1)
    summary = ask_again(session, badge)
    assert codes(summary) == {ReasonCode.ANSWER_OLDER}
    assert len(session.kept.documents(issuer.list_address())) == 1
    newer = issuer.status_list(listed=LISTED_AT + timedelta(days=3))  # the twin
    web.put(issuer.list_address(), newer)
    assert codes(ask_again(session, badge)) == set()
    assert len(session.kept.documents(issuer.list_address())) == 2


def test_a_list_with_a_broken_seal_is_not_kept(session: Session, issuer: SimulatedIssuer) -> None:
    web = SimulatedWeb()
    badge = issuer.badge(entries=(issuer.entry(7),))
    publish(web, issuer)
    document = json.loads(issuer.status_list())
    web.put(issuer.list_address(), compact_json(document | {"validFrom": "2026-11-20T00:00:00Z"}))
    door = connect(session, web)
    ids = keep(session, badge)
    summary = fetch_wanted(session, ids, door)
    assert codes(summary) == {ReasonCode.ANSWER_UNUSABLE}
    assert summary.failed[0].reason
    assert summary.failed[0].reason["because"] == ReasonCode.SIGNATURE_WRONG.value
    assert session.kept.documents(issuer.list_address()) == ()
    assert session.kept.documents(issuer.id)


@pytest.mark.parametrize(("secure", "grade"), [(False, Grade.FETCHED_PLAIN), (True, Grade.FETCHED)])
def test_a_record_that_came_without_protection_is_no_fetched_one(grade: Grade, *, secure: bool) -> None:
    data = b'{"type": "Assertion", "id": "http://old.example/badge/1"}'
    arrival = take("http://old.example/badge/1", data, Purpose.BADGE_RECORD, secure=secure)
    assert isinstance(arrival, Arrival)
    assert (arrival.document.grade, arrival.etag) == (grade, '"1"')


def test_a_list_that_holds_says_so(session: Session, issuer: SimulatedIssuer) -> None:
    web = SimulatedWeb()
    badge = issuer.badge(entries=(issuer.entry(7),))
    publish(web, issuer)
    door = connect(session, web)
    fetch_wanted(session, keep(session, badge), door)
    (document,) = session.kept.documents(issuer.list_address())
    assert Verified.OWN_SEAL in document.verified


@pytest.mark.parametrize(("data", "purpose"), [
    (b'{"@context": {"a": "https://a.example/"}}', Purpose.BADGE_RECORD),
    (b'{"@context": {"a": "https://a.example/"}}', Purpose.ISSUER_KEY),
    (b"<html></html>", Purpose.BADGE_RECORD), (b"", Purpose.ISSUER_KEY), (b"[]", Purpose.ISSUER_KEY),
    (b'{"id": "https://uni.example/x"}', Purpose.STATUS_LIST),
    (b'{"error": "not found"}', Purpose.STATUS_LIST), (b'{"a": 1}', Purpose.ISSUER_KEY),
    (b'{"type": "BitstringStatusListCredential"}', Purpose.STATUS_LIST),
    (b'{"type": ["VerifiableCredential", "BitstringStatusListCredential"], "id": 1}', Purpose.STATUS_LIST),
])
def test_what_is_something_else_is_refused(data: bytes, purpose: Purpose) -> None:
    refused = take("https://uni.example/x", data, purpose)
    assert isinstance(refused, Refusal)
    assert refused.reason.code in (ReasonCode.ANSWER_UNUSABLE, ReasonCode.REQUEST_VOCABULARY,
                                   ReasonCode.ANSWER_OTHER_ID)


def test_a_list_that_nobody_seals_is_taken_as_its_hosts_word() -> None:
    plain = take("https://uni.example/revoked", b'{"revokedAssertions": ["urn:1"]}', Purpose.STATUS_LIST)
    assert isinstance(plain, Arrival)
    assert plain.document.kind is EvidenceKind.REVOCATION_LIST
    older = take("https://uni.example/revoked", b'{"qp8g1s": "Issued in error"}', Purpose.STATUS_LIST)
    assert isinstance(older, Arrival)


def test_unchanged_without_a_version_at_hand_is_a_broken_answer() -> None:
    refused = take("https://uni.example/x", b"", Purpose.STATUS_LIST, unchanged=True)
    assert isinstance(refused, Refusal)
    assert refused.reason.code is ReasonCode.ANSWER_BROKEN


@given(st.binary(max_size=200), st.sampled_from(sorted(KINDS)))
def test_no_answer_breaks_anything(data: bytes, purpose: Purpose) -> None:
    assert isinstance(take("https://uni.example/x", data, purpose), Arrival | Refusal)


@pytest.mark.parametrize("keys", ["http://uni.example/keys", "file:///keys", "https://", 7, None])
def test_keys_are_looked_for_on_the_protected_web_only(keys: object) -> None:
    issuer, place = "https://uni.example", "https://uni.example/.well-known/jwt-vc-issuer"
    request = Request(issuer, EvidenceKind.ISSUER_PROFILE, (issuer, place), "uni.example", Purpose.ISSUER_KEY)
    for value, found in ((keys, ""), ("https://uni.example/keys", "https://uni.example/keys")):
        data = json.dumps({"issuer": issuer, "jwks_uri": value}).encode()
        assert key_set_address(request, Fetched(place, place, "uni.example", data)) == found
