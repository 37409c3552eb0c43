"""The library page: empty, filled, filtered, searched, ended ones folded away, narrow; by keys alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import fabricated as made
from tests.ui.shelved import ShelvedLibrary
from wallet.operations.shelf import Wish
from wallet.ui.card_list import CardList
from wallet.ui.cards import CardShape
from wallet.ui.models.credentials import CredentialRole
from wallet.ui.panels import Fold
from wallet.ui.theme import Theme


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> ShelvedLibrary:
    page = ShelvedLibrary()
    qtbot.addWidget(page)
    page.resize(1_060, 768)
    page.show()
    return page


def shown(view: ShelvedLibrary) -> list[str]:
    return [row.id for row in view.model.rows()]


def press(view: QWidget, name: str) -> None:
    found = view.findChild(QPushButton, name)
    assert found is not None
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def find_visible(view: QWidget, name: str) -> bool:
    found = view.findChild(QWidget, name)
    return found is not None and found.isVisible()


def test_an_empty_library_invites(qtbot: QtBot, view: ShelvedLibrary) -> None:
    view.set_rows(())
    assert find_visible(view, "library_empty")
    with qtbot.waitSignal(view.samples_requested, timeout=1000):
        press(view, "empty_samples")
    with qtbot.waitSignal(view.import_requested, timeout=1000):
        press(view, "empty_add")


def test_ended_ones_are_folded_away_at_the_end(view: ShelvedLibrary) -> None:
    view.set_rows(made.library())
    assert not find_visible(view, "library_empty")
    assert len(shown(view)) == 11
    assert "c0011" not in shown(view)
    assert "c0004" in shown(view)  # withdrawn keeps its place
    fold = view.findChild(Fold)
    assert fold is not None
    assert fold.header.text().split() == ["Ended", "1"]
    fold.set_open(True)
    assert shown(view)[-1] == "c0011"
    fold.set_open(False)
    assert "c0011" not in shown(view)


def test_a_library_of_ended_ones_only_is_not_hidden(view: ShelvedLibrary) -> None:
    view.set_rows((made.stored("Old", found=made.report(made.ended())),))
    assert len(shown(view)) == 1


@pytest.mark.parametrize(("name", "wanted"), [
    ("filter_ends_soon", {"c0001"}), ("filter_attention", {"c0004", "c0007", "c0010"}),
    ("filter_recorded", {"c0005"}), ("filter_ended", {"c0011"}),
])
def test_filters_narrow_the_list(view: ShelvedLibrary, name: str, wanted: set[str]) -> None:
    view.set_rows(made.library())
    press(view, name)
    assert set(shown(view)) == wanted
    press(view, "filter_all")
    assert len(shown(view)) == 11


def test_the_all_chip_counts(view: ShelvedLibrary) -> None:
    view.set_rows(made.library())
    chip = view.findChild(QPushButton, "filter_all")
    assert chip is not None
    assert chip.text() == "All 12"
    assert chip.accessibleName() == "All, 12"
    assert not find_visible(ShelvedLibrary(), "filter_document")


def test_typing_asks_for_a_search_once(qtbot: QtBot, view: ShelvedLibrary) -> None:
    view.set_rows(made.library())
    field = view.findChild(QLineEdit, "library_search")
    assert field is not None
    asked: list[Wish] = []
    view.wished.connect(asked.append)
    with qtbot.waitSignal(view.wished, timeout=2000):
        QTest.keyClicks(field, "data ")
    assert asked == [Wish("data")]
    assert shown(view) == ["c0002"]


def test_no_match_says_in_how_many_and_offers_a_way_back(qtbot: QtBot, view: ShelvedLibrary) -> None:
    view.set_rows(made.library())
    field = view.findChild(QLineEdit, "library_search")
    assert field is not None
    with qtbot.waitSignal(view.wished, timeout=2000):
        field.setText("zebra")
    assert not find_visible(view, "library_empty")
    assert view._no_match.text.full_text == "No match in 12 credentials."
    with qtbot.waitSignal(view.wished, timeout=2000) as caught:
        press(view, "clear_filters")
    assert caught.args == [Wish()]
    assert len(shown(view)) == 11
    assert field.text() == ""


def test_orders_are_chosen_from_a_menu(view: ShelvedLibrary) -> None:
    view.set_rows(made.library())
    menu = next(one for one in view.findChildren(QMenu) if one.objectName() != "card_menu")
    action = next(one for one in menu.actions() if one.text() == "By title")
    assert isinstance(action, QAction)
    action.trigger()
    titles = [row.title for row in view.model.rows()]
    assert titles == sorted(titles, key=str.casefold)
    assert action.isChecked()


def test_narrow_is_one_column_with_fewer_filters(view: ShelvedLibrary) -> None:
    view.set_rows(made.library())
    assert find_visible(view, "filter_recorded")
    view.resize(600, 768)
    assert view.cards.shape is CardShape.ROW
    assert not find_visible(view, "filter_recorded")
    assert not find_visible(view, "library_views")
    assert find_visible(view, "filter_attention")


def test_opening_and_deleting_name_the_credential(qtbot: QtBot, view: ShelvedLibrary) -> None:
    view.set_rows(made.library())
    cards = view.findChild(CardList)
    assert cards is not None
    cards.setCurrentIndex(view.model.index(2))
    with qtbot.waitSignal(view.credential_opened, timeout=1000) as opened:
        QTest.keyClick(cards, Qt.Key.Key_Return)
    assert opened.args == ["c0003"]
    with qtbot.waitSignal(view.delete_requested, timeout=1000) as deleted:
        QTest.keyClick(cards, Qt.Key.Key_Delete)
    assert deleted.args == [("c0003",)]
    assert view.selected_ids() == ("c0003",)


def test_pictures_reach_the_cards(view: ShelvedLibrary) -> None:
    view.set_rows(made.library())
    view.set_picture("c0002", QImage(8, 8, QImage.Format.Format_RGB32))
    row = view.model.row_of("c0002")
    assert view.model.index(row).data(CredentialRole.CARD).artwork.picture is not None


def test_the_search_can_be_reached_from_outside(qtbot: QtBot, view: ShelvedLibrary) -> None:
    with qtbot.waitActive(view):
        view.activateWindow()
    view.focus_search()
    assert view.focusWidget() is view.findChild(QLineEdit, "library_search")


def test_the_tab_key_walks_through_the_whole_page(qtbot: QtBot, view: ShelvedLibrary) -> None:
    view.set_rows(made.library())
    with qtbot.waitActive(view):
        view.activateWindow()
    view.focus_cards()
    assert view.focusWidget() is view.cards
    seen = set()
    for _ in range(12):
        focused = view.focusWidget()
        assert focused is not None
        seen.add(focused.objectName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    wanted = {"library_search", "library_add", "filter_all", "library_order", "card_list", "ended_fold"}
    assert wanted <= seen


def test_selected_cards_have_a_menu(qtbot: QtBot, view: ShelvedLibrary) -> None:
    view.set_rows(made.library())
    menu = view.findChild(QMenu, "card_menu")
    assert menu is not None
    view.cards.customContextMenuRequested.emit(QPoint(5, 5))
    assert not menu.isVisible()  # nothing is selected
    view.cards.selectAll()
    view.cards.customContextMenuRequested.emit(QPoint(5, 5))
    assert menu.isVisible()
    with qtbot.waitSignal(view.share_requested, timeout=1000) as shared:
        menu.actions()[1].trigger()
    assert shared.args is not None
    assert len(shared.args[0]) == 11
    with qtbot.waitSignal(view.credential_opened, timeout=1000) as opened:
        menu.actions()[0].trigger()
    assert opened.args == ["c0001"]
    menu.close()
