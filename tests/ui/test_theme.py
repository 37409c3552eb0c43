"""The theme: both looks reach palette and widgets, the choice holds, text grows everything."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from wallet.ui.theme import Theme, ThemeChoice, font, high_contrast, palette, points, tokens
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


def test_the_same_look_is_not_put_on_twice(qtbot: QtBot, light: Theme) -> None:
    with qtbot.assertNotEmitted(light.changed, wait=20):
        light.choose(ThemeChoice.LIGHT)


def test_high_contrast_takes_the_systems_colours_and_no_art() -> None:
    system = QPalette(QColor("#000000"))
    system.setColor(QPalette.ColorRole.WindowText, QColor("#ffff00"))
    look = high_contrast(LIGHT, system)
    assert look.plain_art
    assert {look.text, look.text_3, look.line, look.good, look.problem} == {"#ffff00"}
    assert look.window == look.content == "#000000"
    assert look.good_tint == look.surface
