"""Badges in PNG: liberal in reading, strict in counting, exact in writing."""

from __future__ import annotations

import random
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.documents import badge, data
from wallet.formats.baked import bake_png, carries_credential, read_png, unbake_png
from wallet.formats.parse import parse
from wallet.formats.pictures import PNG_MAGIC
from wallet.model.credential import Carrier, Credential
from wallet.model.errors import FormatError
from wallet.model.limits import MAX_JSON_BYTES, MAX_PICTURE_BYTES
from wallet.model.reasons import ReasonCode as R

SUITE = "1edtech/digital-credentials-public-validator/inspector-vc/src/test/resources/ob30"


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _png(*chunks: bytes, width: int = 1, height: int = 1, end: bytes = b"") -> bytes:
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return (
        PNG_MAGIC
        + header
        + b"".join(chunks)
        + _chunk(b"IDAT", zlib.compress(b"\0\0"))
        + _chunk(b"IEND", b"")
        + end
    )


def _itxt(text: bytes, keyword: bytes = b"openbadgecredential") -> bytes:
    return _chunk(b"iTXt", keyword + b"\0\0\0\0\0" + text)


def _refused(picture: bytes) -> R:
    with pytest.raises(FormatError) as caught:
        unbake_png(picture)
    return caught.value.reason.code


@given(st.binary(min_size=1, max_size=300))
def test_what_was_baked_comes_out_exactly(payload: bytes) -> None:
    picture = bake_png(_png(), payload)
    assert unbake_png(picture) == payload
    assert carries_credential(picture)
    assert not carries_credential(_png())


def test_baking_writes_the_standard_form_and_keeps_every_other_chunk() -> None:
    picture = _png(_chunk(b"tEXt", b"Author\0Ada"))
    baked = bake_png(picture, b"{}")
    assert baked.replace(_itxt(b"{}"), b"") == picture
    assert baked.index(b"iTXt") < baked.index(b"IDAT")


def test_all_text_chunks_and_both_keywords_are_read() -> None:
    packed = zlib.compress(b'{"a":1}')
    for keyword in (b"openbadgecredential", b"openbadges"):
        for chunk in (
            _itxt(b'{"a":1}', keyword),
            _chunk(b"tEXt", keyword + b'\0{"a":1}'),
            _chunk(b"zTXt", keyword + b"\0\0" + packed),
            _chunk(b"iTXt", keyword + b"\0\x01\0en\0mot\0" + packed),
        ):
            assert read_png(_png(chunk)).payload == b'{"a":1}'
            assert read_png(_png(chunk)).notes == ()


def test_text_that_is_utf_8_where_latin_1_belongs_is_read_as_meant_and_named() -> None:
    meant = '{"name":"SAFe®"}'
    broken = read_png(_png(_chunk(b"tEXt", b"openbadges\0" + meant.encode())))
    assert broken.payload == meant.encode()
    assert [note.code for note in broken.notes] == [R.QUIRK_PNG_TEXT]
    proper = read_png(_png(_chunk(b"tEXt", b"openbadges\0" + meant.encode("latin-1"))))
    assert (proper.payload, proper.notes) == (meant.encode(), ())


def test_two_credentials_are_refused_whatever_they_say() -> None:
    assert _refused(_png(_itxt(b"a"), _itxt(b"b"))) is R.PICTURE_TWO_CREDENTIALS
    assert _refused(_png(_itxt(b"a"), _itxt(b"a"))) is R.PICTURE_TWO_CREDENTIALS
    text = _chunk(b"tEXt", b"openbadgecredential\0b")
    assert _refused(_png(_itxt(b"a"), text)) is R.PICTURE_TWO_CREDENTIALS
    assert _refused(_png(_itxt(b"a"), _itxt(b"b", b"openbadges"))) is R.PICTURE_TWO_CREDENTIALS
    assert unbake_png(_png(_itxt(b"b"), text)) == b"b"  # said twice, the same: harmless
    with pytest.raises(FormatError) as caught:
        bake_png(_png(_itxt(b"a")), b"b")
    assert caught.value.reason.code is R.PICTURE_TWO_CREDENTIALS


