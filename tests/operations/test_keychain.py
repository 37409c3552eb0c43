from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest

from tests.operations.conftest import PASSPHRASE, Clock
from tests.vault.keychains import NAME, Altering, Cancelled, Computer, Forgetting, Keeping, Locked, Missing
from wallet.model.errors import VaultError
from wallet.model.reasons import ReasonCode
from wallet.operations.keychain import (
    forget_entry,
    quick_unlock,
    quick_unlock_status,
    switch_off,
    switch_on,
)
from wallet.operations.session import Services, Session
from wallet.operations.wallets import Passphrase, lock, unlock_wallet
from wallet.vault.keychain import Keychain

SECRET = Passphrase(PASSPHRASE)


@pytest.fixture
def computer() -> Computer:
    return Computer()


@pytest.fixture
def folder(session: Session, services: Services, computer: Computer) -> Path:
    """A locked wallet with quick unlock."""
    switch_on(services, services.vault_folder, SECRET, keychain=computer.keychain, session=session)
    lock(session)
    return services.vault_folder


def refusal(services: Services, folder: Path, keychain: Keychain) -> ReasonCode:
    """Quick unlock is refused, though the keychain may never answer, and the passphrase opens as ever."""
    with pytest.raises(VaultError) as caught:
        quick_unlock(services, folder, keychain)
    lock(unlock_wallet(services, folder, SECRET))
    return caught.value.reason.code


def test_the_keychain_opens_the_wallet_for_two_weeks(folder: Path, services: Services, computer: Computer,
                                                     clock: Clock) -> None:
    session = quick_unlock(services, folder, computer.keychain)
    assert session.vault.holder_key()
    lock(session)
    status = quick_unlock_status(services, folder)
    assert (status.on, status.problem) == (True, None)
    assert status.until == clock.now + timedelta(days=14)
    clock.now += timedelta(days=14)
    assert refusal(services, folder, computer.keychain) is ReasonCode.QUICK_UNLOCK_ENDED
    assert isinstance(computer.entries, Keeping)
    assert computer.entries.kept == {}  # nothing stays that would open it again with the clock set back
    clock.now -= timedelta(days=7)
    assert refusal(services, folder, computer.keychain) is ReasonCode.KEYCHAIN_LOST


@pytest.mark.parametrize("entries", [Missing(), Cancelled(), Locked(), Forgetting(), Altering()],
                         ids=lambda one: type(one).__name__)
def test_where_it_cannot_be_switched_on_nothing_changes(session: Session, services: Services,
                                                        entries: Keeping) -> None:
    before = (services.vault_folder / "vault.head").read_bytes()
    with pytest.raises(VaultError) as caught:
        switch_on(services, services.vault_folder, SECRET, keychain=Computer(entries, NAME, 0.3).keychain)
    assert caught.value.reason.code in {ReasonCode.KEYCHAIN_SILENT, ReasonCode.KEYCHAIN_LOST}
    assert (services.vault_folder / "vault.head").read_bytes() == before
    assert not quick_unlock_status(services, services.vault_folder).on


def test_a_keychain_that_is_gone_locked_or_another_one_costs_one_passphrase(
        folder: Path, services: Services, computer: Computer) -> None:
    kept = computer.entries
    for entries, name, expected in (
            (Missing(), computer.name, ReasonCode.KEYCHAIN_SILENT),
            (Cancelled(), computer.name, ReasonCode.KEYCHAIN_SILENT),
            (Locked(), computer.name, ReasonCode.KEYCHAIN_SILENT),
            (Keeping(), computer.name, ReasonCode.KEYCHAIN_LOST),  # the entry was removed
            (kept, "another.Backend", ReasonCode.KEYCHAIN_NONE)):
        other = Computer(entries, name, patience_s=0.5)
        assert refusal(services, folder, other.keychain) is expected
    lock(quick_unlock(services, folder, computer.keychain))  # and it works when it is back


def test_another_value_does_not_open_it(folder: Path, services: Services, computer: Computer) -> None:
    other = Computer(Altering())
    for service, name in getattr(computer.entries, "kept", {}):
        other.entries.set_password(service, name, "x" * 44)
    assert refusal(services, folder, other.keychain) is ReasonCode.KEYCHAIN_LOST


def test_switching_off_takes_both_halves_away(folder: Path, services: Services, computer: Computer) -> None:
    session = quick_unlock(services, folder, computer.keychain)
    assert switch_off(session, computer.keychain)
    assert switch_off(session, computer.keychain)
    lock(session)
    assert isinstance(computer.entries, Keeping)
    assert computer.entries.kept == {}
    assert not quick_unlock_status(services, folder).on
    assert refusal(services, folder, computer.keychain) is ReasonCode.QUICK_UNLOCK_OFF


def test_switching_off_works_without_the_keychain(folder: Path, services: Services,
                                                  computer: Computer) -> None:
    session = unlock_wallet(services, folder, SECRET)
    assert not switch_off(session, Computer(Cancelled()).keychain)
    lock(session)
    assert refusal(services, folder, computer.keychain) is ReasonCode.QUICK_UNLOCK_OFF


def test_this_device_can_be_forgotten_while_the_wallet_is_locked(folder: Path, services: Services,
                                                                 computer: Computer) -> None:
    assert forget_entry(folder, computer.keychain)
    assert refusal(services, folder, computer.keychain) is ReasonCode.KEYCHAIN_LOST


def test_it_asks_for_the_passphrase_even_where_the_wallet_is_open(session: Session, services: Services,
                                                                  computer: Computer) -> None:
    with pytest.raises(VaultError) as caught:
        switch_on(services, services.vault_folder, Passphrase("not mine"), keychain=computer.keychain,
                  session=session)
    assert caught.value.reason.code is ReasonCode.VAULT_WRONG_PASSPHRASE
    assert isinstance(computer.entries, Keeping)
    assert computer.entries.kept == {}


def test_the_keychain_remembers_how_far_the_wallet_had_come(folder: Path, services: Services,
                                                           computer: Computer) -> None:
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    session = quick_unlock(services, folder, computer.keychain)
    session.vault.set_setting("a", "b")
    session.vault.set_setting("a", "c")
    lock(session)
    lock(quick_unlock(services, folder, computer.keychain))
    for thread in threading.enumerate():  # the note is not waited for
        if thread.name == "keychain":
            thread.join()
    services.config_file.with_name("known-wallets.json").unlink()
    for path in folder.iterdir():
        path.unlink()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    older = quick_unlock(services, folder, computer.keychain)
    assert ReasonCode.VAULT_OLDER_COPY in {one.code for one in older.vault.warnings}
    lock(older)
