"""Check 6 with the lists of tokens: whose list, at which address, which value."""

from __future__ import annotations

import zlib
from datetime import timedelta
from typing import Any

import pytest

from tests.conftest import AT
from tests.simulators import sdjwt as sd_jwt
from tests.simulators.cose import cbor, cose_sign1
from tests.simulators.issuer import LISTED_AT, SimulatedIssuer
from tests.simulators.signing import JsonObject, base64url, compact_json, compact_jws
from tests.verify.desk import answer, attacker, documents, judged, row, university
from wallet.model.reasons import ReasonCode
from wallet.model.report import CheckId, Outcome, Report, Verdict


@pytest.fixture
def uni() -> SimulatedIssuer:
    return university()


LIST = "https://northbridge.example/lists/1"


def token_list(issuer: SimulatedIssuer, value: int, *, place: int = 7, bits: int = 2,
               typ: str = "statuslist+jwt", **claims: Any) -> bytes:
    """A list whose value at one place is this."""
    packed = bytearray(64)
    packed[place * bits // 8] |= value << place * bits % 8
    payload: JsonObject = {
        "sub": LIST, "iat": int(LISTED_AT.timestamp()),
        "status_list": {"bits": bits, "lst": base64url(zlib.compress(bytes(packed)))}} | claims
    return compact_jws(payload, issuer.key, {"typ": typ, "kid": issuer.method})


def list_message(issuer: SimulatedIssuer, value: int, *, place: int = 7, bits: int = 2,
                 typ: Any = "application/statuslist+cwt", **claims: Any) -> bytes:
    """The same list as a CWT: claims by their numbers, bits as they are."""
    packed = bytearray(64)
    packed[place * bits // 8] |= value << place * bits % 8
    stated = {"sub": LIST, "iat": int(LISTED_AT.timestamp()),
              "status_list": {"bits": bits, "lst": zlib.compress(bytes(packed))}} | claims
    numbers = {"iss": 1, "sub": 2, "exp": 4, "iat": 6, "status_list": 65533, "ttl": 65534}
    payload = cbor({numbers[name]: one for name, one in stated.items() if one is not None})
    return cose_sign1(payload, issuer.key, issuer.method, typ=typ, cty=None)


def pointing(issuer: SimulatedIssuer, place: int = 7) -> bytes:
    entry = {"status_list": {"idx": place, "uri": LIST}}
    return sd_jwt.issue(issuer, sd_jwt.claims(issuer, status=entry)).encode()


def against(issuer: SimulatedIssuer, data: bytes, served: bytes, **more: Any) -> Report:
    return judged(data, documents(issuer.evidence() | {LIST: served}), **more)


@pytest.mark.parametrize(("value", "outcome", "code", "verdict"), [
    (0, Outcome.PASSED, ReasonCode.STATUS_CLEAR, Verdict.VALID),
    (1, Outcome.FAILED, ReasonCode.STATUS_REVOKED, Verdict.REVOKED),
    (2, Outcome.FAILED, ReasonCode.STATUS_SUSPENDED, Verdict.SUSPENDED),
    (3, Outcome.UNDETERMINED, ReasonCode.STATUS_TYPE_UNKNOWN, Verdict.UNDETERMINED),
])
def test_the_values_of_a_list_of_tokens(uni: SimulatedIssuer, value: int, outcome: Outcome,
                                        code: ReasonCode, verdict: Verdict) -> None:
    report = against(uni, pointing(uni), token_list(uni, value))
    assert answer(report, CheckId.STATUS) == (outcome, code)
    assert report.verdict is verdict
    neighbour = against(uni, pointing(uni, 6), token_list(uni, value))
    assert answer(neighbour, CheckId.STATUS) == (Outcome.PASSED, ReasonCode.STATUS_CLEAR)


def test_a_badge_as_token_may_point_there_too(uni: SimulatedIssuer) -> None:
    payload = {**uni.badge_document(), "status": {"status_list": {"idx": 7, "uri": LIST}}}
    token = compact_jws(payload, uni.key, {"typ": "vc+jwt", "kid": uni.method})
    assert against(uni, token, token_list(uni, 1)).verdict is Verdict.REVOKED
    assert against(uni, token, token_list(uni, 0)).verdict is Verdict.VALID


@pytest.mark.parametrize(("value", "verdict"), [(0, Verdict.VALID), (1, Verdict.REVOKED)])
@pytest.mark.parametrize("beside", [{}, {"status": {"status_list": {"idx": 7, "uri": LIST}}}])
def test_a_badge_may_name_such_a_list_as_its_status(uni: SimulatedIssuer, value: int, verdict: Verdict,
                                                   beside: JsonObject) -> None:
    """As software writes it that issues Open Badges as tokens, with and without the claim beside it."""
    entry = {"id": LIST, "type": "statuslist+jwt", "uri": LIST, "idx": 7}
    payload = {**uni.badge_document(), "credentialStatus": entry, **beside}
    token = compact_jws(payload, uni.key, {"typ": "vc+jwt", "kid": uni.method})
    assert against(uni, token, token_list(uni, value)).verdict is verdict
    unread = {**payload, "credentialStatus": {"id": LIST, "type": "statuslist+jwt", "uri": LIST}}
    token = compact_jws(unread, uni.key, {"typ": "vc+jwt", "kid": uni.method})
    report = against(uni, token, token_list(uni, 0))
    assert answer(report, CheckId.STATUS) == (Outcome.UNDETERMINED, ReasonCode.STATUS_ENTRY_MALFORMED)


@pytest.mark.parametrize("version", ["2.0", "1.1"])
@pytest.mark.parametrize(("stated", "outcome", "code"), [
    ({"identifier_list": {"uri": LIST, "id": "7"}}, Outcome.UNDETERMINED, ReasonCode.STATUS_TYPE_UNKNOWN),
    ({}, Outcome.UNDETERMINED, ReasonCode.STATUS_TYPE_UNKNOWN),
    ([{"status_list": {"idx": 7, "uri": LIST}}], Outcome.UNDETERMINED, ReasonCode.STATUS_TYPE_UNKNOWN),
    (["active"], Outcome.NOT_APPLICABLE, ReasonCode.STATUS_NONE),
    ("active", Outcome.NOT_APPLICABLE, ReasonCode.STATUS_NONE)],
    ids=["another kind", "empty", "an array", "words", "a word"])
def test_a_kind_of_status_that_we_cannot_read_never_looks_like_none(
        uni: SimulatedIssuer, version: Any, stated: object, outcome: Outcome, code: ReasonCode) -> None:
    document = uni.badge_document(version=version)
    payload = {**document, "status": stated} if version == "2.0" else {"vc": document, "status": stated}
    token = compact_jws(payload, uni.key, {"typ": "JWT", "kid": uni.method})
    assert answer(judged(token, documents(uni.evidence())), CheckId.STATUS) == (outcome, code)


@pytest.mark.parametrize(("beside", "value", "code"), [
    ({"identifier_list": {"uri": LIST, "id": "07"}}, 0, ReasonCode.STATUS_TYPE_UNKNOWN),
    ({"identifier_list": {"uri": LIST, "id": "07"}}, 1, ReasonCode.STATUS_REVOKED),
    ({"identifier_list": [{"uri": LIST, "id": "07"}]}, 0, ReasonCode.STATUS_TYPE_UNKNOWN),
    ({"note": "kept for ten years"}, 0, ReasonCode.STATUS_CLEAR),
    ({"notes": ["kept", "for ten years"]}, 0, ReasonCode.STATUS_CLEAR)],
    ids=["open", "withdrawn", "open, in an array", "words", "words in an array"])
def test_a_mechanism_beside_a_list_counts_too(uni: SimulatedIssuer, beside: JsonObject, value: int,
                                              code: ReasonCode) -> None:
    stated = {"status_list": {"idx": 7, "uri": LIST}} | beside
    token = sd_jwt.issue(uni, sd_jwt.claims(uni, status=stated)).encode()
    status = row(against(uni, token, token_list(uni, value)), CheckId.STATUS)
    assert status.reason.code is code
    assert status.reason["type"] == ("identifier_list" if code is ReasonCode.STATUS_TYPE_UNKNOWN else "")


@pytest.mark.parametrize(("value", "verdict"), [(0, Verdict.VALID), (1, Verdict.REVOKED)])
def test_a_message_may_point_there_in_its_header(uni: SimulatedIssuer, value: int, verdict: Verdict) -> None:
    """Token Status List §6.3: the claim has a number of its own beside the payload."""
    claims = {65535: {"status_list": {"idx": 7, "uri": LIST}}}
    message = cose_sign1(compact_json(uni.badge_document()), uni.key, uni.method, protected={15: claims})
    assert against(uni, message, token_list(uni, value)).verdict is verdict


@pytest.mark.parametrize(("change", "because"), [
    ({"sub": "https://northbridge.example/lists/2"}, "quirk_list_id"),
    ({"typ": "JWT"}, "jwt_type"),
    ({"iss": "did:web:mallory.example"}, "key_not_authorised"),
    ({"iat": None}, "jwt_claim"),
])
def test_a_list_that_may_not_speak(uni: SimulatedIssuer, change: dict[str, Any], because: str) -> None:
    mallory = attacker("did:web")
    served = token_list(uni, 1, **change)
    report = judged(pointing(uni), documents(uni.evidence() | mallory.evidence() | {LIST: served}))
    assert answer(report, CheckId.STATUS) == (Outcome.UNDETERMINED, ReasonCode.STATUS_LIST_UNTRUSTED)
    assert row(report, CheckId.STATUS).reason["because"] == because


def test_a_list_of_tokens_by_somebody_else_or_ended(uni: SimulatedIssuer) -> None:
    forged = against(uni, pointing(uni), token_list(attacker("did:web"), 0))
    assert answer(forged, CheckId.STATUS) == (Outcome.UNDETERMINED, ReasonCode.STATUS_LIST_UNTRUSTED)
    ended = token_list(uni, 0, exp=int((AT - timedelta(days=1)).timestamp()))
    assert answer(against(uni, pointing(uni), ended), CheckId.STATUS) == (
        Outcome.UNDETERMINED, ReasonCode.STATUS_LIST_ENDED)
    withdrawn = token_list(uni, 1, exp=int((AT - timedelta(days=1)).timestamp()))
    assert against(uni, pointing(uni), withdrawn).verdict is Verdict.REVOKED
    outside = against(uni, pointing(uni, 256), token_list(uni, 0))
    assert answer(outside, CheckId.STATUS) == (Outcome.UNDETERMINED, ReasonCode.STATUS_INDEX)


@pytest.mark.parametrize(("value", "code", "verdict"), [
    (0, ReasonCode.STATUS_CLEAR, Verdict.VALID), (1, ReasonCode.STATUS_REVOKED, Verdict.REVOKED),
    (2, ReasonCode.STATUS_SUSPENDED, Verdict.SUSPENDED),
    (3, ReasonCode.STATUS_TYPE_UNKNOWN, Verdict.UNDETERMINED)])
def test_the_same_list_as_a_message(uni: SimulatedIssuer, value: int, code: ReasonCode,
                                    verdict: Verdict) -> None:
    """Token Status List §5.2: whoever keeps the list chooses the form, whatever the credential has."""
    report = against(uni, pointing(uni), list_message(uni, value))
    assert (row(report, CheckId.STATUS).reason.code, report.verdict) == (code, verdict)
    neighbour = against(uni, pointing(uni, 6), list_message(uni, value))
    assert answer(neighbour, CheckId.STATUS) == (Outcome.PASSED, ReasonCode.STATUS_CLEAR)
    assert row(report, CheckId.STATUS).evidence[0].dated == LISTED_AT


@pytest.mark.parametrize(("change", "because"), [
    ({"sub": "https://northbridge.example/lists/2"}, "quirk_list_id"),
    ({"typ": "application/cwt"}, "jwt_type"),
    ({"typ": None}, "jwt_type"),
    ({"iss": "did:web:mallory.example"}, "key_not_authorised"),
    ({"iat": None}, "jwt_claim"),
    ({"exp": "soon"}, "jwt_claim"),
    ({"status_list": None}, "status_list_malformed"),
    ({"status_list": {"bits": 3, "lst": b""}}, "status_list_malformed"),
])
def test_a_list_as_a_message_that_may_not_speak(uni: SimulatedIssuer, change: dict[str, Any],
                                                because: str) -> None:
    mallory = attacker("did:web")
    served = list_message(uni, 1, **change)
    report = judged(pointing(uni), documents(uni.evidence() | mallory.evidence() | {LIST: served}))
    assert answer(report, CheckId.STATUS)[0] is Outcome.UNDETERMINED
    found = row(report, CheckId.STATUS).reason
    assert because in (found["because"], found.code.value)


def test_a_list_as_a_message_by_somebody_else_changed_or_ended(uni: SimulatedIssuer) -> None:
    forged = against(uni, pointing(uni), list_message(attacker("did:web"), 0))
    assert answer(forged, CheckId.STATUS) == (Outcome.UNDETERMINED, ReasonCode.STATUS_LIST_UNTRUSTED)
    changed = list_message(uni, 0).replace(LIST.encode(), LIST[:-1].encode() + b"2")
    moved = against(uni, pointing(uni), changed)
    assert answer(moved, CheckId.STATUS) == (Outcome.UNDETERMINED, ReasonCode.STATUS_LIST_UNTRUSTED)
    ended = list_message(uni, 0, exp=int((AT - timedelta(days=1)).timestamp()))
    assert answer(against(uni, pointing(uni), ended), CheckId.STATUS) == (
        Outcome.UNDETERMINED, ReasonCode.STATUS_LIST_ENDED)
    good = list_message(uni, 0, exp=int((AT + timedelta(days=1)).timestamp()), ttl=43200)
    assert against(uni, pointing(uni), good).verdict is Verdict.VALID


def test_a_message_of_another_kind_is_no_list(uni: SimulatedIssuer) -> None:
    badge = cose_sign1(compact_json(uni.badge_document()), uni.key, uni.method)
    assert answer(against(uni, pointing(uni), badge), CheckId.STATUS)[0] is Outcome.UNDETERMINED


def test_a_token_without_a_name_stands_in_no_list_of_names(uni: SimulatedIssuer) -> None:
    document = {**uni.badge_document(), "credentialStatus": {"id": LIST, "type": "1EdTechRevocationList"}}
    served = compact_json({"revokedCredential": []})
    for kept, verdict in ((document, Verdict.VALID),
                          ({key: one for key, one in document.items() if key != "id"}, Verdict.UNDETERMINED)):
        report = against(uni, compact_jws(kept, uni.key, {"typ": "vc+jwt", "kid": uni.method}), served)
        assert report.verdict is verdict
    assert row(report, CheckId.STATUS).reason["because"] == "no_name"
