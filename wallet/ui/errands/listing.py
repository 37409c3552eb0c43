"""Errands with issuer lists and with the documents credentials are checked by."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from wallet.model.issuer_lists import KeptList, ListKind
from wallet.model.network import Purpose
from wallet.model.stored import Changes
from wallet.operations import evidence_shelf, list_refresh, lists
from wallet.operations.list_overview import addresses_of, list_overview
from wallet.operations.list_refresh import Refreshed
from wallet.operations.network import Door
from wallet.operations.sheet import sheet_for
from wallet.ui.dialogs.dialog import ConfirmDialog
from wallet.ui.dialogs.list_form import ListForm
from wallet.ui.ground import Ground
from wallet.ui.paths import as_path
from wallet.ui.wording import counted, reason_text

from .asking import Asking

_PACK_ENDING = ".evidence.zip"


class ListingErrands(QObject):
    """Wishes about lists and documents.

    Signals:
        lists_ready: The lists in force, as a tuple of `ListShown`.
        documents_ready: The kept documents, as a tuple.
    """

    lists_ready = Signal(object)
    documents_ready = Signal(object)

    def __init__(self, ground: Ground, asking: Asking) -> None:
        super().__init__(ground)
        self._ground = ground
        self._asking = asking

    def show(self) -> None:
        """Read both."""
        session = self._ground.session
        self._ground.run(lambda: list_overview(session), self.lists_ready.emit)
        self._ground.run(lambda: evidence_shelf.kept_evidence(session), self.documents_ready.emit)

    # --- lists ---

    def add_file(self) -> None:
        """Ask for a file with a list, and for the key of those who seal it."""
        chosen, _ = QFileDialog.getOpenFileName(self._ground.window, self.tr("Add a list of issuers"))
        if chosen:
            path, session = Path(chosen), self._ground.session
            self._ask(self.tr("Add a list"), "", path.stem, lambda _address, name, key: self._act(
                lambda: lists.add_list_file(session, path, name=name, key=key),
                self.tr("The list is in force."), undo=self.undo))

    def add_address(self) -> None:
        """Ask for the web address of a list, and bring it through the sheet."""
        session = self._ground.session

        def bring(address: str, name: str, key: str) -> None:
            def done(kept: KeptList) -> None:
                self._done(self.tr("The list is in force."), self.undo)
                self._bring_members(kept)

            def wish(door: Door) -> None:
                self._ground.watch(
                    self.tr("Asking the web…"),
                    lambda _progress: list_refresh.add_list_address(session, door, address, name=name,
                                                                    key=key), done)

            self._asking.ask(lambda: sheet_for(session, (address,), Purpose.REGISTRY), wish,
                             nothing=self.tr("That is no web address."))

        self._ask(self.tr("Add a list from the web"), self.tr("Address"), "", bring)

    def _bring_members(self, kept: KeptList) -> None:
        """Offer to bring the lists that a list of lists names: their hosts were not known before."""
        session = self._ground.session

        def lacking() -> tuple[str, ...]:
            shown = next((one for one in list_overview(session) if one.kept.address == kept.address), None)
            return tuple(one.kept.address for one in (shown.members if shown else ()) if one.document is None)

        def wish(door: Door) -> None:
            self._ground.watch(
                self.tr("Asking the web…"),
                lambda progress: list_refresh.bring_members(session, door, kept.address, progress=progress),
                self._refreshed)

        if kept.kind is ListKind.LIST_OF_LISTS:
            self._asking.ask(lambda: sheet_for(session, lacking(), Purpose.REGISTRY), wish,
                             nothing=self.tr("The list is in force."))

    def refresh(self) -> None:
        """Bring every list anew that has a web address."""
        session = self._ground.session

        def wish(door: Door) -> None:
            self._ground.watch(self.tr("Asking the web…"),
                               lambda progress: list_refresh.refresh_lists(session, door, progress=progress),
                               self._refreshed)

        self._asking.ask(
            lambda: sheet_for(session, addresses_of(session), Purpose.REGISTRY), wish,
            nothing=self.tr("None of your lists has a web address."))

    def move(self, address: str, steps: int) -> None:
        """Let a list speak earlier or later than others."""
        session = self._ground.session
        self._act(lambda: lists.move_list(session, address, steps), self.tr("The new order is kept."),
                  undo=self.undo)

    def remove(self, address: str) -> None:
        """Put a list out of force."""
        session = self._ground.session
        shipped = address.startswith("shipped:")
        self._act(lambda: lists.remove_list(session, address), self.tr("The list is not in force any more."),
                  undo=self.use_shipped if shipped else self.undo)

    def use_shipped(self) -> None:
        """Put what came with the program in force again."""
        session = self._ground.session
        self._act(lambda: lists.use_shipped_lists(session, used=True), self.tr("In force again."))

    def undo(self) -> None:
        """Take the last act on the lists back."""
        session = self._ground.session
        self._ground.run(lambda: lists.undo_lists(session), lambda _changes: self._done(""))

    def _ask(self, title: str, address_label: str, name: str,
             given: Callable[[str, str, str], None]) -> None:
        asked = ListForm(title, address_label, name, self._ground.window.window())
        asked.given.connect(given)
        asked.open()

    # --- documents ---

    def export(self) -> None:
        """Save all documents in one file that another computer can read."""
        chosen, _ = QFileDialog.getSaveFileName(self._ground.window, self.tr("Save keys and lists"),
                                                f"keys-and-lists{_PACK_ENDING}")
        if not chosen:
            return
        session, target = self._ground.session, as_path(chosen, _PACK_ENDING)
        self._ground.run(
            lambda: evidence_shelf.export_pack(evidence_shelf.kept_evidence(session), target),
            lambda count: self._ground.say(counted(count, "%n document saved as {name}.",
                                                   "%n documents saved as {name}.").format(name=target.name)))

    def forget(self, address: str) -> None:
        """Forget every version at an address, after a question."""
        session = self._ground.session
        ConfirmDialog(
            self.tr("Remove all its versions?"),
            self.tr("{address}: what your credentials were checked by stays beside them. To have it here "
                    "again, check online or add it.").format(address=address),
            self.tr("Remove"), lambda: self._act(lambda: evidence_shelf.remove_evidence(session, address),
                                                 self.tr("Removed.")),
            self._ground.window.window()).open()

    def _refreshed(self, found: tuple[Refreshed, ...]) -> None:
        new = counted(sum(one.is_new for one in found), "%n list is new.", "%n lists are new.")
        why = dict.fromkeys(reason_text(one.reason) for one in found if one.reason)
        self._done(" ".join((new, *why)))

    def _act(self, work: Callable[[], object], sentence: str, *,
             undo: Callable[[], None] | None = None) -> None:
        self._ground.run(work, lambda _answer: self._done(sentence, undo))

    def _done(self, sentence: str, undo: Callable[[], None] | None = None) -> None:
        self._ground.tell(Changes(evidence=True))
        if sentence:
            self._ground.say(sentence, undo=undo)
