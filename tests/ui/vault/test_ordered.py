"""An order is changed only by moves that lead somewhere, and no foreign drop changes it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui import fabricated
from wallet.ui.models.ordered import OrderList, OrderModel
from wallet.ui.theme import Theme


@pytest.fixture
def model(light: Theme) -> OrderModel:
    made = OrderModel()
    made.show(fabricated.library()[:4])
    return made


@pytest.mark.parametrize(("place", "target"), [(0, 0), (0, 4), (-1, 0), (5, 1), (0, -1)])
def test_a_move_to_nowhere_changes_nothing(model: OrderModel, qtbot: QtBot, place: int, target: int) -> None:
    before = model.order()
    with qtbot.assertNotEmitted(model.reordered):
        assert not model.move(place, target)
    assert model.order() == before


@pytest.mark.parametrize("data", [b"", b"x", b"99", b"-1", b"1e3", "²".encode()])
def test_a_foreign_drop_changes_nothing(model: OrderModel, data: bytes) -> None:
    before, mime = model.order(), QMimeData()
    mime.setData("application/x-wallet-places", data)
    assert not model.dropMimeData(mime, Qt.DropAction.MoveAction, 0, 0, QModelIndex())
    assert model.order() == before


def test_a_drop_below_everything_is_the_end(model: OrderModel) -> None:
    first = model.order()[0]
    carried = model.mimeData([model.index(0)])
    model.dropMimeData(carried, Qt.DropAction.MoveAction, -1, -1, QModelIndex())
    assert model.order()[-1] == first
    assert str(model.data(model.index(3), Qt.ItemDataRole.AccessibleTextRole)).startswith("4. ")
    assert model.data(model.index(0), Qt.ItemDataRole.CheckStateRole) is None


def test_the_list_says_what_its_keys_wish(model: OrderModel, qtbot: QtBot) -> None:
    view = OrderList(model)
    qtbot.addWidget(view)
    view.resize(600, 400)
    view.show()
    view.setCurrentIndex(model.index(1))
    with qtbot.waitSignal(view.opened) as opened:
        QTest.keyClick(view, Qt.Key.Key_Return)
    with qtbot.waitSignal(view.remove_pressed) as removed:
        QTest.keyClick(view, Qt.Key.Key_Delete)
    assert opened.args == removed.args == [model.order()[1]]
    assert not view.grab().isNull()
