from __future__ import annotations

import threading

import pytest

from tests.vault.vaults import NOW, Template, numbered, record
from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode
from wallet.vault.container import open_vault
from wallet.vault.integrity import check_integrity
from wallet.vault.store import Vault


def test_what_was_acknowledged_is_there_after_a_restart(vault: Vault, template: Template) -> None:
    ids = [vault.add(numbered(number), now=NOW).id for number in range(3)]
    vault.close()
    again = open_vault(vault.folder, template.secret, now=NOW)
    assert [one.id for one in again.list()] == ids[::-1]
    assert again.id == vault.id
    again.close()


def test_several_acts_are_one(vault: Vault) -> None:
    def add_two_and_fail() -> None:
        with vault.transaction():
            vault.add(numbered(1), now=NOW)
            vault.set_setting("a", "b")
            raise KeyError

    with pytest.raises(KeyError):
        add_two_and_fail()
    assert vault.list() == ()
    assert vault.setting("a") is None
    with vault.transaction():
        vault.add(numbered(1), now=NOW)
        vault.set_setting("a", "b")
    assert len(vault.list()) == 1


def test_every_act_is_counted_once(vault: Vault) -> None:
    assert vault.generation == 0
    vault.add(numbered(1), now=NOW)
    with vault.transaction():
        vault.add(numbered(2), now=NOW)
        vault.add(numbered(3), now=NOW)
    assert vault.generation == 2


def test_what_another_program_changed_is_noticed(vault: Vault, template: Template) -> None:
    before = vault.data_version()
    vault.add(numbered(1), now=NOW)
    assert vault.data_version() == before
    other = open_vault(vault.folder, template.secret, now=NOW)
    other.add(numbered(2), now=NOW)
    assert vault.data_version() != before
    assert len(vault.list()) == 2
    other.close()


def test_two_programs_write_at_the_same_time(vault: Vault, template: Template) -> None:
    other = open_vault(vault.folder, template.secret, now=NOW)

    def fill(target: Vault, first: int) -> None:
        for number in range(first, first + 30):
            target.add(numbered(number), now=NOW)

    threads = [threading.Thread(target=fill, args=arguments)
               for arguments in ((vault, 0), (other, 100), (vault, 200))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()
    assert len({one.sha256 for one in vault.list()}) == 90
    assert vault.generation == 90
    check_integrity(vault)


def test_a_closed_vault_says_locked_and_has_no_keys(vault: Vault) -> None:
    vault.close()
    vault.close()
    for act in (vault.list, vault.holder_key, lambda: vault.add(record(), now=NOW), lambda: vault.keys):
        with pytest.raises(VaultError) as caught:
            act()
        assert caught.value.reason.code is ReasonCode.VAULT_LOCKED
