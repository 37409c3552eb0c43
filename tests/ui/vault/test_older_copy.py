"""The warning of an older copy leads to a comparison, to accepting, or to being reminded."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from wallet.ui.dialogs.older_copy import OlderCopyDialog
from wallet.ui.theme import Theme


def test_three_ways_on(qtbot: QtBot, theme: Theme) -> None:
    for name in ("older_compare", "older_copy_dialog_go", "older_copy_dialog_cancel"):
        dialog = OlderCopyDialog()
        dialog.show()
        found = dialog.findChild(QPushButton, name)
        assert isinstance(found, QPushButton)
        signal = {"older_compare": dialog.compare_requested, "older_copy_dialog_go": dialog.wished}.get(
            name, dialog.rejected)
        with qtbot.waitSignal(signal):
            found.click()
        dialog.deleteLater()
