"""Out and in have a button each."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from wallet.ui.theme import Theme
from wallet.ui.views.settings_moving import MovingSection


def test_both_are_told(qtbot: QtBot, light: Theme) -> None:
    section = MovingSection()
    qtbot.addWidget(section)
    for name, signal in (("leave_button", section.leave_requested),
                         ("move_in_button", section.move_in_requested)):
        found = section.findChild(QPushButton, name)
        assert isinstance(found, QPushButton)
        with qtbot.waitSignal(signal):
            found.click()
