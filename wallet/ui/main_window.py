"""The one window: which page is shown, the ways in and out of a wallet, keys, drops and pastes.

What belongs to an opened wallet is in `workspace.py` and is destroyed when it is locked. The window's
title never names a credential.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData, QTemporaryDir, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QPixmapCache,
    QResizeEvent,
)
from PySide6.QtWidgets import QDialog, QFileDialog, QMainWindow, QStackedWidget, QWidget

from wallet.model.errors import WalletError
from wallet.model.reasons import Reason, ReasonCode, reason
from wallet.model.stored import Changes
from wallet.operations import wallets
from wallet.operations.desk_online import PublicWeb
from wallet.operations.schedule import back_up_if_due
from wallet.operations.session import Services
from wallet.operations.settings import Settings, load_settings, save_settings
from wallet.operations.wallets import Secret
from wallet.operations.window import WindowWallet, create_in_window

from .actions import build_actions
from .background import Background, Lane
from .clipboard import take_back
from .closed_wallet import ClosedWallet
from .dialogs.dialog import FailureDialog
from .drop_overlay import DropOverlay
from .incoming import Incoming, holds_something, incoming
from .panels import column
from .sample_wallet import create_sample_wallet, take_demo
from .status_bar import StatusBar, WalletState
from .views.create import CreatePage
from .views.unlock import UnlockPage
from .views.verify import CheckingDesk, VerifyPage
from .views.welcome import WelcomePage
from .workspace import Workspace

_SIZE = (1280, 832)
_LEAST = (640, 560)


class MainWindow(QMainWindow):
    """The frame.

    Signals:
        opened: A wallet was opened: idle time counts from now.
        locked: The wallet was closed.
        settings_changed: The new `Settings`, already kept.
    """

    opened = Signal()
    locked = Signal()
    settings_changed = Signal(object)

    def __init__(self, services: Services, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._background = background
        self._settings = load_settings(services.config_file)
        chosen = self._settings.vault_folder
        self._folder = Path(chosen) if chosen else services.vault_folder
        self._open: WindowWallet | None = None
        self._samples: QTemporaryDir | None = None
        self._workspace: Workspace | None = None
        self.setObjectName("main_window")
        self.setWindowTitle(self.tr("Wallet"))
        self.setMinimumSize(*_LEAST)
        self.resize(*_SIZE)
        self.setAcceptDrops(True)
        self._build()
        self._connect()
        self.menu, self.actions_by_name = build_actions(self)
        self.show_start()

    @property
    def workspace(self) -> Workspace | None:
        """What shows the open wallet, None while there is none."""
        return self._workspace

    @property
    def is_open(self) -> bool:
        """Whether a wallet is open, shown already or just made."""
        return self._open is not None

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self._settings

    @property
    def page(self) -> QWidget | None:
        """The page that is shown."""
        return self._stack.currentWidget()

    # --- pages ---

    def show_start(self) -> None:
        """Show the closed wallet, or the three doors where there is none."""
        if wallets.wallet_exists(self._folder):
            self.show_locked()
        else:
            self._show(self.welcome, WalletState.NONE)

    def show_locked(self) -> None:
        """Ask for the passphrase."""
        self.unlock.reset()
        self._show(self.unlock, WalletState.LOCKED)
        self.unlock.focus_field()
        self.closed.look()

    def show_desk(self) -> None:
        """Check something without a wallet."""
        self.desk.reset()
        self._show(self.desk, WalletState.DESK)

    def show_create(self) -> None:
        """Begin to make a wallet."""
        self.create_page.reset()
        self._show(self.create_page, WalletState.NONE)

    def _show(self, page: QWidget, state: WalletState) -> None:
        self._stack.setCurrentWidget(page)
        self.status.show_state(state, self._settings.lock_minutes)

    def _build(self) -> None:
        centre = QWidget()
        whole = column(centre)
        self._stack = QStackedWidget()
        self.welcome = WelcomePage()
        self.create_page = CreatePage()
        self.unlock = UnlockPage()
        self.closed = ClosedWallet(self._services, self._background, self.unlock, lambda: self._folder)
        web = PublicWeb(self._services)
        self.desk = VerifyPage(self._background, CheckingDesk(
            web.desk, Lane.CHECKS, self._services.clock, web.desk, web), with_back=True)
        for page in (self.welcome, self.create_page, self.unlock, self.desk):
            self._stack.addWidget(page)
        self.status = StatusBar()
        whole.addWidget(self._stack, 1)
        whole.addWidget(self.status)
        self.setCentralWidget(centre)
        self._overlay = DropOverlay(centre)

    def _connect(self) -> None:
        self.welcome.create_requested.connect(self.show_create)
        self.welcome.samples_requested.connect(self.open_samples)
        for page in (self.welcome, self.unlock):
            page.check_requested.connect(self.show_desk)
            page.restore_requested.connect(self.show_restore)
        self.welcome.open_requested.connect(self._on_other)
        self.unlock.other_requested.connect(self._on_other)
        self.closed.restored.connect(self._use_folder)
        self.closed.opened.connect(self.enter)
        self.closed.said.connect(lambda text: self._workspace.vault.say(text) if self._workspace else None)
        self.create_page.passphrase_chosen.connect(self._on_create)
        self.create_page.back_requested.connect(self.show_start)
        self.create_page.finished.connect(self._on_created)
        self.desk.back_requested.connect(self._on_desk_left)
        self.desk.paste_requested.connect(self.paste)

    # --- into a wallet ---

    def _on_create(self, passphrase: str) -> None:
        services, folder = self._services, self._folder

        def done(made: WindowWallet) -> None:
            self._open = made
            self.create_page.set_busy(False)
            self.create_page.show_code(made.recovery_code)

        self._background.run(self.create_page,
                             lambda _progress: create_in_window(services, folder, passphrase),
                             done=done, failed=self.create_page.show_failure)

    def _on_created(self) -> None:
        if self._open is not None:
            self.create_page.reset()
            self.enter(self._open)

    def open_samples(self) -> None:
        """Open a wallet of samples that is gone when it is closed. No password: nobody has to know it."""
        self._samples = QTemporaryDir()
        folder, services = Path(self._samples.path()) / "wallet", self._services
        self.welcome.setEnabled(False)
        self._background.run(self.welcome,
                             lambda _progress: WindowWallet(create_sample_wallet(services, folder)),
                             done=self.enter, failed=self._on_failed)

    def enter(self, opened: WindowWallet) -> None:
        """Show an opened wallet."""
        self.welcome.setEnabled(True)
        self.unlock.reset()
        self.desk.reset()
        self._open = opened
        workspace = Workspace(self._background, opened.session, self._settings)
        workspace.set_menu(self.menu)
        workspace.lock_requested.connect(self.lock)
        workspace.settings_changed.connect(self.change_settings)
        workspace.samples_requested.connect(self._on_samples_wanted)
        workspace.paste_requested.connect(self.paste)
        workspace.vault.restore_wished.connect(self.show_restore)
        workspace.vault.rotation_wished.connect(self._encrypt_anew)
        self._follow_web(workspace)
        self._workspace = workspace
        self._stack.addWidget(workspace)
        self._show(workspace, WalletState.SAMPLES if self._samples is not None else WalletState.OPEN)
        workspace.library.focus_cards()
        self.opened.emit()

    def _follow_web(self, workspace: Workspace) -> None:
        """Let the line at the foot say whether something is asked; a wallet is opened offline."""
        asking = workspace.web.asking
        asking.host_asked.connect(self.status.show_asked)
        asking.online_changed.connect(self.status.show_online)
        self.status.online_wished.connect(asking.set_online)
        self.status.ledger_requested.connect(workspace.web.show_ledger)
        self.status.show_online(asking.online)

    def _on_samples_wanted(self) -> None:
        opened, workspace = self._open, self._workspace
        if opened is not None and workspace is not None:
            session = opened.session
            self._background.run(workspace, lambda _progress: take_demo(session),
                                 done=lambda _rows: workspace.on_changed(Changes(settings=True)),
                                 failed=self._on_failed)

    def _encrypt_anew(self, secret: Secret, passphrase: str, code: str) -> None:
        self.lock()
        self.closed.encrypt_anew(secret, passphrase, code)

    def lock(self) -> None:
        """Close the wallet: every widget and model that holds a claim goes, then the store."""
        opened, self._open = self._open, None
        self._background.drop_all()
        self.status.show_online(False)
        for dialog in self.findChildren(QDialog):
            dialog.close()
        if self._workspace is not None:
            self._stack.removeWidget(self._workspace)
            self._workspace.hide()
            self._workspace.deleteLater()
            self._workspace = None
        QPixmapCache.clear()
        take_back()
        self.desk.reset()
        samples, self._samples = self._samples, None
        if opened is not None:
            self._background.run(self, lambda _progress: _close(opened, samples), done=lambda _none: None,
                                 failed=self._on_failed, lasting=True)
        self.create_page.reset()
        self.locked.emit()
        self.show_start()

    # --- other wallets ---

    def _on_other(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Open the folder of a wallet"))
        if not chosen:
            return
        folder = Path(chosen)
        if not wallets.wallet_exists(folder):
            self._on_failed(reason(ReasonCode.VAULT_MISSING))
            return
        self._use_folder(folder)
        self.show_start()

    def _use_folder(self, folder: Path) -> None:
        self._folder = folder
        usual = folder == self._services.vault_folder
        self.change_settings(replace(self._settings, vault_folder="" if usual else str(folder)))

    def show_restore(self) -> None:
        """Ask for a backup file and make a wallet from it."""
        self.closed.restore(self)

    # --- settings ---

    def change_settings(self, settings: Settings) -> None:
        """Keep the settings and follow them."""
        try:
            save_settings(self._services.config_file, settings)
        except WalletError as error:
            self._on_failed(error.reason)
            return
        self._settings = settings
        if self._workspace is not None:
            state = WalletState.SAMPLES if self._samples is not None else WalletState.OPEN
            self.status.show_state(state, settings.lock_minutes)
        self.settings_changed.emit(settings)

    # --- drops and pastes ---

    def paste(self) -> None:
        """Take what is on the clipboard."""
        self._take(QGuiApplication.clipboard().mimeData())

    def _take(self, mime: QMimeData) -> None:
        found = incoming(mime, text_name=self.tr("Pasted text"), picture_name=self.tr("Pasted picture"))
        if found:
            self.take_in(found)

    def take_in(self, found: Incoming) -> None:
        """Import into the open wallet; without one, check."""
        if self._workspace is not None:
            self._workspace.take_in(found)
            return
        if self.page is self.create_page:
            return
        if self.page is not self.desk:
            self.show_desk()
        self.desk.check(found)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show the whole window as a target."""
        if not holds_something(event.mimeData()) or self.page is self.create_page:
            return
        event.acceptProposedAction()
        self._overlay.show_over(self.tr("Drop to add to your wallet") if self._workspace is not None
                                else self.tr("Drop to check it on this computer"))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing hovers any more."""
        super().dragLeaveEvent(event)
        self._overlay.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        self._overlay.hide()
        event.acceptProposedAction()
        self._take(event.mimeData())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the overlay over everything."""
        super().resizeEvent(event)
        if self._overlay.isVisible():
            self._overlay.fit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Lock before leaving."""
        if self.is_open:
            self.lock()
        super().closeEvent(event)

    def _on_desk_left(self) -> None:
        self.desk.reset()
        self.show_start()

    def _on_failed(self, why: Reason) -> None:
        self.welcome.setEnabled(True)
        self._samples = None if self._workspace is None else self._samples
        FailureDialog(why, self).open()


def _close(opened: WindowWallet, samples: QTemporaryDir | None) -> None:
    """Runs on the vault's worker, after whatever was under way there."""
    back_up_if_due(opened.session)
    opened.close()
    if samples is not None:
        samples.remove()
