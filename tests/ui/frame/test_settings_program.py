"""The program's settings: what is chosen is told together with the others."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from wallet.operations.settings import Settings
from wallet.operations.settings import Theme as ThemeSetting
from wallet.ui.buttons import Segments
from wallet.ui.theme import Theme
from wallet.ui.views.settings_program import ProgramSection


def test_choices_are_told_together_with_the_others(qtbot: QtBot, theme: Theme) -> None:
    section = ProgramSection(Settings())
    qtbot.addWidget(section)
    look = section.findChild(Segments, "theme_segments")
    assert isinstance(look, Segments)
    section.follow(Settings(lock_minutes=15))
    with qtbot.waitSignal(section.settings_changed, timeout=1000) as changed:
        look.chosen.emit(2)
    assert changed.args == [Settings(theme=ThemeSetting.DARK, lock_minutes=15)]
    verifier = section.findChild(QLineEdit, "verifier_field")
    assert isinstance(verifier, QLineEdit)
    verifier.setText(" https://verify.example ")
    with qtbot.waitSignal(section.settings_changed, timeout=1000) as changed:
        verifier.editingFinished.emit()
    assert changed.args == [Settings(
        theme=ThemeSetting.DARK, lock_minutes=15, verifier_address="https://verify.example")]
    with qtbot.assertNotEmitted(section.settings_changed):
        verifier.editingFinished.emit()
