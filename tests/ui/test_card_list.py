"""The list of cards: columns by width, one column where narrow, keys, clicks, ten thousand rows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui import fabricated as made
from wallet.ui.card_list import CardList
from wallet.ui.cards import CardShape
from wallet.ui.models.credentials import CredentialsModel
from wallet.ui.theme import Theme


@pytest.fixture
def cards(qtbot: QtBot, light: Theme) -> CardList:
    model = CredentialsModel()
    model.set_rows(made.library())
    made_list = CardList(model)
    model.setParent(made_list)
    qtbot.addWidget(made_list)
    made_list.resize(1_060, 700)
    made_list.show()
    return made_list


def lefts(cards: CardList, count: int) -> list[int]:
    return [cards.visualRect(cards.model().index(row, 0)).left() for row in range(count)]


def test_cards_stand_side_by_side(cards: CardList) -> None:
    assert cards.shape is CardShape.CARD
    places = lefts(cards, 4)
    assert len(set(places[:3])) == 3
    assert places[3] == places[0]
    first = cards.visualRect(cards.model().index(0, 0))
    assert cards.viewport().x() + first.left() == 32 - 10  # the card itself stands at the page's margin


def test_narrow_is_one_column_of_rows(cards: CardList) -> None:
    shapes = []
    for width in (600, 1_060):
        cards.resize(width, 700)
        shapes.append(cards.shape)
        assert cards.is_narrow is (width == 600)
        assert (len(set(lefts(cards, 4))) == 1) is (width == 600)
    cards.show_rows(True)
    assert [*shapes, cards.shape] == [CardShape.ROW, CardShape.CARD, CardShape.ROW]


def test_a_wide_page_is_centred(cards: CardList) -> None:
    cards.resize(1_600, 700)
    first = cards.visualRect(cards.model().index(0, 0))
    assert cards.viewport().x() + first.left() == (1_600 - 1_120) // 2 - 10


def test_a_click_opens_and_a_click_with_control_only_selects(qtbot: QtBot, cards: CardList) -> None:
    middle = cards.visualRect(cards.model().index(1, 0)).center()
    with qtbot.waitSignal(cards.opened, timeout=1000) as caught:
        QTest.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert caught.args == ["c0002"]
    other = cards.visualRect(cards.model().index(2, 0)).center()
    with qtbot.assertNotEmitted(cards.opened, wait=50):
        QTest.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton,
                         Qt.KeyboardModifier.ControlModifier, other)
    assert cards.selected_ids() == ("c0002", "c0003")


def test_keys_alone_reach_open_and_delete(qtbot: QtBot, cards: CardList) -> None:
    cards.setFocus()
    cards.setCurrentIndex(cards.model().index(0, 0))
    QTest.keyClick(cards, Qt.Key.Key_Right)
    assert cards.selected_ids() == ("c0002",)
    with qtbot.waitSignal(cards.opened, timeout=1000) as caught:
        QTest.keyClick(cards, Qt.Key.Key_Return)
    assert caught.args == ["c0002"]
    with qtbot.waitSignal(cards.delete_pressed, timeout=1000):
        QTest.keyClick(cards, Qt.Key.Key_Delete)
    cards.clearSelection()
    with qtbot.assertNotEmitted(cards.delete_pressed, wait=50):
        QTest.keyClick(cards, Qt.Key.Key_Delete)


def test_ten_thousand_cards_are_shown_at_once(cards: CardList) -> None:
    model = cards.model()
    assert isinstance(model, CredentialsModel)
    rows = made.many(10_000)
    model.set_rows(rows)
    QApplication.processEvents()
    cards.grab()
    assert len(model._cards) < 60  # only what is seen was prepared
