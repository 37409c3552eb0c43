"""Errands with what is kept: the bin, originals, own addresses, documents by hand, one backup."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from wallet.model.stored import Changes
from wallet.operations import evidence_shelf, library, upkeep
from wallet.operations.progress import Progress
from wallet.operations.shelf import all_ids
from wallet.ui.ground import Ground
from wallet.ui.paths import as_path
from wallet.ui.wording import counted


class KeepingErrands(QObject):
    """Wishes about what is kept.

    Signals:
        deleted: Ids that went into the bin, before anybody reloads.
        settled: A sentence for the settings page.
    """

    deleted = Signal(object)
    settled = Signal(str)

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        self._ground = ground

    def delete(self, ids: Sequence[str]) -> None:
        """Put into the bin, with a way back."""
        chosen, ground = tuple(ids), self._ground

        def done(changes: Changes) -> None:
            self.deleted.emit(chosen)
            ground.tell(_all_shown(changes))
            ground.say(counted(len(chosen), "%n credential is in the bin for 30 days.",
                               "%n credentials are in the bin for 30 days."),
                       undo=lambda: self.restore(chosen))

        if chosen:
            ground.run(lambda: library.delete(ground.session, chosen), done)

    def restore(self, ids: Sequence[str]) -> None:
        """Take out of the bin."""
        chosen, ground = tuple(ids), self._ground
        ground.run(lambda: library.restore(ground.session, chosen),
                   lambda changes: ground.tell(_all_shown(changes)))

    def export(self, credential_id: str) -> None:
        """Save one original, byte for byte."""
        folder = QFileDialog.getExistingDirectory(self._ground.window, self.tr("Save the original file in"))
        if not folder:
            return
        ground = self._ground

        def done(written: tuple[Path, ...]) -> None:
            ground.tell(Changes(shares=True))
            ground.say(self.tr("Saved as {name}, byte for byte as you received it.").format(
                name=", ".join(path.name for path in written)))

        ground.run(lambda: library.export(ground.session, (credential_id,), Path(folder)), done)

    def keep_identities(self, identities: tuple[str, ...]) -> None:
        """Keep the learner's own addresses and compare everything with them."""
        session = self._ground.session

        def work(progress: Progress) -> Changes:
            session.set_identities(identities)
            return library.check_again(session, all_ids(session), progress=progress)

        self._settle(work, self.tr("Kept. Your credentials were compared with them."),
                     self.tr("Comparing your credentials…"))

    def add_evidence(self) -> None:
        """Ask for keys, lists or other documents, and keep them."""
        chosen, _ = QFileDialog.getOpenFileNames(self._ground.window,
                                                 self.tr("Add keys, lists or a map of them"))
        paths, session = tuple(Path(one) for one in chosen), self._ground.session
        if paths:
            self._settle(lambda _progress: evidence_shelf.add_evidence(session, paths),
                         self.tr("Kept. Check your credentials again to use it."),
                         self.tr("Reading…"))

    def back_up(self) -> None:
        """Save one backup where the learner says."""
        ending, session = upkeep.BACKUP_ENDING, self._ground.session
        chosen, _ = QFileDialog.getSaveFileName(self._ground.window, self.tr("Save a backup"),
                                                f"backup{ending}",
                                                self.tr("Wallet backup (*{ending})").format(ending=ending))
        if chosen:
            target = as_path(chosen, ending)
            said = self.tr("Saved as {name}, opened again and checked.").format(name=target.name)
            self._ground.watch(self.tr("Making a backup…"),
                               lambda progress: upkeep.back_up(session, target, progress),
                               lambda _summary: self.settled.emit(said))

    def _settle(self, work: Callable[[Progress], Changes], sentence: str, doing: str) -> None:
        def done(changes: Changes) -> None:
            self._ground.tell(changes)
            self.settled.emit(sentence)

        self._ground.watch(doing, work, done)


def _all_shown(changes: Changes) -> Changes:
    """The bin is shown among the settings."""
    return Changes(changes.credentials, changes.evidence, changes.shares, settings=True)
