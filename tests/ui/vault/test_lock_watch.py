"""Sleep as a clock that jumped, a minimised window, and the signals of a real message bus."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, Qt

from tests.conftest import REPOSITORY
from tests.ui.online.conftest import Life
from tests.ui.vault.driving import is_open

_PROGRAM = """
from datetime import UTC, datetime
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from wallet.operations.settings import Settings
from wallet.ui.lock_watch import LockWatch
application = QApplication([])
watch = LockWatch(QWidget(), lambda: datetime.now(UTC), Settings())
watch.lock_wanted.connect(lambda: print("locked", flush=True))
watch.start()
def say(locked):
    other = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, f"other {locked}")
    signal = QDBusMessage.createSignal("/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged")
    signal.setArguments([locked])
    assert other.send(signal)
    QTest.qWait(300)
say(False)
print("opened", flush=True)
say(True)
"""


def test_a_gap_between_two_ticks_is_sleep(life: Life) -> None:
    watch, window = life.desktop.watch, life.desktop.window
    life.clock.now += timedelta(seconds=50)
    watch.tick()
    life.wait()
    assert is_open(life)
    life.clock.now += timedelta(hours=8)
    watch.follow(replace(window.settings, lock_on_sleep=False))
    watch.tick()
    assert is_open(life)
    life.clock.now += timedelta(hours=8)
    watch.follow(window.settings)
    watch.tick()
    life.wait()
    assert not is_open(life)


def test_minimising_locks_only_where_it_is_wished(life: Life) -> None:
    watch, window = life.desktop.watch, life.desktop.window
    window.setWindowState(Qt.WindowState.WindowMinimized)
    watch.eventFilter(window, QEvent(QEvent.Type.WindowStateChange))
    assert is_open(life)
    window.change_settings(replace(window.settings, lock_on_minimise=True))
    watch.eventFilter(window, QEvent(QEvent.Type.WindowStateChange))
    life.wait()
    assert not is_open(life)
    watch.eventFilter(window, QEvent(QEvent.Type.WindowStateChange))


def test_what_the_system_says_locks(life: Life) -> None:
    watch = life.desktop.watch
    watch.on_sleep(False)
    watch.on_screen(False)
    assert is_open(life)
    watch.on_session_lock()
    life.wait()
    assert not is_open(life)


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="no message bus to start here")
def test_a_real_message_bus_is_heard() -> None:
    done = subprocess.run(
        ["dbus-run-session", "--", sys.executable, "-c", _PROGRAM],
        cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=60,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(REPOSITORY)},
    )  # fmt: skip
    assert done.stdout.split() == ["opened", "locked"], done.stderr
