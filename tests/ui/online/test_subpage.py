"""A page below another one leads back and shows lines under a heading."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from wallet.ui.labels import SafeLabel
from wallet.ui.theme import Theme
from wallet.ui.views.subpage import Lines, SubPage, words


def test_back_and_lines(qtbot: QtBot, light: Theme) -> None:
    page = SubPage("some_page")
    qtbot.addWidget(page)
    page.set_words("Settings", "Some", "About it.")
    lines = Lines("Things")
    lines.add(words(SafeLabel("one"), SafeLabel("more of it")), SafeLabel("end"))
    page.body.addWidget(lines)
    back = page.findChild(QPushButton, "some_page_back")
    assert isinstance(back, QPushButton)
    assert back.accessibleName() == "Settings"
    with qtbot.waitSignal(page.back_requested, timeout=1000):
        back.click()
    said = [one.full_text for one in page.findChildren(SafeLabel)]
    assert said == ["Some", "About it.", "Things", "one", "more of it", "end"]
