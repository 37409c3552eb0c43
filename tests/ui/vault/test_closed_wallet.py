"""The closed wallet: quick unlock is offered only where it would work; an ended one says so once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QPushButton

from tests.simulators.guesses import RememberedArgon2id
from tests.ui.frame.conftest import PASSPHRASE
from tests.ui.online.conftest import Life
from tests.ui.vault.driving import NEW, dialog
from tests.vault.keychains import Computer
from wallet.operations import keychain, upkeep
from wallet.operations.recovery import fresh_recovery_code
from wallet.operations.wallets import Passphrase, wallet_exists
from wallet.ui.dialogs.restore import RestoreDialog
from wallet.vault import cipher


def _quick(life: Life) -> QPushButton:
    found = life.desktop.window.unlock.findChild(QPushButton, "quick_button")
    assert isinstance(found, QPushButton)
    return found


def test_it_is_offered_where_it_is_on_and_in_time(life: Life, computer: Computer) -> None:
    window, folder = life.desktop.window, life.session.vault.folder
    window.lock()
    life.wait()
    assert _quick(life).isHidden()
    keychain.switch_on(life.session.services, folder, Passphrase(PASSPHRASE), days=7)
    window.show_locked()
    life.wait()
    assert _quick(life).isVisible()
    life.clock.now += timedelta(days=8)
    window.show_locked()
    life.wait()
    assert _quick(life).isHidden()
    assert "time that you chose for quick unlock is over" in life.said(window.unlock)


def test_encrypting_anew_can_be_stopped_until_it_counts(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    window, code = life.desktop.window, fresh_recovery_code()
    progress = window.unlock.progress
    told: list[int] = []

    def show(done: int, total: int, _label: str) -> None:
        told.append(done)
        progress.cancel_requested.emit()

    monkeypatch.setattr(progress, "show_step", show)
    window.lock()
    life.wait()
    window.closed.encrypt_anew(Passphrase(PASSPHRASE), NEW, code)
    window.closed._stop()
    life.wait()
    assert not window.is_open
    assert "Stopped. Nothing was changed" in life.said(window.unlock)
    assert progress.isHidden()
    window.unlock.unlock_requested.emit(Passphrase(PASSPHRASE))
    life.wait()
    assert window.is_open


def test_encrypting_anew_says_how_far_it_is(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    window = life.desktop.window
    told: list[int] = []
    monkeypatch.setattr(window.unlock.progress, "show_step",
                        lambda done, total, _label: told.append(100 * done // total))
    window.lock()
    life.wait()
    window.closed.encrypt_anew(Passphrase(PASSPHRASE), NEW, fresh_recovery_code())
    life.wait()
    assert window.is_open
    assert told
    assert told == sorted(told)
    assert window.unlock.progress.isHidden()


def test_a_restore_that_is_cancelled_leaves_no_wallet(
    life: Life, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, file, folder = life.desktop.window, tmp_path / "one.vcwallet", tmp_path / "restored"
    upkeep.back_up(life.session, file)
    window.lock()
    life.wait()
    window.show_restore()
    asked = dialog(life, RestoreDialog)
    cancelled = Event()

    class Held(RememberedArgon2id):
        def derive(self, secret: bytes | bytearray) -> bytes:
            assert cancelled.wait(30)
            return super().derive(secret)

    monkeypatch.setattr(cipher, "Argon2id", Held)
    asked.restore_requested.emit(file, folder, Passphrase(PASSPHRASE))
    asked.reject()
    cancelled.set()
    life.wait()
    assert not wallet_exists(folder)
    assert not window.is_open
