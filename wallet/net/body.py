"""The bytes of an answer, as they come in: counted as they arrive, unpacked under the same bound.

Only gzip is unpacked (RFC 9110 §8.4.1.3, RFC 1952), and never beyond the bound: a bomb ends at the byte after
it. Nothing here opens anything.
"""

from __future__ import annotations

import zlib
from typing import Final

from wallet.model.network import FetchOutcome
from wallet.model.reasons import ReasonCode, reason

from .answer import too_large
from .fetch import FetchError

ENCODINGS: Final = "gzip"
_GZIP_WINDOW: Final = 31  # zlib's largest window, with a gzip header demanded


class Body:
    """One answer's bytes."""

    def __init__(self, host: str, limit: int, encoding: str = "", length: str = "") -> None:
        """Begin.

        Args:
            host: Who answers, for the reasons.
            limit: The most bytes, as they arrive and unpacked.
            encoding: The Content-Encoding header.
            length: The Content-Length header; a lie in it is found by the protocol's own reader.

        Raises:
            FetchError: ANSWER_TOO_LARGE, by what the host announced; ANSWER_BROKEN for an encoding we did not
                ask for.
        """
        coding = encoding.strip().lower()
        if coding not in ("", "identity", "gzip", "x-gzip"):
            raise broken(host)
        if length.isascii() and length.isdigit() and int(length[:20]) > limit:
            raise too_large(host, limit)
        self._host, self._limit = host, limit
        self._gzip = zlib.decompressobj(_GZIP_WINDOW) if coding.endswith("gzip") else None
        self._arrived = 0
        self._data = bytearray()

    def feed(self, piece: bytes) -> None:
        """Take the next piece.

        Raises:
            FetchError: ANSWER_TOO_LARGE or ANSWER_BROKEN.
        """
        self._arrived += len(piece)
        if self._arrived > self._limit:
            raise too_large(self._host, self._limit)
        if self._gzip is None:
            self._data += piece
            return
        try:
            self._data += self._gzip.decompress(piece, self._limit - len(self._data) + 1)
        except zlib.error as error:
            raise broken(self._host) from error
        if len(self._data) > self._limit:
            raise too_large(self._host, self._limit)
        if self._gzip.unused_data:
            # A second member is read by some and not by others: two readers must not see two documents.
            raise broken(self._host)

    def finish(self) -> bytes:
        """Return everything, after the last piece.

        Raises:
            FetchError: ANSWER_BROKEN, when packed data ends early.
        """
        if self._gzip is not None and self._arrived and not self._gzip.eof:
            raise broken(self._host)
        return bytes(self._data)


def broken(host: str) -> FetchError:
    """Return the error of an answer that is incomplete, damaged, or no answer by the protocol."""
    return FetchError(reason(ReasonCode.ANSWER_BROKEN, host=host), FetchOutcome.FAILED)
