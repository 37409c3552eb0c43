"""Kept credentials to tick: a list model with a check state, and the delegate that paints a line of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from wallet.model.stored import StoredCredential
from wallet.ui.art import paint_art, thumbnail_frame
from wallet.ui.icons import Icon, paint_icon
from wallet.ui.labels import paint_status
from wallet.ui.models.credentials import CardContent, card_content
from wallet.ui.theme import font, tokens
from wallet.ui.tokens import Radius, Space, TextStyle

_Index = QModelIndex | QPersistentModelIndex
_BOX_PX = 20
_THUMBNAIL = QSize(60, 42)
_STATUS_PX = 230
_MIN_HEIGHT_PX = 62


class ChoiceModel(QAbstractListModel):
    """Credentials with a tick each.

    Signals:
        ticked: After every change of a tick.
    """

    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[StoredCredential, ...] = ()
        self._ticks: set[str] = set()
        self._cards: dict[str, CardContent] = {}

    def set_rows(self, rows: Sequence[StoredCredential], ticks: Sequence[str]) -> None:
        """Show these, some of them ticked."""
        self.beginResetModel()
        self._rows, self._ticks = tuple(rows), set(ticks)
        self._cards.clear()
        self.endResetModel()
        self.ticked.emit()

    def ids(self) -> tuple[str, ...]:
        """Return the ids of the ticked ones, in the list's order."""
        return tuple(one.id for one in self._rows if one.id in self._ticks)

    def untick(self, credential_id: str) -> None:
        """Leave one out."""
        self._ticks.discard(credential_id)
        self._changed()

    def card(self, place: int) -> CardContent:
        """Return what the line of that row shows."""
        row = self._rows[place]
        return self._cards.setdefault(row.id, card_content(row))

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return how many there are; a line has no children."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Every line can be ticked; what is no line can do nothing."""
        usual = super().flags(index)
        return usual | Qt.ItemFlag.ItemIsUserCheckable if index.isValid() else usual

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return one value of a line."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.CheckStateRole:
            on = self._rows[index.row()].id in self._ticks
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            return self.card(index.row()).title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.card(index.row()).spoken
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick."""
        if not index.isValid() or role != Qt.ItemDataRole.CheckStateRole:
            return False
        one = self._rows[index.row()].id
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._ticks.add(one)
        else:
            self._ticks.discard(one)
        self._changed()
        return True

    def _changed(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1),
                                  [Qt.ItemDataRole.CheckStateRole])
        self.ticked.emit()


class ChoiceDelegate(QStyledItemDelegate):
    """Paints tick box, thumbnail, title, issuer and status."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Return the height of a line; the width is the list's."""
        return QSize(200, max(_MIN_HEIGHT_PX, _line_height(TextStyle.STRONG) + _line_height(TextStyle.SMALL)
                              + 2 * Space.MEDIUM))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one line."""
        model = index.model()
        assert isinstance(model, ChoiceModel)  # noqa: S101 - this delegate belongs to that model
        card, look = model.card(index.row()), tokens()
        box, state = option.rect, option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        if focused or state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected):
            painter.setPen(QPen(QColor(look.accent), 2) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.hover))
            painter.drawRoundedRect(QRectF(box).adjusted(2, 2, -2, -2), Radius.ROW, Radius.ROW)
        rest = box.adjusted(Space.LARGE, 0, -Space.LARGE, 0)
        self.paint_lead(painter, _taken(rest, _BOX_PX), index)
        rest.setLeft(rest.left() + _BOX_PX + Space.LARGE)
        thumbnail = _taken(rest, _THUMBNAIL.width())
        corner = QRectF(thumbnail).center() - QRectF(0, 0, _THUMBNAIL.width(), _THUMBNAIL.height()).center()
        paint_art(painter, corner, card.artwork, thumbnail_frame(_THUMBNAIL.width(), _THUMBNAIL.height()))
        rest.setLeft(rest.left() + _THUMBNAIL.width() + Space.LARGE)
        room = min(_STATUS_PX, rest.width() // 2)
        status = QRect(rest.right() - room, rest.top(), room, rest.height())
        paint_status(painter, status, card.status.level, card.status.word, icon=card.status.icon)
        rest.setRight(status.left() - Space.MEDIUM)
        _paint_words(painter, rest, card)
        painter.restore()

    def paint_lead(self, painter: QPainter, box: QRect, index: _Index) -> None:
        """Paint what stands at the start of a line."""
        ticked = index.data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked
        _paint_tick(painter, box, ticked=ticked)

    def editorEvent(self, event: QEvent, model: Any, _option: QStyleOptionViewItem, index: _Index) -> bool:
        """Tick by a click anywhere on the line, or with the space bar."""
        pressed_space = event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Space  # type: ignore[attr-defined]  # a key event
        if event.type() == QEvent.Type.MouseButtonRelease or pressed_space:
            on = index.data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked
            state = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
            return bool(model.setData(index, state, Qt.ItemDataRole.CheckStateRole))
        return False


def _paint_words(painter: QPainter, room: QRect, card: CardContent) -> None:
    look = tokens()
    title, small = _line_height(TextStyle.STRONG), _line_height(TextStyle.SMALL)
    top = room.top() + (room.height() - title - small - 2) // 2
    lines = ((card.title, TextStyle.STRONG, look.text, top, title),
             (card.issuer, TextStyle.SMALL, look.text_2, top + title + 2, small))
    for text, style, colour, at, height in lines:
        painter.setFont(font(style))
        painter.setPen(QColor(colour))
        cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(QRect(room.left(), at, room.width(), height), Qt.AlignmentFlag.AlignVCenter, cut)


def _paint_tick(painter: QPainter, box: QRect, *, ticked: bool) -> None:
    look = tokens()
    painter.setPen(QPen(QColor(look.accent if ticked else look.control), 1.5))
    painter.setBrush(QColor(look.accent if ticked else look.field))
    painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), 5, 5)
    if ticked:
        paint_icon(painter, Icon.CHECK, look.on_accent, box.adjusted(3, 3, -3, -3))


def _taken(room: QRect, side: int) -> QRect:
    """Return a piece at the start of the room, square where it is a box, in the middle of its height."""
    return QRect(room.left(), room.center().y() - side // 2, side, side)


def _line_height(style: TextStyle) -> int:
    return QFontMetrics(font(style)).height()
