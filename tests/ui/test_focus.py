"""The focus ring: for keyboard focus, outside the control, gone with it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from wallet.ui.buttons import Field, button
from wallet.ui.focus import FocusRing
from wallet.ui.theme import Theme


@pytest.fixture
def ring(qapp: QApplication, light: Theme) -> Iterator[FocusRing]:
    made = FocusRing(qapp)
    yield made
    qapp.focusChanged.disconnect(made._on_focus_changed)
    made._drop()
    made.deleteLater()


@pytest.fixture
def page(qtbot: QtBot, ring: FocusRing) -> QWidget:
    made = QWidget()
    lines = QVBoxLayout(made)
    for name in ("one", "two", "three"):
        lines.addWidget(button(name, name=name))
    lines.addWidget(Field("field"))
    qtbot.addWidget(made)
    made.show()
    qtbot.waitActive(made)
    made.activateWindow()
    QTest.qWaitForWindowActive(made)
    return made


def of(page: QWidget, name: str) -> QPushButton:
    found = page.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def drawn_by(ring: FocusRing) -> QWidget:
    """Return the drawing of this ring; other tests of the same process may have left theirs."""
    assert ring._ring is not None
    assert ring._ring.isVisible()
    return ring._ring


def test_the_tab_key_brings_the_ring(page: QWidget, ring: FocusRing) -> None:
    of(page, "one").setFocus(Qt.FocusReason.OtherFocusReason)
    before = ring.target
    QTest.keyClick(of(page, "one"), Qt.Key.Key_Tab)
    assert (before, ring.target) == (None, of(page, "two"))
    drawn = drawn_by(ring)
    assert drawn.geometry() == of(page, "two").geometry().adjusted(-4, -4, 4, 4)
    assert drawn.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def test_the_ring_follows_its_control(page: QWidget, ring: FocusRing) -> None:
    QTest.keyClick(page, Qt.Key.Key_Tab)
    QTest.keyClick(page, Qt.Key.Key_Tab)
    target = ring.target
    assert target is not None
    page.resize(page.width() + 200, page.height() + 100)
    QApplication.processEvents()
    drawn = drawn_by(ring)
    assert drawn.geometry() == target.geometry().adjusted(-4, -4, 4, 4)
    target.hide()
    QApplication.processEvents()
    assert ring.target is not target


def test_a_field_shows_its_focus_itself(page: QWidget, ring: FocusRing) -> None:
    QTest.keyClick(of(page, "three"), Qt.Key.Key_Tab)
    of(page, "three").setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(of(page, "three"), Qt.Key.Key_Tab)
    field = page.findChild(Field)
    assert field is not None
    assert field.hasFocus()
    assert ring.target is None


def test_a_deleted_control_takes_its_ring_along(qtbot: QtBot, page: QWidget, ring: FocusRing) -> None:
    QTest.keyClick(page, Qt.Key.Key_Tab)
    QTest.keyClick(page, Qt.Key.Key_Tab)
    target = ring.target
    assert target is not None
    target.deleteLater()
    qtbot.waitUntil(lambda: ring.target is not target, timeout=1000)
