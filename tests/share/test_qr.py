"""Drawn codes are read by a real decoder; what does not fit one code arrives in numbered frames."""

from __future__ import annotations

import hashlib
import io
import random
import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from wallet.codec.encoding import base64url_decode
from wallet.codec.frames import from_text, join_frames
from wallet.formats.qr import read_qr
from wallet.model.errors import ShareError
from wallet.model.limits import MAX_QR_FRAMES
from wallet.model.reasons import ReasonCode
from wallet.share.qr import (
    FRAME_BYTES,
    MAX_ALPHANUMERIC_CHARS,
    MAX_BYTE_CHARS,
    carrier_text,
    draw,
    qr_frames,
)

PAGE = "https://verify.example/check"


def noise(count: int) -> bytes:
    """Bytes nothing can compress, the same in every run."""
    blocks = (hashlib.sha256(number.to_bytes(4, "big")).digest() for number in range(count // 32 + 1))
    return b"".join(blocks)[:count]


def modules_across(png: bytes) -> int:
    """Count the modules of a code by its quiet zone of four and its finder pattern of seven."""
    picture = Image.open(io.BytesIO(png)).convert("L")
    first_dark = next(x for x in range(picture.width) if picture.getpixel((x, x)) == 0)
    assert first_dark % 4 == 0
    return picture.width // (first_dark // 4) - 8


def test_small_payload_is_one_code_that_reads_back() -> None:
    payload = noise(600)
    (frame,) = qr_frames(payload)
    assert (frame.index, frame.total) == (1, 1)
    assert read_qr(frame.png) == (frame.text,)
    assert from_text(frame.text) == payload


def test_link_carries_the_payload_behind_the_fragment() -> None:
    payload = noise(300)
    (frame,) = qr_frames(payload, PAGE)
    page, _, fragment = frame.text.partition("#")
    assert page == PAGE
    assert base64url_decode(fragment) == payload
    assert read_qr(frame.png) == (frame.text,)


def test_link_too_dense_for_a_phone_becomes_frames_for_this_program() -> None:
    payload = noise(1_000)
    assert len(carrier_text(payload, PAGE)) > MAX_BYTE_CHARS
    frames = qr_frames(payload, PAGE)
    assert all(frame.text.startswith("LW1F:") for frame in frames)
    assert join_frames(frame.text for frame in frames) == payload


@pytest.mark.parametrize(("text", "version"), [
    ("A" * MAX_ALPHANUMERIC_CHARS, 25),
    ("A" * (MAX_ALPHANUMERIC_CHARS + 1), 26),
    ("a" * MAX_BYTE_CHARS, 25),
    ("a" * (MAX_BYTE_CHARS + 1), 26),
])
def test_bounds_are_those_of_version_25(text: str, version: int) -> None:
    assert modules_across(draw(text)) == 17 + 4 * version


def test_single_code_at_the_bound_and_frames_one_byte_later() -> None:
    # "LW1:" and base45 of n bytes: n even gives 4 + 3n/2 characters, at most 1,853.
    assert len(qr_frames(noise(1_232))) == 1
    assert len(qr_frames(noise(1_234))) == 2


def test_frames_have_equal_size_and_stay_within_version_20() -> None:
    frames = qr_frames(noise(FRAME_BYTES * 2 + 1))
    assert [frame.index for frame in frames] == [1, 2, 3]
    assert {frame.total for frame in frames} == {3}
    assert max(modules_across(frame.png) for frame in frames) <= 17 + 4 * 20
    full = qr_frames(noise(FRAME_BYTES * 2))
    assert max(modules_across(frame.png) for frame in full) <= 17 + 4 * 20


def test_picture_holds_pixels_only() -> None:
    png = draw("LW1:ABC")
    assert png.count(b"IDAT") == 1
    assert not any(name in png for name in (b"tEXt", b"iTXt", b"zTXt", b"tIME", b"eXIf", b"pHYs"))
    picture = Image.open(io.BytesIO(png))
    assert picture.mode == "1"
    assert picture.width == picture.height
    assert draw("LW1:ABC") == png


def test_quiet_zone_is_four_whole_modules() -> None:
    picture = Image.open(io.BytesIO(draw("LW1:ABC"))).convert("L")
    across = modules_across(draw("LW1:ABC")) + 8
    pixels = picture.width // across
    assert picture.width == pixels * across
    edge = picture.crop((0, 0, picture.width, 4 * pixels))
    assert edge.getextrema() == (255, 255)
    assert picture.getpixel((4 * pixels, 4 * pixels)) == 0


def test_more_frames_than_a_reader_takes_is_refused() -> None:
    with pytest.raises(ShareError) as caught:
        qr_frames(bytes(FRAME_BYTES * MAX_QR_FRAMES + 1))
    assert caught.value.reason.code is ReasonCode.SHARE_TOO_LARGE


def test_text_no_code_holds_is_refused() -> None:
    with pytest.raises(ShareError) as caught:
        draw("a" * 3_000)
    assert caught.value.reason.code is ReasonCode.SHARE_TOO_LARGE


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(size=st.integers(1, 5_000), order=st.randoms(use_true_random=False))
def test_any_payload_survives_its_pictures_in_any_order(size: int, order: random.Random) -> None:
    payload = noise(size)
    pictures = [frame.png for frame in qr_frames(payload)]
    order.shuffle(pictures)
    texts = [text for png in pictures for text in read_qr(png)]
    assert join_frames(texts) == payload


@settings(max_examples=5, deadline=None)
@given(text=st.text(string.ascii_letters + string.digits + "-_#:/.", min_size=1, max_size=400))
def test_any_link_text_survives_its_picture(text: str) -> None:
    assert read_qr(draw(text)) == (text,)
