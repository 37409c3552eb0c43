"""The three doors: one primary, each says its wish, below each other where it is narrow."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QPushButton
from pytestqt.qtbot import QtBot

from wallet.ui.theme import Theme
from wallet.ui.views.welcome import WelcomePage


def _button(page: WelcomePage, name: str) -> QPushButton:
    found = page.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def test_each_door_says_its_wish(qtbot: QtBot, theme: Theme) -> None:
    page = WelcomePage()
    qtbot.addWidget(page)
    for name, signal in (
        ("create_button", page.create_requested),
        ("samples_button", page.samples_requested),
        ("check_button", page.check_requested),
        ("open_link", page.open_requested),
        ("restore_link", page.restore_requested),
    ):
        with qtbot.waitSignal(signal, timeout=1000):
            _button(page, name).click()


def test_there_is_one_primary_button(qtbot: QtBot, light: Theme) -> None:
    page = WelcomePage()
    qtbot.addWidget(page)
    primary = [
        one.objectName() for one in page.findChildren(QPushButton) if one.property("kind") == "primary"
    ]
    assert primary == ["create_button"]


def test_the_doors_stand_below_each_other_where_it_is_narrow(qtbot: QtBot, light: Theme) -> None:
    page = WelcomePage()
    qtbot.addWidget(page)
    page.show()
    page.resize(1280, 800)
    assert page._doors.direction() is QBoxLayout.Direction.LeftToRight
    page.resize(760, 800)
    assert page._doors.direction() is QBoxLayout.Direction.TopToBottom
