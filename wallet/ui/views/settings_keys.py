"""The learner's own keys: which one signs, since when, and what can be done with each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from wallet.model.report import Level
from wallet.operations.holder_keys import KeptHolderKey
from wallet.ui.buttons import button, icon_button
from wallet.ui.check_panel import clear
from wallet.ui.icons import Icon
from wallet.ui.labels import IconLabel, SafeLabel, StatusLabel
from wallet.ui.panels import column, hairline, row
from wallet.ui.tokens import Ink, Space, TextStyle
from wallet.ui.wording import long_date

from .settings_section import SettingsSection

_SHOWN = 50


class KeysSection(SettingsSection):
    """Own keys.

    Signals:
        new_requested, import_requested: Make one, or bring one in.
        label_requested, choose_requested, retire_requested, replace_requested, export_requested: The key's
            number, as text.
    """

    new_requested = Signal()
    import_requested = Signal()
    label_requested = Signal(str)
    choose_requested = Signal(str)
    retire_requested = Signal(str)
    replace_requested = Signal(str)
    export_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("settings_keys", parent)
        self.set_title(self.tr("Your keys"))
        self.content.addWidget(SafeLabel(
            self.tr("What you share is signed with one of these. A retired key signs nothing, and still "
                    "shows "
                    "what was issued to you under it."), TextStyle.SMALL, wrapped=True))
        self._lines = column(gap=Space.MEDIUM)
        self.content.addLayout(self._lines)
        self.content.addLayout(self._build_buttons())

    def show_keys(self, keys: Sequence[KeptHolderKey]) -> None:
        """Show these, those in use first."""
        clear(self._lines)
        in_use = sum(one.retired_at is None for one in keys)
        ordered = sorted(keys, key=lambda one: (one.retired_at is not None, not one.is_default, one.number))
        for one in ordered[:_SHOWN]:
            self._lines.addWidget(self._row(one, is_only=in_use == 1 and one.retired_at is None))
            self._lines.addWidget(hairline())

    def _build_buttons(self) -> QHBoxLayout:
        line = row(gap=Space.MEDIUM)
        new = button(self.tr("New key…"), icon=Icon.ADD, name="new_key")
        new.clicked.connect(self.new_requested)
        bring = button(self.tr("Bring a key in…"), name="import_key")
        bring.clicked.connect(self.import_requested)
        line.addWidget(new)
        line.addWidget(bring)
        line.addStretch(1)
        return line

    def _row(self, one: KeptHolderKey, *, is_only: bool) -> QWidget:
        box = QWidget()
        box.setProperty("ground", "none")
        line = row(box, gap=Space.MEDIUM)
        used = one.retired_at is None
        line.addWidget(IconLabel(Icon.KEY, 20, Ink.ACCENT_TEXT if used else Ink.TEXT_3))
        words = column(gap=2)
        name = self.name_of(one)
        words.addWidget(SafeLabel(name, TextStyle.STRONG, untrusted=True, elided=True))
        dates = self.tr("made on {date}").format(date=long_date(one.made_at))
        if one.retired_at is not None:
            dates += " · " + self.tr("retired on {date}").format(date=long_date(one.retired_at))
        words.addWidget(SafeLabel(dates, TextStyle.CAPTION))
        did = SafeLabel(one.key.did, TextStyle.CAPTION, untrusted=True, elided=True)
        words.addWidget(did)
        line.addLayout(words, 1)
        if one.is_default:
            line.addWidget(StatusLabel(Level.GOOD, self.tr("Signs"), icon=Icon.CHECK))
        elif not used:
            line.addWidget(StatusLabel(Level.UNKNOWN, self.tr("Retired"), icon=Icon.CLOCK))
        more = icon_button(Icon.MORE, self.tr("What can be done with key {n}").format(n=one.number),
                           name="key_more")
        more.setMenu(self._menu(one, more, is_only=is_only))
        line.addWidget(more)
        return box

    def name_of(self, one: KeptHolderKey) -> str:
        """Return the learner's words for a key, or its number."""
        return one.label or self.tr("Key {n}").format(n=one.number)

    def _menu(self, one: KeptHolderKey, parent: QWidget, *, is_only: bool) -> QMenu:
        menu, number = QMenu(parent), str(one.number)
        used = one.retired_at is None
        entries = (
            (self.tr("Rename…"), "key_label", self.label_requested, True),
            (self.tr("Sign with this one"), "key_choose", self.choose_requested, used and not one.is_default),
            (self.tr("Replace by a new key…"), "key_replace", self.replace_requested, used),
            (self.tr("Retire…"), "key_retire", self.retire_requested, used and not is_only),
            (self.tr("Save a copy…"), "key_export", self.export_requested, True),
        )
        for text, name, signal, possible in entries:
            action = QAction(text, menu)
            action.setObjectName(name)
            action.setEnabled(possible)
            action.triggered.connect(lambda _checked=False, told=signal: told.emit(number))
            menu.addAction(action)
        return menu
