"""Tags, titles and notes through the window, each taken back by Ctrl+Z; tags as filters."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QPushButton

from tests.ui.online.conftest import Life
from tests.ui.vault.driving import dialog, fill
from wallet.operations import labels
from wallet.ui.buttons import Chip
from wallet.ui.dialogs.form import TextDialog
from wallet.ui.sidebar import Section
from wallet.ui.views.own_words import NoteField, OwnWords

HOSTILE = "<b>&x</b>\u202e"


def _enter(life: Life, name: str, text: str) -> None:
    field = life.find(QLineEdit, name)
    field.setText(text)
    field.returnPressed.emit()
    life.wait()


def test_own_words_are_kept_shown_and_taken_back(life: Life) -> None:
    one, work = life.ids[0], life.work
    work.open_detail(one)
    life.wait()
    life.press("add_tag")
    _enter(life, "tag_field", "for the bank")
    _enter(life, "tag_field", HOSTILE)
    assert len(labels.labels(life.session, one).tags) == 2
    life.press("edit_own_title")
    _enter(life, "own_title_field", "My course")
    assert labels.labels(life.session, one).title == "My course"
    life.press("edit_note")
    note = life.find(NoteField, "note_field")
    note.setPlainText("Bring the report")
    note.focusOutEvent(QFocusEvent(QFocusEvent.Type.FocusOut, Qt.FocusReason.TabFocusReason))
    life.wait()
    assert labels.labels(life.session, one).note == "Bring the report"
    assert "Bring the report" in life.said(work.detail)
    assert "My course" in {str(work.library.model.index(row).data()).strip("\u2068\u2069")
                           for row in range(work.library.model.rowCount())}
    for said, kept in (("the note", "My course"), ("the title", "")):
        life.desktop.window.actions_by_name["action_undo"].trigger()
        life.wait()
        assert said in work._note.text
        assert labels.labels(life.session, one).title == kept
    chips = work.detail.findChildren(QPushButton, "tag_chip")
    next(chip for chip in chips if "bank" in chip.accessibleName()).click()
    life.wait()
    assert len(labels.labels(life.session, one).tags) == 1
    life.press("note_undo")
    assert len(labels.labels(life.session, one).tags) == 2


def test_tags_filter_the_library(life: Life) -> None:
    work = life.work
    work.show_section(Section.CREDENTIALS)
    work.library.tag_requested.emit(life.ids[:2])
    fill(dialog(life, TextDialog), "text_field", "data")
    life.press("text_dialog_go")
    assert "2 credentials have the tag" in work._note.text
    life.find(Chip, "tag_filter").click()
    life.wait()
    assert {row.id for row in work.library.model.rows()} == set(life.ids[:2])
    work.library.clear_filters()
    life.wait()
    assert {row.id for row in work.library.model.rows()} == set(life.ids)


def test_nothing_to_take_back_is_said(life: Life) -> None:
    life.desktop.window.actions_by_name["action_undo"].trigger()
    life.wait()
    assert any("nothing to take back" in life.said(one) for one in life.dialogs())
    assert life.work.detail.findChildren(OwnWords) == []
