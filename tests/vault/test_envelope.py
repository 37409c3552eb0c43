"""Any bytes in the envelope of a backup."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tests.vault.test_unlocking import FIELDS
from tests.vault.vaults import NOW, PASSPHRASE, Template
from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode
from wallet.vault.container import Passphrase, QuickUnlock
from wallet.vault.envelope import demand_secret, is_envelope, read_envelope, write_envelope, write_plain
from wallet.vault.slots import add_keychain_slot, unlocked
from wallet.vault.store import Vault

BIG = 10_000_000


def test_both_secrets_open_what_was_written(vault: Vault, template: Template, tmp_path: Path) -> None:
    pieces = [b"one", os.urandom(200_000), b""]
    write_envelope(vault, tmp_path / "x", iter(pieces), now=NOW)
    assert is_envelope((tmp_path / "x").read_bytes())
    for secret in (template.secret, Passphrase(PASSPHRASE)):
        assert read_envelope(tmp_path / "x", secret, max_bytes=BIG) == b"".join(pieces)
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == 0o600


def test_damage_wrong_secrets_size_and_a_later_form_are_told_apart(vault: Vault, template: Template,
                                                                   tmp_path: Path) -> None:
    def refused(data: bytes, secret: object = template.secret, limit: int = BIG) -> ReasonCode:
        (tmp_path / "y").write_bytes(data)
        with pytest.raises(VaultError) as caught:
            read_envelope(tmp_path / "y", secret, max_bytes=limit)  # type: ignore[arg-type] # one of the two
        return caught.value.reason.code

    write_envelope(vault, tmp_path / "x", iter([bytes(100_000)]), now=NOW)
    data = (tmp_path / "x").read_bytes()
    for at in range(30, len(data), len(data) // 12):
        assert refused(data[:at] + bytes([data[at] ^ 1]) + data[at + 1:]) is ReasonCode.EXPORT_DAMAGED
    assert refused(data[:-70_000]) is ReasonCode.EXPORT_DAMAGED
    assert refused(b"") is ReasonCode.EXPORT_DAMAGED
    assert refused(data.replace(b"1.0", b"3.0", 1)) is ReasonCode.VAULT_NEWER
    assert refused(data, Passphrase("wrong")) is ReasonCode.VAULT_WRONG_PASSPHRASE
    assert refused(data, limit=99_999) is ReasonCode.LIMIT_BYTES


def test_nothing_is_replaced_and_a_writer_that_fails_leaves_nothing(vault: Vault, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"mine")
    with pytest.raises(VaultError) as caught:
        write_plain(tmp_path / "x", iter([b"new"]))
    assert caught.value.reason.code is ReasonCode.BACKUP_EXISTS
    with pytest.raises(VaultError) as caught:
        write_envelope(vault, tmp_path / "x", iter([b"new"]), now=NOW)
    assert caught.value.reason.code is ReasonCode.BACKUP_EXISTS
    assert (tmp_path / "x").read_bytes() == b"mine"
    with pytest.raises(VaultError) as caught:
        write_plain(tmp_path / "gone" / "x", iter([b"new"]))
    assert caught.value.reason.code is ReasonCode.FOLDER_UNWRITABLE
    write_plain(tmp_path / "z", iter([b"a", b"b"]))
    assert (tmp_path / "z").read_bytes() == b"ab"


def test_the_secret_is_asked_for_again(vault: Vault, template: Template) -> None:
    demand_secret(vault, template.secret)
    with pytest.raises(VaultError) as caught:
        demand_secret(vault, Passphrase("wrong"))
    assert caught.value.reason.code is ReasonCode.VAULT_WRONG_PASSPHRASE


def test_quick_unlock_of_this_computer_does_not_travel(vault: Vault, template: Template,
                                                       tmp_path: Path) -> None:
    with unlocked(vault.folder, template.secret, now=NOW, vault=vault) as found:
        add_keychain_slot(found, b"k" * 32, FIELDS)
    write_envelope(vault, tmp_path / "x", iter([b"inside"]), now=NOW)
    for secret in (template.secret, Passphrase(PASSPHRASE)):
        assert read_envelope(tmp_path / "x", secret, max_bytes=BIG) == b"inside"
    with pytest.raises(VaultError) as caught:
        read_envelope(tmp_path / "x", QuickUnlock(b"k" * 32), max_bytes=BIG)
    assert caught.value.reason.code is ReasonCode.KEYCHAIN_LOST
    assert FIELDS.backend.encode() not in (tmp_path / "x").read_bytes()
