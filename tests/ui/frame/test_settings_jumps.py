"""The way to each section of the settings: named for readers, pressed or keyed, and none is left out."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from wallet.operations.settings import Settings
from wallet.ui.theme import Theme
from wallet.ui.views.settings import SettingsPage
from wallet.ui.views.settings_jumps import JumpList
from wallet.ui.views.settings_section import SettingsSection


def shown(qtbot: QtBot) -> SettingsPage:
    page = SettingsPage(Settings())
    qtbot.addWidget(page)
    page.resize(900, 600)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    QApplication.processEvents()
    return page


def ways(page: SettingsPage) -> dict[str, QPushButton]:
    jumps = page.findChild(JumpList)
    assert jumps is not None
    return {one.objectName().removeprefix("jump_"): one for one in jumps.findChildren(QPushButton)}


def test_every_section_has_a_way_in_the_pages_order(qtbot: QtBot, theme: Theme) -> None:
    page = shown(qtbot)
    sections = [one for one in page.findChildren(SettingsSection) if one.isVisible()]
    ordered = sorted(sections, key=lambda one: one.mapTo(page, QPoint(0, 0)).y())
    assert list(ways(page)) == [one.objectName() for one in ordered]
    for one in ordered:
        assert ways(page)[one.objectName()].accessibleName() == f"Go to “{one.title}”"
        assert one.accessibleName() == one.title


def test_a_press_shows_the_section_from_its_top_with_the_focus_in_it(qtbot: QtBot, light: Theme) -> None:
    page = shown(qtbot)
    for name, way in ways(page).items():
        page.verticalScrollBar().setValue(0)
        QTest.mouseClick(way, Qt.MouseButton.LeftButton)
        section = page.findChild(SettingsSection, name)
        assert section is not None
        top = section.mapTo(page.viewport(), QPoint(0, 0)).y()
        at_end = page.verticalScrollBar().value() == page.verticalScrollBar().maximum()
        assert 0 <= top < 40 or at_end, name
        focused = page.focusWidget()
        assert name == "settings_bin" or (focused is not None and section.isAncestorOf(focused)), name


def test_the_keys_go_there_too(qtbot: QtBot, light: Theme) -> None:
    page = shown(qtbot)
    way = ways(page)["settings_backups"]
    way.setFocus(Qt.FocusReason.TabFocusReason)
    assert way.hasFocus()
    QTest.keyClick(way, Qt.Key.Key_Space)
    section = page.findChild(SettingsSection, "settings_backups")
    focused = page.focusWidget()
    assert section is not None
    assert focused is not None
    assert section.isAncestorOf(focused)
