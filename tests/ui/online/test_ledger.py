"""The ledger page: each line whole, what failed told apart in words, the empty one explained."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.conftest import AT
from wallet.model.network import FetchOutcome, LedgerEntry, Permission, Purpose
from wallet.ui.labels import SafeLabel
from wallet.ui.theme import Theme
from wallet.ui.views.ledger import AllowedSite, LedgerPage, NetworkFacts

ENTRY = LedgerEntry(AT, "uni.example", "https://uni.example/<b>did.json</b>", Purpose.ISSUER_KEY,
                    Permission.HOST, FetchOutcome.TIMED_OUT, 0)


def _words(page: LedgerPage) -> str:
    labels = (one.full_text for one in page.findChildren(SafeLabel))
    return "\n".join(labels).translate({0x2068: None, 0x2069: None})


def test_nothing_was_asked(qtbot: QtBot, light: Theme) -> None:
    page = LedgerPage()
    qtbot.addWidget(page)
    assert "No request is on the list." in _words(page)
    clear = page.findChild(QPushButton, "clear_ledger")
    assert isinstance(clear, QPushButton)
    assert not clear.isEnabled()


def test_lines_and_leave(qtbot: QtBot, theme: Theme) -> None:
    page = LedgerPage()
    qtbot.addWidget(page)
    page.show_facts(NetworkFacts((ENTRY,), 5, (AllowedSite("uni.example", AT),), always=True))
    said = _words(page)
    for part in ("https://uni.example/<b>did.json</b>", "No answer in time", "and 4 more",
                 "For keys of an issuer · allowed by you, for this site",
                 "Every site that a credential names may be asked"):
        assert part in said
    back = page.findChild(QPushButton, "revoke_site")
    assert isinstance(back, QPushButton)
    with qtbot.waitSignal(page.revoke_requested, timeout=1000) as revoked:
        back.click()
    assert revoked.args == ["uni.example"]
