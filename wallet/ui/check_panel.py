"""The check panel: the verdict, the four questions with their answers, and what is folded below.

A column of its own that no claim can scroll away or draw into. Text from a file appears here only as the
names and dates inside our own sentences.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from wallet.model.headline import headline_level
from wallet.model.reasons import ReasonCode
from wallet.model.report import QUESTION_OF, Question, Report
from wallet.wording.labels import level_word
from wallet.wording.outcomes import Audience, Row

from .icons import LEVEL_ICON
from .labels import IconLabel, SafeLabel
from .panels import column, hairline, row
from .tokens import Ink, Space, TextStyle
from .wording import card_status, headline, next_step, rows, sentence, translate

PANEL_WIDTH_PX = 356
_ROW_ICON_PX = 19
_VERDICT_ICON_PX = 30


class VerdictBlock(QFrame):
    """The answer in the status tint: icon, headline, sentence, next step."""

    def __init__(self, report: Report, audience: Audience, *, style: TextStyle = TextStyle.SECTION,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        level = headline_level(report)
        self.setObjectName("verdict")
        self.setProperty("verdict", level.value)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        ink = Ink(level.value)
        line = row(self, gap=Space.LARGE - 2)
        line.setContentsMargins(Space.CARD, 18, Space.CARD, 18)
        icon = card_status(report).icon or LEVEL_ICON[level]
        mark = IconLabel(icon, _VERDICT_ICON_PX, ink, name=level_word(level, translate))
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=Space.TINY)
        self.headline = SafeLabel(headline(report), style, ink=ink, wrapped=True)
        self.headline.setObjectName("verdict_headline")
        words.addWidget(self.headline)
        words.addWidget(SafeLabel(sentence(report, audience), wrapped=True))
        advice = next_step(report, audience)
        if advice:
            words.addWidget(SafeLabel(advice, TextStyle.STRONG, wrapped=True))
        line.addLayout(words, 1)
        self.setAccessibleName(f"{level_word(level, translate)}: {self.headline.full_text}")


class CheckRow(QWidget):
    """One question: icon, name, what it asks, the answer, and from what."""

    def __init__(self, answered: Row, *, muted: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"row_{answered.question.value}")
        note = answered.question is Question.NOTES
        line = row(self, gap=Space.MEDIUM)
        ink = Ink.TEXT_3 if muted else Ink(answered.level.value)
        mark = IconLabel(LEVEL_ICON[answered.level], 16 if note else _ROW_ICON_PX, ink,
                         name=level_word(answered.level, translate))
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=2)
        if not note:
            words.addLayout(_asked(answered))
        style = TextStyle.SMALL if note else TextStyle.BODY
        answer = SafeLabel(answered.answer, style, ink=Ink.TEXT_3 if muted else None, wrapped=True)
        words.addWidget(answer)
        if answered.source:
            words.addWidget(SafeLabel(answered.source, TextStyle.CAPTION, wrapped=True))
        line.addLayout(words, 1)
        self.setAccessibleName(f"{answered.name}: {level_word(answered.level, translate)}. {answered.answer}")


class CheckPanel(QFrame):
    """Verdict block and rows of one report.

    Attributes:
        footer: Layout below the rows, for folds.
    """

    def __init__(self, audience: Audience, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("check_panel")
        self.setProperty("panel", "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._audience = audience
        whole = column(self)
        self._body = column()
        self.footer: QVBoxLayout = column()
        whole.addLayout(self._body)
        whole.addLayout(self.footer)
        whole.setContentsMargins(1, 1, 1, 1)

    def set_report(self, report: Report) -> None:
        """Show this report."""
        clear(self._body)
        self._body.addWidget(VerdictBlock(report, self._audience))
        self._body.addWidget(check_rows(report, self._audience))


def check_rows(report: Report, audience: Audience) -> QWidget:
    """Return the rows of a report, one below the other."""
    box = QWidget()
    lines = column(box, gap=Space.LARGE)
    lines.setContentsMargins(Space.CARD, Space.CARD, Space.CARD, Space.CARD)
    first_note = True
    for at, answered in enumerate(rows(report, audience)):
        is_note = answered.question is Question.NOTES
        if at and (not is_note or first_note):
            lines.addWidget(hairline())
        first_note = first_note and not is_note
        lines.addWidget(CheckRow(answered, muted=is_muted(report, answered.question)))
    return box


def is_muted(report: Report, question: Question) -> bool:
    """Tell whether a question's answers mean nothing because the seal failed."""
    codes = [check.reason.code for check in report.checks if QUESTION_OF[check.id] is question]
    return bool(codes) and all(code is ReasonCode.NOT_MEANINGFUL for code in codes)


def clear(layout: QVBoxLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.setParent(None)
            widget.deleteLater()


def _asked(answered: Row) -> QHBoxLayout:
    line = row(gap=6)
    line.addWidget(SafeLabel(answered.name, TextStyle.STRONG), 0, Qt.AlignmentFlag.AlignBaseline)
    line.addWidget(SafeLabel(answered.asks, TextStyle.SMALL, ink=Ink.TEXT_3, elided=True), 1)
    return line
