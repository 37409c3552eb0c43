"""Tokens: which object is meant, and whether the registered claims agree with it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.formats.documents import (
    ISSUER,
    LEARNER,
    badge,
    first_version,
    presentation,
    said,
    subject,
    token,
    without,
)
from wallet.codec.encoding import split_jws
from wallet.formats.jwt import audience, compact_form, media_type_of, nonce, read_token
from wallet.formats.parse import parse
from wallet.model.credential import Credential, JsonObject, Presentation
from wallet.model.errors import FormatError
from wallet.model.reasons import ReasonCode as R

ID = badge()["id"]
NBF = 1767312000  # 2026-01-02
EXP = 1862006400  # 2029-01-02
CLAIMS = {"iss": ISSUER, "sub": LEARNER, "jti": ID, "nbf": NBF, "exp": EXP}


def _problems(claims: JsonObject, **header: Any) -> list[tuple[R, str]]:
    return said(tuple(read_token(split_jws(token(claims, **header))).findings.problems))


def _payload(**changes: Any) -> JsonObject:
    return without(badge(), "proof") | CLAIMS | changes


@pytest.mark.parametrize(
    "claims",
    [
        {"vc": without(first_version(), "proof"), **CLAIMS},
        without(badge(), "proof") | CLAIMS,
        without(badge(), "proof"),
    ],
)
def test_both_forms_agree_with_their_claims(claims: JsonObject) -> None:
    found = read_token(split_jws(token(claims)))
    assert not found.is_presentation
    assert found.findings.problems == found.findings.notes == []
    assert found.document["credentialSubject"]["achievement"]["name"] == "Rope Work"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"iss": "did:web:other.example"}, (R.JWT_CONFLICT, "issuer")),
        ({"sub": "did:web:other.example"}, (R.JWT_CONFLICT, "credentialSubject.id")),
        ({"jti": "urn:uuid:other"}, (R.JWT_CONFLICT, "id")),
        ({"nbf": NBF + 60}, (R.JWT_CONFLICT, "validFrom")),
        ({"exp": EXP - 60}, (R.JWT_CONFLICT, "validUntil")),
        ({"iss": ""}, (R.JWT_CLAIM, "iss")),
        ({"iss": 5}, (R.JWT_CLAIM, "iss")),
        ({"sub": None}, (R.JWT_CLAIM, "sub")),
        ({"exp": "2029-01-02T00:00:00Z"}, (R.JWT_CLAIM, "exp")),
        ({"exp": -1}, (R.JWT_CLAIM, "exp")),
        ({"exp": 9_999_999_999_999}, (R.JWT_CLAIM, "exp")),
        ({"nbf": True}, (R.JWT_CLAIM, "nbf")),
        ({"iat": []}, (R.JWT_CLAIM, "iat")),
        ({"iat": "yesterday"}, (R.DATE_UNREADABLE, "iat")),
        ({"nbf": EXP, "exp": NBF}, (R.DATE_ORDER, "")),
        ({"vc": {}}, (R.JWT_CLAIM, "vc")),
        ({"vp": {}}, (R.JWT_CLAIM, "vp")),
    ],
)
def test_a_conflict_or_an_unreadable_claim_is_named(change: dict[str, Any], problem: tuple[R, str]) -> None:
    assert problem in _problems(_payload(**change))
    assert _problems(_payload()) == []


@pytest.mark.parametrize("version", ["2.0", "1.1"])
def test_any_text_may_name_a_token_and_is_no_id_of_what_is_inside(version: str) -> None:
    first = {"vc": without(first_version(), "proof"), **CLAIMS}
    plain: JsonObject = (_payload() if version == "2.0" else first) | {"jti": "3978344f-8596-4c3a"}
    inside = plain.get("vc", plain)
    for stated in (None, f"urn:uuid:{plain['jti']}"):
        inside.pop("id", None)
        inside |= {"id": stated} if stated else {}
        found = read_token(split_jws(token(plain)))
        assert found.document.get("id") == stated
        assert found.findings.problems == []
        assert [(one.code, one["which"]) for one in found.findings.notes] == [(R.QUIRK_BADGE_MEMBER, "jti")]
    inside["id"] = "urn:uuid:other"
    assert (R.JWT_CONFLICT, "id") in _problems(plain)


def test_a_numeric_date_may_have_a_fraction() -> None:
    assert _problems(_payload(nbf=NBF + 0.292, iat=NBF + 0.5)) == []


def test_an_issue_date_in_words_is_only_a_note() -> None:
    found = read_token(split_jws(token(_payload(iat="2010-01-01T19:23:24Z")))).findings
    assert found.problems == []
    assert [(note.code, note["which"]) for note in found.notes] == [(R.QUIRK_DATE, "iat")]


def test_an_issue_date_beyond_every_calendar_is_only_a_note() -> None:
    """Milliseconds in the place of seconds: `iat` decides nothing, an end or a beginning would."""
    found = read_token(split_jws(token(_payload(iat=NBF * 1000)))).findings
    assert [(note.code, note["which"]) for note in found.notes] == [(R.QUIRK_DATE, "iat")]
    assert found.problems == []
    for claim in ("nbf", "exp"):
        assert (R.JWT_CLAIM, claim) in _problems(_payload(**{claim: EXP * 1000}))


def test_an_empty_text_stands_for_what_the_claim_says() -> None:
    """VC Data Model 1.1 §6.3.1: decoding puts the claim there; one writer leaves "" in its place."""
    inside = without(first_version(), "proof") | {"issuer": "", "issuanceDate": ""}
    found = read_token(split_jws(token({"vc": inside, **CLAIMS})))
    assert found.findings.problems == []
    assert [(one.code, one["which"]) for one in found.findings.notes] == [(R.QUIRK_DATE, "issuanceDate")]
    assert found.document["issuer"] == CLAIMS["iss"]
    assert found.document["issuanceDate"] == datetime.fromtimestamp(NBF, UTC).isoformat()
    bare = {name: one for name, one in CLAIMS.items() if name != "nbf"}
    assert _unread({"vc": inside, **bare})
    second = _payload() | {"validFrom": ""}
    assert _unread({"vc": second, "nbf": NBF})


def _unread(payload: JsonObject) -> bool:
    """Whether a date in it is called unreadable."""
    found = parse(token(payload).encode())
    return isinstance(found, Credential) and R.DATE_UNREADABLE in [one.code for one in found.problems]


@pytest.mark.parametrize(
    "kind", [None, "JWT", "jwt", "vc+jwt", "application/vc+jwt", "vc+ld+json+jwt", "vc-ld+jwt"]
)
def test_media_types_of_a_credential(kind: str | None) -> None:
    assert _problems(_payload(), typ=kind) == []


@pytest.mark.parametrize("kind", ["bad+typ", "kb+jwt", "vp+jwt", "at+jwt", 5, ""])
def test_other_media_types_are_a_confusion(kind: Any) -> None:
    assert [code for code, _ in _problems(_payload(), typ=kind)] == [R.JWT_TYPE]


def test_a_wrapped_credential_under_the_new_media_type_is_refused() -> None:
    claims = {"vc": without(first_version(), "proof"), **CLAIMS}
    assert _problems(claims, typ="vc+jwt") == [(R.JWT_CLAIM, "vc")]
    assert _problems(claims, typ="JWT") == []


def test_a_presentation_token() -> None:
    shown = without(presentation(), "proof")
    claims = {"vp": shown, "iss": LEARNER, "aud": ["harbor.example"], "nonce": "n-1", "exp": EXP}
    found = read_token(split_jws(token(claims)))
    assert found.is_presentation
    assert found.expires == datetime(2029, 1, 2, tzinfo=UTC)
    assert (audience(claims), nonce(claims)) == (("harbor.example",), "n-1")
    assert _problems(claims, typ="vc+jwt")[0] == (R.JWT_TYPE, "")
    assert _problems({**claims, "iss": ISSUER}) == [(R.JWT_CONFLICT, "holder")]
    assert _problems(shown, typ="vp+jwt") == []


def test_claims_fill_what_the_first_version_leaves_out() -> None:
    bare = without(
        first_version(issuer={"name": "Harbor College"}, credentialSubject=without(subject(), "id")),
        "id",
        "issuanceDate",
        "expirationDate",
        "proof",
    )
    found = parse(token({"vc": bare, **CLAIMS}).encode())
    assert isinstance(found, Credential)
    assert found.problems == ()
    assert (found.issuer.id, found.issuer.name, found.subject.id, found.id) == (
        ISSUER,
        "Harbor College",
        LEARNER,
        ID,
    )
    assert (found.valid_from, found.valid_until) == (
        datetime(2026, 1, 2, tzinfo=UTC),
        datetime(2029, 1, 2, tzinfo=UTC),
    )


def test_an_end_that_only_the_claims_state_counts() -> None:
    found = parse(token(without(_payload(), "validUntil")).encode())
    assert isinstance(found, Credential)
    assert found.valid_until == datetime(2029, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize("typ", ["vc+jwt", "vc-ld+jwt", "JWT"])
def test_where_the_payload_is_the_credential_its_claims_date_the_seal(typ: str) -> None:
    """VC-JOSE-COSE 1.0: a seal may end before what it seals does; under the older type they are one date."""
    year = 365 * 86_400
    claims = _payload(exp=EXP - year, nbf=CLAIMS["nbf"] + year)
    found = parse(token(claims, typ=typ).encode())
    assert isinstance(found, Credential)
    if typ == "JWT":
        assert {problem.code for problem in found.problems} == {R.JWT_CONFLICT}
        return
    assert found.problems == ()
    assert found.valid_until == datetime.fromtimestamp(EXP - year, UTC)
    assert found.valid_from == datetime.fromtimestamp(CLAIMS["nbf"] + year, UTC)
    longer = parse(token(_payload(exp=EXP + year), typ=typ).encode())
    assert isinstance(longer, Credential)
    assert longer.valid_until == datetime(2029, 1, 2, tzinfo=UTC)
    assert _problems(_payload(iss="did:web:other.example"), typ=typ) == [(R.JWT_CONFLICT, "issuer")]


def test_a_quoted_did_is_named_and_never_taken_for_the_issuer() -> None:
    found = parse(token(_payload(iss=f'"{ISSUER}"')).encode())
    assert isinstance(found, Credential)
    assert found.problems == ()
    assert [(note.code, note["which"]) for note in found.notes] == [(R.QUIRK_QUOTED_DID, "iss")]
    assert found.issuer.id == ISSUER
    assert _problems(_payload(iss='"did:web:other.example"')) == [(R.JWT_CONFLICT, "issuer")]


def test_an_example_id_left_in_a_template_gives_way_to_the_claim() -> None:
    claims = _payload(
        issuer={"id": "did:example:123", "name": "Harbor College"},
        credentialSubject=subject(id="did:example:123"),
    )
    found = parse(token(claims).encode())
    assert isinstance(found, Credential)
    assert (found.problems, found.issuer.id, found.subject.id) == ((), ISSUER, LEARNER)
    assert [(note.code, note["which"]) for note in found.notes] == [
        (R.QUIRK_PLACEHOLDER_ID, "iss"),
        (R.QUIRK_PLACEHOLDER_ID, "sub"),
    ]
    # The other way round is an attack: an example method can never seal for a real issuer.
    assert _problems(_payload(iss="did:example:123")) == [(R.JWT_CONFLICT, "issuer")]


def test_a_token_with_neither_is_unknown() -> None:
    unknown: tuple[JsonObject, ...] = ({"sub": LEARNER}, {"vc": "text"}, {"vc": []})
    for claims in unknown:
        with pytest.raises(FormatError) as caught:
            read_token(split_jws(token(claims)))
        assert caught.value.reason.code is R.FORMAT_UNKNOWN


def test_json_serialisation_with_one_signature_is_the_compact_form() -> None:
    compact = token(_payload())
    head, body, signature = compact.split(".")
    flat = {"protected": head, "payload": body, "signature": signature}
    signed = [{"protected": head, "signature": signature}]
    general: JsonObject = {"payload": body, "signatures": signed}
    assert compact_form(flat) == compact_form(general) == compact
    assert compact_form(flat | {"header": {"disclosures": ["W1", "W2"]}}) == f"{compact}~W1~W2~"
    assert compact_form(flat | {"header": {"disclosures": [], "kb_jwt": "a.b.c"}}) == f"{compact}~a.b.c"
    for wrong in (
        general | {"signatures": signed * 2},
        flat | {"header": {"alg": "none"}},
        flat | {"header": {"disclosures": [], "kid": "x"}},
        flat | {"header": {"disclosures": ["a~b"]}},
        flat | {"header": {"disclosures": [7]}},
        flat | {"header": {"disclosures": "ab"}},
        flat | {"header": {"kb_jwt": "ey"}},
        flat | {"header": ["disclosures"]},
        without(flat, "protected"),
    ):
        with pytest.raises(FormatError) as caught:
            compact_form(wrong)
        assert caught.value.reason.code is R.BAD_JWS


def test_media_type_is_read_in_its_short_form() -> None:
    assert media_type_of({"typ": "application/VC+JWT"}) == "vc+jwt"
    assert media_type_of({"typ": 5}) == media_type_of({}) == ""


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("credential-issuer-match-signed", []),
        ("credential-jose-bad-media-type", [R.JWT_TYPE]),
        ("credential-jose-vc-vp-claims", [R.JWT_CLAIM]),
        ("credential-jose-unknown-extensions", []),
        ("presentation-jose-bad-credential", [R.MEMBER_TYPE]),
        ("presentation-jose-multiple", []),
    ],
)
def test_the_published_tokens(vectors: Path, name: str, codes: list[R]) -> None:
    found = parse((vectors / f"w3c/vc-jose-cose-test-suite/tests/input/{name}.txt").read_bytes())
    assert [problem.code for problem in found.problems] == codes
    assert isinstance(found, Presentation) == name.startswith("presentation")
