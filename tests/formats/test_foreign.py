"""Families that are named and shown, and never taken for sealed or for an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.formats.documents import badge, data
from wallet.formats.parse import parse
from wallet.model.credential import (
    Credential,
    CredentialFormat,
    EvidenceClass,
    JsonObject,
    Securing,
)
from wallet.model.errors import FormatError
from wallet.model.reasons import ReasonCode

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
    assert _read(data(new)).securing is Securing.ANCHORED


def test_a_vocabulary_that_no_seal_covers_makes_no_certificate_of_a_chain() -> None:
    listed = [*badge()["@context"], "https://w3id.org/blockcerts/v3"]
    plain = badge(type=["VerifiableCredential"], credentialSubject={"id": "urn:x"})
    assert _read(data(plain | {"@context": listed})).format is CredentialFormat.CREDENTIAL
    sealed = plain | {"@context": listed, "type": ["VerifiableCredential", "BlockcertsCredential"]}
    assert _read(data(sealed)).format is CredentialFormat.BLOCKCERTS


@pytest.mark.parametrize(
    ("path", "family"),
    [
        ("blockcerts/cert-verifier-js/test/fixtures/v2/mainnet-valid-2.0.json", CredentialFormat.BLOCKCERTS),
    ],
)
def test_the_published_files(vectors: Path, path: str, family: CredentialFormat) -> None:
    found = _read((vectors / path).read_bytes())
    assert (found.format, found.securing) == (family, Securing.ANCHORED)


@pytest.mark.parametrize(("document", "kind"), [
    ({"@context": "https://www.w3.org/ns/did/v1", "id": "did:web:x.example", "verificationMethod": []},
     "key_document"),
    ({"id": "did:web:x.example", "assertionMethod": []}, "key_document"), ({"keys": []}, "key_set"),
    ({"kty": "OKP", "crv": "Ed25519"}, "key"), ({"type": "Multikey", "publicKeyMultibase": "z6Mk"}, "key"),
    ({"@context": {"a": "https://x.example/a"}}, "vocabulary"), ({"a": 1}, "JSON")],
    ids=["document", "lists", "set", "jwk", "multikey", "vocabulary", "nothing"])  # fmt: skip
def test_what_helps_to_check_a_credential_is_named_and_is_none(document: JsonObject, kind: str) -> None:
    with pytest.raises(FormatError) as caught:
        parse(data(document))
    assert (caught.value.reason.code, caught.value.reason["what"]) == (ReasonCode.FORMAT_UNKNOWN, kind)


@pytest.mark.parametrize(("document", "name"), [
    ({"type": "BlockchainCertificate", "document": {}, "receipt": {}}, "Blockcerts 1"),
    ({"type": "CertificateDocument", "assertion": {}, "certificate": {}, "recipient": {}, "verify": {}},
     "Blockcerts 1"),
    ({"type": "Clr", "learner": {}, "publisher": {}, "assertions": []}, "CLR 1.0")])
def test_an_older_kind_is_named_and_nothing_is_wrong_with_it(document: JsonObject, name: str) -> None:
    with pytest.raises(FormatError) as caught:
        parse(data(document))
    assert (caught.value.reason.code, caught.value.reason["what"]) == (ReasonCode.FORMAT_UNSUPPORTED, name)
