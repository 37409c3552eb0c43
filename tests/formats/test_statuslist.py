"""Status entries and lists: strict where readers disagree, outspoken where published lists differ."""

from __future__ import annotations

import base64
import gzip
import json
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.documents import said, status_list, without
from wallet.formats.statuslist import (
    StatusEntry,
    StatusKind,
    check_list,
    decode_status_list,
    parse_status_entry,
)
from wallet.model.credential import JsonObject
from wallet.model.errors import FormatError
from wallet.model.limits import MAX_STATUS_LIST_BYTES, MIN_STATUS_LIST_BITS
from wallet.model.reasons import ReasonCode as R

BITS = bytearray(MIN_STATUS_LIST_BITS // 8)
BITS[0] = 0x80  # entry 0
BITS[1] = 0x01  # entry 15
ENTRY = {
    "id": "https://a.example/l#5",
    "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation",
    "statusListIndex": "5",
    "statusListCredential": "https://a.example/l",
}


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(gzip.compress(data, 9, mtime=0)).rstrip(b"=").decode()


GOOD = "u" + _encoded(bytes(BITS))


def _quirks(document: JsonObject) -> list[tuple[R, str]]:
    return [(note.code, note["which"]) for note in decode_status_list(document).notes]


def _refused(encoded: Any, kind: str = "BitstringStatusList") -> tuple[R, str]:
    with pytest.raises(FormatError) as caught:
        decode_status_list(status_list(encoded, kind))
    return caught.value.reason.code, caught.value.reason["what"]


def test_the_first_bit_is_the_most_significant() -> None:
    found = decode_status_list(status_list(GOOD))
    assert [index for index in range(32) if found.entry(index)] == [0, 15]
    assert (found.kind, found.purposes, found.notes) == (StatusKind.BITSTRING, ("revocation",), ())


def test_values_of_several_bits() -> None:
    found = decode_status_list(status_list(GOOD))
    assert [found.entry(index, 2) for index in range(8)] == [2, 0, 0, 0, 0, 0, 0, 1]
    assert found.entry(1, 8) == 1


@pytest.mark.parametrize(
    ("index", "size"), [(MIN_STATUS_LIST_BITS, 1), (-1, 1), (2**63, 1), (MIN_STATUS_LIST_BITS // 2, 2)]
)
def test_an_index_outside_the_list_is_no_answer(index: int, size: int) -> None:
    found = decode_status_list(status_list(GOOD))
    with pytest.raises(FormatError) as caught:
        found.entry(index, size)
    assert caught.value.reason.code is R.STATUS_INDEX
    assert found.entry(MIN_STATUS_LIST_BITS - 1) == 0


@given(st.binary(min_size=1, max_size=64), st.integers(1, 8), st.data())
def test_every_value_of_several_bits_is_where_it_was_put(data: bytes, size: int, draw: st.DataObject) -> None:
    found = decode_status_list(status_list("u" + _encoded(data)))
    index = draw.draw(st.integers(min_value=0, max_value=len(data) * 8 // size - 1))
    bits = f"{int.from_bytes(data):0{len(data) * 8}b}"
    assert found.entry(index, size) == int(bits[index * size : (index + 1) * size], 2)


@given(st.binary(min_size=1, max_size=64), st.data())
def test_every_bit_is_where_it_was_put(data: bytes, draw: st.DataObject) -> None:
    found = decode_status_list(status_list("u" + _encoded(data)))
    index = draw.draw(st.integers(min_value=0, max_value=len(data) * 8 - 1))
    assert found.entry(index) == int(f"{int.from_bytes(data):0{len(data) * 8}b}"[index])


def test_what_published_lists_do_otherwise_is_read_and_named() -> None:
    plain = base64.b64encode(gzip.compress(bytes(BITS), 9, mtime=0)).decode()
    assert _quirks(status_list(GOOD[1:])) == [(R.QUIRK_LIST_ENCODING, "prefix")]
    assert _quirks(status_list(GOOD, "StatusList2021")) == [(R.QUIRK_LIST_ENCODING, "prefix")]
    assert _quirks(status_list(GOOD[1:], "StatusList2021")) == []
    odd = next(
        value
        for value in range(256)
        if "+" in (text := base64.b64encode(gzip.compress(bytes(BITS) + bytes([value]), 9, mtime=0)).decode())
        or "/" in text
    )
    text = base64.b64encode(gzip.compress(bytes(BITS) + bytes([odd]), 9, mtime=0)).decode().rstrip("=")
    assert _quirks(status_list("u" + text)) == [(R.QUIRK_LIST_ENCODING, "alphabet")]
    if plain.endswith("="):
        assert (R.QUIRK_LIST_ENCODING, "padding") in _quirks(status_list("u" + plain))


def test_a_short_list_is_read_and_named() -> None:
    short = decode_status_list(status_list("u" + _encoded(b"\x01" + bytes(7))))
    assert [(note.code, note["which"]) for note in short.notes] == [(R.QUIRK_LIST_SHORT, "64")]
    assert short.entry(7) == 1


def test_what_decoders_disagree_about_is_refused() -> None:
    packed = gzip.compress(bytes(BITS), 9, mtime=0)

    def encoded(data: bytes) -> str:
        return "u" + base64.urlsafe_b64encode(data).rstrip(b"=").decode()

    assert _refused(encoded(packed + packed)) == (R.STATUS_LIST_MALFORMED, "packing")
    assert _refused(encoded(packed + b"x")) == (R.STATUS_LIST_MALFORMED, "packing")
    assert _refused(encoded(packed[:-9])) == (R.STATUS_LIST_MALFORMED, "packing")
    assert _refused(encoded(packed[:-8] + b"\0" * 8)) == (R.STATUS_LIST_MALFORMED, "packing")
    assert _refused(encoded(b"x\x9c" + packed[10:])) == (R.STATUS_LIST_MALFORMED, "packing")
    assert _refused(encoded(gzip.compress(b""))) == (R.STATUS_LIST_MALFORMED, "packing")
    assert _refused("u" + GOOD) == (R.STATUS_LIST_MALFORMED, "packing")
    for text in ("uH4sI A", "uH4sI-+", "uH4s", "uH4sI=A", "uH=="):
        assert _refused(text)[0] is R.STATUS_LIST_MALFORMED
    odd_values: tuple[Any, ...] = (None, 5, "", [])
    for value in odd_values:
        assert _refused(value) == (R.STATUS_LIST_MALFORMED, "encodedList")
    assert decode_status_list(status_list(encoded(packed))).entry(0) == 1


def test_a_bomb_stops_at_the_bound_and_the_bound_passes() -> None:
    assert (
        len(decode_status_list(status_list("u" + _encoded(bytes(MAX_STATUS_LIST_BYTES)))).data)
        == MAX_STATUS_LIST_BYTES
    )
    assert _refused("u" + _encoded(bytes(MAX_STATUS_LIST_BYTES + 1)))[0] is R.LIMIT_BYTES


def test_an_entry_of_each_kind() -> None:
    assert parse_status_entry(ENTRY) == StatusEntry(
        StatusKind.BITSTRING, "BitstringStatusListEntry", "revocation", 5, "https://a.example/l"
    )
    assert parse_status_entry(ENTRY | {"type": ["StatusList2021Entry"], "statusListIndex": 7}).index == 7
    older = parse_status_entry(
        {
            "type": "RevocationList2020Status",
            "revocationListIndex": "3",
            "revocationListCredential": "https://a.example/r",
        }
    )
    assert (older.kind, older.purpose, older.index) == (StatusKind.REVOCATION_LIST_2020, "revocation", 3)
    plain = parse_status_entry({"id": "https://a.example/list", "type": "1EdTechRevocationList"})
    assert (plain.kind, plain.list_address) == (StatusKind.REVOCATION_LIST_1EDTECH, "https://a.example/list")
    unknown = parse_status_entry({"id": "urn:x", "type": "SomethingNew2030"})
    assert (unknown.kind, unknown.type) == (StatusKind.UNKNOWN, "SomethingNew2030")


@pytest.mark.parametrize(
    "index",
    [
        "-1",
        "+5",
        " 5 ",
        "1e3",
        "1_000",
        "٣",
        "05",
        "",
        "5.0",
        5.0,
        -1,
        True,
        None,
        "9" * 5000,
        [5, 6],
        [],
        {"@value": "5", "@id": "urn:5"},
    ],
)
def test_an_index_is_ascii_digits_and_nothing_else(index: Any) -> None:
    with pytest.raises(FormatError) as caught:
        parse_status_entry(ENTRY | {"statusListIndex": index})
    assert caught.value.reason.code is R.STATUS_ENTRY_MALFORMED
    assert caught.value.reason["member"] == "statusListIndex"


@pytest.mark.parametrize("name", ["statusPurpose", "statusListIndex", "statusListCredential"])
def test_every_form_that_one_seal_covers_is_read_alike(name: str) -> None:
    """Written in another of them, a withdrawn badge must not become one of which nobody can tell."""
    stated = ENTRY[name]
    forms: list[Any] = [[stated], [stated, stated], [[stated]], {"@value": stated}, [{"@value": stated}],
                        {"@value": stated, "@language": None}]
    forms += [{"id": stated}, [{"id": stated}]] if name == "statusListCredential" else []
    for form in forms:
        assert parse_status_entry(ENTRY | {name: form}) == parse_status_entry(ENTRY)


def test_zero_and_whole_numbers_are_good_indexes() -> None:
    assert [
        parse_status_entry(ENTRY | {"statusListIndex": value}).index for value in ("0", 0, "131071", 12)
    ] == [0, 0, 131071, 12]


@pytest.mark.parametrize(
    ("change", "member"),
    [
        ({"statusPurpose": None}, "statusPurpose"),
        ({"statusPurpose": ["revocation", "suspension"]}, "statusPurpose"),
        ({"statusListCredential": None}, "statusListCredential"),
        ({"statusListCredential": "https://a.example/" + "x" * 5000}, "statusListCredential"),
        ({"statusSize": 0}, "statusSize"),
        ({"statusSize": "2"}, "statusSize"),
        ({"statusSize": 64}, "statusSize"),
        ({"statusSize": 2}, "statusMessage"),
        ({"statusSize": 2, "statusMessage": [{"status": "1", "message": "a"}]}, "statusMessage"),
        ({"statusSize": 2, "statusMessage": [{"status": "0x1", "message": 5}]}, "statusMessage"),
        (
            {"statusMessage": [{"status": "0x1", "message": "a"}, {"status": "0x1", "message": "b"}]},
            "statusMessage",
        ),
    ],
)
def test_a_broken_entry_is_named(change: dict[str, Any], member: str) -> None:
    with pytest.raises(FormatError) as caught:
        parse_status_entry(ENTRY | change)
    assert (caught.value.reason.code, caught.value.reason["member"]) == (R.STATUS_ENTRY_MALFORMED, member)


def test_messages_of_a_larger_value() -> None:
    stated = [{"status": "0x0", "message": "fine"}, {"status": "0x3", "message": "under review"}]
    found = parse_status_entry(ENTRY | {"statusPurpose": "message", "statusSize": 2, "statusMessage": stated})
    assert (found.size, dict(found.messages)[3]) == (2, "under review")


def test_the_two_types_of_a_list_go_together() -> None:
    assert check_list(status_list(GOOD)) == ()
    assert said(check_list(status_list(GOOD, type=["VerifiableCredential"]))) == [(R.TYPE_MISSING, "type")]
    wrong = status_list(GOOD)
    wrong["credentialSubject"] = without(wrong["credentialSubject"], "type", "encodedList")
    assert said(check_list(wrong)) == [
        (R.TYPE_MISSING, "credentialSubject.type"),
        (R.MEMBER_MISSING, "credentialSubject.encodedList"),
    ]
    with pytest.raises(FormatError):
        decode_status_list(wrong)


def test_a_published_list_of_one_hundred_thousand(vectors: Path) -> None:
    path = vectors / "dcc/verifier-core/src/test-fixtures/status/e5WK8CbZ1GjycuPombrj"
    found = decode_status_list(json.loads(path.read_bytes()))
    assert [note.code for note in found.notes] == [R.QUIRK_LIST_SHORT]
    assert len(found.data) * 8 == 100_000
    assert sum(byte.bit_count() for byte in found.data) >= 1


def test_the_oldest_kind_is_packed_either_way() -> None:
    """Its draft asks for zlib, most published lists use gzip; no other kind may be packed by zlib."""
    zipped = base64.urlsafe_b64encode(zlib.compress(bytes(BITS))).rstrip(b"=").decode()
    found = decode_status_list(status_list(zipped, "RevocationList2020"))
    assert [index for index in range(32) if found.entry(index)] == [0, 15]
    assert _quirks(status_list(zipped, "RevocationList2020")) == [(R.QUIRK_LIST_ENCODING, "packing")]
    assert _quirks(status_list(GOOD[1:], "RevocationList2020")) == []
    assert _refused(zipped, "StatusList2021") == (R.STATUS_LIST_MALFORMED, "packing")
    assert _refused("u" + zipped) == (R.STATUS_LIST_MALFORMED, "packing")


def test_the_oldest_kind_of_entry_may_use_the_newer_names() -> None:
    own: JsonObject = {"type": "RevocationList2020Status", "revocationListIndex": "5",
                       "revocationListCredential": "https://a.example/l"}
    newer = ENTRY | {"type": "RevocationList2020Status"}
    assert parse_status_entry(own) == parse_status_entry(newer)
    with pytest.raises(FormatError) as caught:
        parse_status_entry(own | {"statusListIndex": "6"})
    assert caught.value.reason.code is R.STATUS_ENTRY_MALFORMED
    with pytest.raises(FormatError):
        parse_status_entry(ENTRY | {"statusListIndex": None, "revocationListIndex": "5"})


def test_a_list_nobody_seals_is_only_an_address() -> None:
    for name in ("1EdTechRevocationList", "RevocationList"):
        entry = parse_status_entry({"type": name, "id": "https://a.example/l"})
        assert (entry.type, entry.purpose, entry.list_address) == (name, "revocation", "https://a.example/l")
        with pytest.raises(FormatError):
            parse_status_entry({"type": name})
