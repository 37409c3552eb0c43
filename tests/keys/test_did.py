"""DIDs and DID URLs: one key has one name, and an address leads nowhere odd."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.codec.encoding import base64url_encode
from wallet.keys.did import is_did, resolve_pure, split_did_url, web_location
from wallet.keys.keypair import HolderKey
from wallet.model.errors import KeysError
from wallet.model.reasons import ReasonCode

HOLDER = HolderKey.from_seed(b"\7" * 32)
P256 = "did:key:zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP"
P384 = "did:key:z82LkuBieyGShVBhvtE2zoiD6Kma4tJGFtkAhxR5pfkp5QPw4LutoYWhvQCnGjdVn14kujQ"


def jwk_did(**change: str) -> str:
    return "did:jwk:" + base64url_encode(json.dumps(HOLDER.public.jwk() | change).encode())


def refusal(call: object, *arguments: str) -> ReasonCode:
    assert callable(call)
    with pytest.raises(KeysError) as caught:
        call(*arguments)
    return caught.value.reason.code


@given(st.text(max_size=30) | st.text("did:webkey#?/.%3A", max_size=30))
def test_no_text_ends_in_another_error(text: str) -> None:
    for call in (split_did_url, resolve_pure, web_location):
        try:
            call(text)
        except KeysError as error:
            assert error.reason.code  # noqa: PT017  # any reason will do, another error will not


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("did:web:uni.example#key-1", ("did:web:uni.example", "key-1")),
        ("did:web:uni.example", ("did:web:uni.example", "")),
        (HOLDER.verification_method, (HOLDER.did, HOLDER.public.multibase)),
        ("https://uni.example/issuers/7#k", ("https://uni.example/issuers/7", "k")),
        ("https://uni.example/issuers/7?v=3_0#key-0", ("https://uni.example/issuers/7?v=3_0", "key-0")),
        ("urn:uuid:1#z6Mk", ("urn:uuid:1", "z6Mk")),
    ],
)
def test_an_address_is_split(url: str, parts: tuple[str, str]) -> None:
    assert split_did_url(url) == parts


@pytest.mark.parametrize(
    "url",
    [
        "did:web:uni.example#key-1?x",
        "did:web:uni.example?x=1#key-1",
        "did:web:uni.example/..#k",
        "did:web:uni.example/path#k",
        "did:web:..#k",
        "did:web:uni.example#a#b",
        "did:web:uni.example#",
        "did:web:uni.example#k k",
        "did:web:un\u0456.example#k",
        "DID:web:uni.example#k",
        "https://uni.example/a/../b#k",
        "https://uni.example/a/%2e%2e/b#k",
        "https://uni.example/a\\..\\b#k",
        "https://uni.example/x?#k",
        "https://uni.example/x?a?b#k",
        "https://uni.example/a/..?v=1#k",
        "https://uni.example/a?v=/../b#k",
        "key-1",
        "#key-1",
        "",
        "did:web:" + "a" * 5_000,
    ],
)
def test_a_second_name_for_a_key_is_refused(url: str) -> None:
    assert refusal(split_did_url, url) is ReasonCode.DID_MALFORMED


def test_did_key_is_its_own_document() -> None:
    for did in (HOLDER.did, P256, P384):
        document = resolve_pure(did)
        [method] = document.methods
        assert document.id == method.controller == did
        assert method.id == f"{did}#{did.removeprefix('did:key:')}"
        assert document.assertion == document.authentication == {method.id}
        assert method.key
        assert f"did:key:{method.key.multibase}" == did


def test_did_jwk_is_its_own_document() -> None:
    document = resolve_pure(jwk_did())
    [method] = document.methods
    assert method.id.endswith("#0")
    assert method.key == HOLDER.public


@pytest.mark.parametrize(
    ("did", "code"),
    [
        ("did:web:uni.example", ReasonCode.DID_UNSUPPORTED),
        ("did:ion:EiA", ReasonCode.DID_UNSUPPORTED),
        (HOLDER.did + "#x", ReasonCode.DID_MALFORMED),
        ("did:key:z0OIl", ReasonCode.KEY_MALFORMED),
        ("did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc", ReasonCode.KEY_UNSUPPORTED),
        ("did:jwk:e30", ReasonCode.KEY_UNSUPPORTED),
        ("did:jwk:%20", ReasonCode.DID_MALFORMED),
        ("did:jwk:bm90IGpzb24", ReasonCode.DID_MALFORMED),
        (jwk_did(d="AA"), ReasonCode.KEY_PRIVATE),
        (jwk_did(use="enc"), ReasonCode.KEY_MALFORMED),
    ],
)
def test_what_cannot_be_resolved_says_why(did: str, code: ReasonCode) -> None:
    assert refusal(resolve_pure, did) is code


@pytest.mark.parametrize(
    ("did", "address"),
    [
        ("did:web:uni.example", "https://uni.example/.well-known/did.json"),
        ("did:web:uni.example:a:b", "https://uni.example/a/b/did.json"),
        ("did:web:uni.example:students:~eve", "https://uni.example/students/~eve/did.json"),
        ("did:web:uni.example%3A8443", "https://uni.example:8443/.well-known/did.json"),
        ("did:web:xn--bcher-kva.example", "https://xn--bcher-kva.example/.well-known/did.json"),
    ],
)
def test_did_web_is_an_address(did: str, address: str) -> None:
    assert is_did(did)
    assert web_location(did) == address


@pytest.mark.parametrize(
    "did",
    [
        "did:web:127.0.0.1",
        "did:web:2130706433",
        "did:web:0x7f.0.0.1",
        "did:web:localhost",
        "did:web:a.localhost",
        "did:web:[::1]",
        "did:web:%5B%3A%3A1%5D",
        "did:web:user%40uni.example",
        "did:web:uni.example%3A",
        "did:web:uni.example%3A0",
        "did:web:uni.example%3A99999",
        "did:web:uni.example%3A22%3A22",
        "did:web:uni.example.",
        "did:web:-uni.example",
        "did:web:bücher.example",
        "did:web:uni.example::a",
        "did:web:uni.example:..:a",
        "did:web:uni.example:%2e%2e",
        "did:web:uni.example:a%2Fb",
        "did:web:uni.example:a%5Cb",
        "did:web:uni.example:%252e",
        "did:web:",
    ],
)
def test_did_web_leads_to_public_names_only(did: str) -> None:
    assert refusal(web_location, did) is ReasonCode.DID_MALFORMED


def test_other_methods_have_no_address() -> None:
    assert refusal(web_location, HOLDER.did) is ReasonCode.DID_UNSUPPORTED
    assert not is_did("did:web:uni.example#k")
    assert not is_did("https://uni.example")
