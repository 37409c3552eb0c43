"""Death before every single file operation of making, changing, backing up and restoring."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.deaths import BACKUP_NAME, NEW_CODE, NEW_PASSPHRASE, die_during
from tests.vault.vaults import NOW, PASSPHRASE, Template, record
from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode
from wallet.vault.backup import check_backup, restore_backup, write_backup
from wallet.vault.cipher import FLOOR
from wallet.vault.container import (
    Passphrase,
    RecoveryCode,
    Secret,
    create_vault,
    open_vault,
    vault_exists,
)
from wallet.vault.integrity import check_integrity

_MOST = 60


def deaths(act: str, template: Template, work: Path, *, vault: bool, backup: bool = False,
           ) -> Iterator[tuple[bool, Path]]:
    """Yield (finished, folder) after dying before operation 1, 2, … until the act is through."""
    for at in range(1, _MOST):
        folder = work / str(at) / "vault"
        folder.parent.mkdir()
        if vault or backup:
            opened = template.open(folder if vault else work / str(at) / "source")
            opened.add(record(), now=NOW)
            if backup:
                write_backup(opened, folder.parent / BACKUP_NAME, now=NOW)
            opened.close()
        died, said = die_during(act, at, folder, template.recovery_code)
        assert died or said
        yield not died, folder
        if not died:
            assert at > 5  # there was something to die before
            return
    pytest.fail("the act never ended")


def opens(folder: Path, secret: str | Secret) -> bool:
    try:
        open_vault(folder, Passphrase(secret) if isinstance(secret, str) else secret, now=NOW).close()
    except VaultError as error:
        if error.reason.code not in (ReasonCode.VAULT_WRONG_PASSPHRASE, ReasonCode.VAULT_WRONG_RECOVERY_CODE):
            raise
        return False
    return True


def test_making_is_whole_or_can_be_begun_again(template: Template, tmp_path: Path) -> None:
    for finished, folder in deaths("make", template, tmp_path, vault=False):
        if not vault_exists(folder):
            assert not finished
            create_vault(folder, PASSPHRASE, now=NOW, kdf=FLOOR).vault.close()
        vault = open_vault(folder, Passphrase(PASSPHRASE), now=NOW)
        check_integrity(vault)
        assert len(vault.holder_key()) == 32
        vault.close()
        assert not (folder / "vault.unfinished").exists()


def test_the_old_or_the_new_passphrase_opens_never_neither(template: Template, tmp_path: Path) -> None:
    seen = set()
    for finished, folder in deaths("renew", template, tmp_path, vault=True):
        old, new = opens(folder, PASSPHRASE), opens(folder, NEW_PASSPHRASE)
        assert old != new
        assert new or not finished
        seen.add(new)
        vault = open_vault(folder, template.secret, now=NOW)
        assert len(vault.list()) == 1
        check_integrity(vault)
        vault.close()
    assert seen == {False, True}


def test_a_backup_is_whole_or_not_there(template: Template, tmp_path: Path) -> None:
    seen = set()
    for finished, folder in deaths("back_up", template, tmp_path, vault=True):
        target = folder.parent / BACKUP_NAME
        there = target.exists()
        assert there or not finished
        seen.add(there)
        if there:
            assert check_backup(target, template.secret).credentials == 1
            target.unlink()
        vault = open_vault(folder, template.secret, now=NOW)
        assert write_backup(vault, target, now=NOW).credentials == 1
        vault.close()
    assert seen == {False, True}


def test_a_restored_vault_is_whole_or_can_be_restored_again(template: Template, tmp_path: Path) -> None:
    for finished, folder in deaths("restore", template, tmp_path, vault=False, backup=True):
        if not vault_exists(folder):
            assert not finished
            restore_backup(folder.parent / BACKUP_NAME, folder, template.secret, now=NOW).close()
        vault = open_vault(folder, template.secret, now=NOW)
        assert len(vault.list()) == 1
        check_integrity(vault)
        vault.close()


def test_the_old_or_the_new_data_key_is_in_force_never_neither(template: Template, tmp_path: Path) -> None:
    seen = set()
    for finished, folder in deaths("rotate", template, tmp_path, vault=True):
        old, new = opens(folder, template.secret), opens(folder, RecoveryCode(NEW_CODE))
        assert old != new
        assert new or not finished
        seen.add(new)
        vault = open_vault(folder, Passphrase(PASSPHRASE), now=NOW)  # the same before and after
        assert len(vault.list()) == 1
        check_integrity(vault)
        vault.close()
        assert not list(folder.glob("vault.next*"))
    assert seen == {False, True}
