"""Backups on a plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.operations.conftest import Clock
from tests.simulators.issuer import SimulatedIssuer
from wallet.model.errors import OperationError
from wallet.model.reasons import ReasonCode
from wallet.operations.intake import import_bytes
from wallet.operations.progress import SilentProgress
from wallet.operations.schedule import (
    PLAN,
    BackupPlan,
    back_up_by_plan,
    back_up_if_due,
    backup_files,
    backup_plan,
    due,
    set_backup_plan,
)
from wallet.operations.session import Session
from wallet.vault.cipher import vault_keys
from wallet.vault.header import HeaderKind, read_header, write_header
from wallet.vault.records import date_text


@pytest.fixture
def folder(session: Session, tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    set_backup_plan(session, BackupPlan(made, days=7, keep=2))
    return made


def test_without_a_plan_nothing_is_due(session: Session) -> None:
    assert backup_plan(session) is None
    assert not due(session)
    assert back_up_if_due(session).made is None
    with pytest.raises(OperationError) as caught:
        back_up_by_plan(session)
    assert caught.value.reason.code is ReasonCode.BACKUP_UNPLANNED


def test_a_backup_is_made_when_it_is_due_and_only_then(session: Session, folder: Path, clock: Clock,
                                                       issuer: SimulatedIssuer) -> None:
    first = back_up_if_due(session, SilentProgress())
    assert first.made is not None
    assert first.made.path.parent == folder
    clock.now += timedelta(days=8)
    assert not due(session), "nothing was changed"
    import_bytes(session, issuer.badge(), "badge.json")
    assert due(session)
    clock.now -= timedelta(days=3)
    assert not due(session), "the latest is young"
    assert back_up_if_due(session).made is None
    clock.now += timedelta(days=3)
    second = back_up_if_due(session).made
    assert second is not None
    assert second.credentials == 1
    assert len(backup_files(folder)) == 2


def test_old_ones_are_cleared_away_and_what_is_not_ours_stays(session: Session, folder: Path,
                                                              clock: Clock) -> None:
    (folder / "letter.vcwallet").write_bytes(b"dear")
    clock.now = clock.now.replace(day=1)
    for number in range(4):
        session.vault.set_setting("changed", str(number))
        assert back_up_if_due(session).made is not None
        clock.now += timedelta(days=7)
    dates = [one.created.day for one in backup_files(folder) if one.created]
    assert dates == [22, 15]
    assert (folder / "letter.vcwallet").read_bytes() == b"dear"
    assert back_up_by_plan(session).path.exists()


def test_a_stick_that_is_out_is_told_and_nothing_fails(session: Session, folder: Path) -> None:
    folder.rmdir()
    done = back_up_if_due(session)
    assert done.made is None
    assert done.problem is not None
    assert done.problem.code is ReasonCode.FOLDER_UNWRITABLE


def test_a_plan_is_kept_within_reason_and_taken_back(session: Session, folder: Path) -> None:
    set_backup_plan(session, BackupPlan(folder, days=0, keep=9999))
    assert backup_plan(session) == BackupPlan(folder.resolve(), 1, 100)
    with pytest.raises(OperationError) as caught:
        set_backup_plan(session, BackupPlan(folder / "gone"))
    assert caught.value.reason.code is ReasonCode.FILE_MISSING
    set_backup_plan(session, None)
    assert backup_plan(session) is None
    session.vault.set_setting(PLAN, "{nonsense")
    assert backup_plan(session) is None


def test_files_that_only_name_this_wallet_neither_stop_a_backup_nor_push_one_out(
        session: Session, folder: Path, clock: Clock) -> None:
    made = back_up_if_due(session).made
    assert made is not None
    header = read_header(made.path.read_bytes(), HeaderKind.BACKUP).header
    assert header.backup is not None
    for day in range(9):  # by somebody who can write into that folder, and has no key
        forged = replace(header, generation=10_000, backup=replace(
            header.backup, created=date_text(clock.now + timedelta(days=day))))
        (folder / f"forged-{day}.vcwallet").write_bytes(write_header(forged, vault_keys(b"k" * 32)))
    clock.now += timedelta(days=8)
    session.vault.set_setting("changed", "since")
    done = back_up_if_due(session)
    assert done.made is not None
    assert done.removed == ()
    assert made.path.exists()
    assert len(list(folder.glob("forged-*"))) == 9, "what is not ours is not cleared away"


def test_a_folder_nobody_may_look_into_is_told_and_nothing_fails(session: Session, folder: Path,
                                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path) -> bool:
        raise PermissionError(13, "no")

    monkeypatch.setattr(Path, "exists", refuse)
    done = back_up_if_due(session)
    assert done.made is None
    assert done.problem is not None
    assert done.problem.code is ReasonCode.FOLDER_UNWRITABLE
    assert folder.is_dir()
