"""A thumbnail: the issuer's colours, its fixed size."""

from __future__ import annotations

from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from wallet.model.credential import EvidenceClass
from wallet.ui.art import Artwork, palette_of
from wallet.ui.theme import Theme
from wallet.ui.thumbnail import Thumbnail


def test_it_wears_the_issuers_colours(qtbot: QtBot, light: Theme) -> None:
    thumbnail = Thumbnail(Artwork("https://n.example", "x", EvidenceClass.SEALED), 60, 42)
    qtbot.addWidget(thumbnail)
    assert (thumbnail.width(), thumbnail.height()) == (60, 42)
    dark = QColor(palette_of("https://n.example")[1])
    corner = QColor(thumbnail.grab().toImage().pixel(4, 4))
    assert (
        abs(corner.red() - dark.red()) + abs(corner.green() - dark.green()) + abs(corner.blue() - dark.blue())
        < 90
    )
