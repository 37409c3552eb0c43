"""A desktop with a wallet of three credentials, the issuer behind them, and a web in memory that counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget

from tests.conftest import ASSETS, AT
from tests.operations.conftest import Clock
from tests.operations.connected import publish
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb
from tests.ui.frame.conftest import (
    PASSPHRASE,
    contexts,
    desktop,
    settled,
)
from wallet.codec.linked_data.contexts import Contexts
from wallet.operations.intake import import_bytes
from wallet.operations.session import Services, Session
from wallet.operations.window import create_in_window
from wallet.ui.application import Desktop
from wallet.ui.ground import Ground
from wallet.ui.labels import SafeLabel
from wallet.ui.workspace import Workspace

W = TypeVar("W", bound=QWidget)
__all__ = ["contexts", "desktop", "settled"]


@dataclass
class Life:
    """What a test needs of all this."""

    desktop: Desktop
    session: Session
    web: SimulatedWeb
    issuer: SimulatedIssuer
    clock: Clock
    wait: Callable[[], None]
    ids: tuple[str, ...] = ()

    @property
    def work(self) -> Workspace:
        work = self.desktop.window.workspace
        assert work is not None
        return work

    @property
    def ground(self) -> Ground:
        return self.work._ground

    def import_badges(self, *numbers: int) -> tuple[str, ...]:
        files = [self.issuer.badge(number=one, entries=(self.issuer.entry(one),)) for one in numbers]
        return tuple(row.credential_id for data in files
                     for row in import_bytes(self.session, data, "badge.json").rows)

    def dialogs(self) -> list[QDialog]:
        return [one for one in self.desktop.window.findChildren(QDialog) if one.isVisible()]

    def press(self, name: str) -> None:
        self.find(QPushButton, name).click()
        self.wait()
        QApplication.processEvents()

    def find(self, kind: type[W], name: str) -> W:
        found = [one for one in self.desktop.window.findChildren(kind, name) if one.isVisible()]
        assert found, f"no {name} to be seen"
        return found[-1]

    def said(self, root: QWidget | None = None) -> str:
        """Everything that can be read now."""
        labels = (root or self.desktop.window).findChildren(SafeLabel)
        return "\n".join(one.full_text for one in labels if one.isVisible()).translate(
            {0x2066: None, 0x2067: None, 0x2068: None, 0x2069: None})


@pytest.fixture
def web() -> SimulatedWeb:
    return SimulatedWeb()


@pytest.fixture
def clock() -> Clock:
    return Clock(AT)


@pytest.fixture
def services(tmp_path: Path, contexts: Contexts, web: SimulatedWeb, clock: Clock) -> Services:
    return Services(clock=clock, contexts=contexts, assets=ASSETS, vault_folder=tmp_path / "wallet",
                    config_file=tmp_path / "config" / "settings.json", fetcher=web)


@pytest.fixture
def life(desktop: Desktop, services: Services, web: SimulatedWeb, clock: Clock,
         settled: Callable[[], None]) -> Life:
    issuer = SimulatedIssuer("did:web")
    issuer.entry(1)
    publish(web, issuer)
    opened = create_in_window(services, services.vault_folder, PASSPHRASE)
    made = Life(desktop, opened.session, web, issuer, clock, settled)
    made.ids = made.import_badges(1, 2, 3)
    desktop.window.enter(opened)
    settled()
    return made
