"""Settings: what is chosen is told, addresses come line by line, the bin gives back."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui import fabricated
from wallet.operations.settings import Settings
from wallet.operations.settings import Theme as ThemeSetting
from wallet.ui.buttons import Segments
from wallet.ui.labels import SafeLabel
from wallet.ui.theme import Theme
from wallet.ui.views.settings import SettingsPage, WalletFacts


def test_choices_are_told_together_with_the_others(qtbot: QtBot, theme: Theme) -> None:
    page = SettingsPage(Settings(lock_minutes=15))
    qtbot.addWidget(page)
    look = page.findChild(Segments, "theme_segments")
    minutes = page.findChild(Segments, "lock_segments")
    assert isinstance(look, Segments)
    assert isinstance(minutes, Segments)
    assert minutes.choice() == 2
    with qtbot.waitSignal(page.settings_changed, timeout=1000) as changed:
        look.chosen.emit(2)
    assert changed.args == [Settings(theme=ThemeSetting.DARK, lock_minutes=15)]
    verifier = page.findChild(QLineEdit, "verifier_field")
    assert isinstance(verifier, QLineEdit)
    verifier.setText(" https://verify.example ")
    with qtbot.waitSignal(page.settings_changed, timeout=1000) as changed:
        verifier.editingFinished.emit()
    assert changed.args == [Settings(ThemeSetting.DARK, 15, "https://verify.example")]
    with qtbot.assertNotEmitted(page.settings_changed):
        verifier.editingFinished.emit()


def test_addresses_come_line_by_line(qtbot: QtBot, light: Theme) -> None:
    page = SettingsPage(Settings())
    qtbot.addWidget(page)
    page.show_facts(WalletFacts(("maya@lind.example",), 13, ()))
    field = page.findChild(QPlainTextEdit, "identities_field")
    assert isinstance(field, QPlainTextEdit)
    assert field.toPlainText() == "maya@lind.example"
    field.setPlainText(" a@b.example \n\n c@d.example")
    keep = page.findChild(QPushButton, "keep_identities")
    assert isinstance(keep, QPushButton)
    with qtbot.waitSignal(page.identities_changed, timeout=1000) as changed:
        keep.click()
    assert changed.args == [("a@b.example", "c@d.example")]


def test_the_bin_gives_back(qtbot: QtBot, light: Theme) -> None:
    page = SettingsPage(Settings())
    qtbot.addWidget(page)
    binned = fabricated.library()[0]
    page.show_facts(WalletFacts((), 1, (binned,)))
    back = page.findChild(QPushButton, "take_back")
    assert isinstance(back, QPushButton)
    with qtbot.waitSignal(page.restore_requested, timeout=1000) as wanted:
        back.click()
    assert wanted.args == [(binned.id,)]
    page.show_facts(WalletFacts((), 1, ()))
    assert "The bin is empty." in [label.full_text for label in page.findChildren(SafeLabel)]
