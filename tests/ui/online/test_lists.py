"""The page of lists: each with what is known of it, and why it cannot be looked into."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.conftest import AT
from wallet.model.issuer_lists import KeptList, ListKind
from wallet.model.reasons import ReasonCode, reason
from wallet.operations.lists import ListShown
from wallet.ui.labels import SafeLabel
from wallet.ui.theme import Theme
from wallet.ui.views.lists import ListsPage


def test_lines_in_order(qtbot: QtBot, theme: Theme) -> None:
    page = ListsPage()
    qtbot.addWidget(page)
    first = KeptList("https://a.example/list", "<b>First</b>", ListKind.FILE, AT, signer="{}")
    second = KeptList("list:b", "Second", ListKind.DOMAINS, AT)
    page.show_lists((ListShown(first, AT, AT, 2), ListShown(second, problem=reason(
        ReasonCode.LIST_NOT_LOADED, name="Second", address="list:b"))))
    said = "\n".join(one.full_text for one in page.findChildren(SafeLabel))
    for part in ("<b>First</b>", "a list · 2 issuers · of 21 November 2026 · ends 21 November 2026 · sealed",
                 "https://a.example/list", "web addresses"):
        assert part in said
    (put,) = page.findChildren(QPushButton, "list_first")
    with qtbot.waitSignal(page.first_requested, timeout=1000) as wished:
        put.click()
    assert wished.args == ["list:b"]
    assert page.findChild(QPushButton, "list_shipped") is not None
