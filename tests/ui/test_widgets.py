"""Rules that hold for every widget of the window, and for the binding below it."""

from __future__ import annotations

import re
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QListView, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import REPOSITORY
from tests.ui import fabricated as made
from tests.ui.shelved import ShelvedLibrary
from wallet.model.credential import Achievement, Skill
from wallet.ui.labels import SafeLabel
from wallet.ui.theme import Theme
from wallet.ui.views.detail import DetailView

HOSTILE = "<img src='/etc/hostname'><b>✔ Verified</b>"


def pages(qtbot: QtBot) -> list[QWidget]:
    library, detail, empty = ShelvedLibrary(), DetailView(), ShelvedLibrary()
    library.set_rows((*made.library(), made.stored(HOSTILE, issuer=HOSTILE, number=20)))
    empty.set_rows(())
    detail.set_detail(made.detail(title=HOSTILE, achievement=Achievement(
        name=HOSTILE, description=HOSTILE, criteria=HOSTILE, criteria_url=HOSTILE, credits=HOSTILE,
        skills=(Skill(HOSTILE, HOSTILE),), results=((HOSTILE, HOSTILE),), evidence=((HOSTILE, HOSTILE),))))
    for one in (library, detail, empty):
        qtbot.addWidget(one)
        one.resize(1_060, 768)
        one.show()
    return [library, detail, empty]


def test_every_text_is_plain_everywhere(qtbot: QtBot, theme: Theme) -> None:
    for page in pages(qtbot):
        for widget in (page, *page.findChildren(QWidget)):
            if isinstance(widget, QLabel):
                assert widget.textFormat() is Qt.TextFormat.PlainText, widget
            if widget.toolTip():
                assert not re.search(r"<(?!/?qt>)", widget.toolTip()), widget.toolTip()


def test_whatever_takes_the_focus_has_a_name(qtbot: QtBot, theme: Theme) -> None:
    for page in pages(qtbot):
        for widget in page.findChildren(QWidget):
            if isinstance(widget, QAbstractButton | QLineEdit | QListView | QTreeView) \
                    and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                assert widget.accessibleName(), widget
                assert HOSTILE not in widget.accessibleName()


def test_targets_are_large_enough(qtbot: QtBot, light: Theme) -> None:
    for page in pages(qtbot):
        for widget in page.findChildren(QAbstractButton):
            if widget.isVisible() and widget.objectName() not in ("", "qt_toolbar_ext_button"):
                assert widget.height() >= 30, widget


@pytest.mark.parametrize("path", sorted((REPOSITORY / "wallet" / "ui").rglob("*.py")),
                         ids=lambda path: path.name)
def test_only_one_class_shows_text(path: object) -> None:
    text = (REPOSITORY / str(path)).read_text("utf-8")
    if str(path).endswith("labels.py"):
        return
    assert not re.search(r"\bQLabel\(", text)


def test_the_binding_keeps_its_count_of_none(qtbot: QtBot, light: Theme) -> None:
    """One release of the binding lost a reference to None in each void call, and died after some thousand."""
    label = SafeLabel("")
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for number in range(3_000):
        label.setText(str(number))
    assert abs(sys.getrefcount(None) - before) < 300
