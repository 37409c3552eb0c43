"""One tag at a time, the most used first; hostile tags stay text."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from wallet.ui.theme import Theme
from wallet.ui.views.tag_bar import TagBar


def test_one_tag_or_none(qtbot: QtBot, theme: Theme) -> None:
    bar = TagBar()
    qtbot.addWidget(bar)
    bar.set_tags((("a & b", 1), ("<b>x</b>", 3), ("unused", 0)))
    assert [chip.text() for chip in bar._chips.values()] == ["#<b>x</b>", "#a && b"]
    assert bar.chosen() == ""
    for tag in ("a & b", "<b>x</b>"):
        with qtbot.waitSignal(bar.changed):
            bar._chips[tag].click()
        assert bar.chosen() == tag
    bar.set_tags((("<b>x</b>", 2),))
    assert bar.chosen() == "<b>x</b>"
    bar._chips["<b>x</b>"].click()
    assert bar.chosen() == ""
    bar.set_tags(())
    assert bar.isHidden()
