"""The page of documents: by address, all versions, dates and where each is from."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.conftest import AT
from wallet.model.evidence import EvidenceDocument, EvidenceKind, Grade, Verified
from wallet.ui.labels import SafeLabel
from wallet.ui.theme import Theme
from wallet.ui.views.evidence import EvidencePage


def _document(address: str, days: int) -> EvidenceDocument:
    return EvidenceDocument(address, EvidenceKind.STATUS_LIST, b"{}", f"{days}" * 64, Grade.FETCHED,
                            "<b>uni.example</b>", AT - timedelta(days=days), verified=(Verified.TLS,))


def test_versions_stand_below_their_address(qtbot: QtBot, theme: Theme) -> None:
    page = EvidencePage()
    qtbot.addWidget(page)
    page.show_documents((_document("https://b.example/1", 1), _document("https://a.example/1", 1),
                         _document("https://a.example/1", 3)))
    said = "\n".join(one.full_text for one in page.findChildren(SafeLabel)).translate(
        {0x2068: None, 0x2069: None})
    assert said.index("https://a.example/1") < said.index("https://b.example/1")
    for part in ("2 versions", "Saved 20 November 2026", "Saved 18 November 2026", "<b>uni.example</b>",
                 "found right by the secure connection"):
        assert part in said
    remove = page.findChildren(QPushButton, "evidence_remove")
    assert len(remove) == 2
    with qtbot.waitSignal(page.remove_requested, timeout=1000) as wished:
        remove[0].click()
    assert wished.args == ["https://a.example/1"]


def test_nothing_is_kept_yet(qtbot: QtBot, light: Theme) -> None:
    page = EvidencePage()
    qtbot.addWidget(page)
    assert "Nothing is kept yet." in [one.full_text for one in page.findChildren(SafeLabel)]
