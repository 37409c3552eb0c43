from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwe
from joserfc.jwk import OctKey

from wallet.codec.encoding import base64url_decode, base64url_encode
from wallet.keys.key_file import (
    MAX_KEY_FILE_BYTES,
    is_encrypted,
    key_of_jwk,
    private_jwk,
    read_key,
    seal_key,
)
from wallet.keys.keypair import HolderKey
from wallet.model.errors import KeysError
from wallet.model.reasons import ReasonCode

KEY = HolderKey.from_seed(bytes(range(32)))
PASSPHRASE = "four brïght lanterns"
SEALED = seal_key(KEY, PASSPHRASE)


def refusal(data: bytes, passphrase: str = PASSPHRASE) -> ReasonCode:
    with pytest.raises(KeysError) as caught:
        read_key(data, passphrase)
    return caught.value.reason.code


def reheaded(**changed: Any) -> bytes:
    head, *rest = SEALED.decode().split(".")
    header = {**json.loads(base64url_decode(head)), **changed}
    return ".".join([base64url_encode(json.dumps(header).encode()), *rest]).encode()


def test_both_forms_are_read_again() -> None:
    assert is_encrypted(SEALED)
    assert read_key(SEALED + b"\n", PASSPHRASE) == KEY
    plain = json.dumps(private_jwk(KEY)).encode()
    assert not is_encrypted(plain)
    assert read_key(plain) == KEY


def test_the_encrypted_form_holds_neither_half() -> None:
    assert base64url_encode(KEY.seed).encode() not in SEALED
    assert KEY.public.jwk()["x"].encode() not in SEALED
    assert seal_key(KEY, PASSPHRASE) != SEALED


def test_composed_and_decomposed_letters_are_the_same_passphrase() -> None:
    assert read_key(SEALED, "four bri\u0308ght lanterns") == KEY


def test_another_library_reads_it() -> None:
    registry = jwe.JWERegistry(algorithms=["PBES2-HS512+A256KW", "A256GCM"])
    opened = jwe.decrypt_compact(SEALED, OctKey.import_key(PASSPHRASE), registry=registry)
    assert opened.plaintext is not None
    assert json.loads(opened.plaintext) == private_jwk(KEY)


@pytest.mark.parametrize("passphrase", ["", "four bright lanterns", PASSPHRASE + " "])
def test_another_passphrase_does_not_open_it(passphrase: str) -> None:
    assert refusal(SEALED, passphrase) is ReasonCode.KEY_FILE_LOCKED


@pytest.mark.parametrize("changed", [
    {"alg": "dir"}, {"enc": "none"}, {"p2c": 10**9}, {"p2c": 1}, {"p2c": "600000"}, {"p2s": 7}, {"crit": []},
    {"zip": "DEF"},
], ids=str)
def test_headers_of_another_kind_are_refused_before_anything_is_derived(changed: dict[str, Any]) -> None:
    assert refusal(reheaded(**changed)) is ReasonCode.KEY_FILE_UNREADABLE


def test_an_altered_header_or_content_does_not_open() -> None:
    assert refusal(reheaded(kid="x")) is ReasonCode.KEY_FILE_LOCKED
    parts = SEALED.decode().split(".")
    for at in range(1, 5):
        data = bytearray(base64url_decode(parts[at]))
        data[0] ^= 1
        altered = [*parts[:at], base64url_encode(bytes(data)), *parts[at + 1:]]
        assert refusal(".".join(altered).encode()) is ReasonCode.KEY_FILE_LOCKED


@pytest.mark.parametrize("jwk", [
    {}, {"kty": "OKP", "crv": "Ed25519"}, {"kty": "EC", "crv": "P-256", "d": "AA"},
    {"kty": "OKP", "crv": "Ed25519", "d": "AA"}, {"kty": "OKP", "crv": "Ed25519", "d": "!"},
    {**private_jwk(KEY), "x": HolderKey.generate().public.jwk()["x"]}, {**private_jwk(KEY), "x": 7},
], ids=range(7))
def test_what_is_no_such_key_is_refused(jwk: dict[str, Any]) -> None:
    with pytest.raises(KeysError) as caught:
        key_of_jwk(jwk)
    assert caught.value.reason.code is ReasonCode.KEY_FILE_UNREADABLE


def test_a_key_without_its_public_half_is_read() -> None:
    assert key_of_jwk({name: value for name, value in private_jwk(KEY).items() if name != "x"}) == KEY


@given(st.binary(max_size=200))
def test_no_bytes_end_otherwise(data: bytes) -> None:
    assert refusal(data) is ReasonCode.KEY_FILE_UNREADABLE
    assert refusal(b"{" + data) is ReasonCode.KEY_FILE_UNREADABLE
    assert refusal(b"." * 4 + data) is ReasonCode.KEY_FILE_UNREADABLE


def test_a_file_above_the_limit_is_refused() -> None:
    assert refusal(b"{" + b" " * MAX_KEY_FILE_BYTES) is ReasonCode.KEY_FILE_UNREADABLE
