"""A section is named by its title; a line without an explanation shows none."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from wallet.ui.buttons import button
from wallet.ui.labels import SafeLabel
from wallet.ui.theme import Theme
from wallet.ui.views.settings_section import SettingsSection, setting


def test_lines_say_what_they_set(qtbot: QtBot, light: Theme) -> None:
    section = SettingsSection("settings_some")
    qtbot.addWidget(section)
    section.set_title("Some")
    section.content.addLayout(setting("Bare", "", button("Do")))
    section.content.addLayout(setting("Explained", "by this", button("Do")))
    section.show()
    shown = [label.full_text for label in section.findChildren(SafeLabel) if label.isVisible()]
    assert shown == ["Some", "Bare", "Explained", "by this"]
