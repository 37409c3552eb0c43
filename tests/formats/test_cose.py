"""COSE as a credential or a presentation: what it names itself must be what it is."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from tests.simulators.cose import cose_sign1
from tests.simulators.issuer import V2, SimulatedIssuer
from tests.simulators.signing import compact_json
from tests.verify.desk import answer, documents, judged, note_codes, row
from wallet.formats.parse import parse
from wallet.model.credential import Credential, CredentialFormat, Presentation, Securing
from wallet.model.errors import FormatError
from wallet.model.reasons import ReasonCode
from wallet.model.report import CheckId, Outcome, Report, Verdict

ISSUER = SimulatedIssuer("did:web")


def message(**changes: Any) -> bytes:
    return cose_sign1(compact_json(ISSUER.badge_document()), ISSUER.key, ISSUER.method, **changes)


def pack(*items: str) -> bytes:
    return compact_json({
        "@context": [V2], "type": ["VerifiablePresentation"], "holder": ISSUER.id,
        "verifiableCredential": [{"@context": V2, "type": "EnvelopedVerifiableCredential", "id": one}
                                 for one in items]})


@pytest.mark.parametrize("data", [message(), base64.b64encode(message()),
                                  base64.urlsafe_b64encode(message()).rstrip(b"=") + b"\n"])
def test_a_badge_in_bytes_and_in_text(data: bytes) -> None:
    found = parse(data)
    assert isinstance(found, Credential)
    assert (found.format, found.securing) == (CredentialFormat.OPEN_BADGE_3, Securing.COSE)
    assert (found.problems, found.title) == ((), "Data Analysis Foundations")
    assert found.original.data == data


def test_a_message_is_judged_like_any_other_seal() -> None:
    evidence = documents(ISSUER.evidence())
    report = judged(message(), evidence)
    assert report.verdict is Verdict.VALID
    assert answer(report, CheckId.PROOF) == (Outcome.PASSED, ReasonCode.PROOF_OK)
    changed = message().replace(b"Data Analysis", b"Data Anarchis")
    assert answer(judged(changed, evidence), CheckId.PROOF)[1] is ReasonCode.SIGNATURE_WRONG
    assert answer(judged(message()), CheckId.KEY_AUTHORITY)[1] is ReasonCode.KEY_UNKNOWN
    stranger = SimulatedIssuer("did:key", seed="mallory")
    forged = cose_sign1(compact_json(ISSUER.badge_document()), stranger.key, stranger.method)
    assert answer(judged(forged, evidence), CheckId.KEY_AUTHORITY) == (
        Outcome.FAILED, ReasonCode.KEY_NOT_AUTHORISED)
    hmac = judged(message(protected={1: 5}), evidence)
    assert answer(hmac, CheckId.STRUCTURE) == (Outcome.FAILED, ReasonCode.ALGORITHM_REFUSED)


@pytest.mark.parametrize("changes", [
    {"typ": "application/vp+cose"}, {"typ": "application/cwt"}, {"typ": 61}, {"cty": "application/vp"},
    {"cty": "application/json"},
])
def test_a_message_that_names_itself_something_else(changes: dict[str, Any]) -> None:
    found = parse(message(**changes))
    assert isinstance(found, Credential)
    assert [one.code for one in found.problems] == [ReasonCode.JWT_TYPE]


def test_names_may_be_left_out() -> None:
    found = parse(message(typ=None, cty=None, protected={3: None, 16: None}))
    assert isinstance(found, Credential)
    assert found.problems == ()


def test_a_presentation_with_a_message_inside() -> None:
    inner = "data:application/vc+cose;base64," + base64.b64encode(message()).decode()
    data = cose_sign1(pack(inner), ISSUER.key, ISSUER.method, typ="application/vp+cose", cty="application/vp")
    found = parse(data)
    assert isinstance(found, Presentation)
    assert (found.securing, found.problems) == (Securing.COSE, ())
    item, = found.credentials
    assert isinstance(item, Credential)
    assert item.securing is Securing.COSE
    served = {address: _both_purposes(one) for address, one in ISSUER.evidence().items()}
    report = judged(data, documents(served))
    assert (report.verdict, report.items[0].verdict) == (Verdict.VALID, Verdict.VALID)


def _both_purposes(document: bytes) -> bytes:
    found = json.loads(document)
    return compact_json({**found, "authentication": found["assertionMethod"]})


def test_a_payload_that_is_neither() -> None:
    with pytest.raises(FormatError) as caught:
        parse(cose_sign1(b'{"a":1}', ISSUER.key, ISSUER.method))
    assert caught.value.reason.code is ReasonCode.FORMAT_UNKNOWN


CLAIMS = {1: ISSUER.id, 4: 1_900_000_000, 5: 1_700_000_000, 6: 1_700_000_000}  # RFC 8392 §4


def claiming(**claims: Any) -> bytes:
    numbers = {"iss": 1, "sub": 2, "exp": 4, "nbf": 5}
    changed = {**CLAIMS, **{numbers[name]: value for name, value in claims.items()}}
    return message(protected={15: {label: one for label, one in changed.items() if one is not None}})


def test_claims_of_the_header_that_agree_change_nothing() -> None:
    report = judged(claiming(), documents(ISSUER.evidence()))
    assert report.verdict is Verdict.VALID
    assert judged(message(), documents(ISSUER.evidence())).verdict is Verdict.VALID


def test_an_end_in_the_header_counts() -> None:
    ended = judged(claiming(exp=1_750_000_000), documents(ISSUER.evidence()))
    assert ended.verdict is Verdict.EXPIRED
    early = judged(claiming(nbf=1_890_000_000), documents(ISSUER.evidence()))
    assert early.verdict is Verdict.NOT_YET_VALID


@pytest.mark.parametrize("claims", [{"iss": "did:web:elsewhere.example"}, {"iss": 7}, {"exp": b"soon"},
                                    {"exp": 1_600_000_000}], ids=["issuer", "number", "bytes", "order"])
def test_claims_of_the_header_that_contradict_are_malformed(claims: dict[str, Any]) -> None:
    report = judged(claiming(**claims), documents(ISSUER.evidence()))
    assert report.verdict is Verdict.MALFORMED


def test_claims_that_are_no_map_are_malformed() -> None:
    assert judged(message(protected={15: [1]}), documents(ISSUER.evidence())).verdict is Verdict.MALFORMED


def test_an_end_in_the_header_of_a_presentation_counts() -> None:
    found = parse(cose_sign1(pack(), ISSUER.key, ISSUER.method, typ="application/vp+cose",
                             cty="application/vp"))
    assert isinstance(found, Presentation)
    assert found.expires is None
    ending = parse(cose_sign1(pack(), ISSUER.key, ISSUER.method, typ="application/vp+cose",
                              cty="application/vp", protected={15: {4: 1_750_000_000}}))
    assert isinstance(ending, Presentation)
    assert ending.expires is not None
    assert ending.expires.year == 2025


def test_a_presentation_answers_in_its_own_header_and_never_in_a_proof_inside() -> None:
    named = {15: {3: "https://harbor.example", 10: b"n-7Q"}}
    asked: dict[str, Any] = {"challenge": "n-7Q", "domain": "https://harbor.example"}
    inner = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "proofPurpose": "authentication",
             "verificationMethod": "did:web:elsewhere.example#key-1", "proofValue": "z1",
             "challenge": "n-7Q", "domain": "https://harbor.example", "expires": "2020-01-01T00:00:00Z"}
    served = documents({address: _both_purposes(one) for address, one in ISSUER.evidence().items()})

    def shown(protected: dict[int, Any], **members: Any) -> Report:
        payload = compact_json({**json.loads(pack()), **members})
        return judged(cose_sign1(payload, ISSUER.key, ISSUER.method, typ="application/vp+cose",
                                 cty="application/vp", protected=protected), served, **asked)

    assert answer(shown(named), CheckId.BINDING) == (Outcome.PASSED, ReasonCode.CHALLENGE_MATCHES)
    named[15][10] = "n-7Q"
    assert shown(named).verdict is Verdict.VALID
    assert answer(shown({}, proof=inner), CheckId.BINDING) == (Outcome.FAILED, ReasonCode.CHALLENGE_WRONG)
    both = shown(named, proof=inner)
    assert both.verdict is Verdict.VALID
    assert note_codes(row(both, CheckId.PROOF)) == [ReasonCode.FOREIGN_PROOF_UNKNOWN]
