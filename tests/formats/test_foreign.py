"""Families that are named and shown, and never taken for sealed or for an error."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from tests.formats.documents import ISSUER, badge, data, token
from wallet.formats.foreign import looks_like_cose
from wallet.formats.parse import parse
from wallet.model.credential import (
    Credential,
    CredentialFormat,
    EvidenceClass,
    JsonObject,
    Securing,
)

ASSERTION: JsonObject = {
    "@context": "https://w3id.org/openbadges/v2",
    "type": "Assertion",
    "id": "https://harbor.example/a/1",
    "recipient": {"type": "email", "hashed": "true", "salt": "9f", "identity": "sha256$ab"},
    "badge": {
        "type": "BadgeClass",
        "name": "Rope Work",
        "criteria": {"narrative": "Tie."},
        "issuer": {"id": "https://harbor.example/i", "type": "Profile", "name": "Harbor College"},
    },
    "issuedOn": "2024-04-01T14:41:00Z",
    "expires": "2027-04-01T00:00:00Z",
    "verification": {"type": "hosted"},
}


def _read(file: bytes) -> Credential:
    found = parse(file)
    assert isinstance(found, Credential)
    assert found.problems == ()
    return found


def test_an_sd_jwt_keeps_its_tildes() -> None:
    text = (
        token(
            {"iss": ISSUER, "vct": "https://harbor.example/rope", "_sd_alg": "sha-256", "exp": 1862006400},
            typ="dc+sd-jwt",
        )
        + "~WyJhIiwiYiIsImMiXQ~"
    )
    found = _read(text.encode())
    assert (found.format, found.securing, found.title) == (
        CredentialFormat.SD_JWT,
        Securing.UNSUPPORTED,
        "rope",
    )
    assert found.jws is not None
    assert found.jws.text == text
    assert found.issuer.id == ISSUER


def test_a_token_status_list() -> None:
    found = _read(
        token(
            {"iss": ISSUER, "sub": "https://a.example/l", "status_list": {"bits": 1, "lst": "eNo"}},
            typ="statuslist+jwt",
        ).encode()
    )
    assert (found.format, found.securing) == (CredentialFormat.STATUS_LIST, Securing.UNSUPPORTED)


def test_cose_in_three_writings() -> None:
    message = b"\xd2\x84\x43\xa1\x01\x26" + bytes(80)
    for file in (message, base64.b64encode(message), message.hex().encode()):
        assert looks_like_cose(file)
        assert _read(file).securing is Securing.UNSUPPORTED
    for file in (b"0oR!!", b"d284xyz", b"\xd2\x85"):
        assert not looks_like_cose(file)


def test_a_european_seal_holds_its_payload_as_text() -> None:
    inner = badge(
        type=["VerifiableCredential", "EuropeanDigitalCredential"],
        issuer={"id": "urn:epass:org:1", "legalName": {"en": ["Harbor College"]}},
        displayParameter={"title": {"de": ["Seil"], "en": ["Rope"]}},
    )
    found = _read(
        data({"payload": data(inner).decode(), "signatures": [{"protected": "e30", "signature": "AA"}]})
    )
    assert (found.format, found.securing) == (CredentialFormat.EUROPEAN, Securing.UNSUPPORTED)
    assert (found.title, found.issuer.name) == ("Rope", "Harbor College")


def test_blockcerts_only_in_a_chain() -> None:
    old = ASSERTION | {
        "@context": ["https://w3id.org/openbadges/v2", "https://w3id.org/blockcerts/v2"],
        "signature": {"type": ["MerkleProof2017"]},
    }
    assert _read(data(old)).format is CredentialFormat.BLOCKCERTS
    assert _read(data(old)).evidence_class is EvidenceClass.SEALED
    both = badge(proof=[{"type": "MerkleProof2019"}, badge()["proof"]])
    assert _read(data(both)).securing is Securing.EMBEDDED
    new = badge(proof={"type": "DataIntegrityProof", "cryptosuite": "merkle-proof-2019"})
    assert _read(data(new)).securing is Securing.UNSUPPORTED


@pytest.mark.parametrize(
    ("path", "family"),
    [
        ("sd-jwt/ietf-draft-12-examples-via-pyeudiw/presentation-with-kb.sdjwt", CredentialFormat.SD_JWT),
        (
            "w3c/vc-jose-cose-test-suite/tests/input/credential-cose-bad-media-type.txt",
            CredentialFormat.OTHER,
        ),
        ("blockcerts/cert-verifier-js/test/fixtures/v2/mainnet-valid-2.0.json", CredentialFormat.BLOCKCERTS),
    ],
)
def test_the_published_files(vectors: Path, path: str, family: CredentialFormat) -> None:
    found = _read((vectors / path).read_bytes())
    assert (found.format, found.securing) == (family, Securing.UNSUPPORTED)
