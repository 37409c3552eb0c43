"""Every reason to lock is shown as it is set, and told together with the others."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from wallet.operations.settings import Settings
from wallet.ui.buttons import Segments
from wallet.ui.theme import Theme
from wallet.ui.views.settings_locking import LockingSection


def test_shown_and_told(qtbot: QtBot, theme: Theme) -> None:
    section = LockingSection(Settings(lock_minutes=15, verifier_address="https://verify.example"))
    qtbot.addWidget(section)
    minutes = section.findChild(Segments, "lock_segments")
    assert isinstance(minutes, Segments)
    assert minutes.choice() == 2
    for name, usual in (("lock_on_sleep", True), ("lock_on_screen_lock", True), ("lock_on_minimise", False)):
        switch = section.findChild(QAbstractButton, name)
        assert isinstance(switch, QAbstractButton)
        assert switch.isChecked() is usual
        with qtbot.waitSignal(section.settings_changed) as told:
            switch.click()
        assert getattr(told.args[0], name) is not usual
        assert told.args[0].verifier_address == "https://verify.example"
    with qtbot.waitSignal(section.settings_changed) as told:
        minutes.chosen.emit(0)
    assert told.args[0].lock_minutes == 1
