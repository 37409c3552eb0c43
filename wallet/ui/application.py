"""Starting the window: Qt's application, its theme, the thread door, locking by itself.

Plugin paths from the environment are dropped before Qt looks for plugins: a folder that somebody else can
write must not decide which code runs beside an open wallet.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from wallet import __version__, assemble
from wallet.model.errors import WalletError
from wallet.operations.session import Services
from wallet.operations.settings import Settings

from .background import Background
from .focus import FocusRing
from .icons import Icon, load_icons, themed_icon
from .idle import IdleWatch
from .lock_watch import LockWatch
from .main_window import MainWindow
from .theme import Theme, ThemeChoice
from .tokens import Ink

_UNSAFE_VARIABLES = ("QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "QML_IMPORT_PATH", "QML2_IMPORT_PATH",
                     "QT_STYLE_OVERRIDE")
_MINUTE_MS = 60_000


def run(services: Services | None = None, argv: Sequence[str] = ()) -> int:
    """Open the window and return the exit code when it is closed.

    Args:
        services: The program's; the real ones if not given.
        argv: Further arguments for Qt.
    """
    assemble.collect_garbage()
    application = make_application(argv)
    try:
        used = services or replace(assemble.services(), fetcher=assemble.WebOnDemand())
        desktop = Desktop(application, used)
    except (WalletError, OSError) as error:
        sys.stderr.write(f"wallet: the installation is broken ({type(error).__name__})\n")
        return 1
    desktop.window.show()
    code = application.exec()
    desktop.close()
    return code


def make_application(argv: Sequence[str] = ()) -> QApplication:
    """Return the one application, made if there is none yet."""
    for name in _UNSAFE_VARIABLES:
        os.environ.pop(name, None)
    present = QCoreApplication.instance()
    if isinstance(present, QApplication):
        return present
    application = QApplication(["wallet", *argv])
    application.setLibraryPaths([QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)])
    application.setApplicationName("wallet")
    application.setApplicationDisplayName(QCoreApplication.translate("Application", "Wallet"))
    application.setApplicationVersion(__version__)
    application.setQuitOnLastWindowClosed(True)
    return application


class Desktop:
    """Everything that lives as long as the window."""

    def __init__(self, application: QApplication, services: Services) -> None:
        load_icons(services.assets / "icons")
        self._languages = load_language(application, services)
        self.theme = Theme(application)
        self._ring = FocusRing(application)
        self.background = Background()
        self.window = MainWindow(services, self.background)
        self.idle = IdleWatch(application, timeout_ms=self.window.settings.lock_minutes * _MINUTE_MS)
        self.watch = LockWatch(self.window, services.clock, self.window.settings)
        application.setWindowIcon(_window_icon())
        self._follow(self.window.settings)
        self.window.settings_changed.connect(self._follow)
        self.window.opened.connect(self.idle.start)
        self.window.locked.connect(self.idle.stop)
        self.idle.idle.connect(self.window.lock)
        self.window.opened.connect(self.watch.start)
        self.window.locked.connect(self.watch.stop)
        self.watch.lock_wanted.connect(self.window.lock)

    def close(self) -> None:
        """Lock, wait for the workers, and let go of everything that listens to the application."""
        self.idle.stop()
        if self.window.is_open:
            self.window.lock()
        self.background.close()
        for one in (self.idle, self._ring, self.theme, self.window):
            one.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _follow(self, settings: Settings) -> None:
        self.theme.choose(ThemeChoice(settings.theme.value))
        self.idle.set_timeout(settings.lock_minutes * _MINUTE_MS)
        self.watch.follow(settings)


def load_language(application: QApplication, services: Services) -> tuple[QTranslator, ...]:
    """Install the catalogues of the system's language that ship with the program; return what is held."""
    held = []
    for name, folder in (("wallet", str(services.assets / "i18n")),
                         ("qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))):
        translator = QTranslator(application)
        if translator.load(QLocale(), name, "_", folder):
            application.installTranslator(translator)
            held.append(translator)
    return tuple(held)


def _window_icon() -> QIcon:
    return themed_icon(Icon.WALLET, Ink.ACCENT)
