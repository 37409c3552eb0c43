from __future__ import annotations

from pathlib import Path

import pytest

from tests.vault.test_unlocking import FIELDS
from tests.vault.vaults import NOW, PASSPHRASE, Template, record
from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode
from wallet.vault.backup import check_backup, write_backup
from wallet.vault.cipher import FLOOR, KdfParameters
from wallet.vault.container import Passphrase, QuickUnlock, RecoveryCode, Secret, open_vault
from wallet.vault.header import FORMAT_VERSION, HeaderKind, SlotType, read_header
from wallet.vault.recovery import new_entropy, recovery_text
from wallet.vault.slots import (
    add_keychain_slot,
    change_passphrase,
    change_recovery_code,
    drop_keychain_slot,
    renewed_cost,
    unlocked,
)
from wallet.vault.unlocking import read_vault_header

ENTRY = b"k" * 32


def code_of(folder: Path, secret: Secret) -> ReasonCode | None:
    try:
        open_vault(folder, secret, now=NOW).close()
    except VaultError as error:
        return error.reason.code
    return None


def test_a_new_recovery_code_takes_the_place_of_the_old_one(folder: Path, template: Template) -> None:
    new = recovery_text(new_entropy())
    change_recovery_code(folder, template.secret, new, now=NOW)
    assert code_of(folder, RecoveryCode(new.lower().replace("-", " "))) is None
    assert code_of(folder, template.secret) is ReasonCode.VAULT_WRONG_RECOVERY_CODE
    assert code_of(folder, Passphrase(PASSPHRASE)) is None


def test_a_new_code_with_a_slip_changes_nothing(folder: Path, template: Template) -> None:
    before = (folder / "vault.head").read_bytes()
    with pytest.raises(VaultError) as caught:
        change_recovery_code(folder, template.secret, "ABCDE", now=NOW)
    assert caught.value.reason.code is ReasonCode.RECOVERY_CODE_TYPO
    assert (folder / "vault.head").read_bytes() == before


def test_quick_unlock_opens_beside_the_others_and_goes_again(folder: Path, template: Template) -> None:
    with unlocked(folder, template.secret, now=NOW) as found:
        add_keychain_slot(found, ENTRY, FIELDS)
    for secret in (QuickUnlock(ENTRY), template.secret, Passphrase(PASSPHRASE)):
        assert code_of(folder, secret) is None
    assert code_of(folder, QuickUnlock(b"x" * 32)) is ReasonCode.KEYCHAIN_LOST
    vault = open_vault(folder, template.secret, now=NOW)
    drop_keychain_slot(vault)
    drop_keychain_slot(vault)
    vault.close()
    assert code_of(folder, QuickUnlock(ENTRY)) is ReasonCode.KEYCHAIN_LOST
    assert {slot.type for slot in read_vault_header(folder).header.slots} == {
        SlotType.PASSPHRASE, SlotType.RECOVERY}


def test_a_new_passphrase_keeps_code_and_quick_unlock(folder: Path, template: Template) -> None:
    with unlocked(folder, template.secret, now=NOW) as found:
        add_keychain_slot(found, ENTRY, FIELDS)
    change_passphrase(folder, QuickUnlock(ENTRY), "new", now=NOW, kdf=FLOOR)
    for secret in (QuickUnlock(ENTRY), template.secret, Passphrase("new")):
        assert code_of(folder, secret) is None
    assert code_of(folder, Passphrase(PASSPHRASE)) is ReasonCode.VAULT_WRONG_PASSPHRASE


def test_a_backup_holds_no_quick_unlock(folder: Path, template: Template, tmp_path: Path) -> None:
    with unlocked(folder, template.secret, now=NOW) as found:
        add_keychain_slot(found, ENTRY, FIELDS)
        found.vault.add(record(), now=NOW)
        write_backup(found.vault, tmp_path / "b.vcwallet", now=NOW)
    header = read_header((tmp_path / "b.vcwallet").read_bytes(), HeaderKind.BACKUP).header
    assert {slot.type for slot in header.slots} == {SlotType.PASSPHRASE, SlotType.RECOVERY}
    assert check_backup(tmp_path / "b.vcwallet", template.secret).credentials == 1
    with pytest.raises(VaultError) as caught:
        check_backup(tmp_path / "b.vcwallet", QuickUnlock(ENTRY))
    assert caught.value.reason.code is ReasonCode.KEYCHAIN_LOST


def test_the_cost_of_a_guess_is_measured_again_and_never_falls(folder: Path, template: Template) -> None:
    dear = KdfParameters(FLOOR.memory_kib, FLOOR.iterations + 3, FLOOR.lanes)
    change_passphrase(folder, template.secret, "new", now=NOW, kdf=dear)
    found = renewed_cost(read_vault_header(folder).header)
    assert found.iterations == dear.iterations
    assert found.memory_kib >= FLOOR.memory_kib


def test_a_header_of_an_older_program_is_written_as_ours(folder: Path, template: Template) -> None:
    change_recovery_code(folder, template.secret, recovery_text(new_entropy()), now=NOW)
    assert read_vault_header(folder).header.version == FORMAT_VERSION


def test_nothing_is_changed_where_a_vault_is_only_read(folder: Path, template: Template) -> None:
    (folder / "second").hardlink_to(folder / "vault.db")
    vault = open_vault(folder, template.secret, now=NOW)
    with pytest.raises(VaultError) as caught:
        drop_keychain_slot(vault)
    assert caught.value.reason.code is ReasonCode.VAULT_READ_ONLY
    with pytest.raises(VaultError) as caught:
        change_recovery_code(folder, template.secret, template.recovery_code, now=NOW)
    assert caught.value.reason.code is ReasonCode.VAULT_READ_ONLY
    vault.close()


def test_nothing_that_holds_a_key_prints_it(folder: Path, template: Template) -> None:
    with unlocked(folder, template.secret, now=NOW) as found:
        printed = repr(found)
        assert found.data_key.hex() not in printed
        assert repr(found.data_key) not in printed
        assert repr(found.keys.header) not in printed
