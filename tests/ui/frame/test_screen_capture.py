"""A window is left out of pictures while a secret is shown in it, and only then."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtWidgets import QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from wallet.ui.screen_capture import OutOfPictures, system_capture


def test_the_window_is_hidden_from_pictures_while_the_secret_is_seen(qtbot: QtBot) -> None:
    told: list[tuple[int, bool]] = []
    pages = QStackedWidget()
    qtbot.addWidget(pages)
    secret, harmless = QWidget(), QWidget()
    for page in (harmless, secret):
        pages.addWidget(page)
    OutOfPictures(secret, lambda handle, hidden: told.append((handle, hidden)))
    pages.show()
    assert not told
    pages.setCurrentWidget(secret)
    assert told == [(int(pages.winId()), True)]
    pages.setCurrentWidget(harmless)
    assert told[-1] == (int(pages.winId()), False)


@pytest.mark.skipif(sys.platform == "win32", reason="the other systems offer nothing to ask for")
def test_where_the_system_offers_nothing_nothing_is_asked() -> None:
    assert system_capture() is None
