"""Opening a website: asked first, the host in full, nothing handed over without a yes."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from wallet.operations.opening import web_page
from wallet.ui.dialogs.open_link import OpenLinkDialog, open_button
from wallet.ui.labels import SafeLabel
from wallet.ui.theme import Theme

ADDRESS = "https://" + "long-" * 10 + "northbridge.example/criteria"


@pytest.mark.parametrize(("pressed", "opened"), [("open_link_yes", [ADDRESS]), ("open_link_no", [])])
def test_only_a_yes_opens(qtbot: QtBot, light: Theme, pressed: str, opened: list[str]) -> None:
    seen: list[str] = []
    dialog = OpenLinkDialog(web_page(ADDRESS), open_link=lambda url: seen.append(url.toString()))
    dialog.show()
    host = dialog.findChild(SafeLabel, "open_link_host")
    assert host is not None
    assert host.full_text.replace("\u200b", "") == web_page(ADDRESS).host
    found = dialog.findChild(QPushButton, pressed)
    assert found is not None
    found.click()
    assert seen == opened


def test_the_safe_answer_is_the_one_that_enter_gives(qtbot: QtBot, light: Theme) -> None:
    dialog = OpenLinkDialog(web_page(ADDRESS), open_link=lambda _url: None)
    qtbot.addWidget(dialog)
    found = dialog.findChild(QPushButton, "open_link_no")
    assert found is not None
    assert found.isDefault()


def test_what_must_not_be_opened_cannot_be_pressed(qtbot: QtBot, light: Theme) -> None:
    good, bad = open_button(ADDRESS), open_button("file:///etc/passwd")
    for one in (good, bad):
        qtbot.addWidget(one)
    assert good.isEnabled()
    assert good.accessibleDescription().endswith("northbridge.example")
    assert not bad.isEnabled()
    assert bad.accessibleDescription()
