"""Bounds: above every real file that was seen, below what hurts a small machine."""

from __future__ import annotations

from wallet.model import limits


def test_real_files_fit() -> None:
    assert limits.MAX_CREDENTIAL_BYTES > 489_538
    assert limits.MAX_JSON_DEPTH > 15
    assert limits.MAX_STRING_CHARS > 128_000
    assert limits.MAX_DISPLAY_CHARS > 486_334
    assert limits.MAX_DATA_URI_CHARS > 269_230
    assert limits.MAX_N_DEGREE_CALLS > 468
    assert limits.MAX_STATUS_LIST_BYTES * 8 > limits.MIN_STATUS_LIST_BITS


def test_bounds_nest() -> None:
    assert limits.MAX_CREDENTIAL_BYTES <= limits.MAX_JSON_BYTES <= limits.MAX_FILE_BYTES
    assert limits.MAX_DID_DOCUMENT_BYTES <= limits.MAX_EVIDENCE_BYTES
    assert limits.MIN_KDF_MEMORY_KIB <= limits.MAX_KDF_MEMORY_KIB
    assert limits.MIN_KDF_ITERATIONS <= limits.MAX_KDF_ITERATIONS


def test_every_bound_is_a_positive_number() -> None:
    bounds = {name: value for name, value in vars(limits).items() if name.startswith(("MAX_", "MIN_"))}
    assert bounds
    assert all(isinstance(value, int | float) and value > 0 for value in bounds.values())
