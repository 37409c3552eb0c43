"""Auto-lock: silence fires once, a key press starts over, a stopped watch never fires."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from wallet.ui.idle import IdleWatch


def _watch(milliseconds: int) -> IdleWatch:
    application = QApplication.instance()
    assert application is not None
    return IdleWatch(application, timeout_ms=milliseconds)


def test_silence_is_noticed(qtbot: QtBot) -> None:
    watch = _watch(30)
    with qtbot.waitSignal(watch.idle, timeout=2000):
        watch.start()
    assert not watch.running
    watch.deleteLater()


def test_a_key_starts_over(qtbot: QtBot) -> None:
    watch, page, fired = _watch(400), QWidget(), list[bool]()
    qtbot.addWidget(page)
    watch.idle.connect(lambda: fired.append(True))
    watch.start()
    for _ in range(4):
        qtbot.wait(150)
        QTest.keyClick(page, Qt.Key.Key_A)
    assert fired == []
    qtbot.waitUntil(lambda: fired == [True], timeout=2000)
    watch.deleteLater()


def test_a_stopped_watch_is_silent(qtbot: QtBot) -> None:
    watch, fired = _watch(20), list[bool]()
    watch.idle.connect(lambda: fired.append(True))
    watch.start()
    watch.stop()
    qtbot.wait(80)
    assert fired == []
    watch.deleteLater()
