"""The steps: readable as a sentence, words give way where room is short, numbers never."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from wallet.ui.steps import Steps
from wallet.ui.theme import Theme


def test_the_present_step_is_said(qtbot: QtBot, theme: Theme) -> None:
    steps = Steps(("What", "For whom", "Preview", "Done"))
    qtbot.addWidget(steps)
    steps.set_current(2)
    assert steps.current == 2
    assert steps.accessibleName() == "Step 3 of 4: Preview"
    assert steps.minimumSizeHint().width() < steps.sizeHint().width()
    for width in (steps.minimumSizeHint().width(), steps.sizeHint().width()):
        steps.resize(width, steps.sizeHint().height())
        assert not steps.grab().isNull()
