"""Lines of links in a form: as many as are wanted, up to what an entry holds."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from wallet.operations.documents import MAX_ENTRY_LINKS
from wallet.ui.dialogs.links import LinksEditor
from wallet.ui.theme import Theme


def test_an_empty_line_to_begin_with_and_a_bound(qtbot: QtBot, theme: Theme) -> None:
    editor = LinksEditor(())
    qtbot.addWidget(editor)
    assert (editor.links(), len(editor.findChildren(QLineEdit))) == ((), 1)
    full = LinksEditor([f"https://a.example/{number}" for number in range(MAX_ENTRY_LINKS)])
    qtbot.addWidget(full)
    more = full.findChild(QPushButton, "details_link_add")
    assert isinstance(more, QPushButton)
    assert not more.isEnabled()
    assert len(full.links()) == MAX_ENTRY_LINKS
    assert full.sizeHint().height() < 300  # the lines scroll


def test_the_same_link_twice_is_one(qtbot: QtBot, light: Theme) -> None:
    editor = LinksEditor(("https://a.example/", "https://a.example/"))
    qtbot.addWidget(editor)
    assert editor.links() == ("https://a.example/",)
