"""The settings page: its sections tell what they were told, and a new one finds its place."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui import fabricated
from wallet.operations.settings import Settings
from wallet.ui.labels import SafeLabel
from wallet.ui.theme import Theme
from wallet.ui.views.settings import SettingsPage, WalletFacts
from wallet.ui.views.settings_section import SettingsSection


def _words(page: SettingsPage) -> list[str]:
    return [label.full_text for label in page.findChildren(SafeLabel)]


def test_facts_reach_their_sections(qtbot: QtBot, theme: Theme) -> None:
    page = SettingsPage(Settings())
    qtbot.addWidget(page)
    page.show_facts(WalletFacts(("maya@lind.example",), 13, (fabricated.library()[0],)))
    field = page.findChild(QPlainTextEdit, "identities_field")
    assert isinstance(field, QPlainTextEdit)
    assert field.toPlainText() == "maya@lind.example"
    assert any(text.startswith("13 documents") for text in _words(page))
    assert any(text.startswith("Deleted credentials stay here for 30 days.") for text in _words(page))


def test_what_a_section_wishes_is_told_by_the_page(qtbot: QtBot, light: Theme) -> None:
    page = SettingsPage(Settings())
    qtbot.addWidget(page)
    for name, signal in (("backup_button", page.backup_requested),
                         ("evidence_button", page.evidence_requested),
                         ("keep_identities", page.identities_changed)):
        pressed = page.findChild(QPushButton, name)
        assert isinstance(pressed, QPushButton)
        with qtbot.waitSignal(signal, timeout=1000):
            pressed.click()


def test_a_section_is_added_and_a_deed_is_said(qtbot: QtBot, light: Theme) -> None:
    page = SettingsPage(Settings())
    qtbot.addWidget(page)
    section = SettingsSection("settings_more")
    section.set_title("More")
    page.add_section(section)
    assert section.parent() is not None
    page.say("Done.")
    assert {"More", "Done."} <= {text.strip("\u2068\u2069") for text in _words(page)}
