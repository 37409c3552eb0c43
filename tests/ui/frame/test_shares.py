"""The shared log: newest first, the end of a pack in words of its own, calm where nothing left."""

from __future__ import annotations

from datetime import timedelta

from pytestqt.qtbot import QtBot

from tests.conftest import AT
from wallet.model.sharing import Channel, ShareRecord
from wallet.ui.labels import SafeLabel
from wallet.ui.theme import Theme
from wallet.ui.views.shares import SharedLogPage


def _lines(page: SharedLogPage) -> list[str]:
    return [label.full_text for label in page.findChildren(SafeLabel)]


def test_nothing_has_left(qtbot: QtBot, theme: Theme) -> None:
    page = SharedLogPage()
    qtbot.addWidget(page)
    assert "Nothing has left this computer." in _lines(page)


def test_the_newest_stands_first_and_ends_are_told(qtbot: QtBot, theme: Theme) -> None:
    page = SharedLogPage()
    qtbot.addWidget(page)
    old = ShareRecord(
        "1", AT - timedelta(days=60), Channel.PACK, "<b>Old</b>", ("a",), ("One",), AT - timedelta(days=30)
    )
    new = ShareRecord(
        "2",
        AT,
        Channel.QR,
        "New",
        ("a",),
        tuple(f"T{number}" for number in range(8)),
        AT + timedelta(days=30),
    )
    original = ShareRecord("3", AT - timedelta(days=1), Channel.ORIGINAL, "", ("a",), ("One",))
    page.show_shares((old, new, original), AT)
    lines = _lines(page)
    assert lines.index("New") < lines.index("Nobody named") < lines.index("<b>Old</b>")
    assert "T0, T1, T2, T3, T4 + 3" in lines
    assert any(line.startswith("pack meant until") for line in lines)
    assert any(line.startswith("pack was meant until") for line in lines)
