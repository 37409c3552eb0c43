"""Secrets are hidden, told apart, and a new passphrase counts only when both fields agree."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from wallet.operations.wallets import Passphrase, RecoveryCode
from wallet.ui.dialogs.secret_fields import NewPassphrase, SecretField
from wallet.ui.labels import SafeLabel
from wallet.ui.theme import Theme


def test_passphrase_or_code(qtbot: QtBot, theme: Theme) -> None:
    one = SecretField("What opens it")
    qtbot.addWidget(one)
    assert one.secret() is None
    assert one.field.echoMode() is QLineEdit.EchoMode.Password
    one.field.setText("four bright lanterns")
    assert one.secret() == Passphrase("four bright lanterns")
    one._kind.choose(1)
    one._kind.chosen.emit(1)
    assert one.secret() is None
    one.field.setText("ABC")
    assert one.secret() == RecoveryCode("ABC")
    one.clear()
    assert one.field.text() == ""


def test_the_same_twice(qtbot: QtBot, light: Theme) -> None:
    both = NewPassphrase("New passphrase")
    qtbot.addWidget(both)
    both.show()
    both._first.setText("seven slow rivers")
    both._second.setText("seven slow river")
    both._second.editingFinished.emit()
    said = [one.full_text for one in both.findChildren(SafeLabel) if one.isVisible()]
    assert both.passphrase() == ""
    assert "The two do not match." in said
    both._second.setText("seven slow rivers")
    assert both.passphrase() == "seven slow rivers"
    qtbot.waitUntil(both._strength.isVisible)
    assert both._strength.word
