"""Errands of leaving with everything and of moving in from another wallet."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from wallet.model.stored import Changes
from wallet.operations import foreign_wallets, leaving
from wallet.operations.foreign_wallets import TakenOver
from wallet.operations.intake import ImportSummary
from wallet.operations.leaving import ExportSummary
from wallet.operations.wallets import Secret
from wallet.ui.dialogs.moving import LeaveDialog, MoveInDialog
from wallet.ui.ground import Ground
from wallet.ui.paths import as_path
from wallet.ui.wording import counted

_SEALED, _PLAIN = ".wallet-export", ".zip"


class MovingErrands(QObject):
    """Wishes about moving.

    Signals:
        imported: An `ImportSummary` to be shown as any import is.
    """

    imported = Signal(object)

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        self._ground = ground

    def leave(self) -> None:
        """Ask how and where to, then write everything."""
        dialog = LeaveDialog(self._ground.window.window())

        def given(plain: bool, keys_for: Secret | None) -> None:  # noqa: FBT001 - a slot
            ending = _PLAIN if plain else _SEALED
            chosen, _ = QFileDialog.getSaveFileName(dialog, self.tr("Take everything with you"),
                                                    f"everything{ending}",
                                                    self.tr("Export (*{ending})").format(ending=ending))
            if chosen:
                dialog.accept()
                self._write(as_path(chosen, ending), keys_for, plain=plain)

        dialog.given.connect(given)
        dialog.open()

    def move_in(self) -> None:
        """Ask for a file, show what it holds, and take it over if that is wished."""
        chosen, _ = QFileDialog.getOpenFileName(self._ground.window, self.tr("What the other wallet saved"))
        if chosen:
            self.look_into(Path(chosen))

    def look_into(self, source: Path) -> None:
        """Show what a file of another wallet holds, before anything of it comes in."""
        ground, dialog = self._ground, MoveInDialog(source, self._ground.window.window())

        def look(secret: Secret | None) -> None:
            ground.watch_in(dialog, self.tr("Looking into it…"),
                            lambda progress: foreign_wallets.look_into(ground.session, source, secret,
                                                                       progress=progress),
                            dialog.show_inside)

        def take(secret: Secret | None, with_keys: bool, mine: bool) -> None:  # noqa: FBT001 - a slot
            dialog.accept()
            ground.watch(self.tr("Moving in…"),
                         lambda progress: foreign_wallets.take_over(ground.session, source, secret,
                                                                    with_keys=with_keys, mine=mine,
                                                                    progress=progress),
                         self._on_taken)

        dialog.look_wished.connect(look)
        dialog.take_wished.connect(take)
        dialog.open()
        look(None)

    def _write(self, target: Path, keys_for: Secret | None, *, plain: bool) -> None:
        ground = self._ground

        def done(summary: ExportSummary) -> None:
            ground.tell(Changes(shares=True))
            said = counted(summary.credentials, "%n credential is in {name}, with everything beside it.",
                           "%n credentials are in {name}, with everything beside them.")
            said = said.replace("{name}", target.name)
            if not summary.encrypted:
                said += " " + self.tr("It is not encrypted: whoever has it can read all of it.")
            ground.say(said, stays=not summary.encrypted)

        ground.watch(self.tr("Writing everything…"),
                     lambda progress: leaving.export_all(ground.session, target, plain=plain,
                                                         keys_for=keys_for, progress=progress), done)

    def _on_taken(self, taken: TakenOver) -> None:
        changes = Changes(taken.changes.credentials, evidence=True, shares=True, settings=True)
        if taken.rows:
            self.imported.emit(ImportSummary(taken.rows, changes, taken.cancelled))
        else:
            self._ground.tell(changes)
        said = []
        if taken.merged is not None and not taken.rows:
            said.append(counted(len(taken.merged.added), "%n credential came in.", "%n credentials came in."))
        if taken.keys:
            said.append(counted(len(taken.keys), "%n key came in as a further key of yours.",
                                "%n keys came in as further keys of yours."))
        if said:
            self._ground.say(" ".join(said), stays=True)
