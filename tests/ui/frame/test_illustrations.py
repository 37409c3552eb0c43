"""The drawings: something is painted, in both themes, and nothing outside its own box."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from wallet.ui.theme import Theme
from wallet.ui.views.illustrations import (
    DOOR_SIZE,
    LOCKED_SIZE,
    Drawing,
    Illustration,
    Mark,
    paint_closed_pile,
    paint_fanned_cards,
    paint_sample_learner,
    paint_sheet_and_lens,
)

_MARGIN = 40


@pytest.mark.parametrize(
    ("drawing", "size", "runs_out"),
    [
        (paint_fanned_cards, DOOR_SIZE, False),
        (paint_sample_learner, DOOR_SIZE, False),
        (paint_sheet_and_lens, DOOR_SIZE, True),
        (paint_closed_pile, LOCKED_SIZE, False),
    ],
)
def test_a_drawing_fills_its_box_and_no_more(
    theme: Theme, drawing: Drawing, size: QSize, runs_out: bool
) -> None:
    canvas = QImage(size.width() + 2 * _MARGIN, size.height() + 2 * _MARGIN, QImage.Format.Format_ARGB32)
    canvas.fill(Qt.GlobalColor.transparent)
    painter = QPainter(canvas)
    painter.translate(_MARGIN, _MARGIN)
    drawing(painter)
    painter.end()
    middle = [
        canvas.pixelColor(_MARGIN + x, _MARGIN + y).alpha()
        for x in range(40, size.width() - 40, 10)
        for y in range(30, size.height() - 20, 10)
    ]
    assert sum(alpha > 0 for alpha in middle) > len(middle) // 5
    edges = [
        canvas.pixelColor(x, y).alpha()
        for x in range(0, canvas.width(), 4)
        for y in ((3,) if runs_out else (3, canvas.height() - 3))
    ]
    assert max(edges) == 0


def test_decoration_is_silent_and_as_high_as_its_drawing(qtbot: QtBot, theme: Theme) -> None:
    picture = Illustration(paint_closed_pile, LOCKED_SIZE)
    mark = Mark(28)
    for widget in (picture, mark):
        qtbot.addWidget(widget)
        assert widget.accessibleName() == ""
        assert not widget.grab().isNull()
    assert picture.minimumHeight() == LOCKED_SIZE.height()
