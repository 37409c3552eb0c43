"""The library page: search, filter chips, cards or rows, what has ended folded away, the empty state.

It shows what it is given and says what is wished; it knows no vault.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QImage, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from wallet.model.stored import StoredCredential
from wallet.operations.labels import Labels
from wallet.ui.buttons import Chip, SearchField, Segments, button
from wallet.ui.card_list import CardList, in_narrow_window
from wallet.ui.flow import flow_box
from wallet.ui.icons import Icon, themed_icon
from wallet.ui.labels import IconLabel, SafeLabel
from wallet.ui.models.credentials import CredentialsModel, LibraryFilter, LibraryOrder, matches, ordered
from wallet.ui.panels import Fold, column, hairline, panel, row
from wallet.ui.tokens import MAX_PAGE_PX, Ink, Space, TextStyle
from wallet.ui.untrusted_text import shown_text
from wallet.ui.wording import counted

from .tag_bar import TagBar

_SEARCH_DELAY_MS = 120
_SHOWN_NARROW = (LibraryFilter.ALL, LibraryFilter.ENDS_SOON, LibraryFilter.ATTENTION)
_ALWAYS_SHOWN = (LibraryFilter.ALL, LibraryFilter.GENUINE, LibraryFilter.ENDS_SOON, LibraryFilter.ATTENTION)


class LibraryView(QWidget):
    """The credentials that are kept.

    Signals:
        search_requested: The text to look for, "" for everything.
        online_requested: Ask the web anew about everything.
        import_requested: The person wants to add something.
        samples_requested: The person wants to look around with samples.
        credential_opened: The id to show.
        share_requested, delete_requested, tag_requested: The ids, as a tuple.
        bundle_requested: A bundle's id, "" for a new one, and the ids.
    """

    search_requested = Signal(str)
    online_requested = Signal()
    import_requested = Signal()
    samples_requested = Signal()
    credential_opened = Signal(str)
    share_requested = Signal(object)
    delete_requested = Signal(object)
    tag_requested = Signal(object)
    bundle_requested = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("library_view")
        self.setProperty("ground", "content")
        self._rows: tuple[StoredCredential, ...] = ()
        self._total = 0
        self._labels: Mapping[str, Labels] = {}
        self._order = LibraryOrder.NEWEST
        self._model = CredentialsModel(self)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_SEARCH_DELAY_MS)
        self._typing.timeout.connect(self._on_typing_ended)
        self._build()
        self._refresh()

    @property
    def model(self) -> CredentialsModel:
        """The rows that are shown now."""
        return self._model

    @property
    def cards(self) -> CardList:
        """The list itself."""
        return self._cards

    def set_rows(self, rows: Sequence[StoredCredential]) -> None:
        """Show the library, or what a search found in it."""
        self._rows = tuple(rows)
        if not self._search.text().strip():
            self._total = len(self._rows)
        self._refresh()

    def set_own(self, labels: Mapping[str, Labels], tags: Sequence[tuple[str, int]],
                bundles: Sequence[tuple[str, str]]) -> None:
        """Show the learner's own titles and tags, and her bundles by id and name."""
        self._labels = labels
        self._tags.set_tags(tags)
        self._bundle_menu.clear()
        for bundle_id, name in (*bundles, ("", self.tr("New bundle…"))):
            shown = shown_text(name, single_line=True).text.replace("&", "&&")
            action = self._bundle_menu.addAction(shown)
            action.triggered.connect(lambda _checked=False, one=bundle_id: self.bundle_requested.emit(
                one, self._cards.selected_ids()))
        self._refresh()

    def set_picture(self, credential_id: str, picture: QImage) -> None:
        """Show a badge picture that travels inside a credential."""
        self._model.set_picture(credential_id, picture)

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def focus_cards(self) -> None:
        """Put the keyboard's focus on the cards; as a focus proxy they would swallow the tab chain."""
        self._cards.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear_filters(self) -> None:
        """Show everything again."""
        self._search.clear()
        self._chips[LibraryFilter.ALL].setChecked(True)
        self._tags.clear_choice()
        self._refresh()

    def selected_ids(self) -> tuple[str, ...]:
        """Return the ids of the selected cards."""
        return self._cards.selected_ids()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the page's margins with those of the list."""
        super().resizeEvent(event)
        narrow = in_narrow_window(self)
        margin = Space.WIDE if narrow else Space.PAGE
        side = max((self.width() - MAX_PAGE_PX) // 2, margin)
        self._head.setContentsMargins(side, Space.WIDE, side, Space.SMALL)
        self._foot.setContentsMargins(side, 0, side, Space.SMALL)
        self._views.setVisible(not narrow)
        self._show_chips()

    # --- building ---

    def _build(self) -> None:
        whole = column(self)
        self._head = QVBoxLayout()
        self._head.setSpacing(Space.LARGE)
        self._head.addLayout(self._build_title())
        self._head.addLayout(self._build_filters())
        self._tags = TagBar()
        self._tags.changed.connect(self._refresh)
        self._head.addWidget(self._tags)
        whole.addLayout(self._head)
        self._cards = CardList(self._model)
        self._cards.setAccessibleName(self.tr("Credentials"))
        self._cards.opened.connect(self.credential_opened)
        self._cards.delete_pressed.connect(self._on_delete_pressed)
        self._cards.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._cards.customContextMenuRequested.connect(self._on_menu_requested)
        self._menu = self._build_menu()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._cards)
        self._pages.addWidget(self._build_empty())
        self._pages.addWidget(self._build_no_match())
        whole.addWidget(self._pages, 1)
        self._foot = column()
        self._ended_line = hairline()
        self._ended = Fold(self.tr("Ended"), name="ended_fold")
        self._ended.toggled.connect(self._on_ended_toggled)
        self._foot.addWidget(self._ended_line)
        self._foot.addWidget(self._ended)
        whole.addLayout(self._foot)

    def _build_title(self) -> QHBoxLayout:
        line = row(gap=Space.MEDIUM)
        line.addWidget(SafeLabel(self.tr("Credentials"), TextStyle.TITLE))
        line.addStretch(1)
        self._search = SearchField(self.tr("Search title, issuer, skill…"), shortcut=self.tr("Ctrl+F"))
        self._search.setObjectName("library_search")
        self._search.setMaximumWidth(300)
        self._search.setMinimumWidth(160)
        self._search.textChanged.connect(self._on_text_changed)
        line.addWidget(self._search, 2)
        self._views = Segments(((Icon.VIEW_CARDS, self.tr("Cards")), (Icon.VIEW_LIST, self.tr("List"))))
        self._views.setObjectName("library_views")
        self._views.chosen.connect(self._on_view_chosen)
        line.addWidget(self._views)
        add = button(self.tr("Add"), kind="primary", icon=Icon.ADD, name="library_add")
        add.clicked.connect(self._on_add_clicked)
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
        self._group.buttonClicked.connect(self._refresh)
        line = row(gap=Space.MEDIUM)
        line.addWidget(flow_box(*self._chips.values()), 1)
        self._online = button(self.tr("Check online…"), kind="quiet", icon=Icon.ONLINE, size="chip",
                              name="library_online")
        self._online.clicked.connect(self.online_requested)
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

    def _build_menu(self) -> QMenu:
        """Return what can be done with the selected cards, for the mouse and for the menu key."""
        menu = QMenu(self)
        menu.setObjectName("card_menu")
        opened = menu.addAction(self.tr("Open"))
        opened.triggered.connect(self._on_open_chosen)
        share = menu.addAction(themed_icon(Icon.SHARE, Ink.TEXT_2), self.tr("Share…"))
        share.triggered.connect(self._on_share_chosen)
        tag = menu.addAction(self.tr("Add a tag…"))
        tag.triggered.connect(lambda: self.tag_requested.emit(self._cards.selected_ids()))
        self._bundle_menu = menu.addMenu(self.tr("Put into a bundle"))
        menu.addSeparator()
        delete = menu.addAction(themed_icon(Icon.BIN, Ink.PROBLEM), self.tr("Delete"))
        delete.triggered.connect(self._on_delete_pressed)
        return menu

    def _build_empty(self) -> QWidget:
        box = panel("drop")
        box.setObjectName("library_empty")
        inner = column(box, margin=Space.HUGE, gap=Space.MEDIUM)
        inner.addStretch(1)
        inner.addWidget(IconLabel(Icon.DROP, 44, Ink.ACCENT_TEXT), 0, Qt.AlignmentFlag.AlignHCenter)
        title = SafeLabel(self.tr("Nothing here yet."), TextStyle.VERDICT)
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        inner.addWidget(title)
        text = SafeLabel(self.tr("Drop a badge picture, PDF or file anywhere, or try the samples."),
                         ink=Ink.TEXT_2, wrapped=True)
        text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        inner.addWidget(text)
        line = row(gap=Space.MEDIUM)
        add = button(self.tr("Add a file"), kind="plain", icon=Icon.ADD, name="empty_add")
        add.clicked.connect(self._on_add_clicked)
        samples = button(self.tr("Try the samples"), kind="plain", icon=Icon.SKILLS, name="empty_samples")
        samples.clicked.connect(self._on_samples_clicked)
        line.addStretch(1)
        line.addWidget(add)
        line.addWidget(samples)
        line.addStretch(1)
        inner.addSpacing(Space.SMALL)
        inner.addLayout(line)
        inner.addStretch(2)
        page = QWidget()
        column(page, margin=Space.PAGE).addWidget(box)
        return page

    def _build_no_match(self) -> QWidget:
        page = QWidget()
        inner = column(page, margin=Space.PAGE, gap=Space.MEDIUM)
        self._no_match = SafeLabel("", ink=Ink.TEXT_2, wrapped=True)
        self._no_match.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        clear = button(self.tr("Clear filters"), kind="link", name="clear_filters")
        clear.clicked.connect(self.clear_filters)
        inner.addStretch(1)
        inner.addWidget(IconLabel(Icon.SEARCH, 30, Ink.TEXT_3), 0, Qt.AlignmentFlag.AlignHCenter)
        inner.addWidget(self._no_match)
        inner.addWidget(clear, 0, Qt.AlignmentFlag.AlignHCenter)
        inner.addStretch(2)
        return page

    # --- showing ---

    def _wanted(self) -> LibraryFilter:
        return next(wanted for wanted, chip in self._chips.items() if chip.isChecked())

    def _refresh(self) -> None:
        """Show the rows under the chip, what has ended at the end or folded away."""
        wanted = self._wanted()
        tag = self._tags.chosen()
        named = (self._named(one) for one in self._rows if not tag or tag in self._tags_of(one))
        found = ordered((one for one in named if matches(one, wanted)), self._order)
        ended = tuple(one for one in found if matches(one, LibraryFilter.ENDED))
        current = tuple(one for one in found if not matches(one, LibraryFilter.ENDED))
        everything = wanted is LibraryFilter.ALL and not tag and not self._search.text().strip()
        folded = everything and bool(ended and current)
        self._ended.setVisible(folded)
        self._ended_line.setVisible(folded)
        self._ended.header.setText(self.tr("Ended") + f"  {len(ended)}")
        shown = current if folded and not self._ended.is_open() else (*current, *ended)
        self._model.set_rows(shown)
        self._show_chips()
        self._no_match.setText(counted(self._total, "No match in %n credential.",
                                       "No match in %n credentials."))
        empty = not self._total and not self._rows
        self._online.setEnabled(not empty)
        self._pages.setCurrentIndex(1 if empty else 0 if shown else 2)

    def _named(self, one: StoredCredential) -> StoredCredential:
        """Return the row under the learner's own title, if she gave it one."""
        labels = self._labels.get(one.id)
        return replace(one, title=labels.title) if labels and labels.title else one

    def _tags_of(self, one: StoredCredential) -> tuple[str, ...]:
        labels = self._labels.get(one.id)
        return labels.tags if labels else ()

    def _show_chips(self) -> None:
        """Show the chips that lead somewhere; fewer of them where it is narrow."""
        narrow = in_narrow_window(self)
        always = _SHOWN_NARROW if narrow else _ALWAYS_SHOWN
        for wanted, chip in self._chips.items():
            count = sum(matches(one, wanted) for one in self._rows)
            name = self._names[wanted]
            chip.setText(f"{name} {count}" if wanted is LibraryFilter.ALL else name)
            chip.setAccessibleName(f"{name}, {count}")
            useful = count > 0 and not narrow
            chip.setVisible(wanted in always or useful or chip.isChecked())

    # --- slots ---

    def _on_text_changed(self) -> None:
        self._typing.start()

    def _on_typing_ended(self) -> None:
        self.search_requested.emit(self._search.text().strip())

    def _on_view_chosen(self, choice: int) -> None:
        self._cards.show_rows(choice == 1)

    def _on_order_chosen(self, action: QAction) -> None:
        self._order = LibraryOrder(action.data())
        self._order_button.setText(action.text())
        self._order_button.setIcon(themed_icon(Icon.SORT, Ink.TEXT_2))
        self._refresh()

    def _on_ended_toggled(self, opened: bool) -> None:  # noqa: FBT001 - a slot
        first = self._model.rowCount()
        self._refresh()
        if opened and first < self._model.rowCount():
            self._cards.scrollTo(self._model.index(first), CardList.ScrollHint.PositionAtCenter)

    def _on_add_clicked(self) -> None:
        self.import_requested.emit()

    def _on_samples_clicked(self) -> None:
        self.samples_requested.emit()

    def _on_menu_requested(self, place: QPoint) -> None:
        if self._cards.selected_ids():
            self._menu.popup(self._cards.viewport().mapToGlobal(place))

    def _on_open_chosen(self) -> None:
        self.credential_opened.emit(self._cards.selected_ids()[0])

    def _on_share_chosen(self) -> None:
        self.share_requested.emit(self._cards.selected_ids())

    def _on_delete_pressed(self) -> None:
        self.delete_requested.emit(self._cards.selected_ids())
