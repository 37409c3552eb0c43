from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode
from wallet.vault.recovery import new_entropy, recovery_entropy, recovery_text, wrong_groups

ENTROPY = st.binary(min_size=16, max_size=16)
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def refused(text: str) -> str:
    with pytest.raises(VaultError) as caught:
        recovery_entropy(text)
    assert caught.value.reason.code is ReasonCode.RECOVERY_CODE_TYPO
    return caught.value.reason["what"]


@given(ENTROPY)
def test_what_is_printed_can_be_typed_back(entropy: bytes) -> None:
    text = recovery_text(entropy)
    assert recovery_entropy(text) == entropy
    assert [len(group) for group in text.split("-")] == [5] * 6


@given(ENTROPY)
def test_it_may_be_typed_as_people_type(entropy: bytes) -> None:
    text = recovery_text(entropy)
    assert recovery_entropy(text.lower().replace("-", " ")) == entropy
    assert recovery_entropy(f"  {text.replace('-', '')}\n") == entropy
    assert recovery_entropy(text.replace("-", "\N{EN DASH}")) == entropy
    assert recovery_entropy(text.replace("0", "o").replace("1", "l")) == entropy
    assert recovery_entropy(text.replace("0", "O").replace("1", "I")) == entropy


@given(ENTROPY, st.integers(0, 29), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_a_typing_error(entropy: bytes, place: int, char: str) -> None:
    typed = list(recovery_text(entropy).replace("-", ""))
    if typed[place] == char:
        return
    typed[place] = char
    assert refused("".join(typed)) == "checksum"


@given(ENTROPY, st.integers(0, 28))
def test_two_characters_swapped_are_a_typing_error(entropy: bytes, place: int) -> None:
    typed = list(recovery_text(entropy).replace("-", ""))
    if typed[place] == typed[place + 1]:
        return
    typed[place], typed[place + 1] = typed[place + 1], typed[place]
    assert refused("".join(typed)) == "checksum"


@pytest.mark.parametrize(("change", "what"), [
    (lambda code: code[:-1], "length"),
    (lambda code: code + "A", "length"),
    (lambda code: code[:0], "length"),
    (lambda code: "U" + code[1:], "character"),
    (lambda code: "é" + code[1:], "character"),
])
def test_what_is_wrong_is_named(change: object, what: str) -> None:
    assert callable(change)
    assert refused(change(recovery_text(new_entropy()))) == what


@given(st.text(max_size=60))
def test_no_text_at_all_ends_otherwise(text: str) -> None:
    assert refused(text) in ("length", "character", "checksum")


@given(ENTROPY, st.sampled_from(["-", " ", "", ". ", "—"]))
def test_a_code_written_as_people_write_has_no_wrong_group(entropy: bytes, between: str) -> None:
    code = recovery_text(entropy)
    typed = code.replace("-", between).lower().replace("0", "o").replace("1", "i")
    assert wrong_groups(typed, code) == ()


@given(ENTROPY, st.integers(0, 29), st.sampled_from(ALPHABET + "?"), st.booleans())
def test_one_wrong_sign_is_found_in_its_group(entropy: bytes, place: int, sign: str, apart: bool) -> None:
    code = recovery_text(entropy)
    signs = list(code.replace("-", ""))
    before, signs[place] = signs[place], sign
    typed = "".join(signs)
    if apart:
        typed = "-".join(typed[start:start + 5] for start in range(0, 30, 5))
    assert wrong_groups(typed, code) == (() if sign == before else (place // 5 + 1,))


@given(st.text(max_size=60))
def test_whatever_is_typed_is_compared_without_a_fault(typed: str) -> None:
    code = recovery_text(bytes(16))
    wrong = wrong_groups(typed, code)
    assert set(wrong) <= set(range(1, 7))
    try:
        same = recovery_entropy(typed) == bytes(16)
    except VaultError:
        same = False
    assert same == (not wrong)
