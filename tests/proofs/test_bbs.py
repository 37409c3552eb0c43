"""BBS: signatures and proofs hold for what they were made, and for nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from py_arkworks_bls12381 import G1Point

from wallet.model.errors import ProofError
from wallet.model.limits import MAX_QUADS
from wallet.model.reasons import ReasonCode
from wallet.proofs import bbs

SECRET = 0x60E55110F76883A13D030B2F6BD11883422D5ABDE717569FC0731F51237169FC
PUBLIC = bbs.public_key_of(SECRET)
HEADER = b"header"
MESSAGES = [b"", b"one", b"two", b"three", bytes(1000)]
SIGNATURE = bbs.sign(SECRET, PUBLIC, HEADER, MESSAGES)
SHOWN = {1: b"one", 3: b"three"}
PROOF = bbs.prove(PUBLIC, SIGNATURE, HEADER, b"for you", MESSAGES, list(SHOWN))
IDENTITY = b"\xc0" + bytes(47)


def refusal(check: Callable[..., None], *given: Any) -> ReasonCode:
    with pytest.raises(ProofError) as caught:
        check(*given)
    return caught.value.reason.code


def test_the_published_key_belongs_to_the_published_secret() -> None:
    """The first key pair of the draft's own vectors."""
    assert PUBLIC.hex().startswith("a820f230f6ae38503b86c70dc50b61c58a77e45c39ab25c0652bbaa8fa136f28")


@pytest.mark.parametrize(
    ("message", "length", "digest"),
    [
        # RFC 9380 K.1, tag QUUX-V01-CS02-with-expander-SHA256-128
        (b"", 32, "68a985b87eb6b46952128911f2a4412bbc302a9d759667f87f7a21d803f07235"),
        (b"abc", 32, "d8ccab23b5985ccea865c6c97b6e5b8350e794e603b4b97902f53a8a0d605615"),
    ],
)
def test_messages_are_expanded_as_published(message: bytes, length: int, digest: str) -> None:
    assert bbs.expand_message(message, b"QUUX-V01-CS02-with-expander-SHA256-128", length).hex() == digest


def test_a_long_expansion_begins_as_no_other() -> None:
    parts = {bbs.expand_message(b"m", b"tag", length)[:16] for length in (32, 48, 64, 1000)}
    assert len(parts) == 4
    assert len(bbs.expand_message(b"m", b"tag", 1000)) == 1000


def test_a_signature_holds_for_its_messages_in_their_order() -> None:
    bbs.verify(PUBLIC, SIGNATURE, HEADER, MESSAGES)
    wrong = [
        (bbs.public_key_of(7), SIGNATURE, HEADER, MESSAGES),
        (PUBLIC, SIGNATURE, b"", MESSAGES),
        (PUBLIC, SIGNATURE, HEADER, MESSAGES[::-1]),
        (PUBLIC, SIGNATURE, HEADER, MESSAGES[:-1]),
        (PUBLIC, SIGNATURE, HEADER, [*MESSAGES, b""]),
        (PUBLIC, bbs.sign(SECRET, PUBLIC, HEADER, [b"x"]), HEADER, MESSAGES),
    ]
    for given_ in wrong:
        assert refusal(bbs.verify, *given_) is ReasonCode.SIGNATURE_WRONG


@pytest.mark.parametrize(
    "signature",
    [
        b"",
        SIGNATURE[:-1],
        SIGNATURE + b"\0",
        IDENTITY + SIGNATURE[48:],
        SIGNATURE[:48] + bytes(32),
        SIGNATURE[:48] + bbs.ORDER.to_bytes(32),
        bytes(80),
        b"\xff" * 80,
        bytes([SIGNATURE[0] & 0x7F]) + SIGNATURE[1:],
    ],
)
def test_a_signature_has_one_form(signature: bytes) -> None:
    assert refusal(bbs.verify, PUBLIC, signature, HEADER, MESSAGES) is ReasonCode.PROOF_MALFORMED


