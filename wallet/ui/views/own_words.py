"""The learner's own words on one credential: tags, a title, a note; changed where they stand.

They may have come in with an export, so they are shown as untrusted text like any other.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from wallet.operations.labels import Labels
from wallet.ui.buttons import Field, button
from wallet.ui.check_panel import clear
from wallet.ui.flow import flow_box
from wallet.ui.icons import Icon
from wallet.ui.labels import SafeLabel
from wallet.ui.panels import column
from wallet.ui.tokens import Ink, Space, TextStyle
from wallet.ui.untrusted_text import shown_text

_NOTE_PX = 84
_KEPT_AFTER_MS = 4_000
_MAX_TAG_SHOWN = 40


class OwnWords(QWidget):
    """A row of tags and small buttons; below it the own title and the note, where there are any.

    Signals:
        title_changed, note_changed: The new text, "" for none.
        tag_added, tag_removed: The tag.
    """

    title_changed = Signal(str)
    note_changed = Signal(str)
    tag_added = Signal(str)
    tag_removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("own_words")
        self.setProperty("ground", "none")
        self._labels = Labels()
        self._lines = column(self, gap=Space.SMALL)
        self._chips = column()
        self._lines.addLayout(self._chips)
        self._tag = self._editor(self.tr("New tag, then Enter"), "tag_field")
        self._tag.returnPressed.connect(self._on_tag)
        self._title = self._editor(self.tr("Your own title, then Enter"), "own_title_field")
        self._title.returnPressed.connect(self._on_title)
        self._called = SafeLabel("", TextStyle.BODY, untrusted=True, wrapped=True)
        self._lines.addWidget(self._called)
        self._note = NoteField(self.tr("Your note"))
        self._note.kept.connect(self._on_note)
        self._note.hide()
        self._lines.addWidget(self._note)
        self._noted = SafeLabel("", TextStyle.BODY, ink=Ink.TEXT_2, untrusted=True, wrapped=True)
        self._lines.addWidget(self._noted)
        self.set_labels(Labels())

    def set_labels(self, labels: Labels) -> None:
        """Show these; an open field stays open."""
        self._labels = labels
        clear(self._chips)
        chips = [self._chip(tag) for tag in labels.tags]
        add = button(self.tr("Tag"), kind="quiet", icon=Icon.ADD, size="chip", name="add_tag")
        add.setAccessibleName(self.tr("Add a tag"))
        add.clicked.connect(lambda: self._open(self._tag))
        title = button(self.tr("Own title") if not labels.title else self.tr("Change title"), kind="quiet",
                       size="chip", name="edit_own_title")
        title.clicked.connect(lambda: self._open(self._title))
        note = button(self.tr("Note") if not labels.note else self.tr("Change note"), kind="quiet",
                      icon=Icon.CLIP, size="chip", name="edit_note")
        note.clicked.connect(self._open_note)
        self._chips.addWidget(flow_box(*chips, add, title, note))
        self._called.setText(self.tr("You call it “{title}”.").format(title=labels.title))
        self._called.setVisible(bool(labels.title))
        self._noted.setText(labels.note)
        self._noted.setVisible(bool(labels.note) and self._note.isHidden())
        if not self._note.hasFocus():
            self._note.set_text(labels.note)

    def _chip(self, tag: str) -> QWidget:
        shown = shown_text(tag, single_line=True).text
        cut = shown if len(shown) <= _MAX_TAG_SHOWN else shown[:_MAX_TAG_SHOWN] + "…"
        chip = button(cut.replace("&", "&&"), icon=Icon.CLOSE, size="small", name="tag_chip")
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the cross stands at the end
        chip.setAccessibleName(self.tr("Remove the tag {tag}").format(tag=shown))
        chip.clicked.connect(lambda: self.tag_removed.emit(tag))
        return chip

    def _editor(self, hint: str, name: str) -> Field:
        field = Field(hint, label=hint)
        field.setObjectName(name)
        field.setMaximumWidth(360)
        field.hide()
        field.installEventFilter(self)
        self._lines.addWidget(field)
        return field

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape closes a field without keeping what is in it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and \
                event.key() == Qt.Key.Key_Escape and isinstance(watched, Field):
            watched.hide()
            return True
        return super().eventFilter(watched, event)

    def _open(self, field: Field) -> None:
        field.setText(self._labels.title if field is self._title else "")
        field.show()
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_note(self) -> None:
        self._noted.hide()
        self._note.set_text(self._labels.note)
        self._note.show()
        self._note.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_tag(self) -> None:
        tag = self._tag.text().strip()
        self._tag.clear()
        if tag:
            self.tag_added.emit(tag)
        else:
            self._tag.hide()

    def _on_title(self) -> None:
        title = self._title.text().strip()
        self._title.hide()
        if title != self._labels.title:
            self.title_changed.emit(title)

    def _on_note(self, note: str, done: bool) -> None:  # noqa: FBT001 - a slot
        if note != self._labels.note:
            self.note_changed.emit(note)
        if done:
            self._note.hide()
            self._noted.setVisible(bool(self._labels.note))


class NoteField(QPlainTextEdit):
    """A few lines that keep themselves: when the field is left, or when nobody has typed for a moment.

    Signals:
        kept: The text, and whether the field was left.
    """

    kept = Signal(str, bool)

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("note_field")
        self.setAccessibleName(label)
        self.setPlaceholderText(label)
        self.setTabChangesFocus(True)
        self.setFixedHeight(_NOTE_PX)
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(_KEPT_AFTER_MS)
        self._waiting.timeout.connect(lambda: self.kept.emit(self.toPlainText().strip(), False))
        self.textChanged.connect(self._waiting.start)

    def set_text(self, text: str) -> None:
        """Show a text that is kept already."""
        if text != self.toPlainText():
            self.setPlainText(text)
        self._waiting.stop()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what was typed."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._waiting.stop()
            self.kept.emit(self.toPlainText().strip(), True)
