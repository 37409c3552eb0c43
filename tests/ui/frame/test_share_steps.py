"""What and for whom: ticks by click and by space bar, the end of a pack as a date."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from tests.conftest import AT
from tests.ui import fabricated
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


def test_a_pack_ends_after_thirty_days_unless_chosen_otherwise(qtbot: QtBot, light: Theme) -> None:
    step = TermsStep(AT)
    qtbot.addWidget(step)
    assert step.terms().expires == AT + timedelta(days=30)
    step._ends.choose(3)
    assert step.terms().expires is None
    step.set_audience("  Kestrel & Rowe ")
    assert step.terms().audience == "Kestrel & Rowe"
    assert (step.terms().domain, step.terms().challenge) == ("", "")
