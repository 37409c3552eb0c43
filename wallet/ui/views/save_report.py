"""Keeping what a check came to: a page to open, to print, to lay beside an application."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QFrame, QSizePolicy, QWidget

from wallet.model.network import LedgerEntry
from wallet.model.reasons import Reason
from wallet.operations.checking import CheckedFile
from wallet.operations.report_page import section_of, write_report_page
from wallet.ui.background import Background, Lane
from wallet.ui.buttons import button
from wallet.ui.failure_box import FailureBox
from wallet.ui.icons import Icon
from wallet.ui.labels import SafeLabel
from wallet.ui.panels import column, row
from wallet.ui.paths import as_path
from wallet.ui.tokens import Space, TextStyle
from wallet.ui.verify_items import Match, desk_result
from wallet.ui.wording import translate


class SaveReport(QFrame):
    """A button, what the page is not, and what became of it."""

    def __init__(self, background: Background, checked: Sequence[CheckedFile], person: str = "", *,
                 asked: Sequence[LedgerEntry] = (), lane: Lane = Lane.VAULT, parent: QWidget | None = None,
                 ) -> None:
        super().__init__(parent)
        self.setObjectName("save_report")
        self.setProperty("ground", "none")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._background, self._lane = background, lane
        self._checked, self._asked, self._person = tuple(checked), tuple(asked), person
        whole = column(self, gap=Space.SMALL)
        line = row(gap=Space.MEDIUM)
        self._button = button(self.tr("Save report…"), icon=Icon.SAVE, name="save_report_button")
        self._button.clicked.connect(self._on_save)
        line.addWidget(self._button)
        says = self.tr("A page to open or print. By itself it proves nothing: keep the file you were sent.")
        self.note = SafeLabel(says, TextStyle.SMALL, wrapped=True)
        line.addWidget(self.note, 1)
        whole.addLayout(line)
        self.failure = FailureBox()
        whole.addWidget(self.failure)

    def save(self, target: Path) -> None:
        """Write the page on a worker."""
        checked, asked, person = self._checked, self._asked, self._person
        at = checked[0].report.at
        self.failure.clear()
        self._button.setEnabled(False)

        def work(_progress: object) -> None:
            sections = [section_of(one, remarks=_compared(one, person), translate=translate)
                        for one in checked]
            write_report_page(target, sections, at=at, asked=asked, translate=translate)

        def done(_nothing: None) -> None:
            self._button.setEnabled(True)
            self.note.setText(self.tr("Saved as {name}.").format(name=target.name))

        def failed(why: Reason) -> None:
            self._button.setEnabled(True)
            self.failure.show_reason(why)

        self._background.run(self, work, done=done, failed=failed, lane=self._lane)

    def _on_save(self) -> None:
        name = f"check-{self._checked[0].report.at:%Y-%m-%d}.html"  # of no person
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Save the report"), name,
                                                self.tr("Page (*.html)"))
        if chosen:
            self.save(as_path(chosen, ".html"))


def _compared(checked: CheckedFile, person: str) -> tuple[str, ...]:
    """Say how one credential compares with the person that was typed; packs hold several."""
    (first, *others) = desk_result((checked,), person).items or (None,)
    if first is None or others:
        return ()
    told = {
        Match.SAME: QCoreApplication.translate("SaveReport", "It names the person you typed."),
        Match.OTHER: QCoreApplication.translate("SaveReport", "It does not name the person you typed."),
        Match.UNKNOWN: QCoreApplication.translate(
            "SaveReport", "It names nobody who could be compared with what you typed."),
    }.get(first.match)
    return (told,) if told else ()
