"""What can be done with a wallet while it is closed: unlock it, restore it, encrypt everything anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from wallet.model.reasons import Reason, ReasonCode
from wallet.operations.keychain import QuickUnlockStatus, quick_unlock_status
from wallet.operations.progress import Progress
from wallet.operations.rotation import Rotated, rotate
from wallet.operations.session import Services
from wallet.operations.wallets import Passphrase, Secret
from wallet.operations.window import (
    WindowWallet,
    open_in_window,
    open_quickly_in_window,
    restore_in_window,
)

from .background import Background, Task
from .dialogs.restore import RestoreDialog
from .failure_box import failure_words
from .views.unlock import UnlockPage
from .wording import counted

#: Not worth a sentence: that it is off, or that there is nothing to look at.
_SILENT = frozenset({ReasonCode.QUICK_UNLOCK_OFF})


class ClosedWallet(QObject):
    """The closed wallet behind the unlock page.

    Signals:
        opened: A `WindowWallet`.
        restored: The folder it was restored into, before `opened`.
        said: A sentence for the wallet that was just opened.
    """

    opened = Signal(object)
    restored = Signal(object)
    said = Signal(str)

    def __init__(self, services: Services, background: Background, page: UnlockPage,
                 folder: Callable[[], Path]) -> None:
        super().__init__(page)
        self._services = services
        self._background = background
        self._page = page
        self._folder = folder
        page.unlock_requested.connect(self.unlock)
        page.quick_requested.connect(self.quick_unlock)
        page.progress.cancel_requested.connect(self._stop)
        self._task: Task | None = None

    def look(self) -> None:
        """Find out whether quick unlock is set up, and offer it. What fails leaves the passphrase."""
        services, folder = self._services, self._folder()
        self._background.run(self._page, lambda _progress: quick_unlock_status(services, folder),
                             done=self._on_looked, failed=lambda _why: None)

    def unlock(self, secret: Secret) -> None:
        """Open the wallet with what was typed."""
        services, folder = self._services, self._folder()
        self._background.run(self._page, lambda _progress: open_in_window(services, folder, secret),
                             done=self.opened.emit, failed=self._page.show_failure)

    def restore(self, window: QWidget) -> None:
        """Ask for a backup file and make a wallet from it; closing the dialog stops that."""
        dialog, services = RestoreDialog(self._services.vault_folder, window), self._services

        def wanted(source: Path, folder: Path, secret: Secret) -> None:
            def done(opened: WindowWallet) -> None:
                dialog.accept()
                self.restored.emit(folder)
                self.opened.emit(opened)

            task = self._background.run(
                dialog, lambda progress: restore_in_window(services, source, folder, secret, progress),
                done=done, failed=dialog.show_failure, progress=dialog.show_step)
            dialog.rejected.connect(task.cancel)

        dialog.restore_requested.connect(wanted)
        dialog.open()

    def quick_unlock(self) -> None:
        """Open the wallet with what the keychain holds; an answer comes within its patience."""
        services, folder = self._services, self._folder()
        self._background.run(self._page, lambda _progress: open_quickly_in_window(services, folder),
                             done=self.opened.emit, failed=self._on_quick_failed)

    def encrypt_anew(self, secret: Secret, passphrase: str, code: str) -> None:
        """Write the locked wallet under another key, then open it. Called after the window has locked."""
        services, folder = self._services, self._folder()
        self._page.set_busy(True)
        self._page.note(self.tr("Everything in your wallet is being encrypted anew. Until that is done you "
                                "can stop it, and nothing is lost if it is broken off."))
        self._page.show_working(self.tr("Encrypting anew…"))

        def work(progress: Progress) -> tuple[Rotated, WindowWallet]:
            done = rotate(services, folder, secret, passphrase=passphrase, recovery_code=code,
                          progress=progress)
            return done, open_in_window(services, folder, Passphrase(passphrase))

        self._task = self._background.run(self._page, work, done=self._on_anew, failed=self._on_failed,
                                          progress=self._page.progress.show_step, lasting=True)

    def _stop(self) -> None:
        """Ask it to stop; once the new passphrase counts, it is too late for that."""
        if self._task is not None:
            self._task.cancel()

    def _on_looked(self, status: QuickUnlockStatus) -> None:
        if status.on and status.problem is None:
            self._page.offer_quick(offered=True)
        elif status.problem is not None and status.problem.code not in _SILENT:
            self._page.note(failure_words(status.problem).what)

    def _on_quick_failed(self, why: Reason) -> None:
        self._page.show_quick_failure(why)

    def _on_failed(self, why: Reason) -> None:
        self._task = None
        self._page.show_working("")
        if why.code is ReasonCode.CANCELLED:
            self._page.set_busy(False)
            self._page.note(self.tr("Stopped. Nothing was changed: the passphrase and the recovery sheet you "
                                    "had open it, and the new code opens nothing."))
            self._page.focus_field()
            return
        self._page.note("")
        self._page.show_failure(why)

    def _on_anew(self, found: tuple[Rotated, WindowWallet]) -> None:
        self._task = None
        rotated, opened = found
        self.opened.emit(opened)
        self.said.emit(self.tr("Everything was encrypted anew. Your new passphrase and code open it.") + " " +
                       counted(rotated.keys_to_replace,
                               "Replace your own key too, under “Your keys” in the settings.",
                               "Replace your %n own keys too, under “Your keys” in the settings."))
