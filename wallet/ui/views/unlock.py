"""Opening the wallet: passphrase or recovery code. Shows no title, no count and no name."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from wallet.model.reasons import Reason, ReasonCode
from wallet.operations.wallets import Passphrase, RecoveryCode
from wallet.ui.buttons import Field, button
from wallet.ui.failure_box import FailureBox, failure_words
from wallet.ui.icons import Icon, themed_icon
from wallet.ui.labels import SafeLabel
from wallet.ui.panels import Page, column, hairline, row
from wallet.ui.progress_strip import ProgressStrip
from wallet.ui.tokens import Ink, Space, TextStyle
from wallet.ui.untrusted_text import tooltip

from .illustrations import LOCKED_SIZE, Illustration, paint_closed_pile

_COLUMN_PX = 720
_FIELD_PX = 380
#: Said beside the field; everything else needs the whole box with what is safe and what to do.
_OF_THE_FIELD = frozenset({ReasonCode.VAULT_WRONG_PASSPHRASE, ReasonCode.VAULT_WRONG_RECOVERY_CODE,
                           ReasonCode.RECOVERY_CODE_TYPO, ReasonCode.PASSPHRASE_EMPTY})
_NEEDS_BACKUP = frozenset({ReasonCode.VAULT_DAMAGED, ReasonCode.VAULT_MISSING, ReasonCode.VAULT_FOREIGN})


class UnlockPage(Page):
    """The closed wallet.

    Signals:
        unlock_requested: With a `Passphrase` or a `RecoveryCode`.
        other_requested: Open another wallet of this computer.
        check_requested: Check what somebody sent, with the wallet staying closed.
        restore_requested: Make a wallet from a backup: this one is damaged.
        quick_requested: Open it with what this computer keeps for it.

    Attributes:
        progress: For what takes long while the wallet is closed.
    """

    unlock_requested = Signal(object)
    quick_requested = Signal()
    other_requested = Signal()
    check_requested = Signal()
    restore_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margin=Space.PAGE, gap=0, max_width=_COLUMN_PX, parent=parent)
        self.setObjectName("unlock_page")
        self.setProperty("ground", "window")
        self._with_code = False
        self._busy = False
        self._build_head()
        self._build_form()
        self._build_links()
        self.content.addStretch(2)
        self._say()

    def reset(self) -> None:
        """Forget what was typed and wait for the passphrase."""
        self._with_code = False
        self._field.clear()
        self._field.set_wrong("")
        self._failure.clear()
        self._restore.hide()
        self._note.hide()
        self.show_working("")
        self.set_busy(False)
        self._say()
        self.focus_field()

    def offer_quick(self, *, offered: bool) -> None:
        """Offer to open it without the passphrase, or no longer."""
        self._or.setVisible(offered)
        self._quick.setVisible(offered)

    def note(self, sentence: str) -> None:
        """Say something above the field that is no failure: why quick unlock is not offered, what is done."""
        self._note.setText(sentence)
        self._note.setVisible(bool(sentence))

    def show_quick_failure(self, why: Reason) -> None:
        """Fall back on the passphrase, with one sentence why."""
        self.set_busy(False)
        self.offer_quick(offered=False)
        self.note(failure_words(why).what + " " + self.tr("Type your passphrase."))
        self.focus_field()

    def focus_field(self) -> None:
        """Put the cursor where the passphrase goes."""
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, busy: bool) -> None:  # noqa: FBT001 - mirrors Qt's setters
        """Show that the key is being derived, which takes a moment by design."""
        self._busy = busy
        self._field.setEnabled(not busy)
        self._unlock.setEnabled(not busy)
        self._quick.setEnabled(not busy)
        self._unlock.setText(self.tr("Opening…") if busy else self.tr("Unlock"))

    def show_working(self, said: str) -> None:
        """Show that something long is done with the closed wallet, and nothing else; "" for no longer."""
        for part in (self._hint, self._field, self._unlock, self._links):
            part.setVisible(not said)
        self.offer_quick(offered=False)
        if said:
            self._failure.clear()
            self.progress.start(said)
        else:
            self.progress.stop()

    def show_failure(self, why: Reason) -> None:
        """Say why it did not open; what was typed is forgotten where it was wrong."""
        self.set_busy(False)
        shown = self._failure.show_reason(why)
        self._restore.setVisible(why.code in _NEEDS_BACKUP)
        if why.code in _OF_THE_FIELD:
            self._field.set_wrong(shown.what)
            self._field.clear() if not self._with_code else self._field.selectAll()
        self.focus_field()

    def _build_head(self) -> None:
        self.content.addStretch(1)
        self.content.addWidget(Illustration(paint_closed_pile, LOCKED_SIZE))
        self.content.addSpacing(Space.LARGE)
        self._title = SafeLabel(self.tr("Your wallet is locked"), TextStyle.TITLE, wrapped=True)
        self._hint = SafeLabel("", TextStyle.BODY, ink=Ink.TEXT_2, wrapped=True)
        for label in (self._title, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.content.addWidget(label)
            self.content.addSpacing(Space.SMALL)
        self.content.addSpacing(Space.MEDIUM)

    def _build_form(self) -> None:
        self._field = Field("", icon=Icon.KEY, label=self.tr("Passphrase"), size="large")
        self._field.setObjectName("passphrase_field")
        self._field.setEchoMode(QLineEdit.EchoMode.Password)
        self._eye = reveal_action(self._field, self.tr("Show what you type"))
        self._field.returnPressed.connect(self._on_unlock)
        self._field.textEdited.connect(self._on_edited)
        self._unlock = button(self.tr("Unlock"), kind="primary", size="large", name="unlock_button")
        self._unlock.clicked.connect(self._on_unlock)
        self._failure = FailureBox()
        self._restore = button(self.tr("Restore from a backup"), size="large", name="restore_button")
        self._restore.clicked.connect(self.restore_requested)
        self._restore.hide()
        self._note = SafeLabel("", TextStyle.BODY, untrusted=True, wrapped=True)
        self._note.setObjectName("unlock_note")
        self._note.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._note.hide()
        self.progress = ProgressStrip()
        form = QWidget()
        form.setProperty("ground", "none")
        form.setMaximumWidth(_FIELD_PX)
        lines = column(form, gap=Space.MEDIUM)
        self._build_quick()
        for widget in (self._note, self.progress, self._field, self._failure, self._restore, self._unlock,
                       self._or, self._quick):
            widget.setSizePolicy(QSizePolicy.Policy.Expanding, widget.sizePolicy().verticalPolicy())
            lines.addWidget(widget)
        line = row()
        line.setContentsMargins(0, 0, 0, Space.MEDIUM)
        line.addStretch(1)
        line.addWidget(form, 100)
        line.addStretch(1)
        self.content.addLayout(line)

    def _build_quick(self) -> None:
        self._or = QWidget()
        self._or.setProperty("ground", "none")
        line = row(self._or, gap=Space.MEDIUM)
        line.addWidget(hairline(), 1)
        line.addWidget(SafeLabel(self.tr("or"), TextStyle.CAPTION))
        line.addWidget(hairline(), 1)
        self._quick = button(self.tr("Unlock with this computer's sign-in"), icon=Icon.PERSON, size="large",
                             name="quick_button")
        self._quick.clicked.connect(self._on_quick)
        self.offer_quick(offered=False)

    def _build_links(self) -> None:
        self._links = QWidget()
        self._links.setProperty("ground", "none")
        line = row(self._links, gap=Space.WIDE)
        line.addStretch(1)
        self._switch = button("", kind="link", size="small", name="recovery_link")
        self._switch.clicked.connect(self._on_switch)
        line.addWidget(self._switch)
        for text, name, signal in (
                (self.tr("Open another wallet"), "other_link", self.other_requested),
                (self.tr("Check something I received"), "check_link", self.check_requested)):
            link = button(text, kind="link", size="small", name=name)
            link.clicked.connect(signal)
            line.addWidget(link)
        line.addStretch(1)
        self.content.addSpacing(Space.SMALL)
        self.content.addWidget(self._links)

    def _say(self) -> None:
        code = self._with_code
        self._hint.setText(self.tr("Enter the recovery code from your printed sheet.") if code
                           else self.tr("Enter your passphrase to open it."))
        self._switch.setText(self.tr("Use my passphrase") if code else self.tr("Use my recovery sheet"))
        self._switch.setAccessibleName(self._switch.text())
        self._field.setAccessibleName(self.tr("Recovery code") if code else self.tr("Passphrase"))
        self._field.setEchoMode(QLineEdit.EchoMode.Normal if code else QLineEdit.EchoMode.Password)
        self._eye.setVisible(not code)
        self._eye.setChecked(False)

    def _on_switch(self) -> None:
        self._with_code = not self._with_code
        self._field.clear()
        self._field.set_wrong("")
        self._failure.clear()
        self._say()
        self.focus_field()

    def _on_edited(self) -> None:
        self._field.set_wrong("")
        self._failure.clear()

    def _on_quick(self) -> None:
        if not self._busy:
            self.note("")
            self._failure.clear()
            self.set_busy(True)
            self.quick_requested.emit()

    def _on_unlock(self) -> None:
        text = self._field.text()
        if self._busy or not text.strip():
            self.focus_field()
            return
        self._failure.clear()
        self.set_busy(True)
        self.unlock_requested.emit(RecoveryCode(text) if self._with_code else Passphrase(text))


def reveal_action(field: QLineEdit, label: str) -> QAction:
    """Give a passphrase field an eye that shows what is typed; back to dots when it is pressed again."""
    action = QAction(themed_icon(Icon.EYE, Ink.TEXT_2), label, field)
    action.setCheckable(True)
    action.setToolTip(tooltip(label))  # else Qt shows the text itself, and guesses at markup

    def on_toggled(shown: bool) -> None:  # noqa: FBT001 - a slot
        field.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        action.setIcon(themed_icon(Icon.EYE_OFF if shown else Icon.EYE, Ink.TEXT_2))

    action.toggled.connect(on_toggled)
    field.addAction(action, QLineEdit.ActionPosition.TrailingPosition)
    return action
