"""Disclosures: nothing is shown that was not sealed, nothing twice, nothing over something else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.simulators.sdjwt import digest, element, part
from wallet.codec.encoding import base64url_encode
from wallet.codec.sdjwt import show, shown_names, split_sd_jwt
from wallet.codec.strict_json import parse_object
from wallet.model.errors import CodecError
from wallet.model.limits import MAX_DISCLOSURES, MAX_JSON_DEPTH
from wallet.model.reasons import ReasonCode

Json = dict[str, Any]
TOKEN = ".".join((base64url_encode(b'{"alg":"ES256"}'), base64url_encode(b'{"a":1}'), base64url_encode(b"s")))
NAME, CITY = part("Maya", name="given_name"), part("Lind", name="locality")
CITY_LINE = part("Lind")


def refusal(claims: Json, *shown: str) -> ReasonCode:
    with pytest.raises(CodecError) as caught:
        show(claims, shown)
    return caught.value.reason.code


def split_refusal(text: str) -> ReasonCode:
    with pytest.raises(CodecError) as caught:
        split_sd_jwt(text)
    return caught.value.reason.code


def sealing(*hidden: str) -> Json:
    return {"_sd": [digest(one) for one in hidden]}


# --- the split form ---


def test_parts_in_their_order() -> None:
    parts = split_sd_jwt(f"{TOKEN}~{NAME}~{CITY}~")
    assert parts.disclosures == (NAME, CITY)
    assert parts.presented == f"{TOKEN}~{NAME}~{CITY}~"
    assert parts.key_binding is None
    bound = split_sd_jwt(f"{TOKEN}~{NAME}~{TOKEN}")
    assert bound.presented == f"{TOKEN}~{NAME}~"
    assert bound.key_binding is not None
    assert bound.key_binding.text == TOKEN
    assert split_sd_jwt(f"{TOKEN}~").disclosures == ()


@pytest.mark.parametrize("text", [TOKEN, f"{TOKEN}~{NAME}", f"{TOKEN}~~", f"{TOKEN}~~{NAME}~",
                                  f"{TOKEN}~{NAME}~~{TOKEN}"])
def test_a_tilde_too_few_or_too_many(text: str) -> None:
    assert split_refusal(text) is ReasonCode.BAD_SD_JWT


def test_each_token_is_as_strict_as_alone() -> None:
    assert split_refusal(f"{TOKEN[:-1]}=~") is ReasonCode.BAD_JWS
    assert split_refusal(f"{TOKEN}~{TOKEN[:-1]}=") is ReasonCode.BAD_JWS


def test_the_number_of_disclosures_is_bounded() -> None:
    many = [part(place, name=f"c{place}") for place in range(MAX_DISCLOSURES + 1)]
    fits = many[:MAX_DISCLOSURES]
    assert len(split_sd_jwt("~".join((TOKEN, *fits)) + "~").disclosures) == MAX_DISCLOSURES
    assert len(show(sealing(*fits), tuple(fits)).claims) == MAX_DISCLOSURES
    assert split_refusal("~".join((TOKEN, *many)) + "~") is ReasonCode.LIMIT_ITEMS
    assert refusal(sealing(*many), *many) is ReasonCode.LIMIT_ITEMS


# --- what is shown ---


def test_members_and_elements_come_to_their_places() -> None:
    us, de = part("US"), part("DE")
    claims = {"iss": "x", "_sd_alg": "sha-256", **sealing(NAME, CITY),
              "nationalities": [element(us), "FR", element(de)]}
    shown = show(claims, (de, NAME))
    assert shown.claims == {"iss": "x", "given_name": "Maya", "nationalities": ["FR", "DE"]}
    assert (shown.hidden, shown.hidden_at_top, shown.hidden_inside) == (2, 1, frozenset({"nationalities"}))
    assert shown.notes == ()


def test_names_of_what_is_shown() -> None:
    assert shown_names((NAME, CITY_LINE)) == ("given_name", "an element")
    with pytest.raises(CodecError):
        shown_names(("not base64url!",))


def test_a_part_inside_a_part() -> None:
    street = part("Elm 3", name="street")
    address = part({"_sd": [digest(street)], "country": "SE", "lines": [element(CITY_LINE)]}, name="address")
    claims = sealing(address)
    assert show(claims, (street, CITY_LINE, address)).claims == {
        "address": {"country": "SE", "street": "Elm 3", "lines": ["Lind"]}}
    assert show(claims, (address,)).hidden == 2
    assert refusal(claims, street) is ReasonCode.DISCLOSURE_UNREFERENCED  # its parent stays hidden


def test_the_sealed_claims_stay_as_they_were() -> None:
    claims = {"a": {"_sd": [digest(NAME)]}}
    before = json.dumps(claims)
    show(claims, (NAME,))
    assert json.dumps(claims) == before


@pytest.mark.parametrize("name", ["sha-384", "sha-512", "sha3-256", "sha3-512"])
def test_the_hash_is_the_issuers_choice(name: str) -> None:
    claims = {"_sd": [digest(NAME, name.replace("sha-", "sha").replace("sha3-", "sha3_"))], "_sd_alg": name}
    assert show(claims, (NAME,)).claims == {"given_name": "Maya"}


@pytest.mark.parametrize("name", ["md5", "sha-1", "none", "sha256", "SHA-256", "", None, 256, ["sha-256"]])
def test_a_hash_that_protects_nothing_is_refused(name: object) -> None:
    assert refusal({**sealing(NAME), "_sd_alg": name}, NAME) is ReasonCode.DIGEST_REFUSED


def test_what_was_never_sealed_is_refused() -> None:
    assert refusal(sealing(NAME), NAME, CITY) is ReasonCode.DISCLOSURE_UNREFERENCED
    assert refusal({"a": 1}, NAME) is ReasonCode.DISCLOSURE_UNREFERENCED


def test_the_digest_is_over_the_encoded_text() -> None:
    decoded = json.dumps(["kHMcmd2FBvVoKJkP3vyY5g", "given_name", "Maya"])
    text = base64url_encode(decoded.encode())
    assert refusal({"_sd": [digest(decoded)]}, text) is ReasonCode.DISCLOSURE_UNREFERENCED
    spaced = base64url_encode(decoded.replace(", ", ",  ").encode())
    assert refusal({"_sd": [digest(text)]}, spaced) is ReasonCode.DISCLOSURE_UNREFERENCED
    assert show({"_sd": [digest(text)]}, (text,)).claims == {"given_name": "Maya"}


@pytest.mark.parametrize("claims", [
    {"_sd": [digest(NAME), digest(NAME)]},
    {"_sd": [digest(NAME)], "a": {"_sd": [digest(NAME)]}},
    {"a": [element(CITY_LINE), element(CITY_LINE)]},
])
def test_a_digest_stands_once(claims: Json) -> None:
    shown = CITY_LINE if isinstance(claims.get("a"), list) else NAME
    assert refusal(claims, shown) is ReasonCode.DISCLOSURE_TWICE
    assert refusal(claims) is ReasonCode.DISCLOSURE_TWICE  # whether it is shown or not


def test_a_disclosure_stands_once() -> None:
    assert refusal(sealing(NAME), NAME, NAME) is ReasonCode.DISCLOSURE_TWICE


@pytest.mark.parametrize("name", ["_sd", "...", "iss", "other"])
def test_nothing_is_written_over(name: str) -> None:
    hostile, second = part("mallory", name=name), part("again", name="other")
    claims = {"iss": "x", **sealing(hostile, second)}
    assert refusal(claims, hostile, second) is ReasonCode.DISCLOSURE_NAME
    benign = part("x", name="fine")
    assert show({"iss": "x", **sealing(benign, second)}, (benign, second)).claims["fine"] == "x"


def encoded(value: object) -> str:
    return base64url_encode(json.dumps(value).encode())


@pytest.mark.parametrize("value", [
    [], ["salt"], ["salt", "name", 1, 2], {"salt": 1}, "text", [1, "name", "value"], ["salt", 7, "value"],
])
def test_a_disclosure_of_another_shape_is_refused(value: object) -> None:
    text = encoded(value)
    assert refusal(sealing(text), text) is ReasonCode.DISCLOSURE_MALFORMED


def test_two_elements_for_an_array_three_for_an_object() -> None:
    assert refusal({"a": [element(NAME)]}, NAME) is ReasonCode.DISCLOSURE_MALFORMED
    assert refusal(sealing(CITY_LINE), CITY_LINE) is ReasonCode.DISCLOSURE_MALFORMED
    assert show({"a": [element(CITY_LINE)]}, (CITY_LINE,)).claims == {"a": ["Lind"]}


@pytest.mark.parametrize("claims", [
    {"_sd": "x"}, {"_sd": {}}, {"_sd": [7]}, {"a": {"_sd": None}}, {"...": "x"}, {"a": {"...": "x"}},
    {"a": [{"...": "x", "b": 1}]}, {"a": [{"...": 7}]},
])
def test_a_digest_in_a_wrong_place_is_refused(claims: Json) -> None:
    assert refusal(claims) is ReasonCode.DISCLOSURE_MALFORMED


@pytest.mark.parametrize(("text", "code"), [
    ("W10=", ReasonCode.DISCLOSURE_MALFORMED),
    ("W1+/", ReasonCode.DISCLOSURE_MALFORMED),
    (base64url_encode(b'["s","n",{"a":1,"a":2}]'), ReasonCode.DUPLICATE_KEY),
    (base64url_encode(b'["s","n",NaN]'), ReasonCode.BAD_NUMBER),
    (base64url_encode(b'["s","n",1'), ReasonCode.NOT_JSON),
])
def test_a_disclosure_is_strict_json_in_strict_base64url(text: str, code: ReasonCode) -> None:
    assert refusal(sealing(text), text) is code


def nested(levels: int) -> tuple[Json, tuple[str, ...]]:
    """A part in a part in a part: the claims and what shows them all."""
    inner, texts = part(1, name="end"), []
    texts.append(inner)
    for _ in range(levels):
        inner = part({"_sd": [digest(inner)]}, name="a")
        texts.append(inner)
    return sealing(inner), tuple(texts)


def test_parts_in_parts_end_at_the_depth_of_json() -> None:
    # The claims are level 1, each part is one more.
    claims, texts = nested(MAX_JSON_DEPTH - 1)
    assert show(claims, texts).hidden == 0
    claims, texts = nested(MAX_JSON_DEPTH)
    assert refusal(claims, *texts) is ReasonCode.LIMIT_DEPTH
    claims, texts = nested(MAX_DISCLOSURES - 1)
    assert refusal(claims, *texts) is ReasonCode.LIMIT_DEPTH


@pytest.mark.parametrize("salt", ["1", "salt", "c2FsdA", "aaaaaaaaaaaaaaaaaaaaaa"])
def test_a_careless_salt_is_named(salt: str) -> None:
    text = part("Maya", name="given_name", salt=salt)
    assert [note.code for note in show(sealing(text), (text,)).notes] == [ReasonCode.HIDDEN_GUESSABLE]


def test_one_salt_for_several_parts_is_named() -> None:
    texts = tuple(part(place, name=f"c{place}", salt="kHMcmd2FBvVoKJkP3vyY5g") for place in range(2))
    assert [note.code for note in show(sealing(*texts), texts).notes] == [ReasonCode.HIDDEN_GUESSABLE]
    assert show(sealing(*texts), texts[:1]).notes == ()


values = st.recursive(st.none() | st.booleans() | st.integers(0, 99) | st.text(max_size=9),
                      lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
                          st.text(min_size=1, max_size=6).filter(lambda key: key not in ("_sd", "...")),
                          inner, max_size=3), max_leaves=8)


@given(st.dictionaries(st.text(min_size=1, max_size=6).filter(
    lambda key: key not in ("_sd", "...", "_sd_alg")), values, max_size=5), st.data())
def test_any_selection_shows_itself_and_nothing_else(members: Json, data: st.DataObject) -> None:
    texts = {name: part(value, name=name) for name, value in members.items()}
    chosen = data.draw(st.sets(st.sampled_from(sorted(texts)) if texts else st.nothing()))
    shown = show(sealing(*texts.values()), tuple(texts[name] for name in chosen))
    assert shown.claims == {name: members[name] for name in chosen}
    assert shown.hidden == shown.hidden_at_top == len(members) - len(chosen)


@given(st.text(max_size=80))
def test_any_text_ends_in_a_reason_or_in_parts(text: str) -> None:
    for whole in (text, f"{TOKEN}~{text}", f"{TOKEN}~{text}~"):
        try:
            parts = split_sd_jwt(whole)
            show(parse_object(parts.jws.payload), parts.disclosures)
        except CodecError as error:
            assert error.reason.code  # noqa: PT017 - either a reason or nothing, both are right


def test_published_claims(vectors: Path) -> None:
    """What the authors of a published SD-JWT say that it shows."""
    folder = vectors / "sd-jwt/ietf-draft-12-examples-via-pyeudiw"
    parts = split_sd_jwt((folder / "presentation-with-kb.sdjwt").read_text().strip())
    stated = json.loads((folder / "disclosed-claims.presentation-with-kb.json").read_text())
    shown = show(parse_object(parts.jws.payload), parts.disclosures)
    assert {name: shown.claims[name] for name in stated} == stated
    assert shown.hidden == 6
