"""Every single check as a tree: what was asked and what the answer is, wrapped, as high as it needs."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from .models.report import ReportColumn, ReportModel
from .theme import font
from .tokens import Space, TextStyle

_ROW_PADDING_PX = 10


class ChecksTree(QTreeView):
    """Shows a `ReportModel`, everything open, without a scroll bar of its own."""

    def __init__(self, model: ReportModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = _WrappingDelegate(self)
        self.setObjectName("checks_tree")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setWordWrap(True)
        self.setUniformRowHeights(False)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(Space.LARGE)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setColumnHidden(ReportColumn.SOURCE, True)  # it is the answer's tooltip
        header = self.header()
        header.setSectionResizeMode(ReportColumn.ASKED, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(ReportColumn.ANSWER, QHeaderView.ResizeMode.Stretch)
        self.expandAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width, and take the height that the wrapped answers need."""
        super().resizeEvent(event)
        self.header().resizeSection(ReportColumn.ASKED, self.viewport().width() * 2 // 5)
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """Tell that a narrower tree is a higher one."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of header and rows at that width."""
        columns = (width * 2 // 5, width - width * 2 // 5)
        heights = self.header().sizeHint().height()
        for index in self._indexes():
            depth = 1 + index.parent().isValid()
            pair = zip((index, index.siblingAtColumn(ReportColumn.ANSWER)), columns, strict=True)
            heights += max(self._delegate.height(one, room, depth) for one, room in pair)
        return heights + 2

    def sizeHint(self) -> QSize:
        """Return the size at the width that there is."""
        return QSize(super().sizeHint().width(), self.heightForWidth(max(self.width(), 300)))

    def _indexes(self) -> list[QModelIndex]:
        model = self.model()
        tops = [model.index(row, 0) for row in range(model.rowCount())]
        return [one for top in tops
                for one in (top, *(model.index(row, 0, top) for row in range(model.rowCount(top))))]


class _WrappingDelegate(QStyledItemDelegate):
    """Makes each row as high as its wrapped text at the column's width."""

    def __init__(self, tree: ChecksTree) -> None:
        super().__init__(tree)
        self._tree = tree

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the size of one cell."""
        room = self._tree.columnWidth(index.column())
        depth = 1 + index.parent().isValid()
        return QSize(super().sizeHint(option, index).width(), self.height(index, room, depth))

    def height(self, index: QModelIndex | QPersistentModelIndex, room: int, depth: int) -> int:
        """Return the height of a cell's text in a column of that width."""
        first = index.column() == ReportColumn.ASKED
        taken = Space.WIDE + (depth * Space.LARGE + Space.SMALL if first else 0)
        metrics = QFontMetrics(font(TextStyle.BODY))
        box = metrics.boundingRect(QRect(0, 0, max(room - taken, 40), 100_000), Qt.TextFlag.TextWordWrap,
                                   str(index.data() or ""))
        return box.height() + _ROW_PADDING_PX
