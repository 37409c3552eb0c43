"""Pictures of the real windows for the tour: both themes, wide and narrow, without a screen if need be."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QEventLoop, QIODevice
from PySide6.QtWidgets import QApplication, QWidget

from wallet.model.stored import Changes
from wallet.operations.files import atomic_write, make_folder
from wallet.operations.intake import ImportSummary
from wallet.operations.session import Services
from wallet.operations.tour import AUDIENCE, Tour
from wallet.operations.window import WindowWallet

from .application import Desktop, make_application
from .sidebar import Section
from .theme import ThemeChoice
from .workspace import Workspace

PICTURES_FOLDER = "pictures"
_WIDE = (1280, 832)
_NARROW = (760, 900)
_PATIENCE_S = 30.0


def take_pictures(tour: Tour) -> tuple[Path, ...]:
    """Show the tour's wallet in the real window, walk through its pages and save a picture of each.

    The wallet's passphrase is not needed: its session is open. The window's settings are the tour's own.

    Args:
        tour: What the tour made; the pictures go into its folder.

    Raises:
        OperationError: FOLDER_UNWRITABLE, DISK_FULL.
    """
    if "QT_QPA_PLATFORM" not in os.environ and not _has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    folder = tour.folder / PICTURES_FOLDER
    make_folder(folder)
    application = make_application()
    at_home = replace(tour.session.services, vault_folder=tour.folder / "no wallet yet",
                      config_file=tour.folder / PICTURES_FOLDER / "settings.json")
    with _desktop(application, at_home) as desktop:
        return tuple(sorted(_Camera(desktop, folder, tour).walk()))


class _Camera:
    """Walks through the pages. Needs no clicks: it says what a person would wish."""

    def __init__(self, desktop: Desktop, folder: Path, tour: Tour) -> None:
        self._desktop = desktop
        self._window = desktop.window
        self._folder = folder
        self._tour = tour

    def walk(self) -> Iterator[Path]:
        """Yield each picture's path once it is saved."""
        window = self._window
        yield from self._shoot("01-welcome")
        window.show_create()
        yield from self._shoot("02-create", themes=(ThemeChoice.LIGHT,), sizes=(_WIDE,))
        window.unlock.reset()
        window.show_locked()
        yield from self._shoot("03-unlock", sizes=(_WIDE,))
        window.show_desk()
        window.desk.show_checked(self._tour.judged[:1])
        yield from self._shoot("08-verify")
        window.enter(WindowWallet(self._tour.session))
        settle(lambda: self._desktop.background.busy)
        if window.workspace is not None:
            yield from self._walk_wallet(window.workspace)

    def _walk_wallet(self, work: Workspace) -> Iterator[Path]:
        yield from self._shoot("04-credentials")
        good = next((one.id for one in self._tour.kept if one.report.verdict.value == "valid"), "")
        work.open_detail(good)
        yield from self._shoot("05-detail")
        work.show_summary(ImportSummary(self._tour.rows, Changes()))
        yield from self._shoot("06-import-review", sizes=(_WIDE,))
        work.share((good,))
        settle(lambda: self._desktop.background.busy)
        if work.sharing is not None:
            work.sharing.terms.set_audience(AUDIENCE)
            work.sharing.go_on()
            yield from self._shoot("07-share-preview", sizes=(_WIDE,))
            work.sharing.go_on()
            settle(lambda: self._desktop.background.busy)
            work.sharing.show_code()
            yield from self._shoot("07-share-done", sizes=(_WIDE,))
            work.close_sharing()
        work.show_section(Section.SHARED_LOG)
        yield from self._shoot("09-shared-log", sizes=(_WIDE,), themes=(ThemeChoice.LIGHT,))

    def _shoot(self, name: str, *, sizes: tuple[tuple[int, int], ...] = (_WIDE, _NARROW),
               themes: tuple[ThemeChoice, ...] = (ThemeChoice.LIGHT, ThemeChoice.DARK)) -> Iterator[Path]:
        # To dress the whole window anew takes most of the time: what it wears now comes first.
        for theme in sorted(themes, key=lambda one: one is not self._desktop.theme.choice):
            self._desktop.theme.choose(theme)
            for size in sizes:
                self._window.resize(*size)
                settle(lambda: self._desktop.background.busy)
                narrow, dark = size == _NARROW, theme is ThemeChoice.DARK
                target = self._folder / f"{name}{'-narrow' if narrow else ''}{'-dark' if dark else ''}.png"
                atomic_write(target, png_of(self._window))
                yield target


def settle(busy: Callable[[], bool], *, patience_s: float = _PATIENCE_S) -> None:
    """Let the window come to rest: until nothing is under way, or patience ends."""
    until = monotonic() + patience_s
    flags = QEventLoop.ProcessEventsFlag.AllEvents
    while True:
        for _ in range(4):
            QCoreApplication.processEvents(flags, 20)
        if not busy() or monotonic() > until:
            break
    for _ in range(4):
        QCoreApplication.processEvents(flags, 20)


@contextmanager
def _desktop(application: QApplication, services: Services) -> Iterator[Desktop]:
    desktop = Desktop(application, services)
    desktop.idle.stop()
    desktop.window.show()
    try:
        yield desktop
    finally:
        desktop.window.hide()
        desktop.close()


def png_of(widget: QWidget) -> bytes:
    """Return a picture of a widget as it looks now."""
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    widget.grab().toImage().save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes
    buffer.close()
    return bytes(store.data())


def _has_screen() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
