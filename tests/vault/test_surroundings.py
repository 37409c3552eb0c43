from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.vault.vaults import NOW, Template, record
from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode
from wallet.vault import surroundings
from wallet.vault.container import open_vault
from wallet.vault.surroundings import network_kind, shared_place, synced_name, windows_drive_kind

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/export /net nfs4 rw 0 0
/dev/sdb1 /net/maya/local ext4 rw 0 0
//nas/docs /mnt/my\\040docs cifs rw 0 0
maya@host: /mnt/host fuse.sshfs rw 0 0
/dev/sdc1 /mnt/stick fuseblk rw 0 0
gocryptfs /mnt/plain fuse.gocryptfs rw 0 0
something /mnt/layer fuse.of-tomorrow rw 0 0
tmpfs /mnt/twice tmpfs rw 0 0
server:/x /mnt/twice nfs rw 0 0
half a line
"""


@pytest.mark.skipif(sys.platform == "win32", reason="mounts of POSIX")
def test_a_folder_on_a_network_is_named_with_its_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surroundings, "_mounts", lambda: MOUNTS)
    why = shared_place(Path("/net/maya/wallet"))
    assert why is not None
    assert (why.code, why["found"]) == (ReasonCode.VAULT_ON_NETWORK, "nfs4")
    assert shared_place(Path("/var/wallet")) is None


@pytest.mark.skipif(sys.platform == "win32", reason="mounts of POSIX")
@pytest.mark.parametrize(("folder", "kind"), [
    ("/var/wallet", ""), ("/net/maya/wallet", "nfs4"), ("/net/maya/local/wallet", ""),
    ("/mnt/my docs/wallet", "cifs"), ("/mnt/my docs", "cifs"), ("/mnt/mydocs", ""),
    ("/mnt/host/a", "fuse.sshfs"), ("/mnt/stick/a", ""), ("/mnt/plain/a", ""),
    ("/mnt/layer/a", "fuse.of-tomorrow"), ("/mnt/twice/a", "nfs"),
])
def test_the_innermost_last_mount_decides(folder: str, kind: str) -> None:
    assert network_kind(Path(folder), MOUNTS) == kind


def test_no_table_of_mounts_is_no_network() -> None:
    assert network_kind(Path("/anywhere"), "") == ""


@pytest.mark.parametrize(("folder", "name"), [
    ("a/Dropbox/wallet", "Dropbox"), ("a/OneDrive - Northbridge/w", "OneDrive - Northbridge"),
    ("a/Nextcloud", "Nextcloud"), ("a/Google Drive/x/y", "Google Drive"), ("a/Documents/wallet", ""),
    ("a/my dropbox notes/wallet", ""), ("a/boxes/wallet", ""),
])
def test_folders_that_are_copied_elsewhere_are_known_by_name(tmp_path: Path, folder: str, name: str) -> None:
    assert synced_name(tmp_path / folder) == name


def test_a_mark_of_such_a_service_counts_too(tmp_path: Path) -> None:
    (tmp_path / "docs" / "deep").mkdir(parents=True)
    (tmp_path / "docs" / ".stfolder").mkdir()
    assert synced_name(tmp_path / "docs" / "deep") == "docs"


def test_a_share_of_windows_is_known_by_its_form() -> None:
    assert windows_drive_kind(Path("wallet")) == ""


def test_a_vault_in_such_a_folder_has_one_program_and_no_log(template: Template, tmp_path: Path) -> None:
    folder = tmp_path / "Dropbox" / "wallet"
    vault = template.open(folder)
    found = shared_place(folder)
    assert found is not None
    assert found.code is ReasonCode.VAULT_IN_SYNCED_FOLDER
    assert found in vault.warnings
    vault.add(record(), now=NOW)
    assert vault.database.rollback_journal
    assert vault.database.value("PRAGMA synchronous") == 3
    assert not (folder / "vault.db-wal").exists()
    with pytest.raises(VaultError) as caught:
        open_vault(folder, template.secret, now=NOW)
    assert caught.value.reason.code is ReasonCode.VAULT_BUSY
    vault.close()
    again = open_vault(folder, template.secret, now=NOW)
    assert len(again.list()) == 1
    again.close()


def test_a_vault_that_was_used_elsewhere_gives_its_log_up(template: Template, tmp_path: Path) -> None:
    usual = template.open(tmp_path / "usual")
    usual.add(record(), now=NOW)
    assert not usual.database.rollback_journal
    assert usual.warnings == ()
    usual.close()
    (tmp_path / "OneDrive").mkdir()
    (tmp_path / "usual").rename(tmp_path / "OneDrive" / "wallet")
    moved = open_vault(tmp_path / "OneDrive" / "wallet", template.secret, now=NOW)
    assert moved.database.rollback_journal
    assert len(moved.list()) == 1
    moved.close()
