"""The dictionaries: frozen text, small enough for a window, worth its place."""

from __future__ import annotations

import zlib

from wallet.codec.dictionary import DICTIONARIES, NEWEST

CHECKSUM = 879539300


def test_an_empty_dictionary_has_the_id_zero_and_the_newest_exists() -> None:
    assert DICTIONARIES[0] == b""
    assert NEWEST in DICTIONARIES


def test_every_dictionary_fits_the_window_of_deflate_and_is_plain_text() -> None:
    for dictionary in DICTIONARIES.values():
        assert len(dictionary) < 4 * 1024
        assert dictionary.isascii()


def test_the_first_dictionary_is_frozen() -> None:
    # Payloads that were printed or sent need exactly these bytes for ever.
    assert zlib.crc32(DICTIONARIES[1]) == CHECKSUM
