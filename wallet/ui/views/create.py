"""Making a wallet: a passphrase, then the recovery code, then that typed back."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from wallet.model.reasons import Reason
from wallet.model.report import Level
from wallet.operations.passphrase import Strength, strength
from wallet.ui.buttons import Field, button
from wallet.ui.failure_box import FailureBox
from wallet.ui.icons import Icon
from wallet.ui.labels import SafeLabel, StatusLabel
from wallet.ui.panels import Page, column, row
from wallet.ui.steps import Steps
from wallet.ui.tokens import Ink, Space, TextStyle

from .recovery_steps import CodeStep, CompareStep
from .unlock import reveal_action

_COLUMN_PX = 620
_RATE_AFTER_MS = 120


class CreatePage(Page):
    """Three steps; the wallet is made between the first and the second.

    Signals:
        passphrase_chosen: Make the wallet with this one.
        finished: The learner has her recovery code; open the wallet.
        back_requested: She wants no wallet after all.
    """

    passphrase_chosen = Signal(str)
    finished = Signal()
    back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margin=Space.PAGE, gap=Space.WIDE, max_width=_COLUMN_PX, parent=parent)
        self.setObjectName("create_page")
        self._code = ""
        self._steps = Steps((self.tr("Passphrase"), self.tr("Recovery code"), self.tr("Compare")))
        self._stack = QStackedWidget()
        self._first = _PassphraseStep()
        self._second = CodeStep()
        self._third = CompareStep(self.tr("Open my wallet"))
        for step in (self._first, self._second, self._third):
            self._stack.addWidget(step)
        self.content.addWidget(self._steps)
        self.content.addWidget(self._stack)
        self.content.addStretch(1)
        self._first.chosen.connect(self.passphrase_chosen)
        self._first.back.connect(self.back_requested)
        self._second.next.connect(lambda: self._go(2))
        self._third.back.connect(lambda: self._go(1))
        self._third.matched.connect(self.finished)

    def reset(self) -> None:
        """Forget everything that was typed or shown."""
        self._code = ""
        self._first.reset()
        self._second.show_code("")
        self._third.expect("")
        self._go(0)

    def show_failure(self, why: Reason) -> None:
        """Say why the wallet could not be made."""
        self._first.show_failure(why)

    def set_busy(self, busy: bool) -> None:  # noqa: FBT001 - mirrors Qt's setters
        """Show that the wallet is being made."""
        self._first.set_busy(busy)

    def show_code(self, recovery_code: str) -> None:
        """Show the recovery code, the only time it can be shown."""
        self._code = recovery_code
        self._first.reset()
        self._second.show_code(recovery_code)
        self._third.expect(recovery_code)
        self._go(1)

    def _go(self, index: int) -> None:
        self._steps.set_current(index)
        self._stack.setCurrentIndex(index)
        self.verticalScrollBar().setValue(0)
        (self._first, self._second, self._third)[index].focus_first()


class _PassphraseStep(QWidget):
    """Choose a passphrase, twice."""

    chosen = Signal(str)
    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        layout = column(self, gap=Space.MEDIUM)
        layout.addWidget(SafeLabel(self.tr("Choose a passphrase"), TextStyle.SUBTITLE, wrapped=True))
        layout.addWidget(SafeLabel(
            self.tr("It encrypts everything in your wallet on this computer. Four or more words that do not "
                    "belong together are good, and easier to remember than signs."),
            TextStyle.BODY, ink=Ink.TEXT_2, wrapped=True))
        self._field = _secret_field(self.tr("Passphrase"), "new_passphrase", self.tr("Show what you type"))
        self._again = _secret_field(self.tr("Passphrase again"), "repeat_passphrase",
                                    self.tr("Show what you type"))
        self._strength = StatusLabel()
        self._strength.setObjectName("strength_label")
        self._differs = SafeLabel("", TextStyle.SMALL, ink=Ink.PROBLEM, wrapped=True)
        _labelled(layout, self.tr("Passphrase"), self._field)
        layout.addWidget(self._strength)
        _labelled(layout, self.tr("The same again"), self._again)
        layout.addWidget(self._differs)
        self._reset_notice = SafeLabel(
            self.tr("We cannot reset it: nobody but you can open this wallet."), TextStyle.STRONG,
            wrapped=True)
        layout.addWidget(self._reset_notice)
        layout.addWidget(SafeLabel(self.tr("Next you get a recovery code to print, in case you forget it."),
                                   TextStyle.BODY, ink=Ink.TEXT_2, wrapped=True))
        self._failure = FailureBox()
        layout.addWidget(self._failure)
        layout.addSpacing(Space.SMALL)
        self._build_buttons(layout)
        self._rating = QTimer(self)
        self._rating.setSingleShot(True)
        self._rating.setInterval(_RATE_AFTER_MS)
        self._rating.timeout.connect(self._on_rate)
        self._field.textChanged.connect(self._on_typed)
        self._again.textChanged.connect(self._on_typed)
        self._field.returnPressed.connect(self._again.setFocus)
        self._again.returnPressed.connect(self._on_next)
        self.reset()

    def reset(self) -> None:
        """Forget what was typed."""
        self._field.clear()
        self._again.clear()
        self._failure.clear()
        self.set_busy(False)
        self._on_rate()

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, busy: bool) -> None:  # noqa: FBT001 - mirrors Qt's setters
        """Show that the wallet is being made."""
        for widget in (self._field, self._again, self._next, self._cancel):
            widget.setEnabled(not busy)
        self._next.setText(self.tr("Making your wallet…") if busy else self.tr("Make my wallet"))

    def show_failure(self, why: Reason) -> None:
        """Say why it could not be made."""
        self.set_busy(False)
        self._failure.show_reason(why)
        self.focus_first()

    def _build_buttons(self, layout: QVBoxLayout) -> None:
        line = row(gap=Space.MEDIUM)
        self._next = button(self.tr("Make my wallet"), kind="primary", size="large", name="make_button")
        self._next.clicked.connect(self._on_next)
        self._cancel = button(self.tr("Back"), size="large", name="create_back")
        self._cancel.clicked.connect(self.back)
        line.addWidget(self._next)
        line.addWidget(self._cancel)
        line.addStretch(1)
        layout.addLayout(line)
        layout.addStretch(1)

    def _on_typed(self) -> None:
        self._say_different("")
        self._failure.clear()
        self._rating.start()

    def _say_different(self, sentence: str) -> None:
        self._differs.setText(sentence)
        self._differs.setVisible(bool(sentence))
        self._again.set_wrong(sentence)

    def _on_rate(self) -> None:
        text = self._field.text()
        self._strength.setVisible(bool(text))
        if text:
            level, word = strength_words(strength(text))
            icon = Icon.CHECK if level is Level.GOOD else None  # the tick in a circle is for verdicts
            self._strength.set_status(level, self.tr(word), icon=icon)

    def _on_next(self) -> None:
        first, second = self._field.text(), self._again.text()
        if not first:
            self.focus_first()
        elif first != second:
            self._say_different(self.tr("The two do not match."))
            self._again.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._failure.clear()
            self.set_busy(True)
            self.chosen.emit(first)


def strength_words(rated: Strength) -> tuple[Level, str]:
    """Return the look and the words of an estimate."""
    words = (
        (Level.PROBLEM, "Very weak: guessed at once"),
        (Level.PROBLEM, "Weak: guessed within hours"),
        (Level.CARE, "Fair: one more word makes it strong"),
        (Level.GOOD, "Strong"),
        (Level.GOOD, "Very strong"),
    )
    return words[rated.score]


def _secret_field(label: str, name: str, eye: str) -> Field:
    field = Field("", icon=Icon.KEY, label=label, size="large")
    field.setObjectName(name)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    reveal_action(field, eye)
    return field


def _labelled(layout: QVBoxLayout, text: str, field: QLineEdit) -> None:
    label = SafeLabel(text, TextStyle.STRONG)
    label.setBuddy(field)
    layout.addWidget(label)
    layout.addWidget(field)
