"""Copying secrets: taken back from the clipboard after a while, unless somebody copied something else."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QGuiApplication

CLEAR_AFTER_MS = 30_000


class _Copied:
    """What was copied last; asked for again when the wallet is locked."""

    text = ""


def copy_secret(text: str, *, clear_after_ms: int = CLEAR_AFTER_MS) -> None:
    """Copy a text and take it back later, whatever page it came from is gone by then."""
    QGuiApplication.clipboard().setText(text)
    _Copied.text = text
    application = QCoreApplication.instance()
    if application is not None:
        QTimer.singleShot(clear_after_ms, application, lambda: _clear_if_unchanged(text))


def take_back() -> None:
    """Take a copied text back at once, unless somebody copied something else: the wallet is locked."""
    if _Copied.text:
        _clear_if_unchanged(_Copied.text)


def _clear_if_unchanged(text: str) -> None:
    clipboard = QGuiApplication.clipboard()
    if clipboard.text() == text:
        clipboard.clear()
    if text == _Copied.text:
        _Copied.text = ""
