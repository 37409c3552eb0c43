"""The code is shown with a picture that holds it, and typed back whole it opens the way on."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from wallet.operations.recovery import fresh_recovery_code
from wallet.ui.labels import SafeLabel
from wallet.ui.recovery_sheet import groups_of, sheet_pdf
from wallet.ui.theme import Theme
from wallet.ui.views.recovery_steps import CodeStep, CompareStep

_CODE = "7Q3ZK-MB9RT-XW2P4-0HJ6D-8CVN5-EFG1S"


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


@pytest.mark.parametrize(("typed", "said"), [
    ("", "Type the code from your sheet."),
    ("EFG1S", "Look at group 1 again"),
    ("7Q3ZK-MB9RT-XW2P4-0HJ6D-8CVN5-EFG2S", "Look at group 6 again"),
    ("7Q3ZK-MB9RT-XW2P4-0HJ6D-8CVN-EFG1S", "Look at group 5 again"),
    ("7Q3ZK-MB8RT-XW2P4-0HJ7D-8CVN5-EFG1S", "Look at groups 2 and 4 again"),
    ("AAAAA-BBBBB-CCCCC-DDDDD-EEEEE-FFFFF", "That is not your code."),
])
def test_the_whole_code_is_compared_and_the_place_of_a_slip_named(qtbot: QtBot, light: Theme, typed: str,
                                                                  said: str) -> None:
    step = CompareStep("Go on")
    qtbot.addWidget(step)
    step.expect(_CODE)
    step._field.setText(typed)
    with qtbot.assertNotEmitted(step.matched):
        step._field.returnPressed.emit()
    assert said in step._wrong.full_text
    missed = set(groups_of(_CODE)) - set(typed.split("-"))
    assert not any(group in step._wrong.full_text for group in missed)  # where, never what


@pytest.mark.parametrize("typed", [
    _CODE, _CODE.lower(), _CODE.replace("-", ""), f" {_CODE.replace('-', ' ')} ",
    _CODE.replace("-", "\u2013"), _CODE.replace("0", "O").replace("1", "l")])
def test_it_may_be_written_as_people_write(qtbot: QtBot, light: Theme, typed: str) -> None:
    step = CompareStep("Go on")
    qtbot.addWidget(step)
    step.expect(_CODE)
    step._field.setText(typed)
    with qtbot.waitSignal(step.matched):
        step._field.returnPressed.emit()


def test_without_a_code_nothing_matches(qtbot: QtBot, light: Theme) -> None:
    step = CompareStep("Go on")
    qtbot.addWidget(step)
    step._field.setText("")
    with qtbot.assertNotEmitted(step.matched):
        step._field.returnPressed.emit()
