from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.vault.test_slots import ENTRY, code_of
from tests.vault.test_unlocking import FIELDS
from tests.vault.vaults import NOW, PASSPHRASE, Template, numbered
from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode
from wallet.vault.backup import check_backup, write_backup
from wallet.vault.cipher import FLOOR
from wallet.vault.container import Passphrase, QuickUnlock, RecoveryCode, open_vault, opened
from wallet.vault.database import Database
from wallet.vault.header import SlotType
from wallet.vault.integrity import check_integrity
from wallet.vault.recovery import new_entropy, recovery_text
from wallet.vault.rotation import rotate_data_key
from wallet.vault.slots import add_keychain_slot, unlocked
from wallet.vault.steps import Step
from wallet.vault.unlocking import read_vault_header, unlock

HOLDER = """
import sys, time
from tests.vault.vaults import NOW
from pathlib import Path
from wallet.vault.container import RecoveryCode, open_vault, opened
vault = open_vault(Path(sys.argv[1]), RecoveryCode(sys.argv[2]), now=NOW)
print("open", flush=True)
time.sleep(60)
"""


def rotate(folder: Path, template: Template, passphrase: str = PASSPHRASE) -> str:
    code = recovery_text(new_entropy())
    rotate_data_key(folder, template.secret, passphrase=passphrase, recovery_code=code, now=NOW, kdf=FLOOR)
    return code


def fill(folder: Path, template: Template) -> tuple[object, ...]:
    vault = open_vault(folder, template.secret, now=NOW)
    for number in range(3):
        vault.add(numbered(number), now=NOW)
    vault.set_setting("a", "b")
    held = (vault.list(), vault.setting("a"), vault.holder_key())
    vault.close()
    return held


def refusal(folder: Path, template: Template) -> ReasonCode:
    with pytest.raises(VaultError) as caught:
        rotate(folder, template)
    return caught.value.reason.code


def test_everything_is_there_under_the_new_secrets_alone(folder: Path, template: Template) -> None:
    held = fill(folder, template)
    before, _ = unlock(read_vault_header(folder), template.secret)
    code = rotate(folder, template, "a new passphrase")
    for secret in (RecoveryCode(code), Passphrase("a new passphrase")):
        vault = open_vault(folder, secret, now=NOW)
        assert (vault.list(), vault.setting("a"), vault.holder_key()) == held
        assert vault.warnings == ()
        check_integrity(vault)
        vault.close()
    assert code_of(folder, template.secret) is ReasonCode.VAULT_WRONG_RECOVERY_CODE
    assert code_of(folder, Passphrase(PASSPHRASE)) is ReasonCode.VAULT_WRONG_PASSPHRASE
    after, _ = unlock(read_vault_header(folder), RecoveryCode(code))
    assert after != before
    assert {path.name for path in folder.iterdir()} == {"vault.db", "vault.head", "vault.copy.lock"}


def test_the_old_key_opens_nothing_of_the_new_store(folder: Path, template: Template) -> None:
    _, old = unlock(read_vault_header(folder), template.secret)
    rotate(folder, template)
    with pytest.raises(VaultError) as caught:
        Database(folder / "vault.db", old.database)
    assert caught.value.reason.code is ReasonCode.VAULT_DAMAGED


def test_quick_unlock_is_switched_off(folder: Path, template: Template) -> None:
    with unlocked(folder, template.secret, now=NOW) as found:
        add_keychain_slot(found, ENTRY, FIELDS)
    rotate(folder, template)
    assert read_vault_header(folder).header.slot(SlotType.KEYCHAIN) is None
    assert code_of(folder, QuickUnlock(ENTRY)) is ReasonCode.KEYCHAIN_LOST


def test_an_old_backup_still_opens_with_the_old_secrets(folder: Path, template: Template,
                                                        tmp_path: Path) -> None:
    fill(folder, template)
    vault = open_vault(folder, template.secret, now=NOW)
    write_backup(vault, tmp_path / "before.vcwallet", now=NOW)
    vault.close()
    rotate(folder, template)
    assert check_backup(tmp_path / "before.vcwallet", template.secret).credentials == 3


