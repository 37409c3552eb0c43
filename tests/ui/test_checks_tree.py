"""The tree of checks: wrapped and whole, no scroll bar of its own, sources as plain tooltips."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui import fabricated as made
from wallet.ui.checks_tree import ChecksTree
from wallet.ui.models.report import ReportColumn, ReportModel
from wallet.ui.theme import Theme
from wallet.wording.outcomes import Audience


@pytest.fixture
def tree(qtbot: QtBot, light: Theme) -> ChecksTree:
    model = ReportModel()
    model.set_report(made.report(made.not_asked()), Audience.LEARNER)
    shown = ChecksTree(model)
    model.setParent(shown)
    qtbot.addWidget(shown)
    return shown


@pytest.mark.parametrize("width", [320, 600])
def test_every_line_is_shown_whole(tree: ChecksTree, width: int) -> None:
    tree.resize(width, tree.heightForWidth(width))
    tree.show()
    QApplication.processEvents()
    last = tree.model().index(0, 0, tree.model().index(3, 0))
    assert tree.visualRect(last).isValid()
    assert tree.visualRect(last).bottom() <= tree.viewport().height()
    answer = tree.model().index(1, ReportColumn.ANSWER)
    needed = tree.fontMetrics().boundingRect(tree.visualRect(answer).adjusted(0, 0, -12, 1_000),
                                             Qt.TextFlag.TextWordWrap, str(answer.data()))
    assert tree.visualRect(answer).height() >= needed.height()


def test_narrower_is_higher(tree: ChecksTree) -> None:
    assert tree.hasHeightForWidth()
    assert tree.heightForWidth(300) > tree.heightForWidth(900)
    assert tree.sizeHint().height() > 100


def test_sources_are_tooltips_and_no_markup(tree: ChecksTree) -> None:
    tip = str(tree.model().index(1, ReportColumn.ANSWER).data(Qt.ItemDataRole.ToolTipRole))
    assert "Key document" in tip
    assert tip.startswith("<qt>")
    assert tree.isColumnHidden(ReportColumn.SOURCE)
