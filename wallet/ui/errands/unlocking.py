"""Errands about who gets in: quick unlock, passphrase, recovery code. Each asks for the secret again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from wallet.operations import keychain, recovery, wallets
from wallet.operations.keychain import QuickUnlockStatus
from wallet.operations.wallets import Secret
from wallet.ui.dialogs.form import FormDialog
from wallet.ui.dialogs.unlocking import NewCodeDialog, PassphraseDialog, QuickUnlockDialog
from wallet.ui.ground import Ground

#: A person may have to unlock the keychain while quick unlock is being switched on.
_PATIENCE_S = 60.0


class UnlockingErrands(QObject):
    """Wishes about the ways into the wallet.

    Signals:
        settled: A sentence for the settings page.
        status_ready: How quick unlock stands, a `QuickUnlockStatus`.
        rotation_wished: The secret now, the new passphrase, the new code; the wallet has to be locked for it.
    """

    settled = Signal(str)
    status_ready = Signal(object)
    rotation_wished = Signal(object, str, str)

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        self._ground = ground

    def show(self) -> None:
        """Look how quick unlock stands."""
        session = self._ground.session
        self._ground.run(lambda: keychain.quick_unlock_status(session.services, session.vault.folder),
                         self.status_ready.emit)

    def quick_unlock(self, wanted: bool) -> None:  # noqa: FBT001 - a slot
        """Switch quick unlock on, after what it means and the passphrase; or off at once."""
        ground = self._ground
        if not wanted:
            ground.run(lambda: keychain.switch_off(ground.session), self._on_switched_off)
            return
        dialog = QuickUnlockDialog(ground.window.window())

        def on(secret: Secret, days: int) -> None:
            session = ground.session
            self._do(dialog, lambda: keychain.switch_on(
                session.services, session.vault.folder, secret, days=days,
                keychain=keychain.Keychain(patience_s=_PATIENCE_S), session=session), self._on_switched_on)

        dialog.given.connect(on)
        dialog.open()

    def change_passphrase(self) -> None:
        """Ask for the present secret and another passphrase."""
        ground, dialog = self._ground, PassphraseDialog(self._ground.window.window())

        def change(secret: Secret, new: str) -> None:
            session = ground.session
            self._do(dialog, lambda: wallets.renew_passphrase(
                session.services, session.vault.folder, secret, new, session=session),
                lambda _none: self.settled.emit(self.tr("Your wallet opens with the new passphrase now.")))

        dialog.given.connect(change)
        dialog.open()

    def renew_code(self) -> None:
        """Show a new recovery code, have it typed back, put it to use."""
        ground = self._ground
        dialog = NewCodeDialog(recovery.fresh_recovery_code(), parent=ground.window.window())

        def renew(secret: Secret, _passphrase: str, code: str) -> None:
            session = ground.session
            self._do(dialog, lambda: recovery.renew_recovery_code(
                session.services, session.vault.folder, secret, code, session=session),
                lambda _none: self.settled.emit(self.tr("The new recovery code opens your wallet now, and "
                                                        "the "
                                                        "one before no longer.")))

        dialog.given.connect(renew)
        dialog.open()

    def rotate(self) -> None:
        """Ask for everything that encrypting anew needs; whoever locks the wallet does it."""
        dialog = NewCodeDialog(recovery.fresh_recovery_code(), anew=True, parent=self._ground.window.window())
        dialog.given.connect(self.rotation_wished)
        dialog.open()

    def _do(self, dialog: FormDialog, work: Callable[[], object], done: Callable[[object], None]) -> None:
        """Do it while the dialog waits; what fails is said there."""
        def finished(answer: object) -> None:
            dialog.accept()
            done(answer)

        dialog.set_busy(self.tr("One moment…"))
        self._ground.background.run(dialog, lambda _progress: work(), done=finished,
                                    failed=dialog.show_failure)

    def _on_switched_on(self, status: object) -> None:
        if isinstance(status, QuickUnlockStatus):
            self.status_ready.emit(status)
        self.settled.emit(self.tr("Quick unlock is on."))

    def _on_switched_off(self, gone: bool) -> None:  # noqa: FBT001 - an answer
        self.show()
        self.settled.emit(self.tr("Quick unlock is off.") if gone else self.tr(
            "Quick unlock is off. The computer's password store did not answer; what it still keeps opens "
            "nothing."))
