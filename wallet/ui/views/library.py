"""The library page: its head, cards or rows, what has ended folded away, the empty state.

It says what is wished and shows what was found, places and rows apart; it knows no vault.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from wallet.model.stored import StoredCredential
from wallet.operations.labels import Labels
from wallet.operations.shelf import Arranged, LibraryOrder, Wish
from wallet.ui.card_list import CardList, in_narrow_window
from wallet.ui.icons import Icon, themed_icon
from wallet.ui.models.credentials import CredentialsModel
from wallet.ui.panels import Fold, column, hairline
from wallet.ui.tokens import MAX_PAGE_PX, Ink, Space
from wallet.ui.untrusted_text import shown_text

from .library_empty import EmptyLibrary, NoMatch
from .library_head import LibraryHead

#: A larger selection is let go of when the library is arranged anew.
_KEPT_SELECTION = 200


class LibraryView(QWidget):
    """The credentials that are kept.

    Signals:
        wished: The `Wish` that is to be shown.
        rows_wanted: Ids of rows that are looked at and not here yet.
        online_requested: Ask the web anew about everything.
        import_requested: The person wants to add something.
        samples_requested: The person wants to look around with samples.
        credential_opened: The id to show.
        share_requested, delete_requested, tag_requested: The ids, as a tuple.
        bundle_requested: A bundle's id, "" for a new one, and the ids.
    """

    wished = Signal(object)
    rows_wanted = Signal(object)
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
        self._found = Arranged((), 0, 0)
        self._answered: Wish | None = None  # what everything was found for
        self._labels: Mapping[str, Labels] = {}
        self._model = CredentialsModel(self)
        self._model.rows_wanted.connect(self.rows_wanted)
        self._build()
        self._show_found()

    @property
    def model(self) -> CredentialsModel:
        """The places that are shown now, and their rows."""
        return self._model

    @property
    def cards(self) -> CardList:
        """The list itself."""
        return self._cards

    def wish(self) -> Wish:
        """Return what is wished now."""
        return self._head.wish()

    def show_arranged(self, found: Arranged) -> None:
        """Show what a wish found. A first page never takes the place of all that the same wish found."""
        wish = self.wish()
        if not found.is_whole and self._found.ids and (not found.ids or wish == self._answered):
            return
        self._found = found
        self._answered = wish if found.is_whole else None
        self._show_found()

    def put_rows(self, rows: Sequence[StoredCredential]) -> None:
        """Take rows that were asked for."""
        self._model.put_rows([self._named(one) for one in rows])

    def set_own(self, labels: Mapping[str, Labels], tags: Sequence[tuple[str, int]],
                bundles: Sequence[tuple[str, str]]) -> None:
        """Show the learner's own titles and tags, and her bundles by id and name."""
        before, self._labels = self._labels, labels
        self._head.set_tags(tags)
        self._bundle_menu.clear()
        for bundle_id, name in (*bundles, ("", self.tr("New bundle…"))):
            shown = shown_text(name, single_line=True).text.replace("&", "&&")
            action = self._bundle_menu.addAction(shown)
            action.triggered.connect(lambda _checked=False, one=bundle_id: self.bundle_requested.emit(
                one, self._cards.selected_ids()))
        if labels != before:
            self._show_own_titles(before)

    def set_picture(self, credential_id: str, picture: QImage) -> None:
        """Show a badge picture that travels inside a credential."""
        self._model.set_picture(credential_id, picture)

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self._head.focus_search()

    def focus_cards(self) -> None:
        """Put the keyboard's focus on the cards; as a focus proxy they would swallow the tab chain."""
        self._cards.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear_filters(self) -> None:
        """Show everything again."""
        self._head.clear()

    def selected_ids(self) -> tuple[str, ...]:
        """Return the ids of the selected cards."""
        return self._cards.selected_ids()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the page's margins with those of the list."""
        super().resizeEvent(event)
        narrow = in_narrow_window(self)
        side = max((self.width() - MAX_PAGE_PX) // 2, Space.WIDE if narrow else Space.PAGE)
        self._head.fit(side, narrow=narrow)
        self._foot.setContentsMargins(side, 0, side, Space.SMALL)

    # --- building ---

    def _build(self) -> None:
        whole = column(self)
        self._head = LibraryHead()
        self._head.wished.connect(self.wished)
        self._head.add_pressed.connect(self.import_requested)
        self._head.online_pressed.connect(self.online_requested)
        whole.addWidget(self._head)
        self._cards = CardList(self._model)
        self._cards.setAccessibleName(self.tr("Credentials"))
        self._cards.opened.connect(self.credential_opened)
        self._cards.delete_pressed.connect(self._on_delete_pressed)
        self._cards.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._cards.customContextMenuRequested.connect(self._on_menu_requested)
        self._head.rows_chosen.connect(self._cards.show_rows)
        self._menu = self._build_menu()
        empty, self._no_match = EmptyLibrary(), NoMatch()
        empty.add_pressed.connect(self.import_requested)
        empty.samples_pressed.connect(self.samples_requested)
        self._no_match.clear_pressed.connect(self.clear_filters)
        self._pages = QStackedWidget()
        for page in (self._cards, empty, self._no_match):
            self._pages.addWidget(page)
        whole.addWidget(self._pages, 1)
        self._foot = column()
        self._ended_line = hairline()
        self._ended = Fold(self.tr("Ended"), name="ended_fold")
        self._ended.toggled.connect(self._on_ended_toggled)
        self._foot.addWidget(self._ended_line)
        self._foot.addWidget(self._ended)
        whole.addLayout(self._foot)

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

    # --- showing ---

    def _show_found(self) -> None:
        """Show what was found, what has ended at the end or folded away."""
        found = self._found
        current = len(found.ids) - found.ended
        everything = self.wish().is_everything
        folded = everything and bool(found.ended and current)
        hidden = folded and not (self._ended.is_open() and found.is_whole)
        shown = found.ids[:current] if hidden else found.ids
        self._ended.setVisible(folded and found.is_whole)
        self._ended_line.setVisible(folded and found.is_whole)
        self._ended.header.setText(self.tr("Ended") + f"  {found.ended}")
        self._arrange(shown)
        if found.counts:
            self._head.show_counts(found.counts)
        self._no_match.show_total(found.total)
        self._head.show_online(possible=bool(found.total))
        self._pages.setCurrentIndex(1 if not found.total else 0 if shown else 2)

    def _arrange(self, ids: Sequence[str]) -> None:
        """Show these places; what was selected stays so, and the list stays where it was scrolled to."""
        chosen, current = self._cards.selected_ids(), self._cards.current_id()
        place = self._cards.verticalScrollBar().value()
        wanted = frozenset(ids)
        self._model.arrange(ids, [self._named(one) for one in self._found.rows if one.id in wanted])
        self._cards.select_ids(chosen if len(chosen) <= _KEPT_SELECTION else (), current)
        self._cards.verticalScrollBar().setValue(place)

    def _named(self, one: StoredCredential) -> StoredCredential:
        """Return the row under the learner's own title, if she gave it one."""
        labels = self._labels.get(one.id)
        return replace(one, title=labels.title) if labels and labels.title else one

    def _show_own_titles(self, before: Mapping[str, Labels]) -> None:
        """Show own titles that changed, and ask anew where they decide what is shown."""
        gone = any(one.title and one.title != self._labels.get(name, Labels()).title
                   for name, one in before.items())
        wish = self.wish()
        if gone or wish.tag or wish.order in (LibraryOrder.TITLE, LibraryOrder.ISSUER):
            self.wished.emit(wish)
        else:
            self.put_rows(self._model.rows())

    # --- slots ---

    def _on_ended_toggled(self, opened: bool) -> None:  # noqa: FBT001 - a slot
        first = self._model.rowCount()
        self._show_found()
        if opened and first < self._model.rowCount():
            self._cards.scrollTo(self._model.index(first), CardList.ScrollHint.PositionAtCenter)

    def _on_menu_requested(self, place: QPoint) -> None:
        if self._cards.selectionModel().hasSelection():
            self._menu.popup(self._cards.viewport().mapToGlobal(place))

    def _on_open_chosen(self) -> None:
        self.credential_opened.emit(self._cards.selected_ids()[0])

    def _on_share_chosen(self) -> None:
        self.share_requested.emit(self._cards.selected_ids())

    def _on_delete_pressed(self) -> None:
        self.delete_requested.emit(self._cards.selected_ids())