def test_the_old_files_put_back_are_told_by_their_generation(folder: Path, template: Template,
                                                             tmp_path: Path) -> None:
    fill(folder, template)
    shutil.copytree(folder, tmp_path / "copy")
    code = rotate(folder, template)
    vault = open_vault(folder, RecoveryCode(code), now=NOW)
    old = open_vault(tmp_path / "copy", template.secret, now=NOW)
    assert vault.generation > old.generation
    vault.close()
    old.close()


def test_a_vault_that_somebody_has_open_is_busy(folder: Path, template: Template) -> None:
    fill(folder, template)
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(folder), template.recovery_code],
                          stdout=subprocess.PIPE, cwd=REPOSITORY) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"
        assert refusal(folder, template) is ReasonCode.VAULT_BUSY
        other.kill()
    assert code_of(folder, template.secret) is None
    rotate(folder, template)


def test_who_waited_while_the_key_was_changed_writes_nowhere(folder: Path, template: Template) -> None:
    """Its header is the old one, its file is gone by the time it may read: it must not go on."""
    fill(folder, template)
    header = read_vault_header(folder).header
    _, keys = unlock(read_vault_header(folder), template.secret)
    shutil.copy(folder / "vault.db", folder / "old.db")
    code = rotate(folder, template)
    (folder / "vault.db").rename(folder / "new.db")
    (folder / "old.db").rename(folder / "vault.db")  # the file that it has open, as it sees it
    with pytest.raises(VaultError) as caught:
        opened(folder, header, keys, now=NOW)
    assert caught.value.reason.code is ReasonCode.VAULT_BUSY
    (folder / "vault.db").unlink()
    (folder / "new.db").rename(folder / "vault.db")
    assert code_of(folder, RecoveryCode(code)) is None


@pytest.mark.parametrize(("passphrase", "code", "expected"), [
    ("", recovery_text(b"e" * 16), ReasonCode.PASSPHRASE_EMPTY),
    ("a", "AAAAA", ReasonCode.RECOVERY_CODE_TYPO),
])
def test_secrets_that_cannot_be_are_refused(folder: Path, template: Template, passphrase: str, code: str,
                                            expected: ReasonCode) -> None:
    before = (folder / "vault.head").read_bytes()
    with pytest.raises(VaultError) as caught:
        rotate_data_key(folder, template.secret, passphrase=passphrase, recovery_code=code, now=NOW,
                        kdf=FLOOR)
    assert caught.value.reason.code is expected
    assert (folder / "vault.head").read_bytes() == before


def test_a_copy_that_lacks_something_never_takes_the_place(folder: Path, template: Template,
                                                           monkeypatch: pytest.MonkeyPatch) -> None:
    fill(folder, template)
    copy_to = Database.copy_to

    def lossy(self: Database, path: Path, key: bytes, step: Step) -> None:
        copy_to(self, path, key, step)
        copy = Database(path, key)
        copy.rows("DELETE FROM setting")
        copy.close()

    with monkeypatch.context() as patch:
        patch.setattr(Database, "copy_to", lossy)
        assert refusal(folder, template) is ReasonCode.VAULT_DAMAGED
    assert not list(folder.glob("vault.next*"))
    assert code_of(folder, template.secret) is None


def test_it_can_be_done_again_and_again(folder: Path, template: Template) -> None:
    held = fill(folder, template)
    code = template.recovery_code
    for _ in range(3):
        new = recovery_text(new_entropy())
        rotate_data_key(folder, RecoveryCode(code), passphrase="x", recovery_code=new, now=NOW, kdf=FLOOR)
        code = new
    vault = open_vault(folder, RecoveryCode(code), now=NOW)
    assert (vault.list(), vault.setting("a"), vault.holder_key()) == held
    vault.close()


def test_who_read_the_header_before_the_change_is_told_of_no_damage(folder: Path, template: Template) -> None:
    sealed = read_vault_header(folder)
    _, keys = unlock(sealed, template.secret)
    rotate(folder, template)
    with pytest.raises(VaultError) as caught:
        opened(folder, sealed.header, keys, now=NOW)
    assert caught.value.reason.code is ReasonCode.VAULT_BUSY
    store = folder / "vault.db"
    store.write_bytes(os.urandom(store.stat().st_size))  # and what is damaged is damaged
    assert code_of(folder, Passphrase(PASSPHRASE)) is ReasonCode.VAULT_DAMAGED
