"""The page of lists: each with what is known of it, and why it cannot be looked into."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import AT
from wallet.model.evidence import EvidenceDocument, EvidenceKind, Grade, Verified
from wallet.model.issuer_lists import KeptList, ListKind
from wallet.model.reasons import ReasonCode, reason
from wallet.operations.list_overview import ListShown, Refusal
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
    for part in ("<b>First</b>", "A list · 2 issuers · of 21 November 2026 · ends 21 November 2026 · sealed",
                 "https://a.example/list", "Web addresses"):
        assert part in said
    ups, downs = page.findChildren(QPushButton, "list_up"), page.findChildren(QPushButton, "list_down")
    assert [one.isEnabled() for one in ups] == [False, True]
    assert [one.isEnabled() for one in downs] == [True, False]
    with qtbot.waitSignal(page.move_requested, timeout=1000) as wished:
        ups[1].click()
    assert wished.args == ["list:b", -1]
    assert page.findChild(QPushButton, "list_shipped") is not None


def test_members_stand_below_with_what_became_of_them(qtbot: QtBot, theme: Theme) -> None:
    page = ListsPage()
    qtbot.addWidget(page)
    known = KeptList("https://a.example/known", "Known", ListKind.LIST_OF_LISTS, AT)
    document = EvidenceDocument("https://b.example/list", EvidenceKind.REGISTRY, b"{}", "a" * 64,
                                Grade.FETCHED, "<i>b.example", AT, verified=(Verified.TLS,))
    refused = Refusal(reason(ReasonCode.LIST_OLDER, name="Registry", found="1", kept="2"), AT)
    member = ListShown(KeptList("https://b.example/list", "Registry", ListKind.FILE, AT), AT, None, 3, None,
                       document, refused)
    page.show_lists((ListShown(known, members=(member, ListShown(KeptList(
        "", "Odd", ListKind.OTHER, AT), problem=reason(ReasonCode.FORMAT_UNSUPPORTED, name="Odd")))),))
    said = "\n".join(one.full_text for one in page.findChildren(SafeLabel)).translate(
        {0x2068: None, 0x2069: None})
    for part in ("Registry", "A list · 3 issuers", "Came on 21 November 2026 · from <i>b.example",
                 "found right by the secure connection to its own address",
                 "A later one was not taken on 21 November 2026.", "Odd", "Another kind"):
        assert part in said
    assert len(page.findChildren(QWidget, "list_member")) == 2
    assert page.findChildren(QPushButton, "list_up") == []
