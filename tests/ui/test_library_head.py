"""The head of the library page: what is typed, chosen and ordered is one wish; counts once they are known."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from wallet.operations.shelf import LibraryFilter, LibraryOrder, Wish
from wallet.ui.theme import Theme
from wallet.ui.views.library_head import LibraryHead


@pytest.fixture
def head(qtbot: QtBot, light: Theme) -> LibraryHead:
    made = LibraryHead()
    qtbot.addWidget(made)
    made.resize(1_000, 200)
    made.show()
    return made


def find(head: LibraryHead, name: str) -> QPushButton:
    found = head.findChild(QPushButton, name)
    assert found is not None
    return found


def test_everything_together_is_one_wish(qtbot: QtBot, head: LibraryHead) -> None:
    head.set_tags((("job", 2),))
    field = head.findChild(QLineEdit, "library_search")
    menu = head.findChild(QMenu)
    assert field is not None
    assert menu is not None
    assert head.wish() == Wish()
    assert head.wish().is_everything
    with qtbot.waitSignal(head.wished, timeout=1_000):
        QTest.keyClicks(field, " data ")
    QTest.mouseClick(find(head, "filter_genuine"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(find(head, "tag_filter"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(head.wished, timeout=1_000) as caught:
        menu.actions()[1].trigger()
    wish = Wish("data", LibraryFilter.GENUINE, "job", LibraryOrder.TITLE)
    assert caught.args == [wish]
    assert not wish.is_everything
    with qtbot.waitSignal(head.wished, timeout=1_000) as caught:
        head.clear()
    assert caught.args == [Wish(order=LibraryOrder.TITLE)]


def test_a_tag_that_is_gone_is_wished_for_no_longer(qtbot: QtBot, head: LibraryHead) -> None:
    head.set_tags((("job", 2),))
    find(head, "tag_filter").click()
    assert head.wish().tag == "job"
    with qtbot.waitSignal(head.wished, timeout=1_000) as caught:
        head.set_tags(())
    assert caught.args == [Wish()]


def test_counts_that_are_not_known_are_not_said(head: LibraryHead) -> None:
    chip = find(head, "filter_all")
    assert (chip.text(), chip.accessibleName()) == ("All", "All")
    head.show_counts(dict.fromkeys(LibraryFilter, 3))
    assert (chip.text(), chip.accessibleName()) == ("All 3", "All, 3")
    assert find(head, "filter_document").isVisible()
    head.show_counts({LibraryFilter.ALL: 0, LibraryFilter.DOCUMENT: 0})
    assert chip.text() == "All 0"
    assert not find(head, "filter_document").isVisible()
