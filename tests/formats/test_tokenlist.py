"""Token Status Lists: counted from the least significant bit, at the width the list says."""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.simulators.cose import cbor, cose_sign1
from tests.simulators.signing import SigningKey, base64url, compact_jws
from wallet.codec.encoding import split_jws
from wallet.codec.strict_json import parse_object
from wallet.formats.parse import parse
from wallet.formats.statuslist import StatusKind, parse_status_entry
from wallet.formats.tokenlist import decode_token_list
from wallet.model.credential import Credential, CredentialFormat, Securing
from wallet.model.errors import CodecError, FormatError
from wallet.model.limits import MAX_STATUS_LIST_BYTES
from wallet.model.reasons import ReasonCode

KEY = SigningKey("ES256", "list")
ADDRESS = "https://northbridge.example/lists/1"


def listed(data: bytes, bits: Any = 1) -> dict[str, Any]:
    packed = base64url(zlib.compress(data))
    return {"sub": ADDRESS, "iat": 1795000000, "status_list": {"bits": bits, "lst": packed}}


def read(claims: dict[str, Any], typ: str | None = "statuslist+jwt") -> Credential:
    found = parse(compact_jws(claims, KEY, {"typ": typ} if typ else {}))
    assert isinstance(found, Credential)
    return found


def refusal(claims: dict[str, Any]) -> ReasonCode:
    with pytest.raises(FormatError) as caught:
        decode_token_list(claims)
    return caught.value.reason.code


def test_the_examples_of_the_specification() -> None:
    """Token Status List §4.1: two bytes of one bit each, three bytes of two bits each."""
    ones = decode_token_list({"status_list": {"bits": 1, "lst": "eNrbuRgAAhcBXQ"}})
    assert ones.data == b"\xb9\xa3"
    assert [ones.entry(place) for place in range(16)] == [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1]
    twos = decode_token_list({"status_list": {"bits": 2, "lst": "eNo76fITAAPfAgc"}})
    assert [twos.entry(place) for place in range(12)] == [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]


