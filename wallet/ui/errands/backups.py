"""Errands with backups: by themselves, tested, compared with the wallet and brought in; the bin emptied."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from wallet.model.reasons import ReasonCode
from wallet.model.stored import Changes
from wallet.operations import library, merge, schedule, upkeep
from wallet.operations.progress import Progress
from wallet.operations.schedule import BackupPlan, ScheduledBackup
from wallet.operations.wallets import Secret
from wallet.ui.dialogs.copies import CompareDialog, TestDialog
from wallet.ui.dialogs.dialog import ConfirmDialog
from wallet.ui.failure_box import failure_words
from wallet.ui.ground import Ground
from wallet.ui.views.settings_backups import BackupFacts
from wallet.ui.wording import counted


class BackupErrands(QObject):
    """Wishes about backups and other copies.

    Signals:
        settled: A sentence for the settings page.
        facts_ready: How it stands, as `BackupFacts`.
    """

    settled = Signal(str)
    facts_ready = Signal(object)

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        self._ground = ground

    def show(self) -> None:
        """Look how it stands."""
        session = self._ground.session

        def work() -> BackupFacts:
            plan = schedule.backup_plan(session)
            files = schedule.backup_files(plan.folder) if plan else ()
            copies = merge.find_conflict_copies(session.vault.folder)
            return BackupFacts(plan, files, copies, session.vault.id)

        self._ground.run(work, self.facts_ready.emit)

    def back_up_if_due(self) -> None:
        """Make a planned backup if one is due, in the background, and say so."""
        session = self._ground.session
        self._ground.watch(self.tr("Making a backup…"),
                           lambda progress: schedule.back_up_if_due(session, progress), self._on_scheduled)

    def empty_old_bin(self) -> None:
        """Remove for good what has been in the bin for its time, and say so."""
        ground = self._ground

        def done(changes: Changes) -> None:
            if changes.credentials:
                ground.tell(replace(changes, settings=True))
                ground.say(counted(
                    len(changes.credentials), "%n credential was in the bin for its time and is removed.",
                    "%n credentials were in the bin for their time and are removed."))

        ground.run(lambda: library.empty_old_bin(ground.session), done)

    def empty_bin(self) -> None:
        """Ask, then remove everything in the bin for good."""
        ground = self._ground

        def done(changes: Changes) -> None:
            ground.tell(replace(changes, settings=True))
            self.settled.emit(self.tr("The bin is empty."))

        ConfirmDialog(self.tr("Empty the bin now?"),
                      self.tr("What is in it is removed for good. Backups made before still hold it."),
                      self.tr("Empty it"),
                      lambda: ground.run(lambda: library.empty_bin(ground.session), done),
                      ground.window.window()).open()

    def choose_folder(self) -> None:
        """Ask for a folder, and make backups there by themselves from now on."""
        chosen = QFileDialog.getExistingDirectory(self._ground.window, self.tr("Backups go into"))
        if not chosen:
            return
        session, folder = self._ground.session, Path(chosen)

        def work(progress: Progress) -> ScheduledBackup:
            plan = schedule.backup_plan(session)
            schedule.set_backup_plan(session, replace(plan, folder=folder) if plan else BackupPlan(folder))
            return schedule.back_up_if_due(session, progress)

        self._ground.watch(self.tr("Making a backup…"), work, self._on_scheduled)

    def change_plan(self, plan: BackupPlan | None) -> None:
        """Keep another plan, or none."""
        session = self._ground.session
        said = self.tr("Kept.") if plan else self.tr("No more backups are made by themselves.")

        def done(_none: object) -> None:
            self.show()
            self.settled.emit(said)

        self._ground.run(lambda: schedule.set_backup_plan(session, plan), done)

    def test(self, path: Path) -> None:
        """Open a backup with a secret of its day and say what it holds."""
        dialog = TestDialog(path.name, self._ground.window.window())

        def look(secret: Secret) -> None:
            self._ground.watch_in(dialog, self.tr("Reading all of it…"),
                                  lambda progress: upkeep.open_backup(path, secret, progress),
                                  dialog.show_summary)

        dialog.given.connect(look)
        dialog.open()

    def look_over(self) -> None:
        """Read everything in the wallet and say whether it is whole."""
        ground = self._ground

        def done(found: tuple[upkeep.Finding, ...]) -> None:
            wrong = next((one.problem for one in found if one.problem is not None), None)
            if wrong is not None:
                ground.fail(wrong)
            else:
                ground.say(self.tr("Everything in your wallet was read, and it is whole."))

        ground.watch(self.tr("Looking everything over…"),
                     lambda progress: upkeep.look_over(ground.session, progress), done)

    def compare(self, path: Path | None) -> None:
        """Compare another copy with the wallet, then bring it in if that is wished."""
        ground = self._ground
        source = path or self._chosen_backup()
        if source is None:
            return
        is_store = source in merge.find_conflict_copies(ground.session.vault.folder)
        dialog = CompareDialog(source.name, needs_secret=not is_store, parent=ground.window.window())

        def look(secret: Secret | None) -> None:
            ground.watch_in(dialog, self.tr("Comparing…"),
                            lambda progress: merge.compare(ground.session, source, secret, progress),
                            dialog.show_comparison)

        def bring(secret: Secret | None, mine: bool) -> None:  # noqa: FBT001 - a slot
            dialog.accept()
            ground.watch(self.tr("Bringing in…"),
                         lambda progress: merge.merge_copy(ground.session, source, secret, mine=mine,
                                                           progress=progress), self._on_merged)

        dialog.compare_wished.connect(look)
        dialog.merge_wished.connect(bring)
        dialog.open()
        if is_store:
            look(None)

    def _chosen_backup(self) -> Path | None:
        ending = upkeep.BACKUP_ENDING
        chosen, _ = QFileDialog.getOpenFileName(self._ground.window, self.tr("Choose a backup"), "",
                                                self.tr("Wallet backup (*{ending})").format(ending=ending))
        return Path(chosen) if chosen else None

    def _on_merged(self, done: merge.MergeSummary) -> None:
        self._ground.tell(done.changes)
        merged = done.merged
        if not merged.changed:
            said = self.tr("Everything in that copy is here already.")
        else:
            said = counted(len(merged.added), "%n credential came in.", "%n credentials came in.")
        if merged.conflicts:
            said += " " + counted(len(merged.conflicts), "In %n place the two differ; your wallet's word "
                                                         "stands.",
                                  "In %n places the two differ; your wallet's word stands.")
        self._ground.say(said, stays=True)
        self.show()

    def _on_scheduled(self, done: ScheduledBackup) -> None:
        self.show()
        if done.made is not None:
            self._ground.say(self.tr("A backup was made: {name}, opened again and checked.").format(
                name=done.made.path.name))
        elif done.problem is not None and done.problem.code is ReasonCode.CANCELLED:
            self._ground.say(self.tr("Stopped. The backup is made when you open the wallet again."))
        elif done.problem is not None:
            words = failure_words(done.problem)
            self._ground.say(self.tr("The planned backup could not be made.") + f" {words.what} {words.next}",
                             stays=True)
