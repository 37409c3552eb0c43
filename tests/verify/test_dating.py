"""Dates that a thing states of itself: the latest of them, whatever its kind, and never an error."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.simulators import sdjwt
from tests.simulators.cose import cbor, cose_sign1
from tests.simulators.issuer import SEALED_AT
from tests.simulators.signing import JsonObject, compact_json, compact_jws
from tests.verify.desk import edited, university
from wallet.codec.encoding import split_jws
from wallet.formats.parse import parse
from wallet.model.credential import CompactJws, CoseSign1, Credential, Presentation
from wallet.verify.dating import issued_at, latest_date, message_issued_at

ISSUER = university()
LATER = datetime(2026, 9, 1, tzinfo=UTC)


def issued(moment: object) -> CompactJws:
    return split_jws(compact_jws({"iat": moment}, ISSUER.key, {}).decode())


def test_the_latest_of_seal_and_content_counts() -> None:
    assert latest_date(parse(ISSUER.badge())) == SEALED_AT
    assert latest_date(parse(ISSUER.badge(created=LATER))) == LATER
    assert latest_date(parse(ISSUER.badge(valid_from=LATER))) == LATER


def test_a_token_says_it_in_a_claim_of_its_own() -> None:
    assert latest_date(parse(ISSUER.badge_jwt())) == SEALED_AT
    payload = ISSUER.badge_document() | {"iat": int(LATER.timestamp())}
    token = compact_jws(payload, ISSUER.key, {"typ": "vc+jwt", "kid": ISSUER.method})
    assert latest_date(parse(token)) == LATER
    shown = sdjwt.issue(ISSUER, sdjwt.claims(ISSUER, iat=int(LATER.timestamp())))
    assert latest_date(parse(shown.encode())) == LATER


@pytest.mark.parametrize(("header", "claims", "stated"), [
    ({"sigT": "2026-09-01T00:00:00Z", "crit": ["sigT"]}, {}, LATER),
    ({"iat": int(LATER.timestamp())}, {}, LATER),
    ({"sigT": "2026-09-01T00:00:00Z", "iat": int(LATER.timestamp())}, {}, LATER),
    ({"sigT": "2026-09-01T00:00:00Z", "iat": 7}, {}, None),
    ({"sigT": "yesterday"}, {}, None),
    ({"sigT": "2026-01-01T00:00:00Z"}, {"iat": int(LATER.timestamp())}, LATER)])
def test_an_electronic_seal_says_it_in_its_header(header: JsonObject, claims: JsonObject,
                                                  stated: datetime | None) -> None:
    """ETSI TS 119 182-1 §5.1.11 and §5.2.1, in the compact form."""
    assert issued_at(split_jws(compact_jws(claims, ISSUER.key, header).decode())) == stated


@pytest.mark.parametrize("moment", [True, "2026-09-01", -1, 1e15, None], ids=str)
def test_a_moment_that_is_none_is_not_stated(moment: object) -> None:
    assert issued_at(issued(moment)) is None
    assert issued_at(issued(LATER.timestamp())) == LATER
    assert issued_at(issued(0)) == datetime(1970, 1, 1, tzinfo=UTC)


def message(claims: object) -> CoseSign1:
    found = parse(cose_sign1(compact_json(ISSUER.badge_document()), ISSUER.key, ISSUER.method,
                             protected={15: claims}))
    assert isinstance(found, Credential)
    assert found.cose is not None
    return found.cose


def test_a_message_says_it_in_a_claim_of_its_header_or_of_its_payload() -> None:
    assert message_issued_at(message({6: int(LATER.timestamp())})) == LATER
    assert message_issued_at(message({1: ISSUER.id})) is None
    assert message_issued_at(message(None)) is None
    for moment in (-1, "2026-09-01", 10**15, [1]):
        assert message_issued_at(message({6: moment})) is None
    listed = cose_sign1(cbor({2: "https://a.example/1", 6: int(LATER.timestamp())}), ISSUER.key, "",
                        typ="application/statuslist+cwt", cty=None)
    found = parse(listed)
    assert latest_date(found) == LATER
    assert isinstance(found, Credential)
    assert found.cose is not None
    assert message_issued_at(found.cose) == LATER


@pytest.mark.parametrize("created", [{"created": "yesterday"}, {"created": 5}, {}], ids=str)
def test_what_states_no_date_or_none_that_can_be_read(created: dict[str, object]) -> None:
    def undated(document: dict[str, object]) -> None:
        del document["validFrom"]
        document["proof"] = [created]

    assert latest_date(parse(edited(ISSUER.badge(), undated))) is None
    found = parse(ISSUER.badge())
    assert isinstance(found, Credential)
    broken = replace(found, proofs=(), valid_from=None, jws=replace(issued(1), payload=b"["))
    assert latest_date(broken) is None


def test_a_presentation_is_as_old_as_its_proof() -> None:
    shown = {"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiablePresentation"],
             "verifiableCredential": [json.loads(ISSUER.badge())],
             "proof": {"type": "DataIntegrityProof", "created": "2026-09-01T00:00:00Z"}}
    found = parse(json.dumps(shown).encode())
    assert isinstance(found, Presentation)
    assert latest_date(found) == LATER
