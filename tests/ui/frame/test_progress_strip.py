"""Progress: unseen for short work, says where it is, can be stopped."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from wallet.ui.progress_strip import SHOW_AFTER_MS, ProgressStrip
from wallet.ui.theme import Theme


def test_short_work_shows_nothing(qtbot: QtBot, light: Theme) -> None:
    strip = ProgressStrip()
    qtbot.addWidget(strip)
    strip.start("Importing…")
    strip.show_step(1, 1, "a.json")
    strip.stop()
    qtbot.wait(SHOW_AFTER_MS + 80)
    assert strip.isHidden()


def test_long_work_says_where_it_is_and_can_be_stopped(qtbot: QtBot, theme: Theme) -> None:
    strip = ProgressStrip()
    qtbot.addWidget(strip)
    strip.start("Importing…")
    qtbot.waitUntil(lambda: not strip.isHidden(), timeout=3000)
    strip.show_step(3, 9, "<b>c</b>.json")
    assert (strip._bar.value(), strip._bar.maximum()) == (3, 9)
    assert strip._label.full_text == "<b>c</b>.json"
    stop = strip.findChild(QPushButton, "stop_button")
    assert isinstance(stop, QPushButton)
    with qtbot.waitSignal(strip.cancel_requested, timeout=1000):
        stop.click()
