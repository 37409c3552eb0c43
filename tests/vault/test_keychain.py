from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta

import pytest
from keyring.backends.chainer import ChainerBackend
from keyring.backends.fail import Keyring as Fail
from keyring.backends.null import Keyring as Null
from keyring.backends.SecretService import Keyring as SecretService

from tests.conftest import REPOSITORY
from tests.vault.keychains import (
    NAME,
    Altering,
    Broken,
    Cancelled,
    Computer,
    Forgetting,
    Keeping,
    Locked,
    Missing,
    Slow,
)
from tests.vault.vaults import NOW, Template
from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode
from wallet.vault import keychain
from wallet.vault.cipher import vault_keys
from wallet.vault.header import Header, HeaderKind, KeychainFields, read_header, write_header
from wallet.vault.keychain import (
    MAX_DAYS,
    SERVICE,
    Entries,
    allowed_backend,
    demand_allowed,
    demand_in_time,
    entry_name,
    fetch,
    new_entry,
    slot_fields,
)
from wallet.vault.unlocking import QuickUnlock, keychain_slot, read_vault_header, unlock

ASKS_NOTHING = ("import sys, wallet.vault.keychain, wallet.vault.container\n"
                "print('keyring' in sys.modules)")
ID = "0123456789abcdef" * 2


def code(raised: pytest.ExceptionInfo[VaultError]) -> ReasonCode:
    return raised.value.reason.code


def test_what_is_kept_is_read_noted_and_forgotten() -> None:
    computer = Computer()
    entry = new_entry()
    assert computer.keychain.keep(ID, entry) == NAME
    assert computer.keychain.read(ID, NAME) == (entry, None)
    computer.keychain.note_generation(ID, NAME, 17)
    assert computer.keychain.read(ID, NAME) == (entry, 17)
    computer.keychain.forget(ID, NAME)
    computer.keychain.forget(ID, NAME)
    assert isinstance(computer.entries, Keeping)
    assert computer.entries.kept == {}


def test_a_slow_answer_is_an_answer() -> None:
    computer = Computer(Slow())
    entry = new_entry()
    computer.keychain.keep(ID, entry)
    assert computer.keychain.read(ID, NAME) == (entry, None)


def test_the_entry_names_nobody_and_holds_no_secret_of_the_person() -> None:
    computer = Computer()
    computer.keychain.keep(ID, new_entry())
    assert isinstance(computer.entries, Keeping)
    ((service, name),) = computer.entries.kept
    assert service == SERVICE
    assert name == entry_name(ID)
    assert ID not in name
    assert name != entry_name("f" * 32)


@pytest.mark.parametrize(("entries", "expected"), [
    (Missing(), ReasonCode.KEYCHAIN_SILENT), (Cancelled(), ReasonCode.KEYCHAIN_SILENT),
    (Broken(), ReasonCode.KEYCHAIN_SILENT), (Forgetting(), ReasonCode.KEYCHAIN_LOST),
    (Altering(), ReasonCode.KEYCHAIN_LOST),
], ids=lambda value: type(value).__name__ if isinstance(value, Keeping) else None)
def test_a_keychain_that_does_not_keep_is_not_relied_on(entries: Entries, expected: ReasonCode) -> None:
    with pytest.raises(VaultError) as caught:
        Computer(entries).keychain.keep(ID, new_entry())
    assert code(caught) is expected


def test_an_answer_comes_within_the_patience_and_the_thread_is_left_behind() -> None:
    blocking = Locked()
    computer = Computer(blocking, patience_s=0.2)
    for ask in (lambda: computer.keychain.keep(ID, new_entry()), lambda: computer.keychain.read(ID, NAME)):
        with pytest.raises(VaultError) as caught:
            ask()
        assert code(caught) is ReasonCode.KEYCHAIN_SILENT
        assert caught.value.reason["found"] == "slow"
    blocking.let_go.set()


@pytest.mark.parametrize("text", ["", "not base64!", "AAAA", "é" * 44])
def test_an_entry_of_another_form_is_lost(text: str) -> None:
    computer = Computer()
    assert isinstance(computer.entries, Keeping)
    computer.entries.kept[SERVICE, entry_name(ID)] = text
    with pytest.raises(VaultError) as caught:
        computer.keychain.read(ID, NAME)
    assert code(caught) is ReasonCode.KEYCHAIN_LOST


@pytest.mark.parametrize("text", ["", "-1", "x", "1.5", "٣"])
def test_a_counter_that_is_none_is_no_number(text: str) -> None:
    computer = Computer()
    entry = new_entry()
    computer.keychain.keep(ID, entry)
    assert isinstance(computer.entries, Keeping)
    computer.entries.kept[SERVICE, entry_name(ID) + " generation"] = text
    assert computer.keychain.read(ID, NAME) == (entry, None)


