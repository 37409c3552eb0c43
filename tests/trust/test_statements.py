"""One signed statement at a time: what it must be, and what its author may allow to those below."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.simulators.federation import LIFE, SimulatedEntity, kept
from tests.simulators.signing import compact_json
from wallet.model.errors import TrustError
from wallet.trust.statements import Statement, is_not_found, read_statement

AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
ROOT = SimulatedEntity("https://registry.example", AT - timedelta(hours=1))
DID = "did:web:northbridge.example"


def read(data: bytes, at: datetime = AT) -> Statement:
    return read_statement(kept("https://registry.example/x", data), issuer=ROOT.id, subject=DID,
                          keys=((ROOT.key.kid, ROOT.key.public),), at=at)


def test_a_statement_that_holds_is_read_even_after_its_end() -> None:
    for at in (AT, AT + timedelta(days=400)):
        statement = read(ROOT.signed(ROOT.about(DID)), at)
        assert (statement.subject, statement.expires - statement.issued) == (DID, LIFE)
        assert statement.entity["organization_name"] == "Northbridge University"


def test_clocks_may_differ_by_two_minutes() -> None:
    data = ROOT.signed(ROOT.about(DID))
    assert read(data, ROOT.issued - timedelta(minutes=2)).subject == DID
    with pytest.raises(TrustError) as caught:
        read(data, ROOT.issued - timedelta(minutes=2, seconds=1))
    assert caught.value.reason["what"] == "iat"


def test_a_key_we_cannot_use_is_left_out_and_the_others_stay() -> None:
    keys = {"keys": [{"kty": "EC", "crv": "secp256k1", "kid": "other", "x": "AA", "y": "AA"}, ROOT.key.jwk()]}
    assert [kid for kid, _ in read(ROOT.signed(ROOT.about(DID, jwks=keys))).keys] == [ROOT.key.kid]


@pytest.mark.parametrize(("data", "is_no"), [
    (b'{"error":"not_found","error_description":"nobody"}', True), (b'{"error":"server_error"}', False),
    (b'{"error":', False), (b"a.b.c", False), (b"", False)])
def test_the_hosts_no(data: bytes, is_no: bool) -> None:
    assert is_not_found(kept("https://registry.example/x", data)) is is_no


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=6),
                    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(
                        st.text(max_size=6), inner, max_size=2), max_leaves=6)


@given(st.sampled_from(["iss", "sub", "iat", "exp", "jwks", "metadata", "metadata_policy", "constraints",
                        "crit", "metadata_policy_crit"]), JSON)
def test_no_claim_of_another_shape_gets_through_as_a_fault(member: str, value: object) -> None:
    claims = ROOT.about(DID) | {member: value}
    refusal = ""
    try:
        statement = read(ROOT.key.sign(compact_json(claims), typ="entity-statement+jwt").encode())
    except TrustError as error:
        refusal = error.reason["what"]
    else:
        statement.demand_allowed(DID, intermediates=0) if member != "constraints" else None
        assert isinstance(statement.allowed_types(), set)
        assert isinstance(statement.entity, dict)
    assert refusal or statement.subject == DID


@given(st.binary(max_size=80))
def test_any_bytes_are_refused_with_a_reason(data: bytes) -> None:
    with pytest.raises(TrustError):
        read(data)
