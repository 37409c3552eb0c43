"""The first promise: whatever value of a sealed credential is changed, it never verifies again."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.codec.samples import badge, contexts, endorsement, subject
from wallet.codec.encoding import split_jws
from wallet.codec.strict_json import dump_json
from wallet.keys.keypair import HolderKey
from wallet.model.errors import WalletError
from wallet.proofs.data_integrity import create_proof, prepare, verify_proof
from wallet.proofs.jws import sign_jws, verify_jws

Json = dict[str, Any]
KEY = HolderKey.from_seed(b"\x0b" * 32)
_TERMS = {"challenge": "n-0S6", "domain": "https://employer.example"}


@cache
def _signed() -> Json:
    document = badge(
        endorsement=[endorsement()],
        validUntil="2029-05-12T00:00:00Z",
        credentialSubject=subject(creditsEarned=7.5)["credentialSubject"],
    )
    return create_proof(
        document,
        key=KEY,
        contexts=contexts(),
        created=datetime(2026, 5, 12, tzinfo=UTC),
        purpose="assertionMethod",
        expires=datetime(2030, 1, 1, tzinfo=UTC),
        **_TERMS,
    )


@cache
def _token() -> str:
    return sign_jws(dump_json(badge()), {"typ": "vc+jwt", "kid": KEY.verification_method}, KEY)


def _leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _leaves(inner, (*path, index))
    else:
        yield path


def _verifies(document: Json) -> bool:
    try:
        verify_proof(prepare(document, contexts()), document["proof"], KEY.public)
    except WalletError:
        return False
    return True


def _with(path: tuple[str | int, ...], value: Any) -> Json:
    document = copy.deepcopy(_signed())
    target: Any = document
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    return document


def _at(path: tuple[str | int, ...]) -> Any:
    value: Any = _signed()
    for step in path:
        value = value[step]
    return value


_PATHS = tuple(_leaves(_signed()))
_OTHER = st.one_of(
    st.text(max_size=20),
    st.integers(-(10**6), 10**6),
    st.booleans(),
    st.sampled_from(
        ["https://evil.example/", "2099-01-01T00:00:00Z", "urn:uuid:other", "VerifiableCredential", "A"]
    ),
    st.just({"id": "https://evil.example/"}),
)


def test_the_untouched_twin_verifies() -> None:
    assert _verifies(_signed())
    assert _verifies(copy.deepcopy(_signed()))
    verify_jws(split_jws(_token()), KEY.public)


@pytest.mark.parametrize("path", _PATHS, ids=lambda path: "/".join(map(str, path)))
def test_no_single_value_can_be_changed(path: tuple[str | int, ...]) -> None:
    value = _at(path)
    for other in (value + 1 if isinstance(value, (int, float)) else f"{value}x", None):
        assert not _verifies(_with(path, other)), (path, other)


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(_PATHS), _OTHER)
def test_no_value_can_be_exchanged(path: tuple[str | int, ...], other: Any) -> None:
    value = _at(path)
    # A type list and a tag list are sets: putting in what stands beside it is another change.
    if other == value or (isinstance(path[-1], int) and other in _at(path[:-1])):
        return
    assert not _verifies(_with(path, other))


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_no_character_of_a_text_can_be_flipped(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from([path for path in _PATHS if isinstance(_at(path), str)]))
    text = _at(path)
    index = data.draw(st.integers(0, len(text) - 1))
    bit = data.draw(st.integers(0, 6))
    flipped = text[:index] + chr(ord(text[index]) ^ (1 << bit)) + text[index + 1 :]
    assert not _verifies(_with(path, flipped))


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_bit_of_a_token_can_be_flipped(data: st.DataObject) -> None:
    token = bytearray(_token().encode())
    index = data.draw(st.integers(0, len(token) - 1))
    token[index] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(WalletError):
        verify_jws(split_jws(token.decode("latin-1")), KEY.public)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_member_can_be_taken_away(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from([path for path in _PATHS if isinstance(path[-1], str)]))
    document = copy.deepcopy(_signed())
    target: Any = document
    for step in path[:-1]:
        target = target[step]
    del target[path[-1]]
    assert not _verifies(document)
