"""The learner's own order in an opened wallet: tags, titles, notes and bundles, wired to where they show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from wallet.model.stored import Changes
from wallet.operations.bundles import KeptBundle
from wallet.operations.labels import Labels

from .errands.own_words import OwnFacts, OwnWordErrands
from .ground import Ground
from .matter import Matter, join
from .views.bundles import BundlesPage
from .views.detail import DetailView
from .views.library import LibraryView
from .views.own_words import OwnWords


class OwnPages(Matter):
    """Errands, the bundles' page, and what is shown on others.

    Signals:
        share_wished: Ids, in their order.
        credential_wanted: The id to show.
        counted: How many bundles there are.
    """

    share_wished = Signal(object)
    credential_wanted = Signal(str)
    counted = Signal(int)

    def __init__(self, ground: Ground, detail: DetailView, library: LibraryView) -> None:
        super().__init__(ground)
        self.errands = OwnWordErrands(ground)
        self.bundles = BundlesPage()
        self._detail = detail
        self._library = library
        self._facts = OwnFacts()
        self._words: OwnWords | None = None
        self._connect()
        self.look()

    def cares(self, changes: Changes) -> bool:
        """Titles and bundles follow what is kept."""
        return bool(changes.credentials) or changes.settings

    def look(self) -> None:
        """Look at all of them."""
        self.errands.show()

    def undo(self) -> None:
        """Take the last act on own words or bundles back."""
        self.errands.undo()

    def _connect(self) -> None:
        page, errands, library = self.bundles, self.errands, self._library
        join((errands.facts_ready, self._show_facts), (errands.made, page.expect),
             (self._detail.shown, self._on_detail),
             (library.tag_requested, errands.ask_tag), (library.bundle_requested, self._put_into),
             (page.new_requested, errands.make_bundle), (page.fill_requested, errands.fill),
             (page.share_requested, self.share_wished.emit),
             (page.credential_opened, self.credential_wanted.emit),
             (page.reordered, errands.reorder), (page.note_changed, errands.note_bundle),
             (page.taken_out, errands.take_out), (page.rename_requested, errands.rename_bundle),
             (page.delete_requested, errands.delete_bundle))

    def _put_into(self, bundle_id: str, ids: Sequence[str]) -> None:
        if bundle_id:
            self.errands.put_into(bundle_id, ids)
        else:
            self.errands.make_bundle(ids)

    def _show_facts(self, facts: OwnFacts) -> None:
        self._facts = facts
        self._library.set_own(facts.labels, facts.tags, tuple((one.id, one.name) for one in facts.bundles))
        self._show_bundles()
        self._show_words()

    def _show_bundles(self) -> None:
        kept: tuple[KeptBundle, ...] = self._facts.bundles
        labels = self._facts.labels
        shown = tuple(replace(one, title=labels[one.id].title) if one.id in labels and labels[one.id].title
                      else one for one in self._facts.items)
        self.bundles.set_bundles(kept, shown)
        self.counted.emit(len(kept))

    def _on_detail(self, credential_id: str) -> None:
        errands, words = self.errands, OwnWords()
        words.title_changed.connect(lambda title: errands.set_title(credential_id, title))
        words.note_changed.connect(lambda note: errands.set_note(credential_id, note))
        words.tag_added.connect(lambda tag: errands.add_tag((credential_id,), tag))
        words.tag_removed.connect(lambda tag: errands.remove_tag(credential_id, tag))
        words.destroyed.connect(self._on_gone)
        self._words = words
        self._detail.put_own_words(words)
        self._show_words()

    def _on_gone(self, gone: QObject) -> None:
        if self._words is gone:
            self._words = None

    def _show_words(self) -> None:
        if self._words is not None and isValid(self._words):  # its page may have been cleared meanwhile
            self._words.set_labels(self._facts.labels.get(self._detail.credential_id, Labels()))
