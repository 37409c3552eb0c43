"""Buttons, chips, segments, switch, field: names for readers, keys that work, sizes large enough to hit."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from wallet.ui.buttons import (
    Chip,
    Field,
    SearchField,
    Segments,
    Switch,
    button,
    chip,
    icon_button,
    icon_size,
    nav_button,
)
from wallet.ui.icons import Icon
from wallet.ui.theme import Theme


@pytest.mark.parametrize("kind", ["primary", "plain", "quiet", "danger", "link"])
def test_a_button_is_named_and_reached_by_keys(qtbot: QtBot, theme: Theme, kind: str) -> None:
    made = button("&Share", kind=kind, icon=Icon.SHARE, name="share")
    qtbot.addWidget(made)
    made.show()
    assert made.accessibleName() == "Share"
    assert made.objectName() == "share"
    with qtbot.waitSignal(made.clicked, timeout=1000):
        QTest.keyClick(made, Qt.Key.Key_Space)


def test_sizes_are_those_of_the_tokens(qtbot: QtBot, light: Theme) -> None:
    heights = {}
    for size in ("", "large", "small"):
        made = button("Add", size=size)
        qtbot.addWidget(made)
        made.show()
        heights[size] = made.height()
    assert heights == {"": 36, "large": 44, "small": 32}


def test_an_icon_button_says_what_it_does(qtbot: QtBot, light: Theme) -> None:
    made = icon_button(Icon.PRINT, "Print <this>")
    qtbot.addWidget(made)
    made.show()
    assert made.accessibleName() == "Print <this>"
    assert "&lt;this&gt;" in made.toolTip()
    assert (made.width(), made.height()) == (36, 36)


def test_a_chip_keeps_its_width_when_it_turns_on(qtbot: QtBot, light: Theme) -> None:
    made = chip("Needs attention", name="filter")
    assert isinstance(made, Chip)
    qtbot.addWidget(made)
    made.show()
    width = made.sizeHint().width()
    QTest.mouseClick(made, Qt.MouseButton.LeftButton)
    assert made.isChecked()
    assert made.sizeHint().width() == width
    assert made.fontMetrics().horizontalAdvance("Needs attention") + 24 <= width


def test_a_nav_entry_is_one_of_several(qtbot: QtBot, light: Theme) -> None:
    made = nav_button(Icon.VERIFY, "Verify", name="nav_verify")
    qtbot.addWidget(made)
    assert made.isCheckable()
    assert made.accessibleName() == "Verify"
    assert made.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_segments_take_one_choice(qtbot: QtBot, light: Theme) -> None:
    made = Segments(((Icon.VIEW_CARDS, "Cards"), (Icon.VIEW_LIST, "List")))
    qtbot.addWidget(made)
    made.show()
    assert made.choice() == 0
    with qtbot.waitSignal(made.chosen, timeout=1000) as caught:
        QTest.mouseClick(made.findChildren(type(nav_button(Icon.ADD, "x")))[1], Qt.MouseButton.LeftButton)
    assert caught.args == [1]
    made.choose(0)
    assert made.choice() == 0


def test_a_switch_differs_in_more_than_colour(qtbot: QtBot, theme: Theme) -> None:
    made = Switch("Online")
    qtbot.addWidget(made)
    made.resize(made.sizeHint())
    off = made.grab().toImage()
    QTest.keyClick(made, Qt.Key.Key_Space)
    assert made.isChecked()
    on = made.grab().toImage()
    middle = on.height() // 2
    assert off.pixelColor(9, middle) != off.pixelColor(20, middle)  # the knob is at the start
    assert off.pixelColor(24, middle) == off.pixelColor(20, middle)
    assert on.pixelColor(24, middle) != on.pixelColor(13, middle)  # the knob is at the end
    assert on.pixelColor(9, middle) == on.pixelColor(13, middle)
    assert made.accessibleName() == "Online"


def test_a_wrong_field_says_so_to_readers_too(qtbot: QtBot, light: Theme) -> None:
    field = Field("Passphrase", icon=Icon.KEY, label="Your passphrase", size="large")
    qtbot.addWidget(field)
    field.show()
    assert field.accessibleName() == "Your passphrase"
    assert field.height() == 46
    field.set_wrong("That is not the passphrase of this wallet.")
    assert field.property("wrong") is True
    assert field.accessibleDescription().startswith("That is not")
    field.set_wrong("")
    assert field.property("wrong") is False


def test_escape_clears_a_search(qtbot: QtBot, light: Theme) -> None:
    field = SearchField("Search", shortcut="Ctrl+F")
    qtbot.addWidget(field)
    field.show()
    with qtbot.waitActive(field):
        field.activateWindow()
    field.setFocus()
    QTest.keyClicks(field, "data")
    assert field.text() == "data"
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""


def test_icons_leave_room_before_words(light: Theme) -> None:
    assert icon_size(17).width() == 17
    assert icon_size(17, gap=5).width() == 22
