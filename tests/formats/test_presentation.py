"""Presentations: every item read on its own, readable or not."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.formats.documents import LEARNER, badge, data, presentation, said, token, without
from tests.simulators.cose import cose_sign1
from tests.simulators.signing import SigningKey
from wallet.codec.encoding import base64url_encode
from wallet.formats.parse import parse
from wallet.formats.presentation import open_envelope
from wallet.formats.vc import V1_CONTEXT, V2_CONTEXT
from wallet.model.credential import (
    Credential,
    CredentialFormat,
    JsonObject,
    Presentation,
    Securing,
    Unreadable,
)
from wallet.model.errors import FormatError, WalletError
from wallet.model.limits import MAX_PACK_CREDENTIALS
from wallet.model.reasons import ReasonCode as R


def _read(document: Any) -> Presentation:
    found = parse(document if isinstance(document, bytes) else data(document))
    assert isinstance(found, Presentation)
    return found


def _enveloped(text: str, media_type: str = "application/vc+jwt") -> JsonObject:
    return {
        "@context": V2_CONTEXT,
        "type": "EnvelopedVerifiableCredential",
        "id": f"data:{media_type},{text}",
    }


def test_a_presentation_with_its_proof() -> None:
    found = _read(presentation(badge(), badge()))
    assert (found.holder, found.challenge, found.domain) == (LEARNER, "n-1", ("harbor.example",))
    assert found.expires == datetime(2026, 2, 1, tzinfo=UTC)
    assert found.created == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert found.securing is Securing.EMBEDDED
    assert [item.title for item in found.credentials if isinstance(item, Credential)] == ["Rope Work"] * 2
    assert found.problems == ()


def test_one_item_may_stand_alone_and_none_may_be_there() -> None:
    assert len(_read(presentation() | {"verifiableCredential": badge()}).credentials) == 1
    assert _read(without(presentation(), "verifiableCredential")).credentials == ()


def test_a_token_inside_is_kept_byte_for_byte() -> None:
    text = token(without(badge(), "proof"))
    for media_type in ("application/vc+jwt", "application/vc-ld+jwt", "application/vc+ld+json+jwt"):
        item = _read(presentation(_enveloped(text, media_type))).credentials[0]
        assert isinstance(item, Credential)
        assert item.original.payload == text.encode()
        assert (item.title, item.securing) == ("Rope Work", Securing.JWS)


def test_items_in_other_envelopes() -> None:
    sd_jwt = token({"vct": "x", "_sd_alg": "sha-256"}, typ="dc+sd-jwt") + "~"
    message = cose_sign1(data(without(badge(), "proof")), SigningKey("ES256", "cose"), "key-1")
    cose = base64.b64encode(message).decode()
    items = _read(
        presentation(
            _enveloped(sd_jwt, "application/vc+sd-jwt"), _enveloped(cose, "application/vc+cose;base64")
        )
    ).credentials
    assert [item.format for item in items if isinstance(item, Credential)] == [
        CredentialFormat.SD_JWT,
        CredentialFormat.OPEN_BADGE_3,
    ]


def test_an_unreadable_item_stays_in_its_place_with_the_reason() -> None:
    items = _read(presentation(badge(), {"hello": "there"}, badge())).credentials
    assert [type(item) for item in items] == [Credential, Unreadable, Credential]
    assert isinstance(items[1], Unreadable)
    assert items[1].reason.code is R.FORMAT_UNKNOWN
    assert items[1].original.payload == b'{"hello":"there"}'


@pytest.mark.parametrize(
    ("item", "member"),
    [
        ({"type": "EnvelopedVerifiableCredential", "id": "urn:x"}, "verifiableCredential.id"),
        (5, "verifiableCredential"),
        ([], "verifiableCredential"),
        ("a.b.c", "verifiableCredential"),
    ],
)
def test_an_item_of_no_allowed_shape_breaks_the_whole(item: Any, member: str) -> None:
    found = _read(presentation(item))
    assert (R.MEMBER_TYPE, member) in said(found.problems)
    assert isinstance(found.credentials[0], Unreadable)


def test_tokens_as_strings_belong_to_the_first_version() -> None:
    shown = {
        "@context": [V1_CONTEXT],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [token({"vc": without(badge(), "proof")})],
    }
    found = _read(token({"vp": shown, "iss": LEARNER, "nonce": "n-2", "aud": "harbor.example"}).encode())
    assert found.problems == ()
    assert (found.holder, found.challenge, found.domain) == (LEARNER, "n-2", ("harbor.example",))
    assert (found.securing, isinstance(found.credentials[0], Credential)) == (Securing.JWS, True)


def test_the_shape_of_the_presentation_itself() -> None:
    assert said(_read(presentation(badge(), holder="Ada")).problems) == [(R.MEMBER_TYPE, "holder")]
    for two in ([LEARNER, "did:web:ada.example"], [[LEARNER, "did:web:ada.example"]],
                [LEARNER, {"id": "did:web:ada.example"}]):  # one thing in hand has one holder
        assert said(_read(presentation(badge(), holder=two)).problems) == [(R.MEMBER_TYPE, "holder")]
    for one in ([LEARNER], [[LEARNER]], {"id": LEARNER}):
        assert said(_read(presentation(badge(), holder=one)).problems) == []
    assert [problem.code for problem in _read(without(presentation(badge()), "@context")).problems] == [
        R.CONTEXT_MISSING
    ]
    assert said(_read(without(presentation(badge()), "type")).problems) == [(R.TYPE_MISSING, "type")]


def test_an_enveloped_token_may_be_in_base64_once_more() -> None:
    text = token(without(badge(), "proof"))
    plain, other = base64.b64encode(text.encode()).decode(), base64url_encode(text.encode())
    for wrapped in (plain, plain.rstrip("="), other, text):  # or it is said and not done
        envelope = _enveloped(wrapped, "application/vc+jwt;base64")
        single = parse(data(envelope))
        assert isinstance(single, Credential)
        assert single.securing is Securing.JWS
        item = _read(presentation(envelope)).credentials[0]
        assert isinstance(item, Credential)
        assert item.jws == single.jws
    broken = _read(presentation(_enveloped("AAAA", "application/vc+jwt;base64"))).credentials[0]
    assert isinstance(broken, Unreadable)


def test_an_enveloped_presentation_and_an_enveloped_credential_alone() -> None:
    inner = token(without(presentation(_enveloped(token(badge()))), "proof"), typ="vp+jwt")
    outer = _enveloped(inner, "application/vp+jwt") | {"type": "EnvelopedVerifiablePresentation"}
    found = _read(outer)
    assert (len(found.credentials), found.original.data) == (1, data(outer))
    single = parse(data(_enveloped(token(without(badge(), "proof")))))
    assert isinstance(single, Credential)
    assert single.securing is Securing.JWS


@pytest.mark.parametrize("address", [None, "urn:x", "data:nothing", 5])
def test_an_envelope_without_a_data_address(address: Any) -> None:
    with pytest.raises(FormatError) as caught:
        open_envelope({"id": address})
    assert caught.value.reason.code is R.MEMBER_TYPE


def test_an_array_is_an_unsigned_collection() -> None:
    found = _read([badge(), token(badge()), {"x": 1}])
    assert (found.securing, found.holder, found.document) == (Securing.NONE, "", {})
    assert [type(item) for item in found.credentials] == [Credential, Credential, Unreadable]
    assert isinstance(parse(data([badge()])), Credential)
    for nothing in ([], [1, 2], [{"x": 1}, {"y": 2}]):
        with pytest.raises(WalletError) as caught:
            parse(data(nothing))
        assert caught.value.reason.code is R.FORMAT_UNKNOWN


def test_the_number_of_items_is_bounded() -> None:
    tiny = {"issuer": "urn:x", "credentialSubject": {"id": "urn:y"}}
    assert len(_read(presentation(*[tiny] * MAX_PACK_CREDENTIALS)).credentials) == MAX_PACK_CREDENTIALS
    with pytest.raises(WalletError) as caught:
        parse(data(presentation(*[tiny] * (MAX_PACK_CREDENTIALS + 1))))
    assert caught.value.reason.code is R.LIMIT_ITEMS


def test_the_published_presentation_in_three_envelopes(vectors: Path) -> None:
    folder = vectors / "w3c/vc-jose-cose-test-suite/tests/input"
    found = _read((folder / "presentation-jose-multiple.txt").read_bytes())
    assert [item.format for item in found.credentials if isinstance(item, Credential)] == [
        CredentialFormat.CREDENTIAL,
        CredentialFormat.CREDENTIAL,
        CredentialFormat.CREDENTIAL,
    ]
    assert [item.securing for item in found.credentials if isinstance(item, Credential)] == [
        Securing.JWS,
        Securing.SD_JWT,
        Securing.COSE,
    ]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"id": "my-presentation"}, (R.MEMBER_TYPE, "id")),
        ({"id": None}, (R.MEMBER_TYPE, "id")),
        ({"termsOfUse": "https://harbor.example/terms"}, (R.MEMBER_TYPE, "termsOfUse")),
        ({"termsOfUse": [{"id": "urn:x:terms"}]}, (R.TYPE_MISSING, "termsOfUse.type")),
    ],
)
def test_a_presentation_names_itself_and_its_terms_as_a_credential_does(
    change: JsonObject, problem: tuple[R, str]
) -> None:
    assert said(_read(presentation(badge(), **change)).problems) == [problem]
    twin = {"id": "urn:x:shown", "termsOfUse": {"type": "IssuerPolicy", "id": "urn:x:terms"}}
    assert _read(presentation(badge(), **twin)).problems == ()
