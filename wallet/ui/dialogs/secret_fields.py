"""Fields for secrets: the one that opens a wallet, and a new passphrase typed twice with its strength."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from wallet.model.report import Level
from wallet.operations.passphrase import strength
from wallet.operations.wallets import Passphrase, RecoveryCode, Secret
from wallet.ui.buttons import Field, Segments
from wallet.ui.icons import Icon
from wallet.ui.labels import SafeLabel, StatusLabel
from wallet.ui.panels import column
from wallet.ui.tokens import Ink, Space, TextStyle
from wallet.ui.views.create import strength_words
from wallet.ui.views.unlock import reveal_action

_RATE_AFTER_MS = 120


class SecretField(QWidget):
    """The passphrase or the recovery code.

    Signals:
        changed: Something was typed.
        entered: The return key.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self, label: str, *, with_code: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "none")
        self._label = label
        lines = column(self, gap=Space.SMALL)
        self._words = SafeLabel(label, TextStyle.STRONG, wrapped=True)
        lines.addWidget(self._words)
        self._kind = Segments(((None, self.tr("Passphrase")), (None, self.tr("Recovery code"))),
                              with_words=True)
        self._kind.chosen.connect(self._on_kind)
        self._kind.setVisible(with_code)
        lines.addWidget(self._kind, 0, Qt.AlignmentFlag.AlignLeft)
        self.field = Field("", icon=Icon.KEY, label=label)
        self.field.setObjectName("secret_field")
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self._eye = reveal_action(self.field, self.tr("Show what you type"))
        self.field.textChanged.connect(self.changed)
        self.field.returnPressed.connect(self.entered)
        self._words.setBuddy(self.field)
        lines.addWidget(self.field)

    def secret(self) -> Secret | None:
        """Return what was typed, None for nothing."""
        text = self.field.text()
        if not text.strip():
            return None
        return RecoveryCode(text) if self._kind.choice() == 1 else Passphrase(text)

    def clear(self) -> None:
        """Forget what was typed."""
        self.field.clear()

    def _on_kind(self, choice: int) -> None:
        code = choice == 1
        self.field.clear()
        self.field.setAccessibleName(self.tr("Recovery code") if code else self._label)
        self.field.setEchoMode(QLineEdit.EchoMode.Normal if code else QLineEdit.EchoMode.Password)
        self._eye.setVisible(not code)
        self._eye.setChecked(False)


class NewPassphrase(QWidget):
    """A new passphrase, twice, with its strength in words.

    Signals:
        changed: Something was typed.
    """

    changed = Signal()

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "none")
        lines = column(self, gap=Space.SMALL)
        self._first = _hidden(lines, label, "new_secret", self.tr("Show what you type"))
        self._strength = StatusLabel()
        self._strength.hide()
        lines.addWidget(self._strength)
        self._second = _hidden(lines, self.tr("The same again"), "repeat_secret",
                               self.tr("Show what you type"))
        self._differs = SafeLabel("", TextStyle.SMALL, ink=Ink.PROBLEM, wrapped=True)
        self._differs.hide()
        lines.addWidget(self._differs)
        self._rating = QTimer(self)
        self._rating.setSingleShot(True)
        self._rating.setInterval(_RATE_AFTER_MS)
        self._rating.timeout.connect(self._on_rate)
        for field in (self._first, self._second):
            field.textChanged.connect(self._on_typed)
        self._second.editingFinished.connect(self._say_whether_same)

    def passphrase(self) -> str:
        """Return it, "" while nothing is typed or the two differ."""
        return self._first.text() if self._first.text() == self._second.text() else ""

    def _on_typed(self) -> None:
        if self.passphrase():
            self._say_whether_same()
        self._rating.start()
        self.changed.emit()

    def _say_whether_same(self) -> None:
        first, second = self._first.text(), self._second.text()
        sentence = self.tr("The two do not match.") if second and first != second else ""
        self._differs.setText(sentence)
        self._differs.setVisible(bool(sentence))
        self._second.set_wrong(sentence)

    def _on_rate(self) -> None:
        text = self._first.text()
        self._strength.setVisible(bool(text))
        if text:
            level, word = strength_words(strength(text))
            icon = Icon.CHECK if level is Level.GOOD else None
            self._strength.set_status(level, self.tr(word), icon=icon)


def _hidden(lines: QVBoxLayout, label: str, name: str, eye: str) -> Field:
    words = SafeLabel(label, TextStyle.STRONG, wrapped=True)
    field = Field("", icon=Icon.KEY, label=label)
    field.setObjectName(name)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    reveal_action(field, eye)
    words.setBuddy(field)
    lines.addWidget(words)
    lines.addWidget(field)
    return field
