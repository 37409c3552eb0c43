"""The pages of the web are reached from the settings and lead back there."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from tests.ui.online.conftest import Life
from wallet.ui.sidebar import Section
from wallet.ui.views.subpage import SubPage


def test_pages_lead_back_to_the_settings(life: Life) -> None:
    life.work.show_section(Section.SETTINGS)
    life.press("show_ledger")
    for page in life.work.web.pages:
        life.work.web.page_wanted.emit(page)
        life.wait()
        shown = life.work._pages.currentWidget()
        assert shown is page
        assert isinstance(shown, SubPage)
        back = page.findChild(QPushButton, f"{page.objectName()}_back")
        assert isinstance(back, QPushButton)
        back.click()
        life.wait()
        assert life.work._pages.currentWidget() is life.work.settings
    assert not life.web.requests
