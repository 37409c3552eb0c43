"""The small dialogs: a failure in words, a question that does nothing until it is answered."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from wallet.model.reasons import ReasonCode, reason
from wallet.ui.dialogs.dialog import ConfirmDialog, FailureDialog
from wallet.ui.labels import SafeLabel
from wallet.ui.theme import Theme


def test_a_failure_is_told_in_words(qtbot: QtBot, theme: Theme) -> None:
    dialog = FailureDialog(reason(ReasonCode.DISK_FULL))
    qtbot.addWidget(dialog)
    assert "The disk is full." in [label.full_text for label in dialog.findChildren(SafeLabel)]


def test_only_yes_does_it(qtbot: QtBot, theme: Theme) -> None:
    done: list[str] = []
    for name, expected in (("confirm_no", []), ("confirm_yes", ["done"])):
        dialog = ConfirmDialog("Title", "<b>text</b>", "Do it", lambda: done.append("done"))
        qtbot.addWidget(dialog)
        dialog.show()
        found = dialog.findChild(QPushButton, name)
        assert isinstance(found, QPushButton)
        found.click()
        assert done == expected
