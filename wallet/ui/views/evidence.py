"""What the wallet judges by: every kept document by its address, its versions, dates and where it is from."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wallet.model.evidence import EvidenceDocument
from wallet.model.report import Level
from wallet.ui.buttons import button
from wallet.ui.check_panel import clear
from wallet.ui.icons import Icon
from wallet.ui.labels import SafeLabel
from wallet.ui.panels import Notice
from wallet.ui.tokens import TextStyle
from wallet.ui.untrusted_text import isolated, shown_text
from wallet.ui.wording import counted, long_date, translate
from wallet.wording.believing import VERIFIED_WORDS
from wallet.wording.labels import evidence_word, grade_word

from .subpage import Lines, SubPage, words

_SHOWN = 300
_SHOWN_VERSIONS = 6


class EvidencePage(SubPage):
    """Documents.

    Signals:
        add_requested: Add documents from files.
        export_requested: Save them for another computer.
        remove_requested: The address whose versions are forgotten.
    """

    add_requested = Signal()
    export_requested = Signal()
    remove_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("evidence_page", parent)
        self.set_words(self.tr("Settings"), self.tr("Keys and withdrawal lists"), self.tr(
            "Every document your credentials are checked by, with all its versions. What a credential was "
            "checked by stays beside it, whatever you remove here."))
        add = button(self.tr("Add…"), icon=Icon.ADD, size="small", name="evidence_add")
        add.clicked.connect(self.add_requested)
        self._export = button(self.tr("Save for another computer…"), icon=Icon.SAVE, size="small",
                              name="evidence_export")
        self._export.clicked.connect(self.export_requested)
        self.tools.addWidget(add)
        self.tools.addWidget(self._export)
        self.tools.addStretch(1)
        self.show_documents(())

    def show_documents(self, documents: Sequence[EvidenceDocument]) -> None:
        """Show them by address, the versions of one newest first."""
        clear(self.body)
        self._export.setEnabled(bool(documents))
        if not documents:
            self.body.addWidget(Notice(Level.INFO, self.tr("Nothing is kept yet."), self.tr(
                "Check a credential online, or add documents that somebody gave you.")))
            return
        box = Lines()
        ordered = sorted(documents, key=lambda one: one.address)
        groups = [tuple(group) for _, group in groupby(ordered, key=lambda one: one.address)]
        for versions in groups[:_SHOWN]:
            box.add(self._words(versions), self._remove(versions[0].address))
        self.body.addWidget(box)
        if len(groups) > _SHOWN:
            rest = counted(len(groups) - _SHOWN, "and %n more", "and %n more")
            self.body.addWidget(SafeLabel(rest, TextStyle.SMALL))

    def _words(self, versions: Sequence[EvidenceDocument]) -> QWidget:
        box = QWidget()
        box.setProperty("ground", "none")
        kind = evidence_word(versions[0].kind, translate)
        count = counted(len(versions), "%n version", "%n versions")
        parts = [SafeLabel(versions[0].address, TextStyle.STRONG, untrusted=True, wrapped=True),
                 SafeLabel(f"{kind[:1].upper()}{kind[1:]} · {count}", TextStyle.SMALL, wrapped=True)]
        parts += [SafeLabel(self._version(one), TextStyle.CAPTION, wrapped=True)
                  for one in versions[:_SHOWN_VERSIONS]]
        box.setLayout(words(*parts))
        return box

    def _version(self, one: EvidenceDocument) -> str:
        when = self.tr("saved {date}").format(date=long_date(one.fetched_at)) if one.fetched_at else ""
        source = isolated(shown_text(one.source, single_line=True).text)
        proven = ", ".join(translate(VERIFIED_WORDS[how]) for how in one.verified)
        told = (when, grade_word(one.grade, translate), source,
                self.tr("found right {how}").format(how=proven) if proven else "")
        said = " · ".join(part for part in told if part)
        return said[:1].upper() + said[1:]

    def _remove(self, address: str) -> QWidget:
        remove = button(self.tr("Remove…"), size="small", name="evidence_remove")
        remove.setAccessibleDescription(shown_text(address, single_line=True).text)
        remove.clicked.connect(lambda: self.remove_requested.emit(address))
        return remove
