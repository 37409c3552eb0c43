from __future__ import annotations

import errno
import os
import shutil
import stat
from pathlib import Path

import pytest

from tests.vault.vaults import NOW, PASSPHRASE, Template, document, make_template, numbered, record
from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode
from wallet.model.sharing import Channel, ShareRecord
from wallet.vault import backup, places
from wallet.vault.backup import check_backup, restore_backup, write_backup
from wallet.vault.cipher import FLOOR
from wallet.vault.container import Passphrase, RecoveryCode, open_vault
from wallet.vault.evidence import VaultEvidence
from wallet.vault.integrity import check_integrity
from wallet.vault.locks import lock_file
from wallet.vault.slots import change_passphrase
from wallet.vault.store import Vault


@pytest.fixture
def filled(vault: Vault) -> Vault:
    for number in range(10):
        vault.add(numbered(number), now=NOW)
    vault.add(record(picture=os.urandom(300_000), evidence=(document(),)), now=NOW)
    vault.to_bin([vault.list()[-1].id], now=NOW)
    vault.set_setting("identities", "ada@example.org")
    vault.log_share(ShareRecord("one", NOW, Channel.QR, "Harbor Ltd", ("x",), ("y",)))
    VaultEvidence(vault).add(document())
    return vault


def everything(vault: Vault) -> object:
    stored = (*vault.list(), *vault.list(binned=True))
    return (stored, [vault.original(one.id) for one in stored], [vault.evidence(one.id) for one in stored],
            vault.setting("identities"), vault.shares(), VaultEvidence(vault).all(), vault.holder_key(),
            vault.id, vault.generation)


def refused(source: Path, secret: Passphrase | RecoveryCode, folder: Path) -> ReasonCode:
    with pytest.raises(VaultError) as caught:
        check_backup(source, secret)
    with pytest.raises(VaultError) as again:
        restore_backup(source, folder, secret, now=NOW)
    assert again.value.reason.code is caught.value.reason.code
    assert not folder.exists() or list(folder.iterdir()) == []
    return caught.value.reason.code


@pytest.mark.parametrize("with_code", [False, True])
def test_everything_comes_back(filled: Vault, template: Template, tmp_path: Path, with_code: bool) -> None:
    target = tmp_path / "wallet.vcwallet"
    written = write_backup(filled, target, now=NOW)
    assert (written.credentials, written.binned, written.created) == (10, 1, NOW)
    assert written.size_bytes == target.stat().st_size
    secret = template.secret if with_code else Passphrase(PASSPHRASE)
    assert check_backup(target, secret) == written
    restored = restore_backup(target, tmp_path / "elsewhere" / "vault", secret, now=NOW)
    assert everything(restored) == everything(filled)
    assert not restored.read_only
    assert restored.warnings == ()
    check_integrity(restored)
    restored.close()


def test_a_backup_is_private_and_leaves_nothing_beside_it(filled: Vault, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    write_backup(filled, tmp_path / "stick" / "wallet.vcwallet", now=NOW)
    assert [path.name for path in (tmp_path / "stick").iterdir()] == ["wallet.vcwallet"]
    assert {path.name for path in filled.folder.iterdir()} == {"vault.head", "vault.db", "vault.db-wal",
                                                               "vault.db-shm", "vault.copy.lock"}
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / "stick" / "wallet.vcwallet").stat().st_mode) == 0o600


def test_a_backup_shows_neither_titles_nor_counts(filled: Vault, tmp_path: Path) -> None:
    write_backup(filled, tmp_path / "wallet.vcwallet", now=NOW)
    data = (tmp_path / "wallet.vcwallet").read_bytes()
    assert b"Badge" not in data
    assert b"credential" not in data


