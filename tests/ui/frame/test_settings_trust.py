"""How many documents are kept is counted in words."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from wallet.ui.labels import SafeLabel
from wallet.ui.theme import Theme
from wallet.ui.views.settings_trust import TrustSection


def test_documents_are_counted_and_added(qtbot: QtBot, light: Theme) -> None:
    section = TrustSection()
    qtbot.addWidget(section)
    section.show_documents(1)
    assert any(label.full_text.startswith("1 document is kept") for label in section.findChildren(SafeLabel))
    section.show_documents(3)
    assert any(label.full_text.startswith("3 documents") for label in section.findChildren(SafeLabel))
    section.show_lists(2)
    assert "2 lists say who is known." in [label.full_text for label in section.findChildren(SafeLabel)]
    for name, told in (("show_evidence", section.documents_requested),
                       ("show_lists", section.lists_requested)):
        shown = section.findChild(QPushButton, name)
        assert isinstance(shown, QPushButton)
        with qtbot.waitSignal(told, timeout=1000):
            shown.click()
    add = section.findChild(QPushButton, "evidence_button")
    assert isinstance(add, QPushButton)
    with qtbot.waitSignal(section.evidence_requested, timeout=1000):
        add.click()
