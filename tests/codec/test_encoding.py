"""One text per byte string, in every base; a compact JWS taken apart strictly."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.codec.encoding import (
    base45_decode,
    base45_encode,
    base58_decode,
    base58_encode,
    base64url_decode,
    base64url_encode,
    multibase_decode,
    read_multicodec,
    split_jws,
    write_multicodec,
)
from wallet.model.errors import CodecError
from wallet.model.reasons import ReasonCode

_PAIRS: tuple[tuple[Callable[[bytes], str], Callable[[str], bytes]], ...] = (
    (base64url_encode, base64url_decode),
    (base58_encode, base58_decode),
    (base45_encode, base45_decode),
)


@pytest.mark.parametrize(("encode", "decode"), _PAIRS)
@given(data=st.binary(max_size=80))
def test_what_is_encoded_comes_back(
    encode: Callable[[bytes], str], decode: Callable[[str], bytes], data: bytes
) -> None:
    assert decode(encode(data)) == data


@pytest.mark.parametrize(("encode", "decode"), _PAIRS)
@given(text=st.text(max_size=12) | st.text("ABCabc123-_%: ", max_size=12))
def test_every_text_that_is_accepted_is_the_only_one(
    encode: Callable[[bytes], str], decode: Callable[[str], bytes], text: str
) -> None:
    try:
        data = decode(text)
    except CodecError as error:
        refused = error.reason.code
    else:
        assert encode(data) == text
        return
    assert refused is ReasonCode.BAD_ENCODING


@pytest.mark.parametrize("text", ["QQ==", "QR", "Q", "Q+", "Q/", "QQ ", "QQ\n", "\u212aA"])
def test_base64url_refuses_padding_white_space_and_stray_bits(text: str) -> None:
    assert base64url_decode("QQ") == b"A"
    with pytest.raises(CodecError):
        base64url_decode(text)


def test_published_examples() -> None:
    assert base45_encode(b"AB") == "BB8"  # RFC 9285 §4.3
    assert base45_encode(b"base-45") == "UJCLQE7W581"
    assert base58_encode(b"Hello World!") == "2NEpo7TZRRrLZSi2U"  # the base58 draft
    assert base58_decode("11233QC4") == bytes.fromhex("0000287fb4cd")


@pytest.mark.parametrize("text", [":::", "ZZZ", "A", "a", "AAAA"])
def test_base45_refuses_what_rfc_9285_refuses(text: str) -> None:
    with pytest.raises(CodecError):
        base45_decode(text)


@pytest.mark.parametrize("text", ["0", "O", "I", "l", "z" * 5_000])
def test_base58_refuses_foreign_characters_and_excess(text: str) -> None:
    with pytest.raises(CodecError):
        base58_decode(text)


@pytest.mark.parametrize("length", [*range(70), 88, 127, 128, 129, 4096])
def test_base58_is_read_at_every_length(length: int) -> None:
    number = 0
    for place in range(length):
        number = number * 58 + (place * 7 + 57) % 58
    text = "".join("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"[(place * 7 + 57) % 58]
                   for place in range(length))
    assert int.from_bytes(base58_decode(text)) == number


def test_multibase_knows_two_bases() -> None:
    assert multibase_decode("z2NEpo7TZRRrLZSi2U") == b"Hello World!"
    assert multibase_decode("uQQ") == b"A"
    for foreign in ("mQQ==", "f41", "", "Z2", "2NEpo7TZRRrLZSi2U"):
        with pytest.raises(CodecError):
            multibase_decode(foreign)


@given(st.integers(0, 2**40), st.binary(max_size=8))
def test_a_multicodec_comes_back(code: int, data: bytes) -> None:
    assert read_multicodec(write_multicodec(code, data)) == (code, data)


@pytest.mark.parametrize("data", [b"", b"\x80", b"\xed\x81\x00", b"\xff" * 12])
def test_a_multicodec_has_one_form(data: bytes) -> None:
    with pytest.raises(CodecError):
        read_multicodec(data)


def _token(header: object, payload: bytes = b"{}", signature: bytes = b"sig") -> str:
    protected = header if isinstance(header, bytes) else json.dumps(header).encode()
    return ".".join(base64url_encode(part) for part in (protected, payload, signature))


def test_a_token_is_taken_apart() -> None:
    token = _token({"alg": "EdDSA", "kid": "k"})
    jws = split_jws(token)
    assert (jws.text, jws.header["kid"], jws.payload, jws.signature) == (token, "k", b"{}", b"sig")
    assert jws.signing_input == token.rsplit(".", 1)[0].encode()


@pytest.mark.parametrize(
    ("token", "code"),
    [
        (_token({"alg": "none"}, signature=b""), ReasonCode.ALGORITHM_REFUSED),
        (_token({"alg": "nOnE"}), ReasonCode.ALGORITHM_REFUSED),
        (_token({}), ReasonCode.BAD_JWS),
        (_token({"alg": 5}), ReasonCode.BAD_JWS),
        (_token({"alg": "EdDSA", "crit": []}), ReasonCode.BAD_JWS),
        (_token({"alg": "EdDSA", "crit": ["x"]}), ReasonCode.BAD_JWS),
        (_token({"alg": "EdDSA", "crit": ["sigT"]}), ReasonCode.BAD_JWS),
        (_token({"alg": "EdDSA", "crit": "sigT", "sigT": "2026-01-14T10:30:00Z"}), ReasonCode.BAD_JWS),
        (_token({"alg": "EdDSA", "crit": ["sigT", "b64"], "sigT": "", "b64": False}), ReasonCode.BAD_JWS),
        (_token({"alg": "EdDSA", "b64": False}), ReasonCode.BAD_JWS),
        (_token({"alg": "EdDSA", "zip": "DEF"}), ReasonCode.BAD_JWS),
        (_token({"alg": "EdDSA"}, signature=b""), ReasonCode.BAD_JWS),
        (_token({"alg": "EdDSA"}, payload=b""), ReasonCode.BAD_JWS),
        (_token(b'{"alg":"EdDSA","alg":"ES256"}'), ReasonCode.DUPLICATE_KEY),
        (_token(["alg"]), ReasonCode.NOT_JSON),
        (_token({"alg": "EdDSA"}) + ".", ReasonCode.BAD_JWS),
        (_token({"alg": "EdDSA"}) + "=", ReasonCode.BAD_JWS),
        (_token({"alg": "EdDSA"}).replace(".", ". "), ReasonCode.BAD_JWS),
        ("", ReasonCode.BAD_JWS),
    ],
)
def test_a_token_that_is_not_strict_is_refused(token: str, code: ReasonCode) -> None:
    with pytest.raises(CodecError) as caught:
        split_jws(token)
    assert caught.value.reason.code is code
