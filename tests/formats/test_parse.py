"""The door: told by content, bounded, every refusal named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.formats.documents import badge, data, presentation, token, without
from tests.simulators.web_issuer import WebIssuer
from wallet.codec.encoding import base64url_encode
from wallet.codec.frames import to_frames, to_text
from wallet.codec.payload import encode_payload
from wallet.formats.parse import parse
from wallet.model.credential import Carrier, Credential, Presentation, Securing
from wallet.model.errors import WalletError
from wallet.model.limits import MAX_FILE_BYTES
from wallet.model.reasons import ReasonCode as R


def _refused(file: bytes) -> R:
    with pytest.raises(WalletError) as caught:
        parse(file)
    return caught.value.reason.code


def _credential(file: bytes) -> Credential:
    found = parse(file)
    assert isinstance(found, Credential)
    assert (found.title, found.problems) == ("Rope Work", ())
    assert found.original.data == file
    return found


def test_json_with_white_space_and_a_byte_order_mark() -> None:
    assert _credential(b"\n\t " + data(badge()) + b" \r\n").notes == ()
    marked = _credential(b"\xef\xbb\xbf" + data(badge()))
    assert [note.code for note in marked.notes] == [R.QUIRK_BOM]
    assert marked.original.payload.startswith(b"\xef\xbb\xbf")


def test_a_token_bare_quoted_and_with_white_space() -> None:
    text = token(without(badge(), "proof"))
    for file in (text, f"\n {text}\r\n", json.dumps(text), f"\ufeff{text}"):
        found = _credential(file.encode())
        assert found.securing is Securing.JWS
        assert found.jws is not None
        assert found.jws.text == text
        assert found.original.carrier is Carrier.JWS


@pytest.mark.parametrize("header", ['{\n  "alg": "ES256"\n}', '{\r\n"alg":"ES256"}', '{\t"alg":"ES256"}',
                                    '{ "alg": "ES256"}'])
def test_a_token_whose_header_was_written_with_white_space(header: str) -> None:
    _, body, signature = token(without(badge(), "proof")).split(".")
    text = f"{base64url_encode(header.encode())}.{body}.{signature}"
    assert _credential(text.encode()).jws is not None


def test_our_own_text_whole_and_in_frames_of_any_order() -> None:
    shown = data(presentation(badge()))
    payload = encode_payload(shown)
    for file in (to_text(payload), "\n".join(reversed(to_frames(payload, 100))) + "\n"):
        found = parse(file.encode())
        assert isinstance(found, Presentation)
        assert (found.original.payload, found.original.carrier) == (shown, Carrier.QR)
        assert found.original.data == file.encode()
    assert _refused(to_frames(payload, 100)[0].encode()) is R.QR_FRAMES_MISSING


def test_json_serialisation_of_a_token() -> None:
    head, body, signature = token(without(badge(), "proof")).split(".")
    flat = data({"protected": head, "payload": body, "signature": signature})
    assert _credential(flat).securing is Securing.JWS
    two = {"payload": body, "signatures": [{"protected": head, "signature": signature}] * 2}
    assert _refused(data(two)) is R.BAD_JWS


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (b"", R.EMPTY_FILE),
        (b" \n", R.EMPTY_FILE),
        (b"\xef\xbb\xbf", R.EMPTY_FILE),
        (b"VP1-B3ECQDIYACEMHIGDODB6KQAMDCFPVQBSO34QPR5RH", R.FORMAT_UNSUPPORTED),
        (b"VP1", R.FORMAT_UNKNOWN),
        (b"hello", R.FORMAT_UNKNOWN),
        (b"<html></html>", R.FORMAT_UNKNOWN),
        (b"%PDF-1.7", R.FORMAT_UNKNOWN),
        (b"\0" * 40, R.FORMAT_UNKNOWN),
        (b"{", R.NOT_JSON),
        (b'{"a":1}x', R.TRAILING_DATA),
        (b'{"a":1,"a":2}', R.DUPLICATE_KEY),
        (b'{"a":NaN}', R.BAD_NUMBER),
        ("{“a”:1}".encode(), R.SMART_QUOTES),
        (b"{}", R.FORMAT_UNKNOWN),
        (b"[]", R.FORMAT_UNKNOWN),
        (b'"text"', R.FORMAT_UNKNOWN),
        (b'{"type":"Person"}', R.FORMAT_UNKNOWN),
        (b"[" * 10_000, R.LIMIT_DEPTH),
        (b'{"a":"\\ud800"}', R.LONE_SURROGATE),
        ('{"a":1}'.encode("utf-16"), R.NOT_UTF8),
        (b'{"a":"\xff"}', R.NOT_UTF8),
        (b"https://a.example/badge", R.FORMAT_UNKNOWN),
        (b"eyJhbGciOiJub25lIn0.e30.", R.ALGORITHM_REFUSED),
        (b"eyJhbGciOiJFUzI1NiJ9.e30.", R.BAD_JWS),
        (b"eyJhbGciOiJub25lIn0.e30.AA", R.ALGORITHM_REFUSED),
        (b"ey.ey", R.FORMAT_UNKNOWN),
        (b"eyJ.e.e.e.e", R.FORMAT_UNSUPPORTED),
        (b"eyJhbGciOiJFUzI1NiJ9==.e30.AA", R.BAD_JWS),
        (b"LW1:lower", R.BAD_ENCODING),
        (b"LW1F:X", R.BAD_ENCODING),
    ],
)
def test_refusals_are_named(file: bytes, code: R) -> None:
    assert _refused(file) is code
    assert isinstance(parse(data(badge())), Credential)


def test_a_saved_collection_of_badges_is_a_pack_that_nobody_sealed() -> None:
    awards = [WebIssuer().assertion(), WebIssuer("lake.example").assertion()]
    collection = {"@context": "https://w3id.org/openbadges/v2", "type": "Collection", "badges": awards}
    found = parse(data(collection))
    assert isinstance(found, Presentation)
    assert found.securing is Securing.NONE
    assert [one.id for one in found.credentials if isinstance(one, Credential)] == [
        "https://harbor.example/a/1", "https://lake.example/a/1"]
    own = badge(type=["VerifiableCredential", "OpenBadgeCredential", "Collection"], badges=awards)
    assert isinstance(parse(data(own)), Credential)  # what somebody sealed as a whole stays whole


def test_a_whole_file_is_bounded() -> None:
    assert _refused(b" " * MAX_FILE_BYTES + b"{") is R.LIMIT_BYTES
    assert _refused(b"{" + b"x" * (MAX_FILE_BYTES - 1)) is R.LIMIT_BYTES  # its text
    assert _refused(b" " * (MAX_FILE_BYTES - 1) + b"{") is R.NOT_JSON


def test_the_name_of_a_file_decides_nothing() -> None:
    assert isinstance(parse(data(badge()), name="picture.png"), Credential)
    with pytest.raises(WalletError) as caught:
        parse(b"hello", name="badge.json")
    assert caught.value.reason["name"] == "badge.json"


def test_every_published_positive_is_read_without_a_problem(vectors: Path) -> None:
    """Of all published files that are judged in full and valid here: none has a shape we refuse."""
    entries = json.loads((vectors / "expected.json").read_bytes())
    good = [
        one
        for one in entries
        if one["check"] == "full" and one["expected"] in ("valid", "expired", "revoked")
    ]
    assert len(good) > 100
    refused = {}
    for one in good:
        try:
            found = parse((vectors / one["path"]).read_bytes())
        except WalletError as error:
            refused[one["path"]] = error.reason
            continue
        if found.problems:
            refused[one["path"]] = found.problems[0]
    assert refused == {}
