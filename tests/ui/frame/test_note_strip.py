"""The note: says it, offers to undo it once, takes no room while it is silent."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from wallet.ui.note_strip import NoteStrip, StripHolder
from wallet.ui.theme import Theme


def test_undo_is_offered_once(qtbot: QtBot, theme: Theme) -> None:
    strip, undone = NoteStrip(), list[bool]()
    holder = StripHolder(strip)
    qtbot.addWidget(holder)
    assert holder.isHidden()
    strip.say("Deleted.", undo=lambda: undone.append(True))
    assert not holder.isHidden()
    assert strip.text == "Deleted."
    button = strip.findChild(QPushButton, "note_undo")
    assert isinstance(button, QPushButton)
    button.click()
    button.click()
    assert undone == [True]
    assert holder.isHidden()


def test_nothing_to_undo_offers_nothing(qtbot: QtBot, light: Theme) -> None:
    strip = NoteStrip()
    qtbot.addWidget(strip)
    strip.say("Saved.", stays=True)
    button = strip.findChild(QPushButton, "note_undo")
    assert isinstance(button, QPushButton)
    assert button.isHidden()
    assert not strip._timer.isActive()
