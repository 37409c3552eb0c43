from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.vault.test_header import resealed
from tests.vault.vaults import (
    NOW,
    PASSPHRASE,
    Template,
    make_template,
    numbered,
    record,
    refused_opening,
)
from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode, reason
from wallet.vault import container
from wallet.vault.cipher import FLOOR
from wallet.vault.container import (
    Passphrase,
    RecoveryCode,
    create_vault,
    open_vault,
    vault_exists,
)
from wallet.vault.database import PLAIN_SQLITE
from wallet.vault.header import HeaderKind, SlotType, read_header
from wallet.vault.integrity import check_integrity
from wallet.vault.store import Vault

posix_only = pytest.mark.skipif(os.name == "nt", reason="rights and links of POSIX")


# --- making ---


def test_a_new_vault_is_private_and_encrypted(tmp_path: Path) -> None:
    created = create_vault(tmp_path / "a" / "vault", PASSPHRASE, now=NOW, kdf=FLOOR)
    folder = created.vault.folder
    if os.name != "nt":
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert {path.name for path in folder.iterdir()} == {"vault.head", "vault.db", "vault.db-wal",
                                                        "vault.db-shm"}
    assert created.recovery_code not in repr(created)
    created.vault.add(record(title="Distinctive"), now=NOW)
    assert not any(b"Distinctive" in path.read_bytes() for path in folder.iterdir())
    created.vault.close()


def test_both_secrets_open_it(tmp_path: Path) -> None:
    template = make_template(tmp_path / "vault")
    for secret in (Passphrase(PASSPHRASE), Passphrase(unicodedata.normalize("NFD", PASSPHRASE)),
                   template.secret, RecoveryCode(template.recovery_code.lower().replace("-", " "))):
        open_vault(template.folder, secret, now=NOW).close()


def test_without_a_measure_the_cost_is_tuned(tmp_path: Path) -> None:
    create_vault(tmp_path / "vault", PASSPHRASE, now=NOW).vault.close()
    header = read_header((tmp_path / "vault" / "vault.head").read_bytes(), HeaderKind.VAULT).header
    slot = header.slot(SlotType.PASSPHRASE)
    assert slot is not None
    assert slot.kdf is not None
    assert slot.kdf.within_bounds


def test_an_empty_passphrase_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(VaultError) as caught:
        create_vault(tmp_path / "vault", "", now=NOW)
    assert caught.value.reason.code is ReasonCode.PASSPHRASE_EMPTY
    assert not (tmp_path / "vault").exists()


