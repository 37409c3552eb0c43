"""Reasons to lock beside idle time: the computer slept, the screen was locked, the window was minimised.

Sleep is noticed everywhere by a clock that jumped between two ticks, at the latest on waking up. On Linux the
system's own signals are listened to where its message bus is there: `org.freedesktop.login1` before sleep and
when the session is locked, and the screen savers of the desktops. Nothing is sent.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import cast

from PySide6.QtCore import SLOT, QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from wallet.operations.settings import Settings

_log = logging.getLogger(__name__)
_TICK_MS = 10_000
#: Two ticks this far apart: the computer was asleep in between.
_GAP = timedelta(seconds=60)
_SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.mate.ScreenSaver",
           "org.cinnamon.ScreenSaver")
_LOGIN = "org.freedesktop.login1"
#: The stubs want bytes here, and PySide6 takes its own text only.
_SLEEP, _LOCK, _SCREEN = (cast("bytes", SLOT(name))
                          for name in ("on_sleep(bool)", "on_session_lock()", "on_screen(bool)"))


class LockWatch(QObject):
    """Watches while a wallet is open.

    Signals:
        lock_wanted: One of the reasons that the settings name.
    """

    lock_wanted = Signal()

    def __init__(self, window: QWidget, clock: Callable[[], datetime], settings: Settings) -> None:
        super().__init__(window)
        self._clock = clock
        self._settings = settings
        self._window = window
        self._last: datetime | None = None
        self._ticks = QTimer(self)
        self._ticks.setInterval(_TICK_MS)
        self._ticks.timeout.connect(self.tick)
        self.is_listening = False
        window.installEventFilter(self)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._on_state)

    def follow(self, settings: Settings) -> None:
        """Take other settings."""
        self._settings = settings

    def start(self) -> None:
        """Begin to watch: a wallet is open."""
        self._last = self._clock()
        self._ticks.start()
        if not self.is_listening:
            self.is_listening = self._listen()

    def stop(self) -> None:
        """There is nothing to lock."""
        self._ticks.stop()
        self._last = None

    def tick(self) -> None:
        """Compare the clock with that of the tick before."""
        now, last = self._clock(), self._last
        self._last = now
        if last is not None and now - last > _GAP and self._settings.lock_on_sleep:
            self.lock_wanted.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that the window was minimised; never takes an event away."""
        if event.type() == QEvent.Type.WindowStateChange and watched is self._window:
            minimised = bool(self._window.windowState() & Qt.WindowState.WindowMinimized)
            if minimised and self._settings.lock_on_minimise:
                self._want()
        return super().eventFilter(watched, event)

    @Slot(bool)
    def on_sleep(self, begins: bool) -> None:  # noqa: FBT001 - the system's signal
        """The computer goes to sleep, or woke up."""
        if begins and self._settings.lock_on_sleep:
            self._want()

    @Slot(bool)
    def on_screen(self, locked: bool) -> None:  # noqa: FBT001 - the system's signal
        """The screen was locked, or opened."""
        if locked and self._settings.lock_on_screen_lock:
            self._want()

    @Slot()
    def on_session_lock(self) -> None:
        """The session was locked."""
        self.on_screen(True)

    def _want(self) -> None:
        if self._ticks.isActive():
            self.lock_wanted.emit()

    def _on_state(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationSuspended and self._settings.lock_on_sleep:
            self._want()

    def _listen(self) -> bool:
        """Listen to the message buses that are there."""
        try:
            from PySide6.QtDBus import QDBusConnection  # noqa: PLC0415 - not on every system
        except ImportError:
            return True
        system, session = QDBusConnection.systemBus(), QDBusConnection.sessionBus()
        heard = 0
        if system.isConnected():
            heard += system.connect(_LOGIN, "/org/freedesktop/login1", f"{_LOGIN}.Manager", "PrepareForSleep",
                                    self, _SLEEP)
            heard += system.connect(_LOGIN, "", f"{_LOGIN}.Session", "Lock", self, _LOCK)
        if session.isConnected():
            for name in _SAVERS:
                heard += session.connect("", "", name, "ActiveChanged", self, _SCREEN)
        _log.debug("listening to %d signals of the system", heard)
        return True
