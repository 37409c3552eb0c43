"""Evidence: told by its content, kept in all versions, the best copy of the same bytes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.simulators.issuer import SimulatedIssuer
from wallet.model.errors import TrustError
from wallet.model.evidence import EvidenceDocument, EvidenceKind, Grade
from wallet.model.limits import MAX_DID_DOCUMENT_BYTES, MAX_EVIDENCE_BYTES
from wallet.model.reasons import ReasonCode
from wallet.trust.evidence_store import LayeredEvidence, MemoryEvidence, evidence_document, used

MARCH = datetime(2026, 3, 1, tzinfo=UTC)
JUNE = datetime(2026, 6, 1, tzinfo=UTC)
DID = b'{"id": "did:web:uni.example", "assertionMethod": []}'


def document(data: bytes = DID, *, address: str = "did:web:uni.example", grade: Grade = Grade.SUPPLIED,
             at: datetime | None = None) -> EvidenceDocument:
    return evidence_document(address, data, grade=grade, source="test", fetched_at=at)


@pytest.mark.parametrize(("data", "kind"), [
    (DID, EvidenceKind.DID_DOCUMENT),
    (b'{"id": "https://uni.example", "type": "Profile"}', EvidenceKind.ISSUER_PROFILE),
    (b'{"id": "urn:uuid:1", "verificationMethod": []}', EvidenceKind.ISSUER_PROFILE),
    (b'{"keys": []}', EvidenceKind.JWK_SET),
    (b'{"kty": "OKP", "crv": "Ed25519", "x": "AA"}', EvidenceKind.KEY),
    (b'{"id": "https://uni.example/k", "type": "CryptographicKey", "publicKeyPem": "x"}', EvidenceKind.KEY),
    (b'{"@context": {"name": "https://schema.org/name"}}', EvidenceKind.CONTEXT),
    (b'{"meta": {}, "registry": {}}', EvidenceKind.REGISTRY),
    (b'[{"id": "did:web:uni.example", "name": "Uni"}]', EvidenceKind.REGISTRY),
    (b'{"id": "https://uni.example/r", "revokedCredential": []}', EvidenceKind.REVOCATION_LIST),
    (b'{"type": ["VerifiableCredential"], "credentialSubject": {"type": "BitstringStatusList"}}',
     EvidenceKind.STATUS_LIST),
    (b'{"anything": "else"}', EvidenceKind.OTHER),
])
def test_kind_is_told_from_content(data: bytes, kind: EvidenceKind) -> None:
    assert document(data).kind is kind


def test_a_status_list_as_token_is_recognised() -> None:
    issuer = SimulatedIssuer("did:key")
    assert document(issuer.status_list(as_jwt=True)).kind is EvidenceKind.STATUS_LIST


def test_bytes_and_hash_are_kept() -> None:
    kept = document(b'  {"id": "did:web:uni.example"}\n')
    assert kept.data == b'  {"id": "did:web:uni.example"}\n'
    assert len(kept.sha256) == 64


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n", b'{"id": "did:web:a", "id": "did:web:b"}', b"{",
                                  b"a.b.c"])
def test_what_proves_nothing_is_refused(data: bytes) -> None:
    with pytest.raises(TrustError) as caught:
        document(data)
    assert caught.value.reason.code is ReasonCode.EVIDENCE_UNREADABLE


@pytest.mark.parametrize("address", ["uni.example", "", "https://uni.example/a b", "https://uni.example/\n"])
def test_an_address_must_be_one(address: str) -> None:
    with pytest.raises(TrustError) as caught:
        document(address=address)
    assert caught.value.reason.code is ReasonCode.EVIDENCE_ADDRESS


def test_key_documents_have_a_bound_of_their_own() -> None:
    filler = b" " * (MAX_DID_DOCUMENT_BYTES - len(DID))
    assert document(DID + filler).kind is EvidenceKind.DID_DOCUMENT
    with pytest.raises(TrustError):
        document(DID + filler + b" ")


def test_every_document_has_a_bound() -> None:
    with pytest.raises(TrustError) as caught:
        document(b"[" + b" " * MAX_EVIDENCE_BYTES + b"]")
    assert caught.value.reason["limit"] == str(MAX_EVIDENCE_BYTES)


def test_all_versions_stay_newest_first_and_undated_last() -> None:
    versions = [document(DID + b" " * age, at=at) for age, at in enumerate((None, MARCH, JUNE))]
    found = MemoryEvidence(versions).documents("did:web:uni.example")
    assert [one.fetched_at for one in found] == [JUNE, MARCH, None]
    assert MemoryEvidence(versions).documents("did:web:UNI.example") == ()


def test_same_bytes_count_once_with_the_better_grade() -> None:
    weak, strong = document(grade=Grade.SENDER, at=JUNE), document(grade=Grade.FETCHED, at=MARCH)
    layered = LayeredEvidence((MemoryEvidence([weak]), MemoryEvidence([strong])))
    assert [one.grade for one in layered.documents("did:web:uni.example")] == [Grade.FETCHED]


def test_mention_names_the_document_and_its_own_date() -> None:
    kept = document(at=MARCH, grade=Grade.FETCHED)
    mention = used(kept, dated=JUNE)
    assert (mention.address, mention.sha256, mention.grade) == (kept.address, kept.sha256, Grade.FETCHED)
    assert (mention.fetched_at, mention.dated) == (MARCH, JUNE)