@pytest.mark.parametrize("missing", ["", "vault.head", "vault.db"])
def test_nothing_is_made_over_a_vault_not_even_over_a_damaged_one(folder: Path, missing: str) -> None:
    if missing:
        (folder / missing).unlink()
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert vault_exists(folder)
    with pytest.raises(VaultError) as caught:
        create_vault(folder, PASSPHRASE, now=NOW, kdf=FLOOR)
    assert caught.value.reason.code is ReasonCode.VAULT_EXISTS
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_what_was_never_finished_is_cleared_away(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    folder.mkdir()
    for name in ("vault.unfinished", "vault.db", "vault.db-wal"):
        (folder / name).write_bytes(b"half")
    assert not vault_exists(folder)
    created = create_vault(folder, PASSPHRASE, now=NOW, kdf=FLOOR)
    check_integrity(created.vault)
    created.vault.close()
    assert not (folder / "vault.unfinished").exists()


def test_a_failure_while_making_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise VaultError(reason(ReasonCode.DISK_FULL))

    monkeypatch.setattr(container, "replace_file", fail)
    with pytest.raises(VaultError) as caught:
        create_vault(tmp_path / "vault", PASSPHRASE, now=NOW, kdf=FLOOR)
    assert caught.value.reason.code is ReasonCode.DISK_FULL
    assert list((tmp_path / "vault").iterdir()) == []


# --- opening ---


def test_opening_never_makes_anything(tmp_path: Path, template: Template) -> None:
    assert refused_opening(tmp_path / "missing", template.secret)[0] is ReasonCode.VAULT_MISSING
    assert not (tmp_path / "missing").exists()
    (tmp_path / "empty").mkdir()
    assert refused_opening(tmp_path / "empty", template.secret)[0] is ReasonCode.VAULT_MISSING
    assert list((tmp_path / "empty").iterdir()) == []


@pytest.mark.parametrize("typed", ["wrong", PASSPHRASE + " ", PASSPHRASE.upper()])
def test_a_wrong_passphrase_is_not_damage(folder: Path, typed: str) -> None:
    assert refused_opening(folder, Passphrase(typed))[0] is ReasonCode.VAULT_WRONG_PASSPHRASE


def test_a_typing_error_is_not_another_vaults_code(folder: Path, template: Template,
                                                   tmp_path: Path) -> None:
    other = make_template(tmp_path / "other")
    assert refused_opening(folder, other.secret)[0] is ReasonCode.VAULT_WRONG_RECOVERY_CODE
    code = template.recovery_code
    typo = code[:-1] + ("2" if code[-1] == "3" else "3")
    assert refused_opening(folder, RecoveryCode(typo))[0] is ReasonCode.RECOVERY_CODE_TYPO


@pytest.mark.parametrize(("name", "keep"), [
    (name, keep) for name in ("vault.db", "vault.head") for keep in (0, 1, 15, 100, 0.5, -1)
] + [("vault.db", 4096)])
def test_a_cut_file_is_damage(folder: Path, template: Template, name: str, keep: float) -> None:
    data = (folder / name).read_bytes()
    length = int(len(data) * keep) if isinstance(keep, float) else keep
    (folder / name).write_bytes(data[:length])
    assert refused_opening(folder, template.secret)[0] is ReasonCode.VAULT_DAMAGED


@pytest.mark.parametrize(("name", "what"), [("vault.db", "store_missing"), ("vault.head", "header")])
def test_a_missing_half_is_damage(folder: Path, template: Template, name: str, what: str) -> None:
    (folder / name).unlink()
    assert refused_opening(folder, template.secret) == (ReasonCode.VAULT_DAMAGED, what)
    assert not (folder / name).exists()


def test_more_behind_the_header_is_damage(folder: Path, template: Template) -> None:
    with (folder / "vault.head").open("ab") as file:
        file.write(b"\n")
    assert refused_opening(folder, template.secret) == (ReasonCode.VAULT_DAMAGED, "header")


def test_damage_is_said_before_the_passphrase_is_judged(folder: Path) -> None:
    data = bytearray((folder / "vault.head").read_bytes())
    data[60] ^= 1
    (folder / "vault.head").write_bytes(data)
    assert refused_opening(folder, Passphrase("wrong")) == (ReasonCode.VAULT_DAMAGED, "header")


def test_a_flipped_bit_in_the_store_never_gives_wrong_data(vault: Vault, template: Template,
                                                           tmp_path: Path) -> None:
    expected = {vault.add(numbered(number), now=NOW).id: numbered(number).original for number in range(60)}
    vault.close()
    data = (vault.folder / "vault.db").read_bytes()
    refusals = 0
    for bit in range(0, len(data) * 8, len(data) * 8 // 150):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        (vault.folder / "vault.db").write_bytes(flipped)
        try:
            opened = open_vault(vault.folder, template.secret, now=NOW)
        except VaultError as error:
            refusals += error.reason.code is ReasonCode.VAULT_DAMAGED
            continue
        try:
            assert {one.id: opened.original(one.id) for one in opened.list()} == expected
        except VaultError as error:
            refusals += error.reason.code is ReasonCode.VAULT_DAMAGED
        finally:
            opened.close()
    assert refusals > 50


def test_header_and_store_of_two_vaults_do_not_mix(folder: Path, template: Template, tmp_path: Path) -> None:
    other = make_template(tmp_path / "other")
    shutil.copy(other.folder / "vault.head", folder / "vault.head")
    assert refused_opening(folder, other.secret) == (ReasonCode.VAULT_DAMAGED, "store")
    assert refused_opening(folder, template.secret)[0] is ReasonCode.VAULT_WRONG_RECOVERY_CODE


def test_a_changed_header_with_a_right_checksum_is_noticed(folder: Path, template: Template) -> None:
    path = folder / "vault.head"
    path.write_bytes(resealed(path.read_bytes(), lambda body: body.update(generation=5)))
    assert refused_opening(folder, template.secret) == (ReasonCode.VAULT_DAMAGED, "header")


def test_a_store_that_is_not_encrypted_is_refused_opening(folder: Path, template: Template) -> None:
    (folder / "vault.db").write_bytes(PLAIN_SQLITE + bytes(4096 - len(PLAIN_SQLITE)))
    assert refused_opening(folder, template.secret) == (ReasonCode.VAULT_FOREIGN, "plain")
    (folder / "vault.db").unlink()


def test_a_store_with_foreign_code_is_refused_opening(vault: Vault, template: Template) -> None:
    vault.database.rows("CREATE VIEW more AS SELECT * FROM credential")
    vault.close()
    with pytest.raises(VaultError) as caught:
        open_vault(vault.folder, template.secret, now=NOW)
    assert caught.value.reason.code is ReasonCode.VAULT_FOREIGN


@posix_only
def test_links_and_folders_in_place_of_files_are_refused_opening(template: Template, tmp_path: Path) -> None:
    folder = template.copy(tmp_path / "one")
    (tmp_path / "link").symlink_to(folder)
    assert refused_opening(tmp_path / "link", template.secret)[0] is ReasonCode.VAULT_UNSAFE_PLACE
    for name in ("vault.db", "vault.head"):
        folder = template.copy(tmp_path / f"linked-{name}")
        (folder / name).rename(tmp_path / f"elsewhere-{name}")
        (folder / name).symlink_to(tmp_path / f"elsewhere-{name}")
        assert refused_opening(folder, template.secret)[0] is ReasonCode.VAULT_UNSAFE_PLACE
        (folder / name).unlink()
        (folder / name).mkdir()
        assert refused_opening(folder, template.secret)[0] is ReasonCode.VAULT_UNSAFE_PLACE


@posix_only
def test_a_store_with_a_second_name_is_read_and_not_written(folder: Path, template: Template,
                                                            tmp_path: Path) -> None:
    (tmp_path / "second-name.db").hardlink_to(folder / "vault.db")
    vault = open_vault(folder, template.secret, now=NOW)
    assert vault.read_only
    assert [one.code for one in vault.warnings] == [ReasonCode.VAULT_UNSAFE_PLACE]
    assert vault.list() == ()
    vault.close()


@pytest.mark.parametrize("leftovers", [{"vault.db-shm": b"garbage" * 100}, {"vault.db-wal": b""},
                                       {"vault.lock": b"4711\n"}, {"vault.unfinished": b""}])
def test_leftovers_do_not_matter(vault: Vault, template: Template,
                                 leftovers: dict[str, bytes]) -> None:
    added = vault.add(record(), now=NOW)
    vault.close()
    for name, data in leftovers.items():
        (vault.folder / name).write_bytes(data)
    opened = open_vault(vault.folder, template.secret, now=NOW)
    assert [one.id for one in opened.list()] == [added.id]
    check_integrity(opened)
    opened.close()


READ_ONLY = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from wallet.model.errors import VaultError
from wallet.vault.container import RecoveryCode, acquire_window_lock, open_vault
from tests.vault.vaults import record, NOW
if os.geteuid() == 0:
    os.setgid(65534); os.setuid(65534)
folder = Path(sys.argv[1])
lock = acquire_window_lock(folder)
vault = open_vault(folder, RecoveryCode(sys.argv[2]), now=NOW)
print(vault.read_only, [one.title for one in vault.list()], len(vault.search("data")))
try:
    vault.add(record(b"other"), now=NOW)
except VaultError as error:
    print(error.reason.code)
vault.close()
"""


@posix_only
@pytest.mark.parametrize("with_log", [False, True])
def test_a_folder_that_cannot_be_written_opens_for_reading(template: Template, with_log: bool) -> None:
    base = Path("/var/tmp") / f"wallet-test-{os.getpid()}"  # noqa: S108 - another user must reach it
    base.mkdir(mode=0o755)
    try:
        vault = template.open(base / "vault")
        vault.add(record(), now=NOW)
        if with_log:  # as after a crash: what was added is in the log only
            names = {name: (vault.folder / name).read_bytes() for name in ("vault.db", "vault.db-wal",
                                                                           "vault.db-shm")}
            vault.close()
            for name, data in names.items():
                (vault.folder / name).write_bytes(data)
        vault.close()
        before = {path.name for path in vault.folder.iterdir()}
        for path in vault.folder.iterdir():
            path.chmod(0o400)
            if os.geteuid() == 0:
                os.chown(path, 65534, 65534)
        if os.geteuid() == 0:
            os.chown(vault.folder, 65534, 65534)
        vault.folder.chmod(0o500)
        done = subprocess.run([sys.executable, "-c", READ_ONLY, str(vault.folder), template.recovery_code],
                              capture_output=True, text=True, cwd=REPOSITORY, check=False)
        assert done.stdout.splitlines() == ["True ['Data analysis'] 1", "vault_read_only"], done.stderr
        assert {path.name for path in vault.folder.iterdir()} == before
    finally:
        (base / "vault").chmod(0o700)
        shutil.rmtree(base)
