"""The learner's addresses come line by line."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from wallet.ui.theme import Theme
from wallet.ui.views.settings_identities import IdentitiesSection


def test_addresses_come_line_by_line(qtbot: QtBot, light: Theme) -> None:
    section = IdentitiesSection()
    qtbot.addWidget(section)
    section.show_identities(("maya@lind.example",))
    field = section.findChild(QPlainTextEdit, "identities_field")
    assert isinstance(field, QPlainTextEdit)
    assert field.toPlainText() == "maya@lind.example"
    field.setPlainText(" a@b.example \n\n c@d.example")
    keep = section.findChild(QPushButton, "keep_identities")
    assert isinstance(keep, QPushButton)
    with qtbot.waitSignal(section.identities_changed, timeout=1000) as changed:
        keep.click()
    assert changed.args == [("a@b.example", "c@d.example")]