@pytest.mark.parametrize("cut", [9, 20, 40, -1, -13])
def test_a_truncated_picture_is_damaged(cut: int) -> None:
    assert _refused(_png(_itxt(b"{}"))[:cut]) is R.PICTURE_DAMAGED


def test_damage_of_every_kind_is_named() -> None:
    good = bytearray(_png(_itxt(b"{}")))
    good[45] ^= 1
    assert _refused(bytes(good)) is R.PICTURE_DAMAGED
    assert _refused(PNG_MAGIC + b"\x7f\xff\xff\xff" + b"IHDR" + b"x" * 40) is R.PICTURE_DAMAGED
    assert _refused(PNG_MAGIC + _chunk(b"IDAT", b"") + _chunk(b"IEND", b"")) is R.PICTURE_DAMAGED
    assert _refused(_png(_itxt(b"{}"), width=0)) is R.PICTURE_DAMAGED
    assert _refused(_png(_chunk(b"iTXt", b"openbadges\0\x02\0\0\0x"))) is R.PICTURE_DAMAGED
    assert _refused(_png(_chunk(b"iTXt", b"openbadges\0\0\0x"))) is R.PICTURE_DAMAGED
    assert _refused(_png(_chunk(b"zTXt", b"openbadges\0\x01x"))) is R.PICTURE_DAMAGED
    assert _refused(_png(_chunk(b"zTXt", b"openbadges\0\0notzlib"))) is R.PICTURE_DAMAGED
    assert _refused(_png(_chunk(b"tEXt", b"openbadges"))) is R.PICTURE_DAMAGED
    assert _refused(b"GIF89a") is R.PICTURE_DAMAGED
    assert _refused(_png()) is R.PICTURE_EMPTY


def test_behind_the_end_only_another_chunk_is_damage() -> None:
    assert unbake_png(_png(_itxt(b"{}"), end=b"PK\x03\x04 and a whole archive")) == b"{}"
    assert _refused(_png(_itxt(b"{}"), end=_itxt(b"other"))) is R.PICTURE_DAMAGED
    assert bake_png(_png(end=b"<html>"), b"{}").endswith(_chunk(b"IEND", b""))


def test_bounds() -> None:
    bomb = zlib.compress(bytes(MAX_JSON_BYTES + 1), 9)
    assert _refused(_png(_chunk(b"zTXt", b"openbadges\0\0" + bomb))) is R.LIMIT_BYTES
    assert _refused(_png(_chunk(b"iTXt", b"openbadges\0\x01\0\0\0" + bomb))) is R.LIMIT_BYTES
    assert _refused(_png(_itxt(b"{}"), width=50_000, height=50_000)) is R.LIMIT_PIXELS
    assert unbake_png(_png(_itxt(b"{}"), width=5_000, height=5_000)) == b"{}"
    assert _refused(PNG_MAGIC + bytes(MAX_PICTURE_BYTES)) is R.LIMIT_BYTES


@pytest.mark.parametrize("seed", range(3))
def test_no_flipped_bit_brings_out_another_text(seed: int) -> None:
    picture = bake_png(_png(), b'{"a":"a text that is long enough to be hit"}')
    chance = random.Random(seed)
    for _ in range(200):
        damaged = bytearray(picture)
        damaged[chance.randrange(len(picture))] ^= 1 << chance.randrange(8)
        with pytest.raises(FormatError):
            unbake_png(bytes(damaged))


def test_a_baked_badge_is_parsed_and_its_bytes_are_kept() -> None:
    picture = bake_png(_png(), data(badge()))
    found = parse(picture, name="badge (2).png")
    assert isinstance(found, Credential)
    assert found.original.data == picture
    assert (found.original.payload, found.original.carrier) == (data(badge()), Carrier.PNG)


@pytest.mark.parametrize(("name", "start"), [("simple-json.png", b"{"), ("simple-jwt_v1.png", b"ey")])
def test_published_badges(vectors: Path, name: str, start: bytes) -> None:
    picture = (vectors / SUITE / name).read_bytes()
    assert unbake_png(picture).lstrip().startswith(start)
    assert parse(picture).problems == ()
