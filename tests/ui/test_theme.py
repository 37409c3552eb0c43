"""The theme: both looks reach palette and widgets, the choice holds, text grows everything."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from wallet.ui.theme import Theme, ThemeChoice, font, palette, points, tokens
from wallet.ui.tokens import DARK, LIGHT, Scheme, TextStyle


def test_a_choice_reaches_tokens_and_palette(dressed: Theme, qapp: QApplication) -> None:
    dressed.choose(ThemeChoice.DARK)
    assert tokens().scheme is Scheme.DARK
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.content)
    assert DARK.accent in qapp.styleSheet()
    dressed.choose(ThemeChoice.LIGHT)
    assert tokens() is LIGHT
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT.content)
    assert DARK.accent not in qapp.styleSheet()


def test_a_change_is_announced(dressed: Theme, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dressed.changed, timeout=1000):
        dressed.choose(ThemeChoice.DARK)
    assert dressed.choice is ThemeChoice.DARK
    dressed.choose(ThemeChoice.LIGHT)


def test_the_system_without_a_scheme_is_light(dressed: Theme) -> None:
    dressed.choose(ThemeChoice.DARK)
    dressed.choose(ThemeChoice.SYSTEM)
    assert dressed.choice is ThemeChoice.SYSTEM
    assert tokens().scheme is Scheme.LIGHT
    dressed.choose(ThemeChoice.LIGHT)


def test_disabled_text_is_faded_only_there() -> None:
    made = palette(LIGHT)
    assert made.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text).alpha() < 128
    assert made.color(QPalette.ColorGroup.Active, QPalette.ColorRole.Text).alpha() == 255


def test_fonts_follow_the_scale_of_the_tokens(light: Theme) -> None:
    assert font(TextStyle.TITLE).pointSizeF() > font(TextStyle.BODY).pointSizeF()
    assert points(TextStyle.BODY) == 10.5
    assert font(TextStyle.SECTION).weight() == 700
