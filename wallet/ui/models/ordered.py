"""Kept credentials in an order of the learner's own, changed by dragging or by keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyleOptionViewItem, QWidget

from wallet.model.stored import StoredCredential
from wallet.ui.theme import font, tokens
from wallet.ui.tokens import TextStyle

from .choices import ChoiceDelegate, ChoiceModel

_Index = QModelIndex | QPersistentModelIndex
_MIME = "application/x-wallet-places"


class OrderModel(ChoiceModel):
    """The lines, without ticks.

    Signals:
        reordered: The ids in their new order, as a tuple.
    """

    reordered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._order: tuple[StoredCredential, ...] = ()

    def show(self, rows: Sequence[StoredCredential]) -> None:
        """Show these, in this order."""
        self._order = tuple(rows)
        self.set_rows(rows, ())

    def rows(self) -> tuple[StoredCredential, ...]:
        """Return the lines in their order."""
        return self._order

    def order(self) -> tuple[str, ...]:
        """Return the ids in their order."""
        return tuple(one.id for one in self._order)

    def move(self, place: int, target: int) -> bool:
        """Put a line at another place and tell the new order."""
        if not (0 <= place < len(self._order) and 0 <= target < len(self._order)) or place == target:
            return False
        rows = list(self._order)
        rows.insert(target, rows.pop(place))
        self.show(rows)
        self.reordered.emit(self.order())
        return True

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Lines can be dragged, and dropped between."""
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usual | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag.ItemIsDropEnabled

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return one value of a line; there are no ticks."""
        if role == Qt.ItemDataRole.CheckStateRole:
            return None
        spoken = super().data(index, role)
        if role == Qt.ItemDataRole.AccessibleTextRole and spoken:
            return f"{index.row() + 1}. {spoken}"
        return spoken

    def supportedDropActions(self) -> Qt.DropAction:
        """Only move."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Return the one kind that is taken: our own lines."""
        return [_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Carry the place, and nothing that another program could read."""
        data = QMimeData()
        data.setData(_MIME, str(indexes[0].row()).encode() if indexes else b"")
        return data

    def dropMimeData(self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int,
                     parent: _Index) -> bool:
        """Put the dragged line where it was let go. False, so that the view removes nothing itself."""
        carried = bytes(data.data(_MIME).data())
        if carried.isdigit():
            place = int(carried)
            target = row if row >= 0 else parent.row() if parent.isValid() else len(self._order)
            self.move(place, min(target - (1 if target > place else 0), len(self._order) - 1))
        return False


class OrderDelegate(ChoiceDelegate):
    """Paints the number in front of each line."""

    def paint_lead(self, painter: QPainter, box: QRect, index: _Index) -> None:
        """Paint the number."""
        painter.setFont(font(TextStyle.STRONG))
        painter.setPen(QColor(tokens().text_2))
        painter.drawText(box.adjusted(-8, 0, 8, 0), Qt.AlignmentFlag.AlignCenter, str(index.row() + 1))

    def editorEvent(self, _event: QEvent, _model: Any, _option: QStyleOptionViewItem, _index: _Index) -> bool:
        """Do nothing: nothing is ticked."""
        return False


class OrderList(QListView):
    """The list itself: dragging, Alt with an arrow, Delete, Return.

    Signals:
        opened: The id of a line.
        remove_pressed: The id of a line.
    """

    opened = Signal(str)
    remove_pressed = Signal(str)

    def __init__(self, model: OrderModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self.setObjectName("order_list")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setDragDropMode(QListView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(True)
        self.setItemDelegate(OrderDelegate(self))
        self.setModel(model)
        self.doubleClicked.connect(lambda index: self.opened.emit(model.order()[index.row()]))

    def step(self, by: int) -> None:
        """Move the present line up or down and stay with it."""
        place = self.currentIndex().row()
        if place >= 0 and self._rows.move(place, place + by):
            self.setCurrentIndex(self._rows.index(place + by))

    def current_id(self) -> str:
        """Return the id of the present line, "" for none."""
        place = self.currentIndex().row()
        return self._rows.order()[place] if 0 <= place < len(self._rows.order()) else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Follow the keys."""
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Delete and self.current_id():
            self.remove_pressed.emit(self.current_id())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_id():
            self.opened.emit(self.current_id())
        else:
            super().keyPressEvent(event)
