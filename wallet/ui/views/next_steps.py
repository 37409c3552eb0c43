"""What can be done about one credential: asked online, its issuer looked at, its picture loaded.

Stands below the check panel, apart from it: nothing here is part of an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from wallet.model.links import Link
from wallet.operations.beside import Beside
from wallet.ui.buttons import button, icon_button
from wallet.ui.check_panel import clear
from wallet.ui.icons import Icon
from wallet.ui.labels import IconLabel, SafeLabel
from wallet.ui.panels import column, hairline, row
from wallet.ui.tokens import Ink, Space, TextStyle
from wallet.ui.untrusted_text import isolated, shown_text
from wallet.ui.wording import counted, reason_text

_SHOWN_LINKS = 6


class NextSteps(QFrame):
    """Steps, each with a sentence and a button.

    Signals:
        online_requested, issuer_requested, picture_requested, renewal_requested, details_requested: That
            step.
        copy_requested: A link, for the clipboard.
    """

    online_requested = Signal()
    issuer_requested = Signal()
    picture_requested = Signal()
    renewal_requested = Signal()
    details_requested = Signal()
    copy_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("next_steps")
        self.setProperty("panel", "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._lines = column(self, gap=Space.MEDIUM)
        self._lines.setContentsMargins(Space.CARD, Space.LARGE, Space.CARD, Space.LARGE)
        self.hide()

    def show_steps(self, beside: Beside, *, has_issuer: bool, is_entry: bool = False) -> None:
        """Show what can be done."""
        clear(self._lines)
        for step in self._steps(beside, has_issuer=has_issuer, is_entry=is_entry):
            if self._lines.count():
                self._lines.addWidget(hairline())
            self._lines.addWidget(step)
        self.setVisible(self._lines.count() > 0)

    def _steps(self, beside: Beside, *, has_issuer: bool, is_entry: bool) -> Sequence[QWidget]:
        steps = []
        if beside.lacking:
            steps.append(_step(Icon.ONLINE, counted(
                beside.lacking, "%n document from the web would answer what is open.",
                "%n documents from the web would answer what is open."),
                self.tr("Check online…"), "step_online", self.online_requested.emit))
        if has_issuer:
            steps.append(_step(Icon.ISSUER, self.tr("What is known of who awarded it, and what you believe."),
                               self.tr("Issuer…"), "step_issuer", self.issuer_requested.emit))
        if beside.picture_host:
            steps.append(_step(Icon.EYE, self.tr("Its picture is at {host} and was not loaded.").format(
                host=_plain(beside.picture_host)), self.tr("Load the picture…"), "step_picture",
                self.picture_requested.emit))
        if beside.renewal_host:
            steps.append(_step(Icon.REFRESH, self.tr(
                "{host} is said to have newer versions. It learns who asks.").format(
                    host=_plain(beside.renewal_host)), self.tr("Ask for a newer one…"), "step_renewal",
                self.renewal_requested.emit))
        if beside.advice:
            steps.append(_step(Icon.SEALED, reason_text(beside.advice)))
        if is_entry:
            steps.append(_step(Icon.OWN_STATEMENT, self.tr("What is said of it here is your word."),
                               self.tr("Change…"), "step_details", self.details_requested.emit))
        if beside.links:
            steps.append(self._links(beside.links))
        return steps

    def _links(self, links: Sequence[Link]) -> QWidget:
        box = QWidget()
        lines = column(box, gap=Space.TINY)
        lines.addWidget(SafeLabel(self.tr("Links, never opened by themselves"), TextStyle.STRONG,
                                  wrapped=True))
        for one in links[:_SHOWN_LINKS]:
            line = row(gap=Space.SMALL)
            line.addWidget(SafeLabel(one.address, TextStyle.SMALL, untrusted=True, wrapped=True), 1)
            copy = icon_button(Icon.COPY, self.tr("Copy this link"), name="copy_link")
            copy.clicked.connect(lambda _=False, address=one.address: self.copy_requested.emit(address))
            line.addWidget(copy)
            lines.addLayout(line)
        if len(links) > _SHOWN_LINKS:
            rest = counted(len(links) - _SHOWN_LINKS, "and %n more", "and %n more")
            lines.addWidget(SafeLabel(rest, TextStyle.CAPTION))
        return box


def _step(icon: Icon, sentence: str, action: str = "", name: str = "",
          do: Callable[[], None] | None = None) -> QWidget:
    box = QWidget()
    line = row(box, gap=Space.MEDIUM)
    line.addWidget(IconLabel(icon, 18, Ink.TEXT_2), 0, Qt.AlignmentFlag.AlignTop)
    words = column(gap=Space.SMALL)
    words.addWidget(SafeLabel(sentence, TextStyle.SMALL, wrapped=True))
    if do is not None:
        pressed = button(action, size="small", name=name)
        pressed.clicked.connect(do)
        words.addWidget(pressed, 0, Qt.AlignmentFlag.AlignLeft)
    line.addLayout(words, 1)
    return box


def _plain(host: str) -> str:
    return isolated(shown_text(host, single_line=True).text)