@given(st.sampled_from([1, 2, 4, 8]), st.lists(st.integers(0, 255), min_size=1, max_size=40))
def test_every_place_at_every_width(bits: int, values: list[int]) -> None:
    wanted = [value % (1 << bits) for value in values]
    packed = bytearray(-(-len(wanted) * bits // 8))
    for place, value in enumerate(wanted):
        packed[place * bits // 8] |= value << place * bits % 8
    found = decode_token_list(listed(bytes(packed), bits))
    assert [found.entry(place) for place in range(len(wanted))] == wanted
    with pytest.raises(FormatError) as caught:
        found.entry(len(packed) * 8 // bits)
    assert caught.value.reason.code is ReasonCode.STATUS_INDEX


@pytest.mark.parametrize("bits", [0, 3, 16, "1", None, True, 1.5])
def test_a_width_that_does_not_exist(bits: object) -> None:
    assert refusal(listed(b"\0", bits)) is ReasonCode.STATUS_LIST_MALFORMED


@pytest.mark.parametrize("lst", ["", None, "u" + base64url(zlib.compress(b"\0")), base64url(b"\0\1\2"),
                                 base64url(zlib.compress(bytes(9))[:-2]),
                                 base64url(zlib.compress(b"\0") + b"x"),
                                 base64url(zlib.compress(bytes(9))) + "="])
def test_a_packing_that_can_be_read_two_ways(lst: object) -> None:
    assert refusal({"status_list": {"bits": 1, "lst": lst}}) is ReasonCode.STATUS_LIST_MALFORMED


def test_a_bomb_ends_at_the_bound() -> None:
    assert len(decode_token_list(listed(bytes(MAX_STATUS_LIST_BYTES))).data) == MAX_STATUS_LIST_BYTES
    assert refusal(listed(bytes(MAX_STATUS_LIST_BYTES + 1))) is ReasonCode.LIMIT_BYTES


def test_a_list_is_sealed_dated_and_about_nobody() -> None:
    found = read(listed(b"\1") | {"exp": 1796000000})
    assert (found.format, found.securing) == (CredentialFormat.STATUS_LIST, Securing.JWS)
    assert (found.id, found.issuer.id, found.problems) == (ADDRESS, "", ())
    assert found.valid_from is not None
    assert found.valid_until is not None
    assert found.valid_from.timestamp() == 1795000000


@pytest.mark.parametrize(("typ", "change", "code"), [
    ("JWT", {}, ReasonCode.JWT_TYPE), (None, {}, ReasonCode.JWT_TYPE),
    ("statuslist+jwt", {"sub": None}, ReasonCode.JWT_CLAIM),
    ("statuslist+jwt", {"sub": "list 1"}, ReasonCode.JWT_CLAIM),
    ("statuslist+jwt", {"iat": None}, ReasonCode.JWT_CLAIM),
    ("statuslist+jwt", {"iat": -1}, ReasonCode.JWT_CLAIM),
    ("statuslist+jwt", {"iat": 1795000000000}, ReasonCode.JWT_CLAIM),
    ("statuslist+jwt", {"iat": "2026-11-22T00:00:00Z"}, ReasonCode.JWT_CLAIM),
    ("statuslist+jwt", {"iss": 7}, ReasonCode.JWT_CLAIM),
])
def test_a_token_that_is_no_list(typ: str | None, change: dict[str, Any], code: ReasonCode) -> None:
    claims = {name: value for name, value in (listed(b"\1") | change).items() if value is not None}
    found = read(claims, typ)
    assert ([one.code for one in found.problems], found.issuer.id) == ([code], "")


def test_a_token_that_calls_itself_a_list_is_none_of_a_credential() -> None:
    found = read({"sub": ADDRESS, "iat": 1795000000})
    assert (found.format, found.problems) == (CredentialFormat.STATUS_LIST, ())
    assert refusal(found.document) is ReasonCode.STATUS_LIST_MALFORMED


def message(claims: dict[Any, Any], typ: Any = "application/statuslist+cwt") -> bytes:
    return cose_sign1(cbor(claims), KEY, "12", typ=typ, cty=None)


CLAIMS: dict[Any, Any] = {2: ADDRESS, 6: 1795000000, 4: 1796000000, 65534: 43200,
                          65533: {"bits": 1, "lst": bytes.fromhex("78dadbb918000217015d")}}


@pytest.mark.parametrize("typ", ["application/statuslist+cwt", "statuslist+cwt",
                                 "Application/StatusList+CWT"])
def test_a_list_in_cbor_is_the_same_list(typ: str) -> None:
    """Token Status List §4.3 and §5.2, with the bits of its own example."""
    found = parse(message(CLAIMS, typ))
    assert isinstance(found, Credential)
    assert (found.format, found.securing) == (CredentialFormat.STATUS_LIST, Securing.COSE)
    assert (found.id, found.issuer.id, found.problems) == (ADDRESS, "", ())
    assert found.valid_from is not None
    assert found.valid_until is not None
    assert (found.valid_from.timestamp(), found.valid_until.timestamp()) == (1795000000, 1796000000)
    assert found.document["ttl"] == 43200
    assert decode_token_list(found.document).data == b"\xb9\xa3"


@pytest.mark.parametrize(("typ", "change", "code"), [
    ("application/cwt", {}, ReasonCode.JWT_TYPE), (None, {}, ReasonCode.JWT_TYPE),
    (61, {}, ReasonCode.JWT_TYPE),
    ("application/statuslist+cwt", {2: None}, ReasonCode.JWT_CLAIM),
    ("application/statuslist+cwt", {2: b"https://northbridge.example/lists/1"}, ReasonCode.JWT_CLAIM),
    ("application/statuslist+cwt", {6: None}, ReasonCode.JWT_CLAIM),
    ("application/statuslist+cwt", {1: 7}, ReasonCode.JWT_CLAIM),
])
def test_a_message_that_is_no_list(typ: Any, change: dict[Any, Any], code: ReasonCode) -> None:
    claims = {label: value for label, value in (CLAIMS | change).items() if value is not None}
    found = parse(message(claims, typ))
    assert isinstance(found, Credential)
    assert [one.code for one in found.problems] == [code]


def test_a_list_whose_claims_cannot_be_told_is_refused() -> None:
    for payload in (b"\x80", b"{}", b"\xff", cbor({2: "a", "sub": "b"})):
        with pytest.raises(CodecError) as caught:
            parse(cose_sign1(payload, KEY, "12", typ="application/statuslist+cwt", cty=None))
        assert caught.value.reason.code is ReasonCode.BAD_COSE


def test_an_entry_is_a_number_and_an_address() -> None:
    entry = parse_status_entry({"status_list": {"idx": 7, "uri": ADDRESS}})
    assert (entry.kind, entry.index, entry.list_address) == (StatusKind.TOKEN_LIST, 7, ADDRESS)
    for bad in ({"idx": "7", "uri": ADDRESS}, {"idx": -1, "uri": ADDRESS}, {"idx": True, "uri": ADDRESS},
                {"idx": 1.0, "uri": ADDRESS}, {"idx": 7}, {}):
        with pytest.raises(FormatError) as caught:
            parse_status_entry({"status_list": bad})
        assert caught.value.reason.code is ReasonCode.STATUS_ENTRY_MALFORMED


def test_published_scenarios(vectors: Path) -> None:
    """The authors' lists, as far as the list itself says what they say of it."""
    folder = next(vectors.glob("waltid/**/resources/status/tokenstatuslist"))
    for file in sorted(folder.glob("*.json")):
        scenario = json.loads(file.read_text(encoding="utf-8"))
        claims = parse_object(split_jws(scenario["status-credential"]).payload)
        if file.stem == "wrong-list-encoding":
            assert refusal(claims) is ReasonCode.STATUS_LIST_MALFORMED
            continue
        entry = parse_status_entry(_status(scenario["holder-credential"]))
        assert decode_token_list(claims).entry(entry.index) == int(file.stem == "revoked"), file.stem


def _status(credential: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = credential.get("status") or credential["vc"]["status"]
    return found
