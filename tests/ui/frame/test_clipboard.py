"""Secrets on the clipboard: taken back after a while, but never somebody else's text."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from wallet.ui.clipboard import copy_secret


def test_a_secret_is_taken_back(qtbot: QtBot) -> None:
    copy_secret("7Q3ZK", clear_after_ms=20)
    assert QGuiApplication.clipboard().text() == "7Q3ZK"
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == "")


def test_what_was_copied_since_stays(qtbot: QtBot) -> None:
    copy_secret("7Q3ZK", clear_after_ms=20)
    QGuiApplication.clipboard().setText("shopping list")
    qtbot.wait(80)
    assert QGuiApplication.clipboard().text() == "shopping list"
