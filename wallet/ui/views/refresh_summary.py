"""What a look at the web changed: one sentence, then each credential whose answer is another one now.

The same page shows what changed at the last look. It says what did not come, and never that a credential is
worse because a site did not answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from wallet.model.changes import Change, ChangeKind
from wallet.model.events import KeyChange
from wallet.model.report import Level
from wallet.operations.later_look import HostedOutcome, HostedRow
from wallet.operations.refresh import RefreshSummary
from wallet.ui.buttons import button
from wallet.ui.icons import LEVEL_ICON
from wallet.ui.labels import IconLabel, SafeLabel
from wallet.ui.panels import Notice, Page, column, hairline, panel, row
from wallet.ui.tokens import Ink, Space, TextStyle
from wallet.ui.untrusted_text import isolated, shown_text
from wallet.ui.wording import counted, reason_text, translate
from wallet.wording.asking import change_word, keys_changed, refresh_sentence

_SHOWN = 300
_LEVELS: dict[ChangeKind, Level] = {
    ChangeKind.SPOILED: Level.PROBLEM, ChangeKind.WITHDRAWN: Level.PROBLEM, ChangeKind.ON_HOLD: Level.CARE,
    ChangeKind.ENDED: Level.CARE, ChangeKind.DOUBTFUL: Level.CARE, ChangeKind.LIFTED: Level.GOOD,
    ChangeKind.REINSTATED: Level.GOOD, ChangeKind.BEGUN: Level.GOOD, ChangeKind.CONFIRMED: Level.GOOD,
    ChangeKind.OTHER: Level.INFO}


@dataclass(frozen=True, slots=True)
class WhatChanged:
    """What the page shows.

    Attributes:
        sentence: The whole in one line.
        keys: Issuers that list other keys.
        records: Web records that differ from the copy before.
        not_come: Why something did not come, each sentence once.
    """

    title: str
    sentence: str
    changes: tuple[Change, ...] = ()
    keys: tuple[KeyChange, ...] = ()
    records: tuple[HostedRow, ...] = ()
    not_come: tuple[str, ...] = ()


def of_summary(summary: RefreshSummary, title: str, stopped: str) -> WhatChanged:
    """Return what one pass found; `stopped` is said of one that the learner ended."""
    asked = summary.everything_asked
    counts = Counter(one.kind for one in summary.changes)
    sentence = stopped if summary.cancelled else refresh_sentence(counts, len(asked.silent_hosts), translate)
    not_come = tuple(dict.fromkeys(reason_text(one.reason) for one in asked.failed if one.reason))
    records = tuple(one for one in summary.hosted.rows if one.outcome is HostedOutcome.CHANGED)
    return WhatChanged(title, sentence, summary.changes, asked.changes, records, not_come)


def of_changes(changes: Sequence[Change], title: str) -> WhatChanged:
    """Return what the last pass changed, as it is remembered."""
    counts = Counter(one.kind for one in changes)
    return WhatChanged(title, refresh_sentence(counts, 0, translate), tuple(changes))


class RefreshSummaryPage(Page):
    """Changes, the most urgent first.

    Signals:
        done: Back to the library.
        credential_opened: The id to show.
        issuer_opened: The issuer's identifier to show.
    """

    done = Signal()
    credential_opened = Signal(str)
    issuer_opened = Signal(str)

    def __init__(self, found: WhatChanged, parent: QWidget | None = None) -> None:
        super().__init__(margin=Space.PAGE, gap=Space.LARGE, parent=parent)
        self.setObjectName("refresh_page")
        self._build_head(found)
        if found.changes:
            self._build_changes(found.changes)
        for key in found.keys:
            self._build_key(key)
        if found.records:
            self._build_records(found.records)
        if found.not_come:
            self._build_not_come(found.not_come)
        self.content.addStretch(1)

    def _build_head(self, found: WhatChanged) -> None:
        line = row(gap=Space.MEDIUM)
        words = column(gap=Space.TINY)
        words.addWidget(SafeLabel(found.title, TextStyle.TITLE, wrapped=True))
        sentence = SafeLabel(found.sentence[:1].upper() + found.sentence[1:], ink=Ink.TEXT_2, wrapped=True)
        sentence.setObjectName("refresh_sentence")
        words.addWidget(sentence)
        line.addLayout(words, 1)
        done = button(self.tr("Done"), kind="primary", name="refresh_done")
        done.clicked.connect(self.done)
        line.addWidget(done, 0, Qt.AlignmentFlag.AlignTop)
        self.content.addLayout(line)

    def _build_changes(self, changes: Sequence[Change]) -> None:
        box = panel("card")
        inside = column(box)
        inside.setContentsMargins(1, 1, 1, 1)
        for number, one in enumerate(changes[:_SHOWN]):
            if number:
                inside.addWidget(hairline())
            inside.addWidget(self._change(one))
        self.content.addWidget(box)
        if len(changes) > _SHOWN:
            rest = counted(len(changes) - _SHOWN, "and %n more", "and %n more")
            self.content.addWidget(SafeLabel(rest, TextStyle.SMALL))

    def _change(self, one: Change) -> QWidget:
        level = _LEVELS[one.kind]
        word = change_word(one.kind, translate)
        return self._row(level, one.title, word[:1].upper() + word[1:], reason_text(one.reason),
                         one.credential_id)

    def _row(self, level: Level, title: str, word: str, sentence: str, credential_id: str) -> QWidget:
        box = QWidget()
        box.setProperty("ground", "none")
        line = row(box, gap=Space.LARGE)
        line.setContentsMargins(Space.CARD, 14, Space.CARD, 14)
        icon = IconLabel(LEVEL_ICON[level], 20, Ink(level.value), name=word)
        line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=2)
        words.addWidget(SafeLabel(title, TextStyle.STRONG, untrusted=True, elided=True))
        words.addWidget(SafeLabel(word, TextStyle.STATUS, ink=Ink(level.value), wrapped=True))
        words.addWidget(SafeLabel(sentence, TextStyle.SMALL, untrusted=True, wrapped=True))
        line.addLayout(words, 1)
        show = button(self.tr("Show"), size="small", name="show_changed")
        show.setAccessibleDescription(shown_text(title, single_line=True).text)
        show.clicked.connect(lambda: self.credential_opened.emit(credential_id))
        line.addWidget(show, 0, Qt.AlignmentFlag.AlignTop)
        return box

    def _build_key(self, key: KeyChange) -> None:
        whose = isolated(shown_text(key.issuer_id, single_line=True).text)
        box = Notice(Level.CARE, self.tr("An issuer lists other keys"), keys_changed(whose, translate))
        show = button(self.tr("Issuer…"), size="small", name="show_issuer")
        show.clicked.connect(lambda: self.issuer_opened.emit(key.issuer_id))
        layout = box.layout()
        if layout is not None:
            layout.addWidget(show)
        self.content.addWidget(box)

    def _build_records(self, records: Sequence[HostedRow]) -> None:
        box = panel("card")
        inside = column(box)
        inside.setContentsMargins(1, 1, 1, 1)
        for number, one in enumerate(records[:_SHOWN]):
            if number:
                inside.addWidget(hairline())
            members = ", ".join(one.changed)
            inside.addWidget(self._row(
                Level.CARE, one.title, self.tr("The web record changed"),
                self.tr("Other than in the copy before: {members}").format(members=members),
                one.credential_id))
        self.content.addWidget(box)

    def _build_not_come(self, sentences: Sequence[str]) -> None:
        box = panel("true")
        inside = column(box, gap=Space.SMALL)
        inside.setContentsMargins(Space.CARD, Space.LARGE, Space.CARD, Space.LARGE)
        inside.addWidget(SafeLabel(self.tr("What did not come"), TextStyle.STRONG, wrapped=True))
        for one in sentences[:_SHOWN]:
            inside.addWidget(SafeLabel(one, TextStyle.SMALL, untrusted=True, wrapped=True))
        inside.addWidget(SafeLabel(self.tr("What was known before stays as it was."), TextStyle.CAPTION,
                                   wrapped=True))
        self.content.addWidget(box)
