"""What the generators of the window share: the real desktop without a screen, around a learner's wallet.

Registers no case itself.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache

from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from tests.attacks.learner import kept, learner, new_folder
from tests.attacks.scene import university
from tests.conftest import ASSETS
from wallet.operations.session import Session
from wallet.operations.window import WindowWallet
from wallet.ui.application import Desktop, make_application
from wallet.ui.dialogs.share_part import PartDialog
from wallet.ui.icons import load_icons
from wallet.ui.labels import SafeLabel
from wallet.ui.tick import Tick
from wallet.ui.tour import settle
from wallet.ui.workspace import Workspace


@cache
def application() -> QApplication:
    """The one application, on no screen, with what cards are painted with; kept: no widget may outlive it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    load_icons(ASSETS / "icons")
    return make_application()


@contextmanager
def open_window(session: Session) -> Iterator[tuple[Desktop, Workspace]]:
    """The real window with this wallet open in it."""
    running = application()
    empty = new_folder()
    services = replace(session.services, vault_folder=empty / "none", config_file=empty / "settings.json")
    desktop = Desktop(running, services)
    try:
        desktop.window.show()
        desktop.window.enter(WindowWallet(session))
        settled(desktop)
        work = desktop.window.workspace
        assert work is not None
        yield desktop, work
    finally:
        desktop.window.hide()
        desktop.close()


def settled(desktop: Desktop) -> None:
    """Wait until nothing is under way any more."""
    settle(lambda: desktop.background.busy)


def press(desktop: Desktop, name: str) -> None:
    """Press a button that can be seen, and wait for what comes of it."""
    found = [one for one in desktop.window.findChildren(QPushButton, name) if one.isVisible()]
    assert found, f"no {name} to be seen"
    found[-1].click()
    settled(desktop)


def labels(root: QWidget) -> tuple[SafeLabel, ...]:
    """Every label below."""
    return tuple(root.findChildren(SafeLabel))


def said(root: QWidget) -> str:
    """Everything that labels below say, shown or not."""
    return "\n".join(label.full_text for label in labels(root))


def share_notes() -> tuple[str, ...]:
    """What the window says while a pack is made, step by step."""
    with learner() as session:
        ident = kept(session, university("did:key").badge())
        with open_window(session) as (desktop, work):
            work.share((ident,))
            settled(desktop)
            wizard = work.sharing
            assert wizard is not None
            notes = [said(wizard)]
            wizard.go_on()
            settled(desktop)
            notes.append(said(wizard))
            work.close_sharing()
    return tuple(notes)


def share_a_part(data: bytes, left_out: str) -> tuple[str, str]:
    """Leave one thing out by its tick; return what the preview says then, and what leaves."""
    with learner() as session:
        ident = kept(session, data)
        with open_window(session) as (desktop, work):
            work.share((ident,))
            settled(desktop)
            wizard = work.sharing
            assert wizard is not None
            wizard.go_on()
            settled(desktop)
            press(desktop, "choose_part")
            (dialog,) = (one for one in desktop.window.findChildren(PartDialog) if one.isVisible())
            ticks = {tick.accessibleName(): tick for tick in dialog.findChildren(Tick)}
            ticks[left_out].setChecked(False)
            press(desktop, "tick_list_go")
            told = said(wizard.preview)
            wizard.go_on()
            settled(desktop)
            assert wizard._bundle is not None
            sent = wizard._bundle.presentation.decode()
            work.close_sharing()
    return told, sent
