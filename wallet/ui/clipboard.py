"""Copying secrets: taken back from the clipboard after a while, unless somebody copied something else."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

CLEAR_AFTER_MS = 30_000


def copy_secret(text: str, owner: QObject, *, clear_after_ms: int = CLEAR_AFTER_MS) -> None:
    """Copy a text and take it back later. `owner` must outlive the wait, else nothing is taken back."""
    QGuiApplication.clipboard().setText(text)
    QTimer.singleShot(clear_after_ms, owner, lambda: _clear_if_unchanged(text))


def _clear_if_unchanged(text: str) -> None:
    clipboard = QGuiApplication.clipboard()
    if clipboard.text() == text:
        clipboard.clear()
