"""The head of the library page: search, filter chips, order and tags. Together they are one wish."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from wallet.operations.shelf import LibraryFilter, LibraryOrder, Wish
from wallet.ui.buttons import Chip, SearchField, Segments, button
from wallet.ui.flow import flow_box
from wallet.ui.icons import Icon, themed_icon
from wallet.ui.labels import SafeLabel
from wallet.ui.panels import row
from wallet.ui.tokens import Ink, Space, TextStyle

from .tag_bar import TagBar

_SEARCH_DELAY_MS = 120
_SHOWN_NARROW = (LibraryFilter.ALL, LibraryFilter.ENDS_SOON, LibraryFilter.ATTENTION)
_ALWAYS_SHOWN = (LibraryFilter.ALL, LibraryFilter.GENUINE, LibraryFilter.ENDS_SOON, LibraryFilter.ATTENTION)


class LibraryHead(QWidget):
    """What narrows the library.

    Signals:
        wished: The `Wish`, after every change of it.
        add_pressed, online_pressed: The two buttons.
        rows_chosen: Whether rows are wanted instead of cards.
    """

    wished = Signal(object)
    add_pressed = Signal()
    online_pressed = Signal()
    rows_chosen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "none")
        self._order = LibraryOrder.NEWEST
        self._counts: Mapping[LibraryFilter, int] = {}
        self._is_narrow = False
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_SEARCH_DELAY_MS)
        self._typing.timeout.connect(self._tell)
        whole = QVBoxLayout(self)
        whole.setSpacing(Space.LARGE)
        whole.addLayout(self._build_title())
        whole.addLayout(self._build_filters())
        self.tags = TagBar()
        self.tags.changed.connect(self._tell)
        whole.addWidget(self.tags)
        self.show_counts({})

    def wish(self) -> Wish:
        """Return what is wished now."""
        chosen = next(wanted for wanted, chip in self._chips.items() if chip.isChecked())
        return Wish(self._search.text().strip(), chosen, self.tags.chosen(), self._order)

    def clear(self) -> None:
        """Wish for everything again."""
        self._search.clear()
        self._chips[LibraryFilter.ALL].setChecked(True)
        self.tags.clear_choice()
        self._typing.stop()
        self._tell()

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def show_counts(self, counts: Mapping[LibraryFilter, int]) -> None:
        """Say how many there are of each; empty where that is not known yet."""
        self._counts = counts
        self._show_chips()

    def show_online(self, *, possible: bool) -> None:
        """Offer asking the web only where there is something to ask about."""
        self._online.setEnabled(possible)

    def set_tags(self, tags: Sequence[tuple[str, int]]) -> None:
        """Show these tags; a chosen one that is gone is chosen no longer."""
        before = self.tags.chosen()
        self.tags.set_tags(tags)
        if self.tags.chosen() != before:
            self._tell()

    def fit(self, side: int, *, narrow: bool) -> None:
        """Keep the margins of the list, and fewer chips where it is narrow."""
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(side, Space.WIDE, side, Space.SMALL)
        self._views.setVisible(not narrow)
        self._is_narrow = narrow
        self._show_chips()

    # --- building ---

    def _build_title(self) -> QHBoxLayout:
        line = row(gap=Space.MEDIUM)
        line.addWidget(SafeLabel(self.tr("Credentials"), TextStyle.TITLE))
        line.addStretch(1)
        self._search = SearchField(self.tr("Search title, issuer, skill…"), shortcut=self.tr("Ctrl+F"))
        self._search.setObjectName("library_search")
        self._search.setMaximumWidth(300)
        self._search.setMinimumWidth(160)
        self._search.textChanged.connect(self._typing.start)
        line.addWidget(self._search, 2)
        self._views = Segments(((Icon.VIEW_CARDS, self.tr("Cards")), (Icon.VIEW_LIST, self.tr("List"))))
        self._views.setObjectName("library_views")
        self._views.chosen.connect(lambda choice: self.rows_chosen.emit(choice == 1))
        line.addWidget(self._views)
        add = button(self.tr("Add"), kind="primary", icon=Icon.ADD, name="library_add")
        add.clicked.connect(self.add_pressed)
        line.addWidget(add)
        return line

    def _build_filters(self) -> QHBoxLayout:
        self._names = {
            LibraryFilter.ALL: self.tr("All"),
            LibraryFilter.GENUINE: self.tr("Genuine"),
            LibraryFilter.ENDS_SOON: self.tr("Ends soon"),
            LibraryFilter.ATTENTION: self.tr("Needs attention"),
            LibraryFilter.RECORDED: self.tr("Recorded copy"),
            LibraryFilter.DOCUMENT: self.tr("Document"),
            LibraryFilter.ENDED: self.tr("Ended"),
        }
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._chips: dict[LibraryFilter, Chip] = {}
        for wanted, name in self._names.items():
            chip = Chip(name)
            chip.setObjectName(f"filter_{wanted.value}")
            self._group.addButton(chip)
            self._chips[wanted] = chip
        self._chips[LibraryFilter.ALL].setChecked(True)
        self._group.buttonClicked.connect(self._tell)
        line = row(gap=Space.MEDIUM)
        line.addWidget(flow_box(*self._chips.values()), 1)
        self._online = button(self.tr("Check online…"), kind="quiet", icon=Icon.ONLINE, size="chip",
                              name="library_online")
        self._online.clicked.connect(self.online_pressed)
        line.addWidget(self._online, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._build_order(), 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _build_order(self) -> QPushButton:
        self._order_button = button(self.tr("Newest first"), kind="quiet", icon=Icon.SORT, size="chip",
                                    name="library_order")
        menu = QMenu(self._order_button)
        group = QActionGroup(menu)
        names = {LibraryOrder.NEWEST: self.tr("Newest first"), LibraryOrder.TITLE: self.tr("By title"),
                 LibraryOrder.ISSUER: self.tr("By issuer"), LibraryOrder.ENDS_FIRST: self.tr("Ending first")}
        for order, name in names.items():
            action = menu.addAction(name)
            action.setData(order.value)
            action.setCheckable(True)
            action.setChecked(order is self._order)
            group.addAction(action)
        group.triggered.connect(self._on_order_chosen)
        self._order_button.setMenu(menu)
        return self._order_button

    def _show_chips(self) -> None:
        """Show the chips that lead somewhere; fewer of them where it is narrow."""
        always = _SHOWN_NARROW if self._is_narrow else _ALWAYS_SHOWN
        for wanted, chip in self._chips.items():
            count, name = self._counts.get(wanted), self._names[wanted]
            known = count is not None
            chip.setText(f"{name} {count}" if known and wanted is LibraryFilter.ALL else name)
            chip.setAccessibleName(f"{name}, {count}" if known else name)
            useful = bool(count) and not self._is_narrow
            chip.setVisible(wanted in always or useful or chip.isChecked())

    # --- slots ---

    def _tell(self) -> None:
        self.wished.emit(self.wish())

    def _on_order_chosen(self, action: QAction) -> None:
        self._order = LibraryOrder(action.data())
        self._order_button.setText(action.text())
        self._order_button.setIcon(themed_icon(Icon.SORT, Ink.TEXT_2))
        self._tell()
