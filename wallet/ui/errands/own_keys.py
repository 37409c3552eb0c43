"""Errands with the learner's own keys. Taking one out asks for the passphrase again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from wallet.operations import holder_keys
from wallet.operations.wallets import Secret
from wallet.ui.dialogs.dialog import ConfirmDialog
from wallet.ui.dialogs.form import TextDialog
from wallet.ui.dialogs.key_file import KeyInDialog, KeyOutDialog
from wallet.ui.ground import Ground
from wallet.ui.paths import as_path

_ENDING = ".json"


class KeyErrands(QObject):
    """Wishes about own keys.

    Signals:
        settled: A sentence for the settings page.
        keys_ready: The keys, as a tuple of `KeptHolderKey`.
    """

    settled = Signal(str)
    keys_ready = Signal(object)

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        self._ground = ground

    def show(self) -> None:
        """Look at the keys."""
        session = self._ground.session
        self._ground.run(lambda: holder_keys.holder_keys(session), self.keys_ready.emit)

    def new(self) -> None:
        """Ask for words for a new key and make it."""
        session = self._ground.session
        self._ask(self.tr("New key"), self.tr("It signs nothing until you choose it."), self.tr("Make it"),
                  lambda label: holder_keys.new_holder_key(session, label), self.tr("The key was made."))

    def label(self, number: str) -> None:
        """Give a key other words."""
        session = self._ground.session
        self._ask(self.tr("Rename this key"), self.tr("Only you see this name."), self.tr("Rename"),
                  lambda label: holder_keys.label_holder_key(session, number, label),
                  self.tr("The key has its new name."))

    def replace(self, number: str) -> None:
        """Make a key in the place of another."""
        session = self._ground.session
        self._ask(self.tr("Replace this key"),
                  self.tr("A new key takes its place, and this one is retired. Credentials that were "
                          "issued to "
                          "the old key still count as yours."), self.tr("Replace"),
                  lambda label: holder_keys.replace_holder_key(session, number, label),
                  self.tr("A new key took its place."))

    def choose(self, number: str) -> None:
        """Let this key sign from now on."""
        session = self._ground.session
        self._do(lambda: holder_keys.choose_holder_key(session, number), self.tr("This key signs from now "
                                                                                 "on."))

    def retire(self, number: str) -> None:
        """Ask, then let a key sign nothing more."""
        session = self._ground.session
        ConfirmDialog(self.tr("Retire this key?"),
                      self.tr("It signs nothing more, and this cannot be taken back. What was issued to "
                              "it still "
                              "counts as yours."), self.tr("Retire"),
                      lambda: self._do(lambda: holder_keys.retire_holder_key(session, number),
                                       self.tr("The key is retired.")), self._ground.window.window()).open()

    def export(self, number: str) -> None:
        """Write a key into a file, encrypted unless asked otherwise."""
        ground, dialog = self._ground, KeyOutDialog(self._ground.window.window())

        def write(secret: Secret, passphrase: str, plain: bool) -> None:  # noqa: FBT001 - a slot
            chosen, _ = QFileDialog.getSaveFileName(dialog, self.tr("Save a copy of this key"),
                                                    f"key{_ENDING}", self.tr("Key file (*.json)"))
            if not chosen:
                return
            target = as_path(chosen, _ENDING)

            def done(_path: Path) -> None:
                dialog.accept()
                self.settled.emit(self.tr("Saved as {name}.").format(name=target.name))

            dialog.set_busy(self.tr("One moment…"))
            ground.background.run(dialog, lambda _progress: holder_keys.export_holder_key(
                ground.session, number, secret, target, passphrase=passphrase, unsafe_plain=plain),
                done=done, failed=dialog.show_failure)

        dialog.given.connect(write)
        dialog.open()

    def bring_in(self) -> None:
        """Ask for a key file and keep its key."""
        chosen, _ = QFileDialog.getOpenFileName(self._ground.window, self.tr("Choose a key file"))
        if chosen:
            source = Path(chosen)
            self._ground.run(lambda: holder_keys.is_key_file_encrypted(source),
                             lambda locked: self._on_looked(source, is_locked=locked))

    def _on_looked(self, source: Path, *, is_locked: bool) -> None:
        ground = self._ground
        dialog = KeyInDialog(source.name, is_locked=is_locked, parent=ground.window.window())

        def take(label: str, passphrase: str) -> None:
            def done(_key: object) -> None:
                dialog.accept()
                self._on_done(self.tr("The key is one of yours now."))

            dialog.set_busy(self.tr("One moment…"))
            ground.background.run(dialog, lambda _progress: holder_keys.import_holder_key(
                ground.session, source, label, passphrase=passphrase), done=done, failed=dialog.show_failure)

        dialog.given.connect(take)
        dialog.open()

    def _ask(self, title: str, text: str, action: str, work: Callable[[str], object], said: str) -> None:
        dialog = TextDialog(title, text, self.tr("What you call it"), action,
                            parent=self._ground.window.window())

        def given(label: str) -> None:
            dialog.accept()
            self._do(lambda: work(label), said)

        dialog.given.connect(given)
        dialog.open()

    def _do(self, work: Callable[[], object], said: str) -> None:
        self._ground.run(work, lambda _answer: self._on_done(said))

    def _on_done(self, said: str) -> None:
        self.show()
        self.settled.emit(said)
