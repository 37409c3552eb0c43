"""Which recipe opens a seal, and what is said where there is none."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from tests.simulators.cose import cose_sign1
from tests.simulators.signing import JsonObject, SigningKey, base64url, compact_json, compact_jws
from tests.verify.desk import answer, documents, judged, note_codes, row, university
from wallet.formats.parse import parse
from wallet.model.credential import Credential, Presentation
from wallet.model.headline import headline_code
from wallet.model.reasons import ReasonCode, reason
from wallet.model.report import CheckId, HeadlineCode, Outcome, Report, Verdict
from wallet.trust.issuer_keys import Relationship
from wallet.verify.seal import is_unsigned, meaningless, party_of

ISSUER = university()


def shown(**members: object) -> Presentation:
    document = {"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiablePresentation"],
                "verifiableCredential": [json.loads(ISSUER.badge())], **members}
    found = parse(json.dumps(document).encode())
    assert isinstance(found, Presentation)
    return found


def test_a_credential_is_its_issuers() -> None:
    assert party_of(parse(ISSUER.badge())) == (ISSUER.id, Relationship.ASSERTION)


@pytest.mark.parametrize(("members", "party"), [
    ({"holder": "did:web:a.example"}, "did:web:a.example"), ({}, ""),
    ({"proof": {"type": "X", "verificationMethod": "did:web:b.example#k"}}, "did:web:b.example"),
    ({"proof": {"type": "X", "verificationMethod": "k"}}, ""),
    ({"holder": "did:web:a.example", "proof": {"verificationMethod": "did:web:b.example#k"}},
     "did:web:a.example")])
def test_a_presentation_is_its_holders_or_its_signers(members: dict[str, object], party: str) -> None:
    assert party_of(shown(**members)) == (party, Relationship.AUTHENTICATION)


def test_only_what_should_have_a_seal_lacks_one() -> None:
    assert not is_unsigned(parse(ISSUER.badge()))
    assert is_unsigned(parse(json.dumps(ISSUER.badge_document()).encode()))
    assert is_unsigned(shown())
    record = {"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "https://a.example/1"}
    hosted = parse(json.dumps(record).encode())
    assert isinstance(hosted, Credential)
    assert not is_unsigned(hosted)


def test_a_row_that_means_nothing_says_why() -> None:
    check = meaningless(CheckId.STATUS, reason(ReasonCode.SIGNATURE_WRONG))
    assert (check.outcome, check.reason["because"]) == (Outcome.UNDETERMINED, "signature_wrong")


@pytest.mark.parametrize(("year", "noted"), [("2030", True), ("2026", False)])
def test_a_token_dated_in_the_future_is_pointed_out(year: str, noted: bool) -> None:
    issued = int(datetime.fromisoformat(f"{year}-01-01T00:00:00Z").timestamp())
    token = compact_jws({**ISSUER.badge_document(), "iat": issued}, ISSUER.key,
                        {"typ": "vc+jwt", "kid": ISSUER.method})
    report = judged(token, documents(ISSUER.evidence()))
    assert report.verdict is Verdict.VALID
    assert (ReasonCode.PROOF_FROM_FUTURE in note_codes(row(report, CheckId.PROOF))) is noted


@pytest.mark.parametrize(("year", "noted"), [("2030", True), ("2026", False)])
def test_a_message_dated_in_the_future_is_pointed_out_too(year: str, noted: bool) -> None:
    issued = int(datetime.fromisoformat(f"{year}-01-01T00:00:00Z").timestamp())
    message = cose_sign1(compact_json(ISSUER.badge_document()), ISSUER.key, ISSUER.method,
                         protected={15: {6: issued}})
    report = judged(message, documents(ISSUER.evidence()))
    assert report.verdict is Verdict.VALID
    assert (ReasonCode.PROOF_FROM_FUTURE in note_codes(row(report, CheckId.PROOF))) is noted


@pytest.mark.parametrize(("year", "outcome"), [("2024", Outcome.PASSED), ("2026", Outcome.FAILED),
                                               ("", Outcome.UNDETERMINED)])
def test_a_message_by_a_key_that_has_ended_counts_by_its_own_date(year: str, outcome: Outcome) -> None:
    """As a token does: what says that it is older than the end of its key stays good, with a note."""
    moment = datetime.fromisoformat(f"{year}-01-01T00:00:00Z") if year else None
    document = ISSUER.badge_document() | {"validFrom": "2024-01-01T00:00:00Z"}
    message = cose_sign1(compact_json(document), ISSUER.key, ISSUER.method,
                         protected={15: {6: int(moment.timestamp())} if moment else None})
    told = json.loads(ISSUER.controller_document())
    for method in told["verificationMethod"]:
        method["expires"] = "2025-01-01T00:00:00Z"
    report = judged(message, documents({ISSUER.id: compact_json(told)}))
    assert row(report, CheckId.KEY_AUTHORITY).outcome is outcome


# --- keys that cannot be used here ---

_COORDINATE = base64url(bytes(32))
FOREIGN: JsonObject = {"kty": "EC", "crv": "secp256k1", "x": _COORDINATE, "y": _COORDINATE}
MALLORY = SigningKey("EdDSA", "mallory")


def token(key: SigningKey, header: JsonObject, issuer_id: str = ISSUER.id) -> bytes:
    document = ISSUER.badge_document()
    return compact_jws({**document, "issuer": {**document["issuer"], "id": issuer_id}}, key, header)


def against(data: bytes, *listed: JsonObject) -> Report:
    """Judge where the issuer's own document lists these keys beside its own."""
    served = {address: json.loads(text) for address, text in ISSUER.evidence().items()}
    for number, jwk in enumerate(listed):
        served[ISSUER.id]["assertionMethod"].append({
            "id": f"#other-{number}", "type": "JsonWebKey", "controller": ISSUER.id, "publicKeyJwk": jwk})
    return judged(data, documents({address: compact_json(text) for address, text in served.items()}))


