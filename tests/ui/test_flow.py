"""The wrapping row: lines break at the width, mirror, and leave hidden items out."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from wallet.ui.flow import FlowLayout, flow_box


def boxes(count: int) -> list[QWidget]:
    made = []
    for _ in range(count):
        one = QWidget()
        one.setFixedSize(QSize(50, 20))
        made.append(one)
    return made


def test_lines_break_where_room_ends(qtbot: QtBot) -> None:
    items = boxes(4)
    box = flow_box(*items, gap=10)
    qtbot.addWidget(box)
    box.resize(170, 100)
    box.show()
    assert [item.y() for item in items] == [0, 0, 0, 30]
    assert box.heightForWidth(170) == 50
    assert box.heightForWidth(1_000) == 20
    assert box.heightForWidth(10) == 4 * 20 + 3 * 10


def test_hidden_items_take_no_room(qtbot: QtBot) -> None:
    items = boxes(3)
    box = flow_box(*items, gap=10)
    qtbot.addWidget(box)
    items[0].hide()
    box.resize(400, 40)
    box.show()
    assert items[1].x() == 0


def test_right_to_left_starts_at_the_other_side(qtbot: QtBot) -> None:
    items = boxes(2)
    box = flow_box(*items, gap=10)
    box.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    qtbot.addWidget(box)
    box.resize(200, 30)
    box.show()
    assert items[0].x() == 150
    assert items[1].x() == 90


def test_items_can_be_taken_out() -> None:
    box = QWidget()
    layout = FlowLayout(box)
    for one in boxes(2):
        layout.addWidget(one)
    assert layout.count() == 2
    assert layout.itemAt(5) is None
    assert layout.takeAt(0) is not None
    assert layout.takeAt(9) is None
    assert layout.count() == 1
