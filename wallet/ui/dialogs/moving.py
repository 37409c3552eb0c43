"""Taking everything along in one file, and looking at what another wallet saved before it comes in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wallet.model.reasons import Reason, ReasonCode
from wallet.model.report import Level
from wallet.operations.foreign_wallets import Inside
from wallet.operations.intake import ImportOutcome, ImportRow
from wallet.ui.buttons import Segments
from wallet.ui.check_panel import clear
from wallet.ui.labels import SafeLabel, StatusLabel
from wallet.ui.panels import Notice, ScrollColumn, column, row
from wallet.ui.tick import TickLine
from wallet.ui.tokens import Space, TextStyle
from wallet.ui.wording import counted, reason_text

from .form import FormDialog
from .secret_fields import SecretField
from .whose_copy import WhoseCopy

_SHOWN = 200
_LIST_PX = 220
_NEEDS_SECRET = frozenset({ReasonCode.EXPORT_LOCKED, ReasonCode.VAULT_LOCKED,
                           ReasonCode.EXPORT_WRONG_PASSPHRASE, ReasonCode.VAULT_WRONG_PASSPHRASE,
                           ReasonCode.VAULT_WRONG_RECOVERY_CODE, ReasonCode.RECOVERY_CODE_TYPO})


class LeaveDialog(FormDialog):
    """Encrypted or not, with the keys or without.

    Signals:
        given: Whether it is in the clear, and the secret if the keys go along, else None.
    """

    given = Signal(bool, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Take everything with you"),
            self.tr("One file with every original, the evidence, your own words, bundles and records, and "
                    "a page "
                    "that says what is what."),
            self.tr("Choose where…"), name="leave_dialog", parent=parent)
        self._form = Segments(((None, self.tr("Encrypted")), (None, self.tr("Readable by anybody"))),
                              with_words=True)
        self._form.setObjectName("leave_form")
        self.body.addWidget(self._form)
        self._about = SafeLabel("", TextStyle.SMALL, wrapped=True)
        self.body.addWidget(self._about)
        self._warning = Notice(Level.PROBLEM, self.tr("Whoever gets this file reads all of it."), self.tr(
            "Every credential, your addresses, your notes, and whom you showed what. Take it only if another "
            "program has to read it, and delete it afterwards."))
        self._sure = TickLine(self.tr("I want it readable by anybody"))
        self._sure.setObjectName("leave_sure")
        self._keys = TickLine(self.tr("My secret keys too: who has them can act in my name"))
        self._keys.setObjectName("leave_keys")
        self._secret = SecretField(self.tr("Your passphrase"))
        for part in (self._warning, self._sure, self._keys, self._secret):
            self.body.addWidget(part)
        self._form.chosen.connect(self._on_chosen)
        self._sure.toggled.connect(self.arrange)
        self._keys.toggled.connect(self._on_chosen)
        self._secret.changed.connect(self.arrange)
        self.wished.connect(lambda: self.given.emit(
            self._form.choice() == 1, self._secret.secret() if self._keys.isChecked() else None))
        self._on_chosen()

    def is_complete(self) -> bool:
        """Return whether the clear text is wanted for sure, and the secret there where keys go along."""
        sure = self._form.choice() == 0 or self._sure.isChecked()
        return sure and (not self._keys.isChecked() or self._secret.secret() is not None)

    def _on_chosen(self) -> None:
        plain = self._form.choice() == 1
        self._about.setText(self.tr("A ZIP archive.") if plain else self.tr(
            "It opens with your passphrase or your recovery code of today, in this program."))
        self._warning.setVisible(plain)
        self._sure.setVisible(plain)
        self._secret.setVisible(self._keys.isChecked())
        self.arrange()
        self.fit()


class MoveInDialog(FormDialog):
    """What is in the file, what of it comes, what does not; keys only if they are ticked.

    Signals:
        look_wished: The secret, None where none was given.
        take_wished: The secret, whether the keys come too, and whether the file is the learner's own.
    """

    look_wished = Signal(object)
    take_wished = Signal(object, bool, bool)

    def __init__(self, source: Path, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Move in from another wallet"),
            self.tr("This is what “{name}” holds. Nothing has come in yet.").format(name=source.name),
            self.tr("Look into it"), name="move_in_dialog", parent=parent)
        self._inside: Inside | None = None
        self._whose: WhoseCopy | None = None
        self._secret = SecretField(self.tr("Passphrase the file was made with"))
        self._secret.changed.connect(self.arrange)
        self._secret.entered.connect(self._on_go)
        self._secret.hide()
        self.body.addWidget(self._secret)
        self._found = column(gap=Space.SMALL)
        self.body.addLayout(self._found)
        self._keys = TickLine(self.tr("Bring its secret keys in too, as further keys of mine"))
        self._keys.setObjectName("move_keys")
        self._keys.hide()
        self.body.addWidget(self._keys)
        self.wished.connect(self._on_wished)
        self.set_busy(self.tr("Looking into it…"))

    def is_complete(self) -> bool:
        """Return whether there is something to look at or to take."""
        return self._inside is not None or self._secret.isHidden() or self._secret.secret() is not None

    def show_failure(self, why: Reason) -> None:
        """Say why it could not be read; a locked file asks for its passphrase instead."""
        locked = why.code in (ReasonCode.EXPORT_LOCKED, ReasonCode.VAULT_LOCKED)
        if why.code in _NEEDS_SECRET:
            self._secret.show()
            self._secret.field.setFocus()
        if locked:
            self.set_busy("")
        else:
            super().show_failure(why)
            self.show_buttons(why.code in _NEEDS_SECRET)
        self.fit()

    def show_inside(self, inside: Inside) -> None:
        """Show what comes and what does not."""
        self._inside = inside
        self.set_busy("")
        self._secret.hide()
        clear(self._found)
        comes = [one for one in inside.rows if one.outcome is not ImportOutcome.REFUSED]
        left = [one for one in inside.rows if one.outcome is ImportOutcome.REFUSED]
        text = counted(len(comes), "%n credential can come in", "%n credentials can come in")
        if inside.more:
            text += ", " + self.tr("and your own words, bundles and records that were saved with them")
        self._found.addWidget(SafeLabel(text + ".", TextStyle.STRONG, wrapped=True))
        if comes or left:
            self._found.addWidget(_Rows(comes, left))
        if inside.with_keys:
            self._found.addWidget(SafeLabel(
                self.tr("A backup brings its keys too, as further keys of yours."), TextStyle.SMALL,
                wrapped=True))
        if inside.asks_whose:
            self._whose = WhoseCopy()
            self._found.addWidget(self._whose)
        self._keys.setVisible(bool(inside.keys))
        self.set_action(self.tr("Move in"))
        self.show_buttons(bool(comes) or inside.more or bool(inside.keys))
        self.fit()

    def _on_wished(self) -> None:
        if self._inside is None:
            self.set_busy(self.tr("Looking into it…"))
            self.look_wished.emit(self._secret.secret())
        else:
            self.take_wished.emit(self._secret.secret(), self._keys.isChecked(),
                                  self._whose is not None and self._whose.is_mine())


class _Rows(ScrollColumn):
    """One line each, those that do not come with their reason."""

    def __init__(self, comes: list[ImportRow], left: list[ImportRow]) -> None:
        inner = QWidget()
        lines = column(inner, gap=Space.SMALL)
        lines.setContentsMargins(0, 0, Space.MEDIUM, 0)
        for one in left[:_SHOWN]:
            _line(lines, StatusLabel(Level.CARE, self.tr("stays")), one.title or one.name,
                  reason_text(one.reason) if one.reason else "")
        for one in comes[:_SHOWN]:
            _line(lines, StatusLabel(Level.GOOD, self.tr("comes")), one.title or one.name, one.issuer)
        rest = max(len(left) - _SHOWN, 0) + max(len(comes) - _SHOWN, 0)
        if rest:
            lines.addWidget(SafeLabel(counted(rest, "and %n more", "and %n more"), TextStyle.CAPTION))
        lines.addStretch(1)
        super().__init__(inner)
        self.setFixedHeight(_LIST_PX)


def _line(lines: QVBoxLayout, status: StatusLabel, name: str, about: str) -> None:
    line = row(gap=Space.MEDIUM)
    line.addWidget(status)
    words = column()
    words.addWidget(SafeLabel(name, TextStyle.BODY, untrusted=True, elided=True))
    if about:
        words.addWidget(SafeLabel(about, TextStyle.CAPTION, untrusted=True, wrapped=True))
    line.addLayout(words, 1)
    lines.addLayout(line)
