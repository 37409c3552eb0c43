"""A form does nothing before everything is there, says what failed, and does not do it twice."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from wallet.model.reasons import ReasonCode, reason
from wallet.ui.dialogs.form import TextDialog
from wallet.ui.labels import SafeLabel
from wallet.ui.theme import Theme


def test_one_line_is_asked_for(qtbot: QtBot, theme: Theme) -> None:
    dialog = TextDialog("Title", "<b>text</b>", "Name", "Do it")
    qtbot.addWidget(dialog)
    dialog.show()
    go = dialog.findChild(QPushButton, "text_dialog_go")
    assert isinstance(go, QPushButton)
    dialog._field.setText("   ")
    assert not go.isEnabled()
    dialog._field.setText("  One  ")
    with qtbot.waitSignal(dialog.given) as given:
        dialog._field.returnPressed.emit()
    assert given.args == ["One"]
    dialog.set_busy("Doing…")
    assert go.text() == go.accessibleName() == "Doing…"
    with qtbot.assertNotEmitted(dialog.given):
        dialog._field.returnPressed.emit()
    dialog.show_failure(reason(ReasonCode.DISK_FULL))
    assert go.isEnabled()
    said = [one.full_text for one in dialog.findChildren(SafeLabel) if one.isVisible()]
    assert "The disk is full." in said
    assert "<b>text</b>" in [text.strip("\u2068\u2069") for text in said]
