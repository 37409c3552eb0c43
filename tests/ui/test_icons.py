"""Icons: one file each, ours, coloured by the theme, sharp at every ratio."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage

from tests.conftest import ASSETS
from wallet.ui.icons import LEVEL_ICON, Icon, icon_pixmap, load_icons, themed_icon
from wallet.ui.theme import Theme, ThemeChoice
from wallet.ui.tokens import DARK, LIGHT, Ink

FOLDER = ASSETS / "icons"


@pytest.mark.parametrize("icon", list(Icon))
def test_an_icon_is_one_plain_drawing(icon: Icon) -> None:
    text = (FOLDER / f"{icon.value}.svg").read_text("utf-8")
    assert 'viewBox="0 0 24 24"' in text
    assert "currentColor" in text
    assert not re.search(r"#[0-9a-fA-F]{3}|<script|href|<image|<use|<style|url\(", text)


def test_every_file_has_its_name() -> None:
    assert {path.stem for path in FOLDER.glob("*.svg")} == {icon.value for icon in Icon}


def test_shapes_of_statuses_differ() -> None:
    assert len(set(LEVEL_ICON.values())) == len(LEVEL_ICON)


@pytest.mark.parametrize("icon", list(Icon))
def test_an_icon_has_ink_of_the_wanted_colour_only(light: Theme, icon: Icon) -> None:
    image = icon_pixmap(icon, "#ff0000", 30).toImage().convertToFormat(QImage.Format.Format_ARGB32)
    colours = {image.pixelColor(x, y).name() for x in range(30) for y in range(30)
               if image.pixelColor(x, y).alpha() > 200}
    assert colours
    assert all(QColor(name).blue() < 16 and QColor(name).red() > 200 for name in colours)


def test_device_ratio_gives_more_pixels_of_the_same_size(light: Theme) -> None:
    pixmap = icon_pixmap(Icon.LOCK, "#000000", 18, 2.0)
    assert pixmap.width() == 36
    assert pixmap.deviceIndependentSize().width() == 18


def test_a_themed_icon_follows_the_theme(dressed: Theme) -> None:
    def strongest(icon: QIcon) -> str:
        image = icon.pixmap(QSize(30, 30)).toImage()
        pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
        return max(pixels, key=QColor.alpha).name()

    icon = themed_icon(Icon.CLOSE, Ink.GOOD)
    dressed.choose(ThemeChoice.DARK)
    assert strongest(icon) == DARK.good.lower()
    dressed.choose(ThemeChoice.LIGHT)
    assert strongest(icon) == LIGHT.good.lower()


def test_a_copy_of_an_icon_lives_on_its_own(light: Theme) -> None:
    copy = QIcon(themed_icon(Icon.ADD))
    copy.addPixmap(icon_pixmap(Icon.ADD, "#000000", 16))
    assert not copy.pixmap(QSize(16, 16)).isNull()


def test_disabled_is_fainter(light: Theme) -> None:
    def weight(mode: QIcon.Mode) -> int:
        image = themed_icon(Icon.CLOSE, Ink.TEXT).pixmap(QSize(24, 24), 1.0, mode).toImage()
        return max(image.pixelColor(x, y).alpha() for x in range(24) for y in range(24))

    assert weight(QIcon.Mode.Disabled) < weight(QIcon.Mode.Normal)


def test_a_missing_folder_is_an_error() -> None:
    with pytest.raises(OSError, match=r"credentials\.svg"):
        load_icons(FOLDER / "nowhere")
