"""The closed wallet: quick unlock is offered only where it would work; an ended one says so once."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QPushButton

from tests.ui.frame.conftest import PASSPHRASE
from tests.ui.online.conftest import Life
from tests.vault.keychains import Computer
from wallet.operations import keychain
from wallet.operations.wallets import Passphrase


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
