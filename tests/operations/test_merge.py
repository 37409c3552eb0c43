"""Another copy, compared and brought in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.operations.conftest import PASSPHRASE, documents_of
from tests.simulators.issuer import SimulatedIssuer
from wallet.model.errors import VaultError
from wallet.model.evidence import Grade
from wallet.model.reasons import ReasonCode
from wallet.model.report import Verdict
from wallet.operations.intake import import_bytes
from wallet.operations.library import credentials, delete
from wallet.operations.merge import (
    Relation,
    compare,
    diverged,
    find_conflict_copies,
    is_own,
    judge_added,
    merge_copy,
)
from wallet.operations.progress import SilentProgress
from wallet.operations.session import Services, Session
from wallet.operations.upkeep import back_up
from wallet.operations.wallets import Passphrase, create_wallet, lock
from wallet.trust.evidence_store import MemoryEvidence

SECRET = Passphrase(PASSPHRASE)


@pytest.fixture
def other(services: Services, tmp_path: Path) -> Iterator[Session]:
    folder = tmp_path / "other"
    opened = create_wallet(replace(services, vault_folder=folder), folder, PASSPHRASE).session
    yield opened
    lock(opened)


def test_an_older_backup_is_older_and_brings_nothing(session: Session, issuer: SimulatedIssuer,
                                                     tmp_path: Path) -> None:
    import_bytes(session, issuer.badge(), "one.json")
    target = tmp_path / "b.vcwallet"
    back_up(session, target)
    assert compare(session, target, SECRET).relation is Relation.SAME
    import_bytes(session, issuer.badge(number=2, title="Second"), "two.json")
    found = compare(session, target, SECRET)
    assert (found.relation, found.both, [one.title for one in found.only_here], found.only_there) == (
        Relation.OLDER, 1, ["Second"], ())
    assert not merge_copy(session, target, SECRET).merged.changed
    assert len(credentials(session)) == 2


def test_what_was_lost_comes_back_and_is_judged_by_this_wallets_evidence(
        session: Session, other: Session, issuer: SimulatedIssuer, tmp_path: Path) -> None:
    import_bytes(other, issuer.badge(), "one.json")
    assert credentials(other)[0].report.verdict is Verdict.UNDETERMINED
    target = tmp_path / "b.vcwallet"
    back_up(other, target)
    assert compare(session, target, SECRET).relation is Relation.OTHER_WALLET
    done = merge_copy(session, target, SECRET)
    (stored,) = credentials(session)
    assert done.changes.credentials == {stored.id}
    assert stored.report.verdict is Verdict.VALID
    assert done.unjudged == 0


def test_two_computers_diverge_are_noticed_and_become_one(session: Session, issuer: SimulatedIssuer) -> None:
    import_bytes(session, issuer.badge(), "one.json")
    session.vault.database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    folder = session.vault.folder
    import_bytes(session, issuer.badge(number=2), "two.json")
    session.vault.database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(folder / "vault.db", folder / "vault (conflicted copy).db")
    (copy,) = find_conflict_copies(folder)
    (note,) = diverged(session)
    assert (note.code, note["name"]) == (ReasonCode.VAULT_DIVERGED, copy.name)
    session.vault.purge(delete(session, [credentials(session)[0].id]).credentials)  # type: ignore[arg-type] # ids
    import_bytes(session, issuer.badge(number=3), "three.json")
    assert compare(session, copy, None).relation is Relation.DIVERGED
    merge_copy(session, copy, None)
    assert len(credentials(session)) == 3
    assert compare(session, copy, None).relation is Relation.OLDER
    assert copy.exists()


def test_refusals_change_nothing(session: Session, issuer: SimulatedIssuer, tmp_path: Path) -> None:
    import_bytes(session, issuer.badge(), "one.json")
    target = tmp_path / "b.vcwallet"
    back_up(session, target)
    generation = session.vault.generation
    for source, secret, code in ((target, Passphrase("wrong"), ReasonCode.VAULT_WRONG_PASSPHRASE),
                                 (session.vault.folder, SECRET, ReasonCode.MERGE_ITSELF)):
        for wish in (compare, merge_copy):
            with pytest.raises(VaultError) as caught:
                wish(session, source, secret)
            assert caught.value.reason.code is code
    assert session.vault.generation == generation


class Stopped(SilentProgress):
    def cancelled(self) -> bool:
        return True


def test_stopping_leaves_what_came_in(session: Session, other: Session, issuer: SimulatedIssuer) -> None:
    session.supplied = MemoryEvidence(documents_of(issuer))
    import_bytes(session, issuer.badge(), "one.json")
    assert judge_added(session, (credentials(session)[0].id,), Stopped()) == 1
    assert judge_added(session, (credentials(session)[0].id,), SilentProgress()) == 0
    assert len(credentials(session)) == 1
    assert other.vault.list() == ()


def stranger(other: Session, tmp_path: Path) -> tuple[Path, SimulatedIssuer]:
    """A backup of somebody else's wallet, with a key document that she made for a university's address."""
    forger = SimulatedIssuer("did:web", host="mit.example", seed="evil", name="MIT")
    for document in documents_of(forger, Grade.FETCHED):
        other.kept.add(document)
    import_bytes(other, forger.badge(), "forged.json")
    assert credentials(other)[0].report.verdict is Verdict.VALID
    target = tmp_path / "strange.vcwallet"
    back_up(other, target)
    return target, forger


def test_what_a_strangers_wallet_brings_along_proves_nothing(session: Session, other: Session,
                                                             tmp_path: Path) -> None:
    target, forger = stranger(other, tmp_path)
    merge_copy(session, target, SECRET)
    (stored,) = credentials(session)
    assert stored.report.verdict is Verdict.UNDETERMINED
    assert {one.grade for one in session.kept.documents(forger.id)} == {Grade.SENDER}
    assert stored.added_at == session.now()


def test_ones_own_other_wallet_is_believed_when_she_says_so(session: Session, other: Session,
                                                            tmp_path: Path) -> None:
    target, forger = stranger(other, tmp_path)
    merge_copy(session, target, SECRET, mine=True)
    (stored,) = credentials(session)
    assert stored.report.verdict is Verdict.VALID
    assert {one.grade for one in session.kept.documents(forger.id)} == {Grade.FETCHED}


def test_a_copy_under_the_same_key_is_ones_own(session: Session, other: Session) -> None:
    assert is_own(session.vault, session.vault)
    assert not is_own(session.vault, other.vault)
