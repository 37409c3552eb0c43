"""Every reason to lock, while something is running: it is stopped, nothing of it arrives, no claim stays."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QLabel, QWidget

from tests.conftest import REPOSITORY
from tests.ui.online.conftest import Life
from wallet.model.stored import StoredCredential
from wallet.operations.progress import Progress
from wallet.ui.labels import SafeLabel


def _idle(life: Life) -> None:
    life.desktop.idle.set_timeout(1)
    life.desktop.idle.start()
    life.desktop.idle.idle.emit()


def _sleep(life: Life) -> None:
    life.desktop.watch.on_sleep(True)


def _screen(life: Life) -> None:
    life.desktop.watch.on_screen(True)


def _minimised(life: Life) -> None:
    window = life.desktop.window
    window.change_settings(replace(window.settings, lock_on_minimise=True))
    window.setWindowState(Qt.WindowState.WindowMinimized)
    life.desktop.watch.eventFilter(window, QEvent(QEvent.Type.WindowStateChange))


def _suspended(life: Life) -> None:
    life.desktop.watch._on_state(Qt.ApplicationState.ApplicationSuspended)


@pytest.mark.parametrize("happens", [_idle, _sleep, _screen, _minimised, _suspended],
                         ids=lambda one: one.__name__.strip("_"))
def test_locking_stops_what_runs_and_leaves_nothing(life: Life, happens: Callable[[Life], None]) -> None:
    begun, stopped = threading.Event(), threading.Event()
    arrived: list[object] = []

    def long(progress: Progress) -> None:
        begun.set()
        while not progress.cancelled():
            threading.Event().wait(0.005)
        stopped.set()

    titles = {row.title for row in life.work.library.model.rows()}
    life.work.open_detail(life.ids[0])
    life.wait()
    life.ground.watch("Working…", long, arrived.append)
    assert begun.wait(5)
    happens(life)
    assert not life.desktop.window.is_open
    assert life.desktop.window.workspace is None
    assert stopped.wait(5)
    life.wait()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert arrived == []
    window = life.desktop.window
    said = [one.full_text for one in window.findChildren(SafeLabel)]
    said += [one.text() for one in window.findChildren(QLabel)]
    said += [one.accessibleName() for one in window.findChildren(QWidget)]
    assert titles
    assert not [title for title in titles if any(title in text for text in said)]
    gc.collect()
    assert not [one for one in gc.get_objects()
                if isinstance(one, StoredCredential) and one.id in life.ids]


_PROGRAM = """
import os
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
other = QDBusConnection.connectToBus(os.environ["DBUS_SYSTEM_BUS_ADDRESS"], "login")
assert other.registerService("org.freedesktop.login1")
def say(path, interface, name, *arguments):
    signal = QDBusMessage.createSignal(path, interface, name)
    signal.setArguments(list(arguments))
    assert other.send(signal)
    QTest.qWait(300)
say("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", False)
print("awake", flush=True)
say("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", True)
print("asleep", flush=True)
say("/org/freedesktop/login1/session/_31", "org.freedesktop.login1.Session", "Lock")
"""


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="no message bus to start here")
def test_sleep_and_a_locked_session_are_heard_on_the_systems_bus() -> None:
    script = 'DBUS_SYSTEM_BUS_ADDRESS="$DBUS_SESSION_BUS_ADDRESS" exec "$0" -c "$1"'
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", script, sys.executable, _PROGRAM],
        cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=60,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(REPOSITORY)},
    )  # fmt: skip
    assert done.stdout.split() == ["awake", "locked", "asleep", "locked"], done.stderr
