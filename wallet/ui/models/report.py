"""A report as a tree model: the four questions and the notes, and under each the checks that answer it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from wallet.model.report import QUESTION_OF, Level, Question, Report
from wallet.ui.icons import LEVEL_ICON, themed_icon
from wallet.ui.tokens import Ink
from wallet.ui.untrusted_text import tooltip
from wallet.ui.wording import check_lines, rows, translate
from wallet.wording import labels
from wallet.wording.outcomes import Audience, CheckLine

_Index = QModelIndex | QPersistentModelIndex


class ReportColumn(IntEnum):
    """The columns."""

    ASKED = 0
    ANSWER = 1
    SOURCE = 2


class ReportRole(IntEnum):
    """What can be asked of a line besides Qt's own roles."""

    LEVEL = Qt.ItemDataRole.UserRole + 1
    CODE = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class _Line:
    level: Level
    asked: str
    answer: str
    source: str
    code: str
    children: tuple[_Line, ...] = ()


class ReportModel(QAbstractItemModel):
    """Questions, and under each its checks. The internal id of a check is its question's place plus one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[_Line, ...] = ()

    def set_report(self, report: Report, audience: Audience) -> None:
        """Show this report."""
        self.beginResetModel()
        self._lines = _lines(report, audience)
        self.endResetModel()

    def index(self, row: int, column: int, parent: _Index | None = None) -> QModelIndex:
        """Return the index of a question, or of a check under one."""
        if parent is None or not parent.isValid():
            inside = 0 <= row < len(self._lines) and 0 <= column < len(ReportColumn)
            return self.createIndex(row, column, 0) if inside else QModelIndex()
        inside = 0 <= row < self.rowCount(parent) and 0 <= column < len(ReportColumn)
        return self.createIndex(row, column, parent.row() + 1) if inside else QModelIndex()

    def parent(self, index: _Index | None = None) -> Any:
        """Return the question that a check stands under."""
        if index is None:
            return super().parent()
        if not index.isValid() or index.internalId() == 0:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return how many questions there are, or checks under one."""
        if parent is None or not parent.isValid():
            return len(self._lines)
        if parent.internalId() or parent.column() != 0:
            return 0
        return len(self._lines[parent.row()].children)

    def columnCount(self, _parent: _Index | None = None) -> int:
        """Return the number of columns."""
        return len(ReportColumn)

    def headerData(self, section: int, orientation: Qt.Orientation,
                   role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the columns' names."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return translate(("Question", "Answer", "From what")[section])
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return one value of a line."""
        if not index.isValid():
            return None
        line = self._line(index)
        texts = {ReportColumn.ASKED: line.asked, ReportColumn.ANSWER: line.answer,
                 ReportColumn.SOURCE: line.source}
        if role == Qt.ItemDataRole.DecorationRole and index.column() == ReportColumn.ASKED:
            return themed_icon(LEVEL_ICON[line.level], Ink(line.level.value))
        values: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: texts[ReportColumn(index.column())],
            Qt.ItemDataRole.ToolTipRole: tooltip(line.source),
            Qt.ItemDataRole.AccessibleTextRole: _spoken(line, texts[ReportColumn(index.column())]),
            ReportRole.LEVEL: line.level,
            ReportRole.CODE: line.code,
        }
        return values.get(role)

    def _line(self, index: _Index) -> _Line:
        if index.internalId() == 0:
            return self._lines[index.row()]
        return self._lines[index.internalId() - 1].children[index.row()]


def _lines(report: Report, audience: Audience) -> tuple[_Line, ...]:
    checks = check_lines(report)
    made = []
    for row in rows(report, audience):
        if row.question is Question.NOTES:
            continue
        children = tuple(_check_line(line) for line in checks if QUESTION_OF[line.id] is row.question)
        made.append(_Line(row.level, row.name, row.answer, row.source, "", children))
    notes = tuple(_check_line(line) for line in checks if QUESTION_OF[line.id] is Question.NOTES)
    if notes:
        made.append(_Line(Level.INFO, labels.QUESTION_NAMES[Question.NOTES], "", "", "", notes))
    return tuple(made)


def _check_line(line: CheckLine) -> _Line:
    return _Line(line.level, labels.check_name(line.id, translate), line.text, line.source, line.code.value)


def _spoken(line: _Line, text: str) -> str:
    return f"{text}, {labels.level_word(line.level, translate)}" if text == line.asked else text
