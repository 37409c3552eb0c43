"""QR texts and frames: any order, repeats, losses, mixtures."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.codec.frames import from_text, is_frame, is_payload_text, join_frames, to_frames, to_text
from wallet.model.errors import CodecError
from wallet.model.limits import MAX_QR_FRAMES
from wallet.model.reasons import ReasonCode

ALPHANUMERIC = set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


def _refused(*texts: str) -> ReasonCode:
    with pytest.raises(CodecError) as caught:
        join_frames(texts)
    return caught.value.reason.code


@given(st.binary(max_size=600), st.integers(min_value=1, max_value=200), st.randoms())
def test_frames_join_in_any_order_with_any_repeats(payload: bytes, part: int, chance: random.Random) -> None:
    frames = to_frames(payload, part if len(payload) < part * MAX_QR_FRAMES else 200)
    shuffled = [*frames, *chance.choices(frames, k=3)]
    chance.shuffle(shuffled)
    if payload:
        assert join_frames(shuffled) == payload
    assert all(set(frame) <= ALPHANUMERIC for frame in frames)


@given(st.binary(min_size=1, max_size=600))
def test_one_text_holds_the_whole_payload(payload: bytes) -> None:
    text = to_text(payload)
    assert set(text) <= ALPHANUMERIC
    assert text == text.strip()  # what a copied line loses at its ends
    assert from_text(text) == join_frames([text]) == payload


def test_a_text_says_what_it_is() -> None:
    assert is_payload_text(to_text(b"x"))
    assert not is_frame(to_text(b"x"))
    assert is_frame(to_frames(b"xyz", 1)[0])
    assert not is_payload_text("https://harbor.example")


@given(st.binary(min_size=40, max_size=400), st.data())
def test_a_missing_frame_is_named(payload: bytes, draw: st.DataObject) -> None:
    frames = to_frames(payload, 8)
    lost = draw.draw(st.integers(min_value=0, max_value=len(frames) - 1))
    with pytest.raises(CodecError) as caught:
        join_frames(frames[:lost] + frames[lost + 1 :])
    assert caught.value.reason.code is ReasonCode.QR_FRAMES_MISSING
    assert caught.value.reason["missing"] == str(lost + 1)
    assert caught.value.reason["total"] == str(len(frames))


def test_frames_of_two_sequences_are_refused() -> None:
    one, other = to_frames(b"a" * 40, 20), to_frames(b"b" * 40, 20)
    assert _refused(one[0], other[1]) is ReasonCode.QR_FRAMES_MIXED
    assert _refused(to_text(b"a" * 40), other[1]) is ReasonCode.QR_FRAMES_MIXED
    assert join_frames(one) == b"a" * 40


def test_a_frame_that_contradicts_its_twin_is_refused() -> None:
    first, second = to_frames(b"a" * 40, 20)
    forged = first[:-3] + to_frames(b"b" * 40, 20)[0][-3:]
    assert _refused(first, forged, second) is ReasonCode.QR_FRAMES_MIXED


def test_parts_that_do_not_make_the_named_payload_are_refused() -> None:
    first, second = to_frames(b"a" * 40, 20)
    forged = second[:-3] + to_frames(b"b" * 40, 20)[1][-3:]
    assert _refused(first, forged) is ReasonCode.QR_FRAMES_MIXED


def test_foreign_and_damaged_texts_are_told_apart() -> None:
    frame = to_frames(b"a" * 40, 20)[0]
    assert _refused("https://harbor.example") is ReasonCode.QR_FOREIGN
    assert _refused(frame, "WIFI:S:x;;") is ReasonCode.QR_FOREIGN
    assert _refused(frame.replace("1/2", "3/2")) is ReasonCode.BAD_ENCODING
    assert _refused(frame.replace("1/2", "01/2")) is ReasonCode.BAD_ENCODING
    assert _refused(frame.lower().replace("lw1f", "LW1F")) is ReasonCode.BAD_ENCODING
    assert _refused() is ReasonCode.QR_NOT_FOUND
    with pytest.raises(CodecError) as caught:
        from_text("VP1-B")
    assert caught.value.reason.code is ReasonCode.QR_FOREIGN


def test_the_number_of_frames_is_bounded_on_both_sides() -> None:
    assert len(to_frames(bytes(MAX_QR_FRAMES), 1)) == MAX_QR_FRAMES
    with pytest.raises(CodecError) as caught:
        to_frames(bytes(MAX_QR_FRAMES + 1), 1)
    assert caught.value.reason.code is ReasonCode.LIMIT_FRAMES
    frame = to_frames(b"a" * 40, 20)[0]
    assert _refused(frame.replace("1/2", "1/9999")) is ReasonCode.LIMIT_FRAMES
    assert _refused(*(f"LW1F:{number}" for number in range(MAX_QR_FRAMES + 1))) is ReasonCode.LIMIT_FRAMES
