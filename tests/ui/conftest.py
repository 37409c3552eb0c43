"""What the window's tests share: our icons, our theme, no dialogs of the system."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from tests.conftest import ASSETS
from tests.simulators.unwaited import wait_for_no_disk
from wallet.ui.icons import load_icons
from wallet.ui.theme import Theme, ThemeChoice

#: What the offscreen platform says about windows and menus; a platform with a screen says nothing.
_OFFSCREEN_NOISE = r"^This plugin does not support (propagateSizeHints|raise|grabbing)"
_HERE = Path(__file__).parent
_THEMES: list[Theme] = []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let Qt's warnings fail the window's tests, but for those of the offscreen platform."""
    for item in items:
        if item.path.is_relative_to(_HERE):
            item.add_marker(pytest.mark.qt_log_ignore(_OFFSCREEN_NOISE))


@pytest.fixture(autouse=True)
def _unwaited_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    wait_for_no_disk(monkeypatch)


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> Theme:
    """The application in our theme, once."""
    load_icons(ASSETS / "icons")
    if not _THEMES:
        _THEMES.append(Theme(qapp))
    return _THEMES[0]


@pytest.fixture(params=[ThemeChoice.LIGHT, ThemeChoice.DARK])
def theme(dressed: Theme, request: pytest.FixtureRequest) -> Iterator[Theme]:
    """Both themes, one after the other."""
    dressed.choose(request.param)
    yield dressed
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # nothing dead is dressed again
    dressed.choose(ThemeChoice.LIGHT)


@pytest.fixture
def light(dressed: Theme) -> Theme:
    """The light theme."""
    dressed.choose(ThemeChoice.LIGHT)
    return dressed
