"""A list to tick: untrusted lines as plain text, all or none, nothing without a tick."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from wallet.ui.dialogs.tick_list import Line, TickListDialog
from wallet.ui.labels import SafeLabel
from wallet.ui.theme import Theme
from wallet.ui.tick import Tick

LINES = (Line("<b>Rope</b>", "Harbor"), Line("Splices", note="here already", ticked=False), Line("Knots"))


def test_what_is_ticked_is_chosen(qtbot: QtBot, theme: Theme) -> None:
    dialog = TickListDialog("There", "Choose.", "Take", LINES, ("messages: not read",) * 2)
    qtbot.addWidget(dialog)
    assert dialog.ticked() == (0, 2)
    every, go = dialog.findChild(QPushButton, "tick_all"), dialog.findChild(QPushButton, "tick_list_go")
    assert isinstance(every, QPushButton)
    assert isinstance(go, QPushButton)
    every.click()
    assert not go.isEnabled()
    every.click()
    assert dialog.ticked() == (0, 1, 2)
    dialog.findChildren(Tick)[0].click()
    with qtbot.waitSignal(dialog.chosen, timeout=1000) as chosen:
        go.click()
    assert chosen.args == [(1, 2)]
    said = [one.full_text.strip("\u2068\u2069") for one in dialog.findChildren(SafeLabel)]
    assert "<b>Rope</b>" in said
    assert said.count("messages: not read") == 1
