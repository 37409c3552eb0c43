"""The drop area: two other ways in, and a file's name that stays text."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from wallet.ui.drop_area import DropArea
from wallet.ui.theme import Theme


@pytest.mark.parametrize("large", [True, False])
def test_choose_and_paste_are_offered(qtbot: QtBot, theme: Theme, large: bool) -> None:
    area = DropArea("Drop", "It stays here.", large=large)
    qtbot.addWidget(area)
    for name, signal in (("choose_files", area.choose_requested), ("paste_button", area.paste_requested)):
        found = area.findChild(QPushButton, name)
        assert isinstance(found, QPushButton)
        with qtbot.waitSignal(signal, timeout=1000):
            found.click()
    area.title.setText("<b>pack\u202e.json</b>")
    assert area.title.full_text.startswith("<b>pack.json</b>")
    assert area.title.unusual
