"""What and for whom: ticks by click and by space bar, the end of a pack as a date."""

from __future__ import annotations

import itertools
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QListView
from pytestqt.qtbot import QtBot

from tests.conftest import AT
from tests.ui import fabricated
from wallet.operations.shelf import MOST_OFFERED
from wallet.ui.dialogs.share_steps import TermsStep, WhatStep
from wallet.ui.theme import Theme


def test_the_space_bar_ticks(qtbot: QtBot, theme: Theme) -> None:
    rows = fabricated.library()
    step = WhatStep(rows, (rows[1].id,))
    qtbot.addWidget(step)
    step.resize(900, 600)
    step.show()
    step.grab()
    view = step.findChild(QListView, "share_list")
    assert isinstance(view, QListView)
    view.setCurrentIndex(step.model.index(0))
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert step.ids() == (rows[0].id, rows[1].id)
    with qtbot.waitSignal(step.changed, timeout=1000) as changed:
        QTest.mouseClick(
            view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(step.model.index(1)).center()
        )
    assert changed.args == [1]
    assert step.ids() == (rows[0].id,)


def test_it_is_said_when_not_everything_is_offered(qtbot: QtBot, light: Theme) -> None:
    rows = fabricated.library()
    few, many = WhatStep(rows, ()), WhatStep(list(itertools.islice(itertools.cycle(rows), MOST_OFFERED)), ())
    for step in (few, many):
        qtbot.addWidget(step)
    said = [" ".join(label.text() for label in step.findChildren(QLabel)) for step in (few, many)]
    assert "select them in the library first" in said[1]
    assert "select them in the library first" not in said[0]


def test_a_pack_ends_after_thirty_days_unless_chosen_otherwise(qtbot: QtBot, light: Theme) -> None:
    step = TermsStep(AT)
    qtbot.addWidget(step)
    assert step.terms().expires == AT + timedelta(days=30)
    step._ends.choose(3)
    assert step.terms().expires is None
    step.set_audience("  Kestrel & Rowe ")
    assert step.terms().audience == "Kestrel & Rowe"
    assert (step.terms().domain, step.terms().challenge) == ("", "")
