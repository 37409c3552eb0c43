"""The sidebar: sections, a count, a rail whose icons still have names."""

from __future__ import annotations

from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from wallet.ui.labels import SafeLabel
from wallet.ui.sidebar import Section, Sidebar
from wallet.ui.theme import Theme


def _entry(sidebar: Sidebar, name: str) -> QToolButton:
    found = sidebar.findChild(QToolButton, name)
    assert isinstance(found, QToolButton)
    return found


def test_a_click_tells_the_section(qtbot: QtBot, theme: Theme) -> None:
    sidebar = Sidebar()
    qtbot.addWidget(sidebar)
    with qtbot.waitSignal(sidebar.chosen, timeout=1000) as chosen:
        _entry(sidebar, "nav_shared_log").click()
    assert chosen.args == [Section.SHARED_LOG]
    with qtbot.waitSignal(sidebar.lock_requested, timeout=1000):
        _entry(sidebar, "nav_lock").click()


def test_the_count_stands_beside_its_section(qtbot: QtBot, light: Theme) -> None:
    sidebar = Sidebar()
    qtbot.addWidget(sidebar)
    sidebar.set_count(Section.CREDENTIALS, 12)
    assert [label.full_text for label in _entry(sidebar, "nav_credentials").findChildren(SafeLabel)] == ["12"]
    sidebar.set_count(Section.CREDENTIALS, 0)
    assert [label.full_text for label in _entry(sidebar, "nav_credentials").findChildren(SafeLabel)] == [""]


def test_the_rail_keeps_names_for_readers_and_in_tooltips(qtbot: QtBot, light: Theme) -> None:
    sidebar = Sidebar()
    qtbot.addWidget(sidebar)
    sidebar.set_rail(True)
    entry = _entry(sidebar, "nav_verify")
    assert sidebar.width() == 64
    assert entry.accessibleName() == "Verify"
    assert entry.toolTip() == "<qt>Verify</qt>"
    sidebar.set_rail(False)
    assert entry.toolTip() == ""
