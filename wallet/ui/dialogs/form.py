"""A dialog that asks for a few things, does one thing, and says where it failed without closing."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QProgressBar, QVBoxLayout, QWidget

from wallet.model.reasons import Reason
from wallet.ui.buttons import Field, button
from wallet.ui.failure_box import FailureBox
from wallet.ui.labels import SafeLabel
from wallet.ui.panels import column, row
from wallet.ui.tokens import Ink, Space, TextStyle

from .dialog import dialog_frame

_WIDTH_PX = 520


class FormDialog(QDialog):
    """The frame of such a dialog.

    Signals:
        wished: The button was pressed and everything that is needed is there.

    Attributes:
        body: Layout for what is asked.
    """

    wished = Signal()

    def __init__(self, title: str, text: str, action: str, *, name: str, danger: bool = False,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action = action
        self._busy = False
        layout = dialog_frame(self, title, width=_WIDTH_PX)
        self.setObjectName(name)
        about = SafeLabel(text, ink=Ink.TEXT_2, untrusted=True, wrapped=True)
        about.setVisible(bool(text))
        layout.addWidget(about)
        self.body: QVBoxLayout = column(gap=Space.MEDIUM)
        layout.addLayout(self.body)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setObjectName("dialog_progress")
        self._bar.hide()
        layout.addWidget(self._bar)
        self._failure = FailureBox()
        layout.addWidget(self._failure)
        layout.addStretch(1)
        line = row(gap=Space.MEDIUM)
        line.addStretch(1)
        self._cancel = button(self.tr("Cancel"), name=f"{name}_cancel")
        self._cancel.clicked.connect(self.reject)
        self._go = button(action, kind="danger" if danger else "primary", name=f"{name}_go")
        self._go.clicked.connect(self._on_go)
        line.addWidget(self._cancel)
        line.addWidget(self._go)
        layout.addLayout(line)

    def is_complete(self) -> bool:
        """Return whether everything that is needed was given."""
        return True

    def fit(self) -> None:
        """Be exactly as high as the wrapped text needs at this width."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))

    def showEvent(self, event: QShowEvent) -> None:
        """Fit once the width is known."""
        super().showEvent(event)
        self.fit()

    def arrange(self) -> None:
        """Let the button follow what was given."""
        self._go.setEnabled(self.is_complete() and not self._busy)

    def set_action(self, action: str) -> None:
        """Say other words on the button."""
        self._action = action
        if not self._busy:
            self._say(action)

    def show_buttons(self, shown: bool) -> None:  # noqa: FBT001 - mirrors Qt's setters
        """Show the dialog's own button, or leave going on to what it shows."""
        self._go.setVisible(shown)

    def set_cancel(self, text: str) -> None:
        """Say other words on the button that closes: there is nothing left to cancel."""
        self._cancel.setText(text)
        self._cancel.setAccessibleName(text)

    def set_busy(self, said: str) -> None:
        """Show that it is being done; "" for no longer."""
        self._busy = bool(said)
        self._bar.hide()
        self._bar.setAccessibleName(said)
        self._say(said or self._action)
        self.arrange()

    def show_step(self, done: int, total: int, _label: str) -> None:
        """Say how far it is."""
        if self._busy:
            self._bar.setRange(0, max(total, 1))
            self._bar.setValue(done)
            if self._bar.isHidden():
                self._bar.show()
                self.fit()

    def show_failure(self, why: Reason) -> None:
        """Say why it could not be done; what was typed stays."""
        self.set_busy("")
        self._failure.show_reason(why)
        self.fit()

    def clear_failure(self) -> None:
        """Say nothing of the last try."""
        self._failure.clear()

    def _say(self, text: str) -> None:
        self._go.setText(text)
        self._go.setAccessibleName(text)

    def _on_go(self) -> None:
        if self.is_complete() and not self._busy:
            self.clear_failure()
            self.wished.emit()


class TextDialog(FormDialog):
    """Asks for one line of text.

    Signals:
        given: The text, without blanks around it.
    """

    given = Signal(str)

    def __init__(self, title: str, text: str, label: str, action: str, *, value: str = "",
                 may_be_empty: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(title, text, action, name="text_dialog", parent=parent)
        self._may_be_empty = may_be_empty
        self._field = add_field(self.body, label, "text_field")
        self._field.setText(value)
        self._field.selectAll()
        self._field.textChanged.connect(self.arrange)
        self._field.returnPressed.connect(self._on_go)
        self.wished.connect(lambda: self.given.emit(self._field.text().strip()))
        self.arrange()

    def is_complete(self) -> bool:
        """Return whether there is a text, where there has to be one."""
        return self._may_be_empty or bool(self._field.text().strip())


def add_field(layout: QVBoxLayout, label: str, name: str) -> Field:
    """Add a field with its label above it and return it."""
    words = SafeLabel(label, TextStyle.STRONG, wrapped=True)
    field = Field("", label=label)
    field.setObjectName(name)
    words.setBuddy(field)
    layout.addWidget(words)
    layout.addWidget(field)
    return field
