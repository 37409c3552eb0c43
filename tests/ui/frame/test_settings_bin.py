"""The bin gives back what was deleted."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui import fabricated
from wallet.ui.labels import SafeLabel
from wallet.ui.theme import Theme
from wallet.ui.views.settings_bin import BinSection


def test_the_bin_gives_back(qtbot: QtBot, light: Theme) -> None:
    section = BinSection()
    qtbot.addWidget(section)
    binned = fabricated.library()[0]
    section.show_binned((binned,))
    back = section.findChild(QPushButton, "take_back")
    assert isinstance(back, QPushButton)
    with qtbot.waitSignal(section.restore_requested, timeout=1000) as wanted:
        back.click()
    assert wanted.args == [(binned.id,)]
    section.show_binned(())
    assert "The bin is empty." in [label.full_text for label in section.findChildren(SafeLabel)]
