"""Documents for keeps: packs between two wallets, seals found out, versions with what rests on them."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import AT
from tests.operations.conftest import Clock, documents_of
from tests.simulators.issuer import SimulatedIssuer
from wallet.formats.pack import manifest
from wallet.model.errors import WalletError
from wallet.model.evidence import Grade, Verified
from wallet.model.reasons import ReasonCode as R
from wallet.model.report import Verdict
from wallet.model.sharing import ShareTerms
from wallet.operations.checking import check_bytes, desk_of
from wallet.operations.evidence_shelf import (
    add_evidence,
    export_pack,
    kept_evidence,
    remove_evidence,
    shelve,
    versions_of,
)
from wallet.operations.intake import import_bytes
from wallet.operations.session import Services, Session
from wallet.operations.sharing import present
from wallet.trust.evidence_pack import write_evidence_pack
from wallet.trust.evidence_store import MemoryEvidence
from wallet.vault.events import VaultEvents


def test_a_pack_makes_another_wallet_able_to_check(
        session: Session, tmp_path: Path, issuer: SimulatedIssuer) -> None:
    session.supplied = MemoryEvidence(())
    data = issuer.badge(entries=(issuer.entry(7),))
    pack = tmp_path / "documents.vcevidence"
    assert export_pack(documents_of(issuer, Grade.FETCHED), pack) == 2
    add_evidence(session, [pack])
    (row,) = import_bytes(session, data, "badge.json").rows
    assert row.report is not None
    assert row.report.verdict is Verdict.VALID
    (version,) = versions_of(session, issuer.id)
    assert version.document.grade is Grade.SUPPLIED
    assert version.document.said is not None
    assert version.pinned_to == ((row.credential_id, "Data Analysis Foundations"),)
    remove_evidence(session, issuer.id)
    (left,) = versions_of(session, issuer.id)
    assert not left.kept


def test_a_list_whose_own_seal_holds_is_marked(session: Session, issuer: SimulatedIssuer) -> None:
    issuer.entry(1)
    shelve(session.kept, documents_of(issuer), session.contexts, AT)
    found = {one.address: one.verified for one in kept_evidence(session)}
    assert found[issuer.list_address()] == (Verified.OWN_SEAL, Verified.BY_HAND)
    assert found[issuer.id] == (Verified.BY_HAND,)


def test_a_list_sealed_by_somebody_unknown_is_not(session: Session, issuer: SimulatedIssuer) -> None:
    issuer.entry(1)
    alone = [one for one in documents_of(issuer) if one.address == issuer.list_address()]
    shelve(session.kept, alone, session.contexts, AT)
    assert kept_evidence(session)[0].verified == (Verified.BY_HAND,)


def test_an_altered_pack_changes_nothing(session: Session, tmp_path: Path, issuer: SimulatedIssuer) -> None:
    path = tmp_path / "documents.vcevidence"
    path.write_bytes(write_evidence_pack(documents_of(issuer)).replace(b"key-1", b"key-2"))
    with pytest.raises(WalletError) as caught:
        add_evidence(session, [path])
    assert caught.value.reason.code in (R.PACK_ALTERED, R.PACK_DAMAGED)
    assert kept_evidence(session) == ()


def test_an_old_version_from_a_pack_is_put_behind_and_is_no_change_of_keys(
        session: Session, clock: Clock, tmp_path: Path, issuer: SimulatedIssuer) -> None:
    pack = tmp_path / "old.vcevidence"
    export_pack(documents_of(issuer, Grade.FETCHED), pack)
    clock.now = AT + timedelta(days=30)
    issuer.rotate()
    newer = [replace(one, fetched_at=clock.now) for one in documents_of(issuer)]
    shelve(session.kept, newer, session.contexts, clock.now)
    add_evidence(session, [pack])
    newest, older = session.kept.documents(issuer.id)
    assert newest.data == issuer.controller_document()
    assert older.said is not None
    assert VaultEvents(session.vault).key_changes(issuer.id) == ()


def test_evidence_inside_a_share_pack_says_nothing_about_keys(
        session: Session, services: Services, issuer: SimulatedIssuer) -> None:
    """The twin of the attack is the same pack where the person who checks supplied the documents herself."""
    (row,) = import_bytes(session, issuer.badge(), "badge.json").rows
    bundle = present(session, [row.credential_id], ShareTerms()).pack
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        members = {name: archive.read(name) for name in archive.namelist() if name != "manifest.json"}
    members["documents.vcevidence"] = write_evidence_pack(documents_of(issuer))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in {"manifest.json": manifest(members), **members}.items():
            archive.writestr(name, data)
    (checked,) = check_bytes(desk_of(services), target.getvalue(), "pack.vcpack", at=AT)
    assert [item.verdict for item in checked.report.items] == [Verdict.UNDETERMINED]
    (known,) = check_bytes(desk_of(session), target.getvalue(), "pack.vcpack", at=AT)
    assert [item.verdict for item in known.report.items] == [Verdict.VALID]
