from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode
from wallet.vault import places

posix_only = pytest.mark.skipif(os.name == "nt", reason="rights and links of POSIX")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@posix_only
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_new_folders_and_files_are_private_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        folder = places.make_folder(tmp_path / "new" / "vault")
        places.make_private_file(folder / places.STORE_NAME)
        places.replace_file(folder / places.HEADER_NAME, b"header")
    finally:
        os.umask(before)
    assert mode(folder) == 0o700
    assert mode(folder / places.STORE_NAME) == 0o600
    assert mode(folder / places.HEADER_NAME) == 0o600


@posix_only
def test_an_empty_folder_is_made_private_and_a_used_one_keeps_its_rights(tmp_path: Path) -> None:
    for name in ("empty", "used"):
        (tmp_path / name).mkdir(mode=0o755)
    (tmp_path / "used" / "letter.txt").write_text("dear")
    assert mode(places.make_folder(tmp_path / "empty")) == 0o700
    assert mode(places.make_folder(tmp_path / "used")) == 0o755


@posix_only
def test_a_linked_folder_is_refused_and_a_link_above_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    for refuse in (places.make_folder, places.safe_folder):
        with pytest.raises(VaultError) as caught:
            refuse(tmp_path / "link")
        assert caught.value.reason.code is ReasonCode.VAULT_UNSAFE_PLACE
        assert caught.value.reason["found"] == "link"
    assert places.make_folder(tmp_path / "link" / "vault") == tmp_path.resolve() / "real" / "vault"


def test_a_missing_folder_and_a_file_in_its_place(tmp_path: Path) -> None:
    with pytest.raises(VaultError) as caught:
        places.safe_folder(tmp_path / "missing")
    assert caught.value.reason.code is ReasonCode.VAULT_MISSING
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(VaultError) as caught:
        places.safe_folder(tmp_path / "file")
    assert caught.value.reason.code is ReasonCode.VAULT_UNSAFE_PLACE


def test_a_private_file_never_opens_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "vault.db"
    path.write_bytes(b"mine")
    with pytest.raises(VaultError) as caught:
        places.make_private_file(path)
    assert caught.value.reason.code is ReasonCode.VAULT_EXISTS
    assert path.read_bytes() == b"mine"


@posix_only
@pytest.mark.parametrize("found", ["link", "no_file"])
def test_only_a_regular_file_is_the_vaults(tmp_path: Path, found: str) -> None:
    path = tmp_path / "vault.db"
    if found == "link":
        (tmp_path / "elsewhere").write_bytes(b"x")
        path.symlink_to(tmp_path / "elsewhere")
    else:
        path.mkdir()
    with pytest.raises(VaultError) as caught:
        places.demand_regular(path)
    assert caught.value.reason.code is ReasonCode.VAULT_UNSAFE_PLACE
    assert caught.value.reason["found"] == found


@posix_only
def test_a_pipe_in_place_of_the_header_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "vault.head")
    with pytest.raises(VaultError) as caught:
        places.read_bounded(tmp_path / "vault.head", 100)
    assert caught.value.reason.code is ReasonCode.VAULT_UNSAFE_PLACE


@posix_only
def test_rights_of_others_are_taken_away(tmp_path: Path) -> None:
    (tmp_path / places.HEADER_NAME).write_bytes(b"x")
    (tmp_path / places.HEADER_NAME).chmod(0o644)
    places.tighten_files(tmp_path)
    assert mode(tmp_path / places.HEADER_NAME) == 0o600


@pytest.mark.parametrize(("number", "code"), [
    (errno.ENOSPC, ReasonCode.DISK_FULL), (errno.EDQUOT, ReasonCode.DISK_FULL),
    (errno.EACCES, ReasonCode.FOLDER_UNWRITABLE), (errno.EROFS, ReasonCode.FOLDER_UNWRITABLE),
    (errno.EIO, ReasonCode.FOLDER_UNWRITABLE),
])
@pytest.mark.parametrize("step", ["open", "fsync", "replace"])
def test_a_failed_replacement_leaves_the_old_content_and_no_litter(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int, code: ReasonCode) -> None:
    path = tmp_path / "vault.head"
    path.write_bytes(b"old")

    def fail(*_: object, **__: object) -> None:
        raise OSError(number, "failed")

    if step == "replace":
        monkeypatch.setattr(Path, "replace", fail)
    else:
        monkeypatch.setattr(os, step, fail)
    with pytest.raises(VaultError) as caught:
        places.replace_file(path, b"new")
    monkeypatch.undo()
    assert caught.value.reason.code is code
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["vault.head"]


def test_a_replacement_replaces(tmp_path: Path) -> None:
    path = tmp_path / "vault.head"
    places.replace_file(path, b"old")
    places.replace_file(path, b"new")
    assert path.read_bytes() == b"new"


def test_a_store_without_header_counts_unless_it_was_never_finished(tmp_path: Path) -> None:
    assert not places.vault_exists(tmp_path)
    (tmp_path / places.STORE_NAME).write_bytes(b"x")
    assert places.vault_exists(tmp_path)
    (tmp_path / places.UNFINISHED_NAME).write_bytes(b"")
    assert not places.vault_exists(tmp_path)
    (tmp_path / places.HEADER_NAME).write_bytes(b"x")
    assert places.vault_exists(tmp_path)


@posix_only
def test_folders_made_above_are_private_too_and_those_that_were_there_stay(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir(mode=0o755)
    before = os.umask(0)
    try:
        places.make_folder(tmp_path / "mine" / "a" / "b" / "vault")
    finally:
        os.umask(before)
    assert [mode(tmp_path / "mine" / one) for one in ("a", "a/b", "a/b/vault")] == [0o700] * 3
    assert mode(tmp_path / "mine") == 0o755


@pytest.mark.parametrize("links", [True, False], ids=["a disk", "a stick without links"])
def test_a_finished_file_gets_its_name_and_never_another_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                              links: bool) -> None:
    def refuse(*_names: Path) -> None:
        raise OSError(errno.EPERM, "no links here")

    if not links:
        monkeypatch.setattr(os, "link", refuse)
    for name in ("one", "two"):
        (tmp_path / name).write_bytes(name.encode())
    places.give_name(tmp_path / "one", tmp_path / "target")
    assert (tmp_path / "target").read_bytes() == b"one"
    assert not (tmp_path / "one").exists()
    with pytest.raises(VaultError) as caught:
        places.give_name(tmp_path / "two", tmp_path / "target")
    assert caught.value.reason.code is ReasonCode.BACKUP_EXISTS
    assert (tmp_path / "target").read_bytes() == b"one"