def test_a_proof_shows_its_messages_to_whom_it_was_made_for() -> None:
    bbs.verify_proof(PUBLIC, PROOF, HEADER, b"for you", SHOWN)
    wrong: list[tuple[Any, ...]] = [
        (bbs.public_key_of(7), PROOF, HEADER, b"for you", SHOWN),
        (PUBLIC, PROOF, b"", b"for you", SHOWN),
        (PUBLIC, PROOF, HEADER, b"", SHOWN),
        (PUBLIC, PROOF, HEADER, b"for you", {1: b"one", 3: b"two"}),
        (PUBLIC, PROOF, HEADER, b"for you", {1: b"one", 2: b"three"}),
        (PUBLIC, PROOF, HEADER, b"for you", {1: b"one"}),
        (PUBLIC, PROOF, HEADER, b"for you", {}),
        (PUBLIC, PROOF, HEADER, b"for you", {1: b"one", 3: b"three", 4: bytes(1000)}),
        (PUBLIC, PROOF, HEADER, b"for you", {1: b"one", 99: b"three"}),
    ]
    for given_ in wrong:
        assert refusal(bbs.verify_proof, *given_) is ReasonCode.SIGNATURE_WRONG


@pytest.mark.parametrize("shown", [[], [0], [4], [0, 1, 2, 3, 4]])
def test_any_choice_can_be_shown(shown: list[int]) -> None:
    proof = bbs.prove(PUBLIC, SIGNATURE, HEADER, b"", MESSAGES, shown)
    bbs.verify_proof(PUBLIC, proof, HEADER, b"", {index: MESSAGES[index] for index in shown})


def test_two_proofs_of_one_signature_have_nothing_in_common() -> None:
    other = bbs.prove(PUBLIC, SIGNATURE, HEADER, b"for you", MESSAGES, list(SHOWN))
    parts = [{proof[at : at + 16] for at in range(0, len(proof), 16)} for proof in (PROOF, other)]
    assert not parts[0] & parts[1]
    assert SIGNATURE[:48] not in PROOF
    assert SIGNATURE[48:] not in PROOF


@pytest.mark.parametrize("place", range(0, len(PROOF), 31))
def test_no_bit_of_a_proof_can_be_changed(place: int) -> None:
    changed = PROOF[:place] + bytes([PROOF[place] ^ 4]) + PROOF[place + 1 :]
    code = refusal(bbs.verify_proof, PUBLIC, changed, HEADER, b"for you", SHOWN)
    assert code in (ReasonCode.SIGNATURE_WRONG, ReasonCode.PROOF_MALFORMED)


@pytest.mark.parametrize(
    "proof",
    [
        b"",
        PROOF[:-1],
        PROOF + b"\0",
        bytes(len(PROOF)),
        IDENTITY + PROOF[48:],
        PROOF[:48] + IDENTITY + PROOF[96:],
        PROOF[:96] + IDENTITY + PROOF[144:],
        PROOF[:-32] + bytes(32),
        PROOF[:-32] + bbs.ORDER.to_bytes(32),
        PROOF[:271],
        # in the field, on the curve, outside the group
        bytes.fromhex("80" + "00" * 46 + "04") + PROOF[48:],
    ],
)
def test_a_proof_has_one_form(proof: bytes) -> None:
    assert refusal(bbs.verify_proof, PUBLIC, proof, HEADER, b"for you", SHOWN) is ReasonCode.PROOF_MALFORMED


def test_a_point_outside_the_group_is_the_attack_it_seems() -> None:
    outside = bytes.fromhex("80" + "00" * 46 + "04")
    assert not G1Point.from_compressed_bytes_unchecked(outside).is_in_subgroup()


def test_more_messages_than_statements_are_a_limit() -> None:
    long = PROOF + bytes(31) + b"\1" + (bytes(31) + b"\1") * (MAX_QUADS - 3)
    assert refusal(bbs.verify_proof, PUBLIC, long, HEADER, b"for you", SHOWN) is ReasonCode.LIMIT_ITEMS


@settings(max_examples=25, deadline=None)
@given(st.binary(max_size=400), st.dictionaries(st.integers(0, 8), st.binary(max_size=8), max_size=4))
def test_nothing_but_a_reason_comes_of_noise(proof: bytes, shown: dict[int, bytes]) -> None:
    code = refusal(bbs.verify_proof, PUBLIC, proof, HEADER, b"", shown)
    assert code in (ReasonCode.SIGNATURE_WRONG, ReasonCode.PROOF_MALFORMED)


def test_numbers_come_from_hashes_below_the_order() -> None:
    numbers = {bbs.hash_to_scalar(hashlib.sha256(bytes([n])).digest(), b"tag") for n in range(50)}
    assert len(numbers) == 50
    assert max(numbers) < bbs.ORDER
