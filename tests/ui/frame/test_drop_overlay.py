"""The overlay: covers the window, says what a drop would do, is painted in the accent."""

from __future__ import annotations

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from wallet.ui.drop_overlay import DropOverlay
from wallet.ui.theme import Theme, tokens


def test_it_covers_everything_and_says_what_happens(qtbot: QtBot, theme: Theme) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    ground.resize(640, 480)
    overlay = DropOverlay(ground)
    assert overlay.isHidden()
    ground.show()
    overlay.show_over("Drop to add to your wallet")
    assert overlay.geometry() == ground.rect()
    assert overlay.accessibleName() == "Drop to add to your wallet"
    picture = overlay.grab().toImage()
    frame = QColor(picture.pixel(320, 16))
    assert abs(frame.red() - QColor(tokens().accent).red()) < 12
    ground.resize(800, 480)
    overlay.fit()
    assert overlay.width() == 800
