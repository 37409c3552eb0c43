"""The European seal is taken apart strictly; what stands outside the protected header says nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.simulators.certificates import SEALED_AT, Sealer, european, jades
from tests.simulators.signing import JsonObject, base64url
from wallet.formats.jades import is_jades, signing_time
from wallet.formats.parse import parse
from wallet.model.credential import Credential, CredentialFormat, Presentation, Securing
from wallet.model.errors import WalletError
from wallet.model.reasons import ReasonCode

SEALER = Sealer()


def read(document: JsonObject) -> Credential:
    found = parse(json.dumps(document).encode())
    assert isinstance(found, Credential)
    return found


def refused(document: JsonObject) -> tuple[ReasonCode, str]:
    with pytest.raises(WalletError) as caught:
        read(document)
    return caught.value.reason.code, caught.value.reason["what"]


def changed(**changes: Any) -> JsonObject:
    document = jades(SEALER)
    document["signatures"][0].update(changes)
    return document


def test_the_text_itself_is_what_is_sealed() -> None:
    document = jades(SEALER, etsiU=["anything"])
    found = read(document)
    assert (found.format, found.securing) == (CredentialFormat.EUROPEAN, Securing.JADES)
    assert found.document == european()
    assert found.jws is not None
    protected = document["signatures"][0]["protected"]
    assert found.jws.signing_input == f"{protected}.{document['payload']}".encode()
    assert found.original.payload == json.dumps(document).encode()


def test_a_picture_of_how_it_looks_may_be_larger_than_its_words() -> None:
    """European credentials carry what is printed as bare base64, often several times the rest."""
    image = {"id": "urn:epass:detail:1", "content": "iVBORw0KGgo" + "A" * 1_500_000, "type": "MediaObject"}
    shown = {"displayParameter": {"id": "urn:epass:display:1", "image": image}}
    assert read(jades(SEALER, european(**shown))).document["displayParameter"]["image"] == image
    image["content"] = "A" * 1_500_000
    with pytest.raises(WalletError) as caught:
        read(jades(SEALER, european(**shown)))
    assert caught.value.reason.code is ReasonCode.LIMIT_STRING


def test_one_seal_may_stand_without_its_array() -> None:
    document = jades(SEALER)
    document["signatures"] = document["signatures"][0]
    assert read(document).securing is Securing.JADES
    flat = {"payload": document["payload"], **document["signatures"]}
    assert read(flat).jws == read(document).jws


@pytest.mark.parametrize(("document", "what"), [
    (changed() | {"signatures": []}, "signatures"),
    (changed() | {"signatures": changed()["signatures"] * 2}, "signatures"),
    (changed() | {"signatures": [*changed()["signatures"], "x"]}, "signatures"),
    (changed() | changed()["signatures"][0], "signatures"), (changed() | {"signature": "x"}, "signatures"),
    (changed(protected=7), "protected"), (changed(signature=None), "protected"),
    (changed(header=["x"]), "protected"), (changed(header={"alg": "RS256"}), "header"),
    (jades(SEALER, header={"b64": True}), "b64"), (jades(SEALER, header={"b64": None}), "b64"),
    (jades(SEALER, header={"crit": ["sigT"]}), "b64"), (jades(SEALER, header={"crit": "b64"}), "crit"),
    (jades(SEALER, header={"crit": ["b64", "absent"]}), "crit"),
    (jades(SEALER, header={"alg": 7}), "header")])
def test_seals_that_are_none_are_refused(document: JsonObject, what: str) -> None:
    assert refused(document) == (ReasonCode.BAD_JWS, what)


def test_a_header_that_is_no_json_is_refused() -> None:
    assert refused(changed(protected=base64url(b'{"a":1,"a":2}')))[0] is ReasonCode.DUPLICATE_KEY
    assert refused(changed(protected="not base64!"))[0] is ReasonCode.BAD_ENCODING


def test_a_sealed_text_that_is_no_credential_is_refused() -> None:
    assert refused(jades(SEALER, {"some": "thing"}))[0] is ReasonCode.FORMAT_UNKNOWN
    assert refused(jades(SEALER) | {"payload": '{"a":1,"a":2}'})[0] is ReasonCode.DUPLICATE_KEY
    assert refused(jades(SEALER, european(proof={"type": "X"}))) == (ReasonCode.BAD_JWS, "proof")


def test_an_extension_nobody_here_understands_leaves_it_unsupported() -> None:
    found = read(jades(SEALER, header={"crit": ["b64", "sigD"], "sigD": {}}))
    assert found.securing is Securing.UNSUPPORTED


def test_a_seal_inside_a_presentation_is_read_too() -> None:
    shown = {"@context": ["https://www.w3.org/2018/credentials/v1"], "type": ["VerifiablePresentation"],
             "verifiableCredential": [jades(SEALER)]}
    found = parse(json.dumps(shown).encode())
    assert isinstance(found, Presentation)
    assert isinstance(found.credentials[0], Credential)
    assert found.credentials[0].securing is Securing.JADES


def test_other_documents_are_no_such_seal() -> None:
    assert is_jades(jades(SEALER))
    assert not is_jades({"payload": "eyJh", "signatures": []})
    assert not is_jades({"payload": 7, "signatures": []})


@pytest.mark.parametrize(("value", "read_as"), [
    (SEALED_AT, "2023-09-27T12:07:01+00:00"), ("yesterday", None), (7, None), ("2" * 100, None)])
def test_the_time_a_seal_names(value: object, read_as: str | None) -> None:
    moment = signing_time({"sigT": value})
    assert (moment.isoformat() if moment else None) == read_as


@pytest.mark.parametrize(("header", "year"), [
    ({"iat": 1695816421}, 2023), ({"sigT": SEALED_AT, "iat": 1695816421}, 2023),
    ({"sigT": SEALED_AT, "iat": 1795816421}, None), ({"sigT": "yesterday", "iat": 1695816421}, None),
    ({"iat": "2023"}, None), ({"iat": True}, None), ({}, None)])
def test_the_time_under_its_newer_name(header: JsonObject, year: int | None) -> None:
    moment = signing_time(header)
    assert (moment.year if moment else None) == year
