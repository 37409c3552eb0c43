"""Errands with what the learner believes about issuers; each act can be taken back from the note.

The dialog of an issuer stays open and shows how it stands after each act.
"""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from wallet.model.stored import Changes
from wallet.operations import issuers, library
from wallet.operations.issuers import IssuerView
from wallet.operations.known_to import known_to
from wallet.operations.lookups import ask_about, lookup_requests
from wallet.operations.network import Door
from wallet.operations.online import FetchSummary
from wallet.operations.sheet import sheet_of
from wallet.ui.dialogs.form import TextDialog
from wallet.ui.dialogs.issuer import IssuerDialog, IssuerShown
from wallet.ui.ground import Ground
from wallet.wording.text import party

from .asking import Asking
from .online import what_came


class BelievingErrands(QObject):
    """Wishes about issuers."""

    def __init__(self, ground: Ground, asking: Asking) -> None:
        super().__init__(ground)
        self._ground = ground
        self._asking = asking
        self._dialog: IssuerDialog | None = None

    def show(self, issuer_id: str) -> None:
        """Show what is known of an issuer."""
        self._ground.run(lambda: self._look(issuer_id), self._open)

    def pin(self, view: IssuerView) -> None:
        """Note that the issuer's key was compared with what the issuer itself says."""
        shown = ", ".join(key.fingerprint for key in view.keys if key.current)
        asked = TextDialog(
            self.tr("Is it the issuer's key?"),
            self.tr("Ask the issuer by a way you know already: by telephone, or on paper. Compare what it "
                    "tells you with: {shown}").format(shown=shown),
            self.tr("What the issuer told you"), self.tr("It is the same"), parent=self._parent())
        asked.given.connect(lambda text: self._act(
            view.id, lambda: issuers.pin(self._ground.session, view.id, written=text),
            self.tr("Noted: you compared the key of {issuer}."), asked))
        asked.open()

    def distrust(self, issuer_id: str) -> None:
        """Note that an issuer is not to be trusted."""
        self._act(issuer_id, lambda: issuers.distrust(self._ground.session, issuer_id),
                  self.tr("Noted: you do not trust {issuer}."))

    def name(self, view: IssuerView) -> None:
        """Give an issuer a name of the learner's own."""
        asked = TextDialog(
            self.tr("Your name for it"), self.tr("Only you see it. Leave it empty to take the name away."),
            self.tr("Name"), self.tr("Keep the name"), value=view.belief.name if view.belief else "",
            may_be_empty=True, parent=self._parent())
        asked.given.connect(lambda text: self._act(
            view.id, lambda: issuers.name(self._ground.session, view.id, text),
            self.tr("Your name for {issuer} is kept."), asked))
        asked.open()

    def forget(self, issuer_id: str) -> None:
        """Believe nothing about an issuer any more."""
        self._act(issuer_id, lambda: issuers.forget(self._ground.session, issuer_id),
                  self.tr("You note nothing about {issuer} any more."))

    def ask(self, issuer_id: str) -> None:
        """Ask the federations among the lists about an issuer, through the sheet."""
        session, ground = self._ground.session, self._ground

        def done(answer: tuple[FetchSummary, IssuerShown]) -> None:
            asked, shown = answer
            ground.tell(Changes(frozenset(shown.credential_ids), evidence=bool(asked.kept)))
            self._open(shown)
            ground.say(what_came(asked), stays=bool(asked.failed))

        def wish(door: Door) -> None:
            self._close()  # so that the strip with the way to stop can be reached
            ground.watch(self.tr("Asking the web…"),
                         lambda progress: (ask_about(session, door, issuer_id, progress=progress),
                                           self._look(issuer_id)), done)

        self._asking.ask(
            lambda: sheet_of(session, lookup_requests(session, (issuer_id,), everywhere=True)), wish)

    def undo(self, issuer_id: str) -> None:
        """Take the last act about an issuer back."""
        self._do(issuer_id, lambda: issuers.undo(self._ground.session, issuer_id), lambda: None)

    def _act(self, issuer_id: str, work: Callable[[], object], sentence: str,
             asked: TextDialog | None = None) -> None:
        def done() -> None:
            if asked is not None:
                asked.accept()
            self._ground.say(sentence.format(issuer=party(issuer_id)), undo=lambda: self.undo(issuer_id))

        self._do(issuer_id, work, done, asked)

    def _do(self, issuer_id: str, work: Callable[[], object], done: Callable[[], None],
            asked: TextDialog | None = None) -> None:
        session = self._ground.session

        def whole() -> tuple[Changes, IssuerShown]:
            work()
            ids = tuple(one.id for one in session.vault.list() if one.issuer_id == issuer_id)
            changes = library.check_again(session, ids)
            return Changes(changes.credentials, evidence=True), self._look(issuer_id)

        def finished(answer: tuple[Changes, IssuerShown]) -> None:
            self._ground.tell(answer[0])
            if self._dialog is not None and shiboken6.isValid(self._dialog):
                self._dialog.show_issuer(answer[1])
            done()

        failed = asked.show_failure if asked is not None else self._ground.fail
        self._ground.background.run(self, lambda _progress: whole(), done=finished, failed=failed)

    def _look(self, issuer_id: str) -> IssuerShown:
        session = self._ground.session
        lookups = lookup_requests(session, (issuer_id,), everywhere=True)
        ids = tuple(one.id for one in session.vault.list() if one.issuer_id == issuer_id)
        return IssuerShown(issuers.issuer(session, issuer_id), known_to(session, issuer_id), ids,
                           any(one.refused is None for one in lookups))

    def _close(self) -> None:
        if self._dialog is not None and shiboken6.isValid(self._dialog):
            self._dialog.close()

    def _open(self, shown: IssuerShown) -> None:
        dialog = IssuerDialog(shown, self._ground.window.window())
        dialog.pin_requested.connect(self.pin)
        dialog.distrust_requested.connect(self.distrust)
        dialog.name_requested.connect(self.name)
        dialog.forget_requested.connect(self.forget)
        dialog.ask_requested.connect(self.ask)
        self._dialog = dialog
        dialog.open()

    def _parent(self) -> QWidget:
        return self._dialog if self._dialog is not None and shiboken6.isValid(self._dialog) \
            else self._ground.window.window()
