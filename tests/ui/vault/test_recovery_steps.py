"""The code is shown with a picture that holds it, and its last group opens the way on."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from wallet.operations.recovery import fresh_recovery_code
from wallet.ui.labels import SafeLabel
from wallet.ui.recovery_sheet import groups_of, sheet_pdf
from wallet.ui.theme import Theme
from wallet.ui.views.recovery_steps import CodeStep, CompareStep


def test_the_code_and_its_picture(qtbot: QtBot, theme: Theme) -> None:
    code, step = fresh_recovery_code(), CodeStep()
    qtbot.addWidget(step)
    step.show_code(code)
    said = [one.full_text for one in step.findChildren(SafeLabel)]
    assert set(groups_of(code)) <= set(said)
    assert step._qr.modules
    step.show_code("")
    assert step._qr.isHidden()
    assert step._qr.modules == ()
    with_picture, without = sheet_pdf(code), sheet_pdf("NOT-A-CODE")
    assert len(with_picture) > len(without) > 0


def test_the_last_group_is_compared(qtbot: QtBot, light: Theme) -> None:
    step = CompareStep("Go on")
    qtbot.addWidget(step)
    step.expect("EFG1S")
    step._field.setText("XXXXX")
    with qtbot.assertNotEmitted(step.matched):
        step._field.returnPressed.emit()
    step._field.setText(" efgis ")
    with qtbot.waitSignal(step.matched):
        step._field.returnPressed.emit()
