from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.vault.vaults import NOW, Template, record
from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode
from wallet.vault.container import open_vault
from wallet.vault.header import write_header
from wallet.vault.locks import lock_file
from wallet.vault.moving import finish_move, move, remove_unmoved, store_of, unmoved
from wallet.vault.unlocking import read_vault_header, unlock


def marked(folder: Path, template: Template, token: str) -> None:
    """Write a header that names a store on its way, as a change of the data key leaves it."""
    sealed = read_vault_header(folder)
    _, keys = unlock(sealed, template.secret)
    (folder / "vault.head").write_bytes(write_header(replace(sealed.header, moving=token), keys))


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {"vault.copy.lock"}


def test_a_store_on_its_way_is_moved_when_the_vault_is_opened(folder: Path, template: Template) -> None:
    vault = open_vault(folder, template.secret, now=NOW)
    vault.add(record(), now=NOW)
    vault.close()
    shutil.copy(folder / "vault.db", folder / "vault.next.ab12")
    (folder / "vault.db").write_bytes(os.urandom(8192))  # the store under the old key
    (folder / "vault.db-wal").write_bytes(os.urandom(5000))
    marked(folder, template, "ab12")
    vault = open_vault(folder, template.secret, now=NOW)
    assert len(vault.list()) == 1
    vault.close()
    assert names(folder) == {"vault.db", "vault.head"}
    assert read_vault_header(folder).header.moving == ""


def test_a_store_that_no_header_names_is_removed(folder: Path, template: Template) -> None:
    (folder / "vault.next.cd34").write_bytes(b"half a copy")
    (folder / "vault.next.cd34-journal").write_bytes(b"x")
    open_vault(folder, template.secret, now=NOW).close()
    assert names(folder) == {"vault.db", "vault.head"}


def test_a_mark_without_a_store_does_no_harm(folder: Path, template: Template) -> None:
    marked(folder, template, "ab12")
    (folder / "vault.next.ffff").write_bytes(b"another act's")
    open_vault(folder, template.secret, now=NOW).close()
    assert read_vault_header(folder).header.moving == ""
    assert names(folder) == {"vault.db", "vault.head"}


def test_while_another_program_moves_it_the_vault_is_busy(folder: Path, template: Template) -> None:
    shutil.copy(folder / "vault.db", folder / "vault.next.ab12")
    marked(folder, template, "ab12")
    header = read_vault_header(folder).header
    with lock_file(folder / "vault.copy.lock"), pytest.raises(VaultError) as caught:
        finish_move(folder, header)
    assert caught.value.reason.code is ReasonCode.VAULT_BUSY
    assert store_of(folder, header) == unmoved(folder, "ab12")
    finish_move(folder, header)
    assert store_of(folder, header) == folder / "vault.db"


def test_clearing_away_waits_for_a_backup_that_is_being_written(folder: Path) -> None:
    left = folder / "vault.next.cd34"
    left.write_bytes(b"x")
    with lock_file(folder / "vault.copy.lock"):
        remove_unmoved(folder, read_vault_header(folder).header)
    assert left.exists()
    remove_unmoved(folder, read_vault_header(folder).header)
    assert not left.exists()


def test_a_move_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(VaultError) as caught:
        move(tmp_path, tmp_path / "vault.next.none")
    assert caught.value.reason.code is ReasonCode.FOLDER_UNWRITABLE
