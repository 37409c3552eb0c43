"""How an opened wallet is kept, as the window shows it: ways in, keys, backups, moving, own words, bundles.

Made with the workspace and destroyed with it. Errands and the settings' sections are wired together here.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from wallet.model.reasons import ReasonCode
from wallet.model.stored import Changes
from wallet.operations.keychain import QuickUnlockStatus
from wallet.operations.wallets import accept_copy

from .dialogs.older_copy import OlderCopyDialog
from .errands.backups import BackupErrands
from .errands.moving import MovingErrands
from .errands.own_keys import KeyErrands
from .errands.unlocking import UnlockingErrands
from .ground import Ground
from .views.settings import SettingsPage
from .wording import reason_text


class VaultPages(QObject):
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
        self._ground = ground
        self.unlocking = UnlockingErrands(ground)
        self.keys = KeyErrands(ground)
        self.backups = BackupErrands(ground)
        self.moving = MovingErrands(ground)
        self._connect_unlocking(settings)
        self._connect_keys(settings)
        self._connect_backups(settings)
        ground.changed.connect(self._on_changed)
        self._on_changed(Changes(settings=True))

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

    def _connect_unlocking(self, settings: SettingsPage) -> None:
        section, errands = settings.unlocking, self.unlocking
        section.quick_unlock_requested.connect(errands.quick_unlock)
        section.passphrase_requested.connect(errands.change_passphrase)
        section.code_requested.connect(errands.renew_code)
        section.rotation_requested.connect(errands.rotate)
        errands.status_ready.connect(self._on_status)
        errands.settled.connect(self._ground.say)
        errands.rotation_wished.connect(self.rotation_wished)
        self._unlocking = section

    def _connect_keys(self, settings: SettingsPage) -> None:
        section, errands = settings.keys, self.keys
        section.new_requested.connect(errands.new)
        section.import_requested.connect(errands.bring_in)
        section.label_requested.connect(errands.label)
        section.choose_requested.connect(errands.choose)
        section.retire_requested.connect(errands.retire)
        section.replace_requested.connect(errands.replace)
        section.export_requested.connect(errands.export)
        errands.keys_ready.connect(section.show_keys)
        errands.settled.connect(self._ground.say)

    def _connect_backups(self, settings: SettingsPage) -> None:
        section, errands = settings.backups, self.backups
        section.folder_requested.connect(errands.choose_folder)
        section.plan_changed.connect(errands.change_plan)
        section.test_requested.connect(errands.test)
        section.merge_requested.connect(errands.compare)
        section.restore_requested.connect(self.restore_wished)
        section.look_over_requested.connect(errands.look_over)
        errands.facts_ready.connect(section.show_facts)
        errands.settled.connect(self._ground.say)
        settings.bin.empty_requested.connect(errands.empty_bin)
        settings.moving.leave_requested.connect(self.moving.leave)
        settings.moving.move_in_requested.connect(self.moving.move_in)
        self.moving.imported.connect(self.imported)

    def _on_status(self, status: QuickUnlockStatus) -> None:
        self._unlocking.show_status(status)

    def _on_changed(self, changes: Changes) -> None:
        if changes.settings:
            self.unlocking.show()
            self.keys.show()
            self.backups.show()
