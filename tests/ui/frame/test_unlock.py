"""The closed wallet: says neither title nor count, tells the failures apart, takes the recovery code."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from wallet.model.reasons import ReasonCode, reason
from wallet.operations.wallets import Passphrase, RecoveryCode
from wallet.ui.labels import SafeLabel
from wallet.ui.theme import Theme
from wallet.ui.views.unlock import UnlockPage


@pytest.fixture
def page(qtbot: QtBot, light: Theme) -> UnlockPage:
    made = UnlockPage()
    qtbot.addWidget(made)
    made.show()
    return made


def _field(page: UnlockPage) -> QLineEdit:
    found = page.findChild(QLineEdit, "passphrase_field")
    assert isinstance(found, QLineEdit)
    return found


def _button(page: UnlockPage, name: str) -> QPushButton:
    found = page.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def _said(page: UnlockPage) -> str:
    return " ".join(label.full_text for label in page.findChildren(SafeLabel) if label.isVisible())


def test_the_passphrase_is_asked_for_once_and_hidden(page: UnlockPage, qtbot: QtBot) -> None:
    assert _field(page).echoMode() is QLineEdit.EchoMode.Password
    _field(page).setText("four bright lanterns")
    with qtbot.waitSignal(page.unlock_requested, timeout=1000) as asked:
        _button(page, "unlock_button").click()
    assert asked.args == [Passphrase("four bright lanterns")]
    assert not _button(page, "unlock_button").isEnabled()
    with qtbot.assertNotEmitted(page.unlock_requested):
        _field(page).returnPressed.emit()


def test_nothing_typed_asks_for_nothing(page: UnlockPage, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(page.unlock_requested):
        _button(page, "unlock_button").click()


def test_the_recovery_code_is_shown_while_it_is_typed(page: UnlockPage, qtbot: QtBot) -> None:
    _button(page, "recovery_link").click()
    assert _field(page).echoMode() is QLineEdit.EchoMode.Normal
    _field(page).setText("7Q3ZK-MB9RT")
    with qtbot.waitSignal(page.unlock_requested, timeout=1000) as asked:
        _button(page, "unlock_button").click()
    assert asked.args == [RecoveryCode("7Q3ZK-MB9RT")]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (ReasonCode.VAULT_WRONG_PASSPHRASE, "does not open this wallet"),
        (ReasonCode.VAULT_DAMAGED, "is damaged"),
        (ReasonCode.VAULT_BUSY, "open in another window"),
        (ReasonCode.VAULT_NEWER, "newer version"),
    ],
)
def test_failures_are_told_apart(page: UnlockPage, code: ReasonCode, words: str) -> None:
    page.show_failure(reason(code))
    assert words in _said(page)
    assert _button(page, "restore_button").isVisible() is (code is ReasonCode.VAULT_DAMAGED)
    assert _button(page, "unlock_button").isEnabled()


def test_a_wrong_passphrase_marks_the_field_and_typing_clears_it(page: UnlockPage) -> None:
    page.show_failure(reason(ReasonCode.VAULT_WRONG_PASSPHRASE))
    assert _field(page).property("wrong") is True
    assert _field(page).accessibleDescription()
    _field(page).textEdited.emit("x")
    assert _field(page).property("wrong") is False
    assert "does not open" not in _said(page)


def test_reset_forgets_what_was_typed(page: UnlockPage) -> None:
    _field(page).setText("secret")
    page.reset()
    assert _field(page).text() == ""
