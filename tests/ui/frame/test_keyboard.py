"""Without a mouse: make a wallet, add files, lock, unlock, and restore a backup into an empty place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.frame.conftest import PASSPHRASE
from wallet.operations import upkeep
from wallet.operations.session import Services
from wallet.operations.shelf import all_ids
from wallet.ui.application import Desktop
from wallet.ui.workspace import Workspace

Settle = Callable[[], None]
_MOST_TABS = 60


class Keys:
    """Hands on the keyboard."""

    def __init__(self, window: QWidget, settled: Settle, qtbot: QtBot) -> None:
        self._window = window
        self._qtbot = qtbot
        self._settled = settled

    @property
    def _here(self) -> QWidget:
        """What is in front: a dialog, or the window."""
        dialogs = [one for one in self._window.findChildren(QDialog) if one.isVisible()]
        return dialogs[-1] if dialogs else self._window

    def tab_to(self, name: str) -> QWidget:
        """Press Tab until the focus is there."""
        passed = []
        for _ in range(_MOST_TABS):
            focused = self._here.focusWidget()
            if focused is not None and focused.objectName() == name and focused.isVisible():
                return focused
            passed.append(focused.objectName() if focused else "")
            QTest.keyClick(focused or self._here, Qt.Key.Key_Tab)
        raise AssertionError(f"no way to {name} by Tab, only to {sorted(set(passed))}")

    def press(self, name: str) -> None:
        QTest.keyClick(self.tab_to(name), Qt.Key.Key_Space)
        self._settled()

    def type_into(self, name: str, text: str, *, enter: bool = False) -> None:
        field = self.tab_to(name)
        QTest.keyClicks(field, text)
        if enter:
            QTest.keyClick(field, Qt.Key.Key_Return)
            self._settled()

    def strike(self, key: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focused = self._here.focusWidget() or self._here
        if QApplication.activeWindow() is None:  # nobody is in front offscreen; keys of the window need that
            with self._qtbot.waitActive(self._here):
                self._here.activateWindow()
        QTest.keyClick(focused, key, with_)
        self._settled()


@pytest.fixture
def keys(desktop: Desktop, settled: Settle, qtbot: QtBot) -> Keys:
    with qtbot.waitActive(desktop.window):
        desktop.window.activateWindow()
    settled()
    return Keys(desktop.window, settled, qtbot)


def make_a_wallet(keys: Keys, desktop: Desktop) -> str:
    keys.press("create_button")
    keys.type_into("new_passphrase", PASSPHRASE)
    keys.type_into("repeat_passphrase", PASSPHRASE, enter=True)
    code = desktop.window.create_page._code
    assert code
    keys.press("code_kept")
    keys.type_into("typed_code", code, enter=True)
    assert desktop.window.workspace is not None
    return code


def test_a_wallet_is_made_filled_locked_and_opened_by_keys_alone(
    keys: Keys, desktop: Desktop, settled: Settle, sample_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = desktop.window

    def work() -> Workspace | None:
        return window.workspace

    code = make_a_wallet(keys, desktop)
    files = sorted(str(path) for path in sample_folder.iterdir())
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args, **_more: (files, ""))
    keys.press("library_add")
    shown = work()
    assert shown is not None
    assert shown.review is not None
    keys.press("import_done")
    kept = shown.library.model.rowCount()
    assert kept >= 8
    keys.tab_to("card_list")
    keys.strike(Qt.Key.Key_End)
    keys.strike(Qt.Key.Key_Return)
    assert shown.detail.credential_id == shown.library.model.ids()[kept - 1]

    keys.strike(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert work() is None
    keys.type_into("passphrase_field", PASSPHRASE, enter=True)
    assert work() is not None
    keys.strike(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert work() is None
    keys.press("recovery_link")
    keys.type_into("passphrase_field", code, enter=True)
    again = work()
    assert again is not None
    assert again.library.model.rowCount() == kept


def test_a_backup_is_restored_by_keys_alone(
    keys: Keys, desktop: Desktop, services: Services, qapp: QApplication, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    make_a_wallet(keys, desktop)
    work, file = desktop.window.workspace, tmp_path / "one.vcwallet"
    assert work is not None
    upkeep.back_up(work._session, file)
    desktop.window.lock()
    _wait(qtbot, desktop)
    other = Desktop(qapp, replace(services, vault_folder=tmp_path / "fresh" / "wallet",
                                  config_file=tmp_path / "fresh" / "settings.json"))
    other.window.show()
    with qtbot.waitActive(other.window):
        other.window.activateWindow()
    hands = Keys(other.window, lambda: _wait(qtbot, other), qtbot)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, **_more: (str(file), ""))
    hands.press("restore_link")
    hands.press("choose_backup")
    hands.type_into("secret_field", PASSPHRASE, enter=True)
    assert other.window.workspace is not None
    assert all_ids(other.window.workspace._session) == ()
    other.window.hide()
    other.close()


def _wait(qtbot: QtBot, desktop: Desktop) -> None:
    quiet = 0
    while quiet < 3:
        qtbot.waitUntil(lambda: not desktop.background.busy, timeout=30_000)
        QApplication.processEvents()
        quiet = quiet + 1 if not desktop.background.busy else 0