def test_another_backend_than_the_recorded_one_is_never_asked() -> None:
    computer = Computer()
    computer.keychain.keep(ID, new_entry())
    with pytest.raises(VaultError) as caught:
        computer.keychain.read(ID, "keyring.backends.kwallet.DBusKeyring")
    assert code(caught) is ReasonCode.KEYCHAIN_NONE


class _Derived(SecretService):
    """Of an accepted class, and not one of them."""


@pytest.mark.parametrize("kind", [Fail, Null, ChainerBackend, Keeping, _Derived])
def test_backends_that_are_not_on_the_list_are_refused_by_name(kind: Callable[[], object]) -> None:
    backend = kind()
    with pytest.raises(VaultError) as caught:
        demand_allowed(backend)
    assert code(caught) is ReasonCode.KEYCHAIN_NONE
    assert caught.value.reason["found"].endswith(type(backend).__qualname__)


def test_backends_on_the_list_are_accepted() -> None:
    kind: Callable[[], object] = SecretService
    accepted = kind()
    assert demand_allowed(accepted) is accepted


def test_neither_environment_nor_configuration_chooses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setattr(keychain, "ALLOWED", (("keyring.backends.null", "Keyring"),))
    with pytest.raises(VaultError) as caught:  # nothing but the list, and what is usable on it
        allowed_backend("keyring.backends.SecretService.Keyring")
    assert code(caught) is ReasonCode.KEYCHAIN_NONE


@pytest.mark.skipif(sys.platform != "linux", reason="buses of Linux")
def test_a_system_without_a_bus_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    with pytest.raises(VaultError) as caught:
        keychain.Keychain().backend()
    assert code(caught) is ReasonCode.KEYCHAIN_NONE


def test_the_library_is_not_loaded_before_somebody_asks(template: Template) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASKS_NOTHING], capture_output=True, text=True, check=True, cwd=REPOSITORY)
    assert done.stdout == "False\n"


def test_time_is_limited_on_both_sides() -> None:
    fields = slot_fields(NAME, now=NOW, days=14)
    demand_in_time(fields, NOW)
    demand_in_time(fields, NOW + timedelta(days=13, hours=23))
    demand_in_time(fields, NOW - timedelta(hours=23))
    for moment in (NOW + timedelta(days=14), NOW + timedelta(days=400), NOW - timedelta(days=2)):
        with pytest.raises(VaultError) as caught:
            demand_in_time(fields, moment)
        assert code(caught) is ReasonCode.QUICK_UNLOCK_ENDED
    with pytest.raises(VaultError) as caught:
        demand_in_time(KeychainFields(NAME, "yesterday", "tomorrow"), NOW)
    assert code(caught) is ReasonCode.VAULT_DAMAGED


@pytest.mark.parametrize(("days", "kept"), [(0, 1), (-5, 1), (30, 30), (10**6, MAX_DAYS)])
def test_days_have_a_floor_and_a_ceiling(days: int, kept: int) -> None:
    fields = slot_fields(NAME, now=NOW, days=days)
    demand_in_time(fields, NOW + timedelta(days=kept) - timedelta(seconds=1))
    with pytest.raises(VaultError):
        demand_in_time(fields, NOW + timedelta(days=kept))


def test_fetching_gives_what_opens_the_slot() -> None:
    computer, data_key, entry = Computer(), b"d" * 32, new_entry()
    backend = computer.keychain.keep(ID, entry)
    slot = keychain_slot(data_key, ID, entry, slot_fields(backend, now=NOW, days=14))
    header = Header((1, 1), ID, 0, (slot,))
    secret, generation = fetch(header, computer.keychain, now=NOW)
    assert secret == QuickUnlock(entry)
    assert generation is None
    with pytest.raises(VaultError) as caught:
        fetch(header, computer.keychain, now=NOW + timedelta(days=15))
    assert code(caught) is ReasonCode.QUICK_UNLOCK_ENDED
    sealed = read_header(write_header(header, vault_keys(data_key)), HeaderKind.VAULT)
    assert unlock(sealed, secret)[0] == data_key


def test_a_vault_without_it_says_that_it_is_off(template: Template) -> None:
    with pytest.raises(VaultError) as caught:
        fetch(read_vault_header(template.folder).header, Computer().keychain, now=NOW)
    assert code(caught) is ReasonCode.QUICK_UNLOCK_OFF
