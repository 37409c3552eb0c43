"""The plain file of somebody without a wallet: all versions, bounded, and never a crash."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import AT
from tests.simulators.issuer import SimulatedIssuer
from wallet.model.errors import OperationError
from wallet.model.evidence import EvidenceDocument, Grade
from wallet.model.reasons import ReasonCode as R
from wallet.operations import saved as module
from wallet.operations.saved import FILE_NAME, SavedEvidence, saved_evidence
from wallet.operations.session import Services
from wallet.trust.evidence_store import EvidenceStore, evidence_document


def fetched(issuer: SimulatedIssuer, days: int) -> EvidenceDocument:
    return evidence_document(issuer.id, issuer.controller_document(), grade=Grade.FETCHED,
                             source=issuer.host, fetched_at=AT + timedelta(days=days))


def test_all_versions_stay_and_the_first_sight_is_kept(tmp_path: Path, issuer: SimulatedIssuer) -> None:
    shelf = SavedEvidence(tmp_path / "cache" / FILE_NAME)
    store: EvidenceStore = shelf
    old = fetched(issuer, 0)
    assert shelf.add(old) is None
    assert shelf.add(fetched(issuer, 5)) is None
    issuer.rotate()
    change = shelf.add(fetched(issuer, 9))
    assert change is not None
    assert change.before_at == AT
    again = SavedEvidence(tmp_path / "cache" / FILE_NAME)
    assert again.documents(issuer.id) == store.documents(issuer.id) == shelf.all()
    assert [one.first_seen for one in again.documents(issuer.id)] == [AT + timedelta(days=9), AT]
    again.remove(issuer.id)
    assert SavedEvidence(tmp_path / "cache" / FILE_NAME).all() == ()


@pytest.mark.parametrize("content", [b"", b"{", b"PK\x03\x04", b"\x00" * 99])
def test_a_damaged_file_is_named_and_the_next_save_replaces_it(
        tmp_path: Path, issuer: SimulatedIssuer, content: bytes) -> None:
    path = tmp_path / FILE_NAME
    path.write_bytes(content)
    shelf = SavedEvidence(path)
    assert shelf.problem is not None
    assert shelf.problem.code is R.SAVED_EVIDENCE_DAMAGED
    assert shelf.all() == ()
    shelf.add(fetched(issuer, 0))
    assert len(SavedEvidence(path).all()) == 1


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_arguments: object) -> int:
        raise PermissionError(errno.EACCES, "denied")

    monkeypatch.setattr(os, "open", denied)
    shelf = SavedEvidence(tmp_path / FILE_NAME)
    assert shelf.problem is not None
    assert shelf.problem.code is R.SAVED_EVIDENCE_DAMAGED
    assert shelf.all() == ()


def test_there_is_a_bound_and_nothing_is_lost_at_it(
        tmp_path: Path, issuer: SimulatedIssuer, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = SavedEvidence(tmp_path / FILE_NAME)
    shelf.add(fetched(issuer, 0))
    monkeypatch.setattr(module, "MAX_SAVED_DOCUMENTS", 1)
    issuer.rotate()
    with pytest.raises(OperationError) as caught:
        shelf.add(fetched(issuer, 1))
    assert caught.value.reason.code is R.SAVED_EVIDENCE_FULL
    assert len(SavedEvidence(tmp_path / FILE_NAME).all()) == 1


def test_vocabularies_and_what_a_sender_brought_are_not_saved(
        tmp_path: Path, issuer: SimulatedIssuer) -> None:
    shelf = SavedEvidence(tmp_path / FILE_NAME)
    shelf.add(replace(fetched(issuer, 0), grade=Grade.SENDER))
    shelf.add(evidence_document("https://a.example/v1", b'{"@context": {}}', grade=Grade.SUPPLIED, source=""))
    assert shelf.all() == ()
    assert not (tmp_path / FILE_NAME).exists()


def test_without_a_folder_there_is_no_file(services: Services, tmp_path: Path) -> None:
    with pytest.raises(OperationError):
        saved_evidence(services)
    assert saved_evidence(replace(services, cache_folder=tmp_path)).problem is None
