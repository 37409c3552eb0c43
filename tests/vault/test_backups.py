"""Backups looked at, opened beside the present vault, cleared away."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.vault.vaults import NOW, PASSPHRASE, Template, make_template, numbered
from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode
from wallet.vault.backup import write_backup
from wallet.vault.backups import (
    BackupFile,
    clear_interrupted,
    conflict_copies,
    look_at,
    newest,
    opened_copy,
    proven,
    remove,
    surplus,
)
from wallet.vault.cipher import vault_keys
from wallet.vault.container import Passphrase
from wallet.vault.header import FORMAT_VERSION, HeaderKind, read_header, write_header
from wallet.vault.store import Vault


def test_a_backup_says_of_itself_when_and_of_what_it_is(vault: Vault, tmp_path: Path) -> None:
    vault.add(numbered(1), now=NOW)
    write_backup(vault, tmp_path / "one.vcwallet", now=NOW)
    path = tmp_path / "one.vcwallet"
    assert look_at(path) == BackupFile(path, path.stat().st_size, vault.id, NOW, FORMAT_VERSION,
                                       vault.generation)


@pytest.mark.parametrize(("data", "code"), [
    (b"", ReasonCode.BACKUP_DAMAGED), (b"letter", ReasonCode.BACKUP_DAMAGED),
    (None, ReasonCode.BACKUP_DAMAGED),
])
def test_damage_is_told_and_never_raised(tmp_path: Path, data: bytes | None, code: ReasonCode) -> None:
    path = tmp_path / "bad.vcwallet"
    if data is not None:
        path.write_bytes(data)
    problem = look_at(path).problem
    assert problem is not None
    assert problem.code is code


def test_the_latest_and_the_latest_of_each_month_are_kept() -> None:
    start = datetime(2026, 8, 1, tzinfo=UTC)
    files = [BackupFile(Path(f"{day}.vcwallet"), 1, "mine", start + timedelta(days=day))
             for day in range(0, 100, 7)]
    gone = surplus(files, "mine", keep=3)
    left = [one for one in files if one not in gone]
    assert [one.created.month for one in left if one.created] == [8, 9, 10, 10, 11]
    assert files[-1] in left


def test_files_of_others_and_unreadable_ones_are_never_cleared_away() -> None:
    files = [BackupFile(Path("a"), 1, "other", NOW), BackupFile(Path("b"), 1),
             BackupFile(Path("c"), 1, "mine", NOW - timedelta(days=1)), BackupFile(Path("d"), 1, "mine", NOW)]
    assert surplus(files, "mine", keep=0) == (files[2],)
    assert surplus(files[:3], "mine", keep=0) == ()


def test_a_backup_from_the_future_does_not_stop_new_ones() -> None:
    later = NOW + timedelta(days=400)
    files = [BackupFile(Path("a"), 1, "mine", NOW), BackupFile(Path("b"), 1, "mine", later)]
    assert newest(files, "mine", before=NOW) == files[0]
    assert newest(files, "other", before=NOW) is None


def test_only_the_file_that_was_looked_at_is_removed(vault: Vault, tmp_path: Path) -> None:
    path = tmp_path / "one.vcwallet"
    write_backup(vault, path, now=NOW)
    seen = look_at(path)
    path.write_bytes(b"something else now")
    assert not remove(seen)
    assert path.exists()
    assert remove(look_at(path))
    assert not path.exists()


def test_a_backup_is_opened_beside_and_leaves_nothing(vault: Vault, template: Template,
                                                      tmp_path: Path) -> None:
    vault.add(numbered(1), now=NOW)
    write_backup(vault, tmp_path / "one.vcwallet", now=NOW)
    vault.add(numbered(2), now=NOW)
    with opened_copy(vault, tmp_path / "one.vcwallet", Passphrase(PASSPHRASE), now=NOW) as other:
        assert [one.title for one in other.list()] == ["Badge 1"]
        place = other.folder
    assert not place.exists()
    with opened_copy(vault, tmp_path / "one.vcwallet", template.secret, now=NOW) as other:
        assert other.id == vault.id


def test_another_vaults_folder_is_opened_where_it_lies(vault: Vault, tmp_path: Path) -> None:
    made = make_template(tmp_path / "other")
    with opened_copy(vault, made.folder, made.secret, now=NOW) as other:
        assert other.id != vault.id
    assert made.folder.exists()


def test_a_conflicted_copy_is_found_and_opened_with_the_keys_at_hand(vault: Vault, tmp_path: Path) -> None:
    vault.add(numbered(1), now=NOW)
    vault.database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    copy = vault.folder / "vault (conflicted copy 2026-11-21).db"
    shutil.copy(vault.folder / "vault.db", copy)
    for name in ("vault.sync-conflict-20261121.db", "vault (1).db"):
        (vault.folder / name).write_bytes(b"another")
    (vault.folder / "letter.db").write_bytes(b"not ours")
    if os.name != "nt":
        (vault.folder / "vault-link.db").symlink_to(tmp_path / "elsewhere")
    vault.add(numbered(2), now=NOW)
    assert {path.name for path in conflict_copies(vault.folder)} == {
        copy.name, "vault.sync-conflict-20261121.db", "vault (1).db"}
    before = copy.read_bytes()
    with opened_copy(vault, copy, None, now=NOW) as other:
        assert [one.title for one in other.list()] == ["Badge 1"]
    assert copy.read_bytes() == before


def test_what_is_no_copy_is_refused_with_its_reason(vault: Vault, tmp_path: Path) -> None:
    def refused(source: Path, secret: Passphrase | None) -> ReasonCode:
        with pytest.raises(VaultError) as caught, opened_copy(vault, source, secret, now=NOW):
            pass
        return caught.value.reason.code

    secret = Passphrase(PASSPHRASE)
    (tmp_path / "junk.db").write_bytes(os.urandom(9000))
    (tmp_path / "junk.vcwallet").write_bytes(os.urandom(9000))
    assert refused(vault.folder, secret) is ReasonCode.MERGE_ITSELF
    assert refused(vault.folder / "vault.db", None) is ReasonCode.MERGE_ITSELF
    assert refused(tmp_path / "junk.db", None) is ReasonCode.VAULT_DAMAGED
    assert refused(tmp_path / "junk.vcwallet", secret) is ReasonCode.BACKUP_DAMAGED
    assert refused(tmp_path / "junk.vcwallet", None) is ReasonCode.VAULT_LOCKED
    assert refused(tmp_path, secret) is ReasonCode.VAULT_MISSING
    assert refused(tmp_path / "missing.vcwallet", secret) is ReasonCode.FILE_MISSING


def test_conflict_copies_of_a_folder_that_is_gone_are_none(tmp_path: Path) -> None:
    assert conflict_copies(tmp_path / "gone") == ()


def test_only_a_head_under_the_present_keys_counts_as_a_backup_of_ours(vault: Vault, template: Template,
                                                                       tmp_path: Path) -> None:
    write_backup(vault, tmp_path / "own.vcwallet", now=NOW)
    keys = vault_keys(b"k" * 32)
    forged = replace(read_header((tmp_path / "own.vcwallet").read_bytes(), HeaderKind.BACKUP).header,
                     generation=99)
    (tmp_path / "forged.vcwallet").write_bytes(write_header(forged, keys) + b"chunks")
    files = [look_at(tmp_path / name) for name in ("own.vcwallet", "forged.vcwallet", "gone.vcwallet")]
    assert files[1].vault_id == vault.id, "its head says so"
    assert proven(vault, files) == (files[0],)
    other = template.open(tmp_path / "other")
    assert proven(other, files) == (files[0],), "a copy of the vault has its keys"
    other.close()


def test_a_backup_made_by_a_clock_that_is_behind_is_not_the_first_to_go() -> None:
    before = [BackupFile(Path(f"{day}"), 1, "mine", NOW - timedelta(days=day), generation=10 - day)
              for day in range(1, 5)]
    latest = BackupFile(Path("latest"), 1, "mine", NOW - timedelta(days=15), generation=20)
    assert latest not in surplus([*before, latest], "mine", keep=1)
    # Nor one that was made after an older copy had been restored.
    restored = BackupFile(Path("restored"), 1, "mine", NOW, generation=2)
    gone = surplus([*before, latest, restored], "mine", keep=1)
    assert not {latest, restored} & set(gone)
    assert set(before) <= set(gone)


def test_what_was_cut_off_long_ago_is_cleared_away_and_what_is_under_way_is_not(tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    for name, age_h in ((".old.vcwallet.tmp", 30), (".new.vcwallet.tmp", 2), ("old.vcwallet", 30),
                        (".letter.tmp", 30)):
        (folder / name).write_bytes(b"half")
        moment = NOW.timestamp() - age_h * 3600
        os.utime(folder / name, (moment, moment))
    clear_interrupted(folder, NOW)
    assert {path.name for path in folder.iterdir()} == {".new.vcwallet.tmp", "old.vcwallet", ".letter.tmp"}
    clear_interrupted(tmp_path / "gone", NOW)
