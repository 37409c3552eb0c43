"""The life with the web (`tests.journeys.life_story`) through the real window: sheet, pages, words.

The window asks by its own sheet; two acts that have no page yet are done by operations on its wallet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QWidget

from tests.conftest import ASSETS
from tests.journeys.life_story import BEGIN, Look, live
from tests.operations.conftest import Clock
from tests.simulators.host import LoopbackWeb
from tests.simulators.life import Life
from wallet.assemble import RELEASED
from wallet.codec.linked_data.contexts import Contexts
from wallet.model.network import Permission
from wallet.model.stored import Changes
from wallet.operations.addresses import bring_address
from wallet.operations.list_refresh import add_list_address
from wallet.operations.network import ledger
from wallet.operations.session import Services, Session
from wallet.ui.application import Desktop
from wallet.ui.incoming import Incoming
from wallet.ui.labels import SafeLabel
from wallet.ui.workspace import Workspace
from wallet.vault.cipher import FLOOR
from wallet.vault.container import create_vault

PASSPHRASE = "four bright lanterns drifting"
_ISOLATES = re.compile("[\u2066-\u2069]")
Settle = Callable[[], None]


@pytest.fixture
def life() -> Iterator[Life]:
    with LoopbackWeb() as web:
        yield Life(web, BEGIN)


@pytest.fixture
def clock() -> Clock:
    return Clock(BEGIN)


@pytest.fixture
def services(tmp_path: Path, contexts: Contexts, life: Life, clock: Clock) -> Iterator[Services]:
    """A wallet that can reach the story's web, and a clock that the story moves."""
    create_vault(tmp_path / "wallet", PASSPHRASE, now=BEGIN, kdf=FLOOR).vault.close()
    with life.web.https() as door:
        yield Services(clock=clock, contexts=contexts, assets=ASSETS, vault_folder=tmp_path / "wallet",
                       config_file=tmp_path / "config" / "settings.json", fetcher=door, clock_floor=RELEASED)


class ByWindow:
    """What a person does at the window."""

    def __init__(self, desktop: Desktop, clock: Clock, settled: Settle) -> None:
        self._desktop = desktop
        self._clock = clock
        self._settled = settled
        self._ids: dict[str, str] = {}
        # The story's clock jumps by months, which is what a computer that slept looks like.
        desktop.window.change_settings(replace(desktop.window.settings, lock_on_sleep=False))
        self._unlock()

    @property
    def work(self) -> Workspace:
        workspace = self._desktop.window.workspace
        assert workspace is not None
        return workspace

    @property
    def session(self) -> Session:
        return self.work._session

    def _unlock(self) -> None:
        self._desktop.window.show_start()
        field = self._desktop.window.findChild(QLineEdit, "passphrase_field")
        assert isinstance(field, QLineEdit)
        field.setText(PASSPHRASE)
        self._press("unlock_button")

    def _press(self, name: str) -> None:
        found = [one for one in self._desktop.window.findChildren(QPushButton, name) if one.isVisible()]
        assert found, name
        found[-1].click()
        self._settled()

    def _named(self, name: str, before: set[str]) -> None:
        (new,) = {row.id for row in self.work.library.model.rows()} - before
        self._ids[name] = new

    def at(self, moment: datetime) -> None:
        self._clock.now = moment

    def take(self, name: str, data: bytes) -> None:
        before = set(self._ids.values())
        self.work.take_in(Incoming(data=data, name=f"{name}.json"))
        self._settled()
        self._named(name, before)

    def take_address(self, name: str, address: str) -> None:
        (row,) = bring_address(self.session, address, self.session.door(Permission.COMMAND)).rows
        self._ids[name] = row.credential_id

    def trust(self, address: str, issuers: Sequence[str]) -> None:
        door = self.session.door(Permission.COMMAND)
        add_list_address(self.session, door, address, name="Known lists")
        for one in issuers:
            self._ask_about(one)

    def _ask_about(self, issuer: str) -> None:
        """Ask the federation from the issuer's own dialog, through the sheet."""
        self.work.web.believing.show(issuer)
        self._settled()
        self._press("issuer_ask")
        self._press("sheet_once")
        for dialog in self._desktop.window.findChildren(QDialog):
            dialog.close()

    def refresh(self) -> str:
        """Press the button, read the sheet, allow it once, read the page that comes."""
        self.work.show_section(0)
        lines, sheet = len(ledger(self.session)), "network_sheet"
        self._press("library_online")
        shown = self._desktop.window.findChild(QWidget, sheet)
        assert shown is not None
        assert "Nothing from your wallet is sent along." in said(shown)
        assert len(ledger(self.session)) == lines  # nothing was asked before the learner said so
        self._press("sheet_once")
        pages = [one for one in self.work.findChildren(QWidget, "refresh_page") if one.isVisible()]
        assert len(pages) == 1
        return said(pages[0])

    def restart(self) -> None:
        self._desktop.window.lock()
        self._settled()
        assert self._desktop.window.workspace is None
        self._unlock()

    def verdicts(self) -> Mapping[str, str]:
        self.work.on_changed(Changes(settings=True))
        self._settled()
        found = {row.id: row.report.verdict.value for row in self.work.library.model.rows()}
        return {name: found[one] for name, one in self._ids.items()}

    def look(self, name: str) -> Look:
        self.work.open_detail(self._ids[name])
        self._settled()
        detail = self.work.detail
        assert detail.isVisible()
        assert detail._shown is not None
        return Look(detail._shown.report.verdict.value, said(detail))


def said(root: QWidget) -> str:
    """Everything that stands on it, without the marks that keep the directions of names apart."""
    texts = [label.full_text for label in root.findChildren(SafeLabel) if label.isVisibleTo(root)]
    return _ISOLATES.sub("", "\n".join(texts))


def test_a_life_through_the_window(desktop: Desktop, clock: Clock, settled: Settle, life: Life) -> None:
    live(life, ByWindow(desktop, clock, settled))
