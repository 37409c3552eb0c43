"""The compact payload of a presentation: version byte, dictionary id, raw deflate of its exact bytes.

One payload, several carriers (QR text, frames, a link's fragment, a file): the carriers are in `frames`
and `share`. Inflating is bounded, because a small code can name megabytes. RFC 1951.
"""

from __future__ import annotations

import zlib
from typing import Final

from wallet.model.errors import CodecError
from wallet.model.limits import MAX_PAYLOAD_BYTES
from wallet.model.reasons import ReasonCode, reason

from .dictionary import DICTIONARIES, NEWEST

VERSION: Final = 1
_HEADER_BYTES: Final = 2  # version, dictionary id
_RAW_DEFLATE: Final = -15  # window of 32 KiB, no zlib header


def encode_payload(presentation: bytes) -> bytes:
    """Return the compact payload that holds exactly these bytes.

    Raises:
        CodecError: LIMIT_BYTES if the reader would refuse to inflate it.
    """
    if len(presentation) > MAX_PAYLOAD_BYTES:
        raise _too_large()
    packer = zlib.compressobj(
        9, zlib.DEFLATED, _RAW_DEFLATE, 9, zlib.Z_DEFAULT_STRATEGY, DICTIONARIES[NEWEST]
    )
    return bytes((VERSION, NEWEST)) + packer.compress(presentation) + packer.flush()


def decode_payload(payload: bytes) -> bytes:
    """Return the bytes inside a compact payload.

    Raises:
        CodecError: BAD_ENCODING for an unknown version or dictionary, damage, or anything behind the
            end; LIMIT_BYTES for more than `MAX_PAYLOAD_BYTES`.
    """
    if len(payload) <= _HEADER_BYTES:
        raise _bad("length")
    version, dictionary_id = payload[0], payload[1]
    if version != VERSION:
        raise _bad("version")
    if dictionary_id not in DICTIONARIES:
        raise _bad("dictionary")
    dictionary = DICTIONARIES[dictionary_id]
    inflater = (
        zlib.decompressobj(_RAW_DEFLATE, dictionary) if dictionary else zlib.decompressobj(_RAW_DEFLATE)
    )
    try:
        data = inflater.decompress(payload[_HEADER_BYTES:], MAX_PAYLOAD_BYTES + 1)
    except zlib.error as error:
        raise _bad("deflate") from error
    if len(data) > MAX_PAYLOAD_BYTES:
        raise _too_large()
    if not inflater.eof or inflater.unused_data or inflater.unconsumed_tail:
        raise _bad("deflate")
    return data


def _bad(found: str) -> CodecError:
    return CodecError(reason(ReasonCode.BAD_ENCODING, what="payload", found=found))


def _too_large() -> CodecError:
    return CodecError(reason(ReasonCode.LIMIT_BYTES, what="payload", limit=str(MAX_PAYLOAD_BYTES)))
