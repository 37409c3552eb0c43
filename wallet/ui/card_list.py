"""The list of cards: columns from the width, one column of row cards where it is narrow, keys and clicks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QListView, QWidget

from .cards import (
    CARD_GAP_PX,
    MARGIN_PX,
    ROW_GAP_PX,
    CardDelegate,
    CardShape,
    card_height,
    columns,
    row_height,
)
from .models.credentials import CredentialRole, CredentialsModel
from .tokens import MAX_PAGE_PX, NARROW_PX, Space

_SCROLL_BAR_PX = 12


class CardList(QListView):
    """Shows a `CredentialsModel` as cards or as row cards.

    Signals:
        opened: The id of the credential that was clicked or entered.
        delete_pressed: The delete key, with a selection.
    """

    opened = Signal(str)
    delete_pressed = Signal()

    def __init__(self, model: CredentialsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self._delegate = CardDelegate(self)
        self._wants_rows = False
        self._laid_out = (0, CardShape.CARD, 0)
        self.setObjectName("card_list")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setSelectionRectVisible(False)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        self.clicked.connect(self._on_clicked)
        model.dataChanged.connect(self._on_rows_arrived)

    @property
    def shape(self) -> CardShape:
        """Which anatomy is shown now."""
        return self._delegate.shape

    @property
    def is_narrow(self) -> bool:
        """Whether there is room for one column of row cards only."""
        return in_narrow_window(self)

    def show_rows(self, wanted: bool) -> None:  # noqa: FBT001 - mirrors Qt's setters
        """Show row cards even where there is room for cards."""
        self._wants_rows = wanted
        self._lay_out()

    def selected_ids(self) -> tuple[str, ...]:
        """Return the ids of the selected cards, in the list's order."""
        ids, places = self._rows.ids(), set[int]()
        for span in self.selectionModel().selection().toList():  # everything selected is one range
            places.update(range(span.top(), span.bottom() + 1))
        return tuple(ids[place] for place in sorted(places) if place < len(ids))

    def select_ids(self, ids: Sequence[str], current: str) -> None:
        """Select these where they are, and stand on one of them; nothing is scrolled."""
        chosen = QItemSelection()
        for place in map(self._rows.row_of, ids):
            if place >= 0:
                index = self._rows.index(place)
                chosen.append(QItemSelectionRange(index))
        place = self._rows.row_of(current) if current else -1
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if place >= 0:
            self.selectionModel().setCurrentIndex(self._rows.index(place),
                                                  QItemSelectionModel.SelectionFlag.NoUpdate)

    def current_id(self) -> str:
        """Return the id of the card with the keyboard's focus, "" for none."""
        index = self.currentIndex()
        return str(index.data(CredentialRole.ID)) if index.isValid() else ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find the columns for the new width."""
        self._lay_out()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Find the sizes anew when the text became larger."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._laid_out = (0, CardShape.CARD, 0)
            self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Return, offer deletion with Delete."""
        current = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current.isValid():
            self.opened.emit(str(current.data(CredentialRole.ID)))
        elif event.key() == Qt.Key.Key_Delete and self.selectionModel().hasSelection():
            self.delete_pressed.emit()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and not current.isValid():
            last = self._rows.rowCount() - 1  # Qt goes to the first either way
            self.setCurrentIndex(self._rows.index(0 if event.key() == Qt.Key.Key_Home else last))
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Go to the card whose title begins so, where all titles are here; else searching finds it."""
        if self._rows.is_whole:
            super().keyboardSearch(search)

    def _on_rows_arrived(self, first: QModelIndex, last: QModelIndex) -> None:
        """Let a reader say the card it stands on, which was only being read when it came there."""
        place = self.currentIndex().row()
        if self.hasFocus() and QAccessible.isActive() and first.row() <= place <= last.row():
            event = QAccessibleEvent(self, QAccessible.Event.Focus)
            event.setChild(place)
            QAccessible.updateAccessibility(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        if QApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier:
            self.opened.emit(str(index.data(CredentialRole.ID)))

    def _lay_out(self) -> None:
        """Set margins and grid: the page's margins minus what a cell keeps free around its card."""
        rows = self._wants_rows or self.is_narrow
        shape = CardShape.ROW if rows else CardShape.CARD
        height = row_height() + ROW_GAP_PX if rows else card_height() + CARD_GAP_PX
        if self._laid_out == (self.width(), shape, height):
            return
        self._laid_out = (self.width(), shape, height)
        margin = Space.WIDE if self.is_narrow else Space.PAGE
        content = min(self.width() - 2 * margin, MAX_PAGE_PX)
        left = (self.width() - content) // 2 - MARGIN_PX
        cells = content + CARD_GAP_PX
        ends = (left, max(self.width() - left - cells - _SCROLL_BAR_PX - 2, 0))
        first, last = reversed(ends) if self.isRightToLeft() else ends
        self.setViewportMargins(first, 0, last, 0)
        self._delegate.shape = shape
        self._delegate.cell = QSize(cells if rows else cells // columns(content), height)
        self.setGridSize(self._delegate.cell)
        self.verticalScrollBar().setSingleStep(height // 4)


def in_narrow_window(widget: QWidget) -> bool:
    """Tell whether the window is narrow. A page's own width does not tell: a rail leaves it more room."""
    return widget.window().width() < NARROW_PX
