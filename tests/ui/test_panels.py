"""Panels: folds open by key, notices say their level in more than colour, pages fit their wrapped text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from wallet.model.report import Level
from wallet.ui.labels import SafeLabel
from wallet.ui.panels import Fold, Notice, Page, ScrollColumn, column, hairline, panel, row
from wallet.ui.theme import Theme

LONG = "The digital seal is intact and nothing in the file was changed since it was sealed. " * 8


def test_a_fold_opens_and_closes_by_key(qtbot: QtBot, theme: Theme) -> None:
    fold = Fold("Technical details", "seal, keys", name="technical")
    qtbot.addWidget(fold)
    column(fold.body).addWidget(SafeLabel("inside"))
    fold.show()
    assert not fold.body.isVisible()
    with qtbot.waitSignal(fold.toggled, timeout=1000) as caught:
        QTest.keyClick(fold.header, Qt.Key.Key_Space)
    assert caught.args == [True]
    assert fold.body.isVisible()
    fold.set_open(False)
    assert not fold.is_open()
    assert not fold.body.isVisible()


@pytest.mark.parametrize("level", list(Level))
def test_a_notice_has_words_and_shape(qtbot: QtBot, theme: Theme, level: Level) -> None:
    notice = Notice(level, "Anyone who has this file can show it.", "A saved file can be forwarded.")
    qtbot.addWidget(notice)
    notice.resize(400, 90)
    notice.show()
    assert notice.headline.isVisible()
    assert notice.text.isVisible()
    assert notice.property("notice") == level.value


def test_a_notice_without_text_is_one_line(qtbot: QtBot, light: Theme) -> None:
    notice = Notice(Level.INFO, "Only this.")
    qtbot.addWidget(notice)
    notice.show()
    assert not notice.text.isVisible()


def test_a_page_is_as_high_as_its_wrapped_text(qtbot: QtBot, light: Theme) -> None:
    page = Page()
    labels = [SafeLabel(LONG, wrapped=True) for _ in range(6)]
    for label in labels:
        page.content.addWidget(label)
    qtbot.addWidget(page)
    page.resize(300, 400)
    page.show()
    for label in labels:
        assert label.height() >= label.heightForWidth(label.width())
    inner = page.widget()
    assert inner is not None
    assert inner.height() > 400
    assert inner.width() <= 300
    page.resize(900, 4_000)
    assert inner.height() == page.viewport().height()


def test_a_page_is_centred_where_there_is_room(qtbot: QtBot, light: Theme) -> None:
    page = Page(margin=0, max_width=600)
    marker = QWidget()
    page.content.addWidget(marker)
    qtbot.addWidget(page)
    page.resize(1_000, 300)
    page.show()
    assert marker.width() == 600
    assert marker.mapTo(page, marker.rect().topLeft()).x() == 200


def test_a_column_grows_when_its_text_does(qtbot: QtBot, light: Theme) -> None:
    inner = QWidget()
    label = SafeLabel("short", wrapped=True)
    column(inner).addWidget(label)
    scroll = ScrollColumn(inner)
    qtbot.addWidget(scroll)
    scroll.resize(200, 60)
    scroll.show()
    label.setText(LONG)
    qtbot.waitUntil(lambda: inner.height() >= label.heightForWidth(label.width()) > 60, timeout=1000)


def test_layouts_have_no_distances_of_their_own(qtbot: QtBot, light: Theme) -> None:
    for layout in (row(gap=3), column(margin=4)):
        margins = layout.contentsMargins()
        assert margins.left() == margins.bottom() == (4 if layout.spacing() == 0 else 0)
    for made in (panel("tile"), hairline(), hairline(vertical=True)):
        qtbot.addWidget(made)
    assert hairline().property("line") == "h"
