"""The guide in the window: pages lead to each other and load nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from pytestqt.qtbot import QtBot

from wallet.operations.guide import guide_pages
from wallet.ui.dialogs.guide import GuideDialog


@pytest.fixture
def guide(qtbot: QtBot, assets: Path) -> GuideDialog:
    made = GuideDialog(assets)
    qtbot.addWidget(made)
    return made


def test_a_link_leads_to_its_page_and_back(guide: GuideDialog) -> None:
    guide._on_link(QUrl("protection.md"))
    assert guide.page == "protection"
    assert "What we do not promise" in guide._page.toPlainText()
    guide._back.click()
    assert guide.page == "README"


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "file:///etc/hosts", "nothing.md"])
def test_no_other_link_is_followed(guide: GuideDialog, address: str) -> None:
    guide._on_link(QUrl(address))
    assert guide.page == "README"


def test_every_page_can_be_shown_and_none_loads_anything(guide: GuideDialog, assets: Path) -> None:
    for name in guide_pages(assets):
        guide.show_page(name)
        assert guide._page.toPlainText()
    assert guide._page.loadResource(2, QUrl("pictures/library.png")) is None