def test_two_backups_share_no_chunk(filled: Vault, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_backup(filled, tmp_path / name, now=NOW)
    one, two = ((tmp_path / name).read_bytes().split(b"\n", 4)[4] for name in ("one", "two"))
    assert one[:64] != two[:64]


def test_an_existing_file_is_not_replaced(filled: Vault, tmp_path: Path) -> None:
    (tmp_path / "letter").write_bytes(b"dear")
    with pytest.raises(VaultError) as caught:
        write_backup(filled, tmp_path / "letter", now=NOW)
    assert caught.value.reason.code is ReasonCode.BACKUP_EXISTS
    assert (tmp_path / "letter").read_bytes() == b"dear"


def test_a_missing_folder_is_said(filled: Vault, tmp_path: Path) -> None:
    with pytest.raises(VaultError) as caught:
        write_backup(filled, tmp_path / "missing" / "wallet.vcwallet", now=NOW)
    assert caught.value.reason.code is ReasonCode.FOLDER_UNWRITABLE


def test_what_cannot_be_read_back_is_not_a_backup(filled: Vault, tmp_path: Path,
                                                  monkeypatch: pytest.MonkeyPatch) -> None:
    honest = backup._write_chunks

    def forgetful(copy: Path, target: Path, *rest: object) -> str:
        digest = honest(copy, target, *rest)  # type: ignore[arg-type] # handed on as they came
        target.write_bytes(target.read_bytes()[:-100])  # a stick that says yes and keeps less
        return digest

    monkeypatch.setattr(backup, "_write_chunks", forgetful)
    with pytest.raises(VaultError) as caught:
        write_backup(filled, tmp_path / "wallet.vcwallet", now=NOW)
    assert caught.value.reason.code is ReasonCode.BACKUP_DAMAGED
    assert list(tmp_path.glob("*.vcwallet*")) == []


@pytest.mark.parametrize("keep", [0, 1, 100, 1000, 0.5, -1])
def test_a_cut_backup_is_damaged(filled: Vault, template: Template, tmp_path: Path, keep: float) -> None:
    target = tmp_path / "wallet.vcwallet"
    write_backup(filled, target, now=NOW)
    data = target.read_bytes()
    target.write_bytes(data[:int(len(data) * keep) if isinstance(keep, float) else keep])
    assert refused(target, template.secret, tmp_path / "new") is ReasonCode.BACKUP_DAMAGED


def test_any_changed_byte_is_noticed(filled: Vault, template: Template, tmp_path: Path) -> None:
    target = tmp_path / "wallet.vcwallet"
    write_backup(filled, target, now=NOW)
    data = target.read_bytes()
    for at in range(0, len(data), len(data) // 60):
        changed = bytearray(data)
        changed[at] ^= 0x10
        target.write_bytes(changed)
        with pytest.raises(VaultError) as caught:
            check_backup(target, template.secret)
        assert caught.value.reason.code is ReasonCode.BACKUP_DAMAGED
    target.write_bytes(data)
    check_backup(target, template.secret)


def test_wrong_secrets_are_not_damage(filled: Vault, template: Template, tmp_path: Path) -> None:
    target = tmp_path / "wallet.vcwallet"
    write_backup(filled, target, now=NOW)
    new = tmp_path / "new"
    other = make_template(tmp_path / "other")
    assert refused(target, Passphrase("wrong"), new) is ReasonCode.VAULT_WRONG_PASSPHRASE
    assert refused(target, other.secret, new) is ReasonCode.VAULT_WRONG_RECOVERY_CODE
    assert refused(target, RecoveryCode("AAAAA"), new) is ReasonCode.RECOVERY_CODE_TYPO
    assert refused(tmp_path / "missing", template.secret, new) is ReasonCode.FILE_MISSING
    assert refused(tmp_path, template.secret, new) is ReasonCode.FILE_MISSING
    assert refused(filled.folder / "vault.head", template.secret, new) is ReasonCode.BACKUP_DAMAGED


def test_chunks_of_another_backup_do_not_fit(filled: Vault, template: Template, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_backup(filled, tmp_path / name, now=NOW)
    one, two = ((tmp_path / name).read_bytes().split(b"\n", 4) for name in ("one", "two"))
    (tmp_path / "mixed").write_bytes(b"\n".join([*one[:4], two[4]]))
    assert refused(tmp_path / "mixed", template.secret, tmp_path / "new") is ReasonCode.BACKUP_DAMAGED


def test_restoring_never_writes_over_a_vault(filled: Vault, template: Template, tmp_path: Path) -> None:
    target = tmp_path / "wallet.vcwallet"
    write_backup(filled, target, now=NOW)
    filled.set_setting("later", "yes")
    with pytest.raises(VaultError) as caught:
        restore_backup(target, filled.folder, template.secret, now=NOW)
    assert caught.value.reason.code is ReasonCode.VAULT_EXISTS
    assert filled.setting("later") == "yes"


def test_an_old_backup_opens_with_the_old_passphrase_and_always_with_the_code(
        filled: Vault, template: Template, tmp_path: Path) -> None:
    write_backup(filled, tmp_path / "before", now=NOW)
    change_passphrase(filled.folder, template.secret, "new", now=NOW, kdf=FLOOR)
    write_backup(filled, tmp_path / "after", now=NOW)
    check_backup(tmp_path / "before", Passphrase(PASSPHRASE))
    check_backup(tmp_path / "after", Passphrase("new"))
    for name in ("before", "after"):
        check_backup(tmp_path / name, template.secret)
    with pytest.raises(VaultError) as caught:
        check_backup(tmp_path / "after", Passphrase(PASSPHRASE))
    assert caught.value.reason.code is ReasonCode.VAULT_WRONG_PASSPHRASE


def test_a_backup_of_a_damaged_vault_is_not_made(filled: Vault, tmp_path: Path) -> None:
    shutil.copy(filled.folder / "vault.head", tmp_path / "kept")
    (filled.folder / "vault.head").write_bytes(b"damaged")
    with pytest.raises(VaultError) as caught:
        write_backup(filled, tmp_path / "wallet.vcwallet", now=NOW)
    assert caught.value.reason.code is ReasonCode.VAULT_DAMAGED
    assert not (tmp_path / "wallet.vcwallet").exists()


def test_one_backup_at_a_time(filled: Vault, tmp_path: Path) -> None:
    with lock_file(filled.folder / "vault.copy.lock"), pytest.raises(VaultError) as caught:
        write_backup(filled, tmp_path / "wallet.vcwallet", now=NOW)
    assert caught.value.reason.code is ReasonCode.VAULT_BUSY


def test_what_an_interrupted_backup_left_is_no_obstacle(filled: Vault, template: Template,
                                                        tmp_path: Path) -> None:
    (filled.folder / "vault.copy").write_bytes(b"half")
    (tmp_path / ".wallet.vcwallet.tmp").write_bytes(b"half")
    write_backup(filled, tmp_path / "wallet.vcwallet", now=NOW)
    check_backup(tmp_path / "wallet.vcwallet", template.secret)
    assert not (filled.folder / "vault.copy").exists()
    assert not (tmp_path / ".wallet.vcwallet.tmp").exists()


def test_a_name_that_was_taken_meanwhile_stays_with_its_file(vault: Vault, tmp_path: Path,
                                                             monkeypatch: pytest.MonkeyPatch) -> None:
    target, real = tmp_path / "one.vcwallet", places.give_name

    def somebody_is_faster(temporary: Path, name: Path) -> None:
        name.write_bytes(b"an earlier backup")
        real(temporary, name)

    monkeypatch.setattr(backup, "give_name", somebody_is_faster)
    with pytest.raises(VaultError) as caught:
        write_backup(vault, target, now=NOW)
    assert caught.value.reason.code is ReasonCode.BACKUP_EXISTS
    assert target.read_bytes() == b"an earlier backup"
    assert list(tmp_path.glob(".*.tmp")) == []


def test_a_stick_that_is_pulled_before_it_was_read_back_is_a_backup_that_is_not_done(
        vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def pulled(*_anything: object) -> str:
        raise OSError(errno.EIO, "gone")

    monkeypatch.setattr(backup, "_digest_of", pulled)
    with pytest.raises(VaultError) as caught:
        write_backup(vault, tmp_path / "one.vcwallet", now=NOW)
    assert caught.value.reason.code is ReasonCode.BACKUP_DAMAGED
    assert not (tmp_path / "one.vcwallet").exists()


def test_a_backup_is_one_state_whatever_another_program_writes_while_it_is_made(
        vault: Vault, template: Template, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wallet.vault.database._PAGES_AT_ONCE", 4)
    for number in range(20):
        vault.add(numbered(number), now=NOW)
    other, written = open_vault(vault.folder, template.secret, now=NOW), list[str]()

    def meanwhile(_done: int, _total: int) -> None:
        written.append(other.add(numbered(100 + len(written)), now=NOW).id)

    summary = write_backup(vault, tmp_path / "one.vcwallet", now=NOW, step=meanwhile)
    other.close()
    assert len(written) > 5
    assert summary.credentials == check_backup(tmp_path / "one.vcwallet", template.secret).credentials == 20
    assert vault.count() == 20 + len(written), "what was acknowledged meanwhile is kept"
    restored = restore_backup(tmp_path / "one.vcwallet", tmp_path / "restored", template.secret, now=NOW)
    check_integrity(restored)
    assert restored.count() == 20
    restored.close()
