"""The form before a list is put in force: an address where one is needed, everything else may be empty."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from wallet.ui.dialogs.list_form import ListForm
from wallet.ui.theme import Theme


def _go(form: ListForm) -> QPushButton:
    button = form.findChild(QPushButton, "list_dialog_go")
    assert isinstance(button, QPushButton)
    return button


def test_an_address_is_needed_where_one_is_asked_for(qtbot: QtBot, theme: Theme) -> None:
    form = ListForm("Add", "Address", "")
    qtbot.addWidget(form)
    assert not _go(form).isEnabled()
    field = form.findChild(QLineEdit, "list_address_field")
    assert isinstance(field, QLineEdit)
    field.setText(" https://a.example/list ")
    with qtbot.waitSignal(form.given, timeout=1000) as told:
        _go(form).click()
    assert told.args == ["https://a.example/list", "", ""]


def test_a_file_needs_nothing(qtbot: QtBot, light: Theme) -> None:
    form = ListForm("Add", "", "partners")
    qtbot.addWidget(form)
    assert form.findChild(QLineEdit, "list_address_field") is None
    with qtbot.waitSignal(form.given, timeout=1000) as told:
        _go(form).click()
    assert told.args == ["", "partners", ""]
