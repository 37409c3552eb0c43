from __future__ import annotations

import pytest

from wallet.model.errors import OperationError
from wallet.model.reasons import ReasonCode
from wallet.operations.passphrase import demand_strength, strength


@pytest.mark.parametrize("weak", ["password", "12345678", "qwertz", "aaaaaaa"])
def test_what_falls_at_once_is_refused(weak: str) -> None:
    assert not strength(weak).acceptable
    with pytest.raises(OperationError) as error:
        demand_strength(weak)
    assert error.value.reason.code is ReasonCode.PASSPHRASE_WEAK


@pytest.mark.parametrize("good", ["four bright lanterns drifting", "Blaue Möwe zählt 17", "x7#kQ!9zTr"])
def test_a_good_one_passes(good: str) -> None:
    assert strength(good).acceptable
    demand_strength(good)


def test_an_empty_one_is_named_so() -> None:
    for text in ("", "   "):
        with pytest.raises(OperationError) as error:
            demand_strength(text)
        assert error.value.reason.code is ReasonCode.PASSPHRASE_EMPTY


def test_a_very_long_one_is_rated_in_bounded_time() -> None:
    assert strength("a correct horse " * 10_000).score >= 3


@pytest.mark.parametrize("first", [0xFF41, 0x1D41A], ids=["wide", "bold"])
def test_what_counts_is_what_the_letters_come_down_to(first: int) -> None:
    assert not strength("".join(chr(first + ord(letter) - ord("a")) for letter in "password")).acceptable
