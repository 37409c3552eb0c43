"""Payload to QR texts and back: one text, or numbered frames that may arrive in any order.

Everything stays inside the alphanumeric alphabet of a QR code (ISO/IEC 18004 §7.3.4), which packs two
characters into eleven bits; base45 (RFC 9285) is made for it.

    LW1:<base45 of the payload>
    LW1F:<first 16 hex digits of the payload's SHA-256>:<index>/<total>:<base45 of this part>
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from wallet.model.errors import CodecError
from wallet.model.limits import MAX_PAYLOAD_BYTES, MAX_QR_FRAMES
from wallet.model.reasons import Reason, ReasonCode, reason

from .encoding import base45_decode, base45_encode

TEXT_PREFIX: Final = "LW1:"
FRAME_PREFIX: Final = "LW1F:"
_HASH_DIGITS: Final = 16
_MAX_TEXT_CHARS: Final = 2 * MAX_PAYLOAD_BYTES  # base45 needs 1.5 characters a byte
_FRAME: Final = re.compile(r"LW1F:([0-9A-F]{16}):([1-9][0-9]{0,3})/([1-9][0-9]{0,3}):([0-9A-Z $%*+\-./:]+)")


@dataclass(frozen=True, slots=True)
class _Frame:
    sequence: str
    index: int
    total: int
    part: bytes


def is_payload_text(text: str) -> bool:
    """Return whether a text is meant for us: a whole payload or one frame of it."""
    return text.startswith((TEXT_PREFIX, FRAME_PREFIX))


def is_frame(text: str) -> bool:
    """Return whether a text is one numbered frame."""
    return text.startswith(FRAME_PREFIX)


def to_text(payload: bytes) -> str:
    """Return the payload as one text for one QR code."""
    return TEXT_PREFIX + base45_encode(payload)


def to_frames(payload: bytes, part_bytes: int) -> tuple[str, ...]:
    """Return the payload as numbered texts of at most `part_bytes` payload bytes each.

    Raises:
        CodecError: LIMIT_FRAMES if that takes more frames than a reader accepts.
    """
    size = max(1, part_bytes)
    parts = tuple(payload[start : start + size] for start in range(0, len(payload), size)) or (b"",)
    if len(parts) > MAX_QR_FRAMES:
        raise CodecError(reason(ReasonCode.LIMIT_FRAMES, limit=str(MAX_QR_FRAMES), found=str(len(parts))))
    sequence = _sequence(payload)
    return tuple(
        f"{FRAME_PREFIX}{sequence}:{index}/{len(parts)}:{base45_encode(part)}"
        for index, part in enumerate(parts, start=1)
    )


def from_text(text: str) -> bytes:
    """Return the payload of a single `LW1:` text.

    Raises:
        CodecError: QR_FOREIGN if it is no such text, BAD_ENCODING if it is damaged, LIMIT_BYTES.
    """
    if not text.startswith(TEXT_PREFIX):
        raise CodecError(reason(ReasonCode.QR_FOREIGN))
    if len(text) > _MAX_TEXT_CHARS:
        raise CodecError(_too_large())
    return base45_decode(text[len(TEXT_PREFIX) :])


def join_frames(texts: Iterable[str]) -> bytes:
    """Return the payload of texts read from one or several codes, in any order, repeats allowed.

    A single `LW1:` text may stand for the whole sequence.

    Raises:
        CodecError: QR_FOREIGN for a text that is not ours, QR_FRAMES_MIXED for frames of different
            sequences or frames that contradict each other, QR_FRAMES_MISSING with the missing numbers,
            LIMIT_FRAMES and LIMIT_BYTES at the bounds, BAD_ENCODING for damage.
    """
    distinct = tuple(dict.fromkeys(texts))
    if not distinct:
        raise CodecError(reason(ReasonCode.QR_NOT_FOUND))
    if len(distinct) > MAX_QR_FRAMES:
        raise CodecError(reason(ReasonCode.LIMIT_FRAMES, limit=str(MAX_QR_FRAMES), found=str(len(distinct))))
    if any(text.startswith(TEXT_PREFIX) for text in distinct):
        if len(distinct) > 1:
            raise CodecError(reason(ReasonCode.QR_FRAMES_MIXED))
        return from_text(distinct[0])
    return _join(tuple(_read_frame(text) for text in distinct))


def _join(frames: tuple[_Frame, ...]) -> bytes:
    first = frames[0]
    by_index: dict[int, bytes] = {}
    for frame in frames:
        if (frame.sequence, frame.total) != (first.sequence, first.total):
            raise CodecError(reason(ReasonCode.QR_FRAMES_MIXED))
        if by_index.setdefault(frame.index, frame.part) != frame.part:
            raise CodecError(reason(ReasonCode.QR_FRAMES_MIXED, found=str(frame.index)))
    missing = [str(index) for index in range(1, first.total + 1) if index not in by_index]
    if missing:
        raise CodecError(
            reason(
                ReasonCode.QR_FRAMES_MISSING,
                found=str(len(by_index)),
                missing=", ".join(missing),
                total=str(first.total),
            )
        )
    payload = b"".join(by_index[index] for index in range(1, first.total + 1))
    if len(payload) > MAX_PAYLOAD_BYTES:
        raise CodecError(_too_large())
    # Frames of two sequences can share a name only by accident or on purpose; both end here.
    if _sequence(payload) != first.sequence:
        raise CodecError(reason(ReasonCode.QR_FRAMES_MIXED))
    return payload


def _read_frame(text: str) -> _Frame:
    if not text.startswith(FRAME_PREFIX):
        raise CodecError(reason(ReasonCode.QR_FOREIGN))
    match = _FRAME.fullmatch(text) if len(text) <= _MAX_TEXT_CHARS else None
    if match is None:
        raise CodecError(reason(ReasonCode.BAD_ENCODING, what="frame"))
    index, total = int(match[2]), int(match[3])
    if total > MAX_QR_FRAMES:
        raise CodecError(reason(ReasonCode.LIMIT_FRAMES, limit=str(MAX_QR_FRAMES), found=str(total)))
    if index > total:
        raise CodecError(reason(ReasonCode.BAD_ENCODING, what="frame", found=f"{index}/{total}"))
    return _Frame(match[1], index, total, base45_decode(match[4]))


def _sequence(payload: bytes) -> str:
    return hashlib.sha256(payload).hexdigest()[:_HASH_DIGITS].upper()


def _too_large() -> Reason:
    return reason(ReasonCode.LIMIT_BYTES, what="payload", limit=str(MAX_PAYLOAD_BYTES))
