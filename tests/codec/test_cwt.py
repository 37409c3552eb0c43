"""Claims in CBOR: the names of a JWT, one of each."""

from __future__ import annotations

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.simulators.cose import cbor
from wallet.codec.cwt import CLAIM_NAMES, cwt_claims, named_claims
from wallet.model.errors import CodecError
from wallet.model.reasons import ReasonCode


def test_claims_have_their_names_and_bytes_are_written_in_base64url() -> None:
    claims = cwt_claims(cbor({2: "https://a.example/1", 6: 7, 65534: 60, 99: [b"\xff\xfe"], "own": {1: b""},
                              65533: {"bits": 1, "lst": b"\xfb\xff"}}))
    assert claims == {"sub": "https://a.example/1", "iat": 7, "ttl": 60, "99": ["__4"], "own": {"1": ""},
                      "status_list": {"bits": 1, "lst": "-_8"}}


def test_dates_may_have_fractions_and_maps_no_length() -> None:
    """RFC 8392 §2: a NumericDate is any number; general writers leave lengths out."""
    assert cwt_claims(cbor2.dumps({6: 1795000000.5})) == {"iat": 1795000000.5}
    assert cwt_claims(bytes.fromhex("bf061864ff")) == {"iat": 100}


@pytest.mark.parametrize("payload", [
    b"", b"{}", cbor([1]), cbor("a"), cbor({2: "a", "sub": "b"}), cbor({99: 1, "99": 2}),
    cbor({65533: {1: 1, "1": 2}}), b"\xa2\x02\x01\x18\x02\x01"])
def test_what_is_no_map_of_claims(payload: bytes) -> None:
    with pytest.raises(CodecError) as caught:
        cwt_claims(payload)
    assert caught.value.reason.code is ReasonCode.BAD_COSE


@given(st.dictionaries(st.sampled_from(sorted(CLAIM_NAMES)), st.integers(0, 2**32), max_size=5))
def test_every_number_has_one_name(claims: dict[int, int]) -> None:
    assert cwt_claims(cbor(dict(claims))) == {CLAIM_NAMES[label]: one for label, one in claims.items()}
    assert named_claims(dict(claims)) == cwt_claims(cbor(dict(claims)))
