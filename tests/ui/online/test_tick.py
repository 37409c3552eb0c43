"""A tick is pressed anywhere on its box, by key too, and is named by what stands beside it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from wallet.ui.theme import Theme, tokens
from wallet.ui.tick import Tick, TickLine


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


def test_a_line_is_seen_on_every_ground_and_its_words_wrap(qtbot: QtBot, theme: Theme) -> None:
    line = TickLine("My secret keys too: who has them can act in my name", name="some")
    qtbot.addWidget(line)
    line.resize(line.sizeHint())
    empty = line.grab().toImage()
    box = QRect(QPoint(0, 1), QPoint(19, 20))
    colours = {empty.pixelColor(x, y).name() for x in range(box.width()) for y in range(1, box.height())}
    assert QColor(tokens().control).name() in colours  # the frame can be seen
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(line.width() - 4, 8))  # on the words
    assert line.isChecked()
    assert line.grab().toImage() != empty
    assert line.heightForWidth(160) > line.heightForWidth(600)
