"""Proof values of the selective suites: their kinds, and everything that is not one."""

from __future__ import annotations

from typing import Any

import pytest

from wallet.codec.encoding import base64url_encode
from wallet.model.errors import ProofError, ProofUnsupportedError
from wallet.model.limits import MAX_DISCLOSURES, MAX_QUADS, MAX_STRING_CHARS
from wallet.model.reasons import Reason, ReasonCode
from wallet.proofs.disclosure_value import (
    is_bytes,
    is_index_list,
    is_pointer_list,
    kind_of,
    read_value,
    write_value,
)

GOOD = write_value(1, (b"a", 2))


def read(value: str, **changes: Any) -> list[Any]:
    terms: dict[str, Any] = {"kind": 1, "length": 2, "suite": "s", "base": 0, "features": {4: "magic"}}
    return read_value(value, **(terms | changes))


def refusal(value: str, **changes: Any) -> Reason:
    with pytest.raises(ProofError) as caught:
        read(value, **changes)
    return caught.value.reason


def text(data: str) -> str:
    return "u" + base64url_encode(bytes.fromhex(data))


def test_a_value_comes_back() -> None:
    assert text("d95d0182416102") == GOOD
    assert read(GOOD) == [b"a", 2]
    assert kind_of(GOOD) == 1


@pytest.mark.parametrize(
    "value",
    [
        "",
        "u",
        "z" + GOOD[1:],
        GOOD[1:],
        GOOD + "=",
        GOOD + "A",
        " " + GOOD,
        text("d95d01"),
        text("d95e01820102"),
        text("d95d02820102"),
        text("d95d0182"),
        text("d95d01a10102"),
        text("d95d01830102ff"),
        text("d95d0183010203"),
        text("d95d0182010200"),
        text("d95d019f0102ff"),
        "u" + "A" * MAX_STRING_CHARS,
    ],
)
def test_what_is_not_of_its_kind_is_malformed(value: str) -> None:
    assert refusal(value).code is ReasonCode.PROOF_MALFORMED


def test_a_base_proof_is_the_holders_only() -> None:
    base = write_value(0, (b"a", 2))
    assert refusal(base).code is ReasonCode.PROOF_BASE
    assert refusal(base)["suite"] == "s"
    assert read(base, kind=0) == [b"a", 2]


def test_a_feature_that_is_left_out_is_named() -> None:
    with pytest.raises(ProofUnsupportedError) as caught:
        read(write_value(4, (b"whatever",)))
    assert caught.value.reason.code is ReasonCode.PROOF_UNSUPPORTED
    assert caught.value.reason["suite"] == "s magic"
    assert refusal(write_value(4, (b"whatever",)), features=None).code is ReasonCode.PROOF_MALFORMED


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([], True),
        ([0], True),
        ([0, 1, 5], True),
        (list(range(MAX_QUADS)), True),
        (list(range(MAX_QUADS + 1)), False),
        ([1, 1], False),
        ([2, 1], False),
        (["0"], False),
        ((0, 1), False),
        ({0: 1}, False),
        (b"\0", False),
    ],
)
def test_places_come_in_order_and_once(value: Any, expected: bool) -> None:
    assert is_index_list(value) is expected


def test_texts_and_bytes_are_what_they_say() -> None:
    assert is_pointer_list(["/a"] * MAX_DISCLOSURES)
    assert not is_pointer_list(["/a"] * (MAX_DISCLOSURES + 1))
    assert not is_pointer_list(["/a", b"/b"])
    assert not is_pointer_list("/a")
    assert is_bytes(bytes(64), {64, 96})
    assert not is_bytes(bytes(63), {64})
    assert not is_bytes("a" * 64, {64})
