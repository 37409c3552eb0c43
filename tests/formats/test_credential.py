"""One credential: family, title, securing, bounds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.formats.documents import (
    ISSUER,
    achievement,
    badge,
    data,
    presentation,
    status_list,
    subject,
    token,
    without,
)
from tests.simulators.cose import cose_sign1
from tests.simulators.signing import SigningKey, compact_json
from wallet.formats.credential import noun_of, original_of, parse_credential, parse_token
from wallet.formats.parse import parse
from wallet.formats.vc import MAX_PROBLEMS
from wallet.model.credential import Carrier, Credential, CredentialFormat, EvidenceClass, JsonObject, Securing
from wallet.model.errors import WalletError
from wallet.model.limits import MAX_CREDENTIAL_BYTES, MAX_DISPLAY_CHARS, MAX_STRING_CHARS
from wallet.model.reasons import ReasonCode as R


def _read(document: JsonObject) -> Credential:
    return parse_credential(document, original_of(document))


@pytest.mark.parametrize(
    ("document", "family"),
    [
        (badge(), CredentialFormat.OPEN_BADGE_3),
        (badge(type=["VerifiableCredential", "AchievementCredential"]), CredentialFormat.OPEN_BADGE_3),
        (badge(type=["VerifiableCredential", "EndorsementCredential"]), CredentialFormat.ENDORSEMENT),
        (badge(type=["VerifiableCredential", "ClrCredential"]), CredentialFormat.CLR_2),
        (badge(type=["VerifiableCredential", "LibraryCard"]), CredentialFormat.CREDENTIAL),
        (badge(type=["VerifiableCredential", "EuropeanDigitalCredential"]), CredentialFormat.EUROPEAN),
        (status_list("uH4sI"), CredentialFormat.STATUS_LIST),
    ],
)
def test_the_family_comes_from_the_types(document: JsonObject, family: CredentialFormat) -> None:
    assert _read(document).format is family


def test_the_title_is_the_achievement_before_the_credential() -> None:
    plain = badge(type=["VerifiableCredential", "ExampleDegreeCredential"], credentialSubject={"id": "urn:x"})
    assert _read(badge()).title == "Rope Work"
    assert _read(plain).title == "Certificate of Ada"
    assert _read(without(plain, "name")).title == "Example Degree"
    assert _read(without(plain, "name") | {"type": "VerifiableCredential"}).title == "Credential"


@pytest.mark.parametrize(
    ("name", "noun"),
    [
        ("UniversityDegreeCredential", "University Degree"),
        ("Credential", "Credential"),
        ("urn:x#IDCard", "ID Card"),
        ("https://a.example/LibraryCard", "Library Card"),
        ("", "Credential"),
        ("§§", "Credential"),
    ],
)
def test_a_type_name_as_words(name: str, noun: str) -> None:
    assert noun_of(name) == noun


def test_a_resume_is_called_one() -> None:
    kind = "http://schema.hropenstandards.org/4.4/recruiting/json/ler-rs/LER-RSType.json"
    document = badge(type=["VerifiableCredential"], credentialSubject={"type": kind})
    del document["name"]
    assert _read(document).title == "Résumé"
    assert _read(document | {"name": "Lia"}).title == "Lia"


def test_how_it_is_secured() -> None:
    assert _read(badge()).securing is Securing.EMBEDDED
    assert _read(without(badge(), "proof")).securing is Securing.NONE
    assert _read(badge(proof={"type": "MerkleProof2019"})).securing is Securing.ANCHORED
    signed = parse_token(token(badge()), original_of(token(badge())))
    assert (signed.securing, signed.jws is not None) == (Securing.JWS, True)
    assert signed.evidence_class is EvidenceClass.SEALED


def test_what_came_inside_something_keeps_its_bytes() -> None:
    assert original_of("a.b.c").payload == b"a.b.c"
    assert original_of("a.b.c").carrier is Carrier.JWS
    assert original_of({"b": 1, "a": "é"}).data == '{"b":1,"a":"é"}'.encode()


def test_a_bare_id_is_a_problem_except_where_the_seal_is_an_anchor() -> None:
    assert [problem["member"] for problem in _read(badge(id="0001")).problems] == ["id"]
    assert _read(badge(id="0001", proof={"type": "MerkleProof2019"})).problems == ()


def test_a_presentation_is_no_credential() -> None:
    claims = without(presentation(), "proof")
    with pytest.raises(WalletError) as caught:
        parse_token(token(claims), original_of(""))
    assert caught.value.reason.code is R.FORMAT_UNKNOWN


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"description": "x" * (MAX_STRING_CHARS + 1)}, R.LIMIT_STRING),
        ({f"m{number}": "x" * 200_000 for number in range(6)}, R.LIMIT_BYTES),
        ({"many": [0] * 20_001}, R.LIMIT_NODES),
    ],
)
def test_one_credential_has_bounds_of_its_own(change: dict[str, Any], code: R) -> None:
    with pytest.raises(WalletError) as caught:
        parse(data(badge(**change)))
    assert caught.value.reason.code is code


def test_exactly_at_the_bound_passes_and_pictures_are_not_counted() -> None:
    assert _read(badge(description="x" * MAX_STRING_CHARS)).problems == ()
    assert _read(badge(display={"content": "x" * MAX_DISPLAY_CHARS})).problems == ()  # how it looks
    for wide in ({"display": {"content": "x" * (MAX_DISPLAY_CHARS + 1)}},
                 {"display": {"content": "x"}, "description": "x" * (MAX_STRING_CHARS + 1)}):
        with pytest.raises(WalletError) as caught:
            _read(badge(**wide))
        assert caught.value.reason.code is R.LIMIT_STRING
    picture = "data:image/png;base64," + "A" * (MAX_CREDENTIAL_BYTES + 10)
    shown = badge(credentialSubject=subject(achievement=achievement(image={"id": picture, "type": "Image"})))
    assert _read(shown).problems == ()
    assert _read(shown).achievement.picture == ""  # counted for nothing, and no picture either


def _in_token(document: JsonObject) -> bytes:
    return token(without(document, "proof")).encode()


def _in_message(document: JsonObject) -> bytes:
    return cose_sign1(compact_json(without(document, "proof")), SigningKey("ES256", "harbor"), ISSUER)


@pytest.mark.parametrize("sealed", [data, _in_token, _in_message], ids=["JSON", "JWS", "COSE"])
def test_the_room_for_how_it_looks_is_the_same_in_every_form(sealed: Callable[[JsonObject], bytes]) -> None:
    assert isinstance(parse(sealed(badge(display={"content": "x" * MAX_DISPLAY_CHARS}))), Credential)
    for large in (badge(display={"content": "x" * (MAX_DISPLAY_CHARS + 1)}),
                  badge(description="x" * (MAX_STRING_CHARS + 1))):
        with pytest.raises(WalletError) as caught:
            parse(sealed(large))
        assert caught.value.reason.code is R.LIMIT_STRING


def test_a_file_full_of_problems_names_only_so_many() -> None:
    broken = badge(evidence=[{"type": "Wrong"}] * 1_000)
    assert len(_read(broken).problems) == MAX_PROBLEMS
    assert len(_read(badge(evidence=[{"type": "Wrong"}])).problems) == 1
