"""Locking by itself: notices when nobody has touched the keyboard or the mouse for a while."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

DEFAULT_IDLE_MINUTES = 5
_TOUCHES = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove,
                      QEvent.Type.Wheel, QEvent.Type.TouchBegin, QEvent.Type.TabletPress})


class IdleWatch(QObject):
    """Watches the whole application's input. Stopped until `start`.

    Signals:
        idle: Nobody was there for the given time.
    """

    idle = Signal()

    def __init__(self, application: QObject, *, timeout_ms: int = DEFAULT_IDLE_MINUTES * 60_000) -> None:
        super().__init__(application)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(timeout_ms)
        self._timer.timeout.connect(self.idle)
        application.installEventFilter(self)

    @property
    def running(self) -> bool:
        """Whether the clock is ticking."""
        return self._timer.isActive()

    def set_timeout(self, timeout_ms: int) -> None:
        """Wait so long from now on."""
        self._timer.setInterval(timeout_ms)

    def start(self) -> None:
        """Begin to count."""
        self._timer.start()

    def stop(self) -> None:
        """Stop counting: there is nothing to lock."""
        self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Start over at every touch; never takes an event away."""
        if event.type() in _TOUCHES and self._timer.isActive():
            self._timer.start()
        return super().eventFilter(watched, event)