@pytest.mark.parametrize("fragment", ["#0", ""], ids=["named", "not named"])
def test_a_kind_of_key_that_is_its_own_name_is_said_to_be_beyond_us(fragment: str) -> None:
    """Nobody is offline here, and nothing that could be asked for would help."""
    own = "did:jwk:" + base64url(compact_json(FOREIGN))
    report = judged(token(MALLORY, {"alg": "ES256K"} | ({"kid": own + fragment} if fragment else {}), own))
    assert answer(report, CheckId.PROOF) == (Outcome.UNDETERMINED, ReasonCode.KEY_UNSUPPORTED)
    assert (report.verdict, headline_code(report)) == (Verdict.UNDETERMINED, HeadlineCode.UNSUPPORTED)
    assert report.wanted == ()


@pytest.mark.parametrize(("header", "code"), [
    ({"jwk": FOREIGN}, ReasonCode.KEY_UNSUPPORTED), ({"x5c": ["AAAA"]}, ReasonCode.KEY_MALFORMED),
    ({"jwk": {"kty": "OKP"}}, ReasonCode.KEY_UNSUPPORTED)], ids=["another curve", "no certificate", "no key"])
def test_a_key_that_cannot_be_read_is_nobodys(header: JsonObject, code: ReasonCode) -> None:
    report = against(token(MALLORY, header))
    assert answer(report, CheckId.PROOF) == (Outcome.UNDETERMINED, code)
    assert answer(report, CheckId.KEY_AUTHORITY)[0] is Outcome.UNDETERMINED
    assert report.verdict is Verdict.UNDETERMINED
    readable = against(token(MALLORY, {"jwk": MALLORY.jwk}))
    assert answer(readable, CheckId.KEY_AUTHORITY) == (Outcome.FAILED, ReasonCode.KEY_NOT_AUTHORISED)


def test_a_hint_that_leads_nowhere_may_mean_a_listed_key_that_cannot_be_used() -> None:
    data = token(MALLORY, {"kid": "2024-A"})
    open_ = against(data, FOREIGN)
    assert answer(open_, CheckId.PROOF) == (Outcome.UNDETERMINED, ReasonCode.KEY_UNSUPPORTED)
    assert answer(open_, CheckId.KEY_AUTHORITY) == (Outcome.UNDETERMINED, ReasonCode.KEY_UNKNOWN)
    assert answer(against(data), CheckId.KEY_AUTHORITY) == (Outcome.FAILED, ReasonCode.KEY_NOT_AUTHORISED)
    assert against(token(ISSUER.key, {"kid": "2024-A"}), FOREIGN).verdict is Verdict.VALID


def test_of_a_seal_that_nobody_could_open_it_is_not_said_who_made_it() -> None:
    """The issuer lists the key it names; that key is of a kind we cannot use."""
    told = json.loads(ISSUER.controller_document())
    told["verificationMethod"] = [{"id": ISSUER.method, "type": "JsonWebKey", "controller": ISSUER.id,
                                   "publicKeyJwk": FOREIGN}]
    report = judged(ISSUER.badge(), documents({ISSUER.id: compact_json(told)}))
    assert answer(report, CheckId.PROOF) == (Outcome.UNDETERMINED, ReasonCode.KEY_UNSUPPORTED)
    assert answer(report, CheckId.KEY_AUTHORITY) == (Outcome.UNDETERMINED, ReasonCode.NOT_MEANINGFUL)
    assert (report.verdict, headline_code(report)) == (Verdict.UNDETERMINED, HeadlineCode.UNSUPPORTED)
    assert answer(judged(ISSUER.badge(), documents(ISSUER.evidence())), CheckId.KEY_AUTHORITY) == (
        Outcome.PASSED, ReasonCode.KEY_AUTHORISED)
