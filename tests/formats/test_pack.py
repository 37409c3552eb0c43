"""Share packs: what one is, and what no pack of ours has."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from tests.formats.documents import badge, data, presentation, token, without
from wallet.formats.pack import COVER, MANIFEST, PRESENTATION_JSON, PRESENTATION_JWT, manifest, read_pack
from wallet.formats.parse import parse
from wallet.model.credential import Carrier, Presentation
from wallet.model.errors import FormatError
from wallet.model.limits import MAX_JSON_BYTES, MAX_PACK_MEMBERS
from wallet.model.reasons import ReasonCode as R

SHOWN = data(presentation(badge()))


def _pack(
    members: dict[str, bytes],
    listed: dict[str, bytes] | None = None,
    *,
    extra: dict[str, bytes] | None = None,
) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, manifest(members if listed is None else listed))
        for name, member in {**members, **(extra or {})}.items():
            archive.writestr(name, member)
    return target.getvalue()


GOOD = _pack({PRESENTATION_JSON: SHOWN, COVER: "Für Sie".encode()})


def _refused(archive: bytes) -> tuple[R, str]:
    with pytest.raises(FormatError) as caught:
        read_pack(archive)
    return caught.value.reason.code, caught.value.reason["member"]


def test_a_pack_gives_its_presentation_and_its_cover() -> None:
    found = read_pack(GOOD)
    assert (found.presentation, found.cover) == (SHOWN, "Für Sie")
    assert read_pack(_pack({PRESENTATION_JWT: b"a.b.c"})).cover == ""


def test_a_pack_is_parsed_and_its_bytes_are_kept() -> None:
    found = parse(GOOD, name="anything.bin")
    assert isinstance(found, Presentation)
    assert (found.cover, len(found.credentials)) == ("Für Sie", 1)
    assert (found.original.data, found.original.payload, found.original.carrier) == (
        GOOD,
        SHOWN,
        Carrier.PACK,
    )
    signed = token(without(presentation(badge()), "proof"), typ="vp+jwt").encode()
    found = parse(_pack({PRESENTATION_JWT: signed}))
    assert isinstance(found, Presentation)
    assert found.original.payload == signed


def test_members_and_manifest_must_agree() -> None:
    members = {PRESENTATION_JSON: SHOWN, COVER: b"a"}
    assert _refused(_pack(members, members | {COVER: b"b"})) == (R.PACK_ALTERED, COVER)
    assert _refused(_pack(members, {PRESENTATION_JSON: SHOWN})) == (R.PACK_ALTERED, COVER)
    assert _refused(_pack({PRESENTATION_JSON: SHOWN}, members)) == (R.PACK_ALTERED, COVER)
    assert _refused(_pack({PRESENTATION_JSON: SHOWN}, extra={"more.txt": b"x"})) == (
        R.PACK_ALTERED,
        "more.txt",
    )


def test_one_presentation_and_no_more() -> None:
    assert _refused(_pack({COVER: b"a"}))[0] is R.PACK_DAMAGED
    assert _refused(_pack({PRESENTATION_JSON: SHOWN, PRESENTATION_JWT: b"a.b.c"}))[0] is R.PACK_DAMAGED


def _with_manifest(text: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(MANIFEST, text)
        archive.writestr(PRESENTATION_JSON, SHOWN)
    return target.getvalue()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"[]", R.PACK_DAMAGED),
        (b"{", R.PACK_DAMAGED),
        (b'{"format":"vcpack","format":"vcpack"}', R.PACK_DAMAGED),
        (b'{"format":"other"}', R.FORMAT_UNKNOWN),
        (b'{"format":"vcpack","version":2,"sha256":{}}', R.FORMAT_UNSUPPORTED),
        (b'{"format":"vcpack","version":true,"sha256":{}}', R.FORMAT_UNSUPPORTED),
        (b'{"format":"vcpack","version":1,"sha256":[]}', R.PACK_DAMAGED),
        (b'{"format":"vcpack","version":1,"sha256":{"presentation.json":5}}', R.PACK_ALTERED),
    ],
)
def test_a_broken_manifest(text: bytes, code: R) -> None:
    assert _refused(_with_manifest(text))[0] is code


@pytest.mark.parametrize(
    "name",
    [
        "../evil.txt",
        "/etc/passwd",
        "C:/evil",
        "a\\b",
        "a/../b",
        "./a",
        "con",
        "NUL.txt",
        "a//b",
        "a\x01b",
        "trailing. ",
        "COVER.TXT",
        "a:b",
        " a",
    ],
)
def test_names_that_no_pack_of_ours_has(name: str) -> None:
    archive = _pack({PRESENTATION_JSON: SHOWN, COVER: b"x", name: b"y"})
    assert _refused(archive)[0] is R.PACK_MEMBER_REFUSED


def test_the_same_name_twice() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(MANIFEST, manifest({PRESENTATION_JSON: SHOWN}))
        archive.writestr(PRESENTATION_JSON, SHOWN)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr(PRESENTATION_JSON, b"other")
    assert _refused(target.getvalue()) == (R.PACK_MEMBER_REFUSED, PRESENTATION_JSON)


def test_a_name_that_goes_on_behind_a_nul() -> None:
    assert _refused(GOOD.replace(b"cover.txt", b"cover\0txt"))[0] in (R.PACK_MEMBER_REFUSED, R.PACK_DAMAGED)


def test_links_and_encrypted_members() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(MANIFEST, manifest({"link": b"/etc/passwd"}))
        link = zipfile.ZipInfo("link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, b"/etc/passwd")
    assert _refused(target.getvalue()) == (R.PACK_MEMBER_REFUSED, "link")
    secret = bytearray(GOOD)
    secret[secret.rindex(b"PK\x01\x02") + 8] |= 1
    assert _refused(bytes(secret))[0] is R.PACK_MEMBER_REFUSED


def test_bombs_stop_at_their_bounds() -> None:
    assert _refused(_pack({PRESENTATION_JSON: bytes(MAX_JSON_BYTES + 1)}))[0] in (
        R.LIMIT_BYTES,
        R.LIMIT_RATIO,
    )
    assert _refused(_pack({PRESENTATION_JSON: bytes(3_000_000)})) == (R.LIMIT_RATIO, PRESENTATION_JSON)
    many = {f"m{number}": b"" for number in range(MAX_PACK_MEMBERS)}
    assert _refused(_pack({PRESENTATION_JSON: SHOWN}, extra=many))[0] is R.LIMIT_ITEMS


def test_a_size_that_lies_is_counted_while_it_inflates() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(PRESENTATION_JSON, bytes(3_000_000))
    archive_bytes = bytearray(target.getvalue())
    entry = archive_bytes.rindex(b"PK\x01\x02")
    archive_bytes[entry + 24 : entry + 28] = struct.pack("<I", 10)
    assert _refused(bytes(archive_bytes))[0] in (R.PACK_DAMAGED, R.LIMIT_RATIO, R.FORMAT_UNKNOWN)


@pytest.mark.parametrize(
    "archive", [GOOD[:100], GOOD[:-30], b"PK\x03\x04" + bytes(50), b"PK\x05\x06" + bytes(18)],
    ids=["begins", "ends early", "a member's head", "an end"],
)
def test_a_damaged_archive(archive: bytes) -> None:
    assert _refused(archive)[0] in (R.PACK_DAMAGED, R.FORMAT_UNKNOWN)


def test_another_kind_of_archive_is_unknown() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", b"<x/>")
    assert _refused(target.getvalue())[0] is R.FORMAT_UNKNOWN


def test_a_cover_is_inert_text() -> None:
    assert read_pack(_pack({PRESENTATION_JSON: SHOWN, COVER: b"<b>\xff</b>"})).cover == "<b>\ufffd</b>"
    assert _refused(_pack({PRESENTATION_JSON: SHOWN, COVER: bytes(70_000)}))[0] is R.LIMIT_BYTES
