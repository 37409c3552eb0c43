"""The window's actions: one list for the menu, the keys and the help about them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from wallet.assemble import assets_folder

from .dialogs.guide import GuideDialog
from .sidebar import Section

if TYPE_CHECKING:
    from .main_window import MainWindow
    from .workspace import Workspace


@dataclass(frozen=True, slots=True)
class _Wish:
    """One action.

    Attributes:
        name: Its object name.
        keys: Its shortcut.
        in_wallet: What it does with an open wallet; it does nothing without one.
        always: What it does in any case.
    """

    name: str
    text: str
    keys: str
    in_wallet: Callable[[Workspace], None] | None = None
    always: Callable[[], None] | None = None
    separated: bool = False


def build_actions(window: MainWindow) -> tuple[QMenu, dict[str, QAction]]:
    """Make the actions, add them to the window so that their keys work, and return the menu of them."""
    menu = QMenu(window)
    menu.setObjectName("window_menu")
    made: dict[str, QAction] = {}
    for wish in _wishes(window):
        if wish.separated:
            menu.addSeparator()
        action = QAction(wish.text, window)
        action.setObjectName(wish.name)
        action.setShortcut(QKeySequence(wish.keys))
        action.triggered.connect(_doing(window, wish))
        window.addAction(action)
        menu.addAction(action)
        made[wish.name] = action
    return menu, made


def _wishes(window: MainWindow) -> tuple[_Wish, ...]:
    tr = window.tr
    return (
        _Wish("action_import", tr("Add credentials…"), "Ctrl+N", lambda work: work.choose_files()),
        _Wish("action_address", tr("Add from a web address…"), "Ctrl+Shift+N",
              lambda work: work.web.records.ask_address()),
        _Wish("action_document", tr("Keep a file as a document…"), "Ctrl+Shift+D",
              lambda work: work.web.records.ask_document()),
        _Wish("action_statement", tr("Write a statement…"), "Ctrl+Shift+W",
              lambda work: work.web.records.ask_statement()),
        _Wish("action_paste", tr("Paste"), "Ctrl+V", always=window.paste),
        _Wish("action_undo", tr("Take back"), "Ctrl+Z", lambda work: work.own.undo()),
        _Wish("action_find", tr("Search"), "Ctrl+F", lambda work: work.focus_search()),
        _Wish("action_share", tr("Share…"), "Ctrl+S", lambda work: work.share(), separated=True),
        _Wish("action_check", tr("Check again"), "Ctrl+R", lambda work: work.check_again()),
        _Wish("action_online", tr("Check online…"), "Ctrl+Shift+R", lambda work: work.web.online.refresh()),
        _Wish("action_changes", tr("What changed since last time"), "Ctrl+Shift+H",
              lambda work: work.web.online.show_changes()),
        _Wish("action_credentials", tr("Credentials"), "Ctrl+1",
              lambda work: work.show_section(Section.CREDENTIALS), separated=True),
        _Wish("action_bundles", tr("Bundles"), "Ctrl+2", lambda work: work.show_section(Section.BUNDLES)),
        _Wish("action_log", tr("Shared log"), "Ctrl+3", lambda work: work.show_section(Section.SHARED_LOG)),
        _Wish("action_verify", tr("Verify"), "Ctrl+4", lambda work: work.show_section(Section.VERIFY)),
        _Wish("action_settings", tr("Settings"), "Ctrl+,",
              lambda work: work.show_section(Section.SETTINGS)),
        _Wish("action_guide", tr("Guide"), "F1", always=lambda: _show_guide(window)),
        _Wish("action_lock", tr("Lock"), "Ctrl+L", lambda _work: window.lock(), separated=True),
        _Wish("action_quit", tr("Quit"), "Ctrl+Q", always=lambda: _quit(window)),
    )


def _doing(window: MainWindow, wish: _Wish) -> Callable[[], None]:
    def do() -> None:
        if wish.always is not None:
            wish.always()
        elif wish.in_wallet is not None and window.workspace is not None:
            wish.in_wallet(window.workspace)

    return do


def _show_guide(window: MainWindow) -> None:
    GuideDialog(assets_folder(), window).open()


def _quit(window: MainWindow) -> None:
    window.close()
