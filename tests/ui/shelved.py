"""A library page over rows in memory, arranged as the shelf arranges them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wallet.model.stored import StoredCredential
from wallet.operations.shelf import Wish, arranged, entry_of
from wallet.ui.views.library import LibraryView


class ShelvedLibrary(LibraryView):
    """Shows the rows it is given, as it wishes them."""

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[StoredCredential, ...] = ()
        self.wished.connect(self.show_wish)

    def set_rows(self, rows: Sequence[StoredCredential]) -> None:
        self._all = tuple(sorted(rows, key=lambda one: one.added_at, reverse=True))
        self.show_wish(self.wish())

    def show_wish(self, wish: Wish) -> None:
        rows = [one for one in self._all if wish.text.casefold() in one.title.casefold()]
        by_id = {one.id: one for one in rows}
        found = arranged([entry_of(one) for one in rows], wish, self._labels, len(self._all))
        self.show_arranged(replace(found, rows=tuple(by_id[one] for one in found.ids)))
