from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.operations.conftest import PASSPHRASE
from tests.simulators.issuer import SimulatedIssuer
from wallet.model.errors import OperationError, WalletError
from wallet.model.evidence import EvidenceKind
from wallet.model.reasons import ReasonCode
from wallet.operations.evidence import load_evidence, trusted_contexts
from wallet.operations.evidence_shelf import add_evidence, export_evidence, kept_evidence, remove_evidence
from wallet.operations.session import Session
from wallet.operations.wallets import Passphrase, lock, unlock_wallet

CONTEXT = b'{"@context": {"shoeSize": "https://example.org/shoeSize"}}'


def write_map(folder: Path, documents: dict[str, bytes]) -> Path:
    table = {}
    for number, (address, data) in enumerate(documents.items()):
        (folder / f"{number}.json").write_bytes(data)
        table[address] = f"{number}.json"
    path = folder / "map.json"
    path.write_text(json.dumps(table))
    return path


def test_a_map_and_its_folder_give_the_same(tmp_path: Path, issuer: SimulatedIssuer) -> None:
    issuer.entry(1)
    path = write_map(tmp_path, issuer.evidence())
    from_map = load_evidence([path])
    assert {one.address for one in from_map.documents} == set(issuer.evidence())
    assert load_evidence([tmp_path]) == from_map
    kinds = {one.kind for one in from_map.documents}
    assert kinds == {EvidenceKind.DID_DOCUMENT, EvidenceKind.STATUS_LIST}


def test_a_document_that_names_itself_needs_no_map(tmp_path: Path, issuer: SimulatedIssuer) -> None:
    path = tmp_path / "did.json"
    path.write_bytes(issuer.controller_document())
    assert [one.address for one in load_evidence([path]).documents] == [issuer.id]
    assert [one.address for one in load_evidence([tmp_path]).documents] == [issuer.id]


def test_a_map_that_points_out_of_its_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.json").write_text("{}")
    folder = tmp_path / "maps"
    folder.mkdir()
    for outside in ("../secret.json", str(tmp_path / "secret.json")):
        (folder / "map.json").write_text(json.dumps({"did:web:a.example": outside}))
        with pytest.raises(OperationError) as error:
            load_evidence([folder])
        assert error.value.reason.code is ReasonCode.EVIDENCE_ADDRESS
        assert error.value.reason["name"] == outside


def test_contexts_stand_apart_and_never_over_a_pinned_one(tmp_path: Path, session: Session) -> None:
    pinned = "https://www.w3.org/ns/credentials/v2"
    path = write_map(tmp_path, {"https://shoes.example/v1": CONTEXT, pinned: CONTEXT})
    supplied = load_evidence([path])
    assert supplied.documents == ()
    assert {one.address for one in supplied.contexts} == {"https://shoes.example/v1", pinned}
    before = session.contexts.variants((pinned,))
    trusted = trusted_contexts(session.contexts, supplied.contexts)
    assert "https://shoes.example/v1" in trusted.addresses()
    assert len(trusted.variants((pinned,))) == len(before)


def test_a_context_is_kept_only_on_the_explicit_wish(tmp_path: Path, session: Session) -> None:
    path = write_map(tmp_path, {"https://shoes.example/v1": CONTEXT})
    with pytest.raises(OperationError) as error:
        add_evidence(session, [path])
    assert error.value.reason.code is ReasonCode.EVIDENCE_CONTEXT
    assert kept_evidence(session) == ()
    add_evidence(session, [path], trust_contexts=True)
    assert "https://shoes.example/v1" in session.contexts.addresses()
    folder = session.services.vault_folder
    lock(session)
    again = unlock_wallet(session.services, folder, Passphrase(PASSPHRASE))
    assert "https://shoes.example/v1" in again.contexts.addresses()
    lock(again)


def test_what_is_kept_can_be_exported_and_removed(
        tmp_path: Path, session: Session, issuer: SimulatedIssuer) -> None:
    add_evidence(session, [write_map(tmp_path, issuer.evidence())])
    exported = export_evidence(session, tmp_path / "out")
    assert {one.address: one.sha256 for one in load_evidence([exported]).documents} == {
        one.address: one.sha256 for one in kept_evidence(session)}
    remove_evidence(session, issuer.id)
    assert issuer.id not in {one.address for one in kept_evidence(session)}
    with pytest.raises(OperationError):
        remove_evidence(session, issuer.id)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"a:b": 5}', "not json"])
def test_what_is_no_evidence_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text)
    with pytest.raises(WalletError):
        load_evidence([path])
