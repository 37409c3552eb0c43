"""Keeping what opens a wallet out of pictures of the screen, where the system offers that.

Windows leaves a window out of screenshots, recordings and shared screens on request: Win32
SetWindowDisplayAffinity, WDA_EXCLUDEFROMCAPTURE. It is asked for while a secret stands on the screen, and
only then: credentials are the learner's to show. Linux has no such request, and macOS no longer heeds its
own; nothing is promised there.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

#: Tells the system about a window: its handle, and whether to leave it out of pictures.
SetCapture = Callable[[int, bool], object]

_EXCLUDE_FROM_CAPTURE: Final = 0x11
_AS_USUAL: Final = 0x00


def system_capture() -> SetCapture | None:
    """Return how this system is told; None where it cannot be."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - asked on this system only

        return lambda handle, hidden: ctypes.windll.user32.SetWindowDisplayAffinity(
            handle, _EXCLUDE_FROM_CAPTURE if hidden else _AS_USUAL)
    return None


class OutOfPictures(QObject):
    """Watches a widget that shows a secret; its window is left out of pictures while it can be seen."""

    def __init__(self, secret: QWidget, tell: SetCapture | None = None) -> None:
        super().__init__(secret)
        self._secret = secret
        self._tell = tell or system_capture()
        self._told = False
        if self._tell is not None:
            secret.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell the system as the secret comes and goes."""
        hidden = event.type() == QEvent.Type.Show
        turns = hidden or event.type() == QEvent.Type.Hide
        if self._tell is not None and turns and hidden is not self._told:
            self._told = hidden
            self._tell(int(self._secret.window().winId()), hidden)
        return super().eventFilter(watched, event)
