"""What stands where no cards are."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from wallet.ui.theme import Theme
from wallet.ui.views.library_empty import EmptyLibrary, NoMatch


def press(page: QWidget, name: str) -> None:
    found = page.findChild(QPushButton, name)
    assert found is not None
    found.click()


def test_an_empty_library_has_two_ways_on(qtbot: QtBot, light: Theme) -> None:
    page = EmptyLibrary()
    qtbot.addWidget(page)
    with qtbot.waitSignals([page.add_pressed, page.samples_pressed], timeout=1_000):
        press(page, "empty_add")
        press(page, "empty_samples")


def test_no_match_says_among_how_many(qtbot: QtBot, light: Theme) -> None:
    page = NoMatch()
    qtbot.addWidget(page)
    page.show_total(1)
    assert page.text.full_text == "No match in 1 credential."
    page.show_total(20_000)
    assert page.text.full_text == "No match in 20000 credentials."
    with qtbot.waitSignal(page.clear_pressed, timeout=1_000):
        press(page, "clear_filters")
