from __future__ import annotations

from pathlib import Path

import pytest

from tests.operations.conftest import PASSPHRASE
from tests.simulators.issuer import SimulatedIssuer
from wallet.model.errors import CancelledError, VaultError
from wallet.model.reasons import ReasonCode
from wallet.operations.intake import import_bytes
from wallet.operations.library import credentials
from wallet.operations.progress import SilentProgress
from wallet.operations.session import Services, Session
from wallet.operations.upkeep import (
    FindingCode,
    back_up,
    doctor,
    list_backups,
    look_over,
    open_backup,
    restore_wallet,
)
from wallet.operations.wallets import Passphrase, lock


def test_a_backup_brings_everything_back_elsewhere(
        services: Services, session: Session, issuer: SimulatedIssuer, tmp_path: Path) -> None:
    data = issuer.badge()
    import_bytes(session, data, "badge.json")
    target = tmp_path / "sticks" / "mine.vcwallet"
    target.parent.mkdir()
    written = back_up(session, target)
    assert list_backups(target.parent) == (target,)
    assert open_backup(target, Passphrase(PASSPHRASE)) == written
    restored = restore_wallet(services, target, tmp_path / "elsewhere", Passphrase(PASSPHRASE))
    (stored,) = credentials(restored)
    assert restored.vault.original(stored.id).data == data
    lock(restored)


def test_a_restore_never_writes_over_a_wallet(services: Services, session: Session, tmp_path: Path) -> None:
    target = tmp_path / "mine.vcwallet"
    back_up(session, target)
    with pytest.raises(VaultError) as error:
        restore_wallet(services, target, services.vault_folder, Passphrase(PASSPHRASE))
    assert error.value.reason.code is ReasonCode.VAULT_EXISTS


def test_a_damaged_backup_is_told_from_a_wrong_passphrase(session: Session, tmp_path: Path) -> None:
    target = tmp_path / "mine.vcwallet"
    back_up(session, target)
    with pytest.raises(VaultError) as wrong:
        open_backup(target, Passphrase("not this one at all"))
    assert wrong.value.reason.code is ReasonCode.VAULT_WRONG_PASSPHRASE
    data = bytearray(target.read_bytes())
    data[-40] ^= 1
    target.write_bytes(data)
    with pytest.raises(VaultError) as damaged:
        open_backup(target, Passphrase(PASSPHRASE))
    assert damaged.value.reason.code is ReasonCode.BACKUP_DAMAGED


def test_the_doctor_names_no_claim_and_no_path(
        services: Services, session: Session, issuer: SimulatedIssuer) -> None:
    import_bytes(session, issuer.badge(), "badge.json")
    found = doctor(services, session)
    assert {one.code for one in found} == set(FindingCode)
    assert all(one.good for one in found)
    text = repr(found)
    assert "Data Analysis" not in text
    assert str(services.vault_folder) not in text


def test_looking_everything_over_tells_and_can_be_stopped(session: Session) -> None:
    class Stop(SilentProgress):
        def cancelled(self) -> bool:
            return True

    found = look_over(session)
    assert all(one.good for one in found)
    assert {one.code for one in found} >= {FindingCode.STORE, FindingCode.CREDENTIALS, FindingCode.EVIDENCE}
    with pytest.raises(CancelledError):
        back_up(session, session.vault.folder.parent / "never.vcwallet", Stop())
    assert not (session.vault.folder.parent / "never.vcwallet").exists()
