"""The whole desktop on temporary folders and a pinned clock, and what its tests wait for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.conftest import ASSETS, AT
from wallet.codec.linked_data.contexts import Contexts
from wallet.operations.samples import SampleSet, samples
from wallet.operations.session import Services
from wallet.ui.application import Desktop
from wallet.ui.theme import Theme, ThemeChoice

PASSPHRASE = "four bright lanterns drifting"


@pytest.fixture(scope="session")
def contexts() -> Contexts:
    return Contexts.pinned(ASSETS / "contexts")


@pytest.fixture(scope="session")
def demo() -> SampleSet:
    """The samples as of the pinned clock."""
    return samples(ASSETS, AT)


@pytest.fixture
def services(tmp_path: Path, contexts: Contexts) -> Services:
    return Services(
        clock=lambda: AT,
        contexts=contexts,
        assets=ASSETS,
        vault_folder=tmp_path / "wallet",
        config_file=tmp_path / "config" / "settings.json",
    )


@pytest.fixture
def desktop(qapp: QApplication, dressed: Theme, services: Services, qtbot: QtBot) -> Iterator[Desktop]:
    """The real desktop; everything is over when the test is."""
    made = Desktop(qapp, services)
    made.window.show()
    yield made
    made.window.hide()
    made.close()
    dressed.choose(ThemeChoice.LIGHT)


@pytest.fixture
def settled(qtbot: QtBot, desktop: Desktop) -> Callable[[], None]:
    """Wait until nothing is under way any more."""

    def wait() -> None:
        quiet = 0
        while quiet < 3:
            qtbot.waitUntil(lambda: not desktop.background.busy, timeout=30_000)
            QApplication.processEvents()
            quiet = quiet + 1 if not desktop.background.busy else 0

    return wait


@pytest.fixture
def sample_folder(tmp_path: Path, demo: SampleSet) -> Path:
    """The samples as files."""
    folder = tmp_path / "received"
    folder.mkdir()
    for file in demo.files:
        (folder / file.name).write_bytes(file.data)
    return folder


@pytest.fixture
def sample_wallet(desktop: Desktop, settled: Callable[[], None]) -> Desktop:
    """A desktop that shows a wallet of samples."""
    desktop.window.open_samples()
    settled()
    assert desktop.window.workspace is not None
    return desktop


def elsewhere(services: Services, folder: Path) -> Services:
    """Return the same services with another wallet folder."""
    return replace(services, vault_folder=folder)
