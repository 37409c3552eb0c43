"""What the window's tests share: our icons, our theme, no dialogs of the system."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.conftest import ASSETS
from wallet.ui.icons import load_icons
from wallet.ui.theme import Theme, ThemeChoice

_THEMES: list[Theme] = []


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
    dressed.choose(ThemeChoice.LIGHT)


@pytest.fixture
def light(dressed: Theme) -> Theme:
    """The light theme."""
    dressed.choose(ThemeChoice.LIGHT)
    return dressed
