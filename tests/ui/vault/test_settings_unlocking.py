"""How quick unlock stands is said in words, and each way in has its button."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.conftest import AT
from wallet.model.reasons import ReasonCode, reason
from wallet.operations.keychain import QuickUnlockStatus
from wallet.ui.labels import SafeLabel
from wallet.ui.theme import Theme
from wallet.ui.views.settings_unlocking import UnlockingSection


def test_shown_and_told(qtbot: QtBot, light: Theme) -> None:
    section = UnlockingSection()
    qtbot.addWidget(section)

    def said() -> str:
        return " ".join(one.full_text for one in section.findChildren(SafeLabel))

    def press(name: str) -> None:
        found = section.findChild(QPushButton, name)
        assert isinstance(found, QPushButton)
        found.click()

    assert "Off." in said()
    with qtbot.waitSignal(section.quick_unlock_requested) as asked:
        press("quick_unlock")
    assert asked.args == [True]
    section.show_status(QuickUnlockStatus(True, "x", AT))
    assert "On until" in said()
    assert "Whoever has this computer" in said()
    with qtbot.waitSignal(section.quick_unlock_requested) as asked:
        press("quick_unlock")
    assert asked.args == [False]
    section.show_status(QuickUnlockStatus(True, "x", AT, reason(ReasonCode.QUICK_UNLOCK_ENDED)))
    assert "On until" not in said()
    for name, signal in (("change_passphrase", section.passphrase_requested),
                         ("new_recovery_code", section.code_requested),
                         ("rotate_button", section.rotation_requested)):
        with qtbot.waitSignal(signal):
            press(name)
