"""Choosing what is shown: what may be left out has a tick, what may not is named."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.wording.samples import report_with
from wallet.model.sharing import PartChoice
from wallet.operations.sharing import PreviewItem
from wallet.ui.dialogs.share_part import PartDialog
from wallet.ui.labels import SafeLabel
from wallet.ui.theme import Theme
from wallet.ui.tick import Tick

CHOICES = (PartChoice("/issuer", "University", is_fixed=True), PartChoice("/name", "<b>Award</b>"),
           PartChoice("/credentialSubject/achievement/description", "Cleans tables."),
           PartChoice("/credentialSubject/result/2", "Fail"), PartChoice("/credentialSubject/honours", "x"))


@pytest.fixture
def dialog(qtbot: QtBot, light: Theme) -> PartDialog:
    item = PreviewItem("1", "Award", "University", report_with(), (), choices=CHOICES, left_out=("/name",))
    made = PartDialog(item)
    made.show()
    return made


def test_what_may_be_left_out_has_a_tick_and_the_rest_is_named(dialog: PartDialog) -> None:
    ticks = {one.accessibleName(): one.isChecked() for one in dialog.findChildren(Tick)}
    assert ticks == {"Title": False, "What you can do": True, "Result 3": True, "honours": True}
    said = [one.full_text for one in dialog.findChildren(SafeLabel)]
    assert any("Always shown, as the issuer wished: Who awarded it." in one for one in said)
    assert "<b>Award</b>" in said


def test_what_is_not_ticked_is_left_out(dialog: PartDialog, qtbot: QtBot) -> None:
    ticks = {one.accessibleName(): one for one in dialog.findChildren(Tick)}
    ticks["Result 3"].setChecked(False)
    go = dialog.findChild(QPushButton, "tick_list_go")
    assert go is not None
    with qtbot.waitSignal(dialog.left_out) as told:
        go.click()
    assert told.args == [("/name", "/credentialSubject/result/2")]
