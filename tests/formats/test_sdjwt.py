"""SD-JWT as a credential, as a presentation and as an answer: what each shows, and what breaks it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import AT
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.sdjwt import HOLDER, answer, claims, digest, issue, part
from tests.simulators.signing import compact_jws
from wallet.formats.parse import parse
from wallet.model.credential import Credential, CredentialFormat, Presentation, Securing
from wallet.model.errors import CodecError, WalletError
from wallet.model.limits import MAX_STRING_CHARS
from wallet.model.reasons import ReasonCode

ISSUER = SimulatedIssuer("did:web")
GIVEN, FAMILY = part("Maya", name="given_name"), part("Lind", name="family_name")
GRADE = part("A", name="assessment_grade")


def credential(text: str) -> Credential:
    found = parse(text.encode())
    assert isinstance(found, Credential)
    return found


def problems(text: str) -> list[tuple[ReasonCode, str]]:
    return [(one.code, one["member"] or one["found"]) for one in credential(text).problems]


def notes(text: str) -> dict[ReasonCode, str]:
    return {one.code: one["count"] or one["member"] for one in credential(text).notes}


def refusal(text: str | bytes) -> ReasonCode:
    with pytest.raises(WalletError) as caught:
        parse(text.encode() if isinstance(text, str) else text)
    return caught.value.reason.code


def test_texts_are_bounded_in_a_token_as_anywhere() -> None:
    fits = "x" * MAX_STRING_CHARS
    credential(issue(ISSUER, claims(ISSUER, note=fits)))
    assert refusal(issue(ISSUER, claims(ISSUER, note=fits + "x"))) is ReasonCode.LIMIT_STRING
    assert refusal(issue(ISSUER, claims(ISSUER, status_list={"bits": 1, "lst": fits + "x"}),
                         typ="statuslist+jwt").rstrip("~")) is ReasonCode.LIMIT_STRING


def test_what_is_shown_and_nothing_else() -> None:
    text = issue(ISSUER, claims(ISSUER, GIVEN, FAMILY, GRADE, exp=1900000000), GIVEN, FAMILY)
    found = credential(text)
    assert (found.format, found.securing) == (CredentialFormat.SD_JWT, Securing.SD_JWT)
    assert found.title == "Data Analysis Foundations"
    assert found.issuer.id == ISSUER.id
    assert found.subject.name == "Maya Lind"
    assert found.achievement.results == ()
    assert "_sd" not in found.document
    assert "_sd_alg" not in found.document
    assert found.valid_until is not None
    assert found.valid_until.year == 2030
    assert found.jws is not None
    assert found.jws.text == text
    assert notes(text)[ReasonCode.HIDDEN_PARTS] == "1"
    shown = credential(issue(ISSUER, claims(ISSUER, GRADE), GRADE))
    assert shown.achievement.results == (("Grade", "A"),)
    assert ReasonCode.HIDDEN_PARTS not in {one.code for one in shown.notes}


def test_a_type_that_is_only_an_address_still_makes_a_title() -> None:
    plain = claims(ISSUER, vct="https://northbridge.example/types/CourseCertificate")
    del plain["achievement_title"]
    assert credential(issue(ISSUER, plain)).title == "Course Certificate"


def test_a_name_is_the_persons_and_no_title() -> None:
    plain = claims(ISSUER, vct="https://northbridge.example/types/CourseCertificate", name="Maya Lind")
    del plain["achievement_title"]
    shown = credential(issue(ISSUER, plain))
    assert (shown.title, shown.subject.name) == ("Course Certificate", "Maya Lind")
    assert shown.achievement.name == ""


def test_claims_of_no_type_are_shown_too() -> None:
    payload = {"iss": ISSUER.id, "sub": "user_42", "email": "maya@lind.example"}
    found = credential(issue(ISSUER, payload, typ="example+sd-jwt"))
    assert (found.types, found.problems) == ((), ())
    assert found.subject.id == "user_42"
    assert found.subject.identifiers[0].value == "maya@lind.example"


@pytest.mark.parametrize(("typ", "payload", "expected"), [
    ("dc+sd-jwt", {}, []),
    ("vc+sd-jwt", {}, []),
    ("JWT", {}, [(ReasonCode.JWT_TYPE, "JWT")]),
    ("kb+jwt", {}, [(ReasonCode.JWT_TYPE, "kb+jwt")]),
    ("dc+sd-jwt", {"vct": None}, [(ReasonCode.MEMBER_MISSING, "vct")]),
    ("dc+sd-jwt", {"iss": None}, [(ReasonCode.MEMBER_MISSING, "iss")]),
    ("dc+sd-jwt", {"cnf": "key"}, [(ReasonCode.JWT_CLAIM, "cnf")]),
    ("dc+sd-jwt", {"exp": "2030"}, [(ReasonCode.JWT_CLAIM, "exp")]),
    ("dc+sd-jwt", {"nbf": 1900000000, "exp": 1800000000}, [(ReasonCode.DATE_ORDER, "exp < nbf")]),
])
def test_the_shape_of_a_typed_credential(typ: str, payload: dict[str, Any], expected: list[object]) -> None:
    given = {name: value for name, value in claims(ISSUER, **payload).items() if value is not None}
    assert problems(issue(ISSUER, given, typ=typ)) == expected


@pytest.mark.parametrize("name", ["iss", "exp", "cnf", "vct", "status"])
def test_what_no_sender_may_hold_back_is_never_in_a_disclosure(name: str) -> None:
    payload = claims(ISSUER, exp=1900000000, status={"status_list": {"idx": 3, "uri": "https://x.example/l"}})
    hidden = part(payload.pop(name), name=name)
    payload["_sd"] = [digest(hidden)]
    assert (ReasonCode.DISCLOSURE_NAME, name) in problems(issue(ISSUER, payload, hidden))


def test_what_is_hidden_may_decide_and_is_named() -> None:
    hidden = claims(ISSUER, GRADE)
    del hidden["cnf"]
    assert notes(issue(ISSUER, hidden))[ReasonCode.HIDDEN_MAY_DECIDE] == "exp, status, cnf"
    assert ReasonCode.HIDDEN_MAY_DECIDE not in notes(issue(ISSUER, hidden, GRADE))
    inner = claims(ISSUER, course={"_sd": [digest(GRADE)]})  # below the top nothing ends a credential
    assert ReasonCode.HIDDEN_MAY_DECIDE not in notes(issue(ISSUER, inner))
    assert notes(issue(ISSUER, inner))[ReasonCode.HIDDEN_PARTS] == "1"


def test_careless_salts_are_named() -> None:
    weak = part("Maya", name="given_name", salt="1")
    assert ReasonCode.HIDDEN_GUESSABLE in notes(issue(ISSUER, claims(ISSUER, weak), weak))


def test_a_token_list_in_the_status_claim() -> None:
    entry = {"status_list": {"idx": 7, "uri": "https://x.example/list"}}
    assert credential(issue(ISSUER, claims(ISSUER, status=entry))).statuses == (entry,)
    assert credential(issue(ISSUER, claims(ISSUER, status="odd"))).statuses == ({"status": "odd"},)


# --- credentials of the W3C ---


def badge_with_hidden_achievement() -> tuple[dict[str, Any], str]:
    document = ISSUER.badge_document()
    subject = document["credentialSubject"]
    hidden = part(subject.pop("achievement"), name="achievement")
    subject["_sd"] = [digest(hidden)]
    return document, hidden


def test_a_badge_whose_achievement_is_a_disclosure() -> None:
    document, hidden = badge_with_hidden_achievement()
    shown = credential(issue(ISSUER, document, hidden, typ="vc+sd-jwt"))
    assert (shown.format, shown.securing) == (CredentialFormat.OPEN_BADGE_3, Securing.SD_JWT)
    assert (shown.problems, shown.title) == ((), "Data Analysis Foundations")
    withheld = credential(issue(ISSUER, document, typ="vc+sd-jwt"))
    assert ReasonCode.MEMBER_MISSING in {one.code for one in withheld.problems}


def test_the_two_families_of_one_media_type() -> None:
    document, hidden = badge_with_hidden_achievement()
    assert credential(issue(ISSUER, document, hidden, typ="vc+sd-jwt")).version == "2.0"
    assert credential(issue(ISSUER, claims(ISSUER), typ="vc+sd-jwt")).format is CredentialFormat.SD_JWT
    named = problems(issue(ISSUER, document, hidden, typ="dc+sd-jwt"))
    assert (ReasonCode.MEMBER_MISSING, "vct") in named
    assert (ReasonCode.JWT_TYPE, "vp+sd-jwt") in problems(issue(ISSUER, document, hidden, typ="vp+sd-jwt"))


def test_claims_that_contradict_the_credential() -> None:
    document, hidden = badge_with_hidden_achievement()
    text = issue(ISSUER, {**document, "iss": "did:web:mallory.example"}, hidden, typ="vc+sd-jwt")
    assert (ReasonCode.JWT_CONFLICT, "issuer") in problems(text)


def test_a_token_without_its_last_tilde_is_no_credential() -> None:
    text = issue(ISSUER, claims(ISSUER))
    assert refusal(text.rstrip("~")) is ReasonCode.BAD_SD_JWT
    assert refusal(compact_jws({"_sd_alg": "sha-256"}, ISSUER.key, {"typ": "JWT"})) is ReasonCode.BAD_SD_JWT
    hidden = {"credentialStatus": [{"...": digest(GIVEN)}]}, {"validUntil": {"_sd": [digest(GIVEN)]}}
    for one in (*hidden, {"_sd": [digest(GIVEN)]}):  # the algorithm need not be named, nor the type
        whole = compact_jws({**ISSUER.badge_document(), **one}, ISSUER.key, {})
        assert refusal(whole) is ReasonCode.BAD_SD_JWT
    assert credential(compact_jws(ISSUER.badge_document(), ISSUER.key, {}).decode()).problems == ()


# --- presentations ---


def presentation(text: bytes) -> Presentation:
    found = parse(text)
    assert isinstance(found, Presentation)
    return found


def test_a_presentation_with_credentials_in_envelopes() -> None:
    inner = issue(ISSUER, claims(ISSUER, GIVEN, FAMILY), GIVEN)
    bound = answer(inner).decode()
    holder = part(ISSUER.id, name="holder")
    pack = {
        "@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiablePresentation"],
        "verifiableCredential": [
            {"@context": "https://www.w3.org/ns/credentials/v2", "type": "EnvelopedVerifiableCredential",
             "id": f"data:application/{kind},{one}"}
            for kind, one in (("dc+sd-jwt", inner), ("vc+sd-jwt", bound))],
        "_sd": [digest(holder)],
    }
    found = presentation(issue(ISSUER, pack, holder, typ="vp+sd-jwt").encode())
    assert (found.securing, found.holder, found.problems) == (Securing.SD_JWT, ISSUER.id, ())
    for item in found.credentials:
        assert isinstance(item, Credential)
        assert item.subject.name == "Maya"  # and the family name stays hidden
        assert "family_name" not in item.document


def test_an_answer_is_a_presentation_of_one_credential() -> None:
    text = issue(ISSUER, claims(ISSUER, GIVEN), GIVEN)
    found = presentation(answer(text))
    assert found.securing is Securing.KEY_BINDING
    assert (found.challenge, found.domain, found.created) == ("n-7Q", ("https://harbor.example",), AT)
    assert found.problems == ()
    item, = found.credentials
    assert isinstance(item, Credential)
    assert item.original.payload == text.encode()


@pytest.mark.parametrize(("changes", "code"), [
    ({"typ": "JWT"}, ReasonCode.JWT_TYPE),
    ({"typ": "dc+sd-jwt"}, ReasonCode.JWT_TYPE),
    ({"drop": ("nonce",)}, ReasonCode.JWT_CLAIM),
    ({"drop": ("aud",)}, ReasonCode.JWT_CLAIM),
    ({"drop": ("iat",)}, ReasonCode.JWT_CLAIM),
    ({"drop": ("sd_hash",)}, ReasonCode.JWT_CLAIM),
    ({"nonce": ""}, ReasonCode.JWT_CLAIM),
    ({"aud": ["a", "b"]}, ReasonCode.JWT_CLAIM),
    ({"iat": "now"}, ReasonCode.JWT_CLAIM),
])
def test_an_answer_that_is_no_answer(changes: dict[str, Any], code: ReasonCode) -> None:
    found = presentation(answer(issue(ISSUER, claims(ISSUER)), **changes))
    assert [one.code for one in found.problems] == [code]


def test_an_answer_over_a_presentation_is_not_read() -> None:
    pack = {"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiablePresentation"]}
    assert refusal(answer(issue(ISSUER, pack, typ="vp+sd-jwt"))) is ReasonCode.FORMAT_UNSUPPORTED


def test_the_holder_is_whose_key_was_sealed_in() -> None:
    did = f"did:key:{HOLDER.multibase}"
    named = claims(ISSUER, cnf={"kid": f"{did}#{HOLDER.multibase}"})
    assert presentation(answer(issue(ISSUER, named))).holder == did
    assert presentation(answer(issue(ISSUER, claims(ISSUER)))).holder == ""


def test_published_credentials(vectors: Path) -> None:
    """Every published SD-JWT can be read, and the strings survive byte for byte."""
    files = [*vectors.glob("sd-jwt/**/*.sdjwt"), *vectors.glob("credo-ts/**/sdjwtvc.fixtures/*.jwt"),
             *vectors.glob("w3c/vc-jose-cose-test-suite/tests/input/credential-sdjwt-*.txt")]
    assert len(files) >= 12
    for file in files:
        text = file.read_bytes().strip()
        found = parse(file.read_bytes())
        item = found.credentials[0] if isinstance(found, Presentation) else found
        assert isinstance(item, Credential), file
        assert item.jws is not None
        assert text.startswith(item.jws.text.encode()), file


def test_hostile_disclosures_end_in_a_reason() -> None:
    with pytest.raises(CodecError) as caught:
        parse(issue(ISSUER, claims(ISSUER), GIVEN).encode())
    assert caught.value.reason.code is ReasonCode.DISCLOSURE_UNREFERENCED
