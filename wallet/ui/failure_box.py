"""An operation that failed, in words: what happened, what is safe, what to do. Details folded, copyable."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from wallet.model.reasons import Reason
from wallet.wording.failures import Failure, failure

from .buttons import button
from .icons import Icon
from .labels import IconLabel, SafeLabel, restyle
from .panels import column, row
from .tokens import Ink, Space, TextStyle
from .wording import translate


def failure_words(why: Reason) -> Failure:
    """Return the sentences about a failed operation, in the window's language."""
    return failure(why, translate)


class FailureBox(QFrame):
    """One failure, or nothing. A text area of ours: parameters from files stay plain text inside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("failure_box")
        self.setProperty("notice", "problem")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._code = ""
        line = row(self, gap=Space.MEDIUM)
        line.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, Space.MEDIUM)
        line.addWidget(IconLabel(Icon.PROBLEM, 18, Ink.PROBLEM), 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=Space.TINY)
        self._what = SafeLabel("", TextStyle.STRONG, ink=Ink.PROBLEM, wrapped=True)
        self._safe = SafeLabel("", TextStyle.BODY, wrapped=True)
        self._next = SafeLabel("", TextStyle.BODY, wrapped=True)
        self._details = SafeLabel("", TextStyle.MONO, untrusted=True, wrapped=True, selectable=True)
        self._details.setAccessibleName(self.tr("Details"))
        for label in (self._what, self._safe, self._next):
            words.addWidget(label)
        words.addLayout(self._build_foot())
        words.addWidget(self._details)
        line.addLayout(words, 1)
        self.clear()

    def show_reason(self, why: Reason) -> Failure:
        """Show why something failed and return what is shown."""
        words = failure_words(why)
        self._code = f"{why.code.value} " + " ".join(f"{name}={value}" for name, value in why.params)
        self._what.setText(words.what)
        self._safe.setText(words.safe)
        self._safe.setVisible(bool(words.safe))
        self._next.setText(words.next)
        self._next.setVisible(bool(words.next))
        self._details.setText(self._code.strip())
        self._more.setChecked(False)
        self._details.hide()
        self.setAccessibleName(words.what)
        restyle(self)
        self.show()
        return words

    def clear(self) -> None:
        """Say nothing."""
        self._details.hide()
        self.hide()

    def _build_foot(self) -> QHBoxLayout:
        foot = row(gap=Space.LARGE)
        self._more = button(self.tr("Details"), kind="link", size="small", name="failure_details")
        self._more.setCheckable(True)
        self._more.toggled.connect(self._details.setVisible)
        copy = button(self.tr("Copy"), kind="link", size="small", name="failure_copy")
        copy.clicked.connect(self._on_copy)
        foot.addWidget(self._more)
        foot.addWidget(copy)
        foot.addStretch(1)
        return foot

    def _on_copy(self) -> None:
        lines = (self._what.full_text, self._safe.full_text, self._next.full_text, self._code.strip())
        QGuiApplication.clipboard().setText("\n".join(line for line in lines if line))
