"""How an opened wallet is kept, as the settings show it: ways in, keys, backups, the bin, moving."""

from __future__ import annotations

from PySide6.QtCore import Signal

from wallet.model.reasons import ReasonCode
from wallet.operations.wallets import accept_copy

from .dialogs.older_copy import OlderCopyDialog
from .errands.backups import BackupErrands
from .errands.moving import MovingErrands
from .errands.own_keys import KeyErrands
from .errands.unlocking import UnlockingErrands
from .ground import Ground
from .matter import Matter, join
from .views.settings import SettingsPage
from .wording import reason_text


class VaultPages(Matter):
    """Errands and sections.

    Signals:
        rotation_wished: The secret now, the new passphrase, the new code: the wallet has to be locked for it.
        restore_wished: A wallet of its own from a backup.
        imported: An `ImportSummary` to show.
    """

    rotation_wished = Signal(object, str, str)
    restore_wished = Signal()
    imported = Signal(object)

    def __init__(self, ground: Ground, settings: SettingsPage) -> None:
        super().__init__(ground)
        self.unlocking = UnlockingErrands(ground)
        self.keys = KeyErrands(ground)
        self.backups = BackupErrands(ground)
        self.moving = MovingErrands(ground)
        self._connect_unlocking(settings)
        self._connect_keys(settings)
        self._connect_backups(settings)
        self.look()

    def say(self, sentence: str) -> None:
        """Say what was done while the wallet was closed."""
        self._ground.say(sentence, stays=True)

    def begin(self) -> None:
        """Do what is due when a wallet was just opened, and say what a person should know about this copy."""
        warnings = self._ground.session.vault.warnings
        older = [one for one in warnings if one.code is ReasonCode.VAULT_OLDER_COPY]
        others = [one for one in warnings if one not in older]
        if others:
            self._ground.say(" ".join(reason_text(one) for one in others), stays=True)
        if older:
            self._explain_older()
        self.backups.empty_old_bin()
        self.backups.back_up_if_due()

    def _explain_older(self) -> None:
        ground, dialog = self._ground, OlderCopyDialog(self._ground.window.window())
        dialog.compare_requested.connect(lambda: self.backups.compare(None))
        dialog.wished.connect(lambda: ground.run(lambda: accept_copy(ground.session),
                                                 lambda _none: dialog.accept()))
        dialog.open()

    def look(self) -> None:
        """Look at the ways in, the keys and the backups."""
        self.unlocking.show()
        self.keys.show()
        self.backups.show()

    def _connect_unlocking(self, settings: SettingsPage) -> None:
        section, errands = settings.unlocking, self.unlocking
        join((section.quick_unlock_requested, errands.quick_unlock),
             (section.passphrase_requested, errands.change_passphrase),
             (section.code_requested, errands.renew_code),
             (section.rotation_requested, errands.rotate),
             (errands.status_ready, section.show_status),
             (errands.settled, self._ground.say),
             (errands.rotation_wished, self.rotation_wished.emit))

    def _connect_keys(self, settings: SettingsPage) -> None:
        section, errands = settings.keys, self.keys
        join((section.new_requested, errands.new), (section.import_requested, errands.bring_in),
             (section.label_requested, errands.label), (section.choose_requested, errands.choose),
             (section.retire_requested, errands.retire), (section.replace_requested, errands.replace),
             (section.export_requested, errands.export), (errands.keys_ready, section.show_keys),
             (errands.settled, self._ground.say))

    def _connect_backups(self, settings: SettingsPage) -> None:
        section, errands = settings.backups, self.backups
        join((section.folder_requested, errands.choose_folder), (section.plan_changed, errands.change_plan),
             (section.test_requested, errands.test), (section.merge_requested, errands.compare),
             (section.restore_requested, self.restore_wished.emit),
             (section.look_over_requested, errands.look_over),
             (errands.facts_ready, section.show_facts), (errands.settled, self._ground.say),
             (settings.bin.empty_requested, errands.empty_bin),
             (settings.moving.leave_requested, self.moving.leave),
             (settings.moving.move_in_requested, self.moving.move_in),
             (self.moving.imported, self.imported.emit))
