"""A tick is pressed anywhere on its box, by key too, and is named by what stands beside it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from wallet.ui.theme import Theme
from wallet.ui.tick import Tick


def test_mouse_key_and_name(qtbot: QtBot, theme: Theme) -> None:
    tick = Tick("Ask uni.example", name="some")
    qtbot.addWidget(tick)
    tick.resize(tick.sizeHint())
    assert (tick.isChecked(), tick.accessibleName()) == (True, "Ask uni.example")
    ticked = tick.grab().toImage()
    QTest.mouseClick(tick, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert not tick.isChecked()
    assert tick.grab().toImage() != ticked
    QTest.keyClick(tick, Qt.Key.Key_Space)
    assert tick.isChecked()
