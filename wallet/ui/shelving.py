"""Brings the library page what it wishes: a first page at once, the rest as it is learnt, rows as looked at.

Everything here runs behind the thread door, in portions, so that no other wish waits for a large library.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from wallet.model.reasons import Reason
from wallet.model.stored import Changes, StoredCredential
from wallet.operations.shelf import Arranged, Shelf, Wish

from .background import Task
from .badge_loader import BadgeLoader
from .ground import Ground
from .views.library import LibraryView

T = TypeVar("T")


class Shelving(QObject):
    """Between the shelf and the page.

    Signals:
        counted: How many credentials are in the library.
    """

    counted = Signal(int)

    def __init__(self, ground: Ground, view: LibraryView) -> None:
        super().__init__(ground)
        self._ground = ground
        self._view = view
        self._shelf = Shelf(ground.session)
        self._wish = Wish()
        self._task: Task | None = None
        self._wanted: tuple[str, ...] = ()
        self._is_fetching = False
        self._badges = BadgeLoader(ground.background, ground.session, view.set_picture, self)
        view.wished.connect(self.look)
        view.rows_wanted.connect(self._on_rows_wanted)

    def look(self, wish: Wish) -> None:
        """Show what is wished now; what was being looked for before is not wanted any more."""
        self._wish = wish
        shelf = self._shelf
        self._next(lambda: shelf.look(wish), self._on_looked)

    def on_changed(self, changes: Changes) -> None:
        """Look anew, at what changed from the bottom."""
        shelf, ids = self._shelf, changes.credentials
        self._ground.run(lambda: shelf.forget(ids), lambda _none: None)
        self.look(self._wish)

    def _next(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Do this instead of what was under way."""
        if self._task is not None:
            self._task.drop()
        self._task = self._ground.background.run(self, lambda _progress: work(), done=done,
                                                 failed=self._ground.fail)

    def _on_looked(self, found: Arranged) -> None:
        self._show(found)
        if not found.is_whole:
            self._learn()

    def _learn(self) -> None:
        shelf, wish = self._shelf, self._wish

        def learnt(more: bool) -> None:  # noqa: FBT001 - an answer
            if more:
                self._learn()
            else:
                self._next(lambda: shelf.arrange(wish), self._show)

        self._next(shelf.learn, learnt)

    def _show(self, found: Arranged) -> None:
        self._view.show_arranged(found)
        self.counted.emit(found.total)
        self._badges.load(found.rows)

    def _on_rows_wanted(self, ids: Sequence[str]) -> None:
        """Bring rows; while some are on their way, only what was looked at last is wanted next."""
        self._wanted = tuple(ids)
        if not self._is_fetching:
            self._fetch()

    def _fetch(self) -> None:
        ids, self._wanted = self._wanted, ()
        shelf, model = self._shelf, self._view.model
        ids = tuple(one for one in ids if not model.has_id(one))
        if not ids:
            return
        self._is_fetching = True

        def came(rows: tuple[StoredCredential, ...]) -> None:
            self._is_fetching = False
            self._view.put_rows(rows)
            self._badges.load(rows)
            if len(rows) < len(ids):  # some are gone: the places are not what they were
                self.on_changed(Changes())
            elif self._wanted:
                self._fetch()

        def failed(why: Reason) -> None:
            self._is_fetching = False
            self._ground.fail(why)

        self._ground.background.run(self, lambda _progress: shelf.rows(ids), done=came, failed=failed)
